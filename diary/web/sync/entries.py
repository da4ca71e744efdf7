"""What phones send, and one entry with its history."""

from uuid import UUID

from flask import Response, abort, current_app, jsonify, request
from flask_wtf.csrf import generate_csrf

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import NotFound
from diary.domain.form import write
from diary.exchange.outbox import read_outbox
from diary.services.history import load_entry
from diary.services.outbox import take_in
from diary.web.devices import entered_by
from diary.web.guard import allow, current_actor, public
from diary.web.presenters.outbox import message
from diary.web.sync import blueprint
from diary.web.uploads import takes

LARGEST_BATCH = 1024 * 1024
CLOCK_OFF = "X-Clock-Off-Seconds"


@blueprint.post("/entries")
@allow(Role.PATIENT, Role.DEVICE)
@takes(LARGEST_BATCH)
def send_entries() -> Response:
    """Take in one batch; the answer says of each record what became of it, once all of it is durable.

    Where the phone's clock is more than five minutes off, a header says by how many seconds it is ahead.
    """
    actor, now = current_actor(), clock.now()
    if actor.patient_id is None:
        raise NotFound("There is no such patient.")
    if request.mimetype != "application/json":
        abort(415)
    current_app.extensions["pace"].count(actor.id, now=now)
    outbox = read_outbox(request.get_data())
    taken = take_in(actor, outbox, patient_id=actor.patient_id, written_by=entered_by(), now=now)
    answer = jsonify(
        results=[
            {"id": one.id, "result": one.outcome.value, "message": message(one, shift=taken.shift)}
            for one in taken.answers
        ]
    )
    if taken.shift:
        answer.headers[CLOCK_OFF] = str(-round(taken.shift.total_seconds()))
    return answer


@blueprint.get("/entries/<uuid:entry_id>")
@allow(Role.PATIENT, Role.DOCTOR, Role.NURSE)
def entry_with_history(entry_id: UUID) -> Response:
    """The entry, and all versions of it from the first to the last."""
    entry, history = load_entry(current_actor(), entry_id, now=clock.now())
    return jsonify(entry=write(entry), history=[write(version) for version in history])


@blueprint.get("/csrf")
@public
def csrf() -> Response:
    """The token that goes with this browser's session, for ``X-CSRF-Token``."""
    return jsonify(csrf_token=generate_csrf())
