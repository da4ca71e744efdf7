"""What the tests of the nurse's pages share: being Noor, and getting an injection as far as they need it."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from diary.domain.access import Actor
from diary.domain.diary import Diary, Injection
from diary.domain.timeline import injections_in_force
from diary.store.diaries import load_diary
from diary.store.patients import PatientRow
from diary.store.work import writing
from diary.web import guard
from tests.factories import NOON, OPERATOR
from tests.web.browsing import send

At = Callable[[str], None]


def signed_in(app: Flask, actor: Actor) -> FlaskClient:
    """A browser of this person's."""
    app.extensions["identify"].clear()
    guard.identify_by(app, lambda: actor)
    return app.test_client()


def diary_of(patient: PatientRow) -> Diary:
    """All that is stored of a patient."""
    with writing(OPERATOR, now=NOON) as work:
        return load_diary(work, patient)


def the_injection(patient: PatientRow) -> Injection:
    """The one injection that stands."""
    (injection,) = injections_in_force(diary_of(patient))
    return injection


PLAN = {
    "side": "right",
    "target": "joint",
    "purpose": "diagnostic",
    "cause": "arthritis",
    "pain_named": "low on the right",
    "activity_1": "Stairs",
    "activity_2": "Turning in bed",
}
PREPARED = {
    "driver": "yes",
    "medicines_told": "no",
    "systolic": "138",
    "diastolic": "84",
    "rescue_taken": "no",
    "anaesthetic_1": "lidocaine",
    "percent_1": "2",
    "ml_1": "1,5",
    "steroid": "other",
    "steroid_other": "prednisolone",
    "steroid_mg": "40",
    "guidance": "fluoroscopy",
    "movement": "8",
    "rest": "6",
    "difficulty_1": "8",
    "difficulty_2": "7",
    "baseline_before_sedation": "yes",
}


def planned(client: FlaskClient, patient: PatientRow, **changes: str) -> str:
    """The address of a new plan."""
    done = send(client, f"/clinic/patients/{patient.id}/injections/plan", {**PLAN, **changes})
    assert done.status_code == 302, done.get_data(as_text=True)
    return done.location


def injected(client: FlaskClient, patient: PatientRow) -> str:
    """The address of an injection that was planned, prepared and done now."""
    plan = planned(client, patient)
    assert send(client, plan, PREPARED).status_code == 302
    assert send(client, f"{plan}/done").status_code == 302
    return plan.replace("/planned/", "/injections/")
