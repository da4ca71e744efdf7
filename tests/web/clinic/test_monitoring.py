"""The half hour in the room, as a browser without JavaScript sees it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary.domain.access import Actor, Role
from diary.domain.diary import Discharge, Entry, ReactionKind, Scores, Source, State
from diary.domain.timeline import moments_in_force, standing
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow
from tests.factories import a_clinic, a_patient
from tests.web.browsing import answer, send
from tests.web.clinic.nursing import At, diary_of, injected, planned, signed_in, the_injection


@pytest.fixture
def room(noor: FlaskClient, ana: PatientRow) -> str:
    """The monitoring page of Ana's injection, done at 10:00."""
    return f"{injected(noor, ana)}/monitoring"


def scored(patient: PatientRow) -> list[Entry]:
    """The readings that stand, by time."""
    moments = moments_in_force(diary_of(patient))
    return [moment.chains[0].end for moment in moments if moment.scores or moment.chains[0].end.state]


def boxes(client: FlaskClient, address: str) -> list[str]:
    """What the six columns say."""
    page = client.get(address).get_data(as_text=True)
    return re.findall(r'<li class="box (?!before)(\w+)">', page)


def test_one_tap_saves_a_score_at_its_true_minute(noor: FlaskClient, ana: PatientRow, room: str, at: At) -> None:
    at("2026-03-02T10:07:20-05:00")
    assert send(noor, room, {"pain": "6"}).status_code == 302
    (entry,) = scored(ana)
    assert entry.instant.isoformat() == "2026-03-02T10:07:20-05:00"
    assert entry.recorded_at == entry.instant
    assert (entry.scores, entry.source, entry.recorded_by) == (Scores(movement=6), Source.NURSE, "Noor Haddad")
    assert boxes(noor, room) == ["scored", "coming", "coming", "coming", "coming", "coming"]


def test_a_missed_reading_stays_missed_when_the_next_is_scored(
    noor: FlaskClient, ana: PatientRow, room: str, at: At
) -> None:
    at("2026-03-02T10:05:00-05:00")
    send(noor, room, {"pain": "6"})
    at("2026-03-02T10:17:00-05:00")
    assert "7 minutes late" in noor.get(room).get_data(as_text=True)
    send(noor, room, {"pain": "4"})
    assert boxes(noor, room) == ["scored", "missed", "scored", "coming", "coming", "coming"]
    assert [entry.instant.minute for entry in scored(ana)] == [5, 17]


def test_at_minute_15_pain_and_each_activity_are_asked_together(
    noor: FlaskClient, ana: PatientRow, room: str, at: At
) -> None:
    at("2026-03-02T10:15:10-05:00")
    page = noor.get(room).get_data(as_text=True)
    assert "How hard is “Stairs”?" in page
    assert "How hard is “Turning in bed”?" in page
    refused = send(noor, room, {"pain": "3", "difficulty_1": "5"})
    assert refused.status_code == 422
    assert "Score each of the activities, or leave all of them empty." in refused.get_data(as_text=True)
    send(noor, room, {"pain": "3", "difficulty_1": "5", "difficulty_2": "4"})
    (entry,) = scored(ana)
    assert entry.scores == Scores(movement=3, activities=(5, 4))
    at("2026-03-02T10:16:00-05:00")
    assert "How hard is “Stairs”?" not in noor.get(room).get_data(as_text=True)


def test_somebody_asleep_is_not_a_score(noor: FlaskClient, ana: PatientRow, room: str, at: At) -> None:
    at("2026-03-02T10:10:00-05:00")
    send(noor, room, {"state": "asleep"})
    (entry,) = scored(ana)
    assert (entry.state, entry.scores.given()) == (State.ASLEEP, {})
    assert "Asleep" in noor.get(room).get_data(as_text=True)


@pytest.mark.parametrize("answers", [{}, {"pain": "11"}, {"pain": "ten"}, {"state": "gone"}])
def test_nothing_is_saved_without_a_score_or_a_reason(
    noor: FlaskClient, ana: PatientRow, room: str, at: At, answers: dict[str, str]
) -> None:
    at("2026-03-02T10:10:00-05:00")
    refused = send(noor, room, answers)
    assert refused.status_code == 422
    assert "Choose a number from 0 to 10 for the pain" in refused.get_data(as_text=True)
    assert scored(ana) == []


def test_a_double_tap_is_one_score(noor: FlaskClient, ana: PatientRow, room: str, at: At) -> None:
    at("2026-03-02T10:10:00-05:00")
    page = noor.get(room)
    answer(noor, room, page, {"pain": "5"})
    at("2026-03-02T10:10:01-05:00")
    assert answer(noor, room, page, {"pain": "5"}).status_code == 302
    assert len(scored(ana)) == 1


def test_undo_withdraws_the_last_score_and_keeps_it_in_the_history(
    noor: FlaskClient, ana: PatientRow, room: str, at: At
) -> None:
    at("2026-03-02T10:05:00-05:00")
    send(noor, room, {"pain": "6"})
    at("2026-03-02T10:05:20-05:00")
    assert send(noor, room, to="/undo").status_code == 302
    assert scored(ana) == []
    assert [entry.withdrawn for entry in diary_of(ana).entries if entry.scores.given() or entry.withdrawn] == [
        False,
        True,
    ]


def test_a_score_cannot_be_undone_once_another_came_after_it(
    noor: FlaskClient, ana: PatientRow, room: str, at: At
) -> None:
    at("2026-03-02T10:05:00-05:00")
    send(noor, room, {"pain": "6"})
    stale = noor.get(room)
    at("2026-03-02T10:10:00-05:00")
    send(noor, room, {"pain": "5"})
    assert answer(noor, room, stale, to="/undo").status_code == 409
    assert len(scored(ana)) == 2


def test_a_reaction_is_a_new_version_of_the_injection(noor: FlaskClient, ana: PatientRow, room: str, at: At) -> None:
    at("2026-03-02T10:12:00-05:00")
    first = the_injection(ana)
    send(noor, room.replace("monitoring", "reaction"), {"kind": "faint", "note": "lay down, better"})
    injection = the_injection(ana)
    (reaction,) = injection.reactions
    assert (reaction.kind, reaction.note) == (ReactionKind.FAINT, "lay down, better")
    assert reaction.at.isoformat() == "2026-03-02T10:12:00-05:00"
    assert (injection.revises, injection.baseline) == (first.id, first.baseline)
    assert "Faint at 10:12: lay down, better" in noor.get(room).get_data(as_text=True)


@pytest.mark.parametrize(
    ("at_time", "words"),
    [("2026-03-02T09:00", "This is before the injection"), ("2026-03-02T11:00", "This time is still to come")],
)
def test_a_reaction_has_a_time_that_can_be(
    noor: FlaskClient, ana: PatientRow, room: str, at: At, at_time: str, words: str
) -> None:
    at("2026-03-02T10:12:00-05:00")
    refused = send(noor, room.replace("monitoring", "reaction"), {"kind": "rash", "at": at_time, "note": "arm"})
    assert refused.status_code == 422
    assert words in refused.get_data(as_text=True)
    assert "arm" in refused.get_data(as_text=True)
    assert the_injection(ana).reactions == ()


def test_leaving_is_a_new_version_and_the_blood_pressure_an_entry(
    noor: FlaskClient, ana: PatientRow, room: str, at: At
) -> None:
    at("2026-03-02T10:33:00-05:00")
    leaving = room.replace("monitoring", "leaving")
    page = noor.get(leaving).get_data(as_text=True)
    assert "At least 4 scores after it (0 so far)" in page
    send(
        noor,
        leaving,
        {"escort": "yes", "leg_strength": "yes", "walks_safely": "no", "systolic": "140", "diastolic": "85"},
    )
    injection = the_injection(ana)
    assert injection.discharge == Discharge(
        escort=True, leg_strength=True, walks_safely=False, left_at=injection.recorded_at
    )
    pressures = [chain.end for chain in standing(diary_of(ana).entries) if chain.end.blood_pressure]
    assert pressures[-1].instant.isoformat() == "2026-03-02T10:33:00-05:00"
    assert "No one is being monitored." in noor.get("/clinic/monitoring").get_data(as_text=True)


def test_leaving_from_a_page_that_is_out_of_date_is_refused(
    noor: FlaskClient, ana: PatientRow, room: str, at: At
) -> None:
    at("2026-03-02T10:31:00-05:00")
    leaving = room.replace("monitoring", "leaving")
    stale = noor.get(leaving)
    send(noor, room.replace("monitoring", "reaction"), {"kind": "weak-leg"})
    refused = answer(noor, leaving, stale, {"escort": "yes"})
    assert refused.status_code == 409
    assert the_injection(ana).discharge == Discharge()
    assert len(the_injection(ana).reactions) == 1


def test_the_room_shows_who_is_due_first_at_the_top(noor: FlaskClient, clinic: Clinic, ana: PatientRow, at: At) -> None:
    assert "No one is being monitored." in noor.get("/clinic/monitoring").get_data(as_text=True)
    injected(noor, ana)
    at("2026-03-02T10:03:00-05:00")
    ben = a_patient(clinic, "Ben Adams")
    injected(noor, ben)
    at("2026-03-02T10:08:00-05:00")
    send(noor, f"/clinic/injections/{the_injection(ana).id}/monitoring", {"pain": "5"})
    page = noor.get("/clinic/monitoring").get_data(as_text=True)
    assert page.index("Ben Adams") < page.index("Ana Cruz")
    assert "Due now" in page
    assert "Due in 2 minutes" in page
    assert "born 1960" in page
    assert "Name alert" not in page
    at("2026-03-02T12:04:00-05:00")
    assert "No one is being monitored." in noor.get("/clinic/monitoring").get_data(as_text=True)


def test_two_similar_names_in_the_room_are_told_apart(
    noor: FlaskClient, clinic: Clinic, ana: PatientRow, at: At
) -> None:
    injected(noor, ana)
    at("2026-03-02T10:01:00-05:00")
    injected(noor, a_patient(clinic, "Maria Cruz"))
    page = noor.get("/clinic/monitoring").get_data(as_text=True)
    assert page.count("Name alert") == 2
    assert page.count("9 April 1960") == 2


def test_the_room_is_read_with_an_audit_row_and_shows_no_other_clinic(
    app: Flask, noor: FlaskClient, ana: PatientRow, room: str, at: At
) -> None:
    at("2026-03-02T10:05:00-05:00")
    noor.get("/clinic/monitoring")
    line = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "monitoring.read")).one()
    assert line.details["ids"] == [str(ana.id)]
    diaz = signed_in(app, Actor(role=Role.DOCTOR, id="diaz", clinic_id=a_clinic("Elsewhere").id, name="Dr Diaz"))
    assert "Ana" not in diaz.get("/clinic/monitoring").get_data(as_text=True)
    assert diaz.post(f"{room}/undo").status_code in {400, 404}


def test_the_room_leads_to_whoever_is_planned_next(noor: FlaskClient, clinic: Clinic, ana: PatientRow, at: At) -> None:
    soon = planned(noor, ana, planned_at="2026-03-02T14:00")
    later = planned(noor, a_patient(clinic, "Ben Adams"), planned_at="2026-03-09T14:00")
    page = noor.get("/clinic/monitoring").get_data(as_text=True)
    assert soon in page
    assert later not in page
    at("2026-03-02T13:55:00-05:00")
    assert soon in noor.get(f"/clinic/patients/{ana.id}/injections/plan").get_data(as_text=True)
    send(noor, f"{soon}/cancel")
    assert soon not in noor.get("/clinic/monitoring").get_data(as_text=True)


def test_the_block_of_somebody_scored_at_rest_is_asked_at_rest(noor: FlaskClient, ana: PatientRow, at: At) -> None:
    plan = planned(noor, ana)
    send(noor, plan, {"rest": "7"})
    send(noor, f"{plan}/done")
    room = f"/clinic/injections/{the_injection(ana).id}/monitoring"
    at("2026-03-02T10:05:00-05:00")
    assert "right now, at rest?" in noor.get(room).get_data(as_text=True)
    send(noor, room, {"pain": "5"})
    assert scored(ana)[0].scores == Scores(rest=5)
