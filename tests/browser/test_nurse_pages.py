"""The nurse's pages in a browser: the half hour tapped through, the minutes counting on, every page at every size."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from diary import clock
from diary.domain.access import Actor, Role
from diary.domain.diary import Purpose, Scores, Side
from diary.domain.planning import PlannedInjection
from diary.services.injections import carry_out, plan_injection
from diary.store.patients import PatientRow
from tests.factories import a_clinic, a_patient
from tests.live_server import LiveServer

SIZES = [(320, 640), (375, 667), (768, 1024), (1280, 800)]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
TOO_SMALL = """elements => elements.filter(x => x.offsetParent && !x.closest('p, .skip'))
    .map(x => x.getBoundingClientRect()).filter(box => box.width < 44 || box.height < 44).length"""


@dataclass
class Room:
    """Noor's room: Ana planned, and how to have her injection done some minutes ago."""

    url: str
    noor: Actor
    ana: PatientRow
    plan: PlannedInjection

    def inject(self, *, minutes_ago: float) -> datetime:
        """Start Ana's clock that long ago; when that was."""
        done = clock.now() - timedelta(minutes=minutes_ago)
        carry_out(self.noor, self.plan.id, after=1, performed_at=done, reason="", now=done)
        return done

    @property
    def monitoring(self) -> str:
        return f"{self.url}/clinic/injections/{self.plan.id}/monitoring"


@pytest.fixture
def room(live: LiveServer) -> Room:
    """Noor signed in, with Ana's injection planned and her before scores taken."""
    with live.app.app_context():
        clinic = a_clinic()
        noor = Actor(role=Role.NURSE, id="noor", clinic_id=clinic.id, name="Noor Haddad")
        ana = a_patient(clinic)
        plan = PlannedInjection(
            id=uuid4(),
            side=Side.RIGHT,
            purpose=Purpose.DIAGNOSTIC,
            activities=("Stairs", "Turning in bed"),
            baseline=Scores(movement=8, activities=(8, 7)),
        )
        plan_injection(noor, ana.id, plan, now=clock.now())
    live.use(noor)
    return Room(url=live.url, noor=noor, ana=ana, plan=plan)


def test_a_nurse_starts_the_clock_taps_a_score_and_takes_it_back(page: Page, room: Room) -> None:
    page.goto(f"{room.url}/clinic/monitoring")
    page.get_by_role("link", name="Ana Cruz").click()
    page.get_by_role("button", name="Save and go to the start").click()
    expect(page.get_by_text("9 April 1960")).to_be_visible()
    page.get_by_role("button", name="Injection done now").click()
    expect(page.get_by_text("0 min after the injection")).to_be_visible()
    page.get_by_role("button", name="4", exact=True).click()
    expect(page.get_by_text("Saved last: Pain 4 at 0 min.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Saved last")).to_have_count(0)


def test_the_minutes_count_on_and_what_falls_due_is_said_once(page: Page, room: Room, live: LiveServer) -> None:
    with live.app.app_context():
        done = room.inject(minutes_ago=4)
    page.clock.install(time=done + timedelta(minutes=4))
    page.goto(room.monitoring)
    expect(page.locator("[data-due-words]")).to_have_text("Due in 1 minute")
    page.clock.run_for(90_000)
    expect(page.locator("[data-minutes]")).to_have_text("5")
    expect(page.locator("[data-due-words]")).to_have_text("Due now")
    expect(page.locator("[data-live]")).to_have_text("Due now")
    page.clock.run_for(120_000)
    expect(page.locator("[data-due-words]")).to_have_text("2 minutes late")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}px")
def test_every_page_fits_and_can_be_reached(page: Page, room: Room, live: LiveServer, size: tuple[int, int]) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    patient, planned = f"clinic/patients/{room.ana.id}", f"clinic/planned/{room.plan.id}"
    before = [planned, f"{planned}/done", f"{patient}/injections/plan", f"{patient}/medicines/add"]
    injection = f"clinic/injections/{room.plan.id}"
    after = [
        "clinic/monitoring",
        *(f"{injection}{of}" for of in ("", "/monitoring", "/reaction", "/leaving", "/correct")),
        f"{patient}/entries/add",
    ]
    for address in before:
        check(page, f"{room.url}/{address}", width=size[0])
    with live.app.app_context():
        room.inject(minutes_ago=16)
    for address in after:
        check(page, f"{room.url}/{address}", width=size[0])
    assert refused == []


def check(page: Page, address: str, *, width: int) -> None:
    """No sideways scroll, no target that is too small, nothing that axe finds."""
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert page.eval_on_selector_all("a, button, label:has(input), summary", TOO_SMALL) == 0, address
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], address
