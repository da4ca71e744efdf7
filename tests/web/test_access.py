"""Every route for every role: own clinic, other clinic, own and other patient, nobody: as `access_table` says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from diary import clock
from diary.domain.access import Role
from diary.domain.diary import SteroidElsewhere
from diary.domain.local_time import today_in
from diary.domain.safety import HelpResult
from diary.exchange.diary_file import write_diary_file
from diary.services.enrolment import show_code
from diary.services.erasure import ask_erasure
from diary.services.exchange import show_import
from diary.services.help_uses import note_help_used
from diary.services.invitations import invite, list_invitations
from diary.services.paper import print_sheet
from diary.services.staff import list_sessions
from diary.store.audit import UNGUARDED, AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.diaries import (
    add_entries,
    add_injections,
    add_medicines,
    add_steroids_elsewhere,
    load_steroids_elsewhere,
)
from diary.store.work import writing
from diary.web.guard import EVERYBODY, lets_in
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_diary, a_medicine, a_patient, an_injection, staff_of
from tests.phones import bind_phone, look_by_code, open_diary_on, patient_on
from tests.signing_in import a_user, open_a_page, sign_in
from tests.web.access_table import ACCESS, BY_LINK

STAFF_ROLES = (Role.ADMIN, Role.DOCTOR, Role.NURSE)
PATIENT_ROLES = (Role.PATIENT, Role.DEVICE)
ALL_ROLES = (*STAFF_ROLES, *PATIENT_ROLES, Role.GUEST)
# Who opens an address on one database opens it on the other: the walk needs one of them.
pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


@dataclass
class World:
    """Ana's clinic and another one, a browser for everybody, and the ids that addresses are filled with."""

    app: Flask
    ids: dict[str, Any] = field(default_factory=dict)
    browsers: dict[tuple[str, Role], tuple[FlaskClient, str]] = field(default_factory=dict)
    nobody: tuple[FlaskClient, str] | None = None

    def address(self, rule: Rule) -> str:
        """The rule's address with Ana's ids."""
        with self.app.test_request_context():
            from flask import url_for

            missing = rule.arguments - self.ids.keys()
            assert not missing, f"{rule.endpoint}: tell the world of test_access an id for {missing}"
            return url_for(rule.endpoint, **{name: self.ids[name] for name in rule.arguments})

    def rules(self) -> Iterator[Rule]:
        """Every route but files."""
        return (rule for rule in self.app.url_map.iter_rules() if rule.endpoint != "static")


@pytest.fixture
def world(app: Flask) -> World:
    world = World(app)
    ours, theirs = a_clinic(), a_clinic("Other Clinic")
    for where, clinic in (("ours", ours), ("theirs", theirs)):
        for role in STAFF_ROLES:
            user = a_user(clinic, role, name=f"{role} of {where}", email=f"{role}@{where}.example.org")
            browser = app.test_client()
            world.browsers[where, role] = (browser, sign_in(browser, user))
            if (where, role) == ("ours", Role.NURSE):
                world.ids["user_id"] = user.id
                world.ids["session_id"] = list_sessions(user.as_actor(), now=clock.now())[0].id
            if (where, role) == ("ours", Role.ADMIN):
                invite(user.as_actor(), email="x@example.org", role=Role.NURSE, base_url="", now=clock.now())
                world.ids["invitation_id"] = list_invitations(user.as_actor(), clinic.id, now=clock.now())[0].id
    _add_patients(world, ours)
    visitor = app.test_client()
    world.nobody = (visitor, open_a_page(visitor))
    world.ids |= {"token": "x" * 32, "secret": "x" * 43, "filename": "css/diary.css", "name": "none.js"}
    world.ids |= {"rule_set": "trial-50", "version": 1, "number": 1, "result": "none"}
    return world


def _add_patients(world: World, clinic: Clinic) -> None:
    ana, ben = a_patient(clinic), a_patient(clinic, "Ben Osei")
    injection, medicine = an_injection(), a_medicine("2026-03-03T09:00:00-05:00")
    today = today_in(ana.as_patient().zone, now=clock.now())
    entry = a_day(today.isoformat(), recorded_at=clock.now().isoformat())
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, ana.owner, [injection])
        add_entries(work, ana.owner, [entry])
        add_medicines(work, ana.owner, [medicine])
        add_steroids_elsewhere(work, ana.owner, [SteroidElsewhere(on=today, agent="dexamethasone")])
        world.ids["steroid_id"] = next(iter(load_steroids_elsewhere(work, ana.owner)))
    world.ids["enrolment_id"] = show_code(
        staff_of(clinic.id, Role.NURSE), ana.id, key=str(world.app.secret_key), now=clock.now()
    )
    world.ids |= {"code": "es", "patient_id": ana.id, "injection_id": injection.id, "medicine_id": medicine.id}
    doctor = staff_of(clinic.id, Role.DOCTOR)
    shown = show_import(doctor, ana.id, write_diary_file(a_diary()), now=clock.now())
    world.ids |= {"entry_id": entry.id, "day": today.isoformat(), "pending_id": shown.pending_id}
    world.ids["sheet_id"] = print_sheet(staff_of(clinic.id, Role.NURSE), ana.id, now=clock.now())
    for where, patient in (("ours", ana), ("theirs", ben)):
        for role in PATIENT_ROLES:
            browser = world.app.test_client()
            token = open_a_page(browser)
            phone = bind_phone(browser, patient)
            if role is Role.PATIENT:
                open_diary_on(phone)
            world.browsers[where, role] = (browser, token)
            if (where, role) == ("ours", Role.DEVICE):
                world.ids["device_id"] = phone.id
            if (where, role) == ("ours", Role.PATIENT):
                world.ids["use_id"] = note_help_used(patient_on(phone), HelpResult.NONE, now=clock.now())
                world.ids["request_id"] = ask_erasure(patient_on(phone), now=clock.now())
            if role is Role.PATIENT:
                guest = world.app.test_client()
                world.browsers[where, Role.GUEST] = (guest, look_by_code(guest, phone))


def ask(browser: tuple[FlaskClient, str] | None, method: str, address: str) -> TestResponse:
    assert browser is not None
    client, token = browser
    return client.open(address, method=method, headers={"X-CSRF-Token": token})


def is_refused(answer: TestResponse) -> bool:
    sent_away = answer.headers.get("Location", "").split("?")[0] in {"/login", "/join", "/me/open", "/me/pin", "/share"}
    return answer.status_code in {401, 403, 404} or (answer.status_code in {302, 303} and sent_away)


def methods_of(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def test_every_route_has_its_line_and_is_marked_as_the_line_says(app: Flask) -> None:
    marked = {
        rule.endpoint: lets_in(app.view_functions[rule.endpoint]) or frozenset()
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
    }

    assert {"static": EVERYBODY, **marked} == ACCESS


def test_nobody_opens_what_is_not_public(world: World) -> None:
    wrong = [
        (method, rule.endpoint, answer.status_code)
        for rule in world.rules()
        for method in methods_of(rule)
        if ACCESS[rule.endpoint] != EVERYBODY
        and not is_refused(answer := ask(world.nobody, method, world.address(rule)))
    ]

    assert wrong == []


@pytest.mark.parametrize("role", ALL_ROLES)
def test_a_role_opens_what_its_line_says_and_nothing_else(world: World, role: Role) -> None:
    wrong = []
    for rule in world.rules():
        if ACCESS[rule.endpoint] == EVERYBODY:
            continue
        for method in methods_of(rule):
            let_in = role in ACCESS[rule.endpoint]
            if let_in and method != "GET":
                continue  # it would do what it is for
            answer = ask(world.browsers["ours", role], method, world.address(rule))
            if answer.status_code >= 500 or (not let_in and not is_refused(answer)):
                wrong.append((method, rule.endpoint, answer.status_code))
            if let_in and answer.status_code in {401, 403}:
                wrong.append((method, rule.endpoint, answer.status_code))

    assert wrong == []


@pytest.mark.parametrize("role", ALL_ROLES)
def test_what_is_anothers_is_not_there(world: World, role: Role) -> None:
    """The same role of another clinic, and another patient, ask for Ana's: as if it did not exist."""
    wrong = [
        (method, rule.endpoint, answer.status_code)
        for rule in world.rules()
        for method in methods_of(rule)
        if any(name.endswith("_id") for name in rule.arguments)
        and role in ACCESS[rule.endpoint]
        and (answer := ask(world.browsers["theirs", role], method, world.address(rule))).status_code != 404
    ]

    assert wrong == []


def test_a_made_up_link_is_not_there(world: World) -> None:
    for rule in world.rules():
        if rule.endpoint in BY_LINK:
            assert ask(world.nobody, "GET", world.address(rule)).status_code == 404


@pytest.mark.parametrize("role", [Role.ADMIN, Role.DOCTOR, Role.NURSE])
def test_looking_changes_nothing_but_the_audit_and_every_page_has_its_policy(world: World, role: Role) -> None:
    guarded = [table for table in db.metadata.sorted_tables if table.name not in UNGUARDED]

    def counts() -> dict[str, int]:
        db.session.rollback()
        return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in guarded}

    before = counts()
    for rule in world.rules():
        if "GET" in methods_of(rule):
            answer = ask(world.browsers["ours", role], "GET", world.address(rule))
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], rule.endpoint
            assert counts() == before, rule.endpoint


# It asks every five seconds whether the phone is linked; that the code was made, tried and used is on file.
ASKS_AGAIN_AND_AGAIN = {"clinic.code"}


@pytest.mark.parametrize("role", [Role.ADMIN, Role.DOCTOR, Role.NURSE])
def test_no_page_shows_a_patient_without_a_line_in_the_audit(world: World, role: Role) -> None:
    """Every address that names a patient, or a record of theirs: who looked is on file, whatever the page shows."""
    lines = select(func.count()).where(AuditEvent.patient_id == world.ids["patient_id"])

    def seen() -> int:
        db.session.rollback()
        return db.session.scalar(lines) or 0

    silent = []
    for rule in world.rules():
        of_patient = set(rule.arguments) & {"patient_id", "injection_id", "medicine_id", "entry_id"}
        let_in = role in ACCESS[rule.endpoint] and rule.endpoint not in ASKS_AGAIN_AND_AGAIN
        if not of_patient or "GET" not in methods_of(rule) or not let_in:
            continue
        before = seen()
        answer = ask(world.browsers["ours", role], "GET", world.address(rule))
        if answer.status_code == 200 and seen() == before:
            silent.append(rule.endpoint)

    assert silent == []
