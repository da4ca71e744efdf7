"""GET /api/v1/patients/<id>/assessment: the judgement, as the command prints it, for the care team."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from diary.cli import main
from diary.domain.access import Actor, Role
from diary.domain.form import read_diary
from diary.domain.rulesets import shipped_names
from diary.exchange.diary_file import write_diary_file
from diary.services.exchange import import_file
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from diary.web.guard import identify_by
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_diary, a_patient, an_injection, staff_of
from tests.signing_in import a_user, sign_in

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("[0-9]*.json"))


@pytest.fixture
def backend() -> str:
    """These are about an address, not about databases."""
    return "sqlite"


@pytest.fixture
def clinic(app: Flask) -> Clinic:  # noqa: ARG001 — gives the database
    return a_clinic()


@pytest.fixture
def ana(clinic: Clinic) -> PatientRow:
    patient = a_patient(clinic)
    diary = a_diary(an_injection(), *(a_day(f"2026-03-{number:02}") for number in range(3, 20)))
    import_file(OPERATOR, patient.id, write_diary_file(diary), now=NOON)
    return patient


@pytest.fixture
def chen(client: FlaskClient, clinic: Clinic) -> FlaskClient:
    sign_in(client, a_user(clinic))
    return client


def assert_is_problem(answer: TestResponse, status: int, words: str = "") -> None:
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert set(answer.get_json()) == {"title", "status", "detail"}
    assert words in answer.get_json()["detail"]


def printed(file: Path, rules: str, as_of: str, capsys: pytest.CaptureFixture[str]) -> Any:
    main(["assess", str(file), "--rules", rules, "--as-of", as_of, "--json"])
    return json.loads(capsys.readouterr().out)


def test_each_worked_case_is_judged_as_the_command_judges_its_exported_file(
    app: Flask, client: FlaskClient, clinic: Clinic, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doctor = staff_of(clinic.id, Role.DOCTOR)
    identify_by(app, lambda: doctor)
    for example in EXAMPLES:
        case = json.loads(example.read_text(encoding="utf-8"))
        diary = read_diary(case["diary"])
        patient = a_patient(clinic, time_zone=diary.patient.time_zone)
        import_file(OPERATOR, patient.id, write_diary_file(diary), now=NOON)
        exported = tmp_path / example.name
        exported.write_bytes(client.get(f"/api/v1/patients/{patient.id}/diary").data)
        for rules in case["expected"]:
            answer = client.get(f"/api/v1/patients/{patient.id}/assessment?rules={rules}&as_of={case['as_of']}")
            assert answer.content_type == "application/json"
            assert answer.get_json() == printed(exported, rules, case["as_of"], capsys), (example.name, rules)


def test_without_a_choice_it_is_the_clinics_rules_and_today(chen: FlaskClient, ana: PatientRow) -> None:
    said = chen.get(f"/api/v1/patients/{ana.id}/assessment").get_json()
    assert said["rules"]["name"] == "us-medicare-sij"
    named = chen.get(f"/api/v1/patients/{ana.id}/assessment?rules=us-medicare-sij&as_of={said['as_of']}").get_json()
    assert named == said


def test_what_is_wrong_is_said_in_words(chen: FlaskClient, ana: PatientRow) -> None:
    address = f"/api/v1/patients/{ana.id}/assessment"
    for rules in ("none-such", "", "../norfolk-icb"):
        assert_is_problem(chen.get(f"{address}?rules={rules}"), 422, ", ".join(shipped_names()))
    for day in ("yesterday", "", "2026-02-30", "20260302", "2026-03-02T10:00:00Z"):
        assert_is_problem(chen.get(f"{address}?as_of={day}"), 422, "as_of")
    for day in ("0001-01-01", "9999-12-31"):
        assert_is_problem(chen.get(f"{address}?as_of={day}"), 422, "is not between 1850 and 2200")
    for day in ("1850-01-01", "2200-12-31"):
        assert chen.get(f"{address}?as_of={day}").status_code == 200


def test_only_the_care_team_of_the_clinic_gets_it(app: Flask, client: FlaskClient, ana: PatientRow) -> None:
    address = f"/api/v1/patients/{ana.id}/assessment"
    assert_is_problem(client.get(address), 401)
    people = [staff_of(a_clinic("Other").id, Role.DOCTOR), staff_of(ana.clinic_id, Role.ADMIN)]
    people += [
        Actor(role=role, id="phone", clinic_id=ana.clinic_id, patient_id=ana.id) for role in (Role.PATIENT, Role.DEVICE)
    ]
    for actor in people:
        app.extensions["identify"] = [lambda who=actor: who]
        assert_is_problem(client.get(address), 404)
    app.extensions["identify"] = [lambda: staff_of(ana.clinic_id, Role.NURSE)]
    assert client.get(address).status_code == 200
    assert_is_problem(client.get(f"/api/v1/patients/{uuid4()}/assessment"), 404)


def test_each_reading_leaves_an_audit_row(chen: FlaskClient, ana: PatientRow) -> None:
    for _ in range(2):
        chen.get(f"/api/v1/patients/{ana.id}/assessment?rules=norfolk-icb")
    db.session.rollback()
    of_ana = (AuditEvent.patient_id == ana.id, AuditEvent.action == "diary.read")
    assert db.session.scalar(select(func.count()).select_from(AuditEvent).where(*of_ana)) == 2
