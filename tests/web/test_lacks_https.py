"""Where phones reach the diary without HTTPS, those whom it concerns are told what does not work."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diary import create_app
from diary.config import Settings
from diary.domain.access import Role
from diary.store.base import db
from diary.store.patients import PatientRow
from tests.conftest import Browser
from tests.factories import a_clinic, a_patient
from tests.phones import bind_phone, code_for
from tests.signing_in import a_user, sign_in

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])

TO_PATIENTS = "Some things do not work at this address."
TO_ADMINS = "The diary is served without HTTPS."


@pytest.fixture(params=["http://diary.example.org", "http://192.168.1.20:8000"])
def app(settings: Settings, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The diary at an address that other machines reach without HTTPS."""
    app = create_app(replace(settings, base_url=request.param))
    app.test_client_class = Browser
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def ana(app: Flask) -> PatientRow:
    assert app.testing
    return a_patient(a_clinic())


def test_patients_are_told_when_they_join_and_in_their_settings(client: FlaskClient, ana: PatientRow) -> None:
    for address in ("/join", f"/join?code={code_for(ana)}"):
        assert TO_PATIENTS in client.get(address).text
    bind_phone(client, ana)
    assert TO_PATIENTS in client.get("/me/settings").text
    assert TO_PATIENTS not in client.get("/me/").text


def test_admins_are_told_on_their_first_page(client: FlaskClient) -> None:
    sign_in(client, a_user(a_clinic(), Role.ADMIN))
    assert TO_ADMINS in client.get("/admin").text


@pytest.mark.parametrize("address", ["https://diary.example.org", "http://127.0.0.1:8000", "http://localhost:8000"])
def test_over_https_or_on_this_machine_alone_nothing_is_missing(settings: Settings, address: str) -> None:
    assert not replace(settings, base_url=address).lacks_https
