"""Pain right now: in the clinic, each hour of the day of the injection, and whenever the patient wants."""

from uuid import uuid4

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.diary import Question
from diary.domain.local_time import in_zone
from diary.services import own_diary
from diary.services.cautions import cautions_are_due, note_cautions_shown
from diary.services.entries import AlreadyRecorded, same_answers, save_entry
from diary.web.forms.log import OF_DAY_0, MomentForm
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.patient.day import own_id
from diary.web.presenters import log
from diary.words.language import gettext as _


@blueprint.get("/now")
@allow(Role.DEVICE, Role.PATIENT)
def now() -> str:
    asked = own_diary.moment_page_of(current_actor(), now=clock.now())
    form = MomentForm(formdata=None)
    form.ask(asked.questions, of_day_0=OF_DAY_0 if asked.hourly else ())
    form.entry_id.data = str(uuid4())
    form.hourly.data = "1" if asked.hourly else ""
    form.asked.data = log.asks(asked.questions)
    return show_moment(form, pain_named=asked.pain_named, sides_together=asked.sides_together)


@blueprint.post("/now")
@allow(Role.DEVICE, Role.PATIENT)
def save_now() -> ResponseReturnValue:
    actor, at = current_actor(), clock.now()
    form = MomentForm()
    form.ask_as_sent()
    zone = own_diary.zone_of(actor, now=at)
    if not (form.validate() and form.check_time(zone, at)):
        asked = own_diary.moment_page_of(actor, now=at)
        return show_moment(form, pain_named=asked.pain_named, sides_together=asked.sides_together), 422
    entry = form.to_entry(now=in_zone(at, zone))
    medicines = form.to_medicines(now=in_zone(at, zone), zone=zone)
    if medicines:
        note_cautions_shown(actor, now=at)
    try:
        save_entry(actor, entry, patient_id=own_id(actor), now=at, medicines=medicines)
    except AlreadyRecorded as there:
        if not same_answers(there.entry, entry):
            flash(_("You saved this already. You can change it here."))
            return redirect(url_for("patient.change", entry_id=there.entry.id))
    return redirect(url_for("patient.saved", entry_id=entry.id))


def show_moment(form: MomentForm, *, pain_named: str | None, sides_together: bool, changing: bool = False) -> str:
    """The page: with the movement that hurts most, or without it where the start score was taken at rest."""
    return render_template(
        "patient/now.html",
        form=form,
        log=log,
        with_movement=Question.MOVEMENT in form.questions,
        pain_named=pain_named,
        sides_together=sides_together,
        changing=changing,
        cautions=form.medicine is not None and cautions_are_due(current_actor(), now=clock.now()),
    )
