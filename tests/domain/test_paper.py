"""The rows of a printed diary: the patient's own days and hours, and from when each may be typed in."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from diary.domain.clinics import RULE_SETS
from diary.domain.diary import Entry, Injection, Question, Scores, Source
from diary.domain.paper import (
    Layout,
    PaperRow,
    Part,
    day_may_be_typed_from,
    layout_for,
    moment_may_be_typed_from,
    rows_of,
)
from diary.domain.rulesets import RuleSet, shipped
from diary.domain.timeline import Chain, LateAfter, day_is_late, minute_since, moment_is_late
from diary.domain.transcription import Comparison, Standing, compare, correction_of, from_paper
from tests.factories import a_day, an_injection
from tests.paper import ACTIVITIES, ana_s_injection

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 3, 2)


def rows(part: Part, layout: Layout, *, injected_on: date | None = None) -> list[PaperRow]:
    return [row for row in rows_of(layout, injected_on=injected_on) if row.part is part]


def printed(begins: date = MONDAY, *, injection: Injection | None = None, planned_on: date | None = None) -> Layout:
    return layout_for(begins=begins, injection=injection, planned_on=planned_on, activities=ACTIVITIES)


# --- the rows ---------------------------------------------------------------------------------------------------------


def test_before_a_planned_injection_stand_the_week_before_blank_hours_the_fortnight_and_ten_weeks() -> None:
    layout = printed(date(2026, 2, 20), planned_on=MONDAY)
    assert [row.day for row in rows(Part.BEFORE, layout)] == [MONDAY - timedelta(days=n) for n in range(7, 0, -1)]
    assert [(row.hour, row.at, row.day) for row in rows(Part.HOURS, layout)] == [(n, None, MONDAY) for n in range(1, 9)]
    assert [row.day for row in rows(Part.DAYS, layout)] == [MONDAY + timedelta(days=n) for n in range(15)]
    assert [row.number for row in rows(Part.WEEKS, layout)] == [21, 28, 35, 42, 49, 56, 63, 70, 77, 84]


def test_after_the_injection_the_hours_bear_their_own_clock_until_bedtime() -> None:
    hours = rows(Part.HOURS, printed(injection=ana_s_injection()))
    assert hours[0].at == datetime.fromisoformat("2026-03-02T11:30:00-05:00")
    assert hours[-1].at == datetime.fromisoformat("2026-03-02T21:30:00-05:00")


def test_a_sheet_holds_no_row_of_a_day_before_it_was_printed() -> None:
    later = printed(date(2026, 3, 10), injection=ana_s_injection())
    assert rows(Part.BEFORE, later) == rows(Part.HOURS, later) == []
    assert [row.number for row in rows(Part.DAYS, later)] == [8, 9, 10, 11, 12, 13, 14]
    year_after = printed(date(2027, 3, 3), injection=ana_s_injection())
    assert [row.number for row in rows(Part.WEEKS, year_after)][:2] == [371, 378]


def test_without_an_injection_and_without_a_plan_the_patient_writes_the_dates() -> None:
    layout = printed()
    assert [row.day for row in rows(Part.BEFORE, layout)] == [MONDAY + timedelta(days=n) for n in range(7)]
    assert {row.day for row in rows(Part.DAYS, layout)} == {None}
    known = rows(Part.DAYS, layout, injected_on=date(2026, 3, 5))
    assert [row.day for row in known][:2] == [date(2026, 3, 5), date(2026, 3, 6)]
    before = rows(Part.BEFORE, layout, injected_on=date(2026, 3, 5))
    assert [row.number for row in before] == [-3, -2, -1]


def test_soreness_is_asked_to_day_14_and_the_activities_once_a_week_from_day_7() -> None:
    layout = printed(injection=ana_s_injection())
    days = rows(Part.DAYS, layout)
    assert all(Question.SORENESS in row.questions for row in days)
    assert [row.number for row in days if Question.ACTIVITIES in row.questions] == [7, 14]
    weeks = rows(Part.WEEKS, layout)
    assert all(Question.ACTIVITIES in row.questions and Question.SORENESS not in row.questions for row in weeks)


def test_the_hours_ask_for_pain_as_it_is_where_the_movement_was_not_scored_before() -> None:
    at_rest = printed(injection=ana_s_injection(baseline=Scores(rest=5)))
    assert all(Question.REST in row.questions for row in rows(Part.HOURS, at_rest))
    assert [row.hour for row in rows(Part.HOURS, at_rest) if Question.MOVING in row.questions] == [1, 4]


@given(begins=st.dates(date(2020, 1, 1), date(2030, 1, 1)), ahead=st.integers(0, 400), planned=st.booleans())
def test_every_row_of_a_sheet_has_a_name_of_its_own(begins: date, ahead: int, planned: bool) -> None:
    injection = an_injection(f"{begins - timedelta(days=ahead)}T10:30:00-05:00", activities=ACTIVITIES)
    layout = printed(begins, injection=injection, planned_on=begins + timedelta(days=ahead) if planned else None)
    keys = [row.key for row in rows_of(layout)]
    assert len(keys) == len(set(keys))
    assert all(row.day is not None and row.day >= begins for row in rows_of(layout))


# --- paper waits until it is late -------------------------------------------------------------------------------------


@given(
    day=st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    zone=st.sampled_from(["America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Europe/London"]),
)
def test_a_day_can_be_typed_in_from_the_instant_after_which_it_is_late(day: date, zone: str) -> None:
    waits_until = day_may_be_typed_from(day, ZoneInfo(zone))
    assert not day_is_late(waits_until, day, ZoneInfo(zone))
    assert day_is_late(waits_until + timedelta(microseconds=1), day, ZoneInfo(zone))


@given(minute=st.integers(0, 1440), rules=st.sampled_from([shipped(name) for name in RULE_SETS]))
def test_an_hour_can_be_typed_in_from_the_instant_after_which_it_is_late(minute: int, rules: RuleSet) -> None:
    rule: LateAfter = rules.late.after
    injection = ana_s_injection()
    at = injection.performed_at + timedelta(minutes=minute)
    waits_until = moment_may_be_typed_from(at, [injection], rule=rule)
    minute = minute_since(injection.performed_at, at)
    assert not moment_is_late(waits_until, at, minute=minute, rule=rule)
    assert moment_is_late(waits_until + timedelta(microseconds=1), at, minute=minute, rule=rule)


# --- held against the diary -------------------------------------------------------------------------------------------


def chain(*entries: Entry) -> Chain[Entry]:
    return Chain(entries, 0)


def paper(entry: Entry) -> Entry:
    return from_paper(
        entry,
        recorded_at=datetime.fromisoformat("2026-03-24T09:00:00-04:00"),
        source=Source.NURSE,
        typed_by="Noor",
        written_at=None,
    )


def compared(typed: Entry, *there: Entry) -> Comparison:
    return compare(typed, [chain(entry) for entry in there])


def test_a_row_that_nothing_is_known_of_is_new_and_one_that_is_there_adds_nothing() -> None:
    typed = a_day("2026-03-04", scores=Scores(average=4, moving=3))
    assert compared(typed).standing is Standing.NEW
    assert compared(typed, a_day("2026-03-04", scores=Scores(average=4, moving=3))).standing is Standing.THERE


def test_a_row_that_knows_more_is_new_and_one_that_knows_less_is_there() -> None:
    there = a_day("2026-03-04", scores=Scores(average=4))
    assert compared(a_day("2026-03-04", scores=Scores(average=4, moving=3)), there).standing is Standing.NEW
    assert compared(a_day("2026-03-04", analgesic=True, scores=Scores()), there).standing is Standing.NEW
    more = a_day("2026-03-04", scores=Scores(average=4, moving=3), analgesic=False)
    assert compared(a_day("2026-03-04", scores=Scores(average=4)), more).standing is Standing.THERE


def test_another_number_differs_and_names_the_entry_that_counts() -> None:
    first, second = a_day("2026-03-04", scores=Scores(average=4)), a_day("2026-03-04", scores=Scores(average=9))
    found = compared(a_day("2026-03-04", scores=Scores(average=6)), first, second)
    assert found.standing is Standing.DIFFERS
    assert [(one.question, one.there, one.typed, one.entry) for one in found.differences] == [
        (Question.AVERAGE, 4, 6, first)
    ]
    assert found.corrects is None


def test_not_remembering_contradicts_nothing() -> None:
    typed = a_day("2026-03-04", scores=Scores(), unknown=(Question.AVERAGE,))
    assert compared(typed, a_day("2026-03-04")).standing is Standing.THERE
    assert compared(a_day("2026-03-04"), typed).standing is Standing.NEW
    assert compared(typed, typed).standing is Standing.THERE


def test_only_what_came_from_paper_can_be_put_right_and_keeps_the_rest_of_its_row() -> None:
    wrong = paper(a_day("2026-03-04", scores=Scores(average=7, moving=3), unknown=(Question.ANALGESIC,)))
    typed = a_day("2026-03-04", scores=Scores(average=1))
    assert compared(typed, wrong).corrects == wrong
    right = correction_of(wrong, paper(typed))
    assert (right.revises, right.scores) == (wrong.id, Scores(average=1, moving=3))
    assert right.unknown == (Question.ANALGESIC,)
    both = compared(a_day("2026-03-04", scores=Scores(average=1, moving=9)), a_day("2026-03-04"), wrong)
    assert both.corrects is None


def test_a_row_that_was_kept_beside_the_diary_is_there_when_it_is_typed_again() -> None:
    kept = paper(a_day("2026-03-04", scores=Scores(average=6)))
    assert compared(a_day("2026-03-04", scores=Scores(average=6)), a_day("2026-03-04"), kept).standing is Standing.THERE


def test_what_comes_from_paper_says_so_by_whom_and_when_and_what_the_paper_says() -> None:
    written = datetime.fromisoformat("2026-03-04T20:00:00-05:00")
    typed_at = datetime.fromisoformat("2026-03-24T09:00:00-04:00")
    entry = from_paper(
        a_day("2026-03-04"), recorded_at=typed_at, source=Source.NURSE, typed_by="Noor", written_at=written
    )
    assert (entry.transcribed, entry.source, entry.recorded_by) == (True, Source.NURSE, "Noor")
    assert entry.recorded_at == typed_at
    assert entry.clock is not None
    assert entry.clock.recorded_at == written
