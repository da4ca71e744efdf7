"""A diary on paper: printed with the patient's own times, typed in without JavaScript, and told so everywhere."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diary.domain.access import Role
from diary.domain.diary import Scores, Source
from diary.services.enrolment import show_code
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from diary.store.work import writing
from diary.web.paper import sheet_on_paper
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_diary, a_patient, keep
from tests.paper import VISIT, a_sheet, ana_s_injection, diary_now, inject, noor_of
from tests.queries import count_queries
from tests.reports import claims_ua, pages_of, read_pdf, structure_of, text_of
from tests.signing_in import a_user, sign_in
from tests.web.browsing import forms_of, send
from tests.web.log_pages import phone_of, stop_clock, use_phone, words_of
from tests.web.pages import errors_of

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


@pytest.fixture
def ana(app: Flask) -> PatientRow:  # noqa: ARG001 — gives the database
    return a_patient(a_clinic(), pain_named="the pain low on the right", activities=["Stairs"])


@pytest.fixture
def noor(app: Flask, ana: PatientRow, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """Noor's browser at the visit, on 24 March."""
    stop_clock(monkeypatch, VISIT.isoformat())
    browser = app.test_client()
    sign_in(browser, a_user(db.session.get_one(Clinic, ana.clinic_id), Role.NURSE, name="Noor"))
    return browser


TIME_UNREADABLE = (
    "Thursday 5 March: Type a time such as 8pm or 20:15, and +1 after it for the next day. "
    "Leave it blank if it cannot be read."
)


def address_of(ana: PatientRow, sheet_id: UUID) -> str:
    return f"/clinic/patients/{ana.id}/paper/type?sheet={sheet_id}"


def a_fortnight(**changes: str) -> dict[str, str]:
    days = (f"2026-03-{day:02d}" for day in range(3, 17))
    typed = {f"{day}-{what}": text for day in days for what, text in (("average", "2"), ("moving", "3"))}
    return {**typed, **{name.replace("_", "-"): text for name, text in changes.items()}}


def pdf_of(browser: FlaskClient, address: str) -> bytes:
    answer = browser.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.text
    return answer.get_data()


# --- the sheet --------------------------------------------------------------------------------------------------------


def test_the_sheet_holds_the_patients_own_times_the_numbers_to_call_and_which_pain(
    noor: FlaskClient, ana: PatientRow
) -> None:
    inject(ana)
    made = pdf_of(noor, f"/clinic/patients/{ana.id}/paper/{a_sheet(ana)}.pdf")
    told = text_of(made)
    for words in (
        "Ana Cruz, born 1960",
        "Your pain: the pain low on the right",
        "Call 911 now.",
        "+1 212 555 0100",
        "11.30am",
        "Tue 3 Mar",
        "Mon 16 Mar",
        "Mon 25 May",
        "Getting out of the car",
        "When I wrote this",
    ):
        assert words in told
    assert claims_ua(made)
    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/Figure"} <= {one.get("/S") for one in structure_of(made)}
    assert [float(side) for side in read_pdf(made).pages[0].mediabox[2:]] == [612, 792]
    assert all("Ana Cruz" in page for page in pages_of(made))


def test_before_the_injection_the_clocks_are_blank_and_elsewhere_paper_is_a4(app: Flask) -> None:
    clinic = a_clinic("Norfolk Clinic")
    with writing(OPERATOR, now=NOON) as work:
        work.session.get_one(Clinic, clinic.id).country = "GB"
        work.audit("clinic.change", clinic_id=clinic.id)
    ben = a_patient(clinic, "Ben Osei", language="es")
    with app.test_request_context():
        made = sheet_on_paper(noor_of(ben), a_sheet(ben), patient_id=ben.id, now=VISIT).get_data()
    assert [round(float(side)) for side in read_pdf(made).pages[0].mediabox[2:]] == [595, 842]
    root = read_pdf(made).trailer["/Root"]
    assert root["/Lang"] == "es"  # type: ignore[index]  # pypdf types it as any object
    told = text_of(made)
    assert "____ : ____" in told
    for words in ("Su diario en papel", "Llame ahora al 999.", "Dolor en promedio", "lun", "Página 1 de"):
        assert words in told


def test_the_square_leads_staff_to_the_page_and_says_nothing_about_anybody(noor: FlaskClient, ana: PatientRow) -> None:
    inject(ana)
    sheet_id = a_sheet(ana)
    made = pdf_of(noor, f"/clinic/patients/{ana.id}/paper/{sheet_id}.pdf")
    alt = next(one["/Alt"] for one in structure_of(made) if "/Alt" in one).replace("\u200b", "")
    assert alt.endswith(f"/clinic/paper/{sheet_id}")
    assert str(ana.id) not in alt
    assert noor.get(f"/clinic/paper/{sheet_id}").location == address_of(ana, sheet_id)


def test_patients_print_their_own_and_nobody_elses(app: Flask, ana: PatientRow) -> None:
    use_phone(app, phone_of(ana, role=Role.PATIENT))
    browser = app.test_client()
    assert "Print a paper diary" in words_of(browser.get("/me/settings"))
    answer = send(browser, "/me/paper", to="/me/paper")
    assert "Your diary on paper" in text_of(pdf_of(browser, answer.location))
    ben = a_patient(db.session.get_one(Clinic, ana.clinic_id), "Ben Osei")
    assert browser.get(f"/me/paper/{a_sheet(ben)}.pdf").status_code == 404


def test_whatever_the_patient_is_called_is_printed_letter_by_letter(app: Flask, ana: PatientRow) -> None:
    clinic = db.session.get_one(Clinic, ana.clinic_id)
    with app.test_request_context():
        for name in ('#strong[Eve] $x$ "); \u202eevil', "فاطمة الزهراء", "N" * 200, ""):
            eve = a_patient(clinic, name, pain_named="#panic() *here*")
            made = sheet_on_paper(noor_of(eve), a_sheet(eve), patient_id=eve.id, now=VISIT).get_data()
            assert "Your pain: #panic() *here*" in text_of(made)
            assert claims_ua(made)
            if name.startswith("#"):
                assert "#strong[Eve] $x$" in text_of(made)


# --- typing in --------------------------------------------------------------------------------------------------------


def test_a_fortnight_is_typed_in_once_however_often_it_is_sent(noor: FlaskClient, ana: PatientRow) -> None:
    inject(ana)
    sheet_id = a_sheet(ana)
    address = address_of(ana, sheet_id)
    page = noor.get(address)
    form = next(form for form in forms_of(page) if "typing_id" in form.names)
    sent = {**form.sends, **a_fortnight(**{"2026_03_03_written": "8pm", "2026_03_04_analgesic": "y"})}
    assert noor.post(address, data=sent).status_code == 303
    again = noor.post(address, data=sent, follow_redirects=True)
    assert "0 rows of Ana Cruz were typed in from paper. 14 rows were there already." in words_of(again)
    entries = diary_now(ana).entries
    assert len(entries) == 14
    assert {(one.transcribed, one.source, one.recorded_by) for one in entries} == {(True, Source.NURSE, "Noor")}
    assert {one.analgesic for one in entries} == {None, True}


def test_every_page_of_the_clinic_says_that_it_came_from_paper(noor: FlaskClient, ana: PatientRow) -> None:
    inject(ana)
    send(noor, address_of(ana, a_sheet(ana)), a_fortnight(**{"2026_03_03_written": "8pm +1"}), to="")
    by = "from paper, typed in by nurse, Noor on 24-Mar-2026"
    listed = words_of(noor.get(f"/clinic/patients/{ana.id}/entries"))
    assert f"{by} UTC-0400 late, typed in from paper" in listed
    assert "the paper says it was written 04-Mar-2026 20:00" in listed
    # The judgement goes by today, so the doctor's page is asked for as it is.
    page = words_of(noor.get(f"/clinic/patients/{ana.id}"))
    assert "14 entries were typed in from paper. They count as late, never as written at the time." in page
    assert "14 late; 14 from paper" in page
    assert f"late, {by}" in page
    assert "hollow: written late, or typed in from paper" in page
    assert "Typed in from paper (hollow)" in page
    report = text_of(pdf_of(noor, f"/clinic/patients/{ana.id}/report.pdf?entries=1"))
    assert "14 entries were typed in from paper" in report
    assert by in report


def test_what_cannot_be_read_is_told_at_its_box_and_nothing_typed_is_lost(noor: FlaskClient, ana: PatientRow) -> None:
    inject(ana)
    bad = {
        "2026-03-03-average": "11",
        "2026-03-04-analgesic": "maybe",
        "2026-03-05-written": "in the evening",
        "2026-03-06-written": "8pm",
        "2026-03-09-activity-0": "4",
        "2026-03-10-written": "8pm +30",
    }
    blank = {"2026-03-06-average": "", "2026-03-06-moving": ""}
    page = send(noor, address_of(ana, a_sheet(ana)), {**a_fortnight(), **blank, **bad}, to="")
    assert page.status_code == 422
    assert errors_of(page) == [
        "Tuesday 3 March: Type a number from 0 to 10, or ? for “I do not remember”.",
        "Wednesday 4 March: Type y for yes, n for no, or ? for “I do not remember”.",
        TIME_UNREADABLE,
        "Friday 6 March: Type the answers of this row too, or leave it all blank.",
        "Monday 9 March: Type a number for each activity of this day, or for none of them.",
        "Tuesday 10 March: This time is still to come. Look at the sheet again.",
    ]
    sends = next(form for form in forms_of(page) if "typing_id" in form.names).sends
    assert {name: sends[name] for name in bad} == bad
    assert sends["2026-03-16-average"] == "2"
    assert diary_now(ana).entries == ()


def test_not_remembering_is_ticked_for_a_row_or_typed_for_one_box(noor: FlaskClient, ana: PatientRow) -> None:
    inject(ana)
    typed = {"2026-03-03-average": "4", "2026-03-03-moving": "?", "2026-03-04-forgotten": "yes"}
    page = noor.get(address := address_of(ana, a_sheet(ana)))
    form = next(form for form in forms_of(page) if "typing_id" in form.names)
    noor.post(address, data={**form.sends, **typed})
    first, second = diary_now(ana).entries
    assert (first.scores.average, first.unknown) == (4, ("moving",))
    assert second.scores == Scores()
    assert set(second.unknown) == {"average", "moving", "soreness", "analgesic"}


def test_the_hours_of_the_day_of_the_injection_are_typed_in_too(noor: FlaskClient, ana: PatientRow) -> None:
    blank = a_sheet(ana)
    injection = inject(ana)
    printed = a_sheet(ana)
    send(noor, address_of(ana, printed), {"hour-2-movement": "3", "hour-2-analgesic": "n"}, to="")
    (entry,) = diary_now(ana).entries
    assert entry.at == injection.performed_at + timedelta(hours=2)
    page = send(noor, address_of(ana, blank), {"hour-1-movement": "3"}, to="")
    assert errors_of(page) == ["1 hour after: Type the time that stands at the start of this row, such as 3.30pm."]
    send(noor, address_of(ana, blank), {"hour-1-movement": "5", "hour-1-clock": "11.45am"}, to="")
    assert diary_now(ana).entries[1].at == injection.performed_at + timedelta(minutes=75)


def test_what_the_phone_says_is_shown_and_asked_before_anything_is_saved(noor: FlaskClient, ana: PatientRow) -> None:
    keep(ana, a_diary(ana_s_injection(), a_day("2026-03-05", scores=Scores(average=6))))
    address = address_of(ana, a_sheet(ana))
    page = send(noor, address, a_fortnight(), to="")
    assert page.status_code == 409
    assert "Pain, on average: the diary says 6 (patient, recorded 05-Mar-2026 19:00), the paper says 2." in words_of(
        page
    )
    assert "It was typed in wrong before" not in page.text
    form = next(form for form in forms_of(page) if "typing_id" in form.names)
    assert "2026-03-05-instead" in form.names
    assert "2026-03-05-instead" not in form.sends
    assert len(diary_now(ana).entries) == 1
    done = noor.post(address, data={**form.sends, "2026-03-05-instead": "leave-out"}, follow_redirects=True)
    assert "13 rows of Ana Cruz were typed in from paper. 1 row was left out." in words_of(done)


def test_a_hostile_sheet_is_told_so(noor: FlaskClient, ana: PatientRow) -> None:
    other = a_sheet(a_patient(a_clinic("Other Clinic")))
    for address in (
        f"/clinic/paper/{other}",
        address_of(ana, other),
        f"/clinic/patients/{ana.id}/paper/type?sheet=x",
        f"/clinic/patients/{ana.id}/paper/{other}.pdf",
    ):
        assert noor.get(address).status_code == 404


def test_typing_in_costs_the_same_however_many_rows(noor: FlaskClient, ana: PatientRow) -> None:
    inject(ana)
    address = address_of(ana, a_sheet(ana))
    noor.get(address)
    with count_queries() as empty:
        noor.get(address)
    send(noor, address, a_fortnight(), to="")
    with count_queries() as full:
        noor.get(address)
    assert len(full) == len(empty) <= 12


# --- the card ---------------------------------------------------------------------------------------------------------


def test_a_card_bears_the_code_until_it_is_over(
    app: Flask, noor: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = show_code(noor_of(ana), ana.id, key=str(app.secret_key), now=VISIT)
    shown = noor.get(f"/clinic/patients/{ana.id}/phones/code/{id_}")
    letters = re.search(r'class="code-letters">([A-Z]{4} [A-Z]{4})<', shown.text)
    assert letters
    made = pdf_of(noor, f"/clinic/patients/{ana.id}/phones/code/{id_}/card.pdf")
    told = text_of(made)
    for words in (
        letters[1],
        "A.C.",
        "I am helping this person",
        "The code works until 9.15am on Tuesday 24 March, once.",
    ):
        assert words in told
    assert "Ana" not in told
    assert claims_ua(made)
    stop_clock(monkeypatch, (VISIT + timedelta(minutes=9)).isoformat())
    noor.get("/clinic/patients")
    stop_clock(monkeypatch, (VISIT + timedelta(minutes=15)).isoformat())
    over = noor.get(f"/clinic/patients/{ana.id}/phones/code/{id_}/card.pdf")
    assert (over.status_code, "Show a new code" in over.text) == (409, True)
