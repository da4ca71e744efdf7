"""A patient's phone, for tests: bound by a real enrolment, as the pages of joining leave it."""

from datetime import datetime

from flask import current_app
from flask.testing import FlaskClient

from diary import clock
from diary.domain.access import Actor, Role
from diary.services.devices import Phone, choose_pin, see_phone
from diary.services.enrolment import agree, confirm_year, show_code, shown_code
from diary.services.shares import share_diary, sharing_of
from diary.store.patients import PatientRow
from diary.web.devices import cookie_name
from tests.factories import staff_of
from tests.web.pages import submit, token_in

PIN = "280517"


def code_for(patient: PatientRow, *, now: datetime | None = None) -> str:
    """A code that the patient's clinic shows."""
    noor, at, key = staff_of(patient.clinic_id, Role.NURSE), now or clock.now(), str(current_app.secret_key)
    id_ = show_code(noor, patient.id, key=key, now=at)
    return shown_code(noor, patient.id, id_, key=key, now=at).code or ""


def bind_phone(client: FlaskClient, patient: PatientRow) -> Phone:
    """Make the client the patient's phone, without a PIN."""
    now = clock.now()
    born = patient.born
    year = born.year if born else None
    confirmed = confirm_year(code_for(patient, now=now), year, key=str(current_app.secret_key), now=now)
    token = agree(confirmed, helper=False, kind="iPhone", language=patient.language or "en", now=now)
    client.set_cookie(cookie_name(), token)
    phone = see_phone(token, now=now)
    assert phone is not None
    return phone


def open_diary_on(phone: Phone) -> None:
    """Choose `PIN`, which opens the diary for a quarter of an hour."""
    choose_pin(phone.actor, PIN, now=clock.now())


def patient_on(phone: Phone) -> Actor:
    """The patient with the diary opened on this phone."""
    return Actor(role=Role.PATIENT, id=str(phone.id), clinic_id=phone.clinic_id, patient_id=phone.patient_id)


def shared_code(phone: Phone, *, now: datetime | None = None) -> str:
    """A code that the patient shows another doctor."""
    seen, at, key = patient_on(phone), now or clock.now(), str(current_app.secret_key)
    share_diary(seen, key=key, now=at)
    return sharing_of(seen, key=key, now=at).code or ""


def look_by_code(client: FlaskClient, phone: Phone, *, name: str = "Dr Cole") -> str:
    """Make the client a guest of the phone's patient, and answer its CSRF token."""
    answer = submit(client, "/share", code=shared_code(phone), name=name)
    assert answer.headers["Location"] == "/share/diary", answer.text
    return token_in(client.get("/share/diary"))
