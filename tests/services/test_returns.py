"""That a patient has read of the end of relief: kept once, by the patient alone."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from diary.domain.access import Actor, Role
from diary.domain.diary import Purpose, Scores, Steroid
from diary.domain.errors import NotAllowed, NotFound
from diary.services.returns import note_return_read, return_to_read
from diary.store.base import db
from diary.store.diaries import add_entries, add_injections
from diary.store.patients import PatientRow
from diary.store.returns import ReturnRead
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_patient, an_injection

ZERO = date(2026, 3, 2)
DAY_60 = datetime.fromisoformat("2026-05-01T12:00:00-04:00")
STEROID = an_injection(
    purpose=Purpose.THERAPEUTIC, steroid=Steroid(agent="triamcinolone", mg=40), baseline=Scores(average=8)
)


@pytest.fixture
def ana(app: Flask) -> PatientRow:  # noqa: ARG001 — gives the database
    """Ana, whose relief ended on day 41."""
    patient = a_patient(a_clinic())
    days = [
        a_day((ZERO + timedelta(days=number)).isoformat(), scores=Scores(average=2 if number <= 40 else 7))
        for number in range(3, 60)
    ]
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, patient.owner, [STEROID])
        add_entries(work, patient.owner, days)
    return patient


def opened(patient: PatientRow, role: Role = Role.PATIENT) -> Actor:
    return Actor(role=role, id="phone", clinic_id=patient.clinic_id, patient_id=patient.id)


def count_reads() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(ReturnRead)) or 0


def test_it_is_told_until_it_was_read_and_kept_once(ana: PatientRow) -> None:
    returned = return_to_read(opened(ana), now=DAY_60)
    assert returned is not None
    assert (returned.since, returned.injection_id) == (date(2026, 4, 12), STEROID.id)
    for _ in range(2):
        note_return_read(opened(ana), STEROID.id, now=DAY_60)
    assert count_reads() == 1
    assert return_to_read(opened(ana), now=DAY_60) is None
    assert return_to_read(opened(ana, Role.DEVICE), now=DAY_60 + timedelta(days=30)) is None


def test_nobody_else_can_say_that_it_was_read(ana: PatientRow) -> None:
    ben = a_patient(a_clinic("Hillside"), "Ben Ode")
    with pytest.raises(NotAllowed):
        note_return_read(opened(ana, Role.DEVICE), STEROID.id, now=DAY_60)
    for injection_id in (STEROID.id, uuid4()):
        with pytest.raises(NotFound):
            note_return_read(opened(ben), injection_id, now=DAY_60)
    assert count_reads() == 0
