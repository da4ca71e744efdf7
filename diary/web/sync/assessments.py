"""How a patient's diary is judged, for the staff who have access: what ``python -m diary assess --json`` prints."""

from datetime import date
from uuid import UUID

from flask import Response, jsonify, request

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import InvalidValue
from diary.domain.form import read_day
from diary.exchange.assessment import write_assessment
from diary.services.judgement import judge_by_name
from diary.web.guard import allow, current_actor
from diary.web.sync import blueprint


@blueprint.get("/patients/<uuid:patient_id>/assessment")
@allow(Role.DOCTOR, Role.NURSE)
def assessment(patient_id: UUID) -> Response:
    """By the set ``rules``, where none is named the clinic's own; ``as_of`` a date, or today where the patient is."""
    judged = judge_by_name(
        current_actor(), patient_id, rules=request.args.get("rules"), as_of=_as_of(), now=clock.now()
    )
    return jsonify(write_assessment(judged.assessment))


def _as_of() -> date | None:
    given = request.args.get("as_of")
    if given is None:
        return None
    try:
        return read_day(given)
    except InvalidValue as error:
        raise error.within("as_of") from None
