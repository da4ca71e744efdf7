"""The diary as it is served, but told by a header who is asking: the sign-in is not what is measured."""

from uuid import UUID

from flask import request

from diary import create_app
from diary.config import from_environment
from diary.domain.access import Actor, Role
from diary.web.guard import identify_by
from tests.bench.measuring import ACTOR


def actor() -> Actor | None:
    """Role, clinic and patient from the header."""
    given = request.headers.get(ACTOR)
    if not given:
        return None
    role, clinic_id, patient_id = given.split("/")
    return Actor(
        role=Role(role), id="bench", clinic_id=UUID(clinic_id), patient_id=UUID(patient_id) if patient_id else None
    )


app = create_app(from_environment())
identify_by(app, actor)
