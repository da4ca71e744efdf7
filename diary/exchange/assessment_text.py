"""An assessment as plain text for a person, to be read or pasted into a record: no markup, under 25 lines."""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from diary.domain.assessment import Assessment
from diary.domain.block import Block, Pair
from diary.domain.diary import Anaesthetic, Injection, Patient
from diary.domain.relief import Interval, rounded
from diary.domain.repeat import Repeat, RuleResult
from diary.domain.steroid import BaselineFrom, Figures, SteroidCourse
from diary.domain.steroid_figures import DayRange, Landmark
from diary.words.times import dates_in_words, in_words
from diary.words.verdicts import (
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

# The latest ones whole: with more the text would no longer fit a note. Earlier ones are told in one line.
WHOLE_INJECTIONS = 4


def describe(assessment: Assessment, *, patient: Patient) -> str:
    """The whole assessment in fewer than 25 lines, ending in a line break."""
    return (
        "\n".join([*_heading(assessment, patient), *_injections(assessment), *_repeats(assessment), _ending()]) + "\n"
    )


def _heading(assessment: Assessment, patient: Patient) -> list[str]:
    rules = assessment.rules
    born = f", born {in_words(patient.born)}" if patient.born else ""
    number = f", number {_line(patient.number)}" if patient.number else ""
    name = _line(patient.name or "no name")
    source = f"{_line(rules.source)}, {in_words(rules.source_date)}"
    return [
        f"Response to sacroiliac joint injections as of {in_words(assessment.as_of)}: {name}{born}{number}",
        f"Rules: {_line(rules.title)} ({_line(rules.name)}, version {rules.version}). Source: {source}.",
        f"Not checked: {_line(rules.unchecked)}",
    ]


def _injections(assessment: Assessment) -> list[str]:
    if not assessment.blocks:
        return ["No injection is recorded up to this date."]
    told = list(zip(assessment.blocks, assessment.steroids, strict=True))
    earlier, whole = told[:-WHOLE_INJECTIONS], told[-WHOLE_INJECTIONS:]
    lines = []
    if earlier:
        lines.append(f"Earlier injections: {'; '.join(_in_short(block, course) for block, course in earlier)}.")
    for block, course in whole:
        lines += [_injection(block.injection), f"  Block: {_block(block)}", f"  Steroid: {_steroid(course)}"]
    if assessment.pairs:
        lines.append(f"Pairs of blocks: {'; '.join(_pair(pair) for pair in assessment.pairs)}.")
    if assessment.early:
        lines.append(f"Left out: {_of(len(assessment.early), 'daily entry', 'daily entries')} recorded before its day.")
    return lines


def _ending() -> str:
    return (
        "This is not a diagnosis and decides nothing: it says whether the rules named above are met by what was "
        "recorded. The doctor's own reading stands beside it."
    )


# --- one injection ----------------------------------------------------------------------------------------------------


def _injection(injection: Injection) -> str:
    target = f" ({injection.target.value})" if injection.target else ""
    agents = " and ".join(_agent(given) for given in injection.anaesthetic) or "no anaesthetic written down"
    steroid = injection.steroid
    strength = f" {steroid.mg:g} mg" if steroid and steroid.mg is not None else ""
    return (
        f"{in_words(injection.performed_at.date())} {injection.performed_at:%H:%M}, {injection.side.value}{target}, "
        f"{injection.purpose.value}: {agents}; {f'{_line(steroid.agent)}{strength}' if steroid else 'no steroid'}"
    )


def _agent(given: Anaesthetic) -> str:
    percent = "" if given.percent is None else f" {given.percent:g}%"
    millilitres = "" if given.ml is None else f" {given.ml:g} ml"
    return f"{_line(given.agent)}{percent}{millilitres}"


def _in_short(block: Block, course: SteroidCourse) -> str:
    injection = block.injection
    steroid = "" if course.figures is None else f", steroid {STEROID_VERDICTS[course.verdict]}"
    return (
        f"{in_words(injection.performed_at.date())} {injection.side.value} {injection.purpose.value}: "
        f"block {BLOCK_VERDICTS[block.verdict]}{steroid}"
    )


def _pair(pair: Pair) -> str:
    first, second = pair.first.performed_at.date(), pair.second.performed_at.date()
    return f"{in_words(first)} and {in_words(second)} {pair.result.value.replace('-', ' ')}"


# --- the block --------------------------------------------------------------------------------------------------------


def _block(block: Block) -> str:
    said = [
        _verdict(BLOCK_VERDICTS[block.verdict], (BLOCK_REASONS[reason] for reason in block.reasons)),
        f"Threshold {block.threshold}%",
        f"Pain {'on movement' if block.series.value == 'movement' else 'at rest'} before: {_or_none(block.baseline)}",
        _readings(block),
    ]
    if block.peak:
        said.append(
            f"Lowest {block.peak.score} at minute {block.peak.minute}, relief {rounded(block.peak.relief, 1):g}%"
        )
    if block.duration:
        said.append(f"Relief of {block.threshold}% lasted {_interval(block.duration, 'minutes')}, {FITS[block.fit]}")
    if block.borderline:
        said.append("Borderline: one point more or less changes the verdict")
    return _sentences(said, (BLOCK_CAUTIONS[caution] for caution in block.cautions))


def _readings(block: Block) -> str:
    moments = len(block.readings) + len(block.excluded)
    reasons = Counter(excluded.reason.value.replace("-", " ") for excluded in block.excluded)
    aside = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
    return f"Readings: {len(block.readings)} of {moments} moments" + (f" (set aside: {aside})" if aside else "")


# --- the steroid ------------------------------------------------------------------------------------------------------


def _steroid(course: SteroidCourse) -> str:
    verdict = _verdict(STEROID_VERDICTS[course.verdict], (STEROID_REASONS[reason] for reason in course.reasons))
    if course.figures is None:
        return f"{verdict}."
    figures = course.figures
    data, badge = figures.data, figures.data.badge.value.replace("-", " ")
    said = [
        verdict,
        f"Threshold {figures.threshold}%, asked until {_asked(figures)}",
        f"Average pain before: {_baseline(figures)}",
        f"Scored {data.filled} of {data.slots} expected days and weeks ({badge}), {data.late} late",
        _relief_days(figures),
        *_medians(figures.landmarks),
    ]
    if figures.days_at_threshold:
        share = figures.days_at_threshold
        said.append(f"At {figures.threshold}% or better on {share.n} of {share.of} scored days")
    if figures.area:
        change = rounded(figures.area.percent, 1)
        direction = "less" if change >= 0 else "more"
        said.append(f"Mean {_decimal(figures.area.mean)} over time, {abs(change):g}% {direction} than before")
    said.append(f"Pain medicine on {figures.analgesic_days.n} of {figures.analgesic_days.of} days that say")
    if figures.moving.functional_response is not None:
        said.append(f"Functional response: {'yes' if figures.moving.functional_response else 'no'}")
    return _sentences(said, (STEROID_CAUTIONS[caution] for caution in figures.cautions))


def _asked(figures: Figures) -> str:
    return "a day that hangs on when relief begins" if figures.asked_day is None else f"day {figures.asked_day}"


def _baseline(figures: Figures) -> str:
    match figures.baseline_from:
        case None:
            return "none"
        case BaselineFrom.DAYS_BEFORE:
            return f"{_decimal(figures.baseline)} (median of the days before)"
        case BaselineFrom.ONE_SCORE:
            return f"{_decimal(figures.baseline)} (one score)"


def _relief_days(figures: Figures) -> str:
    if figures.onset is None or figures.relief_days is None:
        return "No onset of relief seen"
    ended = f"ended {_days(figures.end)}" if figures.end else "no end seen"
    return f"Relief began {_days(figures.onset)}, {ended}, lasted {_interval(figures.relief_days, 'days')}"


def _medians(landmarks: Mapping[int, Landmark | None]) -> list[str]:
    found = [
        f"day {day} {_decimal(landmark.median)} ("
        + ("" if landmark.relief is None else f"{rounded(landmark.relief, 1):g}%, ")
        + f"n {len(landmark.points)})"
        for day, landmark in landmarks.items()
        if landmark
    ]
    return [f"Medians: {', '.join(found)}"] if found else []


# --- the repeat -------------------------------------------------------------------------------------------------------


def _repeats(assessment: Assessment) -> list[str]:
    return [_repeat(repeat) for repeat in assessment.repeats]


def _repeat(repeat: Repeat) -> str:
    earliest = f" Earliest date {in_words(repeat.earliest)}." if repeat.earliest else ""
    rules = " ".join(_rule(result) for result in repeat.rules) or "The set has no rule about it."
    warnings = _sentences([], (WARNINGS[warning] for warning in repeat.warnings), label="Warnings")
    return f"Next {repeat.next.value} injection, {repeat.side.value}: {OVERALL[repeat.overall]}. {rules}{earliest}" + (
        f" {warnings}" if warnings else ""
    )


def _rule(result: RuleResult) -> str:
    first = f" First met on {in_words(result.earliest)}." if result.earliest else ""
    return f"Rule {result.rule.value.replace('-', ' ')} {OUTCOMES[result.result]}: {dates_in_words(result.why)}{first}"


# --- words ------------------------------------------------------------------------------------------------------------


def _verdict(verdict: str, reasons: Iterable[str]) -> str:
    why = "; ".join(reasons)
    return f"{verdict}: {why}" if why else verdict


def _sentences(said: Iterable[str], cautions: Iterable[str], *, label: str = "Cautions") -> str:
    cautioned = "; ".join(cautions)
    return " ".join(f"{sentence}." for sentence in (*said, *([f"{label}: {cautioned}"] if cautioned else [])))


def _interval(interval: Interval, unit: str) -> str:
    if interval.at_most is None:
        return f"at least {interval.at_least} {unit}"
    return f"at least {interval.at_least} and at most {interval.at_most} {unit}"


def _days(days: DayRange) -> str:
    return f"on day {days.last}" if days.first == days.last else f"between days {days.first} and {days.last}"


def _decimal(number: Fraction | None) -> str:
    return "none" if number is None else f"{rounded(number, 1):g}"


def _or_none(number: int | None) -> str:
    return "none" if number is None else str(number)


def _of(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _line(words: str) -> str:
    """What somebody wrote, on one line and without what a terminal would obey."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
