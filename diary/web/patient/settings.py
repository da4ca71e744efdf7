"""The patient's settings: this phone, its PIN, stopping the diary."""

from uuid import UUID

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.services import devices, patients
from diary.services.enrolment import stop_diary
from diary.services.erasure import ask_erasure
from diary.web.devices import forget_phone, this_phone
from diary.web.forms.base import Form
from diary.web.forms.stop import ERASE, StopForm
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.presenters.phones import kind_called, present_phone
from diary.words.language import gettext as _

OWN_PHONE = (Role.DEVICE, Role.PATIENT)


@blueprint.get("/settings")
@allow(*OWN_PHONE)
def settings() -> ResponseReturnValue:
    """What the bare phone may see; the list of phones and who looked wait for the PIN."""
    phone = this_phone()
    return render_template(
        "patient/settings.html",
        form=Form(),
        phone=phone,
        kind=kind_called(phone.kind) if phone else "",
        pin=phone.pin if phone else None,
    )


@blueprint.get("/settings/phones")
@allow(Role.PATIENT)
def my_phones() -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    patient = patients.own_record(actor, now=now)
    zone = patient.as_patient().zone
    phones = [present_phone(phone, zone) for phone in devices.phones_of(actor, patient.id, now=now)]
    return render_template("patient/my_phones.html", form=Form(), phones=phones, this=current_actor().id)


@blueprint.post("/settings/phones/<uuid:device_id>/remove")
@allow(*OWN_PHONE)
def remove_phone(device_id: UUID) -> ResponseReturnValue:
    devices.end_phone(current_actor(), device_id, now=clock.now())
    if str(device_id) != current_actor().id:
        flash(_("That phone no longer opens your diary."))
        return redirect(url_for("patient.my_phones"))
    return _leave("patient/phone_removed.html")


@blueprint.get("/settings/remove")
@allow(*OWN_PHONE)
def confirm_removal() -> ResponseReturnValue:
    return render_template("patient/confirm_removal.html", form=Form(), phone=this_phone())


@blueprint.route("/settings/stop", methods=["GET", "POST"])
@allow(Role.PATIENT)
def stop() -> ResponseReturnValue:
    form = StopForm()
    if not form.validate_on_submit():
        return render_template("patient/stop.html", form=form), 422 if form.errors else 200
    if form.what.data == ERASE:
        ask_erasure(current_actor(), now=clock.now())
        return redirect(url_for("patient.erasure"))
    patient = patients.own_record(current_actor(), now=clock.now())
    stop_diary(current_actor(), patient.id, now=clock.now())
    return _leave("patient/stopped.html")


def _leave(template: str) -> ResponseReturnValue:
    answer = make_response(render_template(template, actor=None, clinic=None))
    forget_phone(answer)
    return answer
