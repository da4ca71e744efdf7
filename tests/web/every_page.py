"""Every page of a patient, opened one after the other: what tests of words and of their reading age go through.

Ana, her clinic and her doctor bear Georgian names here, so that what people typed is told from what the diary says.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

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
from tests.phones import bind_phone, open_diary_on, patient_on
from tests.web.log_pages import hidden_of
from tests.web.pages import token_in
from tests.web.test_links import walk


def kept_pages(app: Flask) -> dict[str, str]:
    """Every page that is opened from here on, by its address and status."""
    seen: dict[str, str] = {}

    @app.after_request
    def keep(answer: Response) -> Response:
        if answer.mimetype == "text/html" and answer.status_code not in {302, 303}:
            seen[f"{request.method} {request.path} {answer.status_code}"] = answer.get_data(as_text=True)
        return answer

    return seen


def a_whole_patient(language: str) -> PatientRow:
    """A patient whose diary has all that a page can tell of: late days, corrections, medicines, a visit."""
    clinic = a_clinic(name="კლინიკა")
    with writing(OPERATOR, now=NOON) as work:
        clinic.telephone, clinic.opening_hours, clinic.country = "+1 312 555 0100", "8-16", "US"
        work.audit("clinic.change", clinic_id=clinic.id)
    visit: dict[str, Any] = {
        "next_visit_at": clock.now() + timedelta(days=9),
        "next_visit_offset": -300,
        "next_visit_with": "ექიმი",
    }
    anna = a_patient(clinic, "ანა კრუზი", language=language, pain_named="აქ", **visit)
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


def open_every_page(app: Flask, anna: PatientRow) -> int:
    """Follow every link of hers with the diary closed and open, and send each form; how many links there were."""
    browser = app.test_client()
    phone = bind_phone(browser, anna)
    closed = walk(browser, "/me/")
    open_diary_on(phone)
    share_diary(patient_on(phone), key=str(app.secret_key), now=clock.now())
    opened = walk(browser, "/me/", "/me/settings/stop", "/me/questions/1", "/me/questions/2", "/me/questions/3")
    _answer_everything(browser, anna)
    return len({*closed, *opened})


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
