"""Sharing with another doctor: a code to show, who used it, and stopping it."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.services import patients
from diary.services import shares as service
from diary.web.forms.base import Form
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.presenters.days import clock as time_of_day
from diary.web.presenters.phones import in_fours
from diary.web.presenters.shared import present_guest
from diary.web.qr import qr_code
from diary.words.language import gettext as _


@blueprint.get("/share")
@allow(Role.PATIENT)
def share() -> ResponseReturnValue:
    """The code that works now, if any, and who looked. The square holds the code behind a #: no server gets it."""
    actor, now = current_actor(), clock.now()
    sharing = service.sharing_of(actor, key=_key(), now=now)
    zone = patients.own_record(actor, now=now).as_patient().zone
    address = f"{current_app.extensions['settings'].base_url}{url_for('share.ask')}"
    return render_template(
        "patient/share.html",
        form=Form(),
        code=in_fours(sharing.code) if sharing.code else None,
        square=qr_code(f"{address}#{sharing.code}") if sharing.code else None,
        address=address,
        until=time_of_day(sharing.until, zone) if sharing.until else None,
        guests=[present_guest(guest, zone, now=now) for guest in sharing.guests],
    )


@blueprint.post("/share/code")
@allow(Role.PATIENT)
def new_shared_code() -> ResponseReturnValue:
    service.share_diary(current_actor(), key=_key(), now=clock.now())
    return redirect(url_for("patient.share"))


@blueprint.post("/share/stop")
@allow(Role.PATIENT)
def stop_sharing() -> ResponseReturnValue:
    service.stop_sharing(current_actor(), now=clock.now())
    flash(_("You have stopped sharing."))
    return redirect(url_for("patient.share"))


def _key() -> str:
    return str(current_app.secret_key)
