"""What was saved, read back, and what comes next."""

from uuid import UUID

from flask import render_template

from diary import clock
from diary.domain.access import Role
from diary.services import own_diary
from diary.services.patients import own_record
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.presenters import log


@blueprint.get("/saved/<uuid:entry_id>")
@allow(Role.DEVICE, Role.PATIENT)
def saved(entry_id: UUID) -> str:
    page = own_diary.saved_page_of(current_actor(), entry_id, now=clock.now())
    return render_template(
        "patient/saved.html",
        page=page,
        set_up_left=own_record(current_actor(), now=clock.now()).set_up_at is None,
        words=log.saved_words(page),
        phase=log.phase_words(page),
        next=log.next_words(page),
        took_medicine=log.may_add_medicine(page),
    )
