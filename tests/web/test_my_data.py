"""Taking the diary along: four files and all of them in one, by the patient with the PIN alone."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from diary import clock
from diary.domain.access import Role
from diary.domain.diary import Scores
from diary.domain.local_time import today_in
from diary.exchange.diary_file import read_diary_file
from diary.services.erasure import ask_erasure, refuse
from diary.services.help_uses import help_uses_of, mark_handled
from diary.services.paper import print_sheet
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.patients import PatientRow
from tests.factories import a_clinic, a_day, a_diary, a_patient, an_injection, keep, staff_of
from tests.phones import bind_phone, look_by_code, open_diary_on, patient_on
from tests.reminding.mail_servers import Letters, taking_letters
from tests.reminding.wishes import EVENING, ana_of, run, wants_letters
from tests.reports import claims_ua, read_pdf, text_of

HOSTILE = '=HYPERLINK("http://evil.example") #let x = 1 <b>\u202eno</b> $ \\'
FILES = ("diary.json", "entries.csv", "scores.pdf", "about-me.json")


@pytest.fixture
def ana(app: Flask) -> PatientRow:
    assert app.testing
    patient = a_patient(a_clinic(), "Ana #strong[Cruz] \u202e<i>")
    days = [a_day(f"2026-03-{day:02}", scores=Scores(average=4, moving=3)) for day in range(3, 10)]
    keep(patient, a_diary(an_injection(baseline=Scores(average=6)), *days, a_day("2026-03-10", note=HOSTILE)))
    return patient


@pytest.fixture
def opened(client: FlaskClient, ana: PatientRow) -> FlaskClient:
    open_diary_on(bind_phone(client, ana))
    return client


def fetched(client: FlaskClient, name: str) -> TestResponse:
    answer = client.get(f"/me/data/{name}")
    assert answer.status_code == 200, answer.text
    return answer


def test_all_of_it_is_two_taps_from_settings_and_one_file(opened: FlaskClient) -> None:
    assert 'href="/me/data"' in opened.get("/me/settings").text
    assert 'href="/me/data/all.zip"' in opened.get("/me/data").text
    bundle = zipfile.ZipFile(io.BytesIO(fetched(opened, "all.zip").data))
    assert tuple(bundle.namelist()) == FILES
    assert bundle.testzip() is None
    assert len(read_diary_file(bundle.read("diary.json")).entries) == 8
    assert bundle.read("scores.pdf").startswith(b"%PDF")
    assert json.loads(bundle.read("about-me.json"))["details"]["name"].startswith("Ana")


@pytest.mark.parametrize("name", [*FILES, "all.zip"])
def test_files_are_kept_not_opened_and_their_names_tell_nobody(opened: FlaskClient, name: str) -> None:
    headers = fetched(opened, name).headers
    assert headers["Content-Disposition"].startswith("attachment; filename=")
    assert not {"ana", "cruz", "pain"} & set(headers["Content-Disposition"].lower().replace("-", " ").split())
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_what_was_written_comes_back_whole_and_no_cell_is_a_formula(opened: FlaskClient) -> None:
    diary = read_diary_file(fetched(opened, "diary.json").data)
    assert [entry.note for entry in diary.entries if entry.note] == [HOSTILE]
    rows = list(csv.DictReader(io.StringIO(fetched(opened, "entries.csv").data.decode("utf-8-sig"))))
    assert [row["note"] for row in rows if row["note"]] == [f"'{HOSTILE}"]


def test_the_pdf_holds_the_days_and_neither_a_verdict_nor_a_percentage(opened: FlaskClient) -> None:
    made = fetched(opened, "scores.pdf").data
    text = " ".join(text_of(made).split())
    assert claims_ua(made)
    assert read_pdf(made).metadata.title == "My scores"  # type: ignore[union-attr]  # it has metadata
    assert "Ana #strong[Cruz]" in text
    assert "Mon 9 Mar 2026 4 3" in text
    assert "This chart cannot tell if something is wrong." in text
    for word in ("%", "meets", "criteria", "Repeat", "relief"):
        assert word not in text


def test_the_pdf_of_an_empty_diary_says_so(client: FlaskClient) -> None:
    open_diary_on(bind_phone(client, a_patient(a_clinic())))
    assert "In the last 7 days you filled in 0 days." in " ".join(text_of(fetched(client, "scores.pdf").data).split())


def test_the_pdf_is_in_the_patients_language(client: FlaskClient) -> None:
    open_diary_on(bind_phone(client, a_patient(a_clinic(), language="es")))
    made = fetched(client, "scores.pdf").data
    assert read_pdf(made).metadata.title == "Mis números"  # type: ignore[union-attr]  # it has metadata
    text = " ".join(text_of(made).split())
    assert "En los últimos 7 días rellenó 0 días." in text
    assert "Este gráfico no puede decir si algo va mal." in text


def test_what_else_is_kept_names_agreements_phones_codes_and_who_looked(
    app: Flask, opened: FlaskClient, ana: PatientRow
) -> None:
    phone = bind_phone(app.test_client(), ana)
    look_by_code(app.test_client(), phone, name="Dr Cole")
    raw = fetched(opened, "about-me.json").text
    kept = json.loads(raw)
    assert [(said["act"], said["given_by"]) for said in kept["agreements"]] == [("given", "patient")] * 2
    assert [told["kind"] for told in kept["phones"]] == ["iPhone", "iPhone"]
    assert [told["has_pin"] for told in kept["phones"]] == [True, False]
    assert len(kept["codes_for_phones"]) == 2
    assert [share["browsers"] for share in kept["shared"]] == [1]
    assert ("guest", "Dr Cole", "diary.read") in {(one["role"], one["name"], one["action"]) for one in kept["events"]}
    assert [one["at"] for one in kept["events"]] == sorted(one["at"] for one in kept["events"])
    for secret in ("hash", "seal", "argon2", "token"):
        assert secret not in raw


def test_what_else_is_kept_holds_the_uses_of_the_help_page_and_what_was_asked_of_the_clinic(
    client: FlaskClient, ana: PatientRow
) -> None:
    phone = bind_phone(client, ana)
    open_diary_on(phone)
    client.post("/me/help/2", data={"answer": "yes"})
    noor, now = staff_of(ana.clinic_id, Role.NURSE), clock.now()
    (use, _), *_ = help_uses_of(noor, ana.id, now=now).uses
    mark_handled(noor, ana.id, seen=use.id, now=now)
    refuse(staff_of(ana.clinic_id, Role.ADMIN), ask_erasure(patient_on(phone), now=now), "By law.", now=now)
    kept = json.loads(fetched(client, "about-me.json").text)
    (used,), (asked,) = kept["help_used"], kept["deletion_asked"]
    assert (used["level"], used["result"], bool(used["handled_at"])) == ("emergency", "control", True)
    assert (asked["answer"], asked["reason"]) == ("refused", "By law.")


def test_what_else_is_kept_holds_the_diaries_that_were_printed(opened: FlaskClient, ana: PatientRow) -> None:
    now = clock.now()
    print_sheet(staff_of(ana.clinic_id, Role.NURSE), ana.id, now=now)
    (printed,) = json.loads(fetched(opened, "about-me.json").text)["paper_printed"]
    assert printed["begins"] == today_in(ana.as_patient().zone, now=now).isoformat()


def test_what_else_is_kept_holds_how_the_patient_is_reminded_and_what_was_sent(app: Flask, client: FlaskClient) -> None:
    ana = ana_of()
    wants_letters(ana)
    letters = Letters()
    with taking_letters(letters) as server:
        run(app, EVENING, mail_url=server)
    open_diary_on(bind_phone(client, ana))
    kept = json.loads(fetched(client, "about-me.json").text)
    assert (kept["reminders"]["channel"], kept["reminders"]["email"]) == ("email", "ana@example.org")
    (sent,) = kept["reminders_sent"]
    assert (sent["due_at"], sent["nth"], sent["outcome"]) == ("2026-03-06T00:00:00Z", 1, "sent")
    assert kept["messages_taken"] == []


def test_each_file_leaves_its_line_in_the_audit(opened: FlaskClient, ana: PatientRow) -> None:
    for name in FILES:
        fetched(opened, name)
    lines = select(AuditEvent.action).where(AuditEvent.patient_id == ana.id, AuditEvent.action == "diary.export")
    assert len(db.session().scalars(lines).all()) == len(FILES)


def test_nothing_comes_without_the_pin_and_nothing_of_another_patient(app: Flask, ana: PatientRow) -> None:
    bare, ben = app.test_client(), app.test_client()
    bind_phone(bare, ana)
    open_diary_on(bind_phone(ben, a_patient(a_clinic("Hillside Clinic"), "Ben Osei")))
    for name in (*FILES, "all.zip"):
        assert bare.get(f"/me/data/{name}").status_code == 302
    assert b"Cruz" not in fetched(ben, "about-me.json").data
    assert read_diary_file(fetched(ben, "diary.json").data).entries == ()


def test_ten_years_are_taken_along_whole(opened: FlaskClient, ana: PatientRow) -> None:
    first = clock.now().date() - timedelta(days=3650)
    days = [a_day((first + timedelta(days=n)).isoformat()) for n in range(3650)]
    keep(ana, a_diary(*days))
    bundle = zipfile.ZipFile(io.BytesIO(fetched(opened, "all.zip").data))
    assert len(read_diary_file(bundle.read("diary.json")).entries) == 3658
