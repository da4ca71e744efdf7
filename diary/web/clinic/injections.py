"""Planning, doing, recording, correcting and withdrawing an injection."""

from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import Conflict
from diary.domain.planning import PlanState
from diary.services import injections as service
from diary.web.clinic import blueprint
from diary.web.forms.injection import (
    CancelForm,
    CorrectionForm,
    DoneForm,
    PlanForm,
    PreparationForm,
    RecordForm,
    WithdrawForm,
    correction_fields,
    named_fields,
    plan_fields,
    preparation_fields,
)
from diary.web.guard import allow, current_actor
from diary.web.presenters import injection as words
from diary.words.language import gettext as _

CARE_TEAM = (Role.DOCTOR, Role.NURSE)


# --- before it is done ------------------------------------------------------------------------------------------------


@blueprint.route("/patients/<uuid:patient_id>/injections/plan", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def plan_injection(patient_id: UUID) -> ResponseReturnValue:
    """Plan an injection for a patient."""
    now = clock.now()
    patient, zone = service.patient_in_care(current_actor(), patient_id, now=now)
    named = named_fields(patient.pain_named, patient.painful_movement, patient.activities)
    shown = {} if request.method == "POST" else named
    form = PlanForm(zone=zone, now=now, data={**shown, "record_id": uuid4(), "version": 0})
    if form.kept(lambda: service.plan_injection(current_actor(), patient_id, form.to_plan(), now=now)):
        return redirect(url_for("clinic.prepare_injection", injection_id=form.record_id.id_))
    plans = service.plans_of_patient(current_actor(), patient_id, now=now)
    page = render_template(
        "clinic/injection_plan.html",
        form=form,
        patient=patient,
        words=words,
        planned=None,
        plans=[words.plan_line(plan, zone) for plan in plans],
    )
    return page, form.status


@blueprint.route("/planned/<uuid:injection_id>/edit", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def change_plan(injection_id: UUID) -> ResponseReturnValue:
    """Change what is planned."""
    now = clock.now()
    found = service.load_plan(current_actor(), injection_id, now=now)
    if found.state is not PlanState.OPEN:
        return redirect(url_for("clinic.prepare_injection", injection_id=injection_id))
    shown = {} if request.method == "POST" else plan_fields(found.planned, found.zone)
    form = PlanForm(zone=found.zone, now=now, data={**shown, "version": found.version, "record_id": injection_id})
    if form.kept(
        lambda: service.change_plan(current_actor(), form.to_plan(found.planned), after=form.version.number, now=now),
    ):
        return redirect(url_for("clinic.prepare_injection", injection_id=injection_id))
    page = render_template(
        "clinic/injection_plan.html", form=form, patient=found.patient, words=words, planned=found.planned
    )
    return page, form.status


@blueprint.route("/planned/<uuid:injection_id>", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def prepare_injection(injection_id: UUID) -> ResponseReturnValue:
    """The preparation list, the drugs and the before scores."""
    now = clock.now()
    actor = current_actor()
    found = service.load_plan(actor, injection_id, now=now)
    if found.state is PlanState.DONE:
        return redirect(url_for("clinic.injection", injection_id=injection_id))
    if found.state is PlanState.CANCELLED:
        return render_template("clinic/injection_cancelled.html", found=found, words=words)
    shown = {} if request.method == "POST" else preparation_fields(found.planned, found.zone)
    form = PreparationForm(zone=found.zone, now=now, data={**shown, "version": found.version})
    form.name_activities(found.planned.activities)
    if form.kept(
        lambda: service.change_plan(
            actor, form.to_plan(found.planned, recorder=actor.name), after=form.version.number, now=now
        ),
    ):
        flash(_("Saved."))
        then = "clinic.start_clock" if request.form.get("next") == "start" else "clinic.prepare_injection"
        return redirect(url_for(then, injection_id=injection_id))
    page = render_template("clinic/injection_prepare.html", form=form, found=found, words=words)
    return page, form.status


@blueprint.route("/planned/<uuid:injection_id>/done", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def start_clock(injection_id: UUID) -> ResponseReturnValue:
    """Read back who and which side, then: injection done now."""
    now = clock.now()
    found = service.load_plan(current_actor(), injection_id, now=now)
    if found.state is not PlanState.OPEN:
        return redirect(url_for("clinic.prepare_injection", injection_id=injection_id))
    form = DoneForm(zone=found.zone, now=now, data={"version": found.version})
    if form.kept(
        lambda: service.carry_out(
            current_actor(),
            injection_id,
            after=form.version.number,
            performed_at=form.performed(),
            reason=form.reason.data,
            now=now,
        ),
    ):
        return redirect(url_for("clinic.monitor", injection_id=injection_id))
    page = render_template("clinic/injection_done.html", form=form, found=found, words=words)
    return page, form.status


@blueprint.route("/planned/<uuid:injection_id>/cancel", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def cancel_plan(injection_id: UUID) -> ResponseReturnValue:
    """Ask whether a plan shall be cancelled, then cancel it."""
    now = clock.now()
    found = service.load_plan(current_actor(), injection_id, now=now)
    if found.state is not PlanState.OPEN:
        return redirect(url_for("clinic.prepare_injection", injection_id=injection_id))
    form = CancelForm(zone=found.zone, now=now, data={"version": found.version})
    if form.kept(
        lambda: service.cancel_plan(current_actor(), injection_id, after=form.version.number, now=now),
    ):
        return redirect(url_for("clinic.prepare_injection", injection_id=injection_id))
    page = render_template("clinic/injection_cancel.html", form=form, found=found, words=words)
    return page, form.status


# --- once it is done --------------------------------------------------------------------------------------------------


@blueprint.route("/patients/<uuid:patient_id>/injections/record", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def record_injection(patient_id: UUID) -> ResponseReturnValue:
    """Record an injection that was done elsewhere or earlier."""
    now = clock.now()
    actor = current_actor()
    patient, zone = service.patient_in_care(actor, patient_id, now=now)
    form = RecordForm(zone=zone, now=now, data={"record_id": uuid4()})
    if form.kept(lambda: service.record_injection(actor, patient_id, form.to_injection(recorder=actor.name), now=now)):
        return redirect(url_for("clinic.injection", injection_id=form.record_id.id_))
    page = render_template("clinic/injection_record.html", form=form, patient=patient, words=words)
    return page, form.status


@blueprint.get("/injections/<uuid:injection_id>")
@allow(*CARE_TEAM)
def injection(injection_id: UUID) -> ResponseReturnValue:
    """What is recorded of an injection, and its history."""
    found = service.load_injection(current_actor(), injection_id, now=clock.now())
    return render_template(
        "clinic/injection_page.html",
        found=found,
        words=words,
        facts=words.facts(found.chain.end),
        history=words.history(found.chain, found.reasons, found.zone),
    )


@blueprint.route("/injections/<uuid:injection_id>/correct", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def correct_injection(injection_id: UUID) -> ResponseReturnValue:
    """Correct an injection: the old version stays in the history."""
    now = clock.now()
    actor = current_actor()
    found = service.load_injection(actor, injection_id, now=now)
    end = found.chain.end
    if end.withdrawn:
        raise Conflict("This injection was withdrawn. Record it anew if it was done.")
    shown = {} if request.method == "POST" else correction_fields(end, found.zone)
    form = CorrectionForm(zone=found.zone, now=now, data={**shown, "record_id": uuid4()})
    if form.kept(
        lambda: service.correct_injection(
            actor, form.to_correction(end, recorder=actor.name), reason=form.reason.data, now=now
        ),
    ):
        return redirect(url_for("clinic.injection", injection_id=found.chain.original.id))
    page = render_template("clinic/injection_correct.html", form=form, found=found, words=words)
    return page, form.status


@blueprint.route("/injections/<uuid:injection_id>/withdraw", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def withdraw_injection(injection_id: UUID) -> ResponseReturnValue:
    """Ask whether an injection shall be withdrawn, and why, then withdraw it."""
    now = clock.now()
    found = service.load_injection(current_actor(), injection_id, now=now)
    end = found.chain.end
    if end.withdrawn:
        return redirect(url_for("clinic.injection", injection_id=found.chain.original.id))
    shown = {} if request.method == "POST" else {"version": end.id}
    form = WithdrawForm(zone=found.zone, now=now, data=shown)
    if form.kept(
        lambda: service.withdraw_injection(current_actor(), form.version.id_, reason=form.reason.data, now=now),
    ):
        return redirect(url_for("clinic.injection", injection_id=found.chain.original.id))
    page = render_template("clinic/injection_withdraw.html", form=form, found=found, words=words)
    return page, form.status
