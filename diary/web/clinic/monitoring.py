"""The half hour in the room, one patient at a time, and the list of who is in it."""

from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.monitoring import check_leaving
from diary.services import monitoring as service
from diary.services.devices import phones_of
from diary.services.injections import plans_of_clinic
from diary.web.clinic import blueprint
from diary.web.forms.injection import blood_pressure_of
from diary.web.forms.monitoring import LeavingForm, ReactionForm, ScoreForm, UndoForm
from diary.web.guard import allow, current_actor
from diary.web.presenters import injection as words
from diary.web.presenters import monitoring as present
from diary.words.language import gettext as _

CARE_TEAM = (Role.DOCTOR, Role.NURSE)


@blueprint.get("/monitoring")
@allow(*CARE_TEAM)
def monitoring() -> ResponseReturnValue:
    """Everyone in the room now, the reading due first at the top, and who is planned next."""
    now = clock.now()
    rows = [present.row(one) for one in service.in_the_room(current_actor(), now=now)]
    plans = [
        words.plan_line(planned, zone, patient) for patient, planned, zone in plans_of_clinic(current_actor(), now=now)
    ]
    return render_template(
        "clinic/monitoring_room.html", rows=rows, plans=plans, script=present.script_words(), now=now.isoformat()
    )


@blueprint.route("/injections/<uuid:injection_id>/monitoring", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def monitor(injection_id: UUID) -> ResponseReturnValue:
    """One patient: what is due, the keypad, and what was scored."""
    now = clock.now()
    actor = current_actor()
    found = service.watch_injection(actor, injection_id, now=now)
    form = ScoreForm(zone=found.zone, now=now, data={"entry_id": uuid4()})
    form.ask_about(found.watch.injection, found.watch.pain_asked)
    if form.kept(
        lambda: service.save_score(
            actor,
            injection_id,
            entry_id=form.entry_id.id_,
            scores=form.to_scores(found.watch.pain_asked),
            state=form.to_state(),
            now=now,
        )
    ):
        return redirect(url_for("clinic.monitor", injection_id=found.original_id))
    page = render_template(
        "clinic/monitoring_patient.html",
        form=form,
        found=found,
        words=words,
        script=present.script_words(),
        shown=present.monitoring(found.watch, found.zone, now=now),
        full=present.asks_more_than_pain(found.watch) or "full" in request.args or bool(form.errors),
    )
    return page, form.status


@blueprint.post("/injections/<uuid:injection_id>/monitoring/undo")
@allow(*CARE_TEAM)
def undo_score(injection_id: UUID) -> ResponseReturnValue:
    """Withdraw the score that was saved last."""
    now = clock.now()
    found = service.watch_injection(current_actor(), injection_id, now=now)
    form = UndoForm(zone=found.zone, now=now)
    if form.validate_on_submit():
        service.undo_score(current_actor(), injection_id, form.entry_id.id_, now=now)
        flash(_("Undone. The score stays in the history as withdrawn."))
    return redirect(url_for("clinic.monitor", injection_id=found.original_id))


@blueprint.route("/injections/<uuid:injection_id>/reaction", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def add_reaction(injection_id: UUID) -> ResponseReturnValue:
    """A reaction: what it is, a note, when."""
    now = clock.now()
    found = service.watch_injection(current_actor(), injection_id, now=now)
    form = ReactionForm(zone=found.zone, now=now)
    if form.kept(lambda: service.add_reaction(current_actor(), injection_id, form.to_reaction(), now=now)):
        flash(_("The reaction is recorded."))
        return redirect(url_for("clinic.monitor", injection_id=found.original_id))
    page = render_template("clinic/monitoring_reaction.html", form=form, found=found, words=words)
    return page, form.status


@blueprint.route("/injections/<uuid:injection_id>/leaving", methods=["GET", "POST"])
@allow(*CARE_TEAM)
def record_leaving(injection_id: UUID) -> ResponseReturnValue:
    """The checklist, and how the patient leaves."""
    now = clock.now()
    found = service.watch_injection(current_actor(), injection_id, now=now)
    shown = {} if request.method == "POST" else {"version": found.watch.injection.id}
    form = LeavingForm(zone=found.zone, now=now, data=shown)
    if form.kept(
        lambda: service.record_leaving(
            current_actor(),
            form.version.id_,
            form.to_discharge(),
            blood_pressure=blood_pressure_of(form),
            now=now,
        )
    ):
        flash(_("Leaving is recorded."))
        return redirect(url_for("clinic.injection", injection_id=found.original_id))
    phones = phones_of(current_actor(), found.patient.id, now=now)
    checks = present.leaving_lines(check_leaving(found.watch), found.watch, phones)
    page = render_template("clinic/monitoring_leaving.html", form=form, found=found, words=words, checks=checks)
    return page, form.status
