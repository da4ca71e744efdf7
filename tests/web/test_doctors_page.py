"""The doctor's page, the list of patients and all entries: what they show, to whom, and at what cost."""

import re
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from diary.domain.access import Role
from diary.domain.diary import (
    NO_SCORES,
    BloodPressure,
    Diary,
    Event,
    Glucose,
    GlucoseUnit,
    PhoneClock,
    Reaction,
    ReactionKind,
    Scores,
    Side,
    Source,
    State,
    SteroidElsewhere,
    Words,
)
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.diaries import add_steroids_elsewhere
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import (
    NOON,
    OPERATOR,
    a_clinic,
    a_day,
    a_diary,
    a_medicine,
    a_moment,
    a_patient,
    an_injection,
    keep,
)
from tests.queries import Queries, count_queries
from tests.signing_in import a_user, sign_in

HOSTILE = "<script>alert('x')</script>"


def days_ago(number: int) -> str:
    # In the zone of the diaries: at night UTC is a day ahead of it.
    return (datetime.now(ZoneInfo("America/New_York")).date() - timedelta(days=number)).isoformat()


def a_course(*, days: int = 40, injected: int = 50) -> Diary:
    """An injection some days ago with a few moments, and a daily entry for so many days after it."""
    zero = days_ago(injected)
    moments = [
        a_moment(f"{zero}T10:{minute}:00-05:00", scores=Scores(movement=score)) for minute, score in ((40, 5), (50, 2))
    ]
    dailies = [a_day(days_ago(injected - number), scores=Scores(average=3, moving=4)) for number in range(1, days + 1)]
    injection = an_injection(f"{zero}T10:30:00-05:00", baseline=Scores(movement=8, average=7, moving=6))
    return a_diary(injection, *moments, *dailies, a_medicine(f"{zero}T15:00:00-05:00"))


def test_the_page_says_who_and_what(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, a_course())
    page = chen.get(f"/clinic/patients/{ana.id}").text
    for words in ("Ana Cruz", "09-Apr-1960", "RIGHT"):
        assert words in page
    for drawing in ("profile wide", "profile narrow"):
        assert page.count(f'class="{drawing}"') == 1
    assert "50% less (4 or lower)" in page
    assert "ibuprofen 400 mg (extra)" in page


def test_whatever_is_written_in_a_diary_is_shown(chen: FlaskClient, clinic: Clinic) -> None:
    ana = a_patient(clinic, number="C-1187", conditions=["anticoagulant", "diabetes"])
    entry = a_day(
        days_ago(5),
        words=Words.SEVERE,
        pain_is_back=True,
        events=(Event.FALL, Event.OTHER_INJECTION),
        side_effects=("flushing",),
        blood_pressure=BloodPressure(systolic=138, diastolic=84),
        glucose=Glucose(value=7.5, unit=GlucoseUnit.MMOL_L),
        note="Slept badly",
        transcribed=True,
        clock=PhoneClock(day=date(2024, 1, 31)),
    )
    moment = a_moment(f"{days_ago(9)}T10:40:00-05:00", state=State.ASLEEP, scores=NO_SCORES, movement_done=False)
    keep(ana, a_diary(an_injection(f"{days_ago(9)}T10:30:00-05:00"), entry, moment))
    with writing(OPERATOR, now=NOON) as work:
        steroid = SteroidElsewhere(on=date(2025, 11, 20), agent="methylprednisolone", mg=40, where="right shoulder")
        add_steroids_elsewhere(work, ana.owner, [steroid])
    beside = "the pain is back, fall, other injection, flushing, blood pressure 138/84 mmHg, blood sugar 7.5 mmol/L"
    page = chen.get(f"/clinic/patients/{ana.id}").text
    for words in ("C-1187", "Takes an anticoagulant, Diabetes", f"Slept badly; {beside}"):
        assert words in page
    assert "20-Nov-2025: methylprednisolone 40 mg, right shoulder" in page
    entries = chen.get(f"/clinic/patients/{ana.id}/entries").text
    for words in ("in words: severe", f"{beside}, note: Slept badly", "asleep, moved as it hurts no"):
        assert words in entries
    assert "typed in from paper, the phone&#39;s clock said 31-Jan-2024" in entries


def test_a_patient_without_an_injection_has_a_page(chen: FlaskClient, ana: PatientRow) -> None:
    page = chen.get(f"/clinic/patients/{ana.id}")
    assert page.status_code == 200
    assert "No injection is recorded yet." in page.text
    assert chen.get(f"/clinic/patients/{ana.id}/figure.json").status_code == 404


def test_an_earlier_injection_can_be_looked_at(chen: FlaskClient, ana: PatientRow) -> None:
    first = an_injection("2025-03-02T10:30:00-05:00")
    keep(ana, a_diary(first, an_injection("2025-09-02T10:30:00-04:00")))
    assert "Injection 2, right side, 02-Sep-2025" in chen.get(f"/clinic/patients/{ana.id}").text
    page = chen.get(f"/clinic/patients/{ana.id}?injection={first.id}").text
    assert "Injection 1, right side, 02-Mar-2025" in page
    assert chen.get(f"/clinic/patients/{ana.id}?injection={uuid4()}").status_code == 404
    assert chen.get(f"/clinic/patients/{ana.id}?injection=x").status_code == 404


def test_what_was_typed_is_shown_as_text_and_is_not_in_the_figure(chen: FlaskClient, ana: PatientRow) -> None:
    injection = an_injection(
        f"{days_ago(9)}T10:30:00-05:00",
        operator=HOSTILE,
        cause=HOSTILE,
        reactions=(Reaction(at=NOON, kind=ReactionKind.FAINT, note=HOSTILE),),
    )
    keep(ana, a_diary(injection, a_day(days_ago(5), note=HOSTILE)))
    page = chen.get(f"/clinic/patients/{ana.id}").text
    assert HOSTILE not in page
    assert page.count("&lt;script&gt;") == 4
    for view in ("", "?view=log"):
        figure = chen.get(f"/clinic/patients/{ana.id}/figure.json{view}")
        assert figure.mimetype == "application/json"
        assert "script" not in figure.text


def test_the_page_and_its_figure_draw_the_same_scores(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, a_course(days=3))
    figure = chen.get(f"/clinic/patients/{ana.id}/figure.json").get_json()
    averages = [trace for trace in figure["data"] if trace["name"].startswith("average pain")]
    assert [trace["y"] for trace in averages] == [[3, 3, 3]]
    assert 'connectgaps":true' not in chen.get(f"/clinic/patients/{ana.id}/figure.json").text.replace(" ", "")


@pytest.mark.parametrize("path", ["", "/figure.json", "/entries"])
def test_another_clinic_finds_nobody_and_strangers_are_sent_to_the_sign_in(
    client: FlaskClient, ana: PatientRow, path: str
) -> None:
    address = f"/clinic/patients/{ana.id}{path}"
    assert client.get(address).headers["Location"] == "/login"
    diaz = a_user(a_clinic("Hillside"), Role.DOCTOR, name="Diaz")
    sign_in(client, diaz)
    assert client.get(address).status_code == 404
    assert client.get(address.replace(str(ana.id), str(uuid4()))).status_code == 404


def test_reading_leaves_an_audit_row_each_time(chen: FlaskClient, ana: PatientRow) -> None:
    for path in ("", "/entries", ""):
        chen.get(f"/clinic/patients/{ana.id}{path}")
    of_ana = select(func.count()).where(AuditEvent.patient_id == ana.id, AuditEvent.action == "diary.read")
    db.session.rollback()
    assert db.session.scalar(of_ana) == 3


# --- all entries ------------------------------------------------------------------------------------------------------


def test_all_entries_show_what_was_changed_by_whom_and_when(chen: FlaskClient, ana: PatientRow) -> None:
    first = a_day("2026-03-03", scores=Scores(average=9), source=Source.HELPER)
    second = a_day(
        "2026-03-03", recorded_at="2026-03-05T09:00:00-05:00", revises=first.id, source=Source.NURSE, recorded_by="Noor"
    )
    late = a_day("2026-03-04", recorded_at="2026-03-06T09:00:00-05:00")
    keep(ana, a_diary(first, second, late))
    page = chen.get(f"/clinic/patients/{ana.id}/entries").text
    assert "2 entries" in page
    assert "03-Mar-2026 19:00, helper: average 9" in page
    assert "05-Mar-2026 09:00, nurse, Noor: average 4" in page
    assert "UTC-0500" in page
    assert page.count("late") == 1


def test_all_entries_come_by_fifty(chen: FlaskClient, ana: PatientRow) -> None:
    start = date(2026, 1, 1)
    keep(ana, a_diary(*(a_day((start + timedelta(days=number)).isoformat()) for number in range(60))))
    first, second = (chen.get(f"/clinic/patients/{ana.id}/entries?page={page}").text for page in (1, 2))
    assert first.count('<th scope="row">') == 50
    assert second.count('<th scope="row">') == 10
    assert "01-Mar-2026" in first
    assert "01-Jan-2026" in second
    assert chen.get(f"/clinic/patients/{ana.id}/entries?page=0").status_code == 404


def test_an_entry_opens_the_page_that_holds_it(chen: FlaskClient, clinic: Clinic, ana: PatientRow) -> None:
    start = date(2026, 1, 1)
    entries = [a_day((start + timedelta(days=number)).isoformat()) for number in range(51)]
    together = [a_moment("2025-12-01T10:00:00-05:00", scores=Scores(movement=score)) for score in range(9)]
    changed = a_day("2026-01-10", recorded_at="2026-03-05T09:00:00-05:00", revises=entries[9].id)
    keep(ana, a_diary(*entries, *together, changed))
    for entry, held_on in (
        (entries[-1], 1),
        (entries[0], 2),
        (entries[1], 1),
        (changed, 1),
        *((one, 2) for one in together),
    ):
        page = chen.get(f"/clinic/patients/{ana.id}/entries?entry={entry.id}").text
        assert f"page {held_on} of 2" in page
        asked = re.findall(r'<tr id="asked">.*?</tr>', page, re.DOTALL)
        assert len(asked) == 1
        assert (f"movement {entry.scores.movement}" if entry in together else "average 4") in asked[0]
    ben = a_patient(clinic, "Ben Ode")
    of_ben = a_day("2026-01-01")
    keep(ben, a_diary(of_ben))
    for strange in (of_ben.id, uuid4(), "x"):
        assert chen.get(f"/clinic/patients/{ana.id}/entries?entry={strange}").status_code == 404


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_list_says_how_each_patient_does(chen: FlaskClient, clinic: Clinic, ana: PatientRow) -> None:
    a_patient(clinic, "Ben Ode")
    keep(ana, a_course(days=50))
    page = chen.get("/clinic/patients").text
    assert "Ana Cruz, day 50, pain 3, was 7, 14 of 14 days" in page
    assert "right #1" in page
    assert "Ben Ode, before any injection, pain no scores" in page
    assert page.count('class="sparkline"') == 2


def test_the_list_is_searched_and_sorted_on_the_server(chen: FlaskClient, clinic: Clinic) -> None:
    for name, year in (("Ann Alder", 1970), ("Cem 100% Dal", 1950), ("Bo Alder", 1960)):
        a_patient(clinic, name, born=date(year, 1, 1))
    found = chen.get("/clinic/patients?search=alder&order=name").text
    assert found.index("Ann Alder") < found.index("Bo Alder")
    assert "Dal" not in found
    assert 'aria-sort="ascending"' in found
    backwards = chen.get("/clinic/patients?order=born&direction=descending").text
    assert backwards.index("Ann Alder") < backwards.index("Bo Alder") < backwards.index("Cem 100% Dal")
    assert 'aria-sort="descending"' in backwards
    assert "Nobody found" in chen.get("/clinic/patients?search=%25%25").text
    assert "Cem" in chen.get("/clinic/patients?search=100%25").text
    assert chen.get("/clinic/patients?order=salary").status_code == 404


def test_the_list_comes_by_fifty_and_holds_the_own_clinic_only(chen: FlaskClient, clinic: Clinic) -> None:
    for number in range(52):
        a_patient(clinic, f"Patient {number:02d}")
    a_patient(a_clinic("Hillside"), "Somebody Else")
    first, second = (chen.get(f"/clinic/patients?order=name&page={page}").text for page in (1, 2))
    assert first.count('<th scope="row">') == 50
    assert "Patient 51" in second
    assert "52 patients" in second
    assert "Somebody Else" not in first + second


# --- what it costs ----------------------------------------------------------------------------------------------------


def test_the_list_takes_four_queries_however_long(chen: FlaskClient, clinic: Clinic) -> None:
    for number in range(12):
        patient = a_patient(clinic, f"Patient {number}")
        keep(patient, a_course(days=20))
    chen.get("/clinic/patients")  # whoever is new is judged once
    with count_queries() as sent:
        assert chen.get("/clinic/patients").status_code == 200
    assert len(beside_signing_in(sent)) <= 4, sent.statements


def test_the_page_takes_six_queries_with_years_of_entries_too(chen: FlaskClient, ana: PatientRow) -> None:
    keep(ana, a_course(days=1200, injected=1300))
    for path in ("", "/figure.json"):
        with count_queries() as sent:
            assert chen.get(f"/clinic/patients/{ana.id}{path}").status_code == 200
        assert len(beside_signing_in(sent)) <= 6, sent.statements
    page = chen.get(f"/clinic/patients/{ana.id}").text
    assert "are medians of each calendar month" in page


def beside_signing_in(sent: Queries) -> list[str]:
    """The statements that are not about who is signed in."""
    return [statement for statement in sent.statements if not re.search(r"FROM \"?(users|roles)\b", statement)]


def test_two_sides_have_a_picture_each(chen: FlaskClient, ana: PatientRow) -> None:
    left = an_injection(f"{days_ago(20)}T10:30:00-05:00", side=Side.LEFT)
    keep(ana, a_diary(an_injection(f"{days_ago(30)}T10:30:00-05:00"), left))
    assert "Injection 1, left side" in chen.get(f"/clinic/patients/{ana.id}").text
