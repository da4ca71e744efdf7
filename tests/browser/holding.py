"""Somebody with a phone in their hand, for tests that read as prose: what they do with it is counted as taps."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, ViewportSize, expect

from diary.domain.diary import Diary, Entry, Scores
from diary.store.base import db
from diary.store.diaries import add_entries, add_injections, load_diary
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.browser.matrix import MOST_STOPS, WHERE_FOCUS_IS
from tests.factories import OPERATOR, a_clinic, a_day, a_patient, an_injection
from tests.live_server import LiveServer
from tests.phones import bind_phone, open_diary_on

PHONE: ViewportSize = {"width": 375, "height": 667}
ROLES: tuple[Literal["link"], Literal["button"]] = ("link", "button")
LIVED = Scores(average=5, moving=4, soreness=0, activities=(4, 2))


@dataclass
class Holder:
    """Somebody and the page before them. A tap is one touch; a field that is typed is a tap too, and counted apart."""

    page: Page
    url: str
    taps: int = 0
    typed: list[str] = field(default_factory=list)

    def opens_link(self, address: str) -> None:
        """A link in a message, or a square that the camera reads."""
        self.taps += 1
        self.page.goto(address if address.startswith("http") else f"{self.url}{address}")

    def taps_on(self, words: str) -> None:
        """A link or a button by its words."""
        self.taps += 1
        named = [self.page.get_by_role(role, name=words, exact=len(words) < 4) for role in ROLES]
        named[0].or_(named[1]).first.click()

    def chooses(self, answer: str | int, *, of: str) -> None:
        """One of the answers of the question that has these words in it."""
        self.taps += 1
        question = self.page.get_by_role("group", name=of)
        question.get_by_role(
            "radio", name=str(answer), exact=isinstance(answer, int) or answer in {"Yes", "No"}
        ).click()

    def types(self, words: str, *, into: str) -> None:
        """Something typed into the field with this label."""
        self.taps += 1
        self.typed.append(into)
        self.page.get_by_label(into).first.fill(words)

    def reads(self, words: str) -> None:
        """These words stand before them."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def stands_before(self, heading: str) -> None:
        """The page is called so."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def answers_the_day(self, *, pain: int = 4, moving: int = 3) -> None:
        """The three questions, and Save: four taps."""
        self.chooses(pain, of="how bad was your pain")
        self.chooses(moving, of="How hard was it to move about")
        self.chooses("No", of="extra pain medicine")
        self.taps_on("Save")


@dataclass
class Keys:
    """A keyboard and nothing else."""

    page: Page

    def go_to(self, what: str) -> None:
        """Press Tab until the focus stands on it, and see that it shows."""
        self.page.wait_for_selector(what)
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("what => document.activeElement.matches(what)", what):
                stop = self.page.evaluate(WHERE_FOCUS_IS)
                assert stop["wrong"] == [], stop
                return
        raise AssertionError(f"{what} cannot be reached by keyboard")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


class AtHome:
    """Ana, where it is noon now, so that today is never in doubt; two weeks after an injection, or as long as said."""

    def __init__(self, live: LiveServer, *, injected: timedelta = timedelta(days=14)) -> None:
        self.live = live
        self.zone = ZoneInfo(f"Etc/GMT{datetime.now(UTC).hour - 12:+d}")
        self.now = datetime.now(self.zone)
        with live.app.app_context():
            self.ana: PatientRow = a_patient(a_clinic(), time_zone=self.zone.key)
            at = self.now - injected
            injection = an_injection(
                at.isoformat(), activities=("Stairs", "Turning in bed"), baseline=Scores(average=7, movement=8)
            )
            with writing(OPERATOR, now=self.now) as work:
                add_injections(work, self.ana.owner, [injection])
                add_entries(work, self.ana.owner, self._days(back=injected.days))

    def _days(self, *, back: int) -> list[Entry]:
        days = (self.now - timedelta(days=number) for number in range(back - 1, 1, -1))
        return [
            a_day(day.date().isoformat(), recorded_at=(day + timedelta(hours=1)).isoformat(), scores=LIVED)
            for day in days
        ]

    def wrote(self, *entries: Entry) -> None:
        """This is in the diary already."""
        with self.live.app.app_context(), writing(OPERATOR, now=self.now) as work:
            add_entries(work, self.ana.owner, entries)

    def holds_phone(self, browser: Browser, *, pin_given: bool = False, scripts: bool = True) -> Holder:
        """Her phone, linked to the diary."""
        with self.live.app.app_context():
            client = self.live.app.test_client()
            phone = bind_phone(client, self.ana)
            if pin_given:
                open_diary_on(phone)
            db.session.remove()
        context = browser.new_context(viewport=PHONE, java_script_enabled=scripts)
        kept: Any = [
            {"name": one.key, "value": one.value, "url": self.live.url} for one in (client._cookies or {}).values()
        ]
        context.add_cookies(kept)
        return Holder(page=context.new_page(), url=self.live.url)

    @property
    def yesterday(self) -> date:
        return self.now.date() - timedelta(days=1)

    @property
    def diary(self) -> Diary:
        """What is recorded now."""
        with self.live.app.app_context(), writing(OPERATOR, now=self.now) as work:
            return load_diary(work, self.ana)
