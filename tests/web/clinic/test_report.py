"""The report of one injection on the server: who printed what, in which form, and diaries of every kind."""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary.domain.access import Actor, Role
from diary.domain.diary import Anaesthetic, Entry, Injection, Medicine, Scores, Steroid
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.correction_reasons import add_reason
from diary.store.diaries import add_entries, add_injections, add_medicines
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_day, a_medicine, a_moment, an_injection
from tests.reports import pages_of, text_of
from tests.web.browsing import answer
from tests.web.clinic.nursing import At, signed_in

BLOCK = an_injection(
    anaesthetic=(Anaesthetic(agent="lidocaine"),),
    steroid=Steroid(agent="triamcinolone", mg=40),
    baseline=Scores(movement=8, average=7),
)
HOSTILE = "<script>alert('x')</script> #panic() $x$"


@pytest.fixture
def chen(app: Flask, clinic: Clinic, at: At) -> FlaskClient:
    """Dr Chen, on 12 March: ten days after Ana's injection."""
    at("2026-03-12T10:00:00-04:00")
    return signed_in(app, Actor(role=Role.DOCTOR, id="chen", clinic_id=clinic.id, name="Dr Chen"))


def keep(patient: PatientRow, *records: Injection | Entry | Medicine) -> None:
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, patient.owner, [one for one in records if isinstance(one, Injection)])
        add_entries(work, patient.owner, [one for one in records if isinstance(one, Entry)])
        add_medicines(work, patient.owner, [one for one in records if isinstance(one, Medicine)])


def readings() -> list[Entry]:
    """A block that meets the Medicare rule: 8 before, 1 from minute 20 to minute 90."""
    return [
        a_moment((NOON - timedelta(minutes=90 - minute)).isoformat(), scores=Scores(movement=1))
        for minute in (20, 40, 65, 90)
    ]


def report_of(patient: PatientRow, form: str = "", **asked: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"/clinic/patients/{patient.id}/report{form}?{query}"


def in_every_form(client: FlaskClient, patient: PatientRow, **asked: object) -> list[str]:
    """The text of the print view, the PDF and the plain text."""
    answers = [client.get(report_of(patient, form, **asked)) for form in ("", ".pdf", ".txt")]
    assert [one.status_code for one in answers] == [200, 200, 200]
    return [unescape(answers[0].text), text_of(answers[1].data), answers[2].text]


def test_each_form_says_who_it_is_and_what_the_verdict_was(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK, *readings())
    page, pdf, text = in_every_form(chen, ana)
    for told in (page, pdf):
        assert "Ana Cruz" in told
        assert "09-Apr-1960" in told
        assert "Block: Meets rule" in told
        assert "Printed 12-Mar-2026 10:00 (America/New_York) by Dr Chen" in told
        assert "Data up to 12-Mar-2026" in told
    assert "Block: meets rule" in text
    assert "<" not in text


def test_the_audit_says_who_printed_which_injection_and_how(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK)
    chen.get(report_of(ana, ".pdf", changes=1))
    db.session.rollback()
    rows = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "report.print")).all()
    assert [(row.actor_id, row.patient_id, row.subject, row.details) for row in rows] == [
        ("chen", ana.id, f"injection:{BLOCK.id}", {"format": "pdf", "further": ["changes"]})
    ]
    assert db.session.scalars(select(AuditEvent).where(AuditEvent.action == "diary.read")).all()


def test_a_pdf_is_shown_inline_never_kept_and_its_name_says_nothing(chen: FlaskClient, ana: PatientRow) -> None:
    headers = chen.get(report_of(ana, ".pdf")).headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == 'inline; filename="diary-report-2026-03-12.pdf"'
    assert headers["Cache-Control"] == "no-store"
    assert chen.get(report_of(ana, ".txt")).headers["Content-Type"] == "text/plain; charset=utf-8"


def test_an_injection_of_somebody_else_is_not_there(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK)
    for form in ("", ".pdf", ".txt"):
        assert chen.get(report_of(ana, form, injection=uuid4())).status_code == 404
        assert chen.get(report_of(ana, form, injection="x")).status_code == 404


def test_the_doctors_page_leads_to_each_form(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK)
    page = chen.get(f"/clinic/patients/{ana.id}").text
    for form in ("", ".pdf", ".txt"):
        assert f"/report{form}?injection={BLOCK.id}" in page


# --- diaries of every kind --------------------------------------------------------------------------------------------


def test_a_patient_without_an_injection_has_a_report_that_says_so(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, a_day("2026-03-01"))
    page, pdf, text = in_every_form(chen, ana, entries=1, changes=1)
    assert "No injection is recorded up to 12-Mar-2026." in page
    assert "No injection is recorded up to 12-Mar-2026." in pdf
    assert "No injection is recorded up to this date." in text


def test_an_injection_that_is_to_come_is_not_judged(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, an_injection("2026-04-02T10:30:00-04:00"))
    for told in in_every_form(chen, ana):
        assert "No injection is recorded up to" in told


def test_without_a_start_score_the_report_says_why_it_cannot_tell(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, replace(BLOCK, baseline=Scores()), *readings())
    page, pdf, _text = in_every_form(chen, ana)
    for told in (page, pdf):
        assert "Block: Cannot tell" in told
        assert "No score was taken in the clinic just before the injection" in told


def test_only_late_entries_and_none_at_all_have_their_reports(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK)
    in_every_form(chen, ana)
    keep(ana, a_day("2026-03-03", recorded_at="2026-03-11T19:00:00-04:00"))
    _page, pdf, _text = in_every_form(chen, ana, entries=1)
    assert "03-Mar-2026 day: average 4 11-Mar-2026 19:00 UTC-0400 patient late" in pdf


def test_a_hostile_note_is_text_in_every_form(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, replace(BLOCK, operator=HOSTILE), a_day("2026-03-03", note=HOSTILE))
    answer_ = chen.get(report_of(ana, entries=1))
    assert "<script>alert" not in answer_.text
    printed = text_of(chen.get(report_of(ana, ".pdf", entries=1)).data)
    assert printed.replace(" ", "").count(HOSTILE.replace(" ", "")) == 2


# --- further pages ----------------------------------------------------------------------------------------------------


def test_further_pages_come_only_if_asked_for(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK, a_day("2026-03-03"))
    assert len(pages_of(chen.get(report_of(ana, ".pdf")).data)) == 1
    both = pages_of(chen.get(report_of(ana, ".pdf", entries=1, changes=1)).data)
    assert len(both) == 3
    assert "All entries of the diary (1), the last recorded first" in both[1]
    assert "Nothing was changed or withdrawn." in both[2]


def test_what_was_changed_stands_version_by_version_with_its_reason(chen: FlaskClient, ana: PatientRow) -> None:
    entry, medicine = a_day("2026-03-03"), a_medicine("2026-03-02T15:00:00-05:00")
    corrected = replace(BLOCK, id=uuid4(), revises=BLOCK.id, operator="Dr Roy", recorded_by="Noor")
    keep(ana, BLOCK, entry, medicine, corrected)
    keep(
        ana,
        replace(entry, id=uuid4(), revises=entry.id, scores=Scores(average=6)),
        replace(medicine, id=uuid4(), revises=medicine.id, withdrawn=True),
    )
    with writing(OPERATOR, now=NOON) as work:
        add_reason(work, ana.owner, corrected.id, "the wrong operator was chosen")
    page, pdf, _text = in_every_form(chen, ana, changes=1)
    for told in (page, pdf):
        assert "What was changed or withdrawn (3 records), each version as it was" in told
        assert "operator. Reason: the wrong operator was chosen" in told
        assert "average 4" in told
        assert "average 6" in told
        assert "withdrawn" in told


# --- the signed plan --------------------------------------------------------------------------------------------------


def test_a_signed_reading_and_plan_is_printed_with_name_and_time(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, BLOCK, *readings())
    assert "Signed by" not in text_of(chen.get(report_of(ana, ".pdf")).data)
    page = chen.get(f"/clinic/patients/{ana.id}?injection={BLOCK.id}")
    fields = {"reading": "positive", "next_step": "wait", "in_weeks": "6", "reason": "walks #well"}
    assert answer(chen, "", page, fields, to="#signed").status_code == 302
    for told in in_every_form(chen, ana):
        assert "Block read as: Positive. Plan: Wait and look again in 6 weeks (23-Apr-2026)." in told
        assert "walks #well" in told
        assert "Signed by Dr Chen, 12-Mar-2026 10:00, version 1" in told
