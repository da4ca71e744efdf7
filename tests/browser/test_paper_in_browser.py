"""A nurse types a fortnight of paper in by the keyboard alone, and nothing that axe finds stands in the way."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from diary.domain.diary import Scores
from diary.store.patients import PatientRow
from tests.factories import a_clinic, a_day, a_diary, a_patient, keep
from tests.live_server import LiveServer
from tests.paper import VISIT, a_sheet, ana_s_injection, diary_now, noor_of
from tests.web.log_pages import stop_clock

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# Days 1 to 14 as they stand on paper: pain, moving, soreness, extra medicine.
ON_PAPER = [(str(max(7 - day // 2, 1)), "3", "0" if day > 3 else "2", "n") for day in range(1, 15)]


@pytest.fixture
def backend() -> str:
    """The browser does not know which database it is."""
    return "sqlite"


@pytest.fixture
def ana(live: LiveServer, monkeypatch: pytest.MonkeyPatch) -> PatientRow:
    """Ana at her visit three weeks after the injection, with one day on her phone and a sheet; Noor is asking."""
    stop_clock(monkeypatch, VISIT.isoformat())
    with live.app.app_context():
        patient = a_patient(a_clinic(), pain_named="the pain low on the right", activities=["Stairs"])
        keep(patient, a_diary(ana_s_injection(activities=()), a_day("2026-03-04", scores=Scores(average=9))))
    live.use(noor_of(patient))
    return patient


def sheet_of(live: LiveServer, ana: PatientRow) -> str:
    with live.app.app_context():
        return f"{live.url}/clinic/paper/{a_sheet(ana)}"


def assert_accessible(page: Page) -> None:
    page.wait_for_load_state()
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(violation["id"], [node["html"] for node in violation["nodes"]]) for violation in found] == []
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def shot(page: Page, name: str) -> None:
    """For whoever wants to look: SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def type_row(page: Page, row: tuple[str, str, str, str]) -> None:
    """A number, Tab, the next number; then past the tick and the time."""
    for answer in row:
        page.keyboard.type(answer)
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")


def test_fourteen_days_are_typed_in_by_the_keyboard_alone(live: LiveServer, browser: Browser, ana: PatientRow) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(sheet_of(live, ana))
    assert_accessible(page)
    shot(page, "type-1280")

    page.locator("#\\32 026-03-03-average").focus()
    for row in ON_PAPER:
        type_row(page, row)
    # Back into the last box of the fortnight: Enter saves from any of them.
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="The diary says something else. Nothing is saved yet.")).to_be_visible()
    assert_accessible(page)
    shot(page, "contradiction-1280")
    page.get_by_role("radio", name="Leave this row of the paper out").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("13 rows of Ana Cruz were typed in from paper.")
    shot(page, "typed-in-1280")
    page.reload()

    with live.app.app_context():
        entries = diary_now(ana).entries
    by_day = {str(entry.day): entry for entry in entries}
    assert len(entries) == 14
    assert by_day["2026-03-04"].scores.average == 9
    assert [by_day[f"2026-03-{2 + day:02d}"].scores.average for day in (1, 3, 14)] == [7, 6, 1]
    context.close()


@pytest.mark.parametrize("width", [375, 1280])
def test_what_was_typed_wrong_is_told_without_losing_the_rest(
    live: LiveServer, browser: Browser, ana: PatientRow, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(f"{live.url}/clinic/patients/{ana.id}/paper")
    assert_accessible(page)
    shot(page, f"paper-{width}")
    page.goto(sheet_of(live, ana))
    shot(page, f"type-{width}")
    page.locator("#\\32 026-03-03-average").fill("17")
    page.locator("#\\32 026-03-05-average").fill("4")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_role("link", name="Tuesday 3 March: Type a number").click()
    expect(page.locator("#\\32 026-03-03-average")).to_be_focused()
    expect(page.locator("#\\32 026-03-05-average")).to_have_value("4")
    assert_accessible(page)
    shot(page, f"error-{width}")
    assert urlsplit(page.url).query.startswith("sheet=")
    context.close()
