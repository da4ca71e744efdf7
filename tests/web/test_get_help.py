"""Get help now, as a bare phone, a stranger and the clinic see it, and what is kept of it, on both databases."""

import re
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from diary.domain.access import Actor, Role
from diary.domain.clinic_limits import ClinicLimits
from diary.domain.errors import DatabaseBusy, NotAllowed, NotFound
from diary.domain.safety import HelpResult, Level
from diary.services.clinic_limits import set_limits
from diary.services.help_uses import help_uses_of, mark_handled, note_help_used
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.diaries import add_injections
from diary.store.help_uses import HelpHandledRow, HelpUseRow
from diary.store.patients import PatientRow
from diary.store.work import writing
from diary.web.patient import get_help
from diary.web.presenters.get_help import ASKED, EXPECTED, LEGS_AT_FIRST, SAID, telephone_of
from tests.factories import NOON, OPERATOR, a_clinic, a_patient, an_injection, staff_of
from tests.signing_in import open_a_page
from tests.web.browsing import send
from tests.web.log_pages import fill_in, phone_of, stop_clock, use_phone, words_of

EVENING = "2026-03-02T18:05:00-05:00"
NOT_TOLD = "We have not told anyone. Please call."


@pytest.fixture
def clinic(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    assert app.testing
    stop_clock(monkeypatch, EVENING)
    return a_clinic()


@pytest.fixture
def ana(app: Flask, clinic: Clinic) -> PatientRow:
    """Ana with her bare phone in the evening."""
    ana = a_patient(clinic)
    use_phone(app, phone_of(ana))
    return ana


def inject(patient: PatientRow, performed_at: str) -> None:
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, patient.owner, [an_injection(performed_at)])


def walk(client: FlaskClient, *answers: str) -> tuple[TestResponse, int]:
    """Answer one question after the other by their buttons; the page reached, and how many taps it took."""
    page, taps = client.get("/me/help"), 1
    for answer in answers:
        found = re.search(r'<form method="post"\s+action="([^"]+)"', page.text)
        assert found, words_of(page)
        page = client.get(client.post(found[1], data={"answer": answer}).location)
        taps += 1
    return page, taps


def kept(patient: PatientRow) -> list[str]:
    db.session.commit()  # so that what was saved meanwhile is seen
    uses = select(HelpUseRow.result).where(HelpUseRow.patient_id == patient.id).order_by(HelpUseRow.used_at)
    return list(db.session.scalars(uses))


# --- the patient ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "taps", "heading"),
    [
        (("yes",), 2, "▲ Emergency: call 911 now"),
        (("no", "yes"), 3, "▲ Emergency: call 911 now"),
        (("no", "no", "yes"), 4, "▲ Emergency: call 911 now"),
        (("no", "no", "no", "yes"), 5, "▲ Emergency: call 911 now"),
        (("no",) * 4 + ("yes",), 6, "● Urgent: call your clinic today"),
        (("no",) * 5 + ("yes",), 7, "● Urgent: call your clinic today"),
        (("no",) * 6, 7, "■ Not urgent: tell your clinic at your next visit"),
    ],
)
@pytest.mark.usefixtures("ana")
def test_advice_is_two_to_seven_taps_away_and_says_that_nobody_was_told(
    client: FlaskClient, answers: tuple[str, ...], taps: int, heading: str
) -> None:
    page, taken = walk(client, *answers)
    words = words_of(page)
    assert taken == taps
    assert heading in words
    assert NOT_TOLD in words
    assert page.text.count("<h1") == 1
    assert 'href="tel:911"' in page.text or 'href="tel:+12125550100"' in page.text


@pytest.mark.usefixtures("ana")
def test_an_urgent_result_names_what_was_said_the_clinic_and_its_hours(client: FlaskClient) -> None:
    page, _ = walk(client, "no", "no", "no", "no", "yes")
    words = words_of(page)
    assert "You said: you feel hot and shivery." in words
    assert 'href="tel:+12125550100"' in page.text
    assert "Open: Monday to Friday 9am to 5pm" in words
    assert "Closed, or no one answers? Do not wait." in words
    assert "Your clinic may see later that you used this page. No one watches for it." in words


def test_in_britain_999_and_while_the_clinic_is_closed_111(client: FlaskClient, clinic: Clinic, app: Flask) -> None:
    with writing(OPERATOR, now=NOON) as work:
        clinic.country, clinic.telephone = "GB", "+44 (0)20 7946 0000"
        work.audit("clinic.change", clinic_id=clinic.id)
    use_phone(app, phone_of(a_patient(clinic)))
    page = client.get("/me/help/result/site")
    for dialled in ("tel:999", "tel:111", "tel:+442079460000"):
        assert f'href="{dialled}"' in page.text


@pytest.mark.parametrize(
    ("performed_at", "at_first"),
    [
        ("2026-03-02T12:06:00-05:00", True),
        ("2026-03-02T12:05:00-05:00", False),
        ("2026-03-02T19:00:00-05:00", False),
    ],
)
def test_weak_legs_in_the_first_six_hours_are_told_to_lie_down_first(
    client: FlaskClient, ana: PatientRow, performed_at: str, at_first: bool
) -> None:
    inject(ana, performed_at)
    words = words_of(walk(client, "no", "no", "no", "yes")[0])
    assert ("Sit or lie down. Do not walk alone. Do not drive." in words) is at_first
    assert ("If it is not better after 6 hours, or you cannot pee, get help now." in words) is at_first
    assert ("Emergency: call 911 now" in words) is not at_first
    assert kept(ana) == ["legs-at-first" if at_first else "legs"]


def test_only_a_finished_result_is_kept_with_an_audit_row_that_does_not_say_it(
    client: FlaskClient, ana: PatientRow
) -> None:
    walk(client, "no", "no")
    assert kept(ana) == []
    page, _ = walk(client, "no", "yes")
    client.get(page.request.path)  # loading the page again keeps nothing more
    assert kept(ana) == ["control"]
    (line,) = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "help.use"))
    assert (line.actor_role, line.patient_id, line.details) == ("device", ana.id, {})
    assert "Emergency" in words_of(page)


@pytest.mark.parametrize("question", range(1, 7))
def test_the_address_of_a_result_does_not_say_what_the_patient_answered(
    client: FlaskClient, ana: PatientRow, app: Flask, question: int
) -> None:
    address = client.post(f"/me/help/{question}", data={"answer": "yes"}).location
    (result,) = kept(ana)
    assert not {*HelpResult, *Level} & set(address.split("/"))
    assert str(SAID[HelpResult(result)]) in words_of(client.get(address))
    use_phone(app, phone_of(a_patient(db.session.get_one(Clinic, ana.clinic_id), "Ben Ode")))
    assert client.get(address).status_code == 404
    use_phone(app, staff_of(ana.clinic_id, Role.NURSE))
    assert client.get(address).status_code == 404


def test_advice_is_shown_where_a_use_cannot_be_kept(
    client: FlaskClient, ana: PatientRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> UUID:
        raise DatabaseBusy("it is locked")

    monkeypatch.setattr(get_help, "note_help_used", locked)
    page, _ = walk(client, "yes")
    assert "Emergency: call 911 now" in words_of(page)
    assert kept(ana) == []


@pytest.mark.usefixtures("ana")
def test_what_is_expected_is_said_with_its_days(client: FlaskClient) -> None:
    for page in (walk(client, *["no"] * 6)[0], client.get("/me/help/expected")):
        words = words_of(page)
        assert "You can be sore where the needle went in for 1 to 3 days." in words
        assert "Your face can be hot and red for 1 to 3 days." in words
        assert "Check it more often for 5 days." in words
        assert "Does it last longer than this? Call your clinic." in words


def test_a_question_goes_back_and_what_is_no_answer_is_asked_again(client: FlaskClient, ana: PatientRow) -> None:
    assert 'href="/me/"' in client.get("/me/help").text
    assert 'href="/me/help"' in client.get("/me/help/2").text.split("<main")[1]
    assert 'href="/me/help/5"' in client.get("/me/help/6").text
    assert client.post("/me/help/3", data={"answer": "maybe"}).location == "/me/help/3"
    assert [client.get(f"/me/help/{wrong}").status_code for wrong in ("0", "7", "result/fine")] == [404, 404, 404]
    assert kept(ana) == []


@pytest.mark.usefixtures("clinic")
def test_a_stranger_gets_the_careful_numbers_without_a_pin(client: FlaskClient) -> None:
    page, _ = walk(client, "yes")
    assert "Emergency: call for help now" in words_of(page)
    assert 'href="tel:112"' in page.text
    assert NOT_TOLD in words_of(page)
    legs = words_of(walk(client, "no", "no", "no", "yes")[0])
    assert "Emergency" in legs
    urgent = words_of(walk(client, "no", "no", "no", "no", "yes")[0])
    assert "The number of your clinic is on your card or letter." in urgent
    assert "may see later" not in urgent
    assert "Home" not in urgent
    assert list(db.session.scalars(select(HelpUseRow))) == []


def test_staff_who_look_at_the_pages_leave_no_use(client: FlaskClient, clinic: Clinic, app: Flask) -> None:
    use_phone(app, staff_of(clinic.id, Role.NURSE))
    assert "Emergency: call 911 now" in words_of(walk(client, "yes")[0])
    assert list(db.session.scalars(select(HelpUseRow))) == []


def test_a_page_of_another_site_leaves_no_use(client: FlaskClient, ana: PatientRow) -> None:
    answer = client.post("/me/help/1", data={"answer": "yes"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert kept(ana) == []


def test_the_pages_hold_nothing_of_the_patient(client: FlaskClient, ana: PatientRow, app: Flask) -> None:
    addresses = ["/me/help", "/me/help/4", "/me/help/expected", *(f"/me/help/result/{one}" for one in HelpResult)]
    ones = [client.get(address).data for address in addresses]
    use_phone(app, phone_of(a_patient(db.session.get_one(Clinic, ana.clinic_id), "Ben Ode")))
    assert [client.get(address).data for address in addresses] == ones


def test_no_sentence_has_more_than_fifteen_words() -> None:
    said = [f"You said: {words}." for words in SAID.values()]
    for words in (*ASKED.values(), *said, *LEGS_AT_FIRST, *EXPECTED):
        for sentence in re.split(r"(?<=[.?]) ", str(words)):
            assert len(sentence.split()) <= 15, sentence


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("+1 212 555 0100", "+12125550100"),
        ("(212) 555-0100 x12", "2125550100"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("020/7946 0000", "02079460000"),
        ("555 0100 / 555 0199", "5550100"),
        ("+\u0662\u0660 \u0662 555 0100", "+2025550100"),
    ],
)
def test_a_number_is_dialled_as_a_phone_understands_it(number: str, dialled: str) -> None:
    assert telephone_of(number).dialled == dialled


def test_every_page_that_says_to_call_dials_the_same(client: FlaskClient, clinic: Clinic, app: Flask) -> None:
    with writing(OPERATOR, now=NOON) as work:
        clinic.telephone = "+44 (0)20 7946 0000"
        work.audit("clinic.change", clinic_id=clinic.id)
    ana = phone_of(a_patient(clinic))
    use_phone(app, replace(ana, role=Role.PATIENT))
    set_limits(staff_of(clinic.id, Role.ADMIN), clinic.id, ClinicLimits(systolic=180), now=NOON)
    told = fill_in(client, "/me/day/2026-03-02/more", {"systolic": "190", "diastolic": "90"}).location
    for address in ("/me/help/result/site", "/me/scores", told):
        assert 'href="tel:+442079460000"' in client.get(address).text, address


# --- the clinic -------------------------------------------------------------------------------------------------------


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-02T{clock}:00-05:00")


@pytest.fixture
def doctor(app: Flask, clinic: Clinic) -> Actor:
    """Dr Chen, who asks from now on."""
    chen = replace(staff_of(clinic.id, Role.DOCTOR), name="Dr Chen")
    use_phone(app, chen)
    return chen


def rows_of(client: FlaskClient, show: str = "all") -> list[str]:
    page = client.get(f"/clinic/patients?show={show}").text
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)][1:]


def test_the_list_begins_with_who_used_the_help_page(client: FlaskClient, clinic: Clinic, doctor: Actor) -> None:
    assert doctor.clinic_id
    for name, result, clock in (
        ("Cyd Least", HelpResult.NONE, "17:50"),
        ("Dot Urgent", HelpResult.SITE, "18:00"),
        ("Eve Emergency", HelpResult.CONTROL, "17:00"),
    ):
        note_help_used(phone_of(a_patient(clinic, name)), result, now=at(clock))
    a_patient(clinic, "Abe First")
    rows = rows_of(client)
    assert [row.split()[0] for row in rows] == ["Eve", "Dot", "Abe", "Cyd"]
    assert "▲ help page used , 17:00, emergency; not handled" in rows[0]
    assert "18:00, urgent; not handled" in rows[1]
    assert "17:50, not urgent; not handled" in rows[3]
    assert [row.split()[0] for row in rows_of(client, "flags")] == ["Eve", "Dot", "Cyd"]


def test_of_several_uses_the_most_urgent_is_told_until_somebody_has_handled_it(
    client: FlaskClient, clinic: Clinic, doctor: Actor
) -> None:
    ana = a_patient(clinic)
    for result, clock in ((HelpResult.SITE, "16:00"), (HelpResult.SHIVERY, "17:00"), (HelpResult.NONE, "18:00")):
        note_help_used(phone_of(ana), result, now=at(clock))
    (row,) = rows_of(client)
    assert "17:00, urgent; not handled" in row
    assert "help page used , 17:00, urgent" in words_of(client.get(f"/clinic/patients/{ana.id}"))
    address = f"/clinic/patients/{ana.id}/help"
    words = words_of(client.get(address))
    assert "02-Mar-2026 16:00 urgent your back is hot, swollen or very sore where the needle went in" in words
    assert send(client, address, to="/help").location == address
    words = words_of(client.get(address))
    assert words.count("Dr Chen, 02-Mar-2026 18:05") == 3
    assert "not handled" not in words
    assert "▲" not in rows_of(client)[0]
    assert doctor.name == "Dr Chen"


def test_a_use_that_came_after_the_page_was_opened_stays_open(clinic: Clinic, doctor: Actor) -> None:
    ana = a_patient(clinic)
    note_help_used(phone_of(ana), HelpResult.SITE, now=at("16:00"))
    ((seen, _),) = help_uses_of(doctor, ana.id, now=at("16:30")).uses
    note_help_used(phone_of(ana), HelpResult.CONTROL, now=at("16:31"))
    for _ in range(2):  # twice at once is once
        mark_handled(doctor, ana.id, seen=seen.id, now=at("16:32"))
    (newer, handled), (older, by) = help_uses_of(doctor, ana.id, now=at("16:33")).uses
    assert (newer.result, handled) == ("control", None)
    assert by is not None
    assert (older.id, by.handled_by, by.handled_at) == (seen.id, doctor.id, at("16:32"))
    assert len(list(db.session.scalars(select(HelpHandledRow)))) == 1
    assert len(list(db.session.scalars(select(AuditEvent).where(AuditEvent.action == "help.handle")))) == 1


def test_only_the_care_team_of_the_clinic_reads_and_handles_it(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    note_help_used(phone_of(ana), HelpResult.SITE, now=at("16:00"))
    ((use, _),) = help_uses_of(staff_of(clinic.id, Role.NURSE), ana.id, now=at("16:01")).uses
    strangers = staff_of(a_clinic("Hillside").id, Role.DOCTOR)
    ben = a_patient(clinic, "Ben Ode")
    for actor, error in ((staff_of(clinic.id, Role.ADMIN), NotAllowed), (strangers, NotFound)):
        with pytest.raises(error):
            help_uses_of(actor, ana.id, now=at("16:02"))
        with pytest.raises(error):
            mark_handled(actor, ana.id, seen=use.id, now=at("16:02"))
    with pytest.raises(NotFound):
        mark_handled(staff_of(clinic.id, Role.NURSE), ben.id, seen=use.id, now=at("16:02"))
    with pytest.raises(NotAllowed):
        mark_handled(phone_of(ana, role=Role.PATIENT), ana.id, seen=use.id, now=at("16:02"))


def test_handling_needs_the_token_of_the_page(client: FlaskClient, clinic: Clinic, doctor: Actor) -> None:
    ana = a_patient(clinic)
    note_help_used(phone_of(ana), HelpResult.SITE, now=at("16:00"))
    ((use, _),) = help_uses_of(doctor, ana.id, now=at("16:01")).uses
    open_a_page(client)
    assert client.post(f"/clinic/patients/{ana.id}/help", data={"seen": str(use.id)}).status_code == 400
