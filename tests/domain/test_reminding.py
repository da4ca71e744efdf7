"""When a patient is reminded: at their hour whatever the clocks do, once, once more, and then no more.

By ``screens.md`` P9: "One reminder, one repeat after 2 h on day 0 / next morning later; then silence."
"""

from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.diary import Entry, Injection, Question, Scores
from diary.domain.reminding import (
    FIRST,
    REPEAT,
    Asking,
    Channel,
    Due,
    Wish,
    coming,
    due_now,
    may_be_due,
    wait_after,
)
from diary.domain.schedule import Rhythm, Schedule
from tests.factories import a_day, a_diary, a_moment, an_injection

NEW_YORK, TOKYO, MADRID = ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Madrid")
DAY_0 = date(2026, 3, 2)  # an injection at 10:30, in winter; the clocks go forward on 8 March


def at(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    """An instant by the patient's own clock."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def on(number: int) -> str:
    return (DAY_0 + timedelta(days=number)).isoformat()


def wants(
    hour: time = time(19),
    *,
    zone: ZoneInfo = NEW_YORK,
    since: str = "2026-03-01T12:00",
    channel: Channel = Channel.EMAIL,
) -> Wish:
    return Wish(channel=channel, at=hour, zone=zone, since=at(since))


def asking(
    *records: Injection | Entry, injected: bool = True, schedule: Schedule | None = None, planned_on: date | None = None
) -> Asking:
    """What is asked of Ana, whose injection was on 2 March."""
    first = [an_injection()] if injected else []
    return Asking(diary=a_diary(*first, *records), schedule=schedule or Schedule(), planned_on=planned_on)


def told(asked: Asking, now: str, wish: Wish | None = None) -> list[tuple[str, int]]:
    """What Ana is reminded of at this moment of her own clock."""
    return [(due.about, due.nth) for due in due_now(asked, wish or wants(), now=at(now))]


# --- the day ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-05T18:59", []),
        ("2026-03-05T19:00", [("day:2026-03-05", FIRST)]),
        ("2026-03-05T20:59", [("day:2026-03-05", FIRST)]),
        ("2026-03-05T21:00", []),  # too late for today's
        ("2026-03-06T08:59", []),
        ("2026-03-06T09:00", [("day:2026-03-05", REPEAT)]),
        ("2026-03-06T10:59", [("day:2026-03-05", REPEAT)]),
        ("2026-03-06T11:00", []),  # and then silence
        ("2026-03-06T15:00", []),
    ],
)
def test_one_reminder_at_her_hour_and_one_repeat_next_morning(now: str, due: list[tuple[str, int]]) -> None:
    assert told(asking(), now) == due


def test_what_is_answered_is_not_reminded_of() -> None:
    assert told(asking(a_day(on(3))), "2026-03-05T19:00") == []
    assert told(asking(a_day(on(3))), "2026-03-06T09:00") == []


def test_i_do_not_remember_is_an_answer() -> None:
    forgotten = a_day(on(3), scores=Scores(), unknown=(Question.AVERAGE, Question.MOVING))
    assert told(asking(forgotten), "2026-03-06T09:00") == []


def test_a_day_that_is_not_asked_is_not_reminded_of() -> None:
    assert told(asking(a_day(on(14))), "2026-03-17T19:00") == []  # day 15, of a weekly schedule
    assert told(asking(a_day(on(14))), "2026-03-23T19:00") == [("day:2026-03-23", FIRST)]  # day 21
    daily = Schedule(later=Rhythm.DAILY)
    assert told(asking(a_day(on(14)), schedule=daily), "2026-03-17T19:00") == [("day:2026-03-17", FIRST)]


def test_the_week_before_a_planned_injection_is_reminded_of() -> None:
    planned = asking(injected=False, planned_on=date(2026, 3, 20))
    wish = wants(since="2026-02-01T12:00")
    assert told(planned, "2026-03-12T19:00", wish) == []
    assert told(planned, "2026-03-13T19:00", wish) == [("day:2026-03-13", FIRST)]
    assert told(planned, "2026-03-19T19:00", wish) == [("day:2026-03-19", FIRST)]
    assert told(planned, "2026-03-20T19:00", wish) == []


def test_in_the_morning_todays_reminder_stands_for_yesterdays_repeat() -> None:
    wish = wants(time(9))
    assert told(asking(), "2026-03-06T09:00", wish) == [("day:2026-03-06", FIRST)]


def test_in_the_morning_the_repeat_comes_where_today_is_not_asked() -> None:
    wish = wants(time(8))
    assert told(asking(a_day(on(14))), "2026-03-24T09:00", wish) == [("day:2026-03-23", REPEAT)]  # day 22


def test_nothing_of_before_her_wish_is_sent_and_no_repeat_without_its_first() -> None:
    wish = wants(since="2026-03-05T19:30")
    assert told(asking(), "2026-03-05T19:40", wish) == []
    assert told(asking(), "2026-03-06T09:00", wish) == []
    assert told(asking(), "2026-03-06T19:00", wish) == [("day:2026-03-06", FIRST)]


def test_after_four_weeks_without_a_word_she_is_left_in_peace() -> None:
    assert told(asking(), "2026-03-30T19:00") == [("day:2026-03-30", FIRST)]  # day 28
    assert told(asking(), "2026-04-06T19:00") == []  # day 35
    assert told(asking(a_day("2026-03-23")), "2026-04-06T19:00") == [("day:2026-04-06", FIRST)]
    assert told(asking(), "2026-04-06T19:00", wants(since="2026-04-01T12:00")) == [("day:2026-04-06", FIRST)]


# --- day 0 ------------------------------------------------------------------------------------------------------------


def test_each_hour_of_day_0_is_reminded_of_once_and_once_more_after_two_hours() -> None:
    asked = asking()
    assert told(asked, "2026-03-02T11:29") == []
    assert told(asked, "2026-03-02T11:30") == [("hour:2026-03-02T16:30Z", FIRST)]
    assert told(asked, "2026-03-02T12:30") == []
    assert told(asked, "2026-03-02T13:30") == [("hour:2026-03-02T16:30Z", REPEAT)]
    assert told(asked, "2026-03-02T14:30") == []
    assert told(asked, "2026-03-02T16:00") == []


def test_an_answer_begins_the_next_hour() -> None:
    scored = asking(a_moment("2026-03-02T13:40:00-05:00"))
    assert told(scored, "2026-03-02T13:45") == []
    assert told(scored, "2026-03-02T14:40") == [("hour:2026-03-02T19:40Z", FIRST)]


def test_no_hour_is_reminded_of_after_bedtime_or_once_the_anaesthetic_is_long_over() -> None:
    evening = a_moment("2026-03-02T20:30:00-05:00")
    answered = a_day(on(0), recorded_at="2026-03-02T20:00:00-05:00")
    assert told(asking(evening, answered), "2026-03-02T21:30") == [("hour:2026-03-03T02:30Z", FIRST)]
    assert told(asking(evening, answered), "2026-03-02T23:30") == []  # its repeat would come after bedtime
    short = Schedule(window_minutes=60)  # ends 11:30, and two hours more
    assert told(asking(schedule=short), "2026-03-02T13:30") == [("hour:2026-03-02T16:30Z", REPEAT)]
    assert told(asking(a_moment("2026-03-02T12:35:00-05:00"), schedule=short), "2026-03-02T13:35") == []


def test_the_day_of_the_injection_is_repeated_after_two_hours() -> None:
    quiet = a_moment("2026-03-02T18:50:00-05:00")
    assert told(asking(quiet), "2026-03-02T19:00") == [("day:2026-03-02", FIRST)]
    assert ("day:2026-03-02", REPEAT) in told(asking(quiet), "2026-03-02T21:00")
    assert told(asking(quiet), "2026-03-03T09:00") == []


def test_a_repeat_that_would_come_at_night_waits_for_the_morning() -> None:
    wish = wants(time(21, 30))
    assert told(asking(a_moment("2026-03-02T21:20:00-05:00")), "2026-03-02T23:30", wish) == []
    assert told(asking(a_moment("2026-03-02T21:20:00-05:00")), "2026-03-03T09:00", wish) == [("day:2026-03-02", REPEAT)]


# --- clocks and journeys ----------------------------------------------------------------------------------------------


def test_her_hour_is_the_same_on_the_clock_before_and_after_it_changes() -> None:
    for day in ("2026-03-07", "2026-03-08", "2026-03-09"):
        assert told(asking(), f"{day}T19:00") == [(f"day:{day}", FIRST)]
        assert told(asking(), f"{day}T18:59") == []


def test_an_hour_that_the_clocks_skip_comes_as_much_later_and_once() -> None:
    wish = wants(time(2, 30), since="2026-02-01T12:00")
    asked = asking(an_injection("2026-03-01T10:30:00-05:00"), injected=False)
    due = [one for one in due_now(asked, wish, now=at("2026-03-08T03:30")) if one.nth == FIRST]
    assert [(one.about, one.at) for one in due] == [("day:2026-03-07", at("2026-03-08T03:30"))]


def test_an_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    wish = wants(time(1, 30), since="2026-10-01T12:00")
    asked = asking(an_injection("2026-10-28T10:30:00-04:00"), injected=False)
    first = datetime.fromisoformat("2026-11-01T01:30:00-04:00")
    (due,) = due_now(asked, wish, now=first)
    assert (due.about, due.at) == ("day:2026-10-31", first)
    later = due_now(asked, wish, now=first + timedelta(hours=1))
    assert {one.about for one in later} == {"day:2026-10-31"}


def test_on_a_journey_her_hour_is_told_by_the_clocks_there() -> None:
    wish = wants(zone=MADRID)
    asked = asking()
    assert due_now(asked, wish, now=at("2026-03-05T18:59", MADRID)) == ()
    (due,) = due_now(asked, wish, now=at("2026-03-05T19:00", MADRID))
    assert (due.about, due.day) == ("day:2026-03-05", date(2026, 3, 5))


def test_a_zone_that_changes_in_between_reminds_of_no_day_by_another_name() -> None:
    asked = asking()
    here = due_now(asked, wants(), now=at("2026-03-05T19:00"))  # 09:00 of 6 March in Tokyo
    there = due_now(asked, wants(zone=TOKYO), now=at("2026-03-06T19:00", TOKYO))  # 05:00 of 6 March in New York
    assert [due.about for due in here] == ["day:2026-03-05"]
    assert [due.about for due in there] == ["day:2026-03-06"]


def test_until_four_in_the_morning_the_day_that_is_ending_is_asked() -> None:
    wish = wants(time(1))
    (due,) = [one for one in due_now(asking(), wish, now=at("2026-03-06T01:00")) if one.nth == FIRST]
    assert due.about == "day:2026-03-05"


# --- what comes, for a calendar ---------------------------------------------------------------------------------------


def test_a_calendar_holds_what_comes_in_four_weeks() -> None:
    dues = coming(asking(), wants(), now=at("2026-03-12T12:00"))
    assert [due.about for due in dues] == [
        *(f"day:2026-03-{day}" for day in (12, 13, 14, 15, 16)),  # to day 14
        "day:2026-03-23",
        "day:2026-03-30",
    ]


def test_a_calendar_holds_the_hours_of_day_0() -> None:
    dues = coming(asking(schedule=Schedule(window_minutes=180)), wants(), now=at("2026-03-02T11:00"))
    hours = [due.at.astimezone(NEW_YORK).time() for due in dues if due.day is None]
    assert hours == [time(11, 30), time(12, 30), time(13, 30), time(14, 30), time(15, 30)]


def test_a_calendar_does_not_hold_today_once_it_is_answered() -> None:
    dues = coming(asking(a_day("2026-03-12")), wants(), now=at("2026-03-12T20:00"))
    assert dues[0].about == "day:2026-03-13"


# --- trying again -----------------------------------------------------------------------------------------------------


def test_each_wait_is_twice_as_long_until_it_is_given_up() -> None:
    minutes = [wait_after(tries) for tries in range(1, 6)]
    assert minutes == [timedelta(minutes=wait) for wait in (5, 10, 20, 40)] + [None]


# --- laws -------------------------------------------------------------------------------------------------------------

ZONES = st.sampled_from(sorted(zone for zone in available_timezones() if "/" in zone)).map(ZoneInfo)
TIMES = st.times().map(lambda given: given.replace(second=0, microsecond=0))


@given(zone=ZONES, hour=TIMES, minutes=st.integers(0, 60 * 24 * 400))
def test_whatever_is_due_may_be_due_and_only_in_its_own_time(zone: ZoneInfo, hour: time, minutes: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=NEW_YORK) + timedelta(minutes=minutes)
    injected = (now - timedelta(days=3)).isoformat()
    wish = Wish(channel=Channel.PUSH, at=hour, zone=zone, since=now - timedelta(days=3))
    dues = due_now(Asking(diary=a_diary(an_injection(injected))), wish, now=now)
    assert all(due.at <= now < due.until and due.at >= wish.since for due in dues)
    if any(due.day is not None for due in dues):
        assert may_be_due(wish, now=now)


@given(zone=ZONES, hour=TIMES, start=st.dates(date(2026, 1, 1), date(2026, 12, 20)))
def test_asked_every_half_hour_for_days_a_day_is_reminded_of_at_most_twice(
    zone: ZoneInfo, hour: time, start: date
) -> None:
    began = datetime.combine(start, time(12), tzinfo=NEW_YORK)
    asked = Asking(diary=a_diary(an_injection(began.isoformat())))
    wish = Wish(channel=Channel.EMAIL, at=hour, zone=zone, since=began)
    sent: dict[tuple[str, int], Due] = {}
    for half in range(2 * 24 * 3):
        for due in due_now(asked, wish, now=began + timedelta(days=1, minutes=30 * half)):
            known = sent.setdefault((due.about, due.nth), due)
            assert (known.at, known.day) == (due.at, due.day)
    days = [about for about, nth in sent if nth == FIRST and about.startswith("day:")]
    assert len(days) in {2, 3, 4}
    for (about, nth), due in sent.items():
        assert nth in {FIRST, REPEAT}
        assert nth == FIRST or (about, FIRST) in sent or due.at < began + timedelta(days=2)


def test_an_id_is_not_needed_to_name_what_is_due() -> None:
    """The name is the same for two servers that never spoke to each other."""
    assert told(asking(a_moment("2026-03-02T10:50:00-05:00", id=uuid4())), "2026-03-02T11:50") == [
        ("hour:2026-03-02T16:50Z", FIRST)
    ]
