"""No word of a staff page escapes translation: in a made-up language every Latin letter is one that did.

People bear Georgian names here, so that what somebody typed is told from what the diary says. What is quoted stays as
it is: a rule set's own title and source, and the codes of the audit.
"""

import io
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
from diary.domain.safety import HelpResult
from diary.exchange.diary_file import write_diary_file
from diary.services.erasure import ask_erasure
from diary.services.help_uses import note_help_used
from diary.services.injections import carry_out, plan_injection
from diary.services.invitations import invite
from diary.services.setting_up import new_setup_link
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.diaries import add_entries, add_injections, add_medicines
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_diary, a_medicine, a_patient, an_injection, staff_of
from tests.made_up_language import CODE
from tests.phones import bind_phone, patient_on
from tests.signing_in import a_user, sign_in
from tests.web.browsing import forms_of, send
from tests.web.clinic.nursing import PREPARED, planned
from tests.web.log_pages import phone_of
from tests.web.pages import give_password, set_up_app, submit
from tests.web.test_links import walk
from tests.web.test_no_word_escapes import latin_in

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])

# Names of things and of units, the same in every language.
NAMES = {"mL", "mmHg", "min", "h", "UTC", "TOML", "JSON", "CSV", "PDF", "GDPR", "PIN", "v"}
KEYS = {"format"}  # of the diary file
# Pages made of quotations: the codes of the audit, and sentences in every language side by side.
QUOTING = re.compile(r" /admin/(audit|languages)")
# WTForms says itself that a choice is none of those offered, which a page cannot send.
NEVER_WRONG = {"csrf_token", "next", "conditions"}
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
    return re.sub(r"\b(?:America|Europe)/\w+\b|riverside-75|Español|[\w.]+@example\.org", "", page)


def found_in(seen: dict[str, str]) -> dict[str, set[str]]:
    """By page, the words that escaped."""
    ours = {address: page for address, page in seen.items() if not QUOTING.search(address)}
    return {address: latin for address, page in ours.items() if (latin := latin_in(unquoted(page)) - NAMES - KEYS)}


def answer_wrongly(browser: FlaskClient, addresses: list[str]) -> None:
    """Send every form that asks for something, once untouched and once with what cannot be."""
    for address in addresses:
        page = browser.get(address)
        for form in forms_of(page) if page.mimetype == "text/html" else ():
            if form.names <= ONLY_A_YES or form.action.startswith(("/logout", "/language")):
                continue
            browser.post(form.action or address, data=form.sends)
            wrong = {name: "ა" * 5000 for name in form.names - NEVER_WRONG if not form.sends.get(name)}
            browser.post(form.action or address, data={**form.sends, **wrong})


@pytest.mark.parametrize("role", [Role.DOCTOR, Role.NURSE, Role.ADMIN])
def test_no_word_of_a_staff_page_escapes(
    app: Flask,
    pages: dict[str, str],
    nino: PatientRow,
    role: Role,
) -> None:
    clinic = db.session.get_one(Clinic, nino.clinic_id)
    nurse = staff_of(nino.clinic_id, Role.NURSE)
    going_on = PlannedInjection(
        id=uuid4(), side=Side.LEFT, purpose=Purpose.THERAPEUTIC, activities=("კიბე",), baseline=Scores(movement=7)
    )
    to_come = PlannedInjection(id=uuid4(), side=Side.RIGHT, purpose=Purpose.DIAGNOSTIC)
    for one in (going_on, to_come):
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


def test_no_word_of_what_is_seldom_shown_escapes(
    app: Flask,
    pages: dict[str, str],
    nino: PatientRow,
) -> None:
    """An injection corrected, a reaction, a medicine withdrawn, a file refused, a name known already, help used."""
    today = today_in(nino.as_patient().zone, now=clock.now())
    of_nino = f"/clinic/patients/{nino.id}"
    note_help_used(phone_of(nino), HelpResult.LEGS_AT_FIRST, now=clock.now())
    browser = app.test_client()
    browser.set_cookie("diary_language", CODE)
    token = sign_in(browser, a_user(db.session.get_one(Clinic, nino.clinic_id), Role.NURSE, name="ნათია"))
    plan = planned(browser, nino, activity_1="კიბე", activity_2="ლოგინი", pain_named="აქ")
    send(browser, plan, {**PREPARED, "steroid_other": "წამალი"})
    send(browser, f"{plan}/done")
    injection = plan.replace("/planned/", "/injections/")
    send(browser, f"{injection}/monitoring", {"pain": "7"})
    send(browser, f"{injection}/reaction", {"kind": "faint", "note": "ცუდად"})
    send(browser, f"{injection}/leaving", {"escort": "yes", "systolic": "120", "diastolic": "80"})
    send(browser, f"{injection}/correct", {"reason": "შეცდომა", "side": "left"})
    for address in (f"{of_nino}/medicines/add", f"{of_nino}/medicines/add"):
        send(browser, address, {"name": "წამალი", "dose": "1", "taken_at": "2026-03-02T09:00", "rescue": "yes"})
    send(browser, f"{of_nino}/medicines", to="/withdraw")
    send(browser, f"{of_nino}/steroids/add", {"on": "2025-11-20", "agent": "dexamethasone", "mg": "4"})
    send(
        browser,
        f"{of_nino}/entries/add",
        {"average": "5", "day": today.isoformat()},
    )
    browser.get(send(browser, f"{of_nino}/phones", to="/code").location)
    send(browser, "/clinic/patients/new", {"name": "ნინო კრუზი", "born": "1960-01-01"})
    for content in (b"{}", write_diary_file(a_diary(a_day("2026-03-03")))):
        file = (io.BytesIO(content), "diary.json")
        browser.post(f"{of_nino}/import", data={"csrf_token": token, "file": file})
    addresses = list(walk(browser, injection, f"{injection}/monitoring", "/clinic/patients?search=zzz"))
    send(browser, f"{injection}/withdraw", {"reason": "შეცდომა"})
    send(browser, f"{of_nino}/stop")
    walk(browser, injection)

    assert len(addresses) > 25
    escaped = {address: sorted(latin) for address, latin in found_in(pages).items()}
    assert escaped == {}


def test_no_word_of_signing_in_and_of_ones_account_escapes(
    app: Flask,
    pages: dict[str, str],
) -> None:
    token = new_setup_link(base_url="", now=clock.now())
    stranger = app.test_client()
    stranger.set_cookie("diary_language", CODE)
    answer_wrongly(stranger, [str(token), "/login", "/account/set-up/none", "/account/invitation/none"])
    clinic = a_clinic(name="კლინიკა")
    admin = a_user(clinic, Role.ADMIN, name="ანა", email="ana@example.org")
    link = invite(admin.as_actor(), email="new@example.org", role=Role.NURSE, base_url="", now=clock.now())
    answer_wrongly(stranger, [link.address])
    submit(stranger, "/login", email="ana@example.org", password="wrong")
    give_password(stranger, email="ana@example.org")
    set_up_app(stranger)
    submit(stranger, "/account/recovery-codes")
    walk(stranger)
    answer_wrongly(stranger, ["/account/password", "/account/verify", "/admin/people"])
    again = app.test_client()
    again.set_cookie("diary_language", CODE)
    give_password(again, email="ana@example.org")
    answer_wrongly(again, ["/login/code", "/login/recovery-code"])
    for _ in range(6):
        submit(again, "/login", email="ana@example.org", password="wrong")

    assert len(pages) > 25
    escaped = {address: sorted(latin) for address, latin in found_in(pages).items()}
    assert escaped == {}
