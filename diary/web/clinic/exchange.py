"""A diary in and out of the clinic, as a file."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import InvalidValue
from diary.services import exchange as service
from diary.web.clinic import blueprint
from diary.web.files import attachment
from diary.web.forms.exchange import ImportForm
from diary.web.guard import allow, current_actor
from diary.web.presenters import injection as words
from diary.web.presenters.exchange import done_words, import_words
from diary.web.uploads import DIARY_FILE, takes

CARE_TEAM = (Role.DOCTOR, Role.NURSE)


@blueprint.route("/patients/<uuid:patient_id>/import", methods=["GET", "POST"])
@takes(DIARY_FILE)
@allow(*CARE_TEAM)
def import_diary(patient_id: UUID) -> ResponseReturnValue:
    """Choose a diary file, and see what taking it would do."""
    now, actor = clock.now(), current_actor()
    form = ImportForm()
    if form.validate_on_submit():
        try:
            shown = service.show_import(actor, patient_id, form.content(), now=now)
        except InvalidValue as error:
            form.refuse(error)
        else:
            page = render_template(
                "clinic/import_shown.html",
                patient=shown.patient,
                plan=import_words(shown.plan),
                adds=shown.plan.adds,
                pending_id=shown.pending_id,
                words=words,
            )
            return page, 200 if shown.pending_id else 422
    patient = service.patient_to_import_for(actor, patient_id, now=now)
    page = render_template("clinic/import.html", form=form, patient=patient, words=words)
    return page, 422 if form.errors else 200


@blueprint.post("/patients/<uuid:patient_id>/import/<uuid:pending_id>")
@allow(*CARE_TEAM)
def take_import(patient_id: UUID, pending_id: UUID) -> ResponseReturnValue:
    """Take the file that was shown, whole or not at all."""
    plan = service.take_shown_import(current_actor(), patient_id, pending_id, now=clock.now())
    flash(done_words(plan))
    return redirect(url_for("clinic.import_diary", patient_id=patient_id))


@blueprint.get("/patients/<uuid:patient_id>/export")
@allow(*CARE_TEAM)
def export_diary(patient_id: UUID) -> Response:
    """The patient's whole diary as a diary file."""
    now = clock.now()
    content = service.export_diary(current_actor(), patient_id, now=now)
    return attachment(content, name=f"injection-diary-{now:%Y-%m-%d}-{patient_id}.json", kind="application/json")


@blueprint.get("/patients/<uuid:patient_id>/entries.csv")
@allow(*CARE_TEAM)
def export_entries(patient_id: UUID) -> Response:
    """Every entry of the patient as a table for a spreadsheet."""
    now = clock.now()
    content = service.export_entries_table(current_actor(), patient_id, now=now)
    return attachment(content, name=f"injection-diary-{now:%Y-%m-%d}-{patient_id}.csv", kind="text/csv; charset=utf-8")
