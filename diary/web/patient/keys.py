"""The PIN: chosen, asked for, and put away again."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import InvalidValue
from diary.services import devices as service
from diary.web.devices import this_phone
from diary.web.forms.base import Form
from diary.web.forms.enrolment import LaterPinForm, NewPinForm, PinForm
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.words.language import gettext as _

OWN_PHONE = (Role.DEVICE, Role.PATIENT)


@blueprint.route("/pin", methods=["GET", "POST"])
@allow(*OWN_PHONE)
def choose_pin() -> ResponseReturnValue:
    """A PIN so that only its owner opens the scores; it can be left for later."""
    phone = this_phone()
    if phone and phone.pin is service.Pin.SET and not phone.open:
        return redirect(url_for("patient.open_scores", next=request.path))
    form = LaterPinForm() if phone and phone.asks_year(clock.now()) else NewPinForm()
    if not form.validate_on_submit():
        return _new_pin_page(form)
    try:
        service.choose_pin(current_actor(), str(form.pin.data), year=form.to_year(), now=clock.now())
    except InvalidValue as error:
        form.blame(error)
        return _new_pin_page(form)
    except service.PinLocked:
        return render_template("patient/pin_locked.html"), 403
    flash(_("Your PIN is saved."))
    return redirect(_next())


@blueprint.route("/open", methods=["GET", "POST"])
@allow(*OWN_PHONE)
def open_scores() -> ResponseReturnValue:
    """Ask for the PIN before anything is shown."""
    phone = this_phone()
    if phone and phone.pin is service.Pin.LOCKED:
        return render_template("patient/pin_locked.html"), 403
    form = PinForm(next=request.args.get("next"))
    if not form.validate_on_submit():
        return _page("patient/open.html", form)
    try:
        service.open_diary(current_actor(), str(form.pin.data), now=clock.now())
    except service.WrongPin as error:
        form.blame(error)
        return _page("patient/open.html", form)
    except service.PinLocked:
        return render_template("patient/pin_locked.html"), 403
    return redirect(_next())


@blueprint.post("/close")
@allow(*OWN_PHONE)
def close_scores() -> ResponseReturnValue:
    service.close_diary(current_actor(), now=clock.now())
    flash(_("Your scores are closed. Your PIN opens them again."))
    return redirect(url_for("patient.home"))


def _new_pin_page(form: Form) -> ResponseReturnValue:
    return _page("patient/pin.html", form, later=_next())


def _page(template: str, form: Form, **values: Any) -> ResponseReturnValue:
    page = render_template(template, form=form, **values)
    return (page, 422) if form.errors else page


def _next() -> str:
    """Where the patient wanted to go, if that is a page of their own; else their home page."""
    wanted = request.values.get("next", "")
    own = wanted.startswith("/me/") and "\\" not in wanted and "//" not in wanted
    return wanted if own else url_for("patient.home")
