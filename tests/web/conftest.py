"""The cast of the doctor's pages: a clinic, Ana, and Dr Chen signed in."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diary.domain.access import Role
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from tests.factories import a_clinic, a_patient
from tests.signing_in import a_user, sign_in


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
