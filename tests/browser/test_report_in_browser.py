"""The print view in a real browser: what comes out on paper, and that axe and a phone find nothing wrong."""

from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from diary.domain.access import Actor, Role
from diary.domain.diary import Anaesthetic, Scores, Steroid
from diary.store.diaries import add_entries, add_injections
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_patient, an_injection
from tests.live_server import LiveServer
from tests.reports import pages_of

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def address(live: LiveServer) -> str:
    """The report of Ana's injection, with forty days after it, opened by Dr Chen."""
    with live.app.app_context():
        clinic = a_clinic()
        ana = a_patient(clinic)
        injection = an_injection(
            baseline=Scores(movement=8, average=7),
            anaesthetic=(Anaesthetic(agent="lidocaine"),),
            steroid=Steroid(agent="triamcinolone", mg=40),
        )
        days = [(date(2026, 3, 2) + timedelta(days=number)).isoformat() for number in range(1, 41)]
        with writing(OPERATOR, now=NOON) as work:
            add_injections(work, ana.owner, [injection])
            add_entries(work, ana.owner, [a_day(day) for day in days])
        live.use(Actor(role=Role.DOCTOR, id="chen", clinic_id=clinic.id, name="Dr Chen"))
        return f"{live.url}/clinic/patients/{ana.id}/report"


def test_on_paper_each_page_says_whose_it_is_and_nothing_to_press(page: Page, address: str) -> None:
    page.goto(f"{address}?entries=1")
    pages = pages_of(page.pdf(prefer_css_page_size=True))
    assert len(pages) > 1
    for number, printed in enumerate(pages, start=1):
        assert "Ana Cruz · born 09-Apr-1960 · RIGHT · injected 02-Mar-2026" in printed
        assert f"Page {number} of {len(pages)}" in printed
        for pressed in ("Sign out", "Show these too", "Back to the course", "Text"):
            assert pressed not in printed


@pytest.mark.parametrize("width", [320, 1280])
def test_on_screen_nothing_is_cut_and_axe_finds_nothing(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}?entries=1&changes=1")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page, options=WCAG).response["violations"] == []
