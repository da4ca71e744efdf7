"""Clinics and staff are added with their audit, and what is wrong is named."""

import pytest
from flask import Flask
from sqlalchemy import select

from diary.domain.access import Role
from diary.domain.errors import Conflict, InvalidValue, NotAllowed, NotFound
from diary.services.accounts import add_clinic, add_user
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import find_clinic
from diary.store.users import find_user_by_email
from tests.factories import NOON, OPERATOR, a_clinic, staff_of


def actions() -> list[str]:
    return list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.at, AuditEvent.action)))


def test_a_clinic_is_added_with_the_first_rule_set(app: Flask) -> None:  # noqa: ARG001 — gives the database
    clinic_id = add_clinic(OPERATOR, name="  Hill   Clinic ", country="gb", time_zone="Europe/London", now=NOON)

    clinic = find_clinic(db.session(), clinic_id)
    assert clinic is not None
    assert (clinic.name, clinic.country, clinic.rule_set) == ("Hill Clinic", "GB", "us-medicare-sij")
    assert actions() == ["clinic.add"]


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"name": " "}, "name"),
        ({"country": "England"}, "country"),
        ({"time_zone": "Europe/Nowhere"}, "time_zone"),
        ({"time_zone": "../etc/passwd"}, "time_zone"),
        ({"telephone": "call me"}, "telephone"),
        ({"rule_set": "made-up"}, "rule_set"),
    ],
)
def test_a_clinics_wrong_detail_is_named(app: Flask, wrong: dict[str, str], place: str) -> None:  # noqa: ARG001
    details = {"name": "Hill Clinic", "country": "GB", "time_zone": "Europe/London", **wrong}

    with pytest.raises(InvalidValue) as refused:
        add_clinic(OPERATOR, now=NOON, **details)  # type: ignore[arg-type]  # every detail is text

    assert refused.value.place == place


def test_only_the_operator_adds_clinics(app: Flask) -> None:  # noqa: ARG001
    ada = staff_of(a_clinic().id, Role.ADMIN)

    with pytest.raises(NotAllowed):
        add_clinic(ada, name="Hill Clinic", country="GB", time_zone="Europe/London", now=NOON)


def test_staff_are_added_once_for_each_address(app: Flask) -> None:  # noqa: ARG001
    clinic = a_clinic()
    noor = {"clinic_id": clinic.id, "name": "Noor Haddad", "role": Role.NURSE, "password": "three green kettles"}

    added = add_user(OPERATOR, email="Noor@Example.org", now=NOON, **noor)  # type: ignore[arg-type]

    stored = find_user_by_email(db.session(), "noor@example.org")
    assert stored is not None
    assert stored.id == added
    assert stored.as_actor().role is Role.NURSE
    assert "three green kettles" not in stored.password
    with pytest.raises(Conflict):
        add_user(OPERATOR, email="noor@example.org", now=NOON, **noor)  # type: ignore[arg-type]


def test_an_admin_adds_staff_to_their_own_clinic_only(app: Flask) -> None:  # noqa: ARG001
    ours, theirs = a_clinic(), a_clinic("Other Clinic")
    ada = staff_of(ours.id, Role.ADMIN)
    somebody = {"email": "x@example.org", "name": "X", "role": Role.NURSE, "password": "three green kettles"}

    with pytest.raises(NotFound):
        add_user(ada, clinic_id=theirs.id, now=NOON, **somebody)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        add_user(staff_of(ours.id, Role.NURSE), clinic_id=ours.id, now=NOON, **somebody)  # type: ignore[arg-type]


def test_a_patient_is_not_staff(app: Flask) -> None:  # noqa: ARG001
    with pytest.raises(InvalidValue):
        add_user(
            OPERATOR,
            clinic_id=a_clinic().id,
            email="ana@example.org",
            name="Ana",
            role=Role.PATIENT,
            password="three green kettles",
            now=NOON,
        )
