"""The home page: what is due, what is missing, the next visit."""

from flask import render_template

from diary import clock
from diary.domain.access import Role
from diary.services import own_diary
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.presenters import log
from diary.web.presenters.days import greeting


@blueprint.get("/")
@allow(Role.DEVICE, Role.PATIENT)
def home() -> str:
    now = clock.now()
    found = own_diary.home_of(current_actor(), now=now)
    return render_template(
        "patient/home.html",
        greeting=greeting(now, found.zone),
        lines=log.home_lines(found),
        hour=log.hour_words(found, now),
        number=log.number_words(found),
        missed=log.missed_words(found),
        planned=log.planned_words(found),
        visit=log.visit_words(found),
    )
