"""The figures beside a steroid's verdict: completeness, landmarks, area, flare, difficulty of moving.

The rules are under "The steroid" in ``docs/reference/judgement.md``. A figure that needs a baseline is None
where that is missing or 0; nothing is carried forward.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from diary.domain.relief import Number, median, passes, relief
from diary.domain.rulesets.parts import SteroidRules
from diary.domain.steroid_period import Period, Point, Share, difficulty

FLARE_DAYS = 5
FLARE_POINTS = 2
FUNCTION_UNTIL = 84
FEWEST_AT_FUNCTION = 2
LANDMARKS: Mapping[int, tuple[int, int]] = {14: (11, 17), 28: (21, 35), 56: (49, 63), 84: (77, 91), 182: (168, 196)}


class Badge(StrEnum):
    """How complete the scores are: always shown with its n of N."""

    GOOD = "good"
    LIMITED = "limited"
    TOO_LITTLE = "too-little"


class ImmpactClass(StrEnum):
    """The classes of change of IMMPACT 2008 (Dworkin et al., J Pain 9:105)."""

    NONE = "none"
    MINIMAL = "minimal"
    MODERATE = "moderate"
    SUBSTANTIAL = "substantial"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRange:
    """Between these two days since the injection, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """n of N: how many of the expected slots hold a point, and how many points were recorded late."""

    badge: Badge
    filled: int
    slots: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """The median of the points around a day; relief in percent and class need a baseline."""

    median: Fraction
    points: tuple[Point, ...]
    relief: Fraction | None
    immpact: ImmpactClass | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Pain relieved over time: point-days, percent of the most possible, time-weighted mean, share of days covered."""

    spid: Fraction
    percent: Fraction
    mean: Fraction
    covered: Fraction


class Untold(StrEnum):
    """Why a functional response is not known."""

    NO_BASELINE = "no-baseline"
    LOW_BASELINE = "low-baseline"
    TOO_LITTLE_DATA = "too-little-data"
    BEFORE_ASKED_DAY = "before-asked-day"
    TOO_FEW_AT_FUNCTION = "too-few-at-function"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """Difficulty of moving at the landmarks, against its own baseline.

    ``functional_response`` is None for the reasons in ``untold``; without such a reason it is known.
    """

    baseline: Fraction | None
    landmarks: Mapping[int, Landmark | None]
    data: Completeness
    functional_response: bool | None
    untold: tuple[Untold, ...]


# --- completeness -----------------------------------------------------------------------------------------------------


def expected_slots(period: Period, rules: SteroidRules, asked_day: int | None) -> tuple[DayRange, ...]:
    """Each of the first days, then each week, as far as they end by the period's last day and the asked day."""
    last = min(period.last_day, rules.slots_until if asked_day is None else asked_day)
    daily = [DayRange(first=day, last=day) for day in range(1, min(rules.daily_until, last) + 1)]
    weekly = [DayRange(first=day - 6, last=day) for day in range(rules.daily_until + 7, last + 1, 7)]
    return (*daily, *weekly)


def completeness(points: Sequence[Point], slots: Sequence[DayRange], rules: SteroidRules) -> Completeness:
    """How many slots hold a point, with the badge for it."""
    days = {point.day for point in points}
    filled = sum(any(day in days for day in range(slot.first, slot.last + 1)) for slot in slots)
    return Completeness(
        badge=_badge(filled, len(slots), rules),
        filled=filled,
        slots=len(slots),
        late=sum(point.late for point in points),
    )


def _badge(filled: int, slots: int, rules: SteroidRules) -> Badge:
    if slots and 100 * filled >= rules.good_percent * slots:
        return Badge.GOOD
    if slots and 100 * filled >= rules.limited_percent * slots:
        return Badge.LIMITED
    return Badge.TOO_LITTLE


# --- landmarks --------------------------------------------------------------------------------------------------------


def landmarks(points: Sequence[Point], baseline: Fraction | None) -> dict[int, Landmark | None]:
    """By landmark day; None where its window holds no point."""
    return {day: _landmark(points, first, last, baseline) for day, (first, last) in LANDMARKS.items()}


def _landmark(points: Sequence[Point], first: int, last: int, baseline: Fraction | None) -> Landmark | None:
    window = tuple(point for point in points if first <= point.day <= last)
    if not window:
        return None
    middle = median([point.score for point in window])
    percent = relief(middle, baseline)
    return Landmark(
        median=middle, points=window, relief=percent, immpact=None if percent is None else immpact_class(percent)
    )


def immpact_class(percent: Fraction) -> ImmpactClass:
    """The class of a change in percent: 10, 30 and 50 are where the next one begins."""
    if percent < 10:
        return ImmpactClass.NONE
    if percent < 30:
        return ImmpactClass.MINIMAL
    return ImmpactClass.MODERATE if percent < 50 else ImmpactClass.SUBSTANTIAL


# --- over the whole course --------------------------------------------------------------------------------------------


def area(points: Sequence[Point], baseline: Fraction | None, rules: SteroidRules) -> Area | None:
    """By trapezoid over the points and (0, b); an interval that is a hole is left out of SPID and of T."""
    if not baseline or not points:
        return None
    pain, days = Fraction(0), 0
    curve: list[tuple[int, Number]] = [(0, baseline), *((point.day, point.score) for point in points)]
    for (one, score), (other, next_score) in pairwise(curve):
        if other - one <= rules.hole_days:
            pain += (score + next_score) * (other - one)
            days += other - one
    if days == 0:
        return None
    spid = baseline * days - pain / 2
    return Area(
        spid=spid,
        percent=100 * spid / (baseline * days),
        mean=baseline - spid / days,
        covered=Fraction(days, points[-1].day),
    )


def days_at_threshold(points: Sequence[Point], baseline: Fraction | None, percent: int) -> Share | None:
    """How many points are at the threshold or better, of all."""
    if not baseline:
        return None
    return Share(n=sum(passes(point.score, baseline, percent) for point in points), of=len(points))


def flare_days(points: Sequence[Point], baseline: Fraction | None) -> int | None:
    """How many of the first five days are two points above the baseline, or at 10 where that is below 10."""
    if not baseline:
        return None
    flare = baseline + FLARE_POINTS
    if baseline < 10:
        flare = min(flare, Fraction(10))
    return sum(point.score >= flare for point in points if point.day <= FLARE_DAYS)


# --- moving -----------------------------------------------------------------------------------------------------------


def judge_moving(period: Period, slots: Sequence[DayRange], rules: SteroidRules, *, asked_day: int | None) -> Moving:
    """Difficulty of moving at the landmarks, and whether every one up to day 84 shows a functional response."""
    baseline, score_of = difficulty(period.injection)
    points = period.points(score_of)
    found = landmarks(points, baseline)
    data = completeness(points, slots, rules)
    applies = {
        Untold.NO_BASELINE: baseline is None,
        Untold.LOW_BASELINE: baseline is not None and baseline < rules.low_baseline,
        Untold.TOO_LITTLE_DATA: data.badge is Badge.TOO_LITTLE,
        Untold.BEFORE_ASKED_DAY: asked_day is None or period.day_of_judgement < asked_day,
        Untold.TOO_FEW_AT_FUNCTION: len(_points_of(found[FUNCTION_UNTIL])) < FEWEST_AT_FUNCTION,
    }
    untold = tuple(reason for reason, does in applies.items() if does)
    return Moving(
        baseline=baseline,
        landmarks=found,
        data=data,
        functional_response=None if untold else _responds(found, baseline, rules),
        untold=untold,
    )


def _responds(found: Mapping[int, Landmark | None], baseline: Fraction | None, rules: SteroidRules) -> bool:
    return all(
        passes(landmark.median, baseline, rules.functional_threshold)
        for day, landmark in found.items()
        if landmark is not None and day <= FUNCTION_UNTIL
    )


def _points_of(landmark: Landmark | None) -> tuple[Point, ...]:
    return () if landmark is None else landmark.points
