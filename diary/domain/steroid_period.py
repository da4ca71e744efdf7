"""The days after an injection that are its own, and the series of scores recorded in them.

The rules are under "The steroid" in ``docs/reference/judgement.md``. Days are days since the injection.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.diary import Injection, Instrument
from diary.domain.in_force import InForce
from diary.domain.relief import Number
from diary.domain.timeline import (
    DayInForce,
    ScoreInForce,
    day_is_late,
    day_since,
    day_zero,
    next_of_same_side,
    same_side,
)

SORENESS_DAYS = 14

ScoreOf = Callable[[DayInForce], tuple[Number, ScoreInForce] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One day's score in the period, with the entry that gives it."""

    day: int
    score: Number
    entry_id: UUID
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """n of N."""

    n: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Soreness:
    """The last day with soreness 1 or more, None where there was none, and the highest."""

    last_day: int | None
    highest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Day 1 to the date of the judgement, or to the day before the next injection of the same side on a later date.

    ``injected_twice``: another injection of the same side has the same period, because it has the same date.
    ``days`` are those of the period, ``days_before`` those of the week before the injection and of its own day.
    """

    injection: Injection
    zone: ZoneInfo
    last_day: int
    day_of_judgement: int
    cut_short: bool
    injected_twice: bool
    other_side_injected: bool
    days: Mapping[int, DayInForce]
    days_before: Mapping[int, DayInForce]

    def points(self, score_of: ScoreOf) -> tuple[Point, ...]:
        """One series in the period, by day; late scores are among its points and say so."""
        scored = ((number, day.day, score_of(day)) for number, day in self.days.items())
        return tuple(
            Point(
                day=number,
                score=found[0],
                entry_id=found[1].entry.id,
                late=day_is_late(found[1].settled_at, day, self.zone),
            )
            for number, day, found in scored
            if found is not None
        )

    def soreness(self) -> Soreness | None:
        """From the daily entries of days 0 to 14 up to the period's end; None where it was never given."""
        given = {
            number: _whole(score)
            for number, day in {**self.days_before, **self.days}.items()
            if 0 <= number <= SORENESS_DAYS and (score := day.scores.get(Instrument.SORENESS))
        }
        if not given:
            return None
        return Soreness(
            last_day=max((number for number, score in given.items() if score >= 1), default=None),
            highest=max(given.values()),
        )

    def analgesic_days(self) -> Share:
        """On how many days a medicine for pain was taken, of those that say whether."""
        said = [day.analgesic for day in self.days.values() if day.analgesic is not None]
        return Share(n=sum(said), of=len(said))


def period_after(injection: Injection, standing: InForce) -> Period:
    """The period of one injection among the others that are in force on the date of the judgement."""
    following = next_of_same_side(injection, standing.injections)
    day_of_judgement = day_since(injection, standing.as_of)
    last_day = day_of_judgement if following is None else day_since(injection, day_zero(following)) - 1
    numbered = [(day_since(injection, day.day), day) for day in standing.days]
    return Period(
        injection=injection,
        zone=standing.zone,
        last_day=last_day,
        day_of_judgement=day_of_judgement,
        cut_short=following is not None,
        injected_twice=any(
            other is not injection and same_side(injection, other) and day_zero(other) == day_zero(injection)
            for other in standing.injections
        ),
        other_side_injected=any(
            not same_side(injection, other) and 1 <= day_since(injection, day_zero(other)) <= last_day
            for other in standing.injections
        ),
        days={number: day for number, day in numbered if 1 <= number <= last_day},
        days_before={number: day for number, day in numbered if -7 <= number <= 0},
    )


def average(day: DayInForce) -> tuple[Number, ScoreInForce] | None:
    """A day's average pain."""
    given = day.scores.get(Instrument.AVERAGE)
    return (_whole(given), given) if given else None


def difficulty(injection: Injection) -> tuple[Fraction | None, ScoreOf]:
    """How hard it was to move about: its baseline, and where a day's score comes from.

    The mean of the patient's own activities where the injection has names and a baseline of equal length; an entry's
    list of another length is not used. Else ``moving``.
    """
    names, baseline = len(injection.activities), injection.baseline
    if names and baseline.activities is not None and len(baseline.activities) == names:
        return Fraction(sum(baseline.activities), names), _mean_of_activities(names)
    return None if baseline.moving is None else Fraction(baseline.moving), _moving


def _mean_of_activities(names: int) -> ScoreOf:
    def mean(day: DayInForce) -> tuple[Number, ScoreInForce] | None:
        given = day.scores.get(Instrument.ACTIVITIES)
        if given is None or not isinstance(given.score, tuple) or len(given.score) != names:
            return None
        return Fraction(sum(given.score), names), given

    return mean


def _moving(day: DayInForce) -> tuple[Number, ScoreInForce] | None:
    given = day.scores.get(Instrument.MOVING)
    return (_whole(given), given) if given else None


def _whole(given: ScoreInForce) -> int:
    if not isinstance(given.score, int):
        raise TypeError("this instrument is scored with one whole number")
    return given.score
