"""Saving entries: once each, corrections by name, and only what may still be scored."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from diary.domain.access import Actor, Role
from diary.domain.diary import Diary, Entry, Scores
from diary.domain.errors import Conflict, InvalidValue, NotAllowed, NotFound
from diary.services.entries import (
    AlreadyRecorded,
    Outcome,
    entry_to_change,
    same_answers,
    save_entry,
    save_medicines,
)
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.diaries import load_diary
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import OPERATOR, a_clinic, a_day, a_medicine, a_moment, a_patient, staff_of
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("app")

EVENING = datetime.fromisoformat("2026-03-03T19:00:00-05:00")


@pytest.fixture
def ana() -> PatientRow:
    return a_patient(a_clinic())


def phone_of(patient: PatientRow) -> Actor:
    return Actor(role=Role.DEVICE, id="device-1", clinic_id=patient.clinic_id, patient_id=patient.id)


def saved(patient: PatientRow) -> Diary:
    with writing(OPERATOR, now=EVENING) as work:
        return load_diary(work, patient)


def today(**changes: object) -> Entry:
    return a_day("2026-03-03", recorded_at=EVENING.isoformat(), **changes)


def test_an_entry_is_saved_with_the_servers_time_beside_its_own(ana: PatientRow) -> None:
    entry = today()
    answer = save_entry(phone_of(ana), entry, patient_id=ana.id, now=EVENING + timedelta(minutes=3))
    assert answer.outcome is Outcome.ACCEPTED
    assert saved(ana).entries == (replace(entry, received_at=EVENING + timedelta(minutes=3)),)


def test_the_same_entry_sent_again_is_one_entry(ana: PatientRow) -> None:
    entry = today()
    save_entry(phone_of(ana), entry, patient_id=ana.id, now=EVENING)
    again = save_entry(phone_of(ana), entry, patient_id=ana.id, now=EVENING + timedelta(hours=1))
    assert again.outcome is Outcome.DUPLICATE
    assert len(saved(ana).entries) == 1


def test_other_answers_under_the_same_id_are_refused_and_what_is_there_is_shown(ana: PatientRow) -> None:
    entry = today()
    save_entry(phone_of(ana), entry, patient_id=ana.id, now=EVENING)
    with pytest.raises(AlreadyRecorded) as refused:
        save_entry(phone_of(ana), replace(entry, scores=Scores(average=9)), patient_id=ana.id, now=EVENING)
    assert refused.value.entry.scores == Scores(average=4)
    assert [entry.scores.average for entry in saved(ana).entries] == [4]


def test_a_page_sent_twice_says_the_same_at_another_time() -> None:
    first = a_moment("2026-03-02T15:00:00-05:00")
    again = replace(first, at=first.instant + timedelta(seconds=9), recorded_at=first.instant + timedelta(seconds=9))
    assert same_answers(first, again)
    assert not same_answers(first, replace(again, scores=Scores(movement=5)))


def test_an_id_of_another_patients_entry_cannot_be_used(ana: PatientRow) -> None:
    ben = a_patient(a_clinic("Hillside"), "Ben Ode")
    entry = today()
    save_entry(phone_of(ben), entry, patient_id=ben.id, now=EVENING)
    with pytest.raises(InvalidValue, match="is not a usable UUID"):
        save_entry(phone_of(ana), entry, patient_id=ana.id, now=EVENING)


@pytest.mark.parametrize("role", [Role.DEVICE, Role.PATIENT])
def test_a_phone_cannot_write_into_anothers_diary(ana: PatientRow, role: Role) -> None:
    ben = Actor(role=role, id="device-2", clinic_id=ana.clinic_id, patient_id=uuid4())
    with pytest.raises(NotFound):
        save_entry(ben, today(), patient_id=ana.id, now=EVENING)


def test_an_admin_adds_no_scores(ana: PatientRow) -> None:
    with pytest.raises(NotAllowed):
        save_entry(staff_of(ana.clinic_id, Role.ADMIN), today(), patient_id=ana.id, now=EVENING)


def test_a_correction_is_a_new_entry_that_names_the_old_one(ana: PatientRow) -> None:
    entry = today()
    correction = today(revises=entry.id, scores=Scores(average=5))
    for one in (entry, correction):
        save_entry(phone_of(ana), one, patient_id=ana.id, now=EVENING)
    assert [(one.scores.average, one.revises) for one in saved(ana).entries] == [(4, None), (5, entry.id)]


def test_what_is_no_longer_in_force_cannot_be_corrected(ana: PatientRow) -> None:
    entry = today()
    first, second = (today(revises=entry.id, scores=Scores(average=score)) for score in (5, 6))
    save_entry(phone_of(ana), entry, patient_id=ana.id, now=EVENING)
    save_entry(phone_of(ana), first, patient_id=ana.id, now=EVENING)
    with pytest.raises(Conflict, match="changed in between"):
        save_entry(phone_of(ana), second, patient_id=ana.id, now=EVENING)
    assert len(saved(ana).entries) == 2


def test_a_correction_of_nothing_or_of_another_day_is_refused(ana: PatientRow) -> None:
    entry = today()
    save_entry(phone_of(ana), entry, patient_id=ana.id, now=EVENING)
    with pytest.raises(InvalidValue, match="is not among the entries"):
        save_entry(phone_of(ana), today(revises=uuid4()), patient_id=ana.id, now=EVENING)
    moved = a_day("2026-03-02", recorded_at=EVENING.isoformat(), revises=entry.id)
    with pytest.raises(InvalidValue, match="keeps the day"):
        save_entry(phone_of(ana), moved, patient_id=ana.id, now=EVENING)


def test_the_phone_corrects_for_48_hours_and_the_nurse_after_that(ana: PatientRow) -> None:
    entry = today()
    save_entry(phone_of(ana), entry, patient_id=ana.id, now=EVENING)
    later = EVENING + timedelta(hours=48, minutes=1)
    correction = today(revises=entry.id, scores=Scores(average=5))
    correction = replace(correction, recorded_at=later)
    assert entry_to_change(phone_of(ana), entry.id, patient_id=ana.id, now=EVENING + timedelta(hours=48)).id == entry.id
    with pytest.raises(NotAllowed, match="Ask your clinic"):
        entry_to_change(phone_of(ana), entry.id, patient_id=ana.id, now=later)
    nurse = staff_of(ana.clinic_id, Role.NURSE)
    assert save_entry(nurse, correction, patient_id=ana.id, now=later).outcome is Outcome.ACCEPTED


def test_what_is_changed_is_the_end_of_its_chain(ana: PatientRow) -> None:
    entry = today()
    correction = today(revises=entry.id, scores=Scores(average=5))
    for one in (entry, correction):
        save_entry(phone_of(ana), one, patient_id=ana.id, now=EVENING)
    assert entry_to_change(phone_of(ana), entry.id, patient_id=ana.id, now=EVENING).id == correction.id


def test_anothers_entry_cannot_be_opened_for_change(ana: PatientRow) -> None:
    entry = today()
    save_entry(phone_of(ana), entry, patient_id=ana.id, now=EVENING)
    ben = a_patient(a_clinic("Hillside"), "Ben Ode")
    with pytest.raises(NotFound):
        entry_to_change(phone_of(ben), entry.id, patient_id=ben.id, now=EVENING)


@pytest.mark.parametrize(("day", "allowed"), [("2026-03-03", True), ("2026-03-01", True), ("2026-02-28", False)])
def test_days_older_than_two_cannot_be_scored(ana: PatientRow, day: str, allowed: bool) -> None:
    entry = a_day(day, recorded_at=EVENING.isoformat())
    if allowed:
        save_entry(phone_of(ana), entry, patient_id=ana.id, now=EVENING)
        return
    with pytest.raises(InvalidValue, match="Choose today, yesterday"):
        save_entry(phone_of(ana), entry, patient_id=ana.id, now=EVENING)


def test_tomorrow_cannot_be_scored(ana: PatientRow) -> None:
    with pytest.raises(InvalidValue, match="Choose today, yesterday"):
        save_entry(phone_of(ana), a_day("2026-03-04", recorded_at=EVENING.isoformat()), patient_id=ana.id, now=EVENING)


def test_a_phone_that_was_offline_for_a_week_sends_what_was_recorded_in_time(ana: PatientRow) -> None:
    answer = save_entry(phone_of(ana), today(), patient_id=ana.id, now=EVENING + timedelta(days=7))
    assert answer.outcome is Outcome.ACCEPTED


def test_an_entry_from_a_clock_in_the_future_is_refused(ana: PatientRow) -> None:
    with pytest.raises(InvalidValue, match="Set the clock"):
        save_entry(phone_of(ana), today(), patient_id=ana.id, now=EVENING - timedelta(minutes=6))


def test_a_medicine_given_on_the_page_is_saved_with_its_entry_or_not_at_all(ana: PatientRow) -> None:
    medicine = a_medicine("2026-03-03T15:00:00-05:00")
    save_entry(phone_of(ana), today(), patient_id=ana.id, now=EVENING, medicines=[medicine])
    refused = a_medicine("2026-03-03T16:00:00-05:00")
    with pytest.raises(InvalidValue):
        save_entry(
            phone_of(ana),
            a_day("2026-01-01", recorded_at=EVENING.isoformat()),
            patient_id=ana.id,
            now=EVENING,
            medicines=[refused],
        )
    assert [one.id for one in saved(ana).medicines] == [medicine.id]


def test_a_medicine_sent_again_is_one_medicine(ana: PatientRow) -> None:
    medicine = a_medicine("2026-03-03T15:00:00-05:00")
    save_medicines(phone_of(ana), [medicine], patient_id=ana.id, now=EVENING)
    save_medicines(phone_of(ana), [medicine], patient_id=ana.id, now=EVENING)
    with pytest.raises(Conflict):
        save_medicines(phone_of(ana), [replace(medicine, dose="800 mg")], patient_id=ana.id, now=EVENING)
    assert len(saved(ana).medicines) == 1


def test_a_medicine_of_the_future_is_refused(ana: PatientRow) -> None:
    with pytest.raises(InvalidValue, match="future"):
        save_medicines(phone_of(ana), [a_medicine("2026-03-03T20:00:00-05:00")], patient_id=ana.id, now=EVENING)


def test_each_save_leaves_one_line_in_the_audit_without_its_scores(ana: PatientRow) -> None:
    entry = today(note="it hurt on the stairs")
    save_entry(phone_of(ana), entry, patient_id=ana.id, now=EVENING)
    lines = db.session.query(AuditEvent).filter_by(action="entry.add").all()
    assert [(line.actor_id, line.patient_id, line.subject, line.details) for line in lines] == [
        ("device-1", ana.id, str(entry.id), {})
    ]


def test_saving_an_entry_or_a_correction_takes_six_queries_at_most(ana: PatientRow) -> None:
    entry = today()
    with count_queries() as sent:
        save_entry(phone_of(ana), entry, patient_id=ana.id, now=EVENING)
    assert 0 < len(sent) <= 6, sent
    with count_queries() as sent:
        save_entry(phone_of(ana), today(revises=entry.id), patient_id=ana.id, now=EVENING)
    assert len(sent) <= 6, sent


def test_days_are_told_in_the_patients_own_zone() -> None:
    late_in_tokyo = datetime.fromisoformat("2026-03-03T00:30:00+09:00")  # still 2 March in New York
    patient = a_patient(a_clinic(), "Hana Example", time_zone="Asia/Tokyo")
    entry = a_day("2026-03-03", recorded_at=late_in_tokyo.isoformat())
    assert save_entry(phone_of(patient), entry, patient_id=patient.id, now=late_in_tokyo).entry.day == date(2026, 3, 3)
