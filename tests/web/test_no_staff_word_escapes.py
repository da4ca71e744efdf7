"""No word of a staff page escapes translation: in a made-up language every Latin letter is one that did.

People bear Georgian names here, so that what somebody typed is told from what the diary says. What is quoted stays as
it is: a rule set's own title and source, and the codes of the audit.
"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from diary import clock
from diary.domain.access import Role
from diary.domain.diary import Purpose, Scores, Side
from diary.domain.local_time import in_zone, today_in
from diary.domain.planning import PlannedInjection
from diary.domain.rulesets import shipped, shipped_names
from diary.services.erasure import ask_erasure
from diary.services.injections import carry_out, plan_injection
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.diaries import add_entries, add_injections, add_medicines
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_medicine, a_patient, an_injection, staff_of
from tests.made_up_language import CODE
from tests.phones import bind_phone, patient_on
from tests.signing_in import a_user, sign_in
from tests.web.browsing import forms_of
from tests.web.test_links import walk
from tests.web.test_no_word_escapes import latin_in, pages  # noqa: F401 — a fixture

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])

# Names of things and of units, the same in every language.
NAMES = {"mL", "mmHg", "min", "UTC", "TOML", "JSON", "CSV", "GDPR", "PIN", "h"}
# Pages made of quotations: the codes of the audit, and sentences in every language side by side.
QUOTING = re.compile(r" /admin/(audit|languages)")
ONLY_A_YES = {"csrf_token", "version", "language", "next", "seen"}


@pytest.fixture
def nino(app: Flask) -> PatientRow:  # noqa: ARG001 — gives the database
    """A patient with an injection behind her, one going on, one planned, and something of everything that is shown."""
    clinic = a_clinic(name="კლინიკა")
    nino = a_patient(clinic, "ნინო კრუზი", pain_named="აქ", next_visit_at=clock.now(), next_visit_offset=0)
    zone = nino.as_patient().zone
    now, today = in_zone(clock.now(), zone), today_in(zone, now=clock.now())
    with writing(OPERATOR, now=NOON) as work:
        past = (now - timedelta(days=30)).isoformat()
        add_injections(work, nino.owner, [an_injection(past, activities=("კიბე",), operator="ექიმი")])
        days = [(today - timedelta(days=back)).isoformat() for back in range(29, 1, -1)]
        add_entries(work, nino.owner, [a_day(day, recorded_at=now.isoformat()) for day in days])
        add_medicines(work, nino.owner, [a_medicine((now - timedelta(days=3)).isoformat(), name="წამალი")])
    return nino


def unquoted(page: str) -> str:
    """The page without what it quotes."""
    for name in shipped_names():
        rules = shipped(name)
        for said in (rules.title, rules.source, rules.unchecked, *(agent.name for agent in rules.agents), name):
            page = page.replace(str(escape(said)), "").replace(said, "")
        for agent in rules.agents:
            page = page.replace(", ".join(agent.also), "")
    page = re.sub(r"<code[ >].*?</code>", "", page, flags=re.DOTALL)
    return re.sub(r"\b(America|Europe)/\w+\b|riverside-75|Español|@?example\.org", "", page)


def found_in(seen: dict[str, str]) -> dict[str, set[str]]:
    """By page, the words that escaped."""
    ours = {address: page for address, page in seen.items() if not QUOTING.search(address)}
    return {address: latin for address, page in ours.items() if (latin := latin_in(unquoted(page)) - NAMES)}


def answer_wrongly(browser: FlaskClient, addresses: list[str]) -> None:
    """Send every form that asks for something, once untouched and once with what cannot be."""
    for address in addresses:
        page = browser.get(address)
        for form in forms_of(page) if page.mimetype == "text/html" else ():
            if form.names <= ONLY_A_YES or form.action.startswith(("/logout", "/language")):
                continue
            browser.post(form.action or address, data=form.sends)
            wrong = {name: "ა" * 5000 for name in form.names - {"csrf_token", "next"} if not form.sends.get(name)}
            browser.post(form.action or address, data={**form.sends, **wrong})


@pytest.mark.parametrize("role", [Role.DOCTOR, Role.NURSE, Role.ADMIN])
def test_no_word_of_a_staff_page_escapes(
    app: Flask,
    pages: dict[str, str],  # noqa: F811
    nino: PatientRow,
    role: Role,
) -> None:
    clinic = db.session.get_one(Clinic, nino.clinic_id)
    nurse = staff_of(nino.clinic_id, Role.NURSE)
    going_on = PlannedInjection(
        id=uuid4(), side=Side.LEFT, purpose=Purpose.THERAPEUTIC, activities=("კიბე",), baseline=Scores(movement=7)
    )
    planned = PlannedInjection(id=uuid4(), side=Side.RIGHT, purpose=Purpose.DIAGNOSTIC)
    for one in (going_on, planned):
        plan_injection(nurse, nino.id, one, now=clock.now())
    carry_out(nurse, going_on.id, after=1, performed_at=clock.now(), reason="", now=clock.now())
    browser = app.test_client()
    browser.set_cookie("diary_language", CODE)
    sign_in(browser, a_user(clinic, role, name="ნათია"))
    a_user(clinic, Role.NURSE, name="ნელი")
    ask_erasure(patient_on(bind_phone(app.test_client(), a_patient(clinic, "ბექა"))), now=clock.now())

    found = walk(browser)
    answer_wrongly(browser, [address for address, status in found.items() if status == 200])
    walk(browser)

    assert len(pages) > 20
    escaped = {address: sorted(latin) for address, latin in found_in(pages).items()}
    assert escaped == {}
