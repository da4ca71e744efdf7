"""The nurse's pages, as a browser without JavaScript sees them: from the plan to the corrected injection."""

from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary import clock
from diary.domain.access import Actor, Role
from diary.domain.diary import Preparation, Purpose, Scores, Side, Source, Steroid
from diary.domain.timeline import injections_in_force
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import OPERATOR, a_clinic, a_patient
from tests.web.browsing import answer, send
from tests.web.clinic.nursing import PLAN, PREPARED, At, diary_of, injected, planned, signed_in, the_injection


def test_a_plan_is_prepared_and_becomes_the_injection_with_all_that_was_written_down(
    noor: FlaskClient, ana: PatientRow, at: At
) -> None:
    plan = planned(noor, ana)
    at("2026-03-02T10:20:00-05:00")
    assert send(noor, plan, {**PREPARED, "next": "start"}).location == f"{plan}/done"
    at("2026-03-02T15:31:07+00:00")
    started = send(noor, f"{plan}/done")
    injection = the_injection(ana)
    assert started.location == f"/clinic/injections/{injection.id}/monitoring"
    assert injection.performed_at.isoformat() == "2026-03-02T10:31:07-05:00"
    assert (injection.side, injection.purpose, injection.cause) == (Side.RIGHT, Purpose.DIAGNOSTIC, "arthritis")
    assert injection.anaesthetic[0].ml == 1.5
    assert injection.steroid == Steroid(agent="prednisolone", mg=40)
    assert injection.preparation == Preparation(driver=True, medicines_told=False)
    assert injection.baseline == Scores(movement=8, rest=6, activities=(8, 7))
    assert injection.activities == ("Stairs", "Turning in bed")
    assert injection.baseline_at is not None
    assert injection.baseline_at.isoformat() == "2026-03-02T10:20:00-05:00"
    assert injection.recorded_by == "Noor Haddad"


def test_what_an_injection_has_no_place_for_is_kept_as_an_entry_without_scores(
    noor: FlaskClient, ana: PatientRow
) -> None:
    injected(noor, ana)
    (before,) = diary_of(ana).entries
    assert before.blood_pressure is not None
    assert (before.blood_pressure.systolic, before.analgesic) == (138, False)
    assert (before.source, before.recorded_by, before.scores.given()) == (Source.NURSE, "Noor Haddad", {})


def test_nothing_clinical_is_chosen_before_somebody_chooses(noor: FlaskClient, ana: PatientRow) -> None:
    plan = planned(noor, ana)
    for address in (f"/clinic/patients/{ana.id}/injections/plan", plan, f"/clinic/patients/{ana.id}/injections/record"):
        page = noor.get(address).get_data(as_text=True)
        assert "checked" not in page
        assert "selected>" not in page


def test_a_plan_offers_the_words_that_the_patient_gave_before(noor: FlaskClient, clinic: Clinic) -> None:
    ben = a_patient(clinic, "Ben Adams")
    with writing(OPERATOR, now=clock.now()) as work:
        ben.pain_named, ben.painful_movement, ben.activities = "deep on the left", "Standing up", ["Stairs"]
        work.session.add(ben)
        work.audit("patient.name-pain", owner=ben.owner)
    page = noor.get(f"/clinic/patients/{ben.id}/injections/plan").get_data(as_text=True)
    assert page.index("deep on the left") < page.index("Standing up") < page.index("Stairs")


def test_the_start_reads_back_name_birth_date_and_side(noor: FlaskClient, ana: PatientRow) -> None:
    page = noor.get(f"{planned(noor, ana)}/done").get_data(as_text=True)
    assert "Ana Cruz" in page
    assert "9 April 1960" in page
    assert "Right" in page


def test_without_a_before_score_the_clock_does_not_start(noor: FlaskClient, ana: PatientRow) -> None:
    plan = planned(noor, ana)
    refused = send(noor, f"{plan}/done")
    assert refused.status_code == 422
    assert "Record the pain before the injection" in refused.get_data(as_text=True)
    assert diary_of(ana).injections == ()


@pytest.mark.parametrize(
    ("typed", "reason", "words"),
    [
        ("2026-03-02T10:01", "", "This time is still to come"),
        ("2026-03-02T09:57", "", "Say why it is recorded more than 2 minutes later"),
        ("yesterday", "", "Give a date and a time"),
    ],
)
def test_a_time_that_cannot_stand_is_refused_and_kept_on_the_page(
    noor: FlaskClient, ana: PatientRow, typed: str, reason: str, words: str
) -> None:
    plan = planned(noor, ana)
    send(noor, plan, PREPARED)
    refused = send(noor, f"{plan}/done", {"performed_at": typed, "reason": reason})
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "There is a problem" in page
    assert words in page
    assert f'value="{typed}"' in page
    assert diary_of(ana).injections == ()


def test_an_earlier_time_stands_with_its_reason(noor: FlaskClient, ana: PatientRow, at: At) -> None:
    plan = planned(noor, ana)
    at("2026-03-02T09:50:00-05:00")
    send(noor, plan, PREPARED)
    at("2026-03-02T10:00:00-05:00")
    send(noor, f"{plan}/done", {"performed_at": "2026-03-02T09:55", "reason": "the tablet was away"})
    injection = the_injection(ana)
    assert injection.performed_at.isoformat() == "2026-03-02T09:55:00-05:00"
    assert "the tablet was away" in noor.get(f"/clinic/injections/{injection.id}").get_data(as_text=True)


def test_two_who_prepare_one_injection_do_not_undo_each_other(noor: FlaskClient, ana: PatientRow) -> None:
    plan = planned(noor, ana)
    open_page = noor.get(plan)
    send(noor, plan, {"driver": "yes"})
    stale = answer(noor, plan, open_page, {"operator": "Dr Chen"})
    assert stale.status_code == 409
    assert "Somebody changed this" in stale.get_data(as_text=True)
    assert "Dr Chen" in stale.get_data(as_text=True)
    assert "Dr Chen" not in noor.get(plan).get_data(as_text=True)


def test_a_start_that_is_sent_twice_makes_one_injection(noor: FlaskClient, ana: PatientRow) -> None:
    plan = planned(noor, ana)
    send(noor, plan, PREPARED)
    page = noor.get(f"{plan}/done")
    answer(noor, f"{plan}/done", page)
    again = answer(noor, f"{plan}/done", page)
    assert again.status_code == 302
    assert len(diary_of(ana).injections) == 1


def test_a_cancelled_plan_stays_and_cannot_start(noor: FlaskClient, ana: PatientRow) -> None:
    plan = planned(noor, ana)
    send(noor, plan, PREPARED)
    start = noor.get(f"{plan}/done")
    send(noor, f"{plan}/cancel")
    assert "was cancelled" in noor.get(plan).get_data(as_text=True)
    answer(noor, f"{plan}/done", start)
    assert diary_of(ana).injections == ()


def test_bad_input_keeps_what_was_typed_with_the_error_at_its_field(noor: FlaskClient, ana: PatientRow) -> None:
    plan = planned(noor, ana)
    refused = send(
        noor,
        plan,
        {"ml_1": "lots", "difficulty_1": "8", "systolic": "138", "steroid_mg": "40", "operator": "Dr Chen"},
    )
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert 'value="lots"' in page
    assert 'value="Dr Chen"' in page
    for words in (
        "Write a number, such as 1.5.",
        "Score each of the named activities, or none of them.",
        "Write both numbers of the blood pressure.",
        "Choose the steroid that this dose belongs to.",
    ):
        assert page.count(words) == 2  # in the summary and at its field
    assert "Error:" in page[page.index("<title>") : page.index("</title>")]


def test_an_injection_done_elsewhere_is_recorded_in_one_form(noor: FlaskClient, ana: PatientRow) -> None:
    done = send(
        noor,
        f"/clinic/patients/{ana.id}/injections/record",
        {**PLAN, "performed_at": "2026-01-15T09:00", "movement": "7", "anaesthetic_1": "bupivacaine"},
    )
    injection = the_injection(ana)
    assert done.location == f"/clinic/injections/{injection.id}"
    assert injection.performed_at.isoformat() == "2026-01-15T09:00:00-05:00"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2026-03-07T12:00", "2026-03-07T12:00:00-05:00"),
        ("2026-03-08T12:00", "2026-03-08T12:00:00-04:00"),
        ("2025-11-02T01:30", "2025-11-02T01:30:00-05:00"),
    ],
)
def test_the_offset_is_that_of_the_clinic_on_the_day(
    noor: FlaskClient, ana: PatientRow, at: At, typed: str, stored: str
) -> None:
    at("2026-03-09T12:00:00-04:00")
    send(noor, f"/clinic/patients/{ana.id}/injections/record", {**PLAN, "performed_at": typed})
    assert the_injection(ana).performed_at.isoformat() == stored


def test_an_hour_that_the_clocks_skipped_is_refused(noor: FlaskClient, ana: PatientRow, at: At) -> None:
    at("2026-03-09T12:00:00-04:00")
    refused = send(noor, f"/clinic/patients/{ana.id}/injections/record", {**PLAN, "performed_at": "2026-03-08T02:30"})
    assert "The clocks skipped 02:30 on that day" in refused.get_data(as_text=True)


def test_a_correction_keeps_the_old_version_and_says_what_changed(noor: FlaskClient, ana: PatientRow) -> None:
    page = injected(noor, ana)
    first = the_injection(ana)
    corrected = send(noor, f"{page}/correct", {"side": "left", "reason": "tapped the wrong side"})
    assert corrected.status_code == 302
    now_stands = the_injection(ana)
    assert (now_stands.side, now_stands.revises) == (Side.LEFT, first.id)
    assert now_stands.performed_at == first.performed_at
    assert now_stands.baseline == first.baseline
    shown = noor.get(page).get_data(as_text=True)
    assert "tapped the wrong side" in shown
    assert "<td>Right</td>" in shown
    assert "<td>Left</td>" in shown
    assert len(diary_of(ana).injections) == 2


def test_a_correction_needs_its_reason(noor: FlaskClient, ana: PatientRow) -> None:
    refused = send(noor, f"{injected(noor, ana)}/correct", {"side": "left"})
    assert refused.status_code == 422
    assert "Say why, in a few words." in refused.get_data(as_text=True)


def test_a_correction_of_a_version_that_no_longer_stands_is_refused(noor: FlaskClient, ana: PatientRow) -> None:
    page = injected(noor, ana)
    open_page = noor.get(f"{page}/correct")
    send(noor, f"{page}/correct", {"operator": "Dr Chen", "reason": "was left out"})
    stale = answer(noor, f"{page}/correct", open_page, {"side": "left", "reason": "wrong side"})
    assert stale.status_code == 409
    assert "Somebody changed this while you had it open." in stale.get_data(as_text=True)
    assert the_injection(ana).side is Side.RIGHT


def test_a_withdrawn_injection_counts_for_nothing_and_stays_in_the_history(noor: FlaskClient, ana: PatientRow) -> None:
    page = injected(noor, ana)
    send(noor, f"{page}/withdraw", {"reason": "wrong patient"})
    assert injections_in_force(diary_of(ana)) == ()
    shown = noor.get(page).get_data(as_text=True)
    assert "Withdrawn" in shown
    assert "wrong patient" in shown
    assert noor.get(f"{page}/monitoring").status_code == 409


def test_every_change_leaves_an_audit_row_and_no_clinical_word(noor: FlaskClient, ana: PatientRow) -> None:
    page = injected(noor, ana)
    send(noor, f"{page}/correct", {"side": "left", "reason": "tapped the wrong side"})
    rows = db.session.scalars(select(AuditEvent).where(AuditEvent.actor_id == "noor")).all()
    actions = {row.action for row in rows}
    assert {"planned-injection.open", "planned-injection.done", "injection.add", "correction.reason"} <= actions
    written = " ".join(f"{row.subject} {row.details}" for row in rows)
    for word in ("wrong side", "lidocaine", "Stairs", "Ana", "low on the right"):
        assert word not in written


@pytest.mark.parametrize("role", [Role.ADMIN, Role.PATIENT, Role.DEVICE])
def test_others_than_the_care_team_open_none_of_the_pages(
    app: Flask, noor: FlaskClient, ana: PatientRow, role: Role
) -> None:
    page = injected(noor, ana)
    other = signed_in(app, Actor(role=role, id="other", clinic_id=ana.clinic_id, patient_id=ana.id))
    for address in (page, f"{page}/correct", f"{page}/monitoring", "/clinic/monitoring"):
        assert other.get(address).status_code in {302, 403, 404}


def test_another_clinics_doctor_finds_nothing(app: Flask, noor: FlaskClient, ana: PatientRow) -> None:
    plan = planned(noor, ana)
    page = injected(noor, ana)
    elsewhere = a_clinic("Elsewhere")
    diaz = signed_in(app, Actor(role=Role.DOCTOR, id="diaz", clinic_id=elsewhere.id, name="Dr Diaz"))
    addresses = [
        plan,
        f"{plan}/edit",
        f"{plan}/done",
        f"{plan}/cancel",
        page,
        *(f"{page}/{what}" for what in ("correct", "withdraw", "monitoring", "reaction", "leaving")),
        *(f"/clinic/patients/{ana.id}/{what}" for what in ("injections/plan", "injections/record", "medicines")),
        *(f"/clinic/patients/{ana.id}/{what}" for what in ("medicines/add", "steroids/add", "entries/add")),
        f"/clinic/injections/{UUID(int=7)}",
    ]
    assert {diaz.get(address).status_code for address in addresses} == {404}
