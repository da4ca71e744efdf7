"""A day that staff write down for a patient."""

from uuid import UUID, uuid4

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.schedule import days_that_can_be_scored
from diary.services.entries import save_entry
from diary.services.injections import patient_in_care, source_of
from diary.web.clinic import blueprint
from diary.web.forms.daily_entry import DailyEntryForm
from diary.web.guard import allow, current_actor
from diary.web.presenters import injection as words
from diary.words.language import gettext as _


@blueprint.route("/patients/<uuid:patient_id>/entries/add", methods=["GET", "POST"])
@allow(Role.DOCTOR, Role.NURSE)
def add_daily_entry(patient_id: UUID) -> ResponseReturnValue:
    """A telephone call on day 1 or 14, or the day of a patient without a phone: an ordinary entry with its source."""
    now = clock.now()
    actor = current_actor()
    patient, zone = patient_in_care(actor, patient_id, now=now)
    days = days_that_can_be_scored(now, patient.as_patient().zone)
    form = DailyEntryForm(days=days, zone=zone, now=now, data={"record_id": uuid4()})
    if form.kept(
        lambda: save_entry(
            actor, form.to_entry(recorder=actor.name, source=source_of(actor)), patient_id=patient_id, now=now
        )
    ):
        flash(_("Saved for %(name)s.", name=words.name_words(patient)))
        return redirect(url_for("clinic.add_daily_entry", patient_id=patient_id))
    page = render_template("clinic/daily_entry.html", form=form, patient=patient, words=words)
    return page, form.status
