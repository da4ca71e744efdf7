"""A patient's phones: a code to link one, a list of those that are linked, and ending them."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import STAFF
from diary.services import devices, patients
from diary.services import enrolment as service
from diary.services.clinics import clinic_of
from diary.web.clinic import blueprint
from diary.web.forms.base import Form
from diary.web.guard import allow, current_actor
from diary.web.presenters.patients import heading_of
from diary.web.presenters.phones import clock_time, in_fours, present_phone
from diary.web.qr import qr_code
from diary.words.language import gettext as _


@blueprint.get("/patients/<uuid:patient_id>/phones")
@allow(*STAFF)
def phones(patient_id: UUID) -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    patient = patients.identity_of(actor, patient_id, now=now)
    lines = [present_phone(phone, _zone()) for phone in devices.phones_of(actor, patient_id, now=now)]
    return render_template("clinic/phones.html", form=Form(), patient=heading_of(patient, actor), phones=lines)


@blueprint.post("/patients/<uuid:patient_id>/phones/code")
@allow(*STAFF)
def new_code(patient_id: UUID) -> ResponseReturnValue:
    """A new code; the one before ends."""
    id_ = service.show_code(current_actor(), patient_id, key=_key(), now=clock.now())
    return redirect(url_for("clinic.code", patient_id=patient_id, enrolment_id=id_))


@blueprint.get("/patients/<uuid:patient_id>/phones/code/<uuid:enrolment_id>")
@allow(*STAFF)
def code(patient_id: UUID, enrolment_id: UUID) -> ResponseReturnValue:
    """The code to scan or to copy, until the phone is linked."""
    actor, now = current_actor(), clock.now()
    shown = service.shown_code(actor, patient_id, enrolment_id, key=_key(), now=now)
    base = current_app.extensions["settings"].base_url
    return render_template(
        "clinic/code.html",
        form=Form(),
        patient=heading_of(shown.patient, actor),
        state=shown.state,
        code=in_fours(shown.code) if shown.code else None,
        square=qr_code(f"{base}/join?code={shown.code}") if shown.code else None,
        address=f"{base}/join",
        card=url_for("clinic.code_card", patient_id=patient_id, enrolment_id=enrolment_id),
        until=clock_time(shown.expires_at, _zone()),
    )


@blueprint.post("/patients/<uuid:patient_id>/phones/<uuid:device_id>/end")
@allow(*STAFF)
def end_phone(patient_id: UUID, device_id: UUID) -> ResponseReturnValue:
    devices.end_phone(current_actor(), device_id, now=clock.now())
    flash(_("That phone no longer opens the diary."))
    return redirect(url_for("clinic.phones", patient_id=patient_id))


def _zone() -> ZoneInfo:
    clinic = clinic_of(current_actor())
    return ZoneInfo(clinic.time_zone if clinic else "UTC")


def _key() -> str:
    return str(current_app.secret_key)
