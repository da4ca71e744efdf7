"""The steroid: lasting relief, judged from the average pain of the days after.

The rules are under "The steroid" in ``docs/reference/judgement.md``; every number comes from the rule set. Days
are days since the injection, scores 0 to 10, relief in percent; all arithmetic is exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from diary.domain.calendar import months_later
from diary.domain.diary import Injection
from diary.domain.in_force import InForce
from diary.domain.relief import Interval, median
from diary.domain.rulesets.parts import SteroidRules
from diary.domain.steroid_figures import (
    Area,
    Badge,
    Completeness,
    DayRange,
    Landmark,
    Moving,
    area,
    completeness,
    days_at_threshold,
    expected_slots,
    flare_days,
    judge_moving,
    landmarks,
)
from diary.domain.steroid_period import Period, Point, Share, Soreness, average, period_after
from diary.domain.steroid_relief import ONSET_SPAN, Scored
from diary.domain.timeline import averages_before, day_since, day_zero


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


class BaselineFrom(StrEnum):
    DAYS_BEFORE = "days-before"
    ONE_SCORE = "one-score"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything that is said of a steroid's course beside the verdict."""

    baseline: Fraction | None
    baseline_from: BaselineFrom | None
    threshold: int
    points: tuple[Point, ...]
    holes: tuple[DayRange, ...]
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


def judge_steroids(standing: InForce, rules: SteroidRules) -> tuple[SteroidCourse, ...]:
    """The steroid of every injection in force, in their order."""
    return tuple(judge_steroid(injection, standing, rules) for injection in standing.injections)


def judge_steroid(injection: Injection, standing: InForce, rules: SteroidRules) -> SteroidCourse:
    """The steroid of one injection in force."""
    return _none_given(injection) if injection.steroid is None else _judge(period_after(injection, standing), rules)


def asked_on(course: SteroidCourse) -> date | None:
    """The date until which relief is asked, or None where it is not known."""
    if course.figures is None or course.figures.asked_day is None:
        return None
    return day_zero(course.injection) + timedelta(days=course.figures.asked_day)


def _none_given(injection: Injection) -> SteroidCourse:
    return SteroidCourse(
        injection=injection, verdict=SteroidVerdict.CANNOT_TELL, reasons=(SteroidReason.NO_STEROID,), figures=None
    )


def _judge(period: Period, rules: SteroidRules) -> SteroidCourse:
    baseline, baseline_from, baselines_differ = _baseline(period, rules)
    points = period.points(average)
    scored = Scored(points=points, baseline=baseline, last_day=period.last_day, rules=rules)
    onset = scored.onset()
    end = scored.end(onset)
    asked_day = _asked_day(period.injection, rules, onset)
    slots = expected_slots(period, rules, asked_day)
    figures = Figures(
        baseline=baseline,
        baseline_from=baseline_from,
        threshold=rules.threshold,
        points=points,
        holes=scored.holes(),
        data=completeness(points, slots, rules),
        asked_day=asked_day,
        onset=onset,
        end=end,
        relief_days=scored.lasted(onset, end),
        landmarks=landmarks(points, baseline),
        days_at_threshold=days_at_threshold(points, baseline, rules.threshold),
        area=area(points, baseline, rules),
        flare_days=flare_days(points, baseline),
        soreness=period.soreness(),
        analgesic_days=period.analgesic_days(),
        moving=judge_moving(period, slots, rules, asked_day=asked_day),
        cautions=_cautions(
            {
                SteroidCaution.ONE_SCORE_BASELINE: baseline_from is BaselineFrom.ONE_SCORE,
                SteroidCaution.BASELINES_DIFFER: baselines_differ,
                SteroidCaution.OTHER_SIDE_INJECTION: period.other_side_injected,
                SteroidCaution.LAST_SCORE_BELOW: onset is not None and end is None and scored.fails(points[-1].score),
            }
        ),
    )
    verdict, reasons = _Verdict(period, scored, figures).told()
    return SteroidCourse(injection=period.injection, verdict=verdict, reasons=reasons, figures=figures)


def _baseline(period: Period, rules: SteroidRules) -> tuple[Fraction | None, BaselineFrom | None, bool]:
    """The baseline, where it comes from, and whether the two that there are lie apart."""
    before, one_score = (
        averages_before(period.injection, period.days_before.values()),
        period.injection.baseline.average,
    )
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


def _cautions(applies: Mapping[SteroidCaution, bool]) -> tuple[SteroidCaution, ...]:
    return tuple(caution for caution, does in applies.items() if does)


Told = tuple[SteroidVerdict, tuple[SteroidReason, ...]]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The verdict: the first of the eight that applies."""

    period: Period
    scored: Scored
    figures: Figures

    def told(self) -> Told:
        baseline = self.figures.baseline
        if baseline is None:
            return _cannot_tell(SteroidReason.NO_BASELINE)
        if baseline < self.scored.rules.low_baseline:
            return _cannot_tell(SteroidReason.LOW_BASELINE)
        if not self.figures.data.slots:
            return SteroidVerdict.TOO_EARLY, ()
        if self.figures.data.badge is Badge.TOO_LITTLE:
            return _cannot_tell(SteroidReason.TOO_LITTLE_DATA)
        lasted, asked = self.figures.relief_days, self.figures.asked_day
        return self._without_onset() if lasted is None or asked is None else self._with_onset(lasted, asked)

    def _without_onset(self) -> Told:
        last_chance = self.scored.rules.onset_by_day + ONSET_SPAN - 1
        if self.period.last_day <= last_chance:
            if self.period.cut_short:
                return _cannot_tell(SteroidReason.CUT_SHORT)
            return SteroidVerdict.TOO_EARLY, ()
        if self.scored.late_onset():
            return _cannot_tell(SteroidReason.LATE_ONSET)
        if not self.scored.dense_enough_for_onset():
            return _cannot_tell(SteroidReason.TOO_SPARSE_FOR_ONSET)
        return SteroidVerdict.DOES_NOT_MEET, ()

    def _with_onset(self, lasted: Interval, asked: int) -> Told:
        end = self.figures.end
        if lasted.at_least >= asked:
            return SteroidVerdict.MEETS, ()
        if end is not None and end.last <= asked:
            return SteroidVerdict.PARTLY, ()
        if end is not None or self.scored.hole_after(self.figures.onset) is not None:
            return _cannot_tell(SteroidReason.GAP)
        if self.period.cut_short and self.period.last_day < asked:
            return _cannot_tell(SteroidReason.CUT_SHORT)
        if self.period.day_of_judgement < asked + self.scored.rules.ongoing_days:
            return SteroidVerdict.ONGOING, ()
        return _cannot_tell(SteroidReason.GAP)


def _cannot_tell(reason: SteroidReason) -> Told:
    return SteroidVerdict.CANNOT_TELL, (reason,)
