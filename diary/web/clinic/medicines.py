"""Medicines that a patient took, and steroids given elsewhere."""

from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.diary import Medicine
from diary.domain.timeline import Chain
from diary.services import medicines as service
from diary.web.clinic import blueprint
from diary.web.forms.medicine import (
    MedicineCorrectionForm,
    MedicineForm,
    SteroidElsewhereForm,
    medicine_fields,
)
from diary.web.guard import allow, current_actor
from diary.web.presenters import injection as words
from diary.web.presenters.medicine import medicine_line, steroid_line
from diary.words.language import gettext as _

CARE_TEAM = (Role.DOCTOR, Role.NURSE)


@blueprint.get("/patients/<uuid:patient_id>/medicines")
@allow(*CARE_TEAM)
def medicines(patient_id: UUID) -> ResponseReturnValue:
    """What is written down of a patient's medicines."""
    found = service.load_medicines(current_actor(), patient_id, now=clock.now())
    return render_template(
        "clinic/medicines.html",
        patient=found.patient,
        words=words,
        lines=[medicine_line(chain, found.zone) for chain in found.medicines],
        steroids=[steroid_line(steroid_id, steroid) for steroid_id, steroid in found.steroids],
    )


@blueprint.route("/patients/<uuid:patient_id>/medicines/add", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def add_medicine(patient_id: UUID) -> ResponseReturnValue:
    """Write down a medicine; from a preparation it leads back to it."""
    now = clock.now()
    found = service.load_medicines(current_actor(), patient_id, now=now)
    form = MedicineForm(zone=found.zone, now=now, data={"record_id": uuid4()})
    if form.kept(lambda: service.save_medicine(current_actor(), patient_id, form.to_medicine(), now=now)):
        flash(_("The medicine is written down."))
        return redirect(_back(patient_id))
    page = render_template("clinic/medicine_form.html", form=form, patient=found.patient, words=words, version=None)
    return page, form.status


def _back(patient_id: UUID) -> str:
    plan = request.args.get("plan", type=UUID)
    if plan is not None:
        return url_for("clinic.prepare_injection", injection_id=plan)
    return url_for("clinic.medicines", patient_id=patient_id)


@blueprint.route("/patients/<uuid:patient_id>/medicines/<uuid:medicine_id>", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def correct_medicine(patient_id: UUID, medicine_id: UUID) -> ResponseReturnValue:
    """Correct a medicine: the old version stays in the history."""
    now = clock.now()
    found = service.load_medicines(current_actor(), patient_id, now=now)
    chain = found.chain_of(medicine_id)
    shown = {} if request.method == "POST" else medicine_fields(chain.end, found.zone)
    form = MedicineCorrectionForm(zone=found.zone, now=now, data=shown)
    if form.kept(
        lambda: service.save_medicine(
            current_actor(), patient_id, form.to_medicine(_version(chain, form.version.id_)), now=now
        )
    ):
        flash(_("The correction is saved."))
        return redirect(url_for("clinic.medicines", patient_id=patient_id))
    page = render_template(
        "clinic/medicine_form.html", form=form, patient=found.patient, words=words, version=chain.end
    )
    return page, form.status


def _version(chain: Chain[Medicine], version_id: UUID) -> Medicine:
    """The version that was on the screen; one of another medicine is treated as the first, which is out of date."""
    return next((version for version in chain.records if version.id == version_id), chain.original)


@blueprint.post("/patients/<uuid:patient_id>/medicines/<uuid:medicine_id>/withdraw")
@allow(*CARE_TEAM)
def withdraw_medicine(patient_id: UUID, medicine_id: UUID) -> ResponseReturnValue:
    """Withdraw a medicine: written down by mistake."""
    service.withdraw_medicine(current_actor(), patient_id, medicine_id, now=clock.now())
    flash(_("The medicine is withdrawn. It stays in the history."))
    return redirect(url_for("clinic.medicines", patient_id=patient_id))


@blueprint.route("/patients/<uuid:patient_id>/steroids/add", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def add_steroid_elsewhere(patient_id: UUID) -> ResponseReturnValue:
    """Write down a steroid that was given somewhere else."""
    now = clock.now()
    found = service.load_medicines(current_actor(), patient_id, now=now)
    form = SteroidElsewhereForm(zone=found.zone, now=now)
    if form.kept(lambda: service.add_steroid_elsewhere(current_actor(), patient_id, form.to_steroid(), now=now)):
        flash(_("The steroid is written down."))
        return redirect(url_for("clinic.medicines", patient_id=patient_id))
    page = render_template("clinic/steroid_form.html", form=form, patient=found.patient, words=words)
    return page, form.status


@blueprint.post("/patients/<uuid:patient_id>/steroids/<uuid:steroid_id>/withdraw")
@allow(*CARE_TEAM)
def withdraw_steroid_elsewhere(patient_id: UUID, steroid_id: UUID) -> ResponseReturnValue:
    """Withdraw a steroid given elsewhere; the right one is written down anew."""
    service.withdraw_steroid(current_actor(), patient_id, steroid_id, now=clock.now())
    flash(_("The steroid is withdrawn. If it was written down wrongly, add it again."))
    return redirect(url_for("clinic.medicines", patient_id=patient_id))
