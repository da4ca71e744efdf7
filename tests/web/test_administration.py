"""Admins change the clinic and its people; rights end at once, and the audit shows who did what."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import Conflict, NotAllowed, NotFound
from diary.services import staff
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.users import User
from tests.factories import a_clinic, a_patient
from tests.signing_in import a_user, sign_in
from tests.web.pages import errors_of, post, submit


@pytest.fixture
def ada(app: Flask) -> User:  # noqa: ARG001 — gives the database
    return a_user(a_clinic(), Role.ADMIN, name="Ada Okafor", email="ada@example.org")


@pytest.fixture
def noor(ada: User) -> User:
    return a_user(db.session.get_one(Clinic, ada.clinic_id), Role.NURSE, name="Noor Haddad", email="noor@example.org")


def test_an_admin_changes_the_clinic_and_the_audit_names_the_fields(client: FlaskClient, ada: User) -> None:
    sign_in(client, ada)
    details = {
        "name": "Riverside Pain Clinic",
        "country": "US",
        "time_zone": "America/New_York",
        "telephone": "+1 212 555 0199",
        "opening_hours": "Monday to Friday 9am to 5pm",
    }

    assert submit(client, "/admin/clinic", **{**details, "telephone": "none"}).status_code == 200
    assert submit(client, "/admin/clinic", **details).headers["Location"] == "/admin/clinic"

    db.session.rollback()
    db.session.expire_all()
    clinic = db.session.get_one(Clinic, ada.clinic_id)
    assert (clinic.telephone, clinic.rule_set) == ("+1 212 555 0199", "us-medicare-sij")
    shown = client.get("/admin/audit").text
    assert "clinic.change" in shown
    assert "fields: telephone" in shown
    assert "555 0199" not in shown


def test_another_role_signs_out_everywhere_and_opens_what_it_opens(
    client: FlaskClient, app: Flask, ada: User, noor: User
) -> None:
    sign_in(client, ada)
    hers = app.test_client()
    sign_in(hers, noor)
    assert hers.get("/admin/people").status_code == 403

    changed = submit(client, f"/admin/people/{noor.id}", role="admin")

    assert changed.headers["Location"] == "/admin/people"
    assert hers.get("/account").headers["Location"] == "/login"
    db.session.rollback()
    db.session.refresh(noor)
    sign_in(hers, noor)
    assert hers.get("/admin/people").status_code == 200


def test_removing_somebody_ends_their_access_at_once(client: FlaskClient, app: Flask, ada: User, noor: User) -> None:
    sign_in(client, ada)
    hers = app.test_client()
    sign_in(hers, noor)

    submit(client, f"/admin/people/{noor.id}/remove")

    assert hers.get("/account").headers["Location"] == "/login"
    refused = submit(hers, "/login", email="noor@example.org", password="three green kettles")
    assert errors_of(refused) == ["The e-mail address or the password is wrong."]
    assert "Noor" not in client.get("/admin/people").text.split("</main>")[0].split("flash")[0]


def test_nobody_changes_their_own_role_and_a_clinic_keeps_an_admin(ada: User, noor: User) -> None:
    with pytest.raises(NotAllowed):
        staff.change_role(ada.as_actor(), ada.id, Role.DOCTOR, now=clock.now())
    with pytest.raises(NotAllowed):
        staff.change_role(noor.as_actor(), ada.id, Role.NURSE, now=clock.now())
    staff.change_role(ada.as_actor(), noor.id, Role.ADMIN, now=clock.now())
    staff.remove_person(ada.as_actor(), noor.id, now=clock.now())
    with pytest.raises(NotFound):
        staff.remove_person(ada.as_actor(), noor.id, now=clock.now())


def test_the_last_admin_cannot_be_removed_by_somebody_who_was_one(ada: User, noor: User) -> None:
    staff.change_role(ada.as_actor(), noor.id, Role.ADMIN, now=clock.now())
    was_admin = noor.as_actor()
    former = type(was_admin)(role=Role.ADMIN, id=str(noor.id), clinic_id=noor.clinic_id)
    staff.change_role(ada.as_actor(), noor.id, Role.NURSE, now=clock.now())

    with pytest.raises(Conflict):
        staff.remove_person(former, ada.id, now=clock.now())


def test_an_admin_of_another_clinic_finds_nobody(client: FlaskClient, noor: User) -> None:
    theirs = a_user(a_clinic("Other Clinic"), Role.ADMIN, name="Eve", email="eve@example.org")
    sign_in(client, theirs)

    assert client.get(f"/admin/people/{noor.id}").status_code == 404
    assert post(client, f"/admin/people/{noor.id}/end-sessions", on="/admin/people").status_code == 404


def test_people_end_their_own_sessions_one_by_one_or_all(
    client: FlaskClient, app: Flask, noor: User, ada: User
) -> None:
    others = [app.test_client() for _ in range(3)]
    for browser in (client, *others):
        sign_in(browser, noor)
    sessions = staff.list_sessions(noor.as_actor(), now=clock.now())
    assert len(sessions) == 4
    assert post(client, "/account/sessions/end-others", on="/account").headers["Location"] == "/account"

    assert [browser.get("/account").status_code for browser in (client, *others)] == [200, 302, 302, 302]
    sign_in(others[0], noor)
    sign_in(others[1], ada)
    hers = staff.list_sessions(ada.as_actor(), now=clock.now())[0]
    assert post(client, f"/account/sessions/{hers.id}/end", on="/account").status_code == 404
    assert others[1].get("/account").status_code == 200


def test_the_audit_is_paged_and_filtered(client: FlaskClient, ada: User) -> None:
    clinic = db.session.get_one(Clinic, ada.clinic_id)
    patients = [a_patient(clinic, f"Patient {number}") for number in range(60)]
    sign_in(client, ada)

    first, second = client.get("/admin/audit"), client.get("/admin/audit?page=2")

    assert first.text.count("<tr>") == 51
    assert "Older" in first.text
    assert "Newer" in second.text
    of_one = client.get(f"/admin/audit?patient={patients[7].id}")
    assert of_one.text.count("<tr>") == 2
    assert "Patient 7" not in of_one.text
    assert client.get("/admin/audit?page=x&patient=y&user=z").status_code == 200
