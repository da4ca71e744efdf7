"""A phone whose clock is wrong: noticed, put right, told, and never a second entry."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.access import Actor, Role
from diary.domain.diary import Entry, Medicine, PhoneClock, Scores, Source
from diary.domain.errors import InvalidValue
from diary.domain.phone_clock import is_same_medicine, put_medicine_right, put_right, says_the_same, shift_of
from diary.domain.timeline import day_is_late
from diary.exchange.outbox import Outbox, Sent
from diary.services.entries import Outcome
from diary.services.outbox import Taken, take_in
from diary.store.diaries import load_diary
from diary.store.patients import PatientRow
from diary.store.work import writing
from diary.web.presenters.outbox import clock_words, message
from tests.factories import OPERATOR, a_clinic, a_day, a_medicine, a_moment, a_patient

EVENING = datetime.fromisoformat("2026-03-03T19:00:00-05:00")
DAY = timedelta(days=1)


def as_sent(*records: Entry | Medicine, sent_at: datetime = EVENING) -> Outbox:
    return Outbox(
        sent_at=sent_at,
        entries=tuple(Sent(id=str(one.id), record=one) for one in records if isinstance(one, Entry)),
        medicines=tuple(Sent(id=str(one.id), record=one) for one in records if isinstance(one, Medicine)),
    )


def take(patient: PatientRow, outbox: Outbox, *, now: datetime = EVENING) -> Taken:
    phone = Actor(role=Role.DEVICE, id="device-1", clinic_id=patient.clinic_id, patient_id=patient.id)
    return take_in(phone, outbox, patient_id=patient.id, written_by=Source.PATIENT, now=now)


def outcomes(taken: Taken) -> list[Outcome]:
    return [answer.outcome for answer in taken.answers]


def saved(patient: PatientRow) -> tuple[Entry, ...]:
    with writing(OPERATOR, now=EVENING) as work:
        return load_diary(work, patient).entries


@pytest.fixture
def ana(app: object) -> PatientRow:  # noqa: ARG001 — gives the database
    return a_patient(a_clinic())


# --- the times themselves


@pytest.mark.parametrize(
    ("seconds", "shifted"), [(0, False), (300, False), (-300, False), (301, True), (-301, True), (86_400, True)]
)
def test_clocks_may_differ_by_five_minutes_either_way(seconds: int, shifted: bool) -> None:
    apart = timedelta(seconds=seconds)
    assert shift_of(EVENING - apart, EVENING) == (apart if shifted else timedelta())


def test_a_phone_that_is_a_day_slow_asked_about_the_day_before(ana: PatientRow) -> None:
    entry = a_day("2026-03-02", recorded_at="2026-03-02T18:30:00-05:00")
    moment = a_moment("2026-03-02T12:00:00-05:00", recorded_at="2026-03-02T12:01:00-05:00")
    taken = take(ana, as_sent(entry, moment, sent_at=EVENING - DAY))
    assert outcomes(taken) == [Outcome.ACCEPTED] * 2
    daily, hourly = saved(ana)
    assert (daily.day, daily.recorded_at) == (date(2026, 3, 3), entry.recorded_at + DAY)
    assert (hourly.at, hourly.recorded_at) == (moment.instant + DAY, moment.recorded_at + DAY)
    assert daily.clock == PhoneClock(day=date(2026, 3, 2), recorded_at=entry.recorded_at)
    assert hourly.clock == PhoneClock(at=moment.at, recorded_at=moment.recorded_at)
    assert daily.received_at == EVENING
    assert message(taken.answers[0], shift=taken.shift) == (
        "Saved. The clock of this phone is 1 day slow. We put the time right. Please set the clock."
    )


def test_a_phone_an_hour_fast_past_midnight_still_means_the_same_evening(ana: PatientRow) -> None:
    entry = a_day("2026-03-04", recorded_at="2026-03-04T00:30:00-05:00")
    now = datetime.fromisoformat("2026-03-03T23:30:00-05:00")
    assert outcomes(take(ana, as_sent(entry, sent_at=entry.recorded_at), now=now)) == [Outcome.ACCEPTED]
    assert [one.day for one in saved(ana)] == [date(2026, 3, 3)]


def test_what_was_recorded_in_time_and_sent_a_week_later_is_on_time(ana: PatientRow) -> None:
    entry = a_day("2026-03-03", recorded_at=EVENING.isoformat())
    later = EVENING + timedelta(days=7)
    assert outcomes(take(ana, as_sent(entry, sent_at=later), now=later)) == [Outcome.ACCEPTED]
    (there,) = saved(ana)
    assert (there.recorded_at, there.received_at, there.clock) == (EVENING, later, None)
    assert not day_is_late(there.recorded_at, there.local_day, ana.as_patient().zone)


def test_a_clock_that_was_set_between_recording_and_sending_is_refused_in_words(ana: PatientRow) -> None:
    ahead = a_day("2026-03-05", recorded_at="2026-03-05T19:00:00-05:00")
    taken = take(ana, as_sent(ahead))
    assert outcomes(taken) == [Outcome.REJECTED]
    assert "Set the clock of this phone" in message(taken.answers[0], shift=taken.shift)


def test_times_that_no_calendar_holds_are_refused_and_break_nothing(ana: PatientRow) -> None:
    old = a_day("1851-03-03", recorded_at="1851-03-03T19:00:00-05:00")
    future = datetime.fromisoformat("2200-12-31T23:00:00-05:00")
    assert outcomes(take(ana, as_sent(old, sent_at=future))) == [Outcome.REJECTED]
    medicine = replace(a_medicine("1851-03-03T19:00:00-05:00"))
    assert outcomes(take(ana, as_sent(medicine, sent_at=future))) == [Outcome.REJECTED]
    assert saved(ana) == ()


# --- once each, whatever the clock shows


def test_the_same_entry_is_one_whatever_the_clock_shows_the_second_time(ana: PatientRow) -> None:
    entry, medicine = a_day("2026-03-02"), a_medicine("2026-03-02T15:00:00-05:00")
    wrong, right = as_sent(entry, medicine, sent_at=EVENING - DAY), as_sent(entry, medicine, sent_at=EVENING)
    a_moment_later = as_sent(entry, medicine, sent_at=EVENING - DAY - timedelta(seconds=2))
    assert outcomes(take(ana, wrong)) == [Outcome.ACCEPTED] * 2
    assert outcomes(take(ana, wrong, now=EVENING + timedelta(seconds=7))) == [Outcome.DUPLICATE] * 2
    assert outcomes(take(ana, a_moment_later)) == [Outcome.DUPLICATE] * 2
    assert outcomes(take(ana, right))[0] == Outcome.DUPLICATE
    assert len(saved(ana)) == 1


def test_other_content_is_a_conflict_however_the_clock_is_wrong(ana: PatientRow) -> None:
    entry = a_day("2026-03-02")
    take(ana, as_sent(entry, sent_at=EVENING - DAY))
    for changed in (replace(entry, scores=Scores(average=9)), replace(entry, day=date(2026, 3, 1))):
        assert outcomes(take(ana, as_sent(changed, sent_at=EVENING - DAY))) == [Outcome.CONFLICT]


@pytest.mark.parametrize("apart", [DAY, DAY + timedelta(seconds=3), timedelta()])
def test_a_correction_keeps_its_time_though_the_clock_shows_another(ana: PatientRow, apart: timedelta) -> None:
    moment = a_moment("2026-03-02T12:00:00-05:00")
    take(ana, as_sent(moment, sent_at=EVENING - DAY))
    recorded = EVENING - apart
    correction = replace(moment, id=uuid4(), revises=moment.id, recorded_at=recorded, scores=Scores(movement=7))
    for expected in (Outcome.ACCEPTED, Outcome.DUPLICATE):
        assert outcomes(take(ana, as_sent(correction, sent_at=recorded))) == [expected]
    first, second = saved(ana)
    assert first.at == second.at == moment.instant + DAY
    assert second.recorded_at == EVENING
    assert second.clock is not None
    assert second.clock.at == moment.at


# --- words


@pytest.mark.parametrize(
    ("shift", "words"),
    [
        (timedelta(), ""),
        (timedelta(minutes=6), "6 minutes slow"),
        (-timedelta(minutes=61), "1 hour fast"),
        (-timedelta(hours=30), "1 day fast"),
        (timedelta(days=20_000), "20000 days slow"),
    ],
)
def test_the_patient_is_told_by_how_much(shift: timedelta, words: str) -> None:
    assert words in clock_words(shift)


# --- for any clock

SHIFTS = st.timedeltas(min_value=-timedelta(days=3000), max_value=timedelta(days=3000))


@given(first=SHIFTS, second=SHIFTS)
def test_an_entry_is_itself_after_any_two_shifts(first: timedelta, second: timedelta) -> None:
    for entry in (a_day("2026-03-02"), a_moment("2026-03-02T12:00:00-05:00")):
        once, again = put_right(entry, shift=first), put_right(entry, shift=second)
        assert says_the_same(once, again)
        assert says_the_same(once, entry)
        assert not says_the_same(once, replace(again, analgesic=True))
    medicine = a_medicine("2026-03-02T12:00:00-05:00")
    assert is_same_medicine(put_medicine_right(medicine, shift=first), medicine, shift=first)


def test_a_shift_out_of_all_bounds_names_the_clock() -> None:
    with pytest.raises(InvalidValue, match="Set the clock"):
        put_right(a_day("2026-03-02"), shift=timedelta(days=365 * 400))
