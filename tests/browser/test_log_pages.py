"""The patient's pages in a browser: small and large screens, large text, keyboard alone, without JavaScript.

What is asserted of each page follows ``screens.md`` section 4.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from diary.domain.access import Actor, Role
from diary.domain.diary import Diary, Scores
from diary.store.diaries import add_entries, add_injections, load_diary
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import OPERATOR, a_clinic, a_day, a_patient, an_injection
from tests.live_server import LiveServer

SIZES = [(320, 640), (375, 667), (640, 512), (1280, 800)]  # 320 px is 1280 at 400%, 640 is 1280 at 200%
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
TOO_SMALL = """elements => elements.filter(x => x.offsetParent && !x.closest('p, .skip'))
    .map(x => x.getBoundingClientRect()).filter(box => box.width < 44 || box.height < 44).length"""
CLIPPED = "elements => elements.filter(x => x.scrollWidth > x.clientWidth + 1).map(x => x.outerHTML)"

LIVED = Scores(average=5, moving=4, soreness=0, activities=(4, 2))
FOCUS_IN_VIEW = """() => {
    const box = document.activeElement.getBoundingClientRect();
    return 0 <= box.top && box.top < box.bottom && box.bottom <= innerHeight;
}"""


class Ana:
    """Ana with her phone at noon of day 14, in the zone where it is noon now, so that today is never in doubt."""

    def __init__(self, live: LiveServer) -> None:
        self.live = live
        hours = 12 - datetime.now(UTC).hour
        self.zone = ZoneInfo(f"Etc/GMT{-hours:+d}")
        self.now = datetime.now(self.zone)
        self.today = self.now.date()
        with live.app.app_context():
            self.patient: PatientRow = a_patient(a_clinic(), time_zone=self.zone.key)
            injected = self.now - timedelta(days=14)
            injection = an_injection(
                injected.isoformat(), activities=("Stairs", "Turning in bed"), baseline=Scores(average=7, movement=8)
            )
            days = [
                a_day(day.date().isoformat(), recorded_at=(day + timedelta(hours=1)).isoformat(), scores=LIVED)
                for day in (self.now - timedelta(days=back) for back in range(13, 1, -1))
            ]
            with writing(OPERATOR, now=self.now) as work:
                add_injections(work, self.patient.owner, [injection])
                add_entries(work, self.patient.owner, days)
            self.last_entry = days[-1]
        live.use(self.actor)

    @property
    def actor(self) -> Actor:
        """Her phone with its PIN given."""
        return Actor(role=Role.PATIENT, id="device-1", clinic_id=self.patient.clinic_id, patient_id=self.patient.id)

    @property
    def diary(self) -> Diary:
        """What is recorded now."""
        with self.live.app.app_context(), writing(OPERATOR, now=self.now) as work:
            return load_diary(work, self.patient)

    def pages(self) -> list[str]:
        """The address of each of her pages."""
        entry, yesterday = self.last_entry.id, self.today - timedelta(days=1)
        return [
            "/me/", "/me/now", f"/me/day/{self.today}", f"/me/day/{yesterday}", f"/me/day/{self.last_entry.day}",
            "/me/day/1999-01-01", f"/me/saved/{entry}", f"/me/entries/{entry}/change", f"/me/entries/{entry}/medicine",
            f"/me/day/{self.today}/more", "/me/scores", "/me/help",
        ]  # fmt: skip


@pytest.fixture
def ana(live: LiveServer) -> Ana:
    return Ana(live)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_page_fits_and_can_be_read_touched_and_enlarged(page: Page, ana: Ana, width: int, height: int) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce")
    for address in ana.pages():
        page.goto(ana.live.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.eval_on_selector_all("a, button, label:has(input), summary", TOO_SMALL) == 0, address
        assert page.locator("input[type=radio]:checked, input[type=range]").count() == 0, address
        assert page.evaluate("document.getAnimations().length") == 0, address
        if width in {320, 1280}:
            found = Axe().run(page, options=WCAG).response["violations"]
            assert found == [], (address, found)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.eval_on_selector_all("label, button, h1, legend, .button", CLIPPED) == [], address
    assert [words for words in complaints if "422" not in words] == []


def test_the_day_is_logged_in_five_taps(page: Page, ana: Ana) -> None:
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(f"{ana.live.url}/me/day/{ana.today - timedelta(days=1)}")  # the first tap is the link
    page.get_by_role("group", name="how bad was your pain").get_by_role("radio", name="4", exact=True).click()
    expect(page.locator("#average").get_by_text("You chose 4")).to_be_visible()
    page.get_by_role("group", name="How hard was it to move about").get_by_role("radio", name="3", exact=True).click()
    page.get_by_role("group", name="extra pain medicine").get_by_role("radio", name="No", exact=True).click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Saved. Pain 4. Moving 3. No extra medicine.")


def test_the_day_is_logged_by_keyboard_alone(page: Page, ana: Ana) -> None:
    page.goto(f"{ana.live.url}/me/day/{ana.today - timedelta(days=1)}")
    page.locator("input[name=average]").first.focus()
    for presses in (4, 3):
        page.keyboard.press("Space")
        for _ in range(presses):
            page.keyboard.press("ArrowRight")
        box = page.evaluate(
            "(() => { const b = document.activeElement.getBoundingClientRect(); return [b.top, b.bottom] })()"
        )
        assert 0 <= box[0] < box[1] <= page.evaluate("innerHeight")
        page.keyboard.press("Tab")
    page.keyboard.press("Space")  # No comes first
    page.keyboard.press("Tab")  # the note
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved. Pain 4. Moving 3. No extra medicine.")


def test_the_day_is_logged_and_changed_without_javascript(browser: Browser, ana: Ana) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{ana.live.url}/me/day/{ana.today - timedelta(days=1)}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    for name in ("average", "moving"):
        page.locator(f"input[name={name}][value='2']").check()
    page.locator("input[name=analgesic][value=no]").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Change this").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Choose a number from 0 to 10 for your pain")).to_be_visible()
    context.close()
    assert [entry.scores.average for entry in ana.diary.entries][-1] == 2


def test_focus_moves_to_the_summary_and_from_it_into_the_question(page: Page, ana: Ana) -> None:
    page.goto(f"{ana.live.url}/me/day/{ana.today - timedelta(days=1)}")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    page.get_by_role("link", name="Choose Yes or No.").click()
    expect(page.locator("input[name=analgesic]").first).to_be_focused()
