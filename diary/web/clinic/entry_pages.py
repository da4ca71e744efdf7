"""Every entry behind a patient's page, with what was changed."""

from uuid import UUID

from flask import render_template

from diary import clock
from diary.domain.access import Role
from diary.services.entry_pages import list_entries
from diary.web.clinic import blueprint
from diary.web.clinic.patient_list import id_asked_for, page_asked_for
from diary.web.guard import allow, current_actor
from diary.web.presenters.entry_pages import entry_line
from diary.web.presenters.patients import name_of


@blueprint.get("/patients/<uuid:patient_id>/entries")
@allow(Role.DOCTOR, Role.NURSE)
def entries(patient_id: UUID) -> str:
    asked = id_asked_for("entry")
    page = list_entries(current_actor(), patient_id, number=page_asked_for(), entry_id=asked, now=clock.now())
    lines = [entry_line(history, asked=page.asked) for history in page.entries]
    return render_template("clinic/entries.html", page=page, lines=lines, name_of=name_of)
