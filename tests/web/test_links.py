"""Every link on every page leads somewhere, and from their first page each kind of person reaches what is theirs."""

import re
from html import unescape
from urllib.parse import urljoin
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diary import clock
from diary.domain.access import Role
from diary.domain.diary import Purpose, Side
from diary.domain.local_time import in_zone, today_in
from diary.domain.planning import PlannedInjection
from diary.services.erasure import ask_erasure
from diary.services.injections import plan_injection
from diary.services.paper import print_sheet
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.diaries import add_entries, add_injections, add_medicines
from diary.store.patients import PatientRow
from diary.store.work import writing
from diary.web.guard import EVERYBODY
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_medicine, a_patient, an_injection, staff_of
from tests.phones import bind_phone, open_diary_on, patient_on
from tests.signing_in import a_user, sign_in
from tests.web.access_table import ACCESS
from tests.web.clinic.nursing import diary_of

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])

# Reached by a form, by a script or by a link that is sent, never by a link on a page.
NOT_BY_LINK = {
    "admin.invite",  # the answer to the form on People
    "clinic.code",  # the answer to Enrol phone
    "clinic.code_card",  # a link of that answer
    "clinic.figure",
    "clinic.scanned_paper",  # where the square on a printed diary leads
    "clinic.reminder_failures",  # a line above the list, while there are any
    "patient.confirm_removal",
    "patient.ask_activities",  # Continue on the question before it
    "patient.ask_language",  # asked after the first score where there is a choice of languages
    "patient.ask_movement",
    "patient.ask_reminders",
    "patient.messages",  # once this phone is chosen for reminders
    "patient.reminder_calendar",  # once the calendar is chosen
    "patient.kept_settings",
    "patient.open_scores",  # where a closed diary leads
    "patient.paper_pdf",  # the answer to Print a paper diary
    "patient.start",  # Saved leads there until the three questions are answered
    "patient.today",  # where an address kept on the phone's home screen leads
    "security.two_factor_setup_validate",
    "security.verify",  # where a page asks for the password once more
    "sync.assessment",
    "sync.diary_of_patient",
    "sync.entry_with_history",
    "sync.own_diary",
}
# An admin sees no list of patients: they come here by adding somebody, or by finding them when they try to.
OF_A_PATIENT_JUST_ADDED = {"clinic.edit_patient", "clinic.next_visit", "clinic.phones", "clinic.stop_patient"}


@pytest.fixture
def ana(app: Flask) -> PatientRow:  # noqa: ARG001 — the application is there for its database
    """Ana with a course behind her: an injection and a score today, a medicine, and the next injection planned."""
    ana = a_patient(a_clinic())
    today = today_in(ana.as_patient().zone, now=clock.now())
    with writing(OPERATOR, now=NOON) as work:
        # In her own offset: at night the date of UTC is tomorrow's, and what lies ahead is not judged.
        now = in_zone(clock.now(), ana.as_patient().zone).isoformat()
        add_injections(work, ana.owner, [an_injection(now)])
        add_entries(work, ana.owner, [a_day(today.isoformat(), recorded_at=now)])
        add_medicines(work, ana.owner, [a_medicine("2026-03-03T09:00:00-05:00")])
    planned = PlannedInjection(id=uuid4(), side=Side.RIGHT, purpose=Purpose.DIAGNOSTIC)
    plan_injection(staff_of(ana.clinic_id, Role.NURSE), ana.id, planned, now=clock.now())
    print_sheet(staff_of(ana.clinic_id, Role.NURSE), ana.id, now=clock.now())
    return ana


def walk(client: FlaskClient, *starts: str) -> dict[str, int]:
    """Every address that links lead to from the front door and ``starts``, with the status each answers."""
    waiting, found = ["/", *starts], dict[str, int]()
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        answer = client.get(address)
        found[address] = answer.status_code
        if answer.is_json or answer.mimetype != "text/html":
            continue
        links = re.findall(r'<a\b[^>]*?\bhref="([^"]*)"', answer.text, re.DOTALL)
        links += [answer.location] if answer.location else []
        for link in links:
            there = urljoin(address, unescape(link)).split("#")[0]
            if there.startswith("/") and not re.search(r"[?&](order|direction)=", there):
                waiting.append(there)
    return found


def endpoints(app: Flask, addresses: dict[str, int]) -> set[str]:
    """The views behind the addresses."""
    match = app.url_map.bind("localhost").match
    return {match(address.partition("?")[0])[0] for address in addresses}


def unreached(app: Flask, role: Role, addresses: dict[str, int]) -> set[str]:
    """What this role may open and no link leads to."""
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    theirs = {name for name, roles in ACCESS.items() if role in roles and roles != EVERYBODY}
    return (theirs & pages) - endpoints(app, addresses) - NOT_BY_LINK


@pytest.mark.parametrize("role", [Role.DOCTOR, Role.NURSE, Role.ADMIN])
def test_staff_reach_every_page_of_theirs_by_links_and_none_is_dead(app: Flask, ana: PatientRow, role: Role) -> None:
    clinic = db.session.get_one(Clinic, ana.clinic_id)
    browser = app.test_client()
    sign_in(browser, a_user(clinic, role, name="Noor"))
    a_user(clinic, Role.NURSE, name="Nell")
    ask_erasure(patient_on(bind_phone(app.test_client(), a_patient(clinic, "Ben Baker"))), now=clock.now())

    found = walk(browser)

    assert {address: status for address, status in found.items() if status not in {200, 302}} == {}
    assert unreached(app, role, found) == (OF_A_PATIENT_JUST_ADDED if role is Role.ADMIN else set())


def test_a_patient_reaches_every_page_of_theirs_by_links_and_none_is_dead(app: Flask, ana: PatientRow) -> None:
    browser = app.test_client()
    open_diary_on(bind_phone(browser, ana))

    found = walk(browser, f"/me/saved/{diary_of(ana).entries[0].id}")

    assert {address: status for address, status in found.items() if status not in {200, 302}} == {}
    assert unreached(app, Role.PATIENT, found) == set()
