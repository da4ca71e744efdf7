"""What is asked, what is due and what is missing."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from diary.domain.diary import Entry, Event, Injection, Question, Scores
from diary.domain.schedule import (
    Rhythm,
    Schedule,
    day_must_be_asked,
    day_number,
    days_that_can_be_scored,
    hourly_until,
    is_asked,
    missed_in_a_row,
    missing_days,
    next_asked,
    next_hourly,
    questions_for,
    questions_now,
)
from tests.factories import a_day, a_diary, a_moment, an_injection

NEW_YORK = ZoneInfo("America/New_York")
DAY_0 = date(2026, 3, 2)
ALWAYS = (Question.AVERAGE, Question.MOVING, Question.ANALGESIC)


def on(number: int) -> date:
    return DAY_0 + timedelta(days=number)


def sore(number: int, soreness: int | None) -> Entry:
    return a_day(on(number).isoformat(), scores=Scores(average=4, soreness=soreness))


def filled(*numbers: int) -> list[Entry]:
    return [a_day(on(number).isoformat()) for number in numbers]


def evening_of(number: int) -> datetime:
    return datetime.combine(on(number), time(19), tzinfo=NEW_YORK)


def with_activities() -> Injection:
    return an_injection(activities=("Stairs", "Turning in bed"))


# --- which day --------------------------------------------------------------------------------------------------------


def test_today_yesterday_and_the_day_before_can_be_scored() -> None:
    days = days_that_can_be_scored(evening_of(10), NEW_YORK)
    assert days == (on(10), on(9), on(8))


def test_today_is_the_patients_own_not_that_of_greenwich() -> None:
    late_evening = datetime(2026, 3, 3, 3, 30, tzinfo=UTC)  # 22:30 on 2 March in New York
    assert days_that_can_be_scored(late_evening, NEW_YORK)[0] == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("clock", "asked"), [(time(0), True), (time(3, 59), True), (time(4), False), (time(23, 59), False)]
)
def test_from_midnight_to_four_the_day_is_asked(clock: time, asked: bool) -> None:
    assert day_must_be_asked(datetime.combine(on(3), clock, tzinfo=NEW_YORK), NEW_YORK) is asked


def test_three_days_can_be_scored_across_the_change_of_clocks() -> None:
    after_the_change = datetime(2026, 3, 8, 12, tzinfo=NEW_YORK)  # clocks went forward at 02:00 that day
    assert days_that_can_be_scored(after_the_change, NEW_YORK) == (
        date(2026, 3, 8),
        date(2026, 3, 7),
        date(2026, 3, 6),
    )


def test_days_are_counted_from_the_last_injection_on_or_before_them() -> None:
    diary = a_diary(an_injection(), an_injection("2026-04-01T09:00:00-04:00"))
    assert day_number(diary, on(-1)) is None
    assert day_number(diary, on(0)) == 0
    assert day_number(diary, date(2026, 3, 31)) == 29
    assert day_number(diary, date(2026, 4, 1)) == 0


def test_a_withdrawn_injection_counts_no_days() -> None:
    made_by_mistake = an_injection()
    withdrawal = an_injection(
        revises=made_by_mistake.id, withdrawn=True, recorded_at=datetime.fromisoformat("2026-03-02T11:00:00-05:00")
    )
    assert day_number(a_diary(made_by_mistake, withdrawal), on(3)) is None


# --- what is asked ----------------------------------------------------------------------------------------------------


def test_before_the_injection_three_questions_are_asked() -> None:
    assert questions_for(a_diary(), on(-3)) == ALWAYS


@pytest.mark.parametrize("number", [0, 1, 14])
def test_soreness_is_asked_from_day_0_to_day_14(number: int) -> None:
    assert Question.SORENESS in questions_for(a_diary(an_injection()), on(number))


def test_soreness_is_not_asked_from_day_15() -> None:
    diary = a_diary(an_injection(), *(sore(number, 5) for number in range(15)))
    assert Question.SORENESS not in questions_for(diary, on(15))


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ((), True),
        ((0,), True),
        ((0, 0), False),
        ((3, 0, 0), False),
        ((0, 1, 0), True),
        ((0, 0, 4), False),  # it was over; a later answer does not bring the question back
        ((0, None, 0), False),  # a day without an answer is no answer: the two zeros are still in a row
        ((None, None), True),
    ],
)
def test_soreness_is_asked_until_two_zeros_in_a_row(answers: tuple[int | None, ...], asked: bool) -> None:
    diary = a_diary(an_injection(), *(sore(number, answer) for number, answer in enumerate(answers)))
    assert (Question.SORENESS in questions_for(diary, on(len(answers)))) is asked


def test_a_days_own_answer_does_not_change_what_its_page_asks() -> None:
    diary = a_diary(an_injection(), sore(0, 0), sore(1, 0))
    assert Question.SORENESS in questions_for(diary, on(1))


def test_soreness_of_an_earlier_injection_does_not_answer_for_this_one() -> None:
    diary = a_diary(an_injection(), sore(0, 0), sore(1, 0), an_injection("2026-03-10T10:00:00-04:00"))
    assert Question.SORENESS in questions_for(diary, date(2026, 3, 11))


@pytest.mark.parametrize("number", [7, 14, 28, 56, 84])
def test_own_activities_are_asked_each_week_and_so_at_the_landmarks(number: int) -> None:
    assert Question.ACTIVITIES in questions_for(a_diary(with_activities()), on(number))


@pytest.mark.parametrize("number", [0, 1, 6])
def test_own_activities_are_not_asked_in_the_first_week(number: int) -> None:
    assert Question.ACTIVITIES not in questions_for(a_diary(with_activities()), on(number))


def test_own_activities_that_were_answered_are_left_alone_until_the_next_week() -> None:
    answered = a_day(on(14).isoformat(), scores=Scores(average=4, activities=(3, 5)))
    diary = a_diary(with_activities(), answered)
    assert [Question.ACTIVITIES in questions_for(diary, on(number)) for number in (14, 15, 20, 21)] == [
        True,
        False,
        False,
        True,
    ]


def test_own_activities_that_were_missed_are_asked_on_the_next_day() -> None:
    assert Question.ACTIVITIES in questions_for(a_diary(with_activities(), *filled(14)), on(16))


def test_without_activities_of_ones_own_none_are_asked() -> None:
    assert Question.ACTIVITIES not in questions_for(a_diary(an_injection()), on(14))


def test_an_injection_that_is_still_to_come_asks_nothing_of_the_days_before_it() -> None:
    diary = a_diary(an_injection(), an_injection("2026-04-01T09:00:00-04:00", activities=("Stairs",)))
    assert questions_for(diary, on(21)) == ALWAYS


def test_the_questions_stand_in_the_order_of_the_page() -> None:
    assert questions_for(a_diary(with_activities()), on(14)) == (
        Question.AVERAGE,
        Question.MOVING,
        Question.SORENESS,
        Question.ACTIVITIES,
        Question.ANALGESIC,
    )


# --- right now --------------------------------------------------------------------------------------------------------


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-02T{clock}:00-05:00")


def test_a_moment_asks_for_the_movement_that_hurts_most() -> None:
    diary = a_diary(an_injection(baseline=Scores(movement=7, rest=5)))
    assert questions_now(diary, at("10:45")) == (Question.MOVEMENT,)


def test_where_only_rest_was_scored_before_a_moment_asks_for_rest() -> None:
    diary = a_diary(an_injection(baseline=Scores(rest=5)))
    assert questions_now(diary, at("12:00")) == (Question.REST,)


def test_moving_is_asked_twice_at_home_on_the_day_three_hours_apart() -> None:
    moved = a_moment("2026-03-02T12:00:00-05:00", scores=Scores(movement=4, moving=5))
    again = a_moment("2026-03-02T15:00:00-05:00", scores=Scores(movement=4, moving=5))
    injection = an_injection()
    asked = {
        "in the clinic": questions_now(a_diary(injection), at("11:00")),
        "first at home": questions_now(a_diary(injection), at("12:00")),
        "soon after": questions_now(a_diary(injection, moved), at("14:59")),
        "three hours later": questions_now(a_diary(injection, moved), at("15:00")),
        "after two": questions_now(a_diary(injection, moved, again), at("20:00")),
    }
    assert [when for when, questions in asked.items() if Question.MOVING in questions] == [
        "first at home",
        "three hours later",
    ]


def test_moving_is_asked_from_an_hour_after_the_injection_on() -> None:
    diary = a_diary(an_injection())
    assert [Question.MOVING in questions_now(diary, at(clock)) for clock in ("11:29", "11:30")] == [False, True]


@pytest.mark.parametrize(
    ("scored_at", "now", "asked"),
    [
        ("11:29", "12:00", True),  # in the clinic: not one of the two at home
        ("11:30", "14:29", False),
        ("11:30", "14:30", True),
    ],
)
def test_a_score_of_moving_in_the_first_hour_is_not_one_at_home(scored_at: str, now: str, *, asked: bool) -> None:
    moved = a_moment(at(scored_at).isoformat(), scores=Scores(movement=4, moving=5))
    assert (Question.MOVING in questions_now(a_diary(an_injection(), moved), at(now))) is asked


def test_a_score_of_pain_alone_does_not_answer_how_hard_moving_is() -> None:
    in_pain = a_moment("2026-03-02T12:00:00-05:00", scores=Scores(movement=4))
    assert Question.MOVING in questions_now(a_diary(an_injection(), in_pain), at("13:00"))


def test_moving_is_asked_as_long_as_the_clinics_hours_go() -> None:
    lidocaine = Schedule(window_minutes=120)
    diary = a_diary(an_injection())
    asked = {clock: questions_now(diary, at(clock), schedule=lidocaine) for clock in ("14:30", "14:31")}
    assert [clock for clock, questions in asked.items() if Question.MOVING in questions] == ["14:30"]


def test_an_injection_of_tomorrow_changes_nothing_this_evening() -> None:
    # Half past nine in the evening in New York is tomorrow in Greenwich.
    tomorrow = an_injection("2026-03-03T10:00:00-05:00", baseline=Scores(movement=7))
    diary = a_diary(an_injection(baseline=Scores(rest=5)), tomorrow)
    assert questions_now(diary, at("21:30")) == (Question.REST,)
    assert next_hourly(diary, at("21:30")) == at("11:30")


def test_hours_end_at_bedtime() -> None:
    assert hourly_until(an_injection()) == at("22:00")


def test_hours_end_two_hours_after_the_anaesthetic_if_that_is_sooner() -> None:
    lidocaine = Schedule(window_minutes=120)
    assert hourly_until(an_injection(), schedule=lidocaine) == at("14:30")
    assert hourly_until(an_injection("2026-03-02T19:00:00-05:00"), schedule=lidocaine) == at("22:00")


def test_the_next_hourly_score_is_due_an_hour_after_the_last() -> None:
    injection = an_injection()
    assert next_hourly(a_diary(injection), at("10:45")) == at("11:30")
    scored = a_moment("2026-03-02T11:40:00-05:00")
    assert next_hourly(a_diary(injection, scored), at("13:00")) == at("12:40")


def test_hours_begin_with_the_injection_and_end_with_bedtime_both_included() -> None:
    assert next_hourly(a_diary(an_injection()), at("10:30")) == at("11:30")
    last = a_moment("2026-03-02T21:00:00-05:00")
    assert next_hourly(a_diary(an_injection(), last), at("22:00")) == at("22:00")


def test_an_hour_after_the_clinics_hours_is_not_asked() -> None:
    lidocaine = Schedule(window_minutes=120)  # until half past two
    diary = a_diary(an_injection(), a_moment("2026-03-02T14:00:00-05:00"))
    assert next_hourly(diary, at("14:10"), schedule=lidocaine) is None
    assert next_hourly(a_diary(an_injection()), at("14:10"), schedule=lidocaine) == at("11:30")
    assert next_hourly(a_diary(an_injection()), at("15:00"), schedule=lidocaine) is None


def test_hours_are_counted_from_scores_after_the_injection() -> None:
    before = a_moment("2026-03-02T10:00:00-05:00")
    silent = a_moment("2026-03-02T11:00:00-05:00", scores=Scores())
    assert next_hourly(a_diary(an_injection(), before, silent), at("11:10")) == at("11:30")


@pytest.mark.parametrize("clock", ["10:29", "22:01"])
def test_before_the_injection_and_after_bedtime_no_hour_is_asked(clock: str) -> None:
    assert next_hourly(a_diary(an_injection()), at(clock)) is None


def test_an_hour_that_would_come_after_bedtime_is_not_asked() -> None:
    diary = a_diary(an_injection(), a_moment("2026-03-02T21:20:00-05:00"))
    assert next_hourly(diary, at("21:30")) is None


def test_on_day_1_no_hour_is_asked() -> None:
    assert next_hourly(a_diary(an_injection()), evening_of(1)) is None


# --- what is due ------------------------------------------------------------------------------------------------------


def test_before_an_injection_without_a_date_each_day_is_asked() -> None:
    assert is_asked(a_diary(), on(-40))


def test_the_seven_days_before_a_planned_injection_are_asked() -> None:
    asked = [number for number in range(-10, 2) if is_asked(a_diary(), on(number), planned_on=DAY_0)]
    assert asked == [-7, -6, -5, -4, -3, -2, -1]


def test_the_week_before_the_next_injection_is_asked_for_too() -> None:
    diary = a_diary(an_injection())
    asked = [number for number in range(58, 72) if is_asked(diary, on(number), planned_on=on(70))]
    assert asked == list(range(63, 71))  # day 70 is the last of its week, plan or not


def test_days_0_to_14_are_asked_then_the_last_day_of_each_week() -> None:
    diary = a_diary(an_injection())
    asked = [number for number in range(36) if is_asked(diary, on(number))]
    assert asked == [*range(15), 21, 28, 35]


def test_day_14_is_asked_though_its_week_has_an_entry() -> None:
    assert is_asked(a_diary(an_injection(), *filled(*range(8, 14))), on(14))


def test_an_injection_that_is_still_to_come_does_not_make_the_days_before_it_daily() -> None:
    diary = a_diary(an_injection(), an_injection("2026-06-10T09:00:00-04:00"))
    assert [number for number in range(15, 30) if is_asked(diary, on(number))] == [21, 28]


def test_a_clinic_may_ask_daily_throughout() -> None:
    daily = Schedule(later=Rhythm.DAILY)
    assert all(is_asked(a_diary(an_injection()), on(number), schedule=daily) for number in range(200))


@pytest.mark.parametrize(("number", "asked"), [(14, True), (15, False), (20, False), (21, True)])
def test_a_week_that_holds_an_entry_is_not_asked_again(number: int, asked: bool) -> None:
    assert is_asked(a_diary(an_injection(), *filled(number)), on(21)) is asked


def test_yesterday_and_the_day_before_are_missing_until_they_are_filled_in() -> None:
    diary = a_diary(an_injection(), *filled(0, 1, 2))
    assert missing_days(diary, evening_of(5), since=DAY_0) == (on(4), on(3))
    assert missing_days(a_diary(an_injection(), *filled(4)), evening_of(5), since=DAY_0) == (on(3),)


def test_no_day_is_missing_from_before_the_diary_began() -> None:
    assert missing_days(a_diary(), evening_of(1), since=on(0)) == (on(0),)


def test_in_the_weekly_weeks_a_day_that_was_not_asked_is_not_missing() -> None:
    assert missing_days(a_diary(an_injection()), evening_of(25), since=DAY_0) == ()
    assert missing_days(a_diary(an_injection()), evening_of(22), since=DAY_0) == (on(21),)


def test_what_is_missing_or_missed_goes_by_the_plan_and_by_the_clinics_rhythm() -> None:
    diary = a_diary(an_injection(), *filled(63))
    now = evening_of(67)
    assert missing_days(diary, now, since=DAY_0, planned_on=on(70)) == (on(66), on(65))
    assert missed_in_a_row(diary, now, since=DAY_0, planned_on=on(70)) == 3  # 64, 65 and 66
    assert missing_days(diary, now, since=DAY_0) == ()
    assert missed_in_a_row(diary, now, since=DAY_0) == 0
    daily = Schedule(later=Rhythm.DAILY)
    assert missing_days(diary, now, since=DAY_0, schedule=daily) == (on(66), on(65))
    assert missed_in_a_row(diary, now, since=DAY_0, schedule=daily) == 3


def test_i_do_not_remember_fills_in_its_day() -> None:
    forgotten = a_day(on(4).isoformat(), scores=Scores(), unknown=(Question.AVERAGE, Question.MOVING))
    assert missing_days(a_diary(an_injection(), *filled(3), forgotten), evening_of(5), since=DAY_0) == ()


def test_an_event_alone_does_not_fill_in_its_day() -> None:
    fell = a_day(on(4).isoformat(), scores=Scores(), events=(Event.FALL,))
    assert missing_days(a_diary(an_injection(), *filled(3), fell), evening_of(5), since=DAY_0) == (on(4),)


def test_a_withdrawn_entry_does_not_fill_in_its_day() -> None:
    (entry,) = filled(4)
    withdrawal = a_day(on(4).isoformat(), revises=entry.id, withdrawn=True, scores=Scores())
    diary = a_diary(an_injection(), *filled(3), entry, withdrawal)
    assert missing_days(diary, evening_of(5), since=DAY_0) == (on(4),)


def test_missed_days_are_counted_back_to_the_last_answer() -> None:
    diary = a_diary(an_injection(), *filled(0, 1, 2, 6))
    assert missed_in_a_row(diary, evening_of(7), since=DAY_0) == 0
    assert missed_in_a_row(diary, evening_of(10), since=DAY_0) == 3


def test_missed_days_are_counted_to_the_beginning_of_the_diary_at_most() -> None:
    assert missed_in_a_row(a_diary(an_injection()), evening_of(3), since=on(1)) == 2


def test_only_days_that_were_asked_for_were_missed() -> None:
    assert missed_in_a_row(a_diary(an_injection(), *filled(14)), evening_of(30), since=DAY_0) == 2  # 21 and 28


@pytest.mark.parametrize(("number", "following"), [(3, 4), (14, 21), (21, 28), (17, 28)])
def test_the_next_day_that_will_be_asked(number: int, following: int) -> None:
    diary = a_diary(an_injection(), *filled(number))
    assert next_asked(diary, on(number)) == on(following)


def test_nothing_is_announced_that_is_more_than_two_weeks_away() -> None:
    assert next_asked(a_diary(), on(-40), planned_on=DAY_0) is None
    assert next_asked(a_diary(), on(-22), planned_on=DAY_0) is None  # day -7 is asked, 15 days on
    assert next_asked(a_diary(), on(-21), planned_on=DAY_0) == on(-7)


def test_the_next_day_goes_by_the_clinics_rhythm() -> None:
    diary = a_diary(an_injection(), *filled(21))
    assert next_asked(diary, on(21), schedule=Schedule(later=Rhythm.DAILY)) == on(22)
    assert next_asked(a_diary(an_injection(), *filled(17)), on(14)) == on(28)
