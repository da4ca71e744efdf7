"""The patient's request to have the diary deleted, and what became of it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.services import erasure as service
from diary.services import patients
from diary.web.forms.base import Form
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.presenters.days import moment_called
from diary.words.language import gettext as _


@blueprint.get("/settings/delete")
@allow(Role.PATIENT)
def erasure() -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    zone = patients.own_record(actor, now=now).as_patient().zone
    asked = service.own_request(actor, now=now)
    if asked is None:
        return redirect(url_for("patient.stop"))
    return render_template(
        "patient/erasure.html",
        form=Form(),
        answer=asked.answer,
        reason=asked.reason,
        asked=moment_called(asked.asked_at, zone, now=now),
    )


@blueprint.post("/settings/delete/take-back")
@allow(Role.PATIENT)
def take_back_erasure() -> ResponseReturnValue:
    service.take_back(current_actor(), now=clock.now())
    flash(_("Your diary stays. Your clinic is no longer asked to delete it."))
    return redirect(url_for("patient.settings"))
