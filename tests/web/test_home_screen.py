"""The app on an iPhone's home screen is linked by a code that the linked browser shows, once, for 15 minutes."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary import clock
from diary.domain.access import Role
from diary.services.devices import Phone, end_phone, phones_of
from diary.services.home_screen import own_code, show_own_code
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.patients import PatientRow
from tests.factories import a_clinic, a_patient, staff_of
from tests.phones import PIN, bind_phone, open_diary_on, patient_on
from tests.web.pages import post, submit

SHOWN = re.compile(r'class="code-letters">([A-Z]{4}) ([A-Z]{4})<')


@pytest.fixture
def ana(app: Flask) -> PatientRow:
    assert app.testing
    return a_patient(a_clinic())


@pytest.fixture
def phone(client: FlaskClient, ana: PatientRow) -> Phone:
    """The browser that is linked, with the PIN given."""
    phone = bind_phone(client, ana)
    open_diary_on(phone)
    return phone


@pytest.fixture
def home_screen(app: Flask) -> FlaskClient:
    """The app on the same phone's home screen: another storage, so another browser to us."""
    return app.test_client()


def code_on(client: FlaskClient) -> str:
    post(client, "/me/settings/home-screen", on="/me/settings/home-screen")
    found = SHOWN.search(client.get("/me/settings/home-screen").text)
    assert found
    return found[1] + found[2]


@pytest.mark.usefixtures("phone")
def test_the_app_asks_for_the_code_then_the_year_and_is_at_home(client: FlaskClient, home_screen: FlaskClient) -> None:
    code = code_on(client)
    first = home_screen.get("/me/")
    assert first.headers["Location"] == "/join"
    assert "Link my home-screen app" in home_screen.get("/join").text
    asked = home_screen.get(f"/join?code={code}")
    assert "Link this app" in asked.text
    assert "I am helping this person" not in asked.text

    done = submit(home_screen, f"/join?code={code}", code=code, year="1960", who="me")

    assert done.headers["Location"] == "/me/"
    assert home_screen.get("/me/").status_code == 200
    assert client.get("/me/").status_code == 200  # the browser stays linked until somebody ends it
    assert "Your home-screen app is linked." in client.get("/me/settings/home-screen").text


@pytest.mark.usefixtures("phone")
def test_the_app_opens_by_the_same_pin_and_by_no_other(client: FlaskClient, home_screen: FlaskClient) -> None:
    code = code_on(client)
    submit(home_screen, f"/join?code={code}", code=code, year="1960", who="me")
    assert home_screen.get("/me/scores").headers["Location"].startswith("/me/open")
    assert submit(home_screen, "/me/open", pin="999111").status_code == 422
    assert submit(home_screen, "/me/open", pin=PIN).status_code == 302


@pytest.mark.usefixtures("phone")
def test_a_code_links_once_and_five_wrong_years_end_it(
    client: FlaskClient, home_screen: FlaskClient, app: Flask
) -> None:
    code = code_on(client)
    submit(home_screen, f"/join?code={code}", code=code, year="1960", who="me")
    assert app.test_client().get(f"/join?code={code}").status_code == 410

    guessed = code_on(client)
    guesser = app.test_client()
    page = f"/join?code={guessed}"
    tries = [submit(guesser, page, code=guessed, year=str(year), who="me").status_code for year in range(1950, 1955)]
    assert tries == [422, 422, 422, 422, 410]
    assert guesser.get(f"/join?code={guessed}").status_code == 410


def test_a_code_lasts_15_minutes_and_a_new_one_ends_it(app: Flask, phone: Phone) -> None:
    patient, key, now = patient_on(phone), str(app.secret_key), clock.now()
    show_own_code(patient, key=key, now=now)
    shown = own_code(patient, key=key, now=now + timedelta(minutes=14, seconds=59))
    assert shown is not None
    assert shown.code
    after = own_code(patient, key=key, now=now + timedelta(minutes=15))
    assert after is not None
    assert after.code is None


def test_a_bare_phone_is_asked_for_its_pin_first(client: FlaskClient, ana: PatientRow) -> None:
    bind_phone(client, ana)
    assert client.get("/me/settings/home-screen").headers["Location"].startswith("/me/pin")


def test_a_browser_that_was_removed_meanwhile_links_nothing(
    client: FlaskClient, home_screen: FlaskClient, phone: Phone
) -> None:
    code = code_on(client)
    end_phone(staff_of(phone.clinic_id, Role.NURSE), phone.id, now=clock.now())
    assert submit(home_screen, f"/join?code={code}", code=code, year="1960", who="me").status_code == 410


def test_linking_is_on_file_and_the_clinic_sees_both(
    client: FlaskClient, home_screen: FlaskClient, phone: Phone, ana: PatientRow
) -> None:
    code = code_on(client)
    submit(home_screen, f"/join?code={code}", code=code, year="1960", who="me")
    done = select(AuditEvent.action, AuditEvent.details).where(AuditEvent.patient_id == ana.id)
    lines = [(line.action, line.details.get("shown_by")) for line in db.session.execute(done)]
    assert ("enrolment.show-code", None) in lines
    assert ("enrolment.use", str(phone.id)) in lines
    seen = phones_of(staff_of(ana.clinic_id, Role.NURSE), ana.id, now=clock.now())
    assert [one.ended_at for one in seen] == [None, None]
