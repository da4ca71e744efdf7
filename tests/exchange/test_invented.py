"""Invented diaries: the same for the same seed, sound, and of the shape that their course promises."""

from datetime import UTC, date, datetime, timedelta
from statistics import mean
from uuid import UUID, uuid4

import pytest

from diary.domain.diary import Diary, Instrument, Side, Source
from diary.domain.form import read_diary, write_diary
from diary.domain.timeline import day_is_late, day_zero, days_in_force, minute_since, moments_in_force
from diary.exchange.invented.clinic import SURNAMES, invent_clinic
from diary.exchange.invented.courses import COURSES, Course, years_of_days
from diary.exchange.invented.diaries import invent_diary

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
COURSE = {course.name: course for course in COURSES}


def diary_of(name: str, *, seed: int = 1) -> Diary:
    return invent_diary(COURSE[name], seed=seed, injected_on=date(2026, 3, 2))


def averages(diary: Diary, first: int, last: int) -> list[int]:
    """The daily averages of days first to last of the first injection."""
    start = day_zero(diary.injections[0])
    days, _early = days_in_force(diary)
    return [
        answer
        for day in days
        if first <= (day.day - start).days <= last
        and Instrument.AVERAGE in day.scores
        and isinstance(answer := day.scores[Instrument.AVERAGE].score, int)
    ]


def movement(diary: Diary, first: int, last: int, *, injection: int = 0) -> list[int]:
    """The scores on movement of minutes first to last of an injection."""
    start = diary.injections[injection].performed_at
    return [
        answer
        for moment in moments_in_force(diary)
        if first <= minute_since(start, moment.at) <= last
        and isinstance(answer := moment.scores[Instrument.MOVEMENT].score, int)
    ]


def ids_of(diary: Diary) -> list[UUID]:
    return [
        *(injection.id for injection in diary.injections),
        *(entry.id for entry in diary.entries),
        *(medicine.id for medicine in diary.medicines),
    ]


def test_the_same_seed_gives_the_same_clinic() -> None:
    assert invent_clinic(patients=60, seed=4, now=NOW) == invent_clinic(patients=60, seed=4, now=NOW)


def test_another_seed_gives_another_clinic() -> None:
    assert invent_clinic(patients=3, seed=4, now=NOW) != invent_clinic(patients=3, seed=5, now=NOW)


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_every_course_gives_a_sound_diary_that_its_file_gives_back(course: Course) -> None:
    diary = diary_of(course.name)
    assert read_diary(write_diary(diary)) == diary


def test_as_many_people_as_asked_each_course_before_any_comes_again() -> None:
    people = invent_clinic(patients=2 * len(COURSES), seed=1, now=NOW)
    assert [person.course for person in people] == [course.name for course in COURSES] * 2
    first, second = people[0], people[len(COURSES)]
    assert first.diary.entries != second.diary.entries


def test_nobody_has_the_name_of_a_real_person() -> None:
    people = invent_clinic(patients=300, seed=1, now=NOW)
    assert all(any(surname in (person.diary.patient.name or "") for surname in SURNAMES) for person in people)


def test_only_the_second_record_has_the_name_and_birth_date_of_another() -> None:
    people = invent_clinic(patients=len(COURSES), seed=1, now=NOW)
    identities = [(person.diary.patient.name, person.diary.patient.born) for person in people]
    assert len(set(identities)) == len(identities) - 1
    assert len({person.diary.patient.number for person in people}) == len(people)


def test_no_id_comes_twice_in_a_clinic_nor_in_two_clinics() -> None:
    ids = [
        record_id
        for _clinic in range(2)
        for person in invent_clinic(patients=60, seed=1, now=NOW, ids_under=uuid4())
        for record_id in ids_of(person.diary)
    ]
    assert len(set(ids)) == len(ids)


def test_nothing_is_recorded_in_the_future() -> None:
    for person in invent_clinic(patients=60, seed=1, now=NOW):
        assert all(entry.recorded_at <= NOW for entry in person.diary.entries)
        assert all(i.recorded_at is not None and i.recorded_at <= NOW for i in person.diary.injections)


def test_a_clear_response_halves_the_pain_from_the_second_week_to_the_third_month() -> None:
    diary = diary_of("clear-response")
    before, after = averages(diary, -7, -1), averages(diary, 10, 90)
    assert mean(after) <= mean(before) / 2


def test_no_response_leaves_the_pain_where_it_was() -> None:
    diary = diary_of("none")
    assert abs(mean(averages(diary, 10, 90)) - mean(averages(diary, -7, -1))) < 1.5


def test_a_flare_is_two_points_above_the_days_before_on_days_one_to_three() -> None:
    diary = diary_of("flare")
    assert mean(averages(diary, 1, 3)) >= mean(averages(diary, -7, -1)) + 2


def test_pain_that_returned_is_back_after_three_months() -> None:
    diary = diary_of("returned")
    assert mean(averages(diary, 14, 40)) < 4
    assert mean(averages(diary, 80, 100)) >= 6


def test_in_concordant_blocks_bupivacaine_outlasts_lidocaine() -> None:
    diary = diary_of("concordant-blocks")
    lidocaine, bupivacaine = (mean(movement(diary, 170, 260, injection=which)) for which in (0, 1))
    assert bupivacaine < 4 < lidocaine


def test_in_discordant_blocks_lidocaine_outlasts_bupivacaine() -> None:
    diary = diary_of("discordant-blocks")
    lidocaine, bupivacaine = (mean(movement(diary, 170, 260, injection=which)) for which in (0, 1))
    assert lidocaine < 4 < bupivacaine


def test_two_sides_and_both_sides_are_told_apart() -> None:
    assert [injection.side for injection in diary_of("two-sides").injections] == [Side.LEFT, Side.RIGHT]
    assert [injection.side for injection in diary_of("bilateral").injections] == [Side.BOTH]


def test_a_low_baseline_is_below_four() -> None:
    assert (diary_of("low-baseline").injections[0].baseline.average or 0) < 4


def test_a_gap_of_weeks_holds_no_entry() -> None:
    assert averages(diary_of("gap-of-weeks"), 24, 62) == []
    assert averages(diary_of("gap-of-weeks"), 63, 80) != []


def test_a_clock_change_falls_into_the_first_days() -> None:
    [diary] = [p.diary for p in invent_clinic(patients=60, seed=1, now=NOW)[:26] if p.course == "clock-change"]
    start = day_zero(diary.injections[0])
    first_days = [entry for entry in diary.entries if entry.day and 0 <= (entry.day - start).days <= 7]
    assert {entry.recorded_at.utcoffset() for entry in first_days} == {timedelta(0), timedelta(hours=1)}


def test_who_travels_records_in_the_other_zone() -> None:
    offsets = {entry.recorded_at.utcoffset() for entry in diary_of("travelling").entries}
    assert {timedelta(hours=-5), timedelta(hours=1)} <= offsets


def test_some_entries_are_late_where_the_course_says_so() -> None:
    diary = diary_of("late-entries")
    daily = [entry for entry in diary.entries if entry.day]
    late = [e for e in daily if day_is_late(e.recorded_at, e.local_day, diary.patient.zone)]
    assert len(late) >= len(daily) // 5


def test_corrections_name_what_they_correct_and_some_withdraw_it() -> None:
    diary = diary_of("corrections", seed=3)
    assert any(entry.revises for entry in diary.entries)
    assert any(injection.revises for injection in diary.injections)
    assert any(
        entry.withdrawn for seed in range(5) for entry in diary_of("corrections", seed=seed).entries if entry.revises
    )


def test_a_helper_says_who_they_are() -> None:
    assert {(e.source, e.recorded_by) for e in diary_of("helped").entries if e.day} == {(Source.HELPER, "Daughter")}


def test_medicine_is_taken_before_and_inside_the_window() -> None:
    diary = diary_of("medicine-in-the-window")
    start = diary.injections[0].performed_at
    assert [minute_since(start, medicine.taken_at) for medicine in diary.medicines] == [-150, 95]


def test_who_is_in_the_clinic_today_has_an_injection_half_an_hour_old_and_is_still_there() -> None:
    [person] = [p for p in invent_clinic(patients=5, seed=1, now=NOW) if p.course == "in-the-clinic-today"]
    [injection] = person.diary.injections
    assert timedelta(minutes=20) <= NOW - injection.performed_at <= timedelta(minutes=30)
    assert injection.discharge.left_at is None


def test_who_is_still_before_the_injection_has_days_and_no_injection() -> None:
    [person] = [p for p in invent_clinic(patients=26, seed=1, now=NOW) if p.course == "still-before"]
    assert person.diary.injections == ()
    assert len(person.diary.entries) >= 4


def test_ten_years_of_days_are_more_than_3400_entries() -> None:
    diary = invent_diary(years_of_days(10), seed=1, injected_on=date(2016, 1, 4))
    assert len({entry.day for entry in diary.entries if entry.day}) > 3400
