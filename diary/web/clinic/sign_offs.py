"""Signing a reading and a plan on the doctor's page, and the page of everything that was signed."""

from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.services.profiles import PatientProfile, show_profile
from diary.services.sign_offs import load_signed, seen_of, sign
from diary.web.clinic import blueprint
from diary.web.clinic.profile import doctors_page, sign_off_form
from diary.web.forms.sign_off import SignOffForm
from diary.web.guard import allow, current_actor
from diary.web.presenters.patients import born_of, name_of
from diary.web.presenters.sign_offs import whole_versions
from diary.words.language import gettext as _


@blueprint.post("/patients/<uuid:patient_id>/injections/<uuid:injection_id>/sign-off")
@allow(Role.DOCTOR)
def sign_off(patient_id: UUID, injection_id: UUID) -> ResponseReturnValue:
    """Sign; what was refused comes back on the doctor's page with everything that was typed."""
    now, actor = clock.now(), current_actor()
    shown = show_profile(actor, patient_id, injection_id=injection_id, now=now)
    form = sign_off_form(shown, now=now)
    if not form.kept(
        lambda: sign(
            actor,
            patient_id,
            injection_id,
            form.to_sign_off(),
            after=form.version.number,
            seen=form.seen.data,
            now=now,
        )
    ):
        return _what_is_there_now(shown, form, now=now) if form.conflict else doctors_page(shown, form)
    flash(_("Signed."))
    return redirect(url_for("clinic.patient", patient_id=patient_id, injection=injection_id, _anchor="signed"))


def _what_is_there_now(shown: PatientProfile, form: SignOffForm, *, now: datetime) -> ResponseReturnValue:
    """The page read once more: what was typed stays, and may be signed after what somebody else did meanwhile."""
    newest = show_profile(
        current_actor(),
        shown.judged.patient.id,
        injection_id=shown.injection.id if shown.injection else None,
        now=now,
    )
    form.show_newest(version=newest.signed.version if newest.signed else 0, seen=seen_of(newest.judged))
    return doctors_page(newest, form)


@blueprint.get("/patients/<uuid:patient_id>/sign-offs")
@allow(Role.DOCTOR, Role.NURSE)
def sign_offs(patient_id: UUID) -> ResponseReturnValue:
    """Every version whole, with the assessment as it was then."""
    history = load_signed(current_actor(), patient_id, now=clock.now())
    return render_template(
        "clinic/sign_offs.html",
        patient=history.patient,
        versions=whole_versions(history),
        name_of=name_of,
        born_of=born_of,
    )
