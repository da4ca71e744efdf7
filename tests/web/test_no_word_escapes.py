"""No word of a patient's page escapes translation: in a made-up language every Latin letter is one that did."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from flask import Flask

from diary import clock
from diary.store.patients import PatientRow
from tests.made_up_language import CODE
from tests.phones import bind_phone, code_for
from tests.web.every_page import a_whole_patient, open_every_page
from tests.web.pages import token_in

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])

# Names of things, the same in every language.
NAMES = {"iPhone", "mg", "dL", "mmol", "L", "English", "Español", "ZIP", "x", "New", "York"}


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
def anna(app: Flask) -> PatientRow:  # noqa: ARG001 — gives the database
    """A patient who reads the made-up language."""
    return a_whole_patient(CODE)


def test_no_word_of_a_patients_pages_escapes(app: Flask, pages: dict[str, str], anna: PatientRow) -> None:
    assert open_every_page(app, anna) > 30

    assert len(pages) > 45
    assert {address: latin for address, page in pages.items() if (latin := latin_in(page))} == {}
    assert all('dir="rtl"' in page for page in pages.values())


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
