"""The patient's page of who looked into the diary: names, times, pages, and those who came by a code."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diary import clock
from diary.domain.access import Actor, Role
from diary.services.help_uses import help_uses_of
from diary.services.staff import remove_person
from diary.store.base import db
from diary.store.clinics import find_clinic
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import OPERATOR, a_clinic, a_patient
from tests.phones import bind_phone, look_by_code, open_diary_on
from tests.signing_in import a_user


@pytest.fixture
def ana(app: Flask) -> PatientRow:
    assert app.testing
    return a_patient(a_clinic())


@pytest.fixture
def opened(client: FlaskClient, ana: PatientRow) -> FlaskClient:
    open_diary_on(bind_phone(client, ana))
    return client


def chen_of(patient: PatientRow, *, name: str = "Dr Chen", role: Role = Role.DOCTOR) -> Actor:
    clinic = find_clinic(db.session(), patient.clinic_id)
    assert clinic is not None
    return a_user(clinic, role, name=name, email=f"{role}@example.org").as_actor()


def did(actor: Actor, action: str, patient: PatientRow, *, at: datetime) -> None:
    with writing(actor, now=at) as work:
        work.audit(action, owner=patient.owner)


def looks_on(client: FlaskClient, page: int = 1) -> list[str]:
    text = client.get(f"/me/settings/who?page={page}").text
    listed = re.search(r'class="looks".*?</ul>', text, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", listed[0], re.DOTALL) if listed else []
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in lines]


def test_each_look_bears_name_role_and_time_the_newest_first(opened: FlaskClient, ana: PatientRow) -> None:
    chen, noor = chen_of(ana), chen_of(ana, name="Noor Haddad", role=Role.NURSE)
    did(chen, "diary.read", ana, at=datetime.fromisoformat("2026-08-06T19:05:00-04:00"))
    did(noor, "diary.export", ana, at=datetime.fromisoformat("2026-08-07T09:00:00-04:00"))
    did(OPERATOR, "diary.read", ana, at=datetime.fromisoformat("2026-08-05T12:00:00-04:00"))
    assert looks_on(opened) == [
        "Noor Haddad, nurse took a copy Friday 7 August 2026, 9am",
        "Dr Chen, doctor looked Thursday 6 August 2026, 7.05pm",
        "Somebody, runs the server looked Wednesday 5 August 2026, midday",
    ]


def test_a_page_with_its_picture_and_report_is_one_look(opened: FlaskClient, ana: PatientRow) -> None:
    chen, at = chen_of(ana), datetime.fromisoformat("2026-08-06T19:05:00-04:00")
    for second, action in enumerate(("diary.read", "diary.read", "report.print")):
        did(chen, action, ana, at=at + timedelta(seconds=second))
    did(chen, "diary.read", ana, at=at + timedelta(hours=1))
    assert looks_on(opened) == [
        "Dr Chen, doctor looked Thursday 6 August 2026, 8.05pm",
        "Dr Chen, doctor made a report Thursday 6 August 2026, 7.05pm",
    ]


def test_the_patients_own_looks_and_what_staff_did_besides_are_not_listed(opened: FlaskClient, ana: PatientRow) -> None:
    chen = chen_of(ana)
    did(chen, "patient.change", ana, at=clock.now())
    did(chen, "enrolment.show-code", ana, at=clock.now())
    patient = Actor(role=Role.PATIENT, id="1", clinic_id=ana.clinic_id, patient_id=ana.id)
    did(patient, "diary.export", ana, at=clock.now())
    assert looks_on(opened) == []
    assert "Nobody has opened it yet." in opened.get("/me/settings/who").text


def test_reading_one_entry_and_what_was_answered_to_the_help_page_are_looks(
    opened: FlaskClient, ana: PatientRow
) -> None:
    noor, at = chen_of(ana, name="Noor", role=Role.NURSE), datetime.fromisoformat("2026-08-06T19:05:00-04:00")
    help_uses_of(noor, ana.id, now=at)
    did(noor, "entry.read", ana, at=at + timedelta(hours=1))
    assert looks_on(opened) == [
        "Noor, nurse looked Thursday 6 August 2026, 8.05pm",
        "Noor, nurse looked Thursday 6 August 2026, 7.05pm",
    ]


def test_who_came_by_a_code_is_named_as_they_typed(app: Flask, opened: FlaskClient, ana: PatientRow) -> None:
    other = app.test_client()
    phone = bind_phone(app.test_client(), ana)
    look_by_code(other, phone, name="Dr <b>Cole</b>")
    (line,) = looks_on(opened)
    assert line.startswith("Dr <b>Cole</b>, with your code looked today, ")
    assert "<b>Cole" not in opened.get("/me/settings/who").text


def test_who_left_the_clinic_keeps_the_name(opened: FlaskClient, ana: PatientRow) -> None:
    chen = chen_of(ana)
    did(chen, "diary.read", ana, at=datetime.fromisoformat("2026-08-06T19:05:00-04:00"))
    remove_person(chen_of(ana, name="Ada", role=Role.ADMIN), int(chen.id), now=clock.now())
    assert looks_on(opened) == ["Dr Chen, doctor looked Thursday 6 August 2026, 7.05pm"]


def test_fifty_stand_on_a_page_and_the_rest_on_the_next(opened: FlaskClient, ana: PatientRow) -> None:
    chen, first = chen_of(ana), datetime.fromisoformat("2026-08-06T10:00:00-04:00")
    with writing(chen, now=first) as work:
        for hour in range(51):
            later = type(work)(work.session, chen, first + timedelta(hours=hour))
            later.audit("diary.read", owner=ana.owner)
    assert len(looks_on(opened)) == 50
    assert len(looks_on(opened, 2)) == 1
    assert "Older" in opened.get("/me/settings/who").text
    assert "Newer" in opened.get("/me/settings/who?page=2").text
    assert looks_on(opened, 3) == []
    assert opened.get("/me/settings/who?page=-9&x").status_code == 200


def test_nobody_reads_it_without_the_pin(client: FlaskClient, ana: PatientRow) -> None:
    bind_phone(client, ana)
    assert client.get("/me/settings/who").status_code == 302


def test_another_patient_does_not_see_it(app: Flask, ana: PatientRow) -> None:
    did(chen_of(ana), "diary.read", ana, at=clock.now())
    ben = app.test_client()
    clinic = find_clinic(db.session(), ana.clinic_id)
    assert clinic is not None
    open_diary_on(bind_phone(ben, a_patient(clinic, "Ben Osei")))
    assert looks_on(ben) == []
