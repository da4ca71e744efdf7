"""The cast of the doctor's pages: a clinic, Ana, and Dr Chen signed in; and pages in a made-up language."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diary.domain.access import Role
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from tests.factories import a_clinic, a_patient
from tests.made_up_language import spoken_here
from tests.signing_in import a_user, sign_in
from tests.web.every_page import kept_pages


@pytest.fixture
def clinic(app: Flask) -> Clinic:  # noqa: ARG001 — gives the database
    return a_clinic()


@pytest.fixture
def ana(clinic: Clinic) -> PatientRow:
    return a_patient(clinic)


@pytest.fixture
def chen(client: FlaskClient, clinic: Clinic) -> FlaskClient:
    """Dr Chen's browser, signed in."""
    sign_in(client, a_user(clinic, Role.DOCTOR))
    return client


@pytest.fixture
def pages(app: Flask) -> Iterator[dict[str, str]]:
    """What every page says that is opened during the test, while the made-up language is known."""
    with spoken_here():
        yield kept_pages(app)
