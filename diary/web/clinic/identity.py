"""Who a patient is: added, with a look at likely duplicates first; changed; the next visit; the pain they named."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import CARE_TEAM, STAFF
from diary.domain.diary import Condition
from diary.domain.errors import InvalidValue
from diary.services import patients as service
from diary.services.clinics import clinic_of
from diary.services.enrolment import stop_diary
from diary.web.clinic import blueprint
from diary.web.forms.base import Form
from diary.web.forms.enrolment import PainForm, fields_of_pain
from diary.web.forms.patients import ConditionsForm, PatientForm, VisitForm, fields_of_patient, fields_of_visit
from diary.web.guard import allow, current_actor
from diary.web.presenters.patients import day_of, heading_of, line_of, time_zones
from diary.words.language import gettext as _


@blueprint.route("/patients/new", methods=["GET", "POST"])
@allow(*STAFF)
def new_patient() -> ResponseReturnValue:
    """The form; where somebody like this is known already, they are shown before a second record is made."""
    actor, now = current_actor(), clock.now()
    clinic = clinic_of(actor)
    form = PatientForm(data={"time_zone": clinic.time_zone if clinic else ""})
    if clinic is None or not form.validate_on_submit():
        return _page("clinic/new_patient.html", form, zones=time_zones())
    given = form.to_command()
    if "anyway" not in request.form:
        known = {name: given[name] for name in ("name", "born", "number")}
        if found := service.likely_duplicates(actor, clinic_id=clinic.id, now=now, **known):
            return render_template(
                "clinic/likely_duplicates.html",
                form=form,
                born=day_of(given["born"]),
                patients=[line_of(patient) for patient in found],
            )
    try:
        id_ = service.add_patient(actor, clinic_id=clinic.id, now=now, **given)
    except InvalidValue as error:
        form.blame(error)
        return _page("clinic/new_patient.html", form, zones=time_zones())
    flash(_("%(name)s is added. Show a code to link their phone.", name=form.name.data))
    return redirect(url_for("clinic.phones", patient_id=id_))


@blueprint.route("/patients/<uuid:patient_id>/edit", methods=["GET", "POST"])
@allow(*STAFF)
def edit_patient(patient_id: UUID) -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    patient = service.identity_of(actor, patient_id, now=now)
    form = PatientForm(data=fields_of_patient(patient))
    if form.validate_on_submit():
        try:
            service.change_patient(actor, patient_id, now=now, **form.to_command())
            flash(_("Saved."))
            return redirect(url_for("clinic.edit_patient", patient_id=patient_id))
        except InvalidValue as error:
            form.blame(error)
    return _page("clinic/edit_patient.html", form, patient=heading_of(patient, actor), zones=time_zones())


@blueprint.route("/patients/<uuid:patient_id>/visit", methods=["GET", "POST"])
@allow(*STAFF)
def next_visit(patient_id: UUID) -> ResponseReturnValue:
    """The next visit on the clinic's clock."""
    actor, now = current_actor(), clock.now()
    patient = service.identity_of(actor, patient_id, now=now)
    clinic = clinic_of(actor)
    form = VisitForm(data=fields_of_visit(patient))
    if clinic and form.validate_on_submit():
        try:
            service.plan_visit(actor, patient_id, form.to_command(ZoneInfo(clinic.time_zone), now=now), now=now)
            flash(_("The visit is saved. The patient's phone shows it."))
            return redirect(url_for("clinic.next_visit", patient_id=patient_id))
        except InvalidValue as error:
            form.blame(error)
    return _page("clinic/next_visit.html", form, patient=heading_of(patient, actor))


@blueprint.post("/patients/<uuid:patient_id>/visit/none")
@allow(*STAFF)
def no_visit(patient_id: UUID) -> ResponseReturnValue:
    service.plan_visit(current_actor(), patient_id, None, now=clock.now())
    flash(_("No visit is planned."))
    return redirect(url_for("clinic.next_visit", patient_id=patient_id))


@blueprint.route("/patients/<uuid:patient_id>/pain", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def named_pain(patient_id: UUID) -> ResponseReturnValue:
    """Which pain the diary is about, in the patient's own words."""
    actor, now = current_actor(), clock.now()
    patient = service.identity_of(actor, patient_id, now=now)
    form = PainForm(data=fields_of_pain(service.pain_of(patient)))
    if form.validate_on_submit():
        try:
            service.name_pain(actor, patient_id, form.to_command(), now=now)
            flash(_("Saved. These words stand in the patient's questions."))
            return redirect(url_for("clinic.named_pain", patient_id=patient_id))
        except InvalidValue as error:
            form.blame(error)
    hard = service.hard_things_of(patient)
    return _page("clinic/pain.html", form, patient=heading_of(patient, actor), hard=hard)


@blueprint.route("/patients/<uuid:patient_id>/conditions", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def conditions(patient_id: UUID) -> ResponseReturnValue:
    """What else matters to an injection."""
    actor, now = current_actor(), clock.now()
    patient = service.identity_of(actor, patient_id, now=now)
    form = ConditionsForm(data={"conditions": [Condition(name).value for name in patient.conditions]})
    if form.validate_on_submit():
        service.name_conditions(actor, patient_id, form.to_command(), now=now)
        flash(_("Saved."))
        return redirect(url_for("clinic.conditions", patient_id=patient_id))
    return _page("clinic/conditions.html", form, patient=heading_of(patient, actor))


@blueprint.route("/patients/<uuid:patient_id>/stop", methods=["GET", "POST"])
@allow(*STAFF)
def stop_patient(patient_id: UUID) -> ResponseReturnValue:
    """Stop a diary for the patient who asks for it: every phone and code ends, the record stays."""
    actor, now = current_actor(), clock.now()
    patient = service.identity_of(actor, patient_id, now=now)
    form = Form()
    if form.validate_on_submit():
        stop_diary(actor, patient_id, now=now)
        flash(_("The diary is stopped. A new code starts it again."))
        return redirect(url_for("clinic.phones", patient_id=patient_id))
    return _page("clinic/stop_patient.html", form, patient=heading_of(patient, actor))


def _page(template: str, form: Form, **values: Any) -> ResponseReturnValue:
    page = render_template(template, form=form, **values)
    return (page, 422) if form.errors else page
