"""Larger text and high contrast: by buttons, without a script, for everybody, kept in this browser alone."""

import re

import pytest
from flask.testing import FlaskClient

from diary.domain.access import Role
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from diary.web.reading import COOKIE
from tests.phones import bind_phone
from tests.signing_in import a_user, sign_in
from tests.web.pages import post, submit

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


def looks_of(client: FlaskClient, address: str) -> tuple[str, str]:
    """What the head of a page says of text and contrast."""
    head = client.get(address).text.split("<head>")[0]
    return tuple(re.findall(r'data-(?:text|contrast)="(\w+)"', head))


def test_a_stranger_makes_the_text_bigger_and_every_page_is(client: FlaskClient) -> None:
    assert looks_of(client, "/login") == ("normal", "normal")

    done = submit(client, "/reading?next=/login", text="biggest")

    assert done.headers["Location"] == "/reading?next=/login"
    assert looks_of(client, "/login") == ("biggest", "normal")
    assert looks_of(client, "/join") == ("biggest", "normal")
    assert looks_of(client, "/no-such-page") == ("biggest", "normal")


def test_text_and_contrast_are_chosen_apart_and_taken_back(client: FlaskClient) -> None:
    submit(client, "/reading", text="bigger")
    submit(client, "/reading", contrast="high")
    assert looks_of(client, "/login") == ("bigger", "high")

    submit(client, "/reading", text="normal")

    assert looks_of(client, "/login") == ("normal", "high")


def test_it_stays_when_somebody_signs_in_and_says_which_is_in_force(client: FlaskClient, ana: PatientRow) -> None:
    submit(client, "/reading", contrast="high")
    bind_phone(client, ana)

    page = client.get("/reading?next=/me/settings")

    assert "Get help now" in page.text
    pressed = re.findall(r'value="(\w+)"\s+aria-pressed="true"', page.text)
    assert pressed == ["normal", "high"]


def test_staff_choose_it_from_every_page_and_come_back(client: FlaskClient, clinic: Clinic) -> None:
    sign_in(client, a_user(clinic, Role.NURSE))

    assert 'href="/reading?next=/clinic/patients"' in client.get("/clinic/patients").text
    assert 'href="/clinic/patients"' in client.get("/reading?next=/clinic/patients").text


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:1"])
def test_the_way_back_never_leaves_the_diary(client: FlaskClient, elsewhere: str) -> None:
    done = post(client, "/reading", on="/reading", text="bigger", next=elsewhere)

    assert done.headers["Location"] == "/reading?next=/"


@pytest.mark.parametrize("cookie", ["", "huge.high", "bigger", "bigger.high.more", '"><script>'])
def test_a_cookie_that_we_did_not_write_changes_nothing(client: FlaskClient, cookie: str) -> None:
    client.set_cookie(COOKIE, cookie)

    assert looks_of(client, "/login") == ("normal", "normal")


def test_what_no_button_sends_changes_nothing(client: FlaskClient) -> None:
    submit(client, "/reading", text="bigger")
    submit(client, "/reading", text="enormous", contrast="none")

    assert looks_of(client, "/login") == ("bigger", "normal")
