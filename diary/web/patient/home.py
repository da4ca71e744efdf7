"""The home page: what is due, what is missing, the next visit."""

from flask import render_template

from diary import clock
from diary.domain.access import Role
from diary.services import own_diary
from diary.services.reminder_choices import may_not_arrive
from diary.services.returns import return_to_read
from diary.web.devices import unlock_page
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.presenters import log
from diary.web.presenters.days import greeting
from diary.web.presenters.returns import news_of


@blueprint.get("/")
@allow(Role.DEVICE, Role.PATIENT)
def home() -> str:
    now = clock.now()
    actor = current_actor()
    found = own_diary.home_of(actor, now=now)
    return render_template(
        "patient/home.html",
        greeting=greeting(now, found.zone),
        lines=log.home_lines(found),
        hour=log.hour_words(found, now),
        number=log.number_words(found),
        missed=log.missed_words(found),
        planned=log.planned_words(found),
        visit=log.visit_words(found),
        news=news_of(return_to_read(actor, now=now), actor.role, today=found.days[0].day),
        reminders_may_not_arrive=may_not_arrive(actor, now=now),
        unlock_page=unlock_page(),
    )
