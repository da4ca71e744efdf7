"""What a phone is given to keep: empty pages for anybody, one record of settings for its owner, a worker and icons."""

import json
import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diary import clock
from diary.domain.diary import Question, Scores
from diary.domain.schedule import questions_for
from diary.services.ahead import DAYS_AHEAD, ahead_of
from diary.store.clinics import Clinic
from diary.store.diaries import add_entries, add_injections, load_diary
from diary.store.patients import PatientRow
from diary.store.work import writing
from diary.words.language import in_language
from tests.factories import OPERATOR, a_clinic, a_day, a_patient, an_injection
from tests.phones import bind_phone
from tests.web.log_pages import phone_of, stop_clock, words_of

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
SETTINGS = "/me/kept/settings"


@pytest.fixture
def ana(app: Flask) -> PatientRow:  # noqa: ARG001 — gives the database
    return a_patient(a_clinic())


@pytest.fixture
def phone(client: FlaskClient, ana: PatientRow) -> FlaskClient:
    bind_phone(client, ana)
    return client


def test_the_worker_is_looked_for_anew_and_serves_patients_pages(client: FlaskClient) -> None:
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "manifest-src 'self'" in answer.headers["Content-Security-Policy"]
    parts = re.findall(r'"(/static/js/[^"]+\?v=[0-9a-f]{10})"', answer.text)
    assert [part.split("/")[-1].split("?")[0] for part in parts][-2:] == ["worker.js", "push-events.js"]
    for part in parts:
        with client.get(part) as found:
            assert found.status_code == 200
            assert "immutable" in found.headers["Cache-Control"]


def test_a_file_under_an_old_name_is_not_kept_for_ever(client: FlaskClient) -> None:
    with client.get("/static/css/diary.css?v=0000000000") as found:
        assert "immutable" not in found.headers["Cache-Control"]


def test_the_manifest_names_icons_that_are_there(client: FlaskClient) -> None:
    manifest = client.get("/manifest.webmanifest").get_json(force=True)
    assert (manifest["start_url"], manifest["display"]) == ("/me/", "standalone")
    assert {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip
    for icon in manifest["icons"]:
        with client.get(icon["src"]) as found:
            width = int.from_bytes(found.data[16:20], "big")
            assert (found.mimetype, f"{width}x{width}") == ("image/png", icon["sizes"])


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_that_is_kept_is_the_same_for_anybody_and_in_the_phones_language(
    app: Flask, phone: FlaskClient, ana: PatientRow, language: str
) -> None:
    with in_language(language):
        kept = phone.get(SETTINGS, headers={"Accept-Language": language}).get_json()
    stranger = app.test_client()
    for address in (page.replace("language=en", f"language={language}") for page in kept["pages"]):
        page = stranger.get(address)
        assert page.status_code == 200, address
        assert page.text == phone.get(address).text, address
        assert f'<html lang="{language}"' in page.text, address
        assert "csrf" not in page.text, address
        for secret in (str(ana.name), "1960", str(ana.id)):
            assert secret not in page.text, address
    for file in kept["files"]:
        with stranger.get(file) as found:
            assert found.status_code == 200, file
    assert len(set(kept["pages"]) | set(kept["files"])) == len(kept["pages"]) + len(kept["files"])


def test_the_kept_help_pages_have_the_clinics_numbers_and_promise_nothing(client: FlaskClient, ana: PatientRow) -> None:
    address = f"/me/kept/help/result/legs-at-first?language=en&clinic={ana.clinic_id}"
    page = words_of(client.get(address))
    assert "Call +1 212 555 0100" in page
    assert "We have not told anyone. Please call." in page
    assert "may see later" not in page
    assert "+1 212" not in words_of(client.get("/me/kept/help/1?clinic=nonsense"))
    for nothing in ("/me/kept/help/9", "/me/kept/help/result/other", "/me/kept/other"):
        assert client.get(nothing).status_code == 404


def test_the_record_of_settings_holds_what_is_asked_and_no_answer(phone: FlaskClient, ana: PatientRow) -> None:
    with writing(OPERATOR, now=clock.now()) as work:
        now = clock.now()
        add_injections(work, ana.owner, [an_injection((now - timedelta(days=3)).isoformat(), activities=("Stairs",))])
        yesterday = (now.astimezone(ana.as_patient().zone) - timedelta(days=1)).date()
        day = a_day(yesterday.isoformat(), scores=Scores(average=9, moving=8), note="private")
        add_entries(work, ana.owner, [day])
    sent = phone.get(SETTINGS).get_json()
    record = sent["record"]
    assert set(record) == {
        "owner", "language", "zone", "injected_at", "activities", "sides_together", "days", "moments",
        "moving_apart_minutes", "filled_in", "cautions_due", "help",
    }  # fmt: skip
    assert record["filled_in"] == [yesterday.isoformat()]
    assert (record["zone"], record["activities"]) == ("America/New_York", ["Stairs"])
    for secret in (str(ana.name), str(ana.id), str(ana.clinic_id), str(day.id), "private"):
        assert secret not in json.dumps(record)
    assert len(record["days"]) == DAYS_AHEAD + 3


def test_what_is_kept_changes_its_version_when_the_clinics_number_does(phone: FlaskClient, ana: PatientRow) -> None:
    before = phone.get(SETTINGS).get_json()["version"]
    assert phone.get(SETTINGS).get_json()["version"] == before
    with writing(OPERATOR, now=clock.now()) as work:
        clinic = work.session.get_one(Clinic, ana.clinic_id)
        clinic.telephone = "+1 212 555 0199"
        work.audit("clinic.edit", clinic_id=clinic.id)
    assert phone.get(SETTINGS).get_json()["version"] != before


def test_the_days_ahead_ask_what_the_pages_of_those_days_will_ask(
    ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch, "2026-03-05T19:00:00-05:00")
    with writing(OPERATOR, now=clock.now()) as work:
        injection = an_injection("2026-03-03T09:00:00-05:00", activities=("Stairs", "Socks"))
        add_injections(work, ana.owner, [injection])
        diary = load_diary(work, ana)
    ahead = ahead_of(phone_of(ana), now=clock.now())
    assert [day.questions for day in ahead.days] == [questions_for(diary, day.day) for day in ahead.days]
    by_day = {day.day: day for day in ahead.days}
    assert Question.SORENESS in by_day[date(2026, 3, 17)].questions
    assert Question.SORENESS not in by_day[date(2026, 3, 18)].questions
    assert by_day[date(2026, 3, 18)].since == date(2026, 3, 17)
    assert by_day[date(2026, 3, 17)].due
    assert not by_day[date(2026, 3, 18)].due


def test_a_stranger_gets_no_record_of_settings(client: FlaskClient) -> None:
    assert client.get(SETTINGS).status_code == 302
