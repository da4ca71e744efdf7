"""The block of one injection in words, with the entries behind each number."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from diary.domain.block import Block, BlockCaution, BlockReason, BlockVerdict, Fit
from diary.domain.readings import Course, Reading
from diary.domain.relief import passes, relief
from diary.domain.rulesets import RuleSet
from diary.domain.steroid_figures import Badge
from diary.words.evidence import clinic_evidence, excluded_evidence, reading_evidence, typed_in
from diary.words.findings import Box, BoxKind, DataBadge, Number, as_sentence
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, ngettext
from diary.words.times import minute_in_words, minutes_in_words, relief_in_words, threshold_in_words
from diary.words.verdicts import BLOCK_CAUTIONS, BLOCK_VERDICTS, FITS, SET_ASIDE, START_TOO_LOW
from diary.words.vocabulary import Vocabulary

BORDERLINE = lazy_gettext("one point either way would change this")
ONE_BLOCK = lazy_gettext(
    "One block can mislead: in one audit 34 of 271 first positives (12.5%%) were not repeated by a second block."
)
SERIES: Mapping[str, str] = Vocabulary(
    {"movement": lazy_gettext("pain on movement"), "rest": lazy_gettext("pain at rest")}
)

_NOTHING = lazy_gettext("no entry was written down in the window")
_SPARSE = {BlockReason.TOO_FEW_READINGS, BlockReason.NONE_AFTER_AN_HOUR, BlockReason.NONE_AT_HOLD}


def block_box(block: Block, course: Course, rules: RuleSet, *, pairs: Sequence[str] = ()) -> Box:
    """The first of the three boxes. ``course`` is of the same injection: it has the scores that a duration rests on.

    ``pairs`` says what the comparisons with other blocks came to.
    """
    return Box(
        kind=BoxKind.BLOCK,
        title=_("Block"),
        verdict=block.verdict,
        words=as_sentence(BLOCK_VERDICTS[block.verdict]),
        lead=_lead(block),
        reasons=tuple(_reason(reason, block, rules) for reason in _reasons_of_its_own(block)),
        sentences=(*_sentences(block, rules), *pairs),
        numbers=tuple(_numbers(block, course)),
        data=_data(block),
        cautions=tuple(_caution(caution, block) for caution in block.cautions),
        borderline=str(BORDERLINE) if block.borderline else None,
        not_judged=str(START_TOO_LOW) if BlockReason.LOW_BASELINE in block.reasons else None,
    )


def _lead(block: Block) -> str:
    match block.verdict:
        case BlockVerdict.MEETS:
            return _("Meets your rule (≥%(percent)s%%)", percent=block.threshold)
        case BlockVerdict.PARTLY:
            return _("Meets your rule (≥%(percent)s%%) partly", percent=block.threshold)
        case BlockVerdict.DOES_NOT_MEET:
            return _("Does not meet your rule (≥%(percent)s%%)", percent=block.threshold)
        case BlockVerdict.CANNOT_TELL:
            return _("Cannot tell")


def _reasons_of_its_own(block: Block) -> list[BlockReason]:
    """Those that say something: without a window there can be no readings, which no-agent says already."""
    return [reason for reason in block.reasons if block.window or reason not in _SPARSE]


def _reason(reason: BlockReason, block: Block, rules: RuleSet) -> str:
    asked = rules.block
    match reason:
        case BlockReason.NO_AGENT:
            return _("No known numbing agent is written down, so there is no window and there are no readings")
        case BlockReason.NO_BASELINE:
            return _("No score was taken in the clinic just before the injection")
        case BlockReason.LOW_BASELINE:
            return _(
                "Start %(score)s: too low to measure relief (%(least)s or more is needed)",
                score=block.baseline,
                least=asked.low_baseline,
            )
        case BlockReason.TOO_FEW_READINGS:
            if not _moments(block):
                return _("No entry was written down in the window; %(least)s are needed", least=asked.fewest_readings)
            return _(
                "Only %(n)s of %(of)s entries give a reading; %(least)s are needed",
                n=len(block.readings),
                of=_moments(block),
                least=asked.fewest_readings,
            )
        case BlockReason.NONE_AFTER_AN_HOUR:
            return _("No reading at %(minute)s or later", minute=minute_in_words(asked.after_minute))
        case BlockReason.NONE_AT_HOLD:
            hold = block.window.hold if block.window else 0
            between = minutes_in_words(hold, hold + asked.hold_minutes)
            return _("No reading between %(minutes)s, when the agent should still hold", minutes=between)


def _caution(caution: BlockCaution, block: Block) -> str:
    words = as_sentence(BLOCK_CAUTIONS[caution])
    if caution is BlockCaution.ANALGESIC_CHANGES_VERDICT:
        return _("%(words)s: %(verdict)s", words=words, verdict=BLOCK_VERDICTS[block.with_confounded])
    return words


# --- the sentences ----------------------------------------------------------------------------------------------------


def _sentences(block: Block, rules: RuleSet) -> list[str]:
    start = _("No start score") if block.baseline is None else _("Start %(score)s", score=block.baseline)
    said = [", ".join([start, *_lowest_words(block), *_runs(block, rules)])]
    if _not_held(block, rules) and block.window:
        hold = minute_in_words(block.window.hold)
        said.append(
            _(
                "Relief of %(percent)s%% or more was not held to %(minute)s, as your rule asks",
                percent=block.threshold,
                minute=hold,
            )
        )
    return said


def _lowest_words(block: Block) -> list[str]:
    lowest = _lowest(block)
    if lowest is None:
        return [_("no reading")]
    percent = None if BlockReason.LOW_BASELINE in block.reasons else relief(lowest.score, block.baseline)
    words = _("lowest %(score)s at %(minute)s", score=lowest.score, minute=minute_in_words(lowest.minute))
    return [words if percent is None else f"{words} ({relief_in_words(percent, decimals=0)})"]


def _runs(block: Block, rules: RuleSet) -> list[str]:
    """How many readings in a row pass, and until when; nothing where the start says nothing."""
    if not block.readings or not block.baseline or BlockReason.LOW_BASELINE in block.reasons:
        return []
    run, partial = _longest_run(block, block.threshold), rules.block.partial_threshold
    said = []
    if block.verdict is BlockVerdict.PARTLY and partial != block.threshold:
        said.append(_run_words(_longest_run(block, partial), partial))
    if not run:
        return [*said, _("no reading at %(percent)s%% less or better", percent=block.threshold)]
    said.append(_run_words(run, block.threshold))
    if block.duration:
        if block.readings.index(run[0]) != _index_of_first_passing(block):
            said.append(_("first at %(minute)s", minute=minute_in_words(_first_passing(block).minute)))
        said.append(_until(block))
    return said


def _run_words(run: tuple[Reading, ...], percent: int) -> str:
    return ngettext(
        "1 reading at %(percent)s%% less or better",
        "%(num)s readings in a row at %(percent)s%% less or better",
        len(run),
        percent=percent,
    )


def _until(block: Block) -> str:
    if block.duration is None:
        raise AssertionError("only relief that was reached lasts until a minute")
    began = _first_passing(block).minute
    least = began + block.duration.at_least
    if block.duration.at_most is None:
        return _("until at least %(minutes)s", minutes=minute_in_words(least))
    return _("until between %(minutes)s", minutes=minutes_in_words(least, began + block.duration.at_most))


def _not_held(block: Block, rules: RuleSet) -> bool:
    enough = len(_longest_run(block, block.threshold)) >= rules.block.in_a_row
    return block.verdict is BlockVerdict.PARTLY and enough


def _longest_run(block: Block, percent: int) -> tuple[Reading, ...]:
    runs = [
        tuple(together)
        for does, together in groupby(block.readings, key=lambda one: passes(one.score, block.baseline, percent))
        if does
    ]
    return max(runs, key=len, default=())


def _index_of_first_passing(block: Block) -> int | None:
    passing = (i for i, one in enumerate(block.readings) if passes(one.score, block.baseline, block.threshold))
    return next(passing, None)


def _first_passing(block: Block) -> Reading:
    index = _index_of_first_passing(block)
    if index is None:
        raise AssertionError("relief that lasted began with a reading")
    return block.readings[index]


def _lowest(block: Block) -> Reading | None:
    return min(block.readings, key=lambda reading: (reading.score, reading.at), default=None)


# --- how complete it is -----------------------------------------------------------------------------------------------


def _data(block: Block) -> DataBadge | None:
    """How many entries of the window give a reading; too little where the rules' own least is missed.

    None without a window.
    """
    if block.window is None:
        return None
    return DataBadge(
        badge=Badge.TOO_LITTLE if _SPARSE.intersection(block.reasons) else None,
        n=len(block.readings),
        of=_moments(block),
        counted=_("%(n)s of %(of)s entries give a reading", n=len(block.readings), of=_moments(block)),
        nothing=str(_NOTHING),
    )


def _moments(block: Block) -> int:
    return len(block.readings) + len(block.excluded)


# --- the numbers ------------------------------------------------------------------------------------------------------


def _numbers(block: Block, course: Course) -> list[Number]:
    lowest, run = _lowest(block), _longest_run(block, block.threshold)
    numbers = [_start(block), _threshold(block)]
    if lowest:
        peak = relief(lowest.score, block.baseline)
        words = _("%(score)s at %(minute)s", score=lowest.score, minute=minute_in_words(lowest.minute))
        less = "" if peak is None else f", {relief_in_words(peak)}"
        numbers.append(Number.of(_("Lowest"), words + less, (lowest,), reading_evidence))
    if block.baseline:
        numbers.append(Number.of(_("Longest run"), _longest(run, block.threshold), run, reading_evidence))
    numbers.append(_lasted(block, course))
    numbers.append(Number(label=_("Fit with the agent"), words=_fit(block)))
    numbers.append(
        Number.of(
            _("Readings"),
            _("%(n)s of %(of)s", n=len(block.readings), of=_moments(block)),
            block.readings,
            reading_evidence,
        )
    )
    paper = typed_in(moment for _minute, moment in course.moments)
    aside = ", ".join(f"{n} {SET_ASIDE[why]}" for why, n in Counter(one.reason for one in block.excluded).items())
    left_out = Number.of(_("Left out"), aside or _("none"), block.excluded, lambda one: excluded_evidence(one, paper))
    numbers.append(left_out)
    with_confounded = as_sentence(BLOCK_VERDICTS[block.with_confounded])
    numbers.append(Number(label=_("With scores after pain medicine counted"), words=with_confounded))
    return numbers


def _longest(run: tuple[Reading, ...], percent: int) -> str:
    if not run:
        return _("no reading at %(percent)s%% less or better", percent=percent)
    return ngettext(
        "1 reading at %(percent)s%% less or better",
        "%(num)s readings at %(percent)s%% less or better",
        len(run),
        percent=percent,
    )


def _start(block: Block) -> Number:
    series = SERIES[block.series.value]
    if block.baseline is None:
        return Number(label=_("Start"), words=_("none (%(series)s)", series=series))
    evidence = clinic_evidence(series, block.baseline)
    return Number(label=_("Start"), words=f"{block.baseline} ({series})", evidence=(evidence,))


def _threshold(block: Block) -> Number:
    return Number(label=_("Threshold"), words=threshold_in_words(block.baseline, block.threshold))


def _lasted(block: Block, course: Course) -> Number:
    label = _("Relief of %(percent)s%% or more lasted", percent=block.threshold)
    if block.duration is None:
        return Number(label=label, words=_("none seen"))
    began, least, most = _first_passing(block), block.duration.at_least, block.duration.at_most
    ends = {began.minute, began.minute + least, began.minute + (least if most is None else most)}
    behind = tuple(score for score in course.scores() if score.minute in ends)
    if most is None:
        words = _("at least %(minutes)s", minutes=minute_in_words(least))
    else:
        words = _("between %(minutes)s", minutes=minutes_in_words(least, most))
    return Number.of(label, words, behind, reading_evidence)


def _fit(block: Block) -> str:
    if block.window is None:
        return _("cannot be told")
    window = block.window
    onset, hold, end = (minute_in_words(minute) for minute in (window.onset, window.hold, window.usual_end))
    return _(
        "%(fit)s (onset %(onset)s, holds to %(hold)s, usual end %(end)s)",
        fit=_("cannot be told") if block.fit is Fit.UNKNOWN else FITS[block.fit],
        onset=onset,
        hold=hold,
        end=end,
    )
