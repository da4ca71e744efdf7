"""After the log, only where there is more to say: extra medicine, and something else that happened."""

from datetime import date
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import Conflict
from diary.domain.local_time import in_zone
from diary.services import own_diary
from diary.services.cautions import cautions_are_due, note_cautions_shown
from diary.services.clinic_limits import above_limits_of
from diary.services.clinics import clinic_of
from diary.services.entries import save_entry, save_medicines
from diary.web.forms.extra_medicine import MedicineForm, medicines_offered
from diary.web.forms.more import MoreForm
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.patient.day import own_id, read_day
from diary.web.presenters import log
from diary.words.dates import long_day
from diary.words.language import gettext as _
from diary.words.language import told


@blueprint.get("/entries/<uuid:entry_id>/medicine")
@allow(Role.DEVICE, Role.PATIENT)
def medicine(entry_id: UUID) -> str:
    """Which extra medicine, how many, and on the day of the injection when."""
    actor, now = current_actor(), clock.now()
    page = own_diary.saved_page_of(actor, entry_id, now=now)
    clinic = clinic_of(actor)
    form = MedicineForm(formdata=None)
    form.offer(medicines_offered(clinic.country if clinic else "", own_diary.own_medicines(actor, now=now)))
    return _medicine_page(form, page)


@blueprint.post("/entries/<uuid:entry_id>/medicine")
@allow(Role.DEVICE, Role.PATIENT)
def save_medicine(entry_id: UUID) -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    page = own_diary.saved_page_of(actor, entry_id, now=now)
    form = MedicineForm()
    local = in_zone(now, page.zone)
    whole = form.validate() and form.check_rows(page.day, now=local, zone=page.zone, with_times=page.number == 0)
    if not whole:
        return _medicine_page(form, page), 422
    try:
        given = form.to_medicines(page.day, now=local, zone=page.zone)
        if given:
            note_cautions_shown(actor, now=now)
        save_medicines(actor, given, patient_id=own_id(actor), now=now)
    except Conflict as error:
        flash(told(error))
    return redirect(url_for("patient.saved", entry_id=entry_id))


def _medicine_page(form: MedicineForm, page: own_diary.SavedPage) -> str:
    return render_template(
        "patient/medicine.html",
        form=form,
        page=page,
        title=log.medicine_title(page),
        with_times=page.number == 0,
        cautions=cautions_are_due(current_actor(), now=clock.now()),
    )


@blueprint.get("/day/<day>/more")
@allow(Role.DEVICE, Role.PATIENT)
def more(day: str) -> str:
    """A fall, an illness, a side effect, blood pressure: nothing here is ever asked for."""
    form = MoreForm(formdata=None)
    form.entry_id.data = str(uuid4())
    return _more_page(form, read_day(day))


@blueprint.post("/day/<day>/more")
@allow(Role.DEVICE, Role.PATIENT)
def save_more(day: str) -> ResponseReturnValue:
    actor, now, about = current_actor(), clock.now(), read_day(day)
    form = MoreForm()
    if not form.validate():
        return _more_page(form, about), 422
    zone = own_diary.zone_of(actor, now=now)
    entry = form.to_entry(about, recorded_at=in_zone(now, zone))
    try:
        save_entry(actor, entry, patient_id=own_id(actor), now=now)
    except Conflict:
        flash(_("You saved this already."))
    else:
        if above_limits_of(actor, entry):
            return redirect(url_for("patient.saved", entry_id=entry.id))
        flash(_("Saved. No one looks at your diary right away."))
    return redirect(url_for("patient.home"))


def _more_page(form: MoreForm, day: date) -> str:
    return render_template("patient/more.html", form=form, date=long_day(day))
