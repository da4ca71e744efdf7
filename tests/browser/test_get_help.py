"""Get help now on a phone without JavaScript: tapped through, on a small screen, with axe on each kind of page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from diary.domain.access import Role
from diary.domain.safety import HelpResult
from tests.factories import a_clinic, a_patient, staff_of
from tests.live_server import LiveServer
from tests.web.log_pages import phone_of

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
TOO_SMALL = """elements => elements.filter(x => x.offsetParent && !x.closest('p, .skip'))
    .map(x => x.getBoundingClientRect()).filter(box => box.width < 44 || box.height < 44).length"""


@pytest.fixture
def backend() -> str:
    return "sqlite"


def test_six_times_no_is_seven_taps_and_the_clinic_handles_it(browser: Browser, live: LiveServer) -> None:
    with live.app.app_context():
        ana = a_patient(a_clinic())
    live.use(phone_of(ana))
    page = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 667}).new_page()
    page.goto(f"{live.url}/me/")
    page.get_by_role("link", name="Get help now").click()
    for _ in range(3):
        page.get_by_role("button", name="No").click()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("numb between your legs")
    for _ in range(4):
        page.get_by_role("button", name="No").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Not urgent: tell your clinic at your next visit")
    expect(page.get_by_text("We have not told anyone. Please call.")).to_be_visible()
    live.use(staff_of(ana.clinic_id, Role.NURSE))
    page.goto(f"{live.url}/clinic/patients")
    page.get_by_role("link", name="help page used").click()
    page.get_by_role("button", name="Mark as handled").click()
    expect(page.get_by_text("Marked as handled.")).to_be_visible()
    expect(page.get_by_text("not handled")).to_have_count(0)
    page.context.close()


@pytest.mark.parametrize("width", [375, 1280])
def test_the_pages_fit_and_can_be_read_and_touched(page: Page, live: LiveServer, width: int) -> None:
    with live.app.app_context():
        ana = a_patient(a_clinic())
    page.set_viewport_size({"width": width, "height": 700})
    results = (HelpResult.CONTROL, HelpResult.LEGS_AT_FIRST, HelpResult.NONE)
    for actor in (phone_of(ana), None):
        live.use(actor)
        for address in ("/me/help", "/me/help/expected", *(f"/me/help/result/{one}" for one in results)):
            page.goto(live.url + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            assert page.eval_on_selector_all("a, button", TOO_SMALL) == 0, address
            found = Axe().run(page, options=WCAG).response["violations"]
            assert found == [], (address, found)
