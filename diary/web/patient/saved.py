"""What was saved, read back, and what comes next."""

from datetime import datetime
from uuid import UUID

from flask import render_template

from diary import clock
from diary.domain.access import Actor, Role
from diary.services import own_diary
from diary.services.clinic_limits import above_limits_of
from diary.services.patients import own_record
from diary.services.returns import return_to_read
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.presenters import log
from diary.web.presenters.returns import news_of, phase_of_return


@blueprint.get("/saved/<uuid:entry_id>")
@allow(Role.DEVICE, Role.PATIENT)
def saved(entry_id: UUID) -> str:
    actor, now = current_actor(), clock.now()
    page = own_diary.saved_page_of(actor, entry_id, now=now)
    return render_template(
        "patient/saved.html",
        page=page,
        set_up_left=own_record(actor, now=now).set_up_at is None,
        words=log.saved_words(page),
        phase=_phase(page, actor, now=now),
        next=log.next_words(page),
        above_limit=page.entry is not None and bool(above_limits_of(actor, page.entry)),
        took_medicine=log.may_add_medicine(page),
    )


def _phase(page: own_diary.SavedPage, actor: Actor, *, now: datetime) -> tuple[str, ...]:
    """What to expect; with the diary opened, that scores are higher again, until that was read."""
    says_back = page.entry is not None and page.entry.pain_is_back
    if actor.role is Role.PATIENT and not says_back and page.number is not None:
        news = news_of(return_to_read(actor, now=now), actor.role, today=page.today)
        if news is not None:
            return phase_of_return(news, page.number)
    return log.phase_words(page)
