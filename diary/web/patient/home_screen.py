"""The code for the app on this phone's home screen."""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.services import home_screen as service
from diary.services import patients
from diary.services.enrolment import State
from diary.web.forms.base import Form
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.words.dates import clock_time


@blueprint.get("/settings/home-screen")
@allow(Role.PATIENT)
def home_screen() -> ResponseReturnValue:
    now = clock.now()
    zone = patients.own_record(current_actor(), now=now).as_patient().zone
    shown = service.own_code(current_actor(), key=str(current_app.secret_key), now=now)
    return render_template(
        "patient/home_screen.html",
        form=Form(),
        code=shown.code if shown else None,
        linked=shown is not None and shown.state is State.LINKED,
        until=clock_time(shown.expires_at.astimezone(zone).time()) if shown else None,
    )


@blueprint.post("/settings/home-screen")
@allow(Role.PATIENT)
def new_home_screen_code() -> ResponseReturnValue:
    service.show_own_code(current_actor(), key=str(current_app.secret_key), now=clock.now())
    return redirect(url_for("patient.home_screen"))
