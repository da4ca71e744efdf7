"""GET /api/v1/diary and /api/v1/patients/<id>/diary: the diary file for whom it belongs to and for the care team."""

from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from diary.domain.access import Actor, Role
from diary.exchange.diary_file import read_diary_file, write_diary_file
from diary.services.exchange import import_file
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from diary.web.guard import identify_by
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_diary, a_patient
from tests.signing_in import a_user, sign_in

pytestmark = pytest.mark.usefixtures("app")

DAY = a_day("2026-03-03")


@pytest.fixture
def backend() -> str:
    """These are about addresses, not about databases."""
    return "sqlite"


@pytest.fixture
def ana() -> PatientRow:
    patient = a_patient(a_clinic())
    import_file(OPERATOR, patient.id, write_diary_file(a_diary(DAY)), now=NOON)
    return patient


def check_problem(answer: TestResponse, status: int) -> None:
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    problem = answer.get_json()
    assert set(problem) == {"title", "status", "detail"}
    assert problem["status"] == status


def exports_of(patient: PatientRow) -> int:
    db.session.rollback()
    of_patient = (AuditEvent.patient_id == patient.id, AuditEvent.action == "diary.export")
    return db.session.scalar(select(func.count()).select_from(AuditEvent).where(*of_patient)) or 0


def test_staff_with_access_get_the_whole_diary_and_it_is_audited(client: FlaskClient, ana: PatientRow) -> None:
    sign_in(client, a_user(db.session.get_one(Clinic, ana.clinic_id)))
    answer = client.get(f"/api/v1/patients/{ana.id}/diary")
    assert answer.content_type == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert [entry.id for entry in read_diary_file(answer.data).entries] == [DAY.id]
    assert exports_of(ana) == 1


def test_another_clinics_patient_and_one_who_is_not_there_look_the_same(client: FlaskClient, ana: PatientRow) -> None:
    sign_in(client, a_user(a_clinic("Hillside"), name="Diaz"))
    hers, nobodys = (client.get(f"/api/v1/patients/{patient_id}/diary") for patient_id in (ana.id, uuid4()))
    check_problem(hers, 404)
    assert hers.get_json() == nobodys.get_json()
    assert exports_of(ana) == 0


def test_an_admin_learns_nothing_and_a_stranger_is_asked_to_sign_in(client: FlaskClient, ana: PatientRow) -> None:
    for address in ("/api/v1/diary", f"/api/v1/patients/{ana.id}/diary"):
        check_problem(client.get(address), 401)
    sign_in(client, a_user(db.session.get_one(Clinic, ana.clinic_id), Role.ADMIN, name="Ada"))
    for address in ("/api/v1/diary", f"/api/v1/patients/{ana.id}/diary"):
        check_problem(client.get(address), 404)


def as_phone_of(app: Flask, patient: PatientRow, role: Role) -> None:
    """Every request from now on comes from a phone of this patient."""
    phone = Actor(role=role, id="phone", clinic_id=patient.clinic_id, patient_id=patient.id)
    identify_by(app, lambda: phone)


def test_the_patient_gets_their_own_diary_once_it_is_opened(app: Flask, client: FlaskClient, ana: PatientRow) -> None:
    as_phone_of(app, ana, Role.PATIENT)
    answer = client.get("/api/v1/diary")
    assert [entry.id for entry in read_diary_file(answer.data).entries] == [DAY.id]
    assert exports_of(ana) == 1
    check_problem(client.get(f"/api/v1/patients/{ana.id}/diary"), 404)


def test_a_phone_whose_diary_is_closed_reads_nothing(app: Flask, client: FlaskClient, ana: PatientRow) -> None:
    as_phone_of(app, ana, Role.DEVICE)
    check_problem(client.get("/api/v1/diary"), 404)
    assert exports_of(ana) == 0
