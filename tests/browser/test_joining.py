"""Joining on a small phone with scripts off: five taps and a year from the code to the first score."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from diary.store.base import db
from diary.store.records import EntryRow
from tests.factories import a_clinic, a_patient
from tests.live_server import LiveServer
from tests.phones import PIN, code_for

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def backend() -> str:
    """The browser does not know which database it is."""
    return "sqlite"


def fits(page: Page) -> None:
    """Nothing is wider than the phone, nothing to tap is smaller than a fingertip, nothing was chosen beforehand."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.eval_on_selector_all(
        "main a, main button, main label:has(input), main summary",
        "all => all.filter(one => one.offsetParent && !one.closest('p:not(:has(> .button))'))"
        ".filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)",
    )
    assert small == []
    assert page.locator("input[type=radio]:checked").count() == 0


def test_a_helper_joins_scores_and_sets_up_without_a_script(live: LiveServer, browser: Browser) -> None:
    with live.app.app_context():
        ana = a_patient(a_clinic())
        code = code_for(ana)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    taps = 1  # the scan

    page.goto(f"{live.url}/join?code={code}")
    fits(page)
    page.get_by_label("Year of birth").fill("1960")
    page.get_by_role("button", name="I am helping this person").click()
    fits(page)
    page.get_by_role("button", name="I agree and start").click()
    fits(page)
    page.get_by_role("radio", name="4", exact=True).check()
    page.get_by_role("button", name="Save").click()
    taps += 4
    expect(page.get_by_role("heading", name="Saved")).to_be_visible()
    assert taps == 5

    page.get_by_role("link", name="Answer a few short questions").click()
    fits(page)
    page.get_by_label("Right, by the dimple").check()
    page.get_by_role("button", name="Continue").click()
    fits(page)
    page.get_by_role("button", name="Skip this question").click()
    fits(page)
    page.get_by_role("button", name="Continue").click()
    fits(page)
    page.get_by_role("button", name="Skip this question").click()
    fits(page)
    page.get_by_label("New PIN, 6 digits").fill(PIN)
    page.get_by_label("The same PIN again").fill(PIN)
    page.get_by_role("button", name="Save my PIN").click()
    page.get_by_role("link", name="Settings").click()
    fits(page)
    context.close()

    with live.app.app_context():
        entry = db.session().scalars(select(EntryRow).where(EntryRow.patient_id == ana.id)).one()
        assert entry.source == "helper"


def test_axe_finds_nothing_on_the_pages_of_joining_and_of_the_keys(live: LiveServer, browser: Browser) -> None:
    with live.app.app_context():
        code = code_for(a_patient(a_clinic()))
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()

    page.goto(f"{live.url}/join")
    assert_accessible(page)
    page.goto(f"{live.url}/join?code={code}")
    assert_accessible(page)
    page.get_by_label("Year of birth").fill("1960")
    page.get_by_role("button", name="Yes, this is me").click()
    page.wait_for_load_state()
    assert_accessible(page)
    page.get_by_role("button", name="I agree and start").click()
    page.wait_for_load_state()
    for address in ("/me/now", "/me/settings", "/me/pin"):
        page.goto(f"{live.url}{address}")
        assert_accessible(page)
    context.close()


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(violation["id"], violation["nodes"]) for violation in found] == []
