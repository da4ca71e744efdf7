"""In which language a request is answered, and that nobody else's is left behind in the thread."""

import re

import pytest
from flask.testing import FlaskClient

from diary.domain.access import Role
from diary.store.clinics import Clinic
from diary.words.language import spoken
from tests.factories import a_patient
from tests.phones import bind_phone
from tests.signing_in import a_user, sign_in
from tests.web.log_pages import hidden_of
from tests.web.pages import errors_of, post


def test_a_stranger_is_answered_in_the_language_of_the_browser(client: FlaskClient) -> None:
    answer = client.get("/login", headers={"Accept-Language": "fr, es-MX;q=0.8, en;q=0.5"})

    assert answer.headers["Content-Language"] == "es"
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))
    assert '<html lang="es"' in answer.text


def test_the_language_chosen_in_this_browser_wins_and_is_kept(client: FlaskClient, clinic: Clinic) -> None:
    answer = post(client, "/language", on="/login", language="es", next="/login")
    assert (answer.status_code, answer.location) == (303, "/login")
    assert 'lang="es"' in client.get("/login", headers={"Accept-Language": "en"}).text

    sign_in(client, a_user(clinic, Role.DOCTOR))
    assert 'lang="es"' in client.get("/clinic/patients").text

    post(client, "/language", on="/clinic/patients", language="en")
    assert 'lang="en"' in client.get("/clinic/patients").text


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example"])
def test_choosing_a_language_never_leads_to_another_site(client: FlaskClient, elsewhere: str) -> None:
    assert post(client, "/language", on="/login", language="es", next=elsewhere).location == "/"


def test_a_language_that_we_do_not_speak_changes_nothing(client: FlaskClient) -> None:
    answer = post(client, "/language", on="/login", language="tlh")

    assert "diary_language" not in answer.headers.get("Set-Cookie", "")


def test_a_patients_phone_speaks_the_patients_language(client: FlaskClient, clinic: Clinic) -> None:
    bind_phone(client, a_patient(clinic, language="es"))
    post(client, "/language", on="/me/settings/remove", language="en")

    assert 'lang="es"' in client.get("/me/settings").text
    assert 'lang="es"' in client.get("/me/no-such-day").text


def test_staff_who_open_a_patients_phone_page_are_not_spoken_to_in_the_patients_language(
    client: FlaskClient, clinic: Clinic
) -> None:
    bind_phone(client, a_patient(clinic, language="es"))
    sign_in(client, a_user(clinic, Role.DOCTOR))

    assert 'lang="en"' in client.get("/clinic/patients").text


def test_after_a_request_the_thread_speaks_english_again(client: FlaskClient) -> None:
    client.get("/login", headers={"Accept-Language": "es"})
    client.get("/nowhere", headers={"Accept-Language": "es"})

    assert spoken().code == "en"
    assert client.get("/login").headers["Content-Language"] == "en"


def test_what_the_libraries_say_is_told_in_the_language_too(client: FlaskClient, clinic: Clinic) -> None:
    bind_phone(client, a_patient(clinic, language="es"))
    today = client.get("/me/day").location
    page = client.get(f"{today}/more")

    answer = client.post(f"{today}/more", data={**hidden_of(page), "systolic": "mucho"})

    assert "No es un valor entero válido." in " ".join(errors_of(answer))


def test_staff_find_the_other_languages_where_they_sign_in_and_in_their_account(
    client: FlaskClient, clinic: Clinic
) -> None:
    assert re.findall(r'name="language"\s+value="(\w+)"', client.get("/login").text) == ["es"]
    sign_in(client, a_user(clinic, Role.DOCTOR))
    assert re.findall(r'name="language"\s+value="(\w+)"', client.get("/account").text) == ["es"]

    post(client, "/language", on="/account", language="es", next="/account")

    account = client.get("/account").text
    assert "En este navegador lee el diario en español." in account
    assert re.findall(r'name="language"\s+value="(\w+)"', account) == ["en"]
