"""From the code to the first score, as a browser without JavaScript does it, with the taps counted."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from diary import clock, create_app
from diary.config import Settings
from diary.domain.access import Role
from diary.domain.diary import Scores
from diary.domain.local_time import today_in
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.consents import ConsentRow
from diary.store.devices import DeviceRow
from diary.store.enrolments import EnrolmentRow
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import OPERATOR, a_clinic, a_diary, a_patient, an_injection, keep
from tests.phones import code_for
from tests.reports import text_of
from tests.signing_in import a_user, sign_in
from tests.web.log_pages import fill_in
from tests.web.pages import errors_of, token_in

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1"


@pytest.fixture
def ana(app: Flask) -> PatientRow:
    assert app.testing
    return a_patient(a_clinic())


def say_who(client: FlaskClient, code: str, *, year: str = "1960", who: str = "me") -> TestResponse:
    page = client.get(f"/join?code={code}")
    return client.post("/join", data={"csrf_token": token_in(page), "code": code, "year": year, "who": who})


def agree(client: FlaskClient, answer: str = "yes") -> TestResponse:
    page = client.get("/join/agree")
    return client.post(
        "/join/agree", data={"csrf_token": token_in(page), "agree": answer}, headers={"User-Agent": IPHONE}
    )


def join(client: FlaskClient, code: str, *, who: str = "me") -> TestResponse:
    assert say_who(client, code, who=who).headers["Location"] == "/join/agree"
    return agree(client)


def words_of(page: TestResponse) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def test_three_taps_and_a_year_lead_to_the_first_score(client: FlaskClient, ana: PatientRow) -> None:
    code = code_for(ana)
    taps = ["scan", "Yes, this is me", "I agree and start"]
    who = client.get(f"/join?code={code}")
    assert "A.C." in who.text
    assert f">{taps[1]}</button>" in who.text
    answered = client.post("/join", data={"csrf_token": token_in(who), "code": code, "year": "1960", "who": "me"})
    before = client.get(answered.headers["Location"])
    assert f">{taps[2]}</button>" in before.text
    joined = client.post("/join/agree", data={"csrf_token": token_in(before), "agree": "yes"})
    assert joined.headers["Location"] == "/me/now"
    number_and_save = 2
    assert len(taps) + number_and_save == 5


def test_the_page_shows_initials_and_neither_name_nor_birth_date(client: FlaskClient, ana: PatientRow) -> None:
    page = client.get(f"/join?code={code_for(ana)}")
    assert "A.C." in page.text
    for secret in ("Ana", "Cruz", "1960"):
        assert secret not in page.text


def test_before_the_injection_the_page_says_why(client: FlaskClient, ana: PatientRow) -> None:
    page = client.get(f"/join?code={code_for(ana)}")
    assert "You will have an injection. We would like to know how your days are before it." in words_of(page)


def test_a_code_typed_by_hand_is_taken_in_any_case_with_spaces(client: FlaskClient, ana: PatientRow) -> None:
    code = code_for(ana)
    assert 'name="code"' in client.get("/join").text
    page = client.get("/join", query_string={"code": f" {code[:4].lower()}-{code[4:]} "})
    assert "A.C." in page.text


def test_the_cookie_is_out_of_reach_of_scripts_and_lasts_90_days(client: FlaskClient, ana: PatientRow) -> None:
    joined = join(client, code_for(ana))
    cookie = next(line for line in joined.headers.getlist("Set-Cookie") if line.startswith("diary_phone="))
    assert {"HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=7776000"} <= set(cookie.split("; "))


def test_over_https_the_cookie_is_bound_to_the_host(settings: Settings, empty_database: Path) -> None:
    import shutil
    from dataclasses import replace

    shutil.copy(empty_database, settings.instance / "diary.sqlite3")
    site = "https://diary.example.org"
    app = create_app(replace(settings, base_url=site))
    with app.app_context():
        code = code_for(a_patient(a_clinic()))
    # Outside of any context, so that each request has one of its own, as on a server.
    client = app.test_client()
    page = client.get(f"/join?code={code}", base_url=site)
    fields = {"csrf_token": token_in(page), "code": code, "year": "1960", "who": "me"}
    client.post("/join", data=fields, base_url=site, headers={"Referer": f"{site}/join"})
    page = client.get("/join/agree", base_url=site)
    fields = {"csrf_token": token_in(page), "agree": "yes"}
    joined = client.post("/join/agree", data=fields, base_url=site, headers={"Referer": f"{site}/join/agree"})
    cookie = next(line for line in joined.headers.getlist("Set-Cookie") if line.startswith("__Host-diary_phone="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    # The browser holds the session's cookie too: under one name the later would replace the other.
    client.get(joined.location, base_url=site)
    assert client.get("/me/day", base_url=site, follow_redirects=True).request.path.startswith("/me/day/")
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_the_clinic_sees_the_kind_of_phone_and_that_a_helper_holds_it(client: FlaskClient, ana: PatientRow) -> None:
    join(client, code_for(ana), who="helper")
    db.session.remove()
    phone = db.session().scalars(select(DeviceRow)).one()
    assert (phone.kind, phone.helper, phone.patient_id) == ("iPhone", True, ana.id)
    assert db.session().scalars(select(ConsentRow.given_by)).one() == "helper"


def test_a_wrong_code_says_to_check_the_letters_and_keeps_them(client: FlaskClient, ana: PatientRow) -> None:
    assert ana.name == "Ana Cruz"
    page = client.get("/join?code=ABCDEFGH")
    assert page.status_code == 422
    assert errors_of(page) == ["That code does not match. Check the letters on your card."]
    assert 'value="ABCDEFGH"' in page.text
    assert "<title>" in page.text
    assert "Error: " in page.text


@pytest.mark.parametrize("year", ["1961", "", "60", "abcd", "²²²²"])
def test_a_wrong_year_is_said_beside_the_question(client: FlaskClient, ana: PatientRow, year: str) -> None:
    page = say_who(client, code_for(ana), year=year)
    assert page.status_code == 422
    assert len(errors_of(page)) == 1
    assert "A.C." in page.text


def test_after_five_wrong_years_nobody_gets_in(client: FlaskClient, ana: PatientRow) -> None:
    code = code_for(ana)
    answers = [say_who(client, code, year=str(year)).status_code for year in range(1950, 1955)]
    assert answers == [422, 422, 422, 422, 410]
    gone = client.get(f"/join?code={code}")
    assert gone.status_code == 410
    assert "This link no longer works" in gone.text
    assert "We can send you a new one." in gone.text


def test_guessing_codes_from_one_address_is_slowed_down(client: FlaskClient, ana: PatientRow) -> None:
    assert ana.name == "Ana Cruz"
    answers = [client.get(f"/join?code=ABCDEF{first}{second}") for first in "GHJKMN" for second in "GHJKMN"]
    assert [answer.status_code for answer in answers].count(422) == 30
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"] == "60"


def test_an_old_code_says_so(client: FlaskClient, ana: PatientRow) -> None:
    code = code_for(ana)
    enrolment = db.session().scalars(select(EnrolmentRow)).one()
    with writing(OPERATOR, now=clock.now()) as work:
        enrolment.expires_at = clock.now() - timedelta(seconds=1)
        work.audit("enrolment.show-code", owner=enrolment.owner)
    assert client.get(f"/join?code={code}").status_code == 410


def test_a_code_links_one_phone_however_often_it_is_sent(app: Flask, client: FlaskClient, ana: PatientRow) -> None:
    code = code_for(ana)
    other = app.test_client()
    say_who(client, code)
    say_who(other, code)
    of_the_slower = {"csrf_token": token_in(other.get("/join/agree")), "agree": "yes"}
    assert agree(client).headers["Location"] == "/me/now"
    assert other.post("/join/agree", data=of_the_slower).status_code == 410
    assert other.get("/join/agree").headers["Location"] == "/join"
    assert client.get(f"/join?code={code}").status_code == 410
    db.session.remove()
    assert len(db.session().scalars(select(DeviceRow)).all()) == 1


def test_looking_at_a_link_uses_nothing_up(client: FlaskClient, ana: PatientRow) -> None:
    code = code_for(ana)
    for _ in range(10):
        assert client.get(f"/join?code={code}").status_code == 200
    assert db.session().scalars(select(EnrolmentRow.tries)).one() == 0


def test_nobody_agrees_without_having_said_who_they_are(client: FlaskClient, ana: PatientRow) -> None:
    assert ana.name == "Ana Cruz"
    assert client.get("/join/agree").headers["Location"] == "/join"
    page = client.get("/join?code=ABCDEFGH")
    assert page.status_code == 422


def test_whoever_is_somebody_else_or_does_not_want_to_gets_no_key(client: FlaskClient, ana: PatientRow) -> None:
    code = code_for(ana)
    assert "somebody else" in say_who(client, code, who="other").text
    say_who(client, code)
    assert "You are not taking part" in agree(client, "no").text
    assert client.get_cookie("diary_phone") is None
    assert client.get(f"/join?code={code}").status_code == 410


def test_a_form_without_its_token_binds_nothing(client: FlaskClient, ana: PatientRow) -> None:
    say_who(client, code_for(ana))
    assert client.post("/join/agree", data={"agree": "yes"}).status_code == 400
    assert db.session().scalars(select(DeviceRow)).all() == []


def test_what_a_helpers_phone_fills_in_is_a_diamond_and_says_so_wherever_the_clinic_looks(
    app: Flask, client: FlaskClient, ana: PatientRow
) -> None:
    today = today_in(ana.as_patient().zone, now=clock.now())
    injected = today - timedelta(days=3)
    keep(ana, a_diary(an_injection(f"{injected}T10:30:00-05:00", baseline=Scores(average=7))))
    join(client, code_for(ana), who="helper")
    day = today - timedelta(days=1)
    fill_in(client, f"/me/day/{day}", {"average": "4", "moving": "3", "soreness": "1", "analgesic": "no"})
    chen = app.test_client()
    sign_in(chen, a_user(db.session.get_one(Clinic, ana.clinic_id), Role.DOCTOR, name="Chen"))
    page = words_of(chen.get(f"/clinic/patients/{ana.id}"))
    assert "in a diamond: by a helper" in page
    assert "Written by a helper (diamond): day 2" in page
    assert ", helper" in page
    assert " helper " in words_of(chen.get(f"/clinic/patients/{ana.id}/entries"))
    assert "helper" in text_of(chen.get(f"/clinic/patients/{ana.id}/report.pdf?entries=1").get_data())
