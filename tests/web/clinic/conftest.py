"""The clinic of the tests: Ana, Noor, and a clock that stands where it is set."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diary import clock
from diary.domain.access import Actor, Role
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from tests.factories import a_clinic, a_patient
from tests.web.clinic.nursing import At, signed_in


@pytest.fixture
def clinic(app: Flask) -> Clinic:  # noqa: ARG001 — the application is there for its database
    return a_clinic()


@pytest.fixture
def ana(clinic: Clinic) -> PatientRow:
    return a_patient(clinic)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """Set the clock of the server."""

    def set_to(instant: str) -> None:
        monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(instant))

    set_to("2026-03-02T10:00:00-05:00")
    return set_to


@pytest.fixture
def noor(app: Flask, clinic: Clinic, at: At) -> FlaskClient:  # noqa: ARG001 — the clock stands
    """Noor, nurse of the clinic, signed in."""
    return signed_in(app, Actor(role=Role.NURSE, id="noor", clinic_id=clinic.id, name="Noor Haddad"))
