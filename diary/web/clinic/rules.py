"""The rules by which the clinic judges, for those who work by them."""

from uuid import UUID

from flask import render_template

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import UnreadableRules
from diary.services.clinics import zone_of
from diary.services.patients import identity_of
from diary.services.rule_sets import show_rules_in_use
from diary.web.clinic import blueprint
from diary.web.guard import allow, current_actor
from diary.web.presenters import injection as words
from diary.web.presenters.patients import name_of
from diary.web.presenters.rules import present_rule_set
from diary.words.language import told


@blueprint.get("/rules")
@allow(Role.DOCTOR, Role.NURSE)
def rules() -> str:
    actor = current_actor()
    if actor.clinic_id is None:
        raise RuntimeError("a doctor or a nurse without a clinic")
    shown = show_rules_in_use(actor, actor.clinic_id)
    return render_template("clinic/rules.html", shown=present_rule_set(shown, zone_of(actor)))


def page_without_verdicts(patient_id: UUID, error: UnreadableRules) -> str:
    """A patient's page where nothing can be judged: who it is, why there is no verdict, and the way to the entries."""
    patient = identity_of(current_actor(), patient_id, now=clock.now())
    return render_template("clinic/not_judged.html", patient=patient, reason=told(error), words=words, name_of=name_of)
