"""A bound phone's own pages, and the clinic's pages about patients and their phones."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary.domain.access import Role
from diary.services.patients import hard_things_of, pain_of
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import find_clinic
from diary.store.devices import DeviceRow
from diary.store.patients import PatientRow, find_patient
from tests.factories import a_clinic, a_patient
from tests.phones import PIN, bind_phone
from tests.signing_in import a_user, sign_in
from tests.web.pages import errors_of, post, submit, token_in


@pytest.fixture
def ana(app: Flask) -> PatientRow:
    assert app.testing
    return a_patient(a_clinic())


@pytest.fixture
def phone(client: FlaskClient, ana: PatientRow) -> FlaskClient:
    """Ana's phone, bound a moment ago and without a PIN."""
    bind_phone(client, ana)
    return client


@pytest.fixture
def noor(app: Flask, ana: PatientRow) -> FlaskClient:
    return signed_in(app, ana, Role.NURSE)


def signed_in(app: Flask, patient: PatientRow, role: Role) -> FlaskClient:
    client = app.test_client()
    clinic = find_clinic(db.session(), patient.clinic_id)
    assert clinic is not None
    sign_in(client, a_user(clinic, role, name=role.value.title()))
    return client


def choose_pin(phone: FlaskClient) -> None:
    assert submit(phone, "/me/pin", pin=PIN, again=PIN).status_code == 302


def stored(patient: PatientRow) -> PatientRow:
    """The record as it stands after what was sent."""
    db.session.remove()
    record = find_patient(db.session(), patient.id)
    assert record is not None
    return record


def how_many_patients() -> int:
    db.session.remove()
    return len(db.session().scalars(select(PatientRow.id)).all())


# --- the phone -------------------------------------------------------------------------------------------------------


def test_reading_asks_for_a_pin_and_then_goes_where_one_wanted_to_go(phone: FlaskClient) -> None:
    refused = phone.get("/me/settings/phones")
    assert refused.headers["Location"] == "/me/pin?next=%2Fme%2Fsettings%2Fphones"
    page = submit(phone, refused.headers["Location"], pin=PIN, again=PIN, next="/me/settings/phones")
    assert page.headers["Location"] == "/me/settings/phones"
    assert "This phone." in phone.get("/me/settings/phones").text
    post(phone, "/me/close", on="/me/settings")
    assert phone.get("/me/settings/phones").headers["Location"].startswith("/me/open?")
    opened = submit(phone, "/me/open?next=/me/settings/phones", pin=PIN, next="/me/settings/phones")
    assert opened.headers["Location"] == "/me/settings/phones"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/me/\\evil", "/clinic/patients", "/me/..//evil"]
)
def test_a_pin_leads_nowhere_else(phone: FlaskClient, elsewhere: str) -> None:
    page = submit(phone, "/me/pin", pin=PIN, again=PIN, next=elsewhere)
    assert page.headers["Location"] == "/me/"


def test_five_wrong_pins_lock_it_and_the_page_says_what_to_do(phone: FlaskClient) -> None:
    choose_pin(phone)
    post(phone, "/me/close", on="/me/settings")
    for left in ("4 tries", "3 tries", "2 tries", "1 try"):
        assert errors_of(submit(phone, "/me/open", pin="111112")) == [f"That PIN does not match. You have {left} left."]
    locked = submit(phone, "/me/open", pin="111112")
    assert locked.status_code == 403
    assert "ask your clinic for a new code" in locked.text
    assert "Your PIN is locked" in phone.get("/me/open").text
    assert phone.get("/me/settings/phones").status_code == 302


def test_a_pin_with_a_slip_is_refused_and_not_shown_again(phone: FlaskClient) -> None:
    page = submit(phone, "/me/pin", pin=PIN, again="280518")
    assert errors_of(page) == ["The two PINs are not the same. Enter the same PIN twice."]
    assert PIN not in page.text


def test_a_stranger_is_sent_to_the_code(client: FlaskClient, ana: PatientRow) -> None:
    assert ana.name == "Ana Cruz"
    for page in ("/me/settings", "/me/settings/phones", "/me/pin", "/me/questions/1", "/me/settings/stop"):
        assert client.get(page).headers["Location"] == "/join"


def test_three_questions_come_after_the_first_score_and_each_can_be_left_out(
    phone: FlaskClient, ana: PatientRow
) -> None:
    assert phone.get("/me/start").headers["Location"] == "/me/questions/1"
    assert "Question 1 of 4" in phone.get("/me/questions/1").text
    assert "checked" not in phone.get("/me/questions/1").text
    said = submit(phone, "/me/questions/1", words="low on the right", side="right", spot="right-joint")
    assert said.headers["Location"] == "/me/questions/2"
    assert submit(phone, "/me/questions/2", skip="yes", movement="unsaid").headers["Location"] == "/me/questions/3"
    named = ["stairs", "", "", "putting on socks", ""]
    activities = {f"activities-{index}": activity for index, activity in enumerate(named)}
    assert submit(phone, "/me/questions/3", **activities).headers["Location"] == "/me/questions/4"
    assert submit(phone, "/me/questions/4", skip="yes").headers["Location"] == "/me/start"
    assert phone.get("/me/start").headers["Location"] == "/me/pin"
    record = stored(ana)
    assert pain_of(record).words == "low on the right"
    assert hard_things_of(record).activities == ("stairs", "putting on socks")
    assert hard_things_of(record).movement is None


def test_a_contradiction_is_said_in_words(phone: FlaskClient) -> None:
    page = submit(phone, "/me/questions/1", side="left", spot="right-joint")
    assert page.status_code == 422
    assert errors_of(page) == ["The spot is on the other side. Choose the side and the spot again."]
    page = submit(phone, "/me/questions/3", **{"activities-0": "stairs", "activities-1": "Stairs"})
    assert errors_of(page) == ["You named one activity twice. Name each once."]


def test_removing_the_phone_leaves_nothing_on_it(phone: FlaskClient) -> None:
    row = db.session().scalars(select(DeviceRow)).one()
    gone = post(phone, f"/me/settings/phones/{row.id}/remove", on="/me/settings/remove")
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert phone.get_cookie("diary_phone") is None
    assert phone.get("/me/settings").headers["Location"] == "/join"


def test_stopping_asks_for_the_pin_and_ends_every_phone(phone: FlaskClient, ana: PatientRow) -> None:
    assert phone.get("/me/settings/stop").status_code == 302
    choose_pin(phone)
    assert "Your diary has stopped" in submit(phone, "/me/settings/stop", what="keep").text
    assert phone.get("/me/settings").headers["Location"] == "/join"
    record = stored(ana)
    assert record.stopped_at is not None


# --- the clinic ------------------------------------------------------------------------------------------------------


def test_a_patient_is_added_and_the_phone_enrolled(noor: FlaskClient) -> None:
    added = submit(noor, "/clinic/patients/new", name="Ben Okafor", born="1971-02-03", time_zone="America/New_York")
    phones = added.headers["Location"]
    code = post(noor, f"{phones}/code", on=phones).headers["Location"]
    page = noor.get(code)
    assert re.search(r'class="code-letters">[A-Z]{4} [A-Z]{4}<', page.text)
    assert "<svg" in page.text
    assert "http" not in re.sub(r"http://(www\.w3\.org/2000/svg|127\.0\.0\.1:8000/join)", "", page.text)


def test_a_likely_duplicate_is_shown_before_a_second_record_is_made(noor: FlaskClient, ana: PatientRow) -> None:
    fields = {"name": "ana cruz", "born": "1960-04-09", "time_zone": "America/New_York", "number": "", "telephone": ""}
    page = submit(noor, "/clinic/patients/new", **fields)
    assert "Is it one of these?" in page.text
    assert str(ana.id) in page.text
    assert how_many_patients() == 1
    noor.post("/clinic/patients/new", data={**fields, "csrf_token": token_in(page), "anyway": "yes"})
    assert how_many_patients() == 2


def test_a_wrong_form_keeps_what_was_typed(noor: FlaskClient) -> None:
    page = submit(noor, "/clinic/patients/new", name="Ben Okafor", born="", time_zone="Nowhere/Land")
    assert page.status_code == 422
    assert errors_of(page) == ["Enter the birth date as day, month and year."]
    assert 'value="Ben Okafor"' in page.text
    page = submit(noor, "/clinic/patients/new", name="Ben Okafor", born="1971-02-03", time_zone="Nowhere/Land")
    assert errors_of(page) == ["Choose a time zone, such as America/Chicago."]


def test_the_clinic_ends_a_phone_and_its_next_request_is_refused(
    phone: FlaskClient, noor: FlaskClient, ana: PatientRow
) -> None:
    row = db.session().scalars(select(DeviceRow)).one()
    phones = f"/clinic/patients/{ana.id}/phones"
    assert "iPhone" in noor.get(phones).text
    post(noor, f"{phones}/{row.id}/end", on=phones)
    assert phone.get("/me/settings").headers["Location"] == "/join"
    assert "Ended" in noor.get(phones).text


def test_visit_pain_conditions_and_details_are_saved(noor: FlaskClient, ana: PatientRow) -> None:
    of_ana = f"/clinic/patients/{ana.id}"
    submit(noor, f"{of_ana}/visit", day="2026-04-01", time="14:30", doctor="Dr Chen")
    submit(noor, f"{of_ana}/pain", words="low on the right", side="right", spot="right-joint")
    submit(noor, f"{of_ana}/conditions", conditions="diabetes")
    submit(noor, f"{of_ana}/edit", name="Ana Cruz", born="1960-04-09", time_zone="America/New_York", number="C-7")
    record = stored(ana)
    assert record.next_visit is not None
    assert record.next_visit.isoformat() == "2026-04-01T14:30:00-04:00"
    assert (record.pain_named, record.pain_spot, record.number) == ("low on the right", "right-joint", "C-7")
    assert record.conditions == ["diabetes"]
    post(noor, f"{of_ana}/visit/none", on=f"{of_ana}/visit")
    assert stored(ana).next_visit is None
    actions = db.session().scalars(select(AuditEvent.action).where(AuditEvent.patient_id == ana.id)).all()
    assert {"patient.plan-visit", "patient.name-pain", "patient.name-conditions", "patient.change"} <= set(actions)


def test_an_admin_enrols_and_sees_no_word_about_the_pain(app: Flask, noor: FlaskClient, ana: PatientRow) -> None:
    submit(noor, f"/clinic/patients/{ana.id}/pain", words="low on the right")
    ada = signed_in(app, ana, Role.ADMIN)
    for page in ("phones", "edit", "visit"):
        answer = ada.get(f"/clinic/patients/{ana.id}/{page}")
        assert answer.status_code == 200
        assert "low on the right" not in answer.text
    for page in ("pain", "conditions"):
        assert ada.get(f"/clinic/patients/{ana.id}/{page}").status_code == 403


def test_another_clinics_doctor_finds_none_of_these_pages(app: Flask, ana: PatientRow) -> None:
    diaz = signed_in(app, a_patient(a_clinic("Hillside Clinic")), Role.DOCTOR)
    for page in ("phones", "edit", "visit", "pain", "conditions", "stop"):
        assert diaz.get(f"/clinic/patients/{ana.id}/{page}").status_code == 404
    token = token_in(diaz.get("/clinic/patients/new"))
    for page in ("phones/code", "visit/none", "stop", "edit"):
        answer = diaz.post(f"/clinic/patients/{ana.id}/{page}", data={"csrf_token": token})
        assert answer.status_code == 404
