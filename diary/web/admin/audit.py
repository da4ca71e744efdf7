"""Who did what: the clinic's audit, 50 lines a page."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import render_template, request
from flask.typing import ResponseReturnValue

from diary.domain.access import Role
from diary.services import administration, staff
from diary.services.clinics import clinic_of
from diary.web.admin import blueprint
from diary.web.admin.clinic import own_clinic
from diary.web.guard import allow, current_actor
from diary.web.presenters.accounts import present_audit_line

MOST_PAGES = 10_000


@blueprint.get("/audit")
@allow(Role.ADMIN)
def audit() -> ResponseReturnValue:
    number = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    patient_id = request.args.get("patient", type=UUID)
    user_id = request.args.get("user") or None
    page = administration.read_audit(current_actor(), own_clinic(), page=number, patient_id=patient_id, user_id=user_id)
    clinic = clinic_of(current_actor())
    zone = ZoneInfo(clinic.time_zone if clinic else "UTC")
    return render_template(
        "admin/audit.html",
        lines=[present_audit_line(line, page.names, zone) for line in page.lines],
        zone=zone.key,
        number=number,
        has_more=page.has_more,
        people=staff.list_people(current_actor(), own_clinic()),
        patient_id=patient_id,
        user_id=user_id,
    )
