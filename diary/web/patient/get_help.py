"""Get help now: whom to call, and when."""

from flask import render_template

from diary.domain.access import Role
from diary.domain.safety import emergency_number
from diary.services.clinics import clinic_of
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint


@blueprint.get("/help")
@allow(Role.DEVICE, Role.PATIENT)
def help_now() -> str:
    clinic = clinic_of(current_actor())
    return render_template("patient/help.html", emergency=emergency_number(clinic.country if clinic else ""))
