"""Showing a code, typing it, looking, and being sent away, as browsers without JavaScript do it."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary import clock
from diary.domain.access import Role
from diary.domain.diary import Scores
from diary.services.devices import Phone
from diary.store.base import db
from diary.store.patients import PatientRow
from diary.store.shares import ShareRow
from diary.store.work import writing
from tests.factories import OPERATOR, a_clinic, a_day, a_diary, a_patient, an_injection, keep
from tests.phones import bind_phone, look_by_code, open_diary_on, shared_code
from tests.signing_in import a_user, sign_in
from tests.web.pages import errors_of, post, submit

NOTE = "Canary: fell in the kitchen"


@pytest.fixture
def ana(app: Flask) -> PatientRow:
    assert app.testing
    patient = a_patient(a_clinic(), "<b>Ana</b> \u202eCruz")
    days = [a_day(f"2026-03-{day:02}", note=NOTE) for day in range(3, 10)]
    keep(patient, a_diary(an_injection(baseline=Scores(movement=7, average=6)), *days))
    return patient


@pytest.fixture
def phone(client: FlaskClient, ana: PatientRow) -> Phone:
    """Ana's phone with her diary opened; `client` is its browser."""
    phone = bind_phone(client, ana)
    open_diary_on(phone)
    return phone


def letters_on(client: FlaskClient) -> str:
    found = re.search(r'class="code-letters">([A-Z]{4}) ([A-Z]{4})<', client.get("/me/share").text)
    return f"{found[1]}{found[2]}" if found else ""


@pytest.mark.usefixtures("phone")
def test_from_my_scores_a_code_is_two_taps_away(client: FlaskClient) -> None:
    taps = ['href="/me/share">Share</a>', ">Show code</button>"]
    assert taps[0] in client.get("/me/scores").text
    assert taps[1] in client.get("/me/share").text
    shown = post(client, "/me/share/code", on="/me/share")
    assert shown.headers["Location"] == "/me/share"
    page = client.get("/me/share")
    assert re.search(r'class="code-letters">[A-Z]{4} [A-Z]{4}<', page.text)
    assert "<svg" in page.text
    assert len(taps) == 2


def test_looking_at_the_page_begins_nothing(client: FlaskClient, phone: Phone) -> None:
    assert client.get("/me/share").status_code == 200
    assert db.session().scalars(select(ShareRow).where(ShareRow.patient_id == phone.patient_id)).all() == []


@pytest.mark.usefixtures("phone")
def test_a_doctor_without_an_account_types_the_code_and_the_patient_sees_who(app: Flask, client: FlaskClient) -> None:
    post(client, "/me/share/code", on="/me/share")
    guest = app.test_client()
    answer = submit(guest, "/share", code=letters_on(client).lower(), name="Dr <i>Cole</i>")
    assert answer.headers["Location"] == "/share/diary"
    page = guest.get("/share/diary")
    assert "&lt;b&gt;Ana&lt;/b&gt;" in page.text
    assert "<b>Ana" not in page.text
    assert "Start: 7" in page.text
    assert "02-Mar-2026" in page.text
    assert 'class="profile wide"' in page.text
    mine = client.get("/me/share").text
    assert re.search(r"<bdi>Dr &lt;i&gt;Cole&lt;/i&gt;</bdi>, today, [0-9.]+[ap]m", mine)


def test_the_guest_sees_no_notes_no_verdict_and_no_other_page(app: Flask, client: FlaskClient, phone: Phone) -> None:
    guest = app.test_client()
    look_by_code(guest, phone)
    page = guest.get("/share/diary").text
    for hidden in (NOTE, "Canary", "/clinic/", "/me/", "/admin/", "Repeat", "criteria"):
        assert hidden not in page
    for closed in ("/me/scores", "/clinic/patients", f"/clinic/patients/{phone.patient_id}", "/me/share", "/account"):
        assert guest.get(closed).status_code in {302, 404}
    assert guest.get("/api/v1/diary").status_code in {401, 404}
    assert client.get("/share/diary").headers["Location"] == "/share"


def test_no_address_tells_the_code_or_anything_about_health(app: Flask, client: FlaskClient, phone: Phone) -> None:
    guest = app.test_client()
    code = shared_code(phone)
    answer = submit(guest, "/share", code=code, name="Dr Cole")
    page = guest.get(answer.headers["Location"])
    for text in (answer.headers["Location"], *re.findall(r'(?:href|action)="([^"]*)"', page.text)):
        assert code not in text
        assert "pain" not in text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert f"/share#{code}" not in client.get("/me/share").text  # it stands in the square alone


def test_stop_sharing_closes_the_page_of_whoever_looks(app: Flask, client: FlaskClient, phone: Phone) -> None:
    guest = app.test_client()
    look_by_code(guest, phone)
    stopped = post(client, "/me/share/stop", on="/me/share")
    assert stopped.headers["Location"] == "/me/share"
    assert guest.get("/share/diary").headers["Location"] == "/share"


def test_a_code_that_has_run_out_sends_whoever_looks_away(app: Flask, phone: Phone) -> None:
    guest = app.test_client()
    look_by_code(guest, phone)
    share = db.session().scalars(select(ShareRow)).one()
    with writing(OPERATOR, now=clock.now()) as work:
        share.expires_at = clock.now() - timedelta(seconds=1)
        work.audit("share.begin", owner=share.owner)
    assert guest.get("/share/diary").headers["Location"] == "/share"


def test_the_guest_closes_it_and_another_browser_never_had_it(app: Flask, phone: Phone) -> None:
    guest = app.test_client()
    look_by_code(guest, phone)
    closed = post(guest, "/share/close", on="/share/diary")
    assert closed.headers["Clear-Site-Data"] == '"cache"'
    assert guest.get("/share/diary").headers["Location"] == "/share"
    assert app.test_client().get("/share/diary").headers["Location"] == "/share"


def test_the_session_of_a_guest_has_a_token_that_nobody_saw_before(app: Flask, phone: Phone) -> None:
    guest = app.test_client()
    guest.get("/share")
    before = guest.get_cookie("diary_session")
    look_by_code(guest, phone)
    after = guest.get_cookie("diary_session")
    assert before is not None
    assert after is not None
    assert before.value != after.value


def test_a_doctor_who_is_signed_in_looks_and_stays_signed_in(app: Flask, phone: Phone) -> None:
    diaz = app.test_client()
    sign_in(diaz, a_user(a_clinic("Hillside Clinic"), Role.DOCTOR, name="Diaz"))
    look_by_code(diaz, phone)
    assert diaz.get("/share/diary").status_code == 200
    assert diaz.get("/clinic/patients").status_code == 200
    assert diaz.get(f"/clinic/patients/{phone.patient_id}").status_code == 404


def test_wrong_codes_are_said_beside_the_field_and_slow_down(app: Flask, phone: Phone) -> None:
    guest = app.test_client()
    code = shared_code(phone)
    for _ in range(5):
        wrong = submit(guest, "/share", code="ABCDEFGH", name="Dr Cole")
        assert wrong.status_code == 422
        assert errors_of(wrong) == ["That code does not work. Check the letters, or ask for a new code."]
    slowed = submit(guest, "/share", code=code, name="Dr Cole")
    assert slowed.status_code == 429
    assert 0 < int(slowed.headers["Retry-After"]) <= 60
    assert errors_of(slowed) == ["Too many tries. Wait a minute, then try again."]


def test_without_a_name_or_the_forms_token_nothing_opens(app: Flask, phone: Phone) -> None:
    guest = app.test_client()
    code = shared_code(phone)
    assert errors_of(submit(guest, "/share", code=code, name=" ")) == ["Type your name: the patient sees who looked."]
    assert guest.post("/share", data={"code": code, "name": "Dr Cole"}).status_code == 400


def test_an_injection_of_another_patient_is_not_there(app: Flask, phone: Phone) -> None:
    guest = app.test_client()
    look_by_code(guest, phone)
    ben, theirs = a_patient(a_clinic("Hillside Clinic"), "Ben Osei"), an_injection()
    keep(ben, a_diary(theirs))
    assert guest.get(f"/share/diary?injection={theirs.id}").status_code == 404
    assert guest.get("/share/diary?injection=x").status_code == 404


def test_a_diary_without_an_injection_says_so(app: Flask, client: FlaskClient) -> None:
    phone = bind_phone(client, a_patient(a_clinic()))
    guest = app.test_client()
    look_by_code(guest, phone)
    assert "No injection is recorded yet" in guest.get("/share/diary").text
