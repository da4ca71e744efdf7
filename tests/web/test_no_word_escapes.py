"""No word of a patient's page escapes translation: in a made-up language every Latin letter is one that did.

Ana, her clinic and her doctor bear Georgian names here, so that what people typed is told from what the diary says.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient

from diary import clock
from diary.domain.diary import Scores
from diary.domain.local_time import in_zone, today_in
from diary.services.shares import share_diary
from diary.store.diaries import add_entries, add_injections, add_medicines
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_medicine, a_patient, an_injection
from tests.made_up_language import CODE, spoken_here
from tests.phones import bind_phone, code_for, open_diary_on, patient_on
from tests.web.log_pages import hidden_of
from tests.web.pages import token_in
from tests.web.test_links import walk

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])

# Names of things, the same in every language.
NAMES = {"iPhone", "mg", "dL", "mmol", "L", "English", "Español", "ZIP", "x"}


class _Words(HTMLParser):
    """What a page says: its text, its titles, and what is read aloud in place of a picture."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.said += [given.get(name) or "" for name in ("aria-label", "title", "alt", "placeholder")]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.said.append(given.get("value") or "")
        self._silent += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def latin_in(page: str) -> set[str]:
    """The words in Latin letters that a page says, but names of things."""
    words = _Words()
    words.feed(re.sub(r'<p class="code-letters">[^<]*</p>|https?://[^\s<"]+', "", page))
    return {word for said in words.said for word in re.findall(r"[A-Za-z]+", said)} - NAMES


@pytest.fixture
def pages(app: Flask) -> Iterator[dict[str, str]]:
    """What every page says that is opened during the test, by its address and status."""
    seen: dict[str, str] = {}

    @app.after_request
    def keep(answer: Response) -> Response:
        if answer.mimetype == "text/html" and answer.status_code not in {302, 303}:
            seen[f"{request.method} {request.path} {answer.status_code}"] = answer.get_data(as_text=True)
        return answer

    with spoken_here():
        yield seen


@pytest.fixture
def anna(app: Flask) -> PatientRow:  # noqa: ARG001 — gives the database
    """A patient whose diary has all that a page can tell of: late days, corrections, medicines, a visit, a limit."""
    clinic = a_clinic(name="კლინიკა")
    with writing(OPERATOR, now=NOON) as work:
        clinic.telephone, clinic.opening_hours, clinic.country = "+1 312 555 0100", "8-16", "US"
        work.audit("clinic.change", clinic_id=clinic.id)
    visit: dict[str, Any] = {
        "next_visit_at": clock.now() + timedelta(days=9),
        "next_visit_offset": -300,
        "next_visit_with": "ექიმი",
    }
    anna = a_patient(clinic, "ანა კრუზი", language=CODE, pain_named="აქ", **visit)
    zone = anna.as_patient().zone
    now, today = in_zone(clock.now(), zone), today_in(zone, now=clock.now())
    injected = now - timedelta(days=20)
    with writing(OPERATOR, now=injected) as work:
        add_injections(
            work,
            anna.owner,
            [an_injection(injected.isoformat(), activities=("კიბე",), baseline=Scores(average=7, movement=8))],
        )
        days = [
            a_day(
                (today - timedelta(days=back)).isoformat(),
                recorded_at=(now - timedelta(days=back - (back % 3))).isoformat(),
                scores=Scores(average=5, moving=4, activities=(3,)),
            )
            for back in range(19, 1, -1)
        ]
        add_entries(work, anna.owner, days)
        add_medicines(work, anna.owner, [a_medicine((now - timedelta(days=3)).isoformat(), name="წამალი")])
    return anna


def test_no_word_of_a_patients_pages_escapes(app: Flask, pages: dict[str, str], anna: PatientRow) -> None:
    browser = app.test_client()
    phone = bind_phone(browser, anna)
    walk_closed = walk(browser, "/me/")
    open_diary_on(phone)
    share_diary(patient_on(phone), key=str(app.secret_key), now=clock.now())
    found = walk(browser, "/me/", "/me/settings/stop", "/me/questions/1", "/me/questions/2", "/me/questions/3")
    _answer_everything(browser, anna)

    assert len(walk_closed) > 10
    assert len(found) > 25
    assert len(pages) > 45
    assert {address: latin for address, page in pages.items() if (latin := latin_in(page))} == {}
    assert all('dir="rtl"' in page for page in pages.values())


def _answer_everything(browser: FlaskClient, anna: PatientRow) -> None:
    """Send each form empty, wrong and right."""
    today = today_in(anna.as_patient().zone, now=clock.now())
    yesterday = today - timedelta(days=1)
    for address in (
        *("/me/now", f"/me/day/{today}", f"/me/day/{yesterday}", f"/me/day/{today}/more"),
        *(f"/me/day/{today}/pain-is-back", "/me/settings/stop", "/me/pin", "/me/open", "/me/questions/1"),
    ):
        page = browser.get(address)
        if page.status_code == 200:
            browser.post(address, data={**hidden_of(page), "systolic": "9", "taken_at": "x", "pin": "1"})
    scores = {"average": "9", "moving": "4", "activity_0": "3", "soreness": "2", "analgesic": "yes", "note": "ალფა"}
    for day, extra in ((today, {}), (yesterday, {"forgotten": "1"})):
        answer = browser.post(f"/me/day/{day}", data={**hidden_of(browser.get(f"/me/day/{day}")), **scores, **extra})
        if answer.location:
            browser.get(answer.location)
            medicine = {**hidden_of(browser.get(answer.location)), "name_3": "ფი"}
            browser.post(answer.location, data=medicine)
    for address in (f"/me/day/{today}", f"/me/day/{yesterday}", "/me/", "/me/scores?show=all", "/me/day/1999-01-01"):
        browser.get(address)
    answer = browser.post("/me/now", data={**hidden_of(browser.get("/me/now")), "pain": "9"})
    browser.get(answer.location)
    browser.get(answer.location.replace("saved", "entries") + "/change")
    more = {"systolic": "200", "diastolic": "100", "pain_is_back": "y", "events": "fall"}
    browser.post(f"/me/day/{today}/more", data={**hidden_of(browser.get(f"/me/day/{today}/more")), **more})
    browser.get("/me/")
    for question in range(1, 7):
        browser.get(f"/me/help/{question}")
    for result in ("breathing", "legs", "legs-at-first", "site", "none"):
        browser.get(f"/me/help/result/{result}")
    browser.get("/me/nowhere")
    browser.get(f"/me/saved/{uuid4()}")
    token = token_in(browser.get("/me/settings/remove"))
    browser.post("/me/settings/stop", data={"csrf_token": token, "what": "erase"})
    browser.get("/me/settings/delete")
    browser.post("/me/share/stop", data={"csrf_token": token})
    browser.get("/me/share")
    browser.post("/me/settings/stop", data={"csrf_token": token, "what": "keep"})


def test_no_word_of_joining_or_of_a_stranger_escapes(app: Flask, pages: dict[str, str], anna: PatientRow) -> None:
    browser = app.test_client()
    browser.set_cookie("diary_language", CODE)
    for address in (
        "/join",
        "/join?code=WRONGONE",
        "/me/help",
        "/me/help/expected",
        "/me/help/result/none",
        "/nowhere",
    ):
        browser.get(address)
    code = code_for(anna)
    token = token_in(browser.get(f"/join?code={code}"))
    for answers in (
        {"year": "", "who": "me"},
        {"year": "1900", "who": "me"},
        {"who": "other"},
        {"year": "1960", "who": "helper"},
    ):
        browser.post("/join", data={"csrf_token": token, "code": code, **answers})
    browser.get("/join/agree")
    browser.post("/join/agree", data={"csrf_token": token, "agree": "no"})
    browser.get(f"/join?code={code}")
    guest = app.test_client()
    guest.set_cookie("diary_language", CODE)
    token = token_in(guest.get("/share"))
    guest.post("/share", data={"csrf_token": token})
    guest.post("/share", data={"csrf_token": token, "code": "ABCDEFGH", "name": "ჩო"})

    assert len(pages) > 12
    assert {address: latin for address, page in pages.items() if (latin := latin_in(page))} == {}


@pytest.mark.usefixtures("pages")
def test_what_a_phone_is_told_about_what_it_sent_is_translated(app: Flask, anna: PatientRow) -> None:
    browser = app.test_client()
    bind_phone(browser, anna)
    token = browser.get("/api/v1/csrf").get_json()["csrf_token"]
    now = clock.now() + timedelta(hours=3)
    entry = {
        "id": str(uuid4()), "kind": "moment", "at": now.isoformat(), "recorded_at": now.isoformat(),
        "scores": {"rest": 4},
    }  # fmt: skip
    bad = [{**entry, "id": str(uuid4()), "scores": {"rest": 11}}, {**entry, "id": str(uuid4()), "note": "ა" * 11000}]
    sent = {"sent_at": now.isoformat(), "entries": [entry, *bad]}
    results = browser.post("/api/v1/entries", json=sent, headers={"X-CSRF-Token": token}).get_json()["results"]

    assert [result["result"] for result in results] == ["accepted", "rejected", "rejected"]
    said = " ".join(result["message"] for result in results)
    assert re.findall("[A-Za-z]+", said) == []
