"""The key figures of one injection's steroid in words, with the entries behind each. Days are days since it."""

from collections.abc import Sequence
from fractions import Fraction

from diary.domain.diary import Injection, Instrument
from diary.domain.relief import Interval, passes, score_needed
from diary.domain.steroid import BaselineFrom, Figures
from diary.domain.steroid_figures import FLARE_DAYS, DayRange
from diary.domain.steroid_period import SORENESS_DAYS, Period, Point
from diary.domain.steroid_relief import END_SPAN, ONSET_SPAN
from diary.domain.timeline import day_zero, scored_before
from diary.words.evidence import DayEvidence, clinic_evidence
from diary.words.findings import Number, as_sentence
from diary.words.language import gettext as _
from diary.words.times import counted, day_in_words, or_lower, percent_in_words, score_in_words
from diary.words.verdicts import BASELINES


def steroid_numbers(figures: Figures, period: Period) -> list[Number]:
    """The key figures beside a steroid's verdict."""
    start = _start(figures, period)
    needed = "" if not figures.baseline else f": {or_lower(score_needed(figures.baseline, figures.threshold))}"
    asked = "hangs on the onset, which is not known"
    if figures.asked_day is not None:
        asked = as_sentence(day_of(period.injection, figures.asked_day))
    days = DayEvidence(period)
    scored = f"{figures.data.filled} of {figures.data.slots} expected days and weeks; {figures.data.late} late"
    on_paper = sum(point.entry_id in days.from_paper for point in figures.points)
    scored += _("; %(number)s from paper", number=on_paper) if on_paper else ""
    return [
        start,
        Number(label="Threshold", words=f"{figures.threshold}% less{needed}"),
        Number(label="Relief asked until", words=asked),
        Number.of("Onset", _range(figures.onset, period.injection), _around_onset(figures), days.point),
        Number.of("End", _range(figures.end, period.injection), _around_end(figures), days.point),
        Number.of("Relief lasted", _lasted(figures), _ends_of_relief(figures), days.point),
        _at_threshold(figures, days),
        Number.of("Scored", scored, figures.points, days.point),
        *_areas(figures, days),
        _flare(figures, days),
        _soreness(figures, period, days),
        _analgesics(figures, period, days),
    ]


def _start(figures: Figures, period: Period) -> Number:
    if figures.baseline is None or figures.baseline_from is None:
        return Number(label="Start", words="none")
    words = f"{score_or_none(figures.baseline)} ({BASELINES[figures.baseline_from]})"
    if figures.baseline_from is BaselineFrom.ONE_SCORE:
        evidence = clinic_evidence("average pain", figures.baseline)
        return Number(label="Start", words=words, evidence=(evidence,))
    before = scored_before(period.injection, period.days_before.values())
    return Number.of("Start", words, before, DayEvidence(period).score)


def _around_onset(figures: Figures) -> tuple[Point, ...]:
    """The point before the onset, and those of its five days."""
    onset = figures.onset
    if onset is None:
        return ()
    return _between(figures.points, onset.first - 1, onset.last + ONSET_SPAN - 1)


def _around_end(figures: Figures) -> tuple[Point, ...]:
    """The last passing point before the end, and those of its two weeks."""
    end = figures.end
    if end is None:
        return ()
    return _between(figures.points, end.first - 1, end.last + END_SPAN)


def _ends_of_relief(figures: Figures) -> tuple[Point, ...]:
    lasted = figures.relief_days
    if lasted is None:
        return ()
    return tuple(point for point in figures.points if point.day in {lasted.at_least, lasted.at_most})


def _between(points: Sequence[Point], first: int, last: int) -> tuple[Point, ...]:
    return tuple(point for point in points if first <= point.day <= last)


def _lasted(figures: Figures) -> str:
    return "no onset seen" if figures.relief_days is None else lasted_words(figures.relief_days)


def _at_threshold(figures: Figures, days: DayEvidence) -> Number:
    share = figures.days_at_threshold
    label = f"Days at {figures.threshold}% less or better"
    if share is None:
        return Number(label=label, words="cannot be told without a start score")
    passing = [point for point in figures.points if passes(point.score, figures.baseline, figures.threshold)]
    part = f" ({percent_in_words(Fraction(100 * share.n, share.of))})" if share.of else ""
    return Number.of(
        label,
        f"{share.n} of {counted(share.of, 'recorded day', 'recorded days')}{part}",
        passing or figures.points,
        days.point,
    )


def _areas(figures: Figures, days: DayEvidence) -> list[Number]:
    area = figures.area
    if area is None:
        return [Number(label="Pain relieved over time", words="cannot be told")]
    covered, size = percent_in_words(100 * area.covered), percent_in_words(abs(area.percent))
    part = f"{size} of the most possible" if area.percent >= 0 else f"{size} more pain than before"
    relieved = f"{score_in_words(area.spid)} point-days, {part}"
    mean = f"{score_in_words(area.mean)}, over {covered} of the days"
    return [
        Number.of("Pain relieved over time (SPID)", relieved, figures.points, days.point),
        Number.of("Mean over time", mean, figures.points, days.point),
    ]


def _flare(figures: Figures, days: DayEvidence) -> Number:
    early = _between(figures.points, 1, FLARE_DAYS)
    label = f"Flare in days 1 to {FLARE_DAYS}"
    if figures.flare_days is None:
        return Number(label=label, words="cannot be told without a start score")
    words = f"{figures.flare_days} of {counted(len(early), 'recorded day', 'recorded days')}"
    return Number.of(label, words, early, days.point)


def _soreness(figures: Figures, period: Period, days: DayEvidence) -> Number:
    label = "Soreness where the needle went in"
    if figures.soreness is None:
        return Number(label=label, words="not scored")
    given = [
        (day, found)
        for day, record in sorted({**period.days_before, **period.days}.items())
        if 0 <= day <= SORENESS_DAYS and (found := record.scores.get(Instrument.SORENESS))
    ]
    last, highest = figures.soreness.last_day, figures.soreness.highest
    words = "none" if last is None else f"last on day {last}, highest {highest}"
    return Number.of(label, words, given, days.score)


def _analgesics(figures: Figures, period: Period, days: DayEvidence) -> Number:
    share = figures.analgesic_days
    answered = [(number, day) for number, day in sorted(period.days.items()) if day.analgesic is not None]
    taken = [(number, day) for number, day in answered if day.analgesic]
    words = f"{share.n} of {counted(share.of, 'day that says', 'days that say')}" if share.of else "not answered"
    return Number.of("Extra pain medicine", words, taken or answered, days.medicine)


# --- words ------------------------------------------------------------------------------------------------------------


def _range(days: DayRange | None, injection: Injection) -> str:
    if days is None:
        return "none seen"
    last = day_of(injection, days.last)
    return as_sentence(last if days.first == days.last else f"{day_of(injection, days.first)} to {last}")


def lasted_words(days: Interval) -> str:
    """99 to 107 days, at least 102 days: a range, never a guess."""
    if days.at_most is None:
        return f"at least {counted(days.at_least, 'day', 'days')}"
    return f"{days.at_least} to {days.at_most} days"


def day_of(injection: Injection, day: int) -> str:
    """Day 12 (18-Aug-2026) of an injection."""
    return day_in_words(day_zero(injection), day)


def score_or_none(score: int | Fraction | None) -> str:
    """7.5, or none."""
    return "none" if score is None else score_in_words(Fraction(score))
