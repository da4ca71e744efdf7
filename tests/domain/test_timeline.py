"""Minutes, days, what is in force, late and early: judgement.md, section 1, sentence by sentence."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from diary.domain.diary import Diary, Entry, Instrument, Kind, Scores, Side
from diary.domain.timeline import (
    LateAfter,
    averages_before,
    chains,
    day_is_late,
    day_since,
    day_zero,
    days_in_force,
    injections_in_force,
    is_early,
    medicines_in_force,
    minute_of_the_clock,
    minute_since,
    moment_is_late,
    moments_in_force,
    next_of_same_side,
    original_of,
    same_side,
    standing,
    start_of_day,
)
from tests.factories import a_day, a_diary, a_medicine, a_moment, an_injection
from tests.strategies import diaries

ONE, TWO, THREE, FOUR = (UUID(int=number) for number in (1, 2, 3, 4))
LATE = LateAfter(first_hour=15, later=60)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


# --- minute and day ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("instant", "minute"),
    [
        ("2026-03-02T10:30:00-05:00", 0),
        ("2026-03-02T10:30:59-05:00", 0),
        ("2026-03-02T10:31:00-05:00", 1),
        ("2026-03-02T10:29:59-05:00", -1),  # rounded down, not towards zero
        ("2026-03-02T21:15:00+05:45", 0),
        ("2026-03-03T10:30:00-05:00", 1440),
    ],
)
def test_minute_t_is_rounded_down_to_a_whole_minute(instant: str, minute: int) -> None:
    assert minute_since(at("2026-03-02T10:30:00-05:00"), at(instant)) == minute


def test_the_minute_of_the_clock_is_that_of_utc() -> None:
    minute = minute_of_the_clock(at("2026-03-02T21:15:59.999999+05:45"))
    assert minute == at("2026-03-02T15:30:00+00:00")
    assert minute.tzinfo is UTC


def test_minutes_are_those_that_went_by_also_where_the_clock_changes() -> None:
    zone = ZoneInfo("America/New_York")
    before = datetime(2026, 11, 1, 0, 30, tzinfo=zone).astimezone(UTC)
    after = datetime(2026, 11, 1, 2, 30, tzinfo=zone).astimezone(UTC)
    assert minute_since(before, after) == 180


def test_day_0_is_the_date_in_the_offset_that_the_injection_bears() -> None:
    assert day_zero(an_injection("2026-03-02T23:30:00+05:45")) == date(2026, 3, 2)  # in UTC too
    assert day_zero(an_injection("2026-03-03T00:30:00+05:45")) == date(2026, 3, 3)  # in UTC the day before
    assert day_zero(an_injection("2026-03-02T23:30:00-10:00")) == date(2026, 3, 2)  # in UTC the day after


@pytest.mark.parametrize(
    ("performed_at", "day", "number"),
    [
        ("2024-02-28T10:00:00+00:00", date(2024, 3, 1), 2),
        ("2026-02-28T10:00:00+00:00", date(2026, 3, 1), 1),
        ("2025-12-31T23:59:00+00:00", date(2026, 1, 1), 1),
        ("2026-03-02T10:00:00+00:00", date(2026, 2, 23), -7),
    ],
)
def test_day_d_counts_dates_over_leap_days_and_year_ends(performed_at: str, day: date, number: int) -> None:
    assert day_since(an_injection(performed_at), day) == number


# --- corrections ------------------------------------------------------------------------------------------------------


def averages(diary: Diary) -> dict[date, Any]:
    return {
        day.day: day.scores[Instrument.AVERAGE].score
        for day in days_in_force(diary)[0]
        if Instrument.AVERAGE in day.scores
    }


def scored(average: int, *, recorded: str, **changes: Any) -> Entry:
    return a_day("2026-03-03", recorded_at=f"{recorded}-05:00", scores=Scores(average=average), **changes)


def test_a_correction_replaces_the_whole_entry() -> None:
    original = a_day("2026-03-03", id=ONE, scores=Scores(average=5, worst=8), analgesic=True)
    correction = a_day("2026-03-03", id=TWO, revises=ONE, scores=Scores(average=4))
    ((day,), _) = days_in_force(a_diary(original, correction))
    assert {name: held.score for name, held in day.scores.items()} == {Instrument.AVERAGE: 4}
    assert day.analgesic is None


def test_of_all_ends_the_one_recorded_last_counts() -> None:
    original = scored(5, recorded="2026-03-03T19:00:00", id=ONE)
    early = scored(6, recorded="2026-03-03T20:00:00", id=TWO, revises=ONE)
    last = scored(7, recorded="2026-03-03T21:00:00", id=THREE, revises=ONE)
    of_the_early = scored(8, recorded="2026-03-03T20:30:00", id=FOUR, revises=TWO)
    for records in ((original, early, last, of_the_early), (of_the_early, last, early, original)):
        assert averages(a_diary(*records)) == {date(2026, 3, 3): 7}


def test_which_end_was_recorded_last_goes_by_the_instant_not_by_the_clock_on_the_wall() -> None:
    original = scored(5, recorded="2026-03-03T19:00:00", id=ONE)
    last = scored(6, recorded="2026-03-03T20:00:00", id=TWO, revises=ONE)
    abroad = replace(last, id=THREE, recorded_at=at("2026-03-04T00:30:00+00:00"), scores=Scores(average=7))
    assert averages(a_diary(original, last, abroad)) == {date(2026, 3, 3): 6}


def test_ends_are_compared_by_their_own_time_not_by_that_of_a_correction_on_the_way() -> None:
    original, early, late = (
        a_day("2026-03-03", id=id_, revises=revises, recorded_at=f"2026-03-0{day}T19:00:00-05:00")
        for id_, revises, day in ((ONE, None, 3), (TWO, ONE, 4), (THREE, TWO, 6))
    )
    between = a_day("2026-03-03", id=FOUR, revises=ONE, recorded_at="2026-03-05T19:00:00-05:00")
    for records in ((original, early, late, between), (original, between, early, late)):
        (chain,) = chains(records)
        assert chain.records == (original, early, late)


def test_a_correction_that_was_corrected_is_no_end_however_late_it_was_recorded() -> None:
    original = scored(5, recorded="2026-03-03T19:00:00", id=ONE)
    middle = scored(6, recorded="2026-03-05T19:00:00", id=TWO, revises=ONE)
    end = scored(7, recorded="2026-03-04T19:00:00", id=THREE, revises=TWO)
    assert averages(a_diary(original, middle, end)) == {date(2026, 3, 3): 7}


def test_what_is_withdrawn_counts_for_nothing_and_stays_visible() -> None:
    original = scored(5, recorded="2026-03-03T19:00:00", id=ONE)
    withdrawn = scored(5, recorded="2026-03-03T20:00:00", id=TWO, revises=ONE, withdrawn=True)
    diary = a_diary(original, withdrawn)
    assert days_in_force(diary) == ((), ())
    assert [record.id for record in chains(diary.entries)[0].records] == [ONE, TWO]


def test_a_withdrawal_can_be_corrected_again() -> None:
    original = scored(5, recorded="2026-03-03T19:00:00", id=ONE)
    withdrawn = scored(5, recorded="2026-03-03T20:00:00", id=TWO, revises=ONE, withdrawn=True)
    back = scored(6, recorded="2026-03-03T21:00:00", id=THREE, revises=TWO)
    assert averages(a_diary(original, withdrawn, back)) == {date(2026, 3, 3): 6}


def test_injections_and_medicines_stand_under_the_id_of_their_end() -> None:
    injection = an_injection(id=ONE, recorded_at=at("2026-03-02T11:00:00-05:00"))
    moved = an_injection(
        "2026-03-01T10:30:00-05:00", id=TWO, revises=ONE, recorded_at=at("2026-03-05T11:00:00-05:00"), side=Side.LEFT
    )
    pill = a_medicine("2026-03-02T15:00:00-05:00", id=ONE)
    rescue = a_medicine("2026-03-02T16:00:00-05:00", id=TWO, revises=ONE)
    diary = a_diary(injection, moved, pill, rescue)
    assert injections_in_force(diary) == (moved,)
    assert medicines_in_force(diary) == (rescue,)


def test_an_injection_without_a_time_of_recording_yields_to_its_correction() -> None:
    first = an_injection(id=ONE)
    corrected = an_injection(id=TWO, revises=ONE, recorded_at=at("2026-03-05T11:00:00-05:00"))
    unknown = an_injection(id=THREE, revises=ONE)
    assert injections_in_force(a_diary(first, corrected, unknown)) == (corrected,)


def test_injections_and_medicines_of_one_minute_are_not_merged() -> None:
    both = (an_injection(id=ONE, side=Side.LEFT), an_injection(id=TWO, side=Side.RIGHT))
    pills = (a_medicine("2026-03-02T15:00:00-05:00"), a_medicine("2026-03-02T15:00:00-05:00"))
    diary = a_diary(*both, *pills)
    assert injections_in_force(diary) == both
    assert medicines_in_force(diary) == pills


# --- merging ----------------------------------------------------------------------------------------------------------


def test_of_two_entries_of_a_day_each_score_comes_from_the_one_recorded_first_that_has_it() -> None:
    second = a_day("2026-03-03", recorded_at="2026-03-03T21:00:00-05:00", scores=Scores(average=9, worst=9))
    first = a_day("2026-03-03", recorded_at="2026-03-03T19:00:00-05:00", scores=Scores(average=3, soreness=1))
    ((day,), _) = days_in_force(a_diary(second, first))
    assert {name.value: held.score for name, held in day.scores.items()} == {"average": 3, "soreness": 1, "worst": 9}
    assert day.scores[Instrument.WORST].entry is second
    assert day.first is first


def test_at_a_tie_the_earlier_in_the_file_gives_the_score() -> None:
    one, two = (scored(score, recorded="2026-03-03T19:00:00") for score in (3, 9))
    assert averages(a_diary(one, two)) == {date(2026, 3, 3): 3}
    assert averages(a_diary(two, one)) == {date(2026, 3, 3): 9}


def test_a_late_correction_of_the_first_still_goes_before_the_second() -> None:
    first = scored(3, recorded="2026-03-03T19:00:00", id=ONE)
    second = scored(9, recorded="2026-03-03T20:00:00", id=TWO)
    correction = scored(4, recorded="2026-03-05T19:00:00", id=THREE, revises=ONE)
    assert averages(a_diary(first, second, correction)) == {date(2026, 3, 3): 4}


def test_where_a_correction_takes_a_score_away_the_next_entry_gives_it() -> None:
    first = scored(3, recorded="2026-03-03T19:00:00", id=ONE)
    second = scored(9, recorded="2026-03-03T20:00:00", id=TWO)
    emptied = a_day("2026-03-03", id=THREE, revises=ONE, scores=Scores())
    assert averages(a_diary(first, second, emptied)) == {date(2026, 3, 3): 9}


def test_the_answer_to_analgesic_is_merged_like_a_score() -> None:
    said_nothing = a_day("2026-03-03", recorded_at="2026-03-03T18:00:00-05:00", analgesic=None)
    said_no = a_day("2026-03-03", recorded_at="2026-03-03T19:00:00-05:00", analgesic=False)
    said_yes = a_day("2026-03-03", recorded_at="2026-03-03T20:00:00-05:00", analgesic=True)
    ((day,), _) = days_in_force(a_diary(said_yes, said_no, said_nothing))
    assert day.analgesic is False


def test_moments_of_one_utc_minute_are_one_and_bear_the_instant_of_the_first_recorded() -> None:
    second = a_moment("2026-03-02T21:15:10+05:45", recorded_at="2026-03-02T21:17:00+05:45", scores=Scores(rest=8))
    first = a_moment("2026-03-02T10:30:50-05:00", recorded_at="2026-03-02T10:31:00-05:00", scores=Scores(movement=5))
    other = a_moment("2026-03-02T10:31:00-05:00")
    merged, alone = moments_in_force(a_diary(second, first, other))
    assert merged.at == first.at
    assert {name.value: held.score for name, held in merged.scores.items()} == {"movement": 5, "rest": 8}
    assert alone.first is other


def test_a_moment_and_a_day_are_never_merged() -> None:
    diary = a_diary(a_moment("2026-03-03T00:00:00-05:00"), a_day("2026-03-03"))
    assert len(moments_in_force(diary)) == len(days_in_force(diary)[0]) == 1


# --- late and early ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minute", "seconds_after", "late"),
    [(60, 900, False), (60, 901, True), (61, 901, False), (61, 3600, False), (61, 3601, True), (-30, 901, True)],
)
def test_a_moment_is_late_after_15_minutes_in_the_first_hour_and_after_60_later(
    minute: int, seconds_after: int, late: bool
) -> None:
    instant = at("2026-03-02T11:30:00-05:00")
    assert moment_is_late(instant + timedelta(seconds=seconds_after), instant, minute=minute, rule=LATE) is late


@pytest.mark.parametrize(
    ("zone", "day", "deadline"),
    [
        ("America/New_York", date(2026, 3, 2), "2026-03-03T12:00:00-05:00"),
        ("America/New_York", date(2026, 3, 7), "2026-03-08T12:00:00-04:00"),  # summer time began that night
        ("America/New_York", date(2026, 10, 31), "2026-11-01T12:00:00-05:00"),
        ("Asia/Kathmandu", date(2026, 3, 2), "2026-03-03T12:00:00+05:45"),
        ("Australia/Lord_Howe", date(2026, 4, 4), "2026-04-05T12:00:00+10:30"),  # moved by half an hour
        ("Europe/London", date(2024, 2, 28), "2024-02-29T12:00:00+00:00"),
        ("Europe/London", date(2025, 12, 31), "2026-01-01T12:00:00+00:00"),
        ("Pacific/Apia", date(2011, 12, 29), "2011-12-30T12:00:00-10:00"),  # the 30th was left out there
    ],
)
def test_a_day_is_late_after_noon_of_the_next_in_the_patients_zone(zone: str, day: date, deadline: str) -> None:
    noon = at(deadline)
    assert not day_is_late(noon, day, ZoneInfo(zone))
    assert day_is_late(noon + timedelta(seconds=1), day, ZoneInfo(zone))


@pytest.mark.parametrize(
    ("zone", "day", "begins"),
    [
        ("America/New_York", date(2026, 3, 8), "2026-03-08T00:00:00-05:00"),
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T01:00:00-02:00"),  # midnight was skipped
        ("America/Sao_Paulo", date(2018, 2, 18), "2018-02-18T00:00:00-03:00"),  # the hour before came twice
        ("America/Havana", date(2025, 11, 2), "2025-11-02T00:00:00-04:00"),  # midnight itself came twice
        ("Australia/Lord_Howe", date(2026, 1, 1), "2026-01-01T00:00:00+11:00"),
    ],
)
def test_a_daily_entry_is_early_before_its_day_began_in_the_patients_zone(zone: str, day: date, begins: str) -> None:
    start = at(begins)
    assert start_of_day(day, ZoneInfo(zone)) == start
    entry = a_day(day.isoformat(), recorded_at=begins)
    assert not is_early(entry, ZoneInfo(zone))
    assert is_early(replace(entry, recorded_at=start - timedelta(seconds=1)), ZoneInfo(zone))


def test_an_early_entry_is_left_out_and_listed_also_when_it_was_corrected_in_time() -> None:
    early = a_day("2026-03-03", id=ONE, recorded_at="2026-03-02T23:59:59-05:00")
    corrected = a_day("2026-03-03", id=TWO, revises=ONE)
    days, left_out = days_in_force(a_diary(early, corrected))
    assert days == ()
    assert [chain.original.id for chain in left_out] == [ONE]


def settled(*records: Entry, instrument: Instrument = Instrument.AVERAGE) -> str:
    ((day,), _) = days_in_force(a_diary(*records))
    return day.scores[instrument].settled_at.isoformat()


IN_TIME, LATER, LATEST = "2026-03-03T19:00:00-05:00", "2026-03-05T19:00:00-05:00", "2026-03-06T19:00:00-05:00"


def test_a_correction_that_changes_the_score_settles_it_when_it_was_recorded() -> None:
    original = a_day("2026-03-03", id=ONE, recorded_at=IN_TIME, scores=Scores(average=5))
    change = a_day("2026-03-03", id=TWO, revises=ONE, recorded_at=LATER, scores=Scores(average=4))
    assert settled(original, change) == LATER


def test_a_correction_that_leaves_the_score_as_it_was_does_not_make_it_late() -> None:
    original = a_day("2026-03-03", id=ONE, recorded_at=IN_TIME, scores=Scores(average=5, worst=8))
    change = a_day("2026-03-03", id=TWO, revises=ONE, recorded_at=LATER, scores=Scores(average=5, worst=7))
    assert settled(original, change) == IN_TIME
    assert settled(original, change, instrument=Instrument.WORST) == LATER


def test_a_score_added_by_a_correction_is_settled_then() -> None:
    original = a_day("2026-03-03", id=ONE, recorded_at=IN_TIME, scores=Scores(worst=8))
    added = a_day("2026-03-03", id=TWO, revises=ONE, recorded_at=LATER, scores=Scores(average=5, worst=8))
    assert settled(original, added) == LATER


def test_a_change_made_late_and_taken_back_still_settles_the_score_late() -> None:
    original = a_day("2026-03-03", id=ONE, recorded_at=IN_TIME, scores=Scores(average=5))
    change = a_day("2026-03-03", id=TWO, revises=ONE, recorded_at=LATER, scores=Scores(average=4))
    back = a_day("2026-03-03", id=THREE, revises=TWO, recorded_at=LATEST, scores=Scores(average=5))
    assert settled(original, change, back) == LATEST


def test_a_score_taken_away_and_given_again_is_settled_when_it_was_given_again() -> None:
    original = a_day("2026-03-03", id=ONE, recorded_at=IN_TIME, scores=Scores(average=5))
    emptied = a_day("2026-03-03", id=TWO, revises=ONE, recorded_at=LATER, scores=Scores())
    again = a_day("2026-03-03", id=THREE, revises=TWO, recorded_at=LATEST, scores=Scores(average=5))
    assert settled(original, emptied, again) == LATEST


def test_a_score_of_a_late_original_is_late_whatever_the_clock_of_its_correction_says() -> None:
    original = a_day("2026-03-03", id=ONE, recorded_at=LATER, scores=Scores(average=5))
    change = a_day("2026-03-03", id=TWO, revises=ONE, recorded_at=IN_TIME, scores=Scores(average=4))
    assert settled(original, change) == LATER


# --- as of ------------------------------------------------------------------------------------------------------------


def test_as_of_leaves_out_later_local_dates_in_the_offset_that_they_bear() -> None:
    east = a_moment("2026-03-03T00:15:00+05:45")  # still the 2nd in UTC
    west = a_moment("2026-03-02T23:30:00-10:00")  # already the 3rd in UTC
    diary = a_diary(east, west)
    assert [moment.first for moment in moments_in_force(diary, as_of=date(2026, 3, 2))] == [west]


def test_as_of_goes_by_what_a_record_is_about_not_by_when_it_was_recorded() -> None:
    told_later = a_day("2026-03-02", recorded_at="2026-03-20T10:00:00-05:00")
    diary = a_diary(told_later, a_day("2026-03-04"))
    assert [day.day for day in days_in_force(diary, as_of=date(2026, 3, 3))[0]] == [date(2026, 3, 2)]


def test_a_correction_recorded_after_as_of_stands() -> None:
    original = a_day("2026-03-02", id=ONE, scores=Scores(average=5))
    correction = a_day(
        "2026-03-02", id=TWO, revises=ONE, recorded_at="2026-03-20T10:00:00-05:00", scores=Scores(average=4)
    )
    ((day,), _) = days_in_force(a_diary(original, correction), as_of=date(2026, 3, 3))
    assert day.scores[Instrument.AVERAGE].score == 4


def test_as_of_goes_by_the_date_of_an_injections_own_end() -> None:
    original = an_injection("2026-03-02T10:30:00-05:00", id=ONE)
    moved = an_injection("2026-04-02T10:30:00-04:00", id=TWO, revises=ONE, recorded_at=at("2026-03-05T11:00:00-05:00"))
    diary = a_diary(original, moved)
    assert injections_in_force(diary, as_of=date(2026, 4, 1)) == ()
    assert injections_in_force(diary, as_of=date(2026, 4, 2)) == (moved,)


def test_as_of_counts_medicines_of_that_very_day() -> None:
    diary = a_diary(a_medicine("2026-03-02T23:59:59-05:00"), a_medicine("2026-03-03T00:00:00-05:00"))
    assert len(medicines_in_force(diary, as_of=date(2026, 3, 2))) == 1


# --- sides ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("left", "left", True), ("left", "right", False), ("left", "both", True), ("both", "right", True)],
)
def test_sides_are_the_same_where_equal_or_one_is_both(one: str, other: str, same: bool) -> None:
    first, second = an_injection(side=Side(one)), an_injection(side=Side(other))
    assert same_side(first, second) is same_side(second, first) is same


def test_the_next_injection_of_the_same_side_is_on_a_later_date() -> None:
    first = an_injection("2026-03-02T10:30:00-05:00", side=Side.LEFT)
    again_that_day = an_injection("2026-03-02T15:30:00-05:00", side=Side.LEFT)
    other_side = an_injection("2026-03-20T10:30:00-04:00", side=Side.RIGHT)
    after, latest = (an_injection(f"2026-0{month}-20T10:30:00-04:00", side=Side.BOTH) for month in (4, 5))
    assert next_of_same_side(first, (latest, first, again_that_day, other_side, after)) is after
    assert next_of_same_side(latest, (latest, first, after)) is None


# --- the week before --------------------------------------------------------------------------------------------------


def test_the_averages_before_an_injection_are_those_of_days_7_to_1_before_it() -> None:
    injection = an_injection("2026-03-10T23:59:00-04:00")
    # Day 0 too was scored before the injection, at seven in the evening.
    days = [a_day(f"2026-03-{day:02}", scores=Scores(average=day % 10)) for day in range(1, 11)]
    assert averages_before(injection, days_in_force(a_diary(*days))[0]) == (3, 4, 5, 6, 7, 8, 9)


# --- laws -------------------------------------------------------------------------------------------------------------


def in_force(diary: Diary) -> Any:
    """All that stands, by the ids of the entries that give it."""
    moments = [
        (moment.at, moment.analgesic, {name: (held.score, held.entry.id) for name, held in moment.scores.items()})
        for moment in moments_in_force(diary)
    ]
    days = [
        (day.day, day.analgesic, {name: (held.score, held.entry.id) for name, held in day.scores.items()})
        for day in days_in_force(diary)[0]
    ]
    injections = {injection.id for injection in injections_in_force(diary)}
    return moments, days, injections, {medicine.id for medicine in medicines_in_force(diary)}


@given(diaries(), st.randoms(use_true_random=False))
def test_the_order_in_the_file_does_not_matter_unless_two_were_recorded_at_once(diary: Diary, random: Any) -> None:
    for records in (diary.injections, diary.entries, diary.medicines):
        times = [record.recorded_at for record in records]
        assume(len(set(times)) == len(times))
    shuffled = replace(
        diary,
        injections=tuple(random.sample(diary.injections, len(diary.injections))),
        entries=tuple(random.sample(diary.entries, len(diary.entries))),
        medicines=tuple(random.sample(diary.medicines, len(diary.medicines))),
    )
    assert in_force(shuffled) == in_force(diary)


@given(diaries())
def test_withdrawing_is_as_if_it_had_never_been(diary: Diary) -> None:
    assume(diary.entries)
    chain = chains(diary.entries)[0]
    family = _all_that_hang_on(chain.original, diary.entries)
    withdrawal = replace(
        chain.end,
        id=FOUR,
        revises=chain.end.id,
        withdrawn=True,
        recorded_at=max(entry.recorded_at for entry in diary.entries) + timedelta(seconds=1),
    )
    without = replace(diary, entries=tuple(entry for entry in diary.entries if entry.id not in family))
    assert in_force(replace(diary, entries=(*diary.entries, withdrawal))) == in_force(without)


def _all_that_hang_on(original: Entry, entries: tuple[Entry, ...]) -> set[UUID]:
    family = {original.id}
    while grown := {entry.id for entry in entries if entry.revises in family} - family:
        family |= grown
    return family


@given(diaries(), st.integers(0, 10), st.integers(0, 10))
def test_correcting_twice_in_time_is_correcting_once_with_the_last(diary: Diary, first: int, last: int) -> None:
    assume(diary.entries)
    end = chains(diary.entries)[0].end
    then = max(entry.recorded_at for entry in diary.entries) + timedelta(seconds=1)
    one = replace(end, id=THREE, revises=end.id, scores=Scores(average=first), recorded_at=then)
    two = replace(one, id=FOUR, revises=THREE, scores=Scores(average=last), recorded_at=then + timedelta(seconds=1))
    straight = replace(two, revises=end.id)
    twice = replace(diary, entries=(*diary.entries, one, two))
    once = replace(diary, entries=(*diary.entries, straight))
    assert in_force(twice) == in_force(once)


@given(diaries())
def test_every_original_has_one_chain_and_nothing_stands_twice(diary: Diary) -> None:
    found = chains(diary.entries)
    assert [chain.original for chain in found] == [entry for entry in diary.entries if entry.revises is None]
    assert all(chain.end not in (other.original for other in found if other is not chain) for chain in found)
    days, early = days_in_force(diary)
    daily = [chain for chain in standing(diary.entries) if chain.original.kind is Kind.DAILY]
    assert sum(len(day.chains) for day in days) + len(early) == len(daily)


def test_a_record_is_named_by_its_first_version_however_often_it_was_corrected() -> None:
    first, other = an_injection(), an_injection()
    second = replace(first, id=UUID(int=2), revises=first.id)
    third = replace(first, id=UUID(int=3), revises=second.id)
    records = (third, other, first, second)
    assert [original_of(record, records) for record in records] == [first, other, first, first]
