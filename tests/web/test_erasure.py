"""Stopping, asking to have the diary deleted, and what is left of it on the server then."""

from contextlib import AbstractContextManager
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import String, cast, func, or_, select
from sqlalchemy.orm import Session

from diary import clock
from diary.config import Settings
from diary.domain.access import Role
from diary.domain.diary import SteroidElsewhere
from diary.domain.errors import Conflict, NotAllowed, NotFound
from diary.services import erasure, findings
from diary.services.devices import Phone
from diary.services.judgement import judge_patient
from diary.store.base import db
from diary.store.clinics import find_clinic
from diary.store.diaries import add_steroids_elsewhere
from diary.store.erasures import KEPT, ErasureRequest, add_request
from diary.store.patients import PatientRow, find_patient
from diary.store.work import keeping_house, writing
from tests.factories import OPERATOR, a_clinic, a_day, a_diary, a_medicine, a_patient, an_injection, keep, staff_of
from tests.phones import bind_phone, look_by_code, open_diary_on, patient_on
from tests.signing_in import a_user, sign_in
from tests.web.pages import errors_of, post, submit

CANARY = "Canaryword"


@pytest.fixture
def ana(app: Flask) -> PatientRow:
    assert app.testing
    patient = a_patient(a_clinic(), f"Ana {CANARY}", telephone=CANARY, pain_named=CANARY)
    injection = an_injection(cause=CANARY)
    noted, changed = a_day("2026-03-03", note=CANARY), a_day("2026-03-04")
    corrected = a_day("2026-03-04", note=CANARY, revises=changed.id, recorded_at="2026-03-04T20:00:00-05:00")
    medicine = a_medicine("2026-03-03T09:00:00-05:00", name=CANARY)
    keep(patient, a_diary(injection, noted, changed, corrected, medicine))
    with writing(OPERATOR, now=clock.now()) as work:
        add_steroids_elsewhere(work, patient.owner, [SteroidElsewhere(on=noted.local_day, agent=CANARY)])
    return patient


@pytest.fixture
def phone(client: FlaskClient, ana: PatientRow) -> Phone:
    phone = bind_phone(client, ana)
    open_diary_on(phone)
    return phone


def ada_of(app: Flask, patient: PatientRow) -> FlaskClient:
    browser = app.test_client()
    clinic = find_clinic(db.session(), patient.clinic_id)
    assert clinic is not None
    sign_in(browser, a_user(clinic, Role.ADMIN, name="Ada"))
    return browser


def rows_that_tell_of(patient: PatientRow, *words: str) -> dict[str, int]:
    """In how many rows of which tables the patient's id or one of the words still stands."""
    told = {}
    for table in db.metadata.sorted_tables:
        marks = [
            cast(column, String).contains(mark)
            for column in table.c
            for mark in (patient.id.hex, str(patient.id), *words)
        ]
        if count := db.session.scalar(select(func.count()).select_from(table).where(or_(*marks))):
            told[table.name] = count
    db.session.remove()  # a reader would keep SQLite's log from being emptied
    return told


@pytest.mark.usefixtures("phone")
def test_stopping_asks_what_shall_happen_and_chooses_nothing_for_the_patient(client: FlaskClient) -> None:
    page = client.get("/me/settings/stop")
    assert "checked" not in page.text
    assert errors_of(submit(client, "/me/settings/stop")) == ["Choose what shall happen to what you wrote."]
    taps = ["Settings", "Stop my diary", "Ask my clinic to delete it.", "Go on"]
    assert taps[1] in client.get("/me/settings").text
    assert all(tap in page.text for tap in taps[2:])
    assert len(taps) == 4


def test_the_request_waits_is_seen_and_can_be_taken_back(client: FlaskClient, phone: Phone) -> None:
    assert client.get("/me/settings/delete").headers["Location"] == "/me/settings/stop"
    asked = submit(client, "/me/settings/stop", what="erase")
    assert asked.headers["Location"] == "/me/settings/delete"
    assert "You asked Riverside Pain Clinic to delete your diary: today, " in client.get("/me/settings/delete").text
    submit(client, "/me/settings/stop", what="erase")
    assert db.session.scalar(select(func.count()).select_from(ErasureRequest)) == 1
    assert client.get("/me/scores").status_code == 200
    post(client, "/me/settings/delete/take-back", on="/me/settings/delete")
    assert "You do not ask to have your diary deleted." in client.get("/me/settings/delete").text
    assert erasure.requests_of_clinic(staff_of(phone.clinic_id, Role.ADMIN), phone.clinic_id, now=clock.now()) == []


def test_an_admin_says_which_duty_forbids_it_and_the_patient_reads_that(
    app: Flask, client: FlaskClient, phone: Phone, ana: PatientRow
) -> None:
    id_ = erasure.ask_erasure(patient_on(phone), now=clock.now())
    ada = ada_of(app, ana)
    assert f"Ana {CANARY}" in ada.get("/admin/to-delete").text
    empty = submit(ada, f"/admin/to-delete/{id_}/refuse", reason="  ")
    assert errors_of(empty) == ["Say which law or duty makes you keep it. The patient reads this."]
    submit(ada, f"/admin/to-delete/{id_}/refuse", reason="Ten years, <b>by law</b>.")
    assert "Ten years, &lt;b&gt;by law&lt;/b&gt;." in client.get("/me/settings/delete").text
    assert "Nobody asks for that now." in ada.get("/admin/to-delete").text
    with pytest.raises(Conflict):
        erasure.erase(staff_of(ana.clinic_id, Role.ADMIN), id_, now=clock.now())
    assert find_patient(db.session(), ana.id) is not None


def test_deleting_leaves_ids_in_the_audit_and_nothing_else(
    app: Flask, client: FlaskClient, phone: Phone, ana: PatientRow, settings: Settings
) -> None:
    look_by_code(app.test_client(), phone, name=CANARY)
    judge_patient(staff_of(ana.clinic_id, Role.DOCTOR), ana.id, now=clock.now())
    id_ = erasure.ask_erasure(patient_on(phone), now=clock.now())
    before = rows_that_tell_of(ana, CANARY)
    assert {"entries", "injections", "medicines", "patients", "steroids_elsewhere", "consents", "guests"} <= set(before)
    ada = ada_of(app, ana)
    db.session.remove()
    assert "Delete for good" in ada.get(f"/admin/to-delete/{id_}").text
    done = submit(ada, f"/admin/to-delete/{id_}")
    assert done.headers["Location"] == "/admin/to-delete"
    assert set(rows_that_tell_of(ana, CANARY)) == KEPT
    assert client.get("/me/settings").headers["Location"] == "/join"
    with pytest.raises(NotFound):
        judge_patient(staff_of(ana.clinic_id, Role.DOCTOR), ana.id, now=clock.now())
    for file in _files_of(settings):
        assert CANARY.encode() not in file.read_bytes(), file.name


def _files_of(settings: Settings) -> list[Path]:
    if not settings.database_url.startswith("sqlite"):
        return []
    db.session.remove()
    return sorted(settings.instance.glob("diary.sqlite3*"))


def test_who_is_deleted_while_the_list_is_judged_does_not_come_back_in_it(
    phone: Phone, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = erasure.ask_erasure(patient_on(phone), now=clock.now())
    clinic_id, deleted, ada = ana.clinic_id, PatientRow(id=ana.id), staff_of(ana.clinic_id, Role.ADMIN)

    def deleted_before_it_is_kept() -> AbstractContextManager[Session]:
        erasure.erase(ada, id_, now=clock.now())
        return keeping_house()

    monkeypatch.setattr(findings, "keeping_house", deleted_before_it_is_kept)
    findings.refresh_findings(clinic_id, now=clock.now())
    assert set(rows_that_tell_of(deleted)) == KEPT


def test_two_requests_that_were_sent_at_once_are_answered_together(app: Flask, phone: Phone, ana: PatientRow) -> None:
    id_, ada = erasure.ask_erasure(patient_on(phone), now=clock.now()), ada_of(app, ana)
    with writing(patient_on(phone), now=clock.now()) as work:
        other = ErasureRequest(id=uuid4(), clinic_id=ana.clinic_id, patient_id=ana.id, asked_at=clock.now())
        add_request(work, other)
    erasure.erase(staff_of(ana.clinic_id, Role.ADMIN), id_, now=clock.now())
    page = ada.get("/admin/to-delete")
    assert page.status_code == 200
    assert "Nobody asks for that now." in page.text


def test_other_patients_keep_everything(phone: Phone, ana: PatientRow) -> None:
    clinic = find_clinic(db.session(), ana.clinic_id)
    assert clinic is not None
    ben = a_patient(clinic, "Ben Osei")
    keep(ben, a_diary(an_injection(), a_day("2026-03-03")))
    before = rows_that_tell_of(ben)
    erasure.erase(
        staff_of(ana.clinic_id, Role.ADMIN), erasure.ask_erasure(patient_on(phone), now=clock.now()), now=clock.now()
    )
    assert rows_that_tell_of(ben) == before


@pytest.mark.parametrize("role", [Role.DOCTOR, Role.NURSE, Role.PATIENT])
def test_nobody_but_an_admin_of_the_clinic_answers(phone: Phone, ana: PatientRow, role: Role) -> None:
    id_ = erasure.ask_erasure(patient_on(phone), now=clock.now())
    with pytest.raises(NotAllowed):
        erasure.erase(staff_of(ana.clinic_id, role), id_, now=clock.now())
    with pytest.raises(NotFound):
        erasure.erase(staff_of(a_clinic("Hillside Clinic").id, Role.ADMIN), id_, now=clock.now())
    assert find_patient(db.session(), ana.id) is not None
