"""Change what was saved: a new entry that names the old one, whole. The page does not show the old scores."""

from dataclasses import replace
from uuid import UUID, uuid4

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Role
from diary.domain.diary import Entry, Kind, Question, Scores
from diary.domain.local_time import in_zone
from diary.services import own_diary
from diary.services.entries import AlreadyRecorded, entry_to_change, same_answers, save_entry
from diary.web.forms.log import DayForm, MomentForm
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.patient.day import after_saving, own_id, show_day
from diary.web.patient.moment import show_moment
from diary.web.presenters import log


@blueprint.get("/entries/<uuid:entry_id>/change")
@allow(Role.DEVICE, Role.PATIENT)
def change(entry_id: UUID) -> ResponseReturnValue:
    before = _before(entry_id)
    form = _empty_form(before)
    form.entry_id.data = str(uuid4())
    return _page(form, before)


@blueprint.post("/entries/<uuid:entry_id>/change")
@allow(Role.DEVICE, Role.PATIENT)
def save_change(entry_id: UUID) -> ResponseReturnValue:
    actor, now = current_actor(), clock.now()
    before = _before(entry_id)
    form = DayForm() if before.kind is Kind.DAILY else MomentForm()
    form.ask_as_sent()
    if not form.validate():
        return _page(form, before), 422
    if before.id == form.id_of_entry:  # the page was sent twice
        return redirect(url_for("patient.saved", entry_id=before.id))
    recorded_at = in_zone(now, own_diary.zone_of(actor, now=now))
    answers = (
        form.to_entry(before.local_day, recorded_at=recorded_at)
        if isinstance(form, DayForm)
        else form.to_entry(now=recorded_at)
    )
    correction = corrected(before, answers)
    try:
        save_entry(actor, correction, patient_id=own_id(actor), now=now)
    except AlreadyRecorded as there:
        if not same_answers(there.entry, correction):
            return redirect(url_for("patient.change", entry_id=there.entry.id))
    return after_saving(correction)


def corrected(before: Entry, answers: Entry) -> Entry:
    """The entry stated whole again: the new answers, and what the page did not ask as it was."""
    kept = {instrument.value: score for instrument, score in before.scores.given().items()}
    if answers.scores.movement is not None or answers.scores.rest is not None:
        kept = {name: score for name, score in kept.items() if name not in {"movement", "rest"}}
    forgotten = {question.value for question in answers.unknown}
    given = {instrument.value: score for instrument, score in answers.scores.given().items()}
    scores = {name: score for name, score in kept.items() if name not in forgotten} | given
    return replace(
        before,
        id=answers.id,
        revises=before.id,
        recorded_at=answers.recorded_at,
        received_at=None,
        scores=Scores(**scores),  # type: ignore[arg-type]  # each score under its own name
        analgesic=answers.analgesic if answers.analgesic is not None or answers.unknown else before.analgesic,
        unknown=answers.unknown,
        note=answers.note or before.note,
        source=answers.source,
        language=answers.language,
        # Who typed the old answers in from paper did not give these.
        recorded_by=None,
        transcribed=False,
        clock=None,
    )


def _before(entry_id: UUID) -> Entry:
    actor = current_actor()
    return entry_to_change(actor, entry_id, patient_id=own_id(actor), now=clock.now())


def _empty_form(before: Entry) -> DayForm | MomentForm:
    if before.kind is Kind.DAILY:
        form = DayForm(formdata=None)
        asked = own_diary.day_page_to_change(current_actor(), before.local_day, now=clock.now())
        form.ask(asked.questions, activities=len(asked.activities))
        return form
    moment = MomentForm(formdata=None)
    questions = _questions_of(before)
    moment.ask(questions, of_day_0=())
    moment.asked.data = log.asks(questions)
    return moment


def _questions_of(moment: Entry) -> tuple[Question, ...]:
    first = Question.REST if moment.scores.movement is None and moment.movement_done is None else Question.MOVEMENT
    return (first, Question.MOVING) if moment.scores.moving is not None else (first,)


def _page(form: DayForm | MomentForm, before: Entry) -> str:
    if isinstance(form, DayForm):
        asked = own_diary.day_page_to_change(current_actor(), before.local_day, now=clock.now())
        return show_day(form, asked, changing=True)
    asked_now = own_diary.moment_page_of(current_actor(), now=clock.now())
    return show_moment(form, pain_named=asked_now.pain_named, sides_together=asked_now.sides_together, changing=True)
