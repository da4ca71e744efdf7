"""A patient at home with a real phone's browser, and the real server, which can be killed and started again."""

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize, expect

from diary import create_app
from diary.domain.diary import Diary, Entry, Scores
from diary.store.base import db
from diary.store.diaries import add_entries, add_injections, load_diary
from diary.store.patients import find_patient
from diary.store.work import writing
from diary.web.devices import cookie_name
from tests.factories import OPERATOR, a_clinic, a_patient, an_injection
from tests.phones import bind_phone
from tests.real_server import PROJECT, free_port, kill, migrated, start

PHONE: ViewportSize = {"width": 375, "height": 667}


class RealServer:
    """The server that ships at a port that stays the same, over a database in this folder."""

    def __init__(self, folder: Path) -> None:
        self.settings = migrated(folder)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.app: Flask = create_app(self.settings)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, project: Path = PROJECT) -> None:
        """Serve, if nothing does; the application in this folder."""
        if self.process is None:
            self.process = start(replace(self.settings, database_wait=0.5), self.port, project=project)

    def kill(self) -> None:
        """End it at once, as the loss of power does."""
        if self.process is not None:
            kill(self.process)
        self.process = None

    def close(self) -> None:
        self.kill()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


class AtHome:
    """One patient, in the zone where it is noon now, so that today is never in doubt."""

    def __init__(self, server: RealServer, *, injected: timedelta | None = timedelta(days=20)) -> None:
        self.server = server
        self.phones: list[BrowserContext] = []
        hours = 12 - datetime.now(UTC).hour
        self.zone = ZoneInfo(f"Etc/GMT{-hours:+d}")
        with server.app.app_context():
            patient = a_patient(a_clinic(), time_zone=self.zone.key)
            self.id: UUID = patient.id
            if injected is not None:
                at = (self.now - injected).isoformat()
                injection = an_injection(at, activities=("Stairs",), baseline=Scores(average=7, movement=8))
                with writing(OPERATOR, now=self.now) as work:
                    add_injections(work, patient.owner, [injection])
            db.session.remove()

    @property
    def now(self) -> datetime:
        return datetime.now(self.zone)

    @property
    def today(self) -> date:
        return self.now.date()

    def record(self, entries: Sequence[Entry]) -> None:
        """What is in the diary already."""
        with self.server.app.app_context(), writing(OPERATOR, now=self.now) as work:
            patient = find_patient(work.session, self.id)
            assert patient is not None
            add_entries(work, patient.owner, entries)

    @property
    def diary(self) -> Diary:
        """What has arrived."""
        with self.server.app.app_context():
            db.session.rollback()
            with writing(OPERATOR, now=self.now) as work:
                patient = find_patient(work.session, self.id)
                assert patient is not None
                return load_diary(work, patient)

    def only_entry(self) -> Entry:
        """The one entry that has arrived."""
        (entry,) = self.diary.entries
        return entry

    def phone(self, browser: Browser, *, app_kept: bool = True) -> BrowserContext:
        """A browser that is linked to the diary; it has kept what it needs without signal, unless it is to wait."""
        context = browser.new_context(viewport=PHONE, base_url=self.server.url)
        self.phones.append(context)
        self.link(context)
        if app_kept:
            page = context.new_page()
            page.goto("/me/")
            wait_until_ready(page)
            page.close()
        return context

    def link(self, context: BrowserContext) -> None:
        """Link this browser to the diary, whatever it was linked to."""
        client = self.server.app.test_client()
        with self.server.app.app_context():
            patient = find_patient(db.session(), self.id)
            assert patient is not None
            bind_phone(client, patient)
            db.session.remove()
            cookie = client.get_cookie(cookie_name())
        assert cookie is not None
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.server.url}])

    @property
    def patient_id(self) -> str:
        return str(self.id)


def wait_until_ready(page: Page) -> None:
    """Until this phone holds all that it needs without signal."""
    expect(page.locator("html[data-offline=ready]")).to_be_attached(timeout=20_000)


def answer_day(page: Page, *, pain: int = 4, moving: int = 3) -> None:
    """The three questions and Save: four taps."""
    page.get_by_role("group", name="how bad was your pain").get_by_role("radio", name=str(pain), exact=True).click()
    page.get_by_role("group", name="How hard was it to move").get_by_role("radio", name=str(moving), exact=True).click()
    stairs = page.get_by_role("group", name="Stairs")
    if stairs.is_visible():
        stairs.get_by_role("radio", name="2", exact=True).click()
    page.get_by_role("group", name="extra pain medicine").get_by_role("radio", name="No", exact=True).click()
    page.get_by_role("button", name="Save").click()


def keep_days(page: Page, days: Sequence[date], zone: ZoneInfo, *, pain: int = 4) -> None:
    """Fill in these days each on its own evening, by the phone's own scripts, without signal."""
    evenings = [datetime.combine(day, time(20), tzinfo=zone).isoformat() for day in days]
    page.evaluate(
        """async ([evenings, pain]) => {
            for (const evening of evenings) {
                const fields = new FormData();
                const said = {asked: "average moving analgesic", average: pain, moving: 3, analgesic: "no"};
                for (const [name, value] of Object.entries(said)) fields.set(name, value);
                await diary.keepAnswers(`/me/day/${evening.slice(0, 10)}`, fields, new Date(evening));
            }
        }""",
        [evenings, pain],
    )


def wait_until_sent(page: Page) -> None:
    """Until nothing on this phone waits any more."""
    for _ in range(200):
        try:
            if not waiting(page):
                return
        except Error:  # the page is just then being loaded anew
            page.wait_for_load_state()
        page.wait_for_timeout(50)
    raise AssertionError(f"{waiting(page)} answers still wait")


def waiting(page: Page) -> int:
    """How many records this phone has not sent."""
    count: int = page.evaluate("diary.store.answers().then((all) => all.length)")
    return count
