"""The doctor's list: today, all, flags; what a row says, and that no row promises more than was judged."""

import re
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary.domain.access import Role
from diary.domain.diary import NO_SCORES, Entry, Injection, Purpose, Scores, Side, Steroid
from diary.services.findings import refresh_findings
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.diaries import add_entries, add_injections
from diary.store.patients import PatientRow
from diary.store.work import writing
from diary.web.guard import identify_by
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_patient, an_injection, staff_of
from tests.queries import count_queries
from tests.web.log_pages import phone_of, stop_clock, use_phone, words_of

ZERO = date(2026, 3, 2)
DAY_60 = "2026-05-01T08:00:00-04:00"
HOSTILE = "<script>alert('x')</script>"

# What the database sorts and flags is tested on both in tests/services/test_findings.py; these are about words.


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def clinic(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """The clinic on the morning of day 60, seen by Dr Chen."""
    stop_clock(monkeypatch, DAY_60)
    clinic = a_clinic()
    doctor = staff_of(clinic.id, Role.DOCTOR)
    app.extensions["identify"] = []
    identify_by(app, lambda: doctor)
    return clinic


def record(patient: PatientRow, *records: Injection | Entry) -> None:
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, patient.owner, [one for one in records if isinstance(one, Injection)])
        add_entries(work, patient.owner, [one for one in records if isinstance(one, Entry)])


def a_steroid(performed_at: str = "2026-03-02T10:30:00-05:00") -> Injection:
    return an_injection(
        performed_at,
        purpose=Purpose.THERAPEUTIC,
        steroid=Steroid(agent="triamcinolone", mg=40),
        baseline=Scores(average=8),
    )


def averages(first: int, last: int, score: int) -> list[Entry]:
    return [
        a_day((ZERO + timedelta(days=number)).isoformat(), scores=Scores(average=score))
        for number in range(first, last + 1)
    ]


def row_of(page: str, name: str) -> str:
    """The words of one row."""
    (row,) = (row for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL) if name in row)
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())


def test_a_row_says_the_verdicts_the_end_of_relief_and_how_much_is_filled_in(
    client: FlaskClient, clinic: Clinic
) -> None:
    at = datetime.fromisoformat("2026-05-01T09:20:00-04:00")
    ana = a_patient(clinic, next_visit_at=at, next_visit_offset=-240)
    record(ana, a_steroid(), *averages(1, 2, 8), *averages(3, 40, 2), *averages(44, 59, 7))
    page = client.get("/clinic/patients").text
    row = row_of(page, "Ana Cruz")
    for words in (
        *("today 09:20", "1960", "right #1", "day 60", "7 (was 8)", "partly"),
        *("returned day 41\N{EN DASH}44", "20 of 20", "returned , since 12-Apr-2026"),
    ):
        assert words in row, words
    assert "Ana Cruz, day 60, pain 7, was 8, 20 of 20 entries" in page
    assert '<span class="shape" aria-hidden="true">●</span>' in page


def test_a_steroid_before_the_last_injection_is_named_by_its_date(client: FlaskClient, clinic: Clinic) -> None:
    block = an_injection("2026-04-20T10:30:00-04:00", side=Side.LEFT)
    record(a_patient(clinic), a_steroid(), block, *averages(3, 40, 2))
    row = row_of(client.get("/clinic/patients").text, "Ana Cruz")
    assert "left #1 day 11" in row
    assert "of 02-Mar-2026, right" in row


def test_thin_data_is_said_in_capitals_and_a_day_without_slots_says_nothing(
    client: FlaskClient, clinic: Clinic
) -> None:
    record(a_patient(clinic, "Limited Example"), a_steroid(), *averages(3, 12, 2))
    record(a_patient(clinic, "Little Example"), a_steroid(), *averages(3, 4, 2))
    record(a_patient(clinic, "New Example"), a_steroid("2026-05-01T07:30:00-04:00"))
    page = client.get("/clinic/patients").text
    assert "10 of 20 LIMITED" in row_of(page, "Limited Example")
    assert "2 of 20 TOO LITTLE" in row_of(page, "Little Example")
    assert "TOO LITTLE" not in row_of(page, "New Example")


def test_flags_are_told_by_shape_and_word_with_their_numbers(client: FlaskClient, clinic: Clinic) -> None:
    taken = [
        a_day((ZERO + timedelta(days=number)).isoformat(), analgesic=number >= 56, scores=Scores(average=2))
        for number in range(46, 61)
    ]
    mark = a_day("2026-04-30", recorded_at="2026-04-30T23:30:00-04:00", scores=NO_SCORES, pain_is_back=True)
    record(a_patient(clinic), a_steroid(), *averages(3, 45, 2), *taken, mark)
    record(a_patient(clinic, "Ben Ode"), a_steroid(), *averages(3, 30, 2))
    page = client.get("/clinic/patients").text
    ana = row_of(page, "Ana Cruz")
    assert "◆ pain is back , said 30-Apr-2026" in ana
    assert "✚ extra medicine up , 5 of 7 days, 0 of 7 the week before" in ana
    assert "◌ no entries 7 days" in row_of(page, "Ben Ode")
    assert "What the flags mean" in page


def test_today_all_and_flags_each_say_when_they_are_empty(client: FlaskClient, clinic: Clinic) -> None:
    assert "No patients yet." in client.get("/clinic/patients").text
    a_patient(clinic)
    today = client.get("/clinic/patients?show=today")
    assert "No follow-ups today. All patients" in words_of(today)
    assert "Patients, 01-May-2026" in words_of(today)
    assert re.search(r'show=today"\s+aria-current="page">Today', today.text)
    assert "No flags. All patients" in words_of(client.get("/clinic/patients?show=flags"))
    assert client.get("/clinic/patients?show=tomorrow").status_code == 404


def test_a_search_looks_through_all_and_not_only_today(client: FlaskClient, clinic: Clinic) -> None:
    a_patient(clinic)
    page = client.get("/clinic/patients?show=today").text
    assert '<input type="hidden" name="show" value="all">' in page
    assert "Ana Cruz" in client.get("/clinic/patients?search=cruz&show=all").text


def test_a_patient_without_anything_has_a_row(client: FlaskClient, clinic: Clinic) -> None:
    a_patient(clinic, HOSTILE)
    record(a_patient(clinic, "Future Example"), a_steroid("2026-06-02T10:30:00-04:00"))
    page = client.get("/clinic/patients").text
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert "none yet" in row_of(page, "Future Example")


def test_a_row_is_one_link_and_the_columns_keep_their_headers(client: FlaskClient, clinic: Clinic) -> None:
    ana = a_patient(clinic)
    page = client.get("/clinic/patients").text
    (row,) = re.findall(r"<tbody>.*?</tbody>", page, re.DOTALL)
    assert re.findall(r'href="([^"]+)"', row) == [f"/clinic/patients/{ana.id}"]
    assert page.count('<th scope="col"') == 11
    assert 'aria-sort="other"' in page
    assert 'aria-sort="descending"' in client.get("/clinic/patients?order=name&direction=descending").text


def test_who_is_not_judged_yet_is_said_and_what_is_older_bears_its_date(
    client: FlaskClient, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = a_patient(clinic)
    record(ana, a_steroid(), *averages(3, 59, 2))
    refresh_findings(clinic.id, now=datetime.fromisoformat("2026-04-30T12:00:00-04:00"))
    a_patient(clinic, "Ben Ode")
    monkeypatch.setattr("diary.services.patient_list.refresh_findings", lambda *_, **__: 0)
    page = client.get("/clinic/patients")
    assert "2 patients are still being looked at" in words_of(page)
    assert "as of 30-Apr-2026" in row_of(page.text, "Ana Cruz")
    monkeypatch.undo()
    stop_clock(monkeypatch, DAY_60)
    assert "still being looked at" not in words_of(client.get("/clinic/patients"))


@pytest.mark.usefixtures("clinic")
def test_the_list_leaves_one_audit_row_when_findings_are_worked_out_and_when_not(client: FlaskClient) -> None:
    for _ in range(2):
        client.get("/clinic/patients")
    db.session.rollback()
    of_list = select(AuditEvent.action).where(AuditEvent.actor_role == Role.DOCTOR)
    assert list(db.session.scalars(of_list)) == ["patients.list"] * 2


@pytest.mark.parametrize("show", ["today", "all", "flags"])
def test_each_tab_takes_four_queries(client: FlaskClient, clinic: Clinic, show: str) -> None:
    at = datetime.fromisoformat("2026-05-01T09:20:00-04:00")
    for number in range(5):
        ana = a_patient(clinic, f"Patient {number}", next_visit_at=at, next_visit_offset=-240)
        record(ana, a_steroid(), *averages(3, 40, 2), *averages(41, 59, 7))
    client.get(f"/clinic/patients?show={show}")
    with count_queries() as sent:
        page = client.get(f"/clinic/patients?show={show}")
    assert page.text.count('<th scope="row">') == 5
    assert len(sent) <= 4, sent.statements


def test_with_rules_that_cannot_be_read_the_list_still_names_everybody(
    app: Flask, client: FlaskClient, clinic: Clinic
) -> None:
    ana = a_patient(clinic)
    record(ana, a_steroid(), *averages(3, 40, 2), *averages(41, 59, 7))
    assert "returned" in row_of(client.get("/clinic/patients").text, "Ana Cruz")
    with writing(OPERATOR, now=NOON) as work:
        work.session.merge(clinic).rule_set = "none-such"
        work.audit("test.change")
    page = client.get("/clinic/patients")
    assert "The clinic's rules cannot be read" in words_of(page)
    row = row_of(page.text, "Ana Cruz")
    assert "day 60" in row
    for words in ("returned", "meets", "being looked at"):
        assert words not in row
    use_phone(app, phone_of(ana, role=Role.PATIENT))
    home = client.get("/me/")
    assert home.status_code == 200
    assert "higher again" not in words_of(home)
