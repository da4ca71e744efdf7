"""The block of one injection in words, with the entries behind each number."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from diary.domain.block import Block, BlockCaution, BlockReason, BlockVerdict, Fit
from diary.domain.readings import Course, Reading
from diary.domain.relief import passes, relief, score_needed
from diary.domain.rulesets import RuleSet
from diary.domain.steroid_figures import Badge
from diary.words.evidence import clinic_evidence, excluded_evidence, reading_evidence, typed_in
from diary.words.findings import Box, BoxKind, DataBadge, Number, as_sentence
from diary.words.times import counted, minute_in_words, minutes_in_words, or_lower, relief_in_words
from diary.words.verdicts import BLOCK_CAUTIONS, BLOCK_VERDICTS, FITS, SET_ASIDE, START_TOO_LOW

BORDERLINE = "one point either way would change this"
ONE_BLOCK = "One block can mislead: in one audit 34 of 271 first positives (12.5%) were not repeated by a second block."
SERIES = {"movement": "pain on movement", "rest": "pain at rest"}

_ENTRIES = "entries give a reading"
_NOTHING = "no entry was written down in the window"
_SPARSE = {BlockReason.TOO_FEW_READINGS, BlockReason.NONE_AFTER_AN_HOUR, BlockReason.NONE_AT_HOLD}


def block_box(block: Block, course: Course, rules: RuleSet, *, pairs: Sequence[str] = ()) -> Box:
    """The first of the three boxes. ``course`` is of the same injection: it has the scores that a duration rests on.

    ``pairs`` says what the comparisons with other blocks came to.
    """
    return Box(
        kind=BoxKind.BLOCK,
        title="Block",
        verdict=block.verdict,
        words=as_sentence(BLOCK_VERDICTS[block.verdict]),
        lead=_lead(block),
        reasons=tuple(_reason(reason, block, rules) for reason in _reasons_of_its_own(block)),
        sentences=(*_sentences(block, rules), *pairs),
        numbers=tuple(_numbers(block, course)),
        data=_data(block),
        cautions=tuple(_caution(caution, block) for caution in block.cautions),
        borderline=BORDERLINE if block.borderline else None,
        not_judged=START_TOO_LOW if BlockReason.LOW_BASELINE in block.reasons else None,
    )


def _lead(block: Block) -> str:
    match block.verdict:
        case BlockVerdict.MEETS:
            return f"Meets your rule (≥{block.threshold}%)"
        case BlockVerdict.PARTLY:
            return f"Meets your rule (≥{block.threshold}%) partly"
        case BlockVerdict.DOES_NOT_MEET:
            return f"Does not meet your rule (≥{block.threshold}%)"
        case BlockVerdict.CANNOT_TELL:
            return "Cannot tell"


def _reasons_of_its_own(block: Block) -> list[BlockReason]:
    """Those that say something: without a window there can be no readings, which no-agent says already."""
    return [reason for reason in block.reasons if block.window or reason not in _SPARSE]


def _reason(reason: BlockReason, block: Block, rules: RuleSet) -> str:
    asked = rules.block
    match reason:
        case BlockReason.NO_AGENT:
            return "No known numbing agent is written down, so there is no window and there are no readings"
        case BlockReason.NO_BASELINE:
            return "No score was taken in the clinic just before the injection"
        case BlockReason.LOW_BASELINE:
            return f"Start {block.baseline}: too low to measure relief ({asked.low_baseline} or more is needed)"
        case BlockReason.TOO_FEW_READINGS:
            few = (
                f"Only {len(block.readings)} of {_moments(block)} {_ENTRIES}"
                if _moments(block)
                else as_sentence(_NOTHING)
            )
            return f"{few}; {asked.fewest_readings} are needed"
        case BlockReason.NONE_AFTER_AN_HOUR:
            return f"No reading at {minute_in_words(asked.after_minute)} or later"
        case BlockReason.NONE_AT_HOLD:
            hold = block.window.hold if block.window else 0
            between = minutes_in_words(hold, hold + asked.hold_minutes)
            return f"No reading between {between}, when the agent should still hold"


def _caution(caution: BlockCaution, block: Block) -> str:
    words = as_sentence(BLOCK_CAUTIONS[caution])
    if caution is BlockCaution.ANALGESIC_CHANGES_VERDICT:
        return f"{words}: {BLOCK_VERDICTS[block.with_confounded]}"
    return words


# --- the sentences ----------------------------------------------------------------------------------------------------


def _sentences(block: Block, rules: RuleSet) -> list[str]:
    start = "No start score" if block.baseline is None else f"Start {block.baseline}"
    said = [", ".join([start, *_lowest_words(block), *_runs(block, rules)])]
    if _not_held(block, rules) and block.window:
        hold = minute_in_words(block.window.hold)
        said.append(f"Relief of {block.threshold}% or more was not held to {hold}, as your rule asks")
    return said


def _lowest_words(block: Block) -> list[str]:
    lowest = _lowest(block)
    if lowest is None:
        return ["no reading"]
    percent = None if BlockReason.LOW_BASELINE in block.reasons else relief(lowest.score, block.baseline)
    less = "" if percent is None else f" ({relief_in_words(percent, decimals=0)})"
    return [f"lowest {lowest.score} at {minute_in_words(lowest.minute)}{less}"]


def _runs(block: Block, rules: RuleSet) -> list[str]:
    """How many readings in a row pass, and until when; nothing where the start says nothing."""
    if not block.readings or not block.baseline or BlockReason.LOW_BASELINE in block.reasons:
        return []
    run, partial = _longest_run(block, block.threshold), rules.block.partial_threshold
    said = []
    if block.verdict is BlockVerdict.PARTLY and partial != block.threshold:
        said.append(_run_words(_longest_run(block, partial), partial))
    if not run:
        return [*said, f"no reading at {block.threshold}% less or better"]
    said.append(_run_words(run, block.threshold))
    if block.duration:
        begins = block.readings.index(run[0]) == _index_of_first_passing(block)
        first = "" if begins else f"first at {minute_in_words(_first_passing(block).minute)}, "
        said.append(f"{first}until {_until(block)}")
    return said


def _run_words(run: tuple[Reading, ...], percent: int) -> str:
    in_a_row = " in a row" if len(run) > 1 else ""
    return f"{counted(len(run), 'reading', 'readings')}{in_a_row} at {percent}% less or better"


def _until(block: Block) -> str:
    if block.duration is None:
        raise AssertionError("only relief that was reached lasts until a minute")
    began = _first_passing(block).minute
    least = began + block.duration.at_least
    if block.duration.at_most is None:
        return f"at least {minute_in_words(least)}"
    return f"between {minutes_in_words(least, began + block.duration.at_most)}"


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
        what=_ENTRIES,
        nothing=_NOTHING,
    )


def _moments(block: Block) -> int:
    return len(block.readings) + len(block.excluded)


# --- the numbers ------------------------------------------------------------------------------------------------------


def _numbers(block: Block, course: Course) -> list[Number]:
    lowest, run = _lowest(block), _longest_run(block, block.threshold)
    numbers = [_start(block), _threshold(block)]
    if lowest:
        peak = relief(lowest.score, block.baseline)
        less = "" if peak is None else f", {relief_in_words(peak)}"
        words = f"{lowest.score} at {minute_in_words(lowest.minute)}{less}"
        numbers.append(Number.of("Lowest", words, (lowest,), reading_evidence))
    if block.baseline:
        count = counted(len(run), "reading", "readings") if run else "no reading"
        words = f"{count} at {block.threshold}% less or better"
        numbers.append(Number.of("Longest run", words, run, reading_evidence))
    numbers.append(_lasted(block, course))
    numbers.append(Number(label="Fit with the agent", words=_fit(block)))
    numbers.append(
        Number.of("Readings", f"{len(block.readings)} of {_moments(block)}", block.readings, reading_evidence)
    )
    paper = typed_in(moment for _, moment in course.moments)
    aside = ", ".join(f"{n} {SET_ASIDE[why]}" for why, n in Counter(one.reason for one in block.excluded).items())
    numbers.append(Number.of("Left out", aside or "none", block.excluded, lambda one: excluded_evidence(one, paper)))
    with_confounded = as_sentence(BLOCK_VERDICTS[block.with_confounded])
    numbers.append(Number(label="With scores after pain medicine counted", words=with_confounded))
    return numbers


def _start(block: Block) -> Number:
    series = SERIES[block.series.value]
    if block.baseline is None:
        return Number(label="Start", words=f"none ({series})")
    evidence = clinic_evidence(series, block.baseline)
    return Number(label="Start", words=f"{block.baseline} ({series})", evidence=(evidence,))


def _threshold(block: Block) -> Number:
    needed = f": {or_lower(score_needed(block.baseline, block.threshold))}" if block.baseline else ""
    return Number(label="Threshold", words=f"{block.threshold}% less{needed}")


def _lasted(block: Block, course: Course) -> Number:
    label = f"Relief of {block.threshold}% or more lasted"
    if block.duration is None:
        return Number(label=label, words="none seen")
    began, least, most = _first_passing(block), block.duration.at_least, block.duration.at_most
    ends = {began.minute, began.minute + least, began.minute + (least if most is None else most)}
    behind = tuple(score for score in course.scores() if score.minute in ends)
    if most is None:
        return Number.of(label, f"at least {minute_in_words(least)}", behind, reading_evidence)
    return Number.of(label, f"between {minutes_in_words(least, most)}", behind, reading_evidence)


def _fit(block: Block) -> str:
    if block.window is None:
        return "cannot be told"
    window = block.window
    onset, hold, end = (minute_in_words(minute) for minute in (window.onset, window.hold, window.usual_end))
    fit = "cannot be told" if block.fit is Fit.UNKNOWN else FITS[block.fit]
    return f"{fit} (onset {onset}, holds to {hold}, usual end {end})"
