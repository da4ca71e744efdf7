"""When a steroid's relief began, when it ended, and how long it surely lasted.

The rules are under "The steroid" in ``docs/reference/judgement.md``. Days are days since the injection.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from diary.domain.relief import Interval, Number, fails, median, passes
from diary.domain.rulesets.parts import SteroidRules
from diary.domain.steroid_figures import DayRange
from diary.domain.steroid_period import Point

ONSET_SPAN = 5
ONSET_FAILS = 1
END_SPAN = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """The points of a period, by day, measured against one baseline and one threshold."""

    points: tuple[Point, ...]
    baseline: Fraction | None
    last_day: int
    rules: SteroidRules

    def passes(self, score: Number) -> bool:
        """Whether the score is at the threshold or better; without a baseline none is."""
        return passes(score, self.baseline, self.rules.threshold)

    def fails(self, score: Number) -> bool:
        """Whether the score is worse than the threshold; without a baseline none is."""
        return fails(score, self.baseline, self.rules.threshold)

    def onset(self) -> DayRange | None:
        """From the day after the previous point to the first point of the first days that passes the test of onset."""
        before = 0
        for point in self.points:
            if point.day > self.rules.onset_by_day:
                return None
            if self._is_onset(point):
                return DayRange(first=before + 1, last=point.day)
            before = point.day
        return None

    def late_onset(self) -> bool:
        """Whether a point after those days, however late, passes the test of onset."""
        return any(self._is_onset(point) for point in self.points if point.day > self.rules.onset_by_day)

    def dense_enough_for_onset(self) -> bool:
        """Whether the last five spans in which an onset could be seen hold points enough for one somewhere."""
        last = self.rules.onset_by_day
        return any(
            len(self._scores_from(day, ONSET_SPAN)) >= self.rules.onset_passes
            for day in range(last - ONSET_SPAN + 1, last + 1)
        )

    def end(self, onset: DayRange | None) -> DayRange | None:
        """From the day after the last passing point to the first failing one that stays so."""
        if onset is None:
            return None
        last_passing = onset.last
        for point in self.points:
            if point.day <= onset.last:
                continue
            if self.passes(point.score):
                last_passing = point.day
            elif self._is_end(point):
                return DayRange(first=last_passing + 1, last=point.day)
        return None

    def holes(self) -> tuple[DayRange, ...]:
        """The days without a point of every hole: between two points, or after the last until the period's end."""
        days = [point.day for point in self.points]
        between = [(one, other, other - 1) for one, other in pairwise(days)]
        after = [(days[-1], self.last_day, self.last_day)] if days else []
        return tuple(
            DayRange(first=one + 1, last=last)
            for one, other, last in (*between, *after)
            if other - one > self.rules.hole_days
        )

    def hole_after(self, onset: DayRange | None) -> int | None:
        """The day of the last point before the first hole after onset, or None."""
        if onset is None:
            return None
        return next((hole.first - 1 for hole in self.holes() if hole.first > onset.last), None)

    def lasted(self, onset: DayRange | None, end: DayRange | None) -> Interval | None:
        """Days of relief: surely until the last passing point before the end and before the first hole."""
        if onset is None:
            return None
        hole = self.hole_after(onset)
        passing = (
            point.day
            for point in self.points
            if (end is None or point.day < end.last)
            and (hole is None or point.day <= hole)
            and self.passes(point.score)
        )
        return Interval(at_least=max(passing), at_most=end.last if end else None)

    def _is_onset(self, point: Point) -> bool:
        if not self.passes(point.score):
            return False
        together = self._scores_from(point.day, ONSET_SPAN)
        return (
            sum(self.passes(score) for score in together) >= self.rules.onset_passes
            and sum(self.fails(score) for score in together) <= ONSET_FAILS
        )

    def _is_end(self, point: Point) -> bool:
        together = self._scores_from(point.day, END_SPAN)
        if len(together) == 1:
            # A weekly diary has its next point on the very day after the two weeks.
            together = self._scores_from(point.day, END_SPAN + 1)
        return len(together) >= self.rules.end_points and self.fails(median(together))

    def _scores_from(self, day: int, days: int) -> Sequence[Number]:
        """The scores of so many days from this one on."""
        first = bisect_left(self.points, day, key=_day_of)
        last = bisect_right(self.points, day + days - 1, lo=first, key=_day_of)
        return [point.score for point in self.points[first:last]]


def _day_of(point: Point) -> int:
    return point.day
