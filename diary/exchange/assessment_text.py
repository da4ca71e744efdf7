"""An assessment as plain text for a person, to be read or pasted into a record: no markup, under 25 lines."""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce

from diary.domain.assessment import Assessment
from diary.domain.block import Block, Pair
from diary.domain.diary import Anaesthetic, Injection, Instrument, Patient, Steroid
from diary.domain.readings import SetAside
from diary.domain.relief import Interval, rounded
from diary.domain.repeat import Repeat, RuleResult
from diary.domain.rulesets.parts import Rule
from diary.domain.steroid import BaselineFrom, Figures, SteroidCourse
from diary.domain.steroid_figures import DayRange, Landmark
from diary.words.injections import PURPOSES, SIDES_IN_TEXT, TARGETS, strength_in_words
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, lazy_pgettext, ngettext
from diary.words.offered import offered_words
from diary.words.pairs import PAIR_RESULTS
from diary.words.repeat_findings import repeat_title, why_in_words
from diary.words.times import (
    decimal_in_words,
    in_words,
    instant_in_words,
    listed,
    percent_in_words,
    quantity_in_words,
)
from diary.words.verdicts import (
    BADGES,
    BLOCK_CAUTIONS,
    BLOCK_REASONS,
    BLOCK_VERDICTS,
    FITS,
    OUTCOMES,
    OVERALL,
    STEROID_CAUTIONS,
    STEROID_REASONS,
    STEROID_VERDICTS,
    WARNINGS,
)
from diary.words.vocabulary import Vocabulary

# The latest ones whole: with more the text would no longer fit a note. Earlier ones are told in one line.
WHOLE_INJECTIONS = 4

_SET_ASIDE: Mapping[SetAside, str] = Vocabulary(
    {
        SetAside.AFTER_NEXT_INJECTION: lazy_gettext("after the next injection"),
        SetAside.NO_SCORE: lazy_gettext("no score"),
        SetAside.BEFORE_ONSET: lazy_gettext("before onset"),
        SetAside.LATE: lazy_gettext("late"),
        SetAside.ANALGESIC: lazy_gettext("analgesic"),
        SetAside.TOO_CLOSE: lazy_gettext("too close"),
    }
)
_RULES: Mapping[Rule, str] = Vocabulary(
    {
        Rule.BLOCK: lazy_pgettext("rule", "block"),
        Rule.RESPONSE: lazy_pgettext("rule", "response"),
        Rule.GAP: lazy_pgettext("rule", "gap"),
        Rule.SESSIONS: lazy_pgettext("rule", "sessions"),
        Rule.FIRST_BLOCK: lazy_pgettext("rule", "first block"),
        Rule.BLOCKS: lazy_pgettext("rule", "blocks"),
    }
)


def describe(assessment: Assessment, *, patient: Patient) -> str:
    """The whole assessment in fewer than 25 lines, ending in a line break."""
    return (
        "\n".join([*_heading(assessment, patient), *_injections(assessment), *_repeats(assessment), _ending()]) + "\n"
    )


def _heading(assessment: Assessment, patient: Patient) -> list[str]:
    rules = assessment.rules
    who = [_line(patient.name or _("no name"))]
    if patient.born:
        who.append(_("born %(date)s", date=in_words(patient.born)))
    if patient.number:
        who.append(_("number %(number)s", number=_line(patient.number)))
    return [
        _(
            "Response to sacroiliac joint injections as of %(date)s: %(who)s",
            date=in_words(assessment.as_of),
            who=", ".join(who),
        ),
        _(
            "Rules: %(title)s (%(name)s, version %(version)s). Source: %(source)s, %(date)s.",
            title=_line(rules.title),
            name=_line(rules.name),
            version=rules.version,
            source=_line(rules.source),
            date=in_words(rules.source_date),
        ),
        _("Not checked: %(words)s", words=_line(rules.unchecked)),
    ]


def _injections(assessment: Assessment) -> list[str]:
    if not assessment.blocks:
        return [_("No injection is recorded up to this date.")]
    told = list(zip(assessment.blocks, assessment.steroids, strict=True))
    earlier, whole = told[:-WHOLE_INJECTIONS], told[-WHOLE_INJECTIONS:]
    lines = []
    if earlier:
        in_short = "; ".join(_in_short(block, course) for block, course in earlier)
        lines.append(_("Earlier injections: %(injections)s.", injections=in_short))
    for block, course in whole:
        lines += [
            _injection(block.injection),
            "  " + _("Block: %(words)s", words=_block(block)),
            "  " + _("Steroid: %(words)s", words=_steroid(course)),
        ]
    if assessment.pairs:
        lines.append(_("Pairs of blocks: %(pairs)s.", pairs="; ".join(map(_pair, assessment.pairs))))
    if assessment.early:
        lines.append(
            ngettext(
                "Left out: 1 daily entry recorded before its day.",
                "Left out: %(num)s daily entries recorded before its day.",
                len(assessment.early),
            )
        )
    return lines


def _ending() -> str:
    return _(
        "This is not a diagnosis and decides nothing: it says whether the rules named above are met by what was "
        "recorded. The doctor's own reading stands beside it."
    )


# --- one injection ----------------------------------------------------------------------------------------------------


def _injection(injection: Injection) -> str:
    side = SIDES_IN_TEXT[injection.side] + (f" ({TARGETS[injection.target]})" if injection.target else "")
    agents = _("no anaesthetic written down")
    if injection.anaesthetic:
        first, *others = map(_agent, injection.anaesthetic)
        agents = reduce(lambda one, other: listed([one, other]), others, first)
    at, purpose = instant_in_words(injection.performed_at), PURPOSES[injection.purpose]
    return f"{at}, {side}, {purpose}: {agents}; {_steroid_given(injection.steroid)}"


def _steroid_given(steroid: Steroid | None) -> str:
    if steroid is None:
        return _("no steroid")
    strength = "" if steroid.mg is None else f" {quantity_in_words(steroid.mg)} mg"
    return f"{_line(offered_words(steroid.agent))}{strength}"


def _agent(given: Anaesthetic) -> str:
    percent = "" if given.percent is None else f" {strength_in_words(given.percent)}"
    millilitres = "" if given.ml is None else f" {quantity_in_words(given.ml)} ml"
    return f"{_line(offered_words(given.agent))}{percent}{millilitres}"


def _in_short(block: Block, course: SteroidCourse) -> str:
    injection = block.injection
    verdicts = [_("block %(verdict)s", verdict=BLOCK_VERDICTS[block.verdict])]
    if course.figures is not None:
        verdicts.append(_("steroid %(verdict)s", verdict=STEROID_VERDICTS[course.verdict]))
    on, side = in_words(injection.performed_at.date()), SIDES_IN_TEXT[injection.side]
    return f"{on} {side} {PURPOSES[injection.purpose]}: {', '.join(verdicts)}"


def _pair(pair: Pair) -> str:
    first, second = pair.first.performed_at.date(), pair.second.performed_at.date()
    return f"{listed([in_words(first), in_words(second)])} {PAIR_RESULTS[pair.result]}"


# --- the block --------------------------------------------------------------------------------------------------------


def _block(block: Block) -> str:
    said = [
        _verdict(BLOCK_VERDICTS[block.verdict], (BLOCK_REASONS[reason] for reason in block.reasons)),
        _("Threshold %(percent)s%%", percent=block.threshold),
        _("Pain on movement before: %(score)s", score=_or_none(block.baseline))
        if block.series is Instrument.MOVEMENT
        else _("Pain at rest before: %(score)s", score=_or_none(block.baseline)),
        _readings(block),
    ]
    if block.peak:
        said.append(
            _(
                "Lowest %(score)s at minute %(minute)s, relief %(percent)s%%",
                score=block.peak.score,
                minute=block.peak.minute,
                percent=decimal_in_words(block.peak.relief),
            )
        )
    if block.duration:
        said.append(
            _(
                "Relief of %(percent)s%% lasted %(minutes)s, %(fit)s",
                percent=block.threshold,
                minutes=_minutes(block.duration),
                fit=FITS[block.fit],
            )
        )
    if block.borderline:
        said.append(_("Borderline: one point more or less changes the verdict"))
    return _sentences(said, (BLOCK_CAUTIONS[caution] for caution in block.cautions))


def _readings(block: Block) -> str:
    moments = len(block.readings) + len(block.excluded)
    reasons = Counter(excluded.reason for excluded in block.excluded)
    aside = ", ".join(f"{count} {_SET_ASIDE[reason]}" for reason, count in reasons.items())
    if not aside:
        return _("Readings: %(n)s of %(of)s moments", n=len(block.readings), of=moments)
    return _("Readings: %(n)s of %(of)s moments (set aside: %(aside)s)", n=len(block.readings), of=moments, aside=aside)


# --- the steroid ------------------------------------------------------------------------------------------------------


def _steroid(course: SteroidCourse) -> str:
    verdict = _verdict(STEROID_VERDICTS[course.verdict], (STEROID_REASONS[reason] for reason in course.reasons))
    if course.figures is None:
        return f"{verdict}."
    figures = course.figures
    data = figures.data
    said = [
        verdict,
        _("Threshold %(percent)s%%, asked until %(day)s", percent=figures.threshold, day=_asked(figures)),
        _("Average pain before: %(score)s", score=_baseline(figures)),
        _(
            "Scored %(n)s of %(of)s expected days and weeks (%(badge)s), %(late)s late",
            n=data.filled,
            of=data.slots,
            badge=BADGES[data.badge],
            late=data.late,
        ),
        _relief_days(figures),
        *_medians(figures.landmarks),
    ]
    if figures.days_at_threshold:
        share = figures.days_at_threshold
        said.append(
            _(
                "At %(percent)s%% or better on %(n)s of %(of)s scored days",
                percent=figures.threshold,
                n=share.n,
                of=share.of,
            )
        )
    if figures.area:
        change = {"score": _decimal(figures.area.mean), "percent": decimal_in_words(abs(figures.area.percent))}
        said.append(
            _("Mean %(score)s over time, %(percent)s%% less than before", **change)
            if rounded(figures.area.percent, 1) >= 0
            else _("Mean %(score)s over time, %(percent)s%% more than before", **change)
        )
    said.append(
        _(
            "Pain medicine on %(n)s of %(of)s days that say",
            n=figures.analgesic_days.n,
            of=figures.analgesic_days.of,
        )
    )
    if figures.moving.functional_response is not None:
        said.append(
            _("Functional response: yes") if figures.moving.functional_response else _("Functional response: no")
        )
    return _sentences(said, (STEROID_CAUTIONS[caution] for caution in figures.cautions))


def _asked(figures: Figures) -> str:
    if figures.asked_day is None:
        return _("a day that hangs on when relief begins")
    return _("day %(day)s", day=figures.asked_day)


def _baseline(figures: Figures) -> str:
    match figures.baseline_from:
        case None:
            return _("none")
        case BaselineFrom.DAYS_BEFORE:
            return _("%(score)s (median of the days before)", score=_decimal(figures.baseline))
        case BaselineFrom.ONE_SCORE:
            return _("%(score)s (one score)", score=_decimal(figures.baseline))


def _relief_days(figures: Figures) -> str:
    if figures.onset is None or figures.relief_days is None:
        return _("No onset of relief seen")
    ended = _("no end seen") if figures.end is None else _("ended %(on)s", on=_days(figures.end))
    return _(
        "Relief began %(on)s, %(ended)s, lasted %(days)s",
        on=_days(figures.onset),
        ended=ended,
        days=_length(figures.relief_days),
    )


def _medians(landmarks: Mapping[int, Landmark | None]) -> list[str]:
    found = [
        _("day %(day)s", day=day)
        + f" {_decimal(landmark.median)} ("
        + ("" if landmark.relief is None else f"{percent_in_words(landmark.relief)}, ")
        + f"n {len(landmark.points)})"
        for day, landmark in landmarks.items()
        if landmark
    ]
    return [_("Medians: %(medians)s", medians=", ".join(found))] if found else []


# --- the repeat -------------------------------------------------------------------------------------------------------


def _repeats(assessment: Assessment) -> list[str]:
    return [_repeat(repeat) for repeat in assessment.repeats]


def _repeat(repeat: Repeat) -> str:
    sentences = [f"{repeat_title(repeat.next, repeat.side)}: {OVERALL[repeat.overall]}."]
    sentences += [_rule(result) for result in repeat.rules] or [_("The set has no rule about it.")]
    if repeat.earliest:
        sentences.append(_("Earliest date %(date)s.", date=in_words(repeat.earliest)))
    if repeat.warnings:
        warnings = "; ".join(WARNINGS[warning] for warning in repeat.warnings)
        sentences.append(_("Warnings: %(warnings)s.", warnings=warnings))
    return " ".join(sentences)


def _rule(result: RuleResult) -> str:
    said = _(
        "Rule %(rule)s %(outcome)s: %(why)s",
        rule=_RULES[result.rule],
        outcome=OUTCOMES[result.result],
        why=why_in_words(result.why),
    )
    if result.earliest is None:
        return said
    first = _("First met on %(date)s.", date=in_words(result.earliest))
    return f"{said} {first}"


# --- words ------------------------------------------------------------------------------------------------------------


def _verdict(verdict: str, reasons: Iterable[str]) -> str:
    why = "; ".join(reasons)
    return f"{verdict}: {why}" if why else verdict


def _sentences(said: Iterable[str], cautions: Iterable[str]) -> str:
    cautioned = "; ".join(cautions)
    cautions_told = [_("Cautions: %(cautions)s", cautions=cautioned)] if cautioned else []
    return " ".join(f"{sentence}." for sentence in (*said, *cautions_told))


def _minutes(interval: Interval) -> str:
    if interval.at_most is None:
        return _("at least %(least)s minutes", least=interval.at_least)
    return _("at least %(least)s and at most %(most)s minutes", least=interval.at_least, most=interval.at_most)


def _length(interval: Interval) -> str:
    if interval.at_most is None:
        return _("at least %(least)s days", least=interval.at_least)
    return _("at least %(least)s and at most %(most)s days", least=interval.at_least, most=interval.at_most)


def _days(days: DayRange) -> str:
    if days.first == days.last:
        return _("on day %(day)s", day=days.last)
    return _("between days %(first)s and %(last)s", first=days.first, last=days.last)


def _decimal(number: Fraction | None) -> str:
    return _("none") if number is None else decimal_in_words(number)


def _or_none(number: int | None) -> str:
    return _("none") if number is None else str(number)


def _line(words: str) -> str:
    """What somebody wrote, on one line and without what a terminal would obey."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
