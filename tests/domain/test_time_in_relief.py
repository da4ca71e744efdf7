"""The days after an injection by relief, against hand-made counts."""

from fractions import Fraction

import pytest

from diary.domain.time_in_relief import ReliefLevel, TimeInRelief, level_of, time_in_relief

GOOD, HALF, SOME, LITTLE, WORSE = ReliefLevel

# By hand, 100 (b - x) / b: of 8, 2 is 75%, 3 is 62.5, 4 is 50, 5 is 37.5, 6 is 25; of 10, 7 is exactly 30.
OF_EIGHT = [GOOD, GOOD, GOOD, HALF, HALF, SOME, LITTLE, LITTLE, LITTLE, WORSE, WORSE]
OF_TEN = [GOOD, GOOD, GOOD, HALF, HALF, HALF, SOME, SOME, LITTLE, LITTLE, LITTLE]
OF_SEVEN = [GOOD, GOOD, HALF, HALF, SOME, LITTLE, LITTLE, LITTLE, WORSE, WORSE, WORSE]
# Of 6.5, 1 is 84.6%, 2 is 69.2, 3 is 53.8, 4 is 38.5, 5 is 23.1, 6 is 7.7, 7 is worse.
OF_SIX_AND_A_HALF = [GOOD, GOOD, HALF, HALF, SOME, LITTLE, LITTLE, WORSE, WORSE, WORSE, WORSE]


@pytest.mark.parametrize(
    ("baseline", "levels"),
    [(8, OF_EIGHT), (10, OF_TEN), (7, OF_SEVEN), (Fraction(13, 2), OF_SIX_AND_A_HALF)],
)
def test_every_score_has_the_level_worked_out_by_hand(baseline: int | Fraction, levels: list[ReliefLevel]) -> None:
    assert [level_of(score, baseline) for score in range(11)] == levels


def test_a_score_a_hair_off_a_threshold_is_below_it() -> None:
    assert level_of(1, 4) is GOOD
    assert level_of(1, Fraction(399, 100)) is HALF


def counted(scores: dict[int, int], *, last_day: int, daily_until: int | None = None) -> TimeInRelief:
    return time_in_relief(scores, baseline=8, last_day=last_day, daily_until=daily_until)


def test_days_of_the_period_are_counted_once_each() -> None:
    found = counted({-1: 8, 0: 2, 1: 9, 2: 6, 3: 5, 4: 4, 6: 2, 7: 2, 11: 0}, last_day=10)
    assert found.days == {GOOD: 2, HALF: 1, SOME: 1, LITTLE: 1, WORSE: 1}
    assert (found.scored, found.no_entry, found.not_asked) == (6, 4, 0)


def test_without_a_score_every_day_is_one_without_an_entry() -> None:
    found = counted({}, last_day=5)
    assert set(found.days.values()) == {0}
    assert found.no_entry == 5


def test_a_weekly_diary_was_not_asked_on_the_other_days_of_a_week() -> None:
    # Weeks 15 to 21 and 29 to 35 have a score, 22 to 28 has none, 36 to 38 are not over.
    found = counted({**dict.fromkeys(range(1, 15), 4), 21: 4, 30: 4}, last_day=38, daily_until=14)
    assert found.no_entry == 22
    assert found.not_asked == 21


def test_the_last_day_of_the_period_is_one_of_its_days() -> None:
    found = counted({10: 2}, last_day=10)
    assert (found.last_day, found.scored, found.no_entry) == (10, 1, 9)


@pytest.mark.parametrize(
    ("scored", "last_day", "not_asked"),
    [
        ([], 20, 6),  # the week of day 15 to 21 is not over
        ([], 21, 6),  # it is over: one of its seven days was asked
        ([15], 21, 6),  # its first day was answered
        ([22], 22, 6),  # the next week's first day was, not its own
    ],
)
def test_a_week_runs_from_its_first_day_to_its_last(scored: list[int], last_day: int, not_asked: int) -> None:
    scores = dict.fromkeys([*range(1, 15), *scored], 4)
    assert counted(scores, last_day=last_day, daily_until=14).not_asked == not_asked


def test_a_daily_diary_is_asked_every_day() -> None:
    assert counted({1: 4}, last_day=60, daily_until=None).not_asked == 0


def test_a_missed_day_of_the_first_two_weeks_was_asked() -> None:
    assert counted({1: 4}, last_day=14, daily_until=14).not_asked == 0
