"""How the days after an injection divide by relief, and how many of them nobody scored.

A picture beside the verdicts, not one of them: 75, 50 and 30 percent are the same whatever a rule set asks. 75 and 50
are the thresholds of the shipped sets; 30 is where a change is moderate (IMMPACT, Dworkin et al. 2008, J Pain 9:105).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from diary.domain.relief import Number, passes

WEEK = 7


class ReliefLevel(StrEnum):
    """The relief of one day's score, from the best to the worst."""

    GOOD = "75-or-more"
    HALF = "50-to-74"
    SOME = "30-to-49"
    LITTLE = "under-30"
    WORSE = "worse-than-start"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeInRelief:
    """Days 1 to ``last_day``: how many at each level (all five are keys), and how many without a score.

    ``not_asked`` are those of the days without a score on which a weekly schedule did not want one.
    """

    last_day: int
    days: Mapping[ReliefLevel, int]
    no_entry: int
    not_asked: int

    @property
    def scored(self) -> int:
        """The days that have a score."""
        return sum(self.days.values())


def level_of(score: Number, baseline: Number) -> ReliefLevel:
    """Where a score stands against a baseline above 0; exact, so 74.9 percent is not 75."""
    if passes(score, baseline, 75):
        return ReliefLevel.GOOD
    if passes(score, baseline, 50):
        return ReliefLevel.HALF
    if passes(score, baseline, 30):
        return ReliefLevel.SOME
    return ReliefLevel.LITTLE if score <= baseline else ReliefLevel.WORSE


def time_in_relief(
    scores: Mapping[int, Number], *, baseline: Number, last_day: int, daily_until: int | None
) -> TimeInRelief:
    """The days 1 to ``last_day`` by level; ``scores`` are by day, those of other days are left out.

    After day ``daily_until`` one score a week is wanted (None: one each day throughout). A week that is not over, or
    that has a score, wants none on its other days.
    """
    within = {day: score for day, score in scores.items() if 1 <= day <= last_day}
    levels = dict.fromkeys(ReliefLevel, 0)
    for score in within.values():
        levels[level_of(score, baseline)] += 1
    return TimeInRelief(
        last_day=last_day,
        days=levels,
        no_entry=last_day - len(within),
        not_asked=0 if daily_until is None else _not_asked(within, after=daily_until, last_day=last_day),
    )


def _not_asked(scores: Mapping[int, Number], *, after: int, last_day: int) -> int:
    empty = sum(1 for day in range(after + 1, last_day + 1) if day not in scores)
    weeks = range(after + WEEK, last_day + 1, WEEK)
    missed = sum(1 for last in weeks if not any(day in scores for day in range(last - WEEK + 1, last + 1)))
    return empty - missed
