"""Patients: added, changed, told apart, each with its audit and only by those who may."""

from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from diary.domain.access import Actor, Role
from diary.domain.diary import Condition, Side
from diary.domain.errors import InvalidValue, NotAllowed, NotFound
from diary.domain.pain import HardThings, NamedPain, Spot
from diary.domain.patients import NextVisit
from diary.services.patients import (
    add_patient,
    change_patient,
    hard_things_of,
    identity_of,
    likely_duplicates,
    name_conditions,
    name_hard_things,
    name_pain,
    pain_of,
    plan_visit,
)
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from tests.factories import NOON, a_clinic, a_patient, staff_of

BORN = date(1960, 4, 9)


@pytest.fixture
def clinic(app: Flask) -> Clinic:
    assert app.testing
    return a_clinic()


def noor(clinic: Clinic) -> Actor:
    return staff_of(clinic.id, Role.NURSE)


def actions_on(patient_id: UUID) -> list[str]:
    events = db.session().scalars(select(AuditEvent).where(AuditEvent.patient_id == patient_id))
    return sorted(event.action for event in events)


def test_a_patient_is_added_with_what_is_known_and_an_audit_row(clinic: Clinic) -> None:
    id_ = add_patient(
        noor(clinic),
        clinic_id=clinic.id,
        name="Ana Cruz",
        born=BORN,
        time_zone="America/New_York",
        now=NOON,
        number="C-1042",
        telephone="+1 212 555 0101",
        pain_named="low on the right, over the buttock",
        pain_side=Side.RIGHT,
        conditions=[Condition.DIABETES],
    )
    ana = identity_of(noor(clinic), id_, now=NOON)
    assert (ana.name, ana.born, ana.number, ana.telephone) == ("Ana Cruz", BORN, "C-1042", "+1 212 555 0101")
    assert pain_of(ana) == NamedPain(words="low on the right, over the buttock", side=Side.RIGHT)
    assert ana.conditions == ["diabetes"]
    assert actions_on(id_) == ["patient.add", "patient.read"]


def test_an_admin_adds_a_patient_but_says_nothing_about_their_health(clinic: Clinic) -> None:
    ada = staff_of(clinic.id, Role.ADMIN)
    who = {"clinic_id": clinic.id, "name": "Ana Cruz", "born": BORN, "time_zone": "America/New_York", "now": NOON}
    id_ = add_patient(ada, **who)  # type: ignore[arg-type]  # one set of words for both calls
    with pytest.raises(NotAllowed):
        add_patient(ada, **who, pain_named="low on the right")  # type: ignore[arg-type]  # see above
    with pytest.raises(NotAllowed):
        name_pain(ada, id_, NamedPain(words="low on the right"), now=NOON)
    with pytest.raises(NotAllowed):
        name_conditions(ada, id_, [Condition.DIABETES], now=NOON)


def test_another_clinics_doctor_finds_no_such_patient(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    diaz = staff_of(a_clinic("Hillside Clinic").id, Role.DOCTOR)
    with pytest.raises(NotFound):
        identity_of(diaz, ana.id, now=NOON)
    with pytest.raises(NotFound):
        change_patient(diaz, ana.id, name="Ana", born=BORN, time_zone="America/New_York", now=NOON)
    with pytest.raises(NotFound):
        plan_visit(diaz, ana.id, None, now=NOON)
    with pytest.raises(NotFound):
        name_pain(diaz, ana.id, NamedPain(), now=NOON)
    with pytest.raises(NotFound):
        add_patient(diaz, clinic_id=clinic.id, name="Ana", born=BORN, time_zone="America/New_York", now=NOON)
    with pytest.raises(NotFound):
        identity_of(diaz, uuid4(), now=NOON)


@pytest.mark.parametrize(
    ("name", "born", "number"),
    [
        ("ana cruz", BORN, None),
        ("Cruz Ana", BORN, None),
        ("Ana Crux", date(1960, 9, 4), None),
        ("Ana Cruz", date(1961, 4, 9), None),
        ("Somebody Else", date(1990, 1, 1), "C-1042"),
    ],
)
def test_a_likely_duplicate_is_found(clinic: Clinic, name: str, born: date, number: str | None) -> None:
    id_ = add_patient(
        noor(clinic),
        clinic_id=clinic.id,
        name="Ana Cruz",
        born=BORN,
        time_zone="America/New_York",
        now=NOON,
        number="C-1042",
    )
    found = likely_duplicates(noor(clinic), clinic_id=clinic.id, name=name, born=born, now=NOON, number=number)
    assert [patient.id for patient in found] == [id_]


def test_neither_somebody_else_nor_another_clinics_patient_is_a_duplicate(clinic: Clinic) -> None:
    a_patient(clinic, "Ben Okafor")
    a_patient(a_clinic("Hillside Clinic"), "Ana Cruz")
    assert likely_duplicates(noor(clinic), clinic_id=clinic.id, name="Ana Cruz", born=BORN, now=NOON) == []


def test_a_change_names_its_fields_in_the_audit_and_never_what_stands_in_them(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    change_patient(
        noor(clinic), ana.id, name="Ana Cruz Diaz", born=BORN, time_zone="America/New_York", now=NOON, number="7"
    )
    event = db.session().scalars(select(AuditEvent).where(AuditEvent.action == "patient.change")).one()
    assert event.details == {"fields": ["name", "number"]}
    assert "Cruz" not in str(event.details)


def test_saving_without_a_change_writes_nothing(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    change_patient(noor(clinic), ana.id, name="Ana Cruz", born=BORN, time_zone="America/New_York", now=NOON)
    assert actions_on(ana.id) == ["patient.add"]


def test_the_next_visit_keeps_its_offset_and_can_be_taken_back(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    at = datetime.fromisoformat("2026-04-01T14:30:00-04:00")
    plan_visit(noor(clinic), ana.id, NextVisit(at=at, doctor="Dr Chen"), now=NOON)
    planned = identity_of(noor(clinic), ana.id, now=NOON)
    assert planned.next_visit is not None
    assert planned.next_visit.isoformat() == "2026-04-01T14:30:00-04:00"
    assert planned.next_visit_with == "Dr Chen"
    plan_visit(noor(clinic), ana.id, None, now=NOON)
    assert identity_of(noor(clinic), ana.id, now=NOON).next_visit is None


def test_the_patients_phone_names_the_pain_and_what_it_makes_hard(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    phone = Actor(role=Role.DEVICE, id="phone", clinic_id=clinic.id, patient_id=ana.id)
    name_pain(phone, ana.id, NamedPain(words="over the right buttock", spot=Spot.RIGHT_JOINT), now=NOON)
    hard = HardThings(movement="getting out of a car", activities=("stairs", "tying shoes"))
    name_hard_things(phone, ana.id, hard, now=NOON)
    seen = identity_of(noor(clinic), ana.id, now=NOON)
    assert pain_of(seen) == NamedPain(words="over the right buttock", spot=Spot.RIGHT_JOINT)
    assert hard_things_of(seen) == hard
    assert actions_on(ana.id) == ["patient.add", "patient.name-activities", "patient.name-pain", "patient.read"]


def test_bens_phone_cannot_name_anas_pain(clinic: Clinic) -> None:
    ana, ben = a_patient(clinic), a_patient(clinic, "Ben Okafor")
    phone = Actor(role=Role.DEVICE, id="phone", clinic_id=clinic.id, patient_id=ben.id)
    with pytest.raises(NotFound):
        name_pain(phone, ana.id, NamedPain(words="mine"), now=NOON)
    with pytest.raises(NotAllowed):
        identity_of(phone, ben.id, now=NOON)


def test_an_unknown_time_zone_is_refused_by_name(clinic: Clinic) -> None:
    with pytest.raises(InvalidValue) as refused:
        add_patient(noor(clinic), clinic_id=clinic.id, name="Ana", born=BORN, time_zone="Nowhere/Land", now=NOON)
    assert refused.value.place == "time_zone"
