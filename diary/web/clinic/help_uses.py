"""That a patient used "Get help now": every use with its result, and marking them as handled."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.services.help_uses import help_uses_of, mark_handled
from diary.web.clinic import blueprint
from diary.web.guard import allow, current_actor
from diary.web.presenters.help_uses import use_in_words
from diary.web.presenters.patients import heading_of
from diary.words.language import gettext as _


@blueprint.get("/patients/<uuid:patient_id>/help")
@allow(Role.DOCTOR, Role.NURSE)
def help_uses(patient_id: UUID) -> str:
    actor = current_actor()
    found = help_uses_of(actor, patient_id, now=clock.now())
    uses = [use_in_words(use, handled, zone=found.zone) for use, handled in found.uses]
    return render_template(
        "clinic/help_uses.html",
        patient=heading_of(found.patient, actor),
        telephone=found.patient.telephone,
        uses=uses,
        to_handle=any(not use.handled for use in uses),
    )


@blueprint.post("/patients/<uuid:patient_id>/help")
@allow(Role.DOCTOR, Role.NURSE)
def handle_help(patient_id: UUID) -> ResponseReturnValue:
    """Mark as handled what was open on the page, and nothing that came after it was opened."""
    try:
        seen = UUID(request.form.get("seen", ""))
    except ValueError:
        abort(404)
    mark_handled(current_actor(), patient_id, seen=seen, now=clock.now())
    flash(_("Marked as handled."))
    return redirect(url_for("clinic.help_uses", patient_id=patient_id))
