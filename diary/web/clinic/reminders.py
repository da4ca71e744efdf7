"""How often a patient is asked, how they are reminded, and whether the reminders arrive."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import CARE_TEAM
from diary.services import asking
from diary.services.clinics import clinic_of
from diary.services.reminder_failures import failures, reminders_of
from diary.web.clinic import blueprint
from diary.web.forms.schedule import RhythmForm
from diary.web.guard import allow, current_actor
from diary.web.presenters import reminders as words
from diary.web.presenters.patients import heading_of
from diary.words.language import gettext as _


@blueprint.route("/patients/<uuid:patient_id>/reminders", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def reminders(patient_id: UUID) -> ResponseReturnValue:
    """The patient's own rhythm, and their last reminders."""
    actor, now = current_actor(), clock.now()
    found = reminders_of(actor, patient_id, now=now)
    own = asking.rhythm_of(actor, patient_id)
    form = RhythmForm.of(own)
    if form.validate_on_submit():
        asking.set_rhythm(actor, patient_id, form.to_command(), now=now)
        flash(_("Saved."))
        return redirect(url_for("clinic.reminders", patient_id=patient_id))
    page = render_template(
        "clinic/reminders/patient.html",
        form=form,
        patient=heading_of(found.patient, actor),
        asked=words.schedule_words(asking.schedule_of_clinic(found.patient.clinic_id), own=own),
        reminded=words.reminded_by(found.choice, phones=found.phones),
        lines=[words.reminder_line(row, found.patient, _zone()) for row in found.last],
    )
    return (page, 422) if form.errors else page


@blueprint.get("/reminders")
@allow(*CARE_TEAM)
def reminder_failures() -> ResponseReturnValue:
    """Whom reminders may not have reached."""
    found = failures(current_actor(), now=clock.now())
    lines = [words.reminder_line(row, patient, _zone()) for row, patient in found]
    return render_template("clinic/reminders/failures.html", lines=lines)


def _zone() -> ZoneInfo:
    clinic = clinic_of(current_actor())
    return ZoneInfo(clinic.time_zone if clinic else "UTC")
