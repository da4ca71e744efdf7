"""Signing on the doctor's page: three clicks from the list, scripts off, and nothing that axe finds."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from diary.domain.access import Actor, Role
from diary.domain.diary import Scores
from diary.store.diaries import add_injections
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_patient, an_injection
from tests.live_server import LiveServer

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def backend() -> str:
    """The browser does not know which database it is."""
    return "sqlite"


@pytest.fixture
def ana(live: LiveServer) -> PatientRow:
    """Ana after a block whose anaesthetic nobody wrote down; Dr Chen is asking."""
    with live.app.app_context():
        patient = a_patient(a_clinic())
        with writing(OPERATOR, now=NOON) as work:
            add_injections(work, patient.owner, [an_injection(baseline=Scores(movement=8))])
    live.use(Actor(role=Role.DOCTOR, id="chen", clinic_id=patient.clinic_id, name="Chen"))
    return patient


def test_a_follow_up_is_signed_in_three_clicks_from_the_list(
    live: LiveServer, browser: Browser, ana: PatientRow
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{live.url}/clinic/patients/{ana.id}")
    # The reading of the block is one click more, once for each injection.
    page.get_by_role("radio", name="Unsure").check()
    page.get_by_role("radio", name="Second diagnostic block").check()
    page.get_by_role("button", name="Save and sign").click()
    expect(page.get_by_text("version 1, by rule set")).to_be_in_viewport()

    page.goto(f"{live.url}/clinic/patients")
    page.get_by_role("link", name="Ana Cruz").first.click()
    page.get_by_role("radio", name="Other treatment").check()
    page.get_by_role("button", name="Save and sign").click()
    expect(page.get_by_text("version 2, by rule set")).to_be_in_viewport()
    context.close()


def test_axe_finds_nothing_on_the_plan_and_on_what_was_signed(
    live: LiveServer, browser: Browser, ana: PatientRow
) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 667})
    page = context.new_page()
    page.goto(f"{live.url}/clinic/patients/{ana.id}")
    page.get_by_role("button", name="Save and sign").click()
    expect(page.get_by_role("link", name="Choose what you plan.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("radio", name="Not read").check()
    page.get_by_role("radio", name="Discharge").check()
    page.get_by_role("button", name="Save and sign").click()
    page.get_by_role("link", name="All signed versions").click()
    page.get_by_text("The rules one by one").click()
    assert_accessible(page)
    context.close()


def assert_accessible(page: Page) -> None:
    """Nothing that axe finds, nothing wider than the phone."""
    page.wait_for_load_state()
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(violation["id"], violation["nodes"]) for violation in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
