"""Whole diaries: the patient's own, and a patient's for the staff who have access."""

from uuid import UUID

from flask import Response

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import NotFound
from diary.services.exchange import export_diary
from diary.web.guard import allow, current_actor
from diary.web.sync import blueprint


@blueprint.get("/diary")
@allow(Role.PATIENT)
def own_diary() -> Response:
    """The patient's whole diary file; the diary has to be opened first."""
    actor = current_actor()
    if actor.patient_id is None:
        raise NotFound("There is no such patient.")
    return _diary_of(actor.patient_id)


@blueprint.get("/patients/<uuid:patient_id>/diary")
@allow(Role.DOCTOR, Role.NURSE)
def diary_of_patient(patient_id: UUID) -> Response:
    """A patient's whole diary file."""
    return _diary_of(patient_id)


def _diary_of(patient_id: UUID) -> Response:
    content = export_diary(current_actor(), patient_id, now=clock.now())
    return Response(content, content_type="application/json")
