"""The patient has read that the scores are higher again."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.services import returns
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint


@blueprint.post("/returns/<uuid:injection_id>/read")
@allow(Role.PATIENT)
def note_return_read(injection_id: UUID) -> ResponseReturnValue:
    returns.note_return_read(current_actor(), injection_id, now=clock.now())
    return redirect(url_for("patient.home"))
