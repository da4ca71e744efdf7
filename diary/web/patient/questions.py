"""The questions after the first score, but the last; each can be left out, and none keeps anybody from scoring."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.errors import InvalidValue
from diary.domain.pain import HardThings, one_line
from diary.services import patients as service
from diary.services.devices import Pin
from diary.services.languages import offered_by
from diary.store.patients import PatientRow
from diary.web.devices import this_phone
from diary.web.forms.base import Form
from diary.web.forms.enrolment import ActivitiesForm, MovementForm, PainForm, fields_of_pain
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint

OWN_PHONE = (Role.DEVICE, Role.PATIENT)


@blueprint.get("/start")
@allow(*OWN_PHONE)
def start() -> ResponseReturnValue:
    """The next step of setting up: the language where there is a choice, the questions, then the PIN, then home."""
    if _mine().set_up_at is None:
        clinic_id = current_actor().clinic_id
        has_choice = clinic_id is not None and len(offered_by(clinic_id)) > 1
        return redirect(url_for("patient.ask_language" if has_choice else "patient.ask_pain"))
    phone = this_phone()
    return redirect(url_for("patient.choose_pin" if phone and phone.pin is Pin.NONE else "patient.home"))


@blueprint.route("/questions/1", methods=["GET", "POST"])
@allow(*OWN_PHONE)
def ask_pain() -> ResponseReturnValue:
    form = PainForm(data=fields_of_pain(service.pain_of(_mine())))
    if _skipped():
        return redirect(url_for("patient.ask_movement"))
    if form.validate_on_submit():
        try:
            service.name_pain(current_actor(), _mine().id, form.to_command(), now=clock.now())
            return redirect(url_for("patient.ask_movement"))
        except InvalidValue as error:
            form.blame(error)
    return _page("patient/ask_pain.html", form, 1)


@blueprint.route("/questions/2", methods=["GET", "POST"])
@allow(*OWN_PHONE)
def ask_movement() -> ResponseReturnValue:
    hard = service.hard_things_of(_mine())
    form = MovementForm(data={"movement": hard.movement})
    if _skipped():
        return redirect(url_for("patient.ask_activities"))
    if form.validate_on_submit():
        named = HardThings(movement=one_line(form.movement.data), activities=hard.activities)
        service.name_hard_things(current_actor(), _mine().id, named, now=clock.now())
        return redirect(url_for("patient.ask_activities"))
    return _page("patient/ask_movement.html", form, 2)


@blueprint.route("/questions/3", methods=["GET", "POST"])
@allow(*OWN_PHONE)
def ask_activities() -> ResponseReturnValue:
    hard = service.hard_things_of(_mine())
    form = ActivitiesForm(data={"activities": [*hard.activities]})
    if _skipped():
        return redirect(url_for("patient.ask_reminders"))
    if form.validate_on_submit():
        try:
            service.name_hard_things(current_actor(), _mine().id, form.to_command(hard.movement), now=clock.now())
            return redirect(url_for("patient.ask_reminders"))
        except InvalidValue as error:
            form.blame(error)
    return _page("patient/ask_activities.html", form, 3)


def _skipped() -> bool:
    return request.method == "POST" and "skip" in request.form


def _page(template: str, form: Form, number: int) -> ResponseReturnValue:
    page = render_template(template, form=form, number=number)
    return (page, 422) if form.errors else page


def _mine() -> PatientRow:
    return service.own_record(current_actor(), now=clock.now())
