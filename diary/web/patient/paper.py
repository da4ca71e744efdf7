"""A diary on paper for the patient who asks for one."""

from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.services.paper import print_sheet
from diary.web.forms.base import Form
from diary.web.guard import allow, current_actor
from diary.web.paper import sheet_on_paper
from diary.web.patient import blueprint
from diary.web.patient.day import own_id


@blueprint.get("/paper")
@allow(Role.PATIENT)
def paper() -> str:
    return render_template("patient/paper.html", form=Form())


@blueprint.post("/paper")
@allow(Role.PATIENT)
def print_paper() -> ResponseReturnValue:
    actor = current_actor()
    sheet_id = print_sheet(actor, own_id(actor), now=clock.now())
    return redirect(url_for("patient.paper_pdf", sheet_id=sheet_id), 303)


@blueprint.get("/paper/<uuid:sheet_id>.pdf")
@allow(Role.PATIENT)
def paper_pdf(sheet_id: UUID) -> Response:
    actor = current_actor()
    return sheet_on_paper(actor, sheet_id, patient_id=own_id(actor), now=clock.now())
