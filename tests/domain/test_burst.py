"""A weekly score that rises is followed day by day for a week: the days on which it dates a return.

By ``screens.md`` section 1, Schedule: "if a weekly score crosses half of the baseline or rises ≥2, ask daily for 7
days". The start score here is 8, so half of it is 4.
"""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.diary import Diary, Entry, Scores
from diary.domain.errors import InvalidValue
from diary.domain.schedule import USUAL, Rhythm, Schedule, is_asked, next_asked
from tests.factories import a_day, a_diary, an_injection

DAY_0 = date(2026, 3, 2)
DAILY = Schedule(later=Rhythm.DAILY)


def on(number: int) -> date:
    return DAY_0 + timedelta(days=number)


def scored(number: int, average: int | None) -> Entry:
    return a_day(on(number).isoformat(), scores=Scores(average=average, moving=3))


def course(*scores: tuple[int, int | None], start: int | None = 8) -> Diary:
    """Ana's diary with these averages by day, and the start score that was taken just before."""
    baseline = Scores(average=start, movement=8)
    return a_diary(an_injection(baseline=baseline), *(scored(number, average) for number, average in scores))


def asked_days(diary: Diary, first: int, last: int, schedule: Schedule = USUAL) -> list[int]:
    return [number for number in range(first, last + 1) if is_asked(diary, on(number), schedule=schedule)]


@pytest.mark.parametrize(
    ("before", "score", "followed"),
    [
        (1, 3, True),  # two points
        (1, 2, False),
        (4, 5, True),  # from half to above it, though only one point
        (3, 4, False),  # up to half, not above it
        (5, 6, False),  # above half already
        (5, 7, True),
        (6, 3, False),  # relief, not return
        (4, 4, False),
    ],
)
def test_a_rise_of_two_or_above_half_of_the_start_asks_for_seven_days(before: int, score: int, followed: bool) -> None:
    diary = course((14, before), (21, score))
    expected = [22, 23, 24, 25, 26, 27, 28] if followed else [28]
    assert asked_days(diary, 22, 34) == expected


def test_the_score_before_it_may_lie_weeks_back_and_on_any_day() -> None:
    assert asked_days(course((17, 1), (38, 3)), 39, 45) == [39, 40, 41, 42, 43, 44, 45]


def test_a_first_score_after_the_fortnight_has_nothing_to_rise_from() -> None:
    assert asked_days(course((21, 9)), 22, 34) == [28]


def test_scores_of_the_first_fortnight_start_nothing() -> None:
    assert asked_days(course((12, 1), (14, 9)), 15, 27) == [21]


def test_a_rise_while_one_is_followed_does_not_make_it_longer() -> None:
    daily = [(number, 3 + (number - 20)) for number in range(22, 26)]
    assert asked_days(course((14, 1), (21, 3), *daily), 26, 34) == [26, 27, 28]


def test_once_the_seven_days_are_over_the_next_rise_is_followed_again() -> None:
    diary = course((14, 1), (21, 3), (28, 3), (35, 5))
    assert asked_days(diary, 36, 42) == [36, 37, 38, 39, 40, 41, 42]


def test_a_day_without_a_score_of_pain_is_no_weekly_score() -> None:
    assert asked_days(course((14, 1), (21, None)), 22, 27) == []


def test_without_a_start_score_only_two_points_count() -> None:
    assert asked_days(course((14, 4), (21, 5), start=None), 22, 27) == []
    assert asked_days(course((14, 4), (21, 6), start=None), 22, 27) == [22, 23, 24, 25, 26, 27]


def test_four_days_of_the_week_before_are_the_start_as_in_the_judgement() -> None:
    before = [scored(-number, 6) for number in range(1, 5)]  # their median is 6, so half is 3 and not 4
    injection = an_injection(baseline=Scores(average=8, movement=8))
    diary = a_diary(*before, injection, scored(14, 3), scored(21, 4))
    assert asked_days(diary, 22, 25) == [22, 23, 24, 25]


def test_a_day_is_asked_alike_before_and_after_it_is_filled_in() -> None:
    for number in (21, 22, 27, 28):
        rises = course((14, 1), (21, 3), (number, 9)) if number > 21 else course((14, 1), (21, 3))
        assert is_asked(rises, on(number))


def test_daily_throughout_has_nothing_to_follow() -> None:
    assert asked_days(course((14, 4), (21, 4)), 15, 40, DAILY) == list(range(15, 41))


def test_the_next_day_is_tomorrow_while_a_rise_is_followed() -> None:
    assert next_asked(course((14, 1), (21, 3)), on(21)) == on(22)
    assert next_asked(course((14, 1), (21, 2)), on(21)) == on(28)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"days_before": 15}, "days_before"),
        ({"days_before": -1}, "days_before"),
        ({"bedtime": time(17, 59)}, "bedtime"),
        ({"hourly": timedelta(hours=5)}, "hours_apart"),
        ({"hourly": timedelta(0)}, "hours_apart"),
    ],
)
def test_a_schedule_that_no_clinic_can_ask_is_refused(wrong: dict[str, object], place: str) -> None:
    with pytest.raises(InvalidValue) as error:
        Schedule(**wrong)  # type: ignore[arg-type]  # one of its fields
    assert error.value.place == place


# --- laws -------------------------------------------------------------------------------------------------------------

DAYS = st.dictionaries(st.integers(1, 60), st.integers(0, 10), max_size=30)


@given(scores=DAYS, start=st.none() | st.integers(0, 10), number=st.integers(1, 61))
def test_what_weekly_asks_for_daily_asks_for_too(scores: dict[int, int], start: int | None, number: int) -> None:
    diary = course(*sorted(scores.items()), start=start)
    assert is_asked(diary, on(number), schedule=DAILY)
    assert not number <= 14 or is_asked(diary, on(number))


@given(scores=DAYS, start=st.none() | st.integers(0, 10), number=st.integers(1, 61))
def test_no_answer_of_a_day_or_later_changes_whether_it_is_asked(
    scores: dict[int, int], start: int | None, number: int
) -> None:
    known = {day: score for day, score in scores.items() if day < number}
    one, other = course(*sorted(scores.items()), start=start), course(*sorted(known.items()), start=start)
    assert is_asked(one, on(number)) == is_asked(other, on(number))


@given(scores=DAYS, start=st.integers(0, 10))
def test_outside_of_the_weeks_ends_a_day_is_asked_only_within_a_week_after_a_rise(
    scores: dict[int, int], start: int
) -> None:
    diary = course(*sorted(scores.items()), start=start)
    in_order = sorted(scores.items())
    rises = {
        day
        for (_, before), (day, score) in pairwise(in_order)
        if day > 14 and (score - before >= 2 or before <= Fraction(start, 2) < score)
    }
    for number in range(15, 61):
        if number % 7 and is_asked(diary, on(number)):
            assert any(number - 7 <= rise < number for rise in rises)


@given(scores=DAYS, hour=st.integers(0, 23))
def test_the_clock_of_an_entry_does_not_change_which_days_are_asked(scores: dict[int, int], hour: int) -> None:
    zone = ZoneInfo("America/New_York")
    moved = [
        a_day(
            on(number).isoformat(),
            recorded_at=datetime.combine(on(number), time(hour), tzinfo=zone).isoformat(),
            scores=Scores(average=score, moving=3),
        )
        for number, score in sorted(scores.items())
    ]
    injection = an_injection(baseline=Scores(average=8, movement=8))
    assert asked_days(a_diary(injection, *moved), 15, 60) == asked_days(course(*sorted(scores.items())), 15, 60)
