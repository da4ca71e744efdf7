"""The steroid: lasting relief, judged from the average pain of the days after.

The rules are section 3 of ``docs/reference/judgement.md``; every number comes from the rule set. Days are days since
the injection, scores 0 to 10, relief in percent; all arithmetic is exact.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

from diary.domain.calendar import months_later
from diary.domain.diary import Diary, Injection, Instrument, Scores
from diary.domain.relief import Interval, Number, fails, median, passes, relief
from diary.domain.rulesets import RuleSet, SteroidRules
from diary.domain.timeline import (
    DayInForce,
    ScoreInForce,
    day_is_late,
    day_since,
    day_zero,
    days_in_force,
    injections_in_force,
    next_of_same_side,
    same_side,
)

FLARE_DAYS = 5
SORENESS_DAYS = 14
FUNCTION_UNTIL = 84
LANDMARKS: Mapping[int, tuple[int, int]] = {14: (11, 17), 28: (21, 35), 56: (49, 63), 84: (77, 91), 182: (168, 196)}


class SteroidVerdict(StrEnum):
    MEETS = "meets"
    PARTLY = "partly"
    DOES_NOT_MEET = "does-not-meet"
    CANNOT_TELL = "cannot-tell"
    ONGOING = "ongoing"
    TOO_EARLY = "too-early"


class SteroidReason(StrEnum):
    NO_STEROID = "no-steroid"
    NO_BASELINE = "no-baseline"
    LOW_BASELINE = "low-baseline"
    TOO_LITTLE_DATA = "too-little-data"
    CUT_SHORT = "cut-short"
    LATE_ONSET = "late-onset"
    TOO_SPARSE_FOR_ONSET = "too-sparse-for-onset"
    GAP = "gap"


class SteroidCaution(StrEnum):
    """What to know beside the verdict, in the order in which it is told."""

    ONE_SCORE_BASELINE = "one-score-baseline"
    BASELINES_DIFFER = "baselines-differ"
    OTHER_SIDE_INJECTION = "other-side-injection"
    LAST_SCORE_BELOW = "last-score-below"


class Badge(StrEnum):
    GOOD = "good"
    LIMITED = "limited"
    TOO_LITTLE = "too-little"


class BaselineFrom(StrEnum):
    DAYS_BEFORE = "days-before"
    ONE_SCORE = "one-score"


class ImmpactClass(StrEnum):
    """The classes of change of IMMPACT 2008."""

    NONE = "none"
    MINIMAL = "minimal"
    MODERATE = "moderate"
    SUBSTANTIAL = "substantial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One day's score in the period, with the entry that gives it."""

    day: int
    score: Number
    entry_id: UUID
    late: bool


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
class Share:
    """n of N."""

    n: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Pain relieved over time: point-days, percent of the most possible, time-weighted mean, share of days covered."""

    spid: Fraction
    percent: Fraction
    mean: Fraction
    covered: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Soreness:
    last_day: int | None
    highest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """Difficulty of moving at the landmarks, against its own baseline."""

    baseline: Fraction | None
    landmarks: Mapping[int, Landmark | None]
    functional_response: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything that is said of a steroid's course beside the verdict."""

    baseline: Fraction | None
    baseline_from: BaselineFrom | None
    threshold: int
    points: tuple[Point, ...]
    data: Completeness
    asked_day: int | None
    onset: DayRange | None
    end: DayRange | None
    relief_days: Interval | None
    landmarks: Mapping[int, Landmark | None]
    days_at_threshold: Share | None
    area: Area | None
    flare_days: int | None
    soreness: Soreness | None
    analgesic_days: Share
    moving: Moving
    cautions: tuple[SteroidCaution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SteroidCourse:
    """The verdict on one injection's steroid; ``figures`` is None where none was given."""

    injection: Injection
    verdict: SteroidVerdict
    reasons: tuple[SteroidReason, ...]
    figures: Figures | None


def judge_steroids(diary: Diary, rules: RuleSet, *, as_of: date) -> tuple[SteroidCourse, ...]:
    """The steroid of every injection, by time."""
    injections = injections_in_force(diary, as_of=as_of)
    days, _early = days_in_force(diary, as_of=as_of)
    return tuple(_judge(diary, injection, injections, days, rules.steroid, as_of) for injection in injections)


def _judge(
    diary: Diary,
    injection: Injection,
    injections: Sequence[Injection],
    days: Sequence[DayInForce],
    rules: SteroidRules,
    as_of: date,
) -> SteroidCourse:
    if injection.steroid is None:
        return SteroidCourse(
            injection=injection,
            verdict=SteroidVerdict.CANNOT_TELL,
            reasons=(SteroidReason.NO_STEROID,),
            figures=None,
        )
    period = _Period(diary, injection, injections, days, as_of)
    return _Case(period, rules).judged()


class _Period:
    """The days after one injection that are its own, and what was recorded in them."""

    def __init__(
        self,
        diary: Diary,
        injection: Injection,
        injections: Sequence[Injection],
        days: Sequence[DayInForce],
        as_of: date,
    ) -> None:
        self.injection = injection
        self.injections = injections
        self.zone = diary.patient.zone
        self.day_of_judgement = day_since(injection, as_of)
        following = next_of_same_side(injection, injections)
        self.cut_short = following is not None
        self.last_day = (
            day_since(injection, day_zero(following)) - 1 if following is not None else self.day_of_judgement
        )
        self.all_days = {day_since(injection, day.day): day for day in days}
        self.days = {number: day for number, day in self.all_days.items() if 1 <= number <= self.last_day}

    def points(self, score_of: Callable[[DayInForce], tuple[Number, ScoreInForce] | None]) -> tuple[Point, ...]:
        """One series in the period, by day."""
        found = []
        for number, day in self.days.items():
            if scored := score_of(day):
                score, given = scored
                late = day_is_late(given.settled_at, day.day, self.zone)
                found.append(Point(day=number, score=score, entry_id=given.entry.id, late=late))
        return tuple(found)

    def averages_before(self) -> list[int]:
        """The averages of days -7 to -1 whose every entry was recorded before the injection."""
        before = []
        for number in range(-7, 0):
            given = self.all_days[number].scores.get(Instrument.AVERAGE) if number in self.all_days else None
            if given and all(entry.recorded_at < self.injection.performed_at for entry in given.chain.records):
                before.append(_whole(given))
        return before

    def soreness(self) -> Soreness | None:
        """From the daily entries of days 0 to 14 up to the period's end."""
        given = {
            number: _whole(day.scores[Instrument.SORENESS])
            for number, day in self.all_days.items()
            if 0 <= number <= min(SORENESS_DAYS, self.last_day) and Instrument.SORENESS in day.scores
        }
        if not given:
            return None
        sore = [number for number, score in given.items() if score >= 1]
        return Soreness(last_day=max(sore, default=None), highest=max(given.values()))

    def analgesic_days(self) -> Share:
        said = [day.analgesic for day in self.days.values() if day.analgesic is not None]
        return Share(n=sum(said), of=len(said))

    def other_side_injected(self) -> bool:
        return any(
            not same_side(self.injection, other) and 1 <= day_since(self.injection, day_zero(other)) <= self.last_day
            for other in self.injections
        )


def _whole(given: ScoreInForce) -> int:
    if not isinstance(given.score, int):
        raise TypeError("this instrument is scored with one whole number")
    return given.score


def _average(day: DayInForce) -> tuple[Number, ScoreInForce] | None:
    given = day.scores.get(Instrument.AVERAGE)
    return (_whole(given), given) if given else None


def _moving(day: DayInForce) -> tuple[Number, ScoreInForce] | None:
    given = day.scores.get(Instrument.MOVING)
    return (_whole(given), given) if given else None


class _Case:
    """One period judged by one set of rules."""

    def __init__(self, period: _Period, rules: SteroidRules) -> None:
        self.period, self.rules = period, rules
        self.points = period.points(_average)
        self.baseline, self.baseline_from, self.baselines_differ = _baseline(period, rules)
        self.onset = self._onset()
        self.asked_day = _asked_day(period.injection, rules, self.onset)
        self.slots = _slots(period, rules, self.asked_day)
        self.data = _completeness(self.points, self.slots, rules)
        self.end = self._end()
        self.relief_days = self._relief_days()

    def judged(self) -> SteroidCourse:
        verdict, reasons = self._verdict()
        return SteroidCourse(injection=self.period.injection, verdict=verdict, reasons=reasons, figures=self._figures())

    # --- onset, end, holes ---

    def _passes(self, score: Number) -> bool:
        return passes(score, self.baseline, self.rules.threshold)

    def _fails(self, score: Number) -> bool:
        return fails(score, self.baseline, self.rules.threshold)

    def _is_onset(self, point: Point) -> bool:
        """The test of onset: it passes, and of the points of its five days three pass and at most one fails."""
        together = [other.score for other in self.points if point.day <= other.day <= point.day + 4]
        return (
            self._passes(point.score)
            and sum(self._passes(score) for score in together) >= self.rules.onset_passes
            and sum(self._fails(score) for score in together) <= 1
        )

    def _onset(self) -> DayRange | None:
        before = 0
        for point in self.points:
            if point.day > self.rules.onset_by_day:
                return None
            if self._is_onset(point):
                return DayRange(first=before + 1, last=point.day)
            before = point.day
        return None

    def _end(self) -> DayRange | None:
        if self.onset is None:
            return None
        last_passing = self.onset.last
        for point in self.points:
            if point.day <= self.onset.last:
                continue
            if self._passes(point.score):
                last_passing = point.day
            elif self._fails(point.score) and self._is_end(point):
                return DayRange(first=last_passing + 1, last=point.day)
        return None

    def _is_end(self, point: Point) -> bool:
        def within(last: int) -> list[Number]:
            return [other.score for other in self.points if point.day <= other.day <= last]

        together = within(point.day + 13)
        if len(together) == 1:
            together = within(point.day + 14)
        return len(together) >= self.rules.end_points and self._fails(median(together))

    def _hole_after_onset(self) -> int | None:
        """The day after which the first hole after onset begins, or None."""
        if self.onset is None:
            return None
        days = [point.day for point in self.points if point.day >= self.onset.last]
        for one, other in pairwise((*days, self.period.last_day)):
            if other - one > self.rules.hole_days:
                return one
        return None

    def _relief_days(self) -> Interval | None:
        if self.onset is None:
            return None
        hole = self._hole_after_onset()
        passing = [
            point.day
            for point in self.points
            if self._passes(point.score)
            and (self.end is None or point.day < self.end.last)
            and (hole is None or point.day <= hole)
        ]
        return Interval(at_least=max(passing), at_most=self.end.last if self.end else None)

    # --- the verdict ---

    def _verdict(self) -> tuple[SteroidVerdict, tuple[SteroidReason, ...]]:
        if not self.baseline or self.baseline < self.rules.low_baseline:
            reason = SteroidReason.NO_BASELINE if self.baseline is None else SteroidReason.LOW_BASELINE
            return SteroidVerdict.CANNOT_TELL, (reason,)
        if not self.slots:
            return SteroidVerdict.TOO_EARLY, ()
        if self.data.badge is Badge.TOO_LITTLE:
            return SteroidVerdict.CANNOT_TELL, (SteroidReason.TOO_LITTLE_DATA,)
        return self._without_onset() if self.relief_days is None else self._with_onset(self.relief_days)

    def _without_onset(self) -> tuple[SteroidVerdict, tuple[SteroidReason, ...]]:
        last_chance = self.rules.onset_by_day + 4
        if self.period.last_day <= last_chance:
            if self.period.cut_short:
                return SteroidVerdict.CANNOT_TELL, (SteroidReason.CUT_SHORT,)
            return SteroidVerdict.TOO_EARLY, ()
        if any(self._is_onset(point) for point in self.points if point.day > self.rules.onset_by_day):
            return SteroidVerdict.CANNOT_TELL, (SteroidReason.LATE_ONSET,)
        if not self._dense_enough_for_onset():
            return SteroidVerdict.CANNOT_TELL, (SteroidReason.TOO_SPARSE_FOR_ONSET,)
        return SteroidVerdict.DOES_NOT_MEET, ()

    def _dense_enough_for_onset(self) -> bool:
        last = self.rules.onset_by_day
        return any(
            sum(day <= point.day <= day + 4 for point in self.points) >= self.rules.onset_passes
            for day in range(last - 4, last + 1)
        )

    def _with_onset(self, lasted: Interval) -> tuple[SteroidVerdict, tuple[SteroidReason, ...]]:
        asked = self.asked_day
        if asked is None:
            raise AssertionError("with an onset the asked day is known")
        if lasted.at_least >= asked:
            return SteroidVerdict.MEETS, ()
        if self.end is not None and self.end.last <= asked:
            return SteroidVerdict.PARTLY, ()
        if self.end is not None or self._hole_after_onset() is not None:
            return SteroidVerdict.CANNOT_TELL, (SteroidReason.GAP,)
        if self.period.cut_short and self.period.last_day < asked:
            return SteroidVerdict.CANNOT_TELL, (SteroidReason.CUT_SHORT,)
        if self.period.day_of_judgement < asked + self.rules.ongoing_days:
            return SteroidVerdict.ONGOING, ()
        return SteroidVerdict.CANNOT_TELL, (SteroidReason.GAP,)

    # --- the figures ---

    def _figures(self) -> Figures:
        return Figures(
            baseline=self.baseline,
            baseline_from=self.baseline_from,
            threshold=self.rules.threshold,
            points=self.points,
            data=self.data,
            asked_day=self.asked_day,
            onset=self.onset,
            end=self.end,
            relief_days=self.relief_days,
            landmarks=_landmarks(self.points, self.baseline),
            days_at_threshold=self._days_at_threshold(),
            area=_area(self.points, self.baseline, self.rules),
            flare_days=self._flare_days(),
            soreness=self.period.soreness(),
            analgesic_days=self.period.analgesic_days(),
            moving=self._moving(),
            cautions=self._cautions(),
        )

    def _days_at_threshold(self) -> Share | None:
        if not self.baseline:
            return None
        return Share(n=sum(self._passes(point.score) for point in self.points), of=len(self.points))

    def _flare_days(self) -> int | None:
        if not self.baseline:
            return None
        return sum(
            point.score >= self.baseline + 2 or (point.score == 10 and self.baseline < 10)
            for point in self.points
            if point.day <= FLARE_DAYS
        )

    def _moving(self) -> Moving:
        baseline, score_of = _difficulty(self.period.injection)
        points = self.period.points(score_of)
        landmarks = _landmarks(points, baseline)
        data = _completeness(points, self.slots, self.rules)
        return Moving(
            baseline=baseline,
            landmarks=landmarks,
            functional_response=self._functional_response(baseline, landmarks, data),
        )

    def _functional_response(
        self, baseline: Fraction | None, landmarks: Mapping[int, Landmark | None], data: Completeness
    ) -> bool | None:
        last = landmarks[FUNCTION_UNTIL]
        if baseline is None or baseline < self.rules.low_baseline or data.badge is Badge.TOO_LITTLE:
            return None
        if self.asked_day is None or self.period.day_of_judgement < self.asked_day:
            return None
        if last is None or len(last.points) < 2:
            return None
        return all(
            passes(landmark.median, baseline, self.rules.functional_threshold)
            for day, landmark in landmarks.items()
            if landmark is not None and day <= FUNCTION_UNTIL
        )

    def _cautions(self) -> tuple[SteroidCaution, ...]:
        applies = {
            SteroidCaution.ONE_SCORE_BASELINE: self.baseline_from is BaselineFrom.ONE_SCORE,
            SteroidCaution.BASELINES_DIFFER: self.baselines_differ,
            SteroidCaution.OTHER_SIDE_INJECTION: self.period.other_side_injected(),
            SteroidCaution.LAST_SCORE_BELOW: self.onset is not None
            and self.end is None
            and self._fails(self.points[-1].score),
        }
        return tuple(caution for caution, does in applies.items() if does)


def _baseline(period: _Period, rules: SteroidRules) -> tuple[Fraction | None, BaselineFrom | None, bool]:
    before, one_score = period.averages_before(), period.injection.baseline.average
    if len(before) >= rules.fewest_days_before:
        of_days = median(before)
        differ = one_score is not None and abs(of_days - one_score) >= rules.baselines_differ
        return of_days, BaselineFrom.DAYS_BEFORE, differ
    if one_score is not None:
        return Fraction(one_score), BaselineFrom.ONE_SCORE, False
    return None, None, False


def _asked_day(injection: Injection, rules: SteroidRules, onset: DayRange | None) -> int | None:
    """The day until which relief is asked; None where it hangs on an onset that is not known."""
    asked = rules.asked
    if asked.months is not None:
        return day_since(injection, months_later(day_zero(injection), asked.months))
    if asked.day is not None:
        return asked.day
    if asked.days_after_onset is not None and onset is not None:
        return onset.last + asked.days_after_onset
    return None


def asked_on(course: SteroidCourse) -> date | None:
    """The date until which relief is asked, or None where it is not known."""
    if course.figures is None or course.figures.asked_day is None:
        return None
    return day_zero(course.injection) + timedelta(days=course.figures.asked_day)


def _slots(period: _Period, rules: SteroidRules, asked_day: int | None) -> tuple[DayRange, ...]:
    """Each of the first days, then each week, as far as they end by the period's last day and the asked day."""
    last = min(period.last_day, rules.slots_until if asked_day is None else asked_day)
    daily = [DayRange(first=day, last=day) for day in range(1, min(rules.daily_until, last) + 1)]
    weekly = [DayRange(first=day - 6, last=day) for day in range(rules.daily_until + 7, last + 1, 7)]
    return (*daily, *weekly)


def _completeness(points: Sequence[Point], slots: Sequence[DayRange], rules: SteroidRules) -> Completeness:
    days = {point.day for point in points}
    filled = sum(any(day in days for day in range(slot.first, slot.last + 1)) for slot in slots)
    if slots and 100 * filled >= rules.good_percent * len(slots):
        badge = Badge.GOOD
    elif slots and 100 * filled >= rules.limited_percent * len(slots):
        badge = Badge.LIMITED
    else:
        badge = Badge.TOO_LITTLE
    return Completeness(badge=badge, filled=filled, slots=len(slots), late=sum(point.late for point in points))


def _landmarks(points: Sequence[Point], baseline: Fraction | None) -> dict[int, Landmark | None]:
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


def _area(points: Sequence[Point], baseline: Fraction | None, rules: SteroidRules) -> Area | None:
    """By trapezoid over the points and (0, b); an interval that is a hole is left out."""
    if not baseline or not points:
        return None
    spid, days = Fraction(0), 0
    curve: list[tuple[int, Number]] = [(0, baseline), *((point.day, point.score) for point in points)]
    for (one, score), (other, next_score) in pairwise(curve):
        if other - one <= rules.hole_days:
            spid += (baseline - score + baseline - next_score) * Fraction(other - one, 2)
            days += other - one
    if days == 0:
        return None
    return Area(
        spid=spid,
        percent=100 * spid / (baseline * days),
        mean=baseline - spid / days,
        covered=Fraction(days, points[-1].day),
    )


def _difficulty(
    injection: Injection,
) -> tuple[Fraction | None, Callable[[DayInForce], tuple[Number, ScoreInForce] | None]]:
    """The baseline of difficulty and its series: the patient's own activities where they have one, else moving."""
    names, baseline = injection.activities, injection.baseline
    if names and baseline.activities is not None and len(baseline.activities) == len(names):

        def activities(day: DayInForce) -> tuple[Number, ScoreInForce] | None:
            given = day.scores.get(Instrument.ACTIVITIES)
            if given is None or not isinstance(given.score, tuple) or len(given.score) != len(names):
                return None
            return Fraction(sum(given.score), len(names)), given

        return Fraction(sum(baseline.activities), len(names)), activities
    return _fraction(baseline), _moving


def _fraction(baseline: Scores) -> Fraction | None:
    return None if baseline.moving is None else Fraction(baseline.moving)
