"""Who can see the diary, and who did."""

from flask import render_template, request

from diary import clock
from diary.domain.access import Role
from diary.services import patients
from diary.services.looks import looks_at_own_diary
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.presenters.looks import present_look

MOST_PAGES = 10_000


@blueprint.get("/settings/who")
@allow(Role.PATIENT)
def who_can_see() -> str:
    """Each look with the name, the role and the time, 50 a page."""
    actor, now = current_actor(), clock.now()
    number = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    zone = patients.own_record(actor, now=now).as_patient().zone
    page = looks_at_own_diary(actor, page=number, now=now)
    return render_template(
        "patient/who_can_see.html",
        looks=[present_look(look, zone, now=now) for look in page.looks],
        number=number,
        has_more=page.has_more,
    )
