"""The patient says that the pain is back: the day's questions with a mark, or the mark alone where it is filled in."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Actor, Role
from diary.domain.diary import Entry, Question
from diary.domain.local_time import in_zone
from diary.domain.schedule import days_that_can_be_scored, fills_in
from diary.services import own_diary
from diary.services.entries import AlreadyRecorded, entry_to_change, same_answers, save_day, save_entry
from diary.web.forms.log import DayForm
from diary.web.forms.pain_is_back import MarkForm
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.patient.day import after_saving, own_id, read_day
from diary.web.presenters import log
from diary.web.presenters.days import day_called
from diary.words.dates import long_day
from diary.words.language import gettext as _


@blueprint.get("/pain-is-back")
@allow(Role.DEVICE, Role.PATIENT)
def pain_is_back() -> ResponseReturnValue:
    """Today's page; between midnight and four in the morning first which day is meant."""
    days = own_diary.today_of(current_actor(), now=clock.now())
    if len(days) == 1:
        return redirect(url_for("patient.pain_is_back_on", day=days[0]))
    choices = [(day, long_day(day)) for day in sorted(days)]
    return render_template(
        "patient/which_day.html", question=log.which_day(days), days=choices, endpoint="patient.pain_is_back_on"
    )


@blueprint.get("/day/<day>/pain-is-back")
@allow(Role.DEVICE, Role.PATIENT)
def pain_is_back_on(day: str) -> ResponseReturnValue:
    asked = own_diary.day_page_of(current_actor(), read_day(day), now=clock.now())
    if asked is None:
        return _too_old(read_day(day))
    form = MarkForm(formdata=None) if asked.filled_in else DayForm(formdata=None)
    if isinstance(form, DayForm):
        form.ask(_questions(asked), activities=0)
    form.entry_id.data = str(uuid4())
    return _page(form, asked)


@blueprint.post("/day/<day>/pain-is-back")
@allow(Role.DEVICE, Role.PATIENT)
def save_pain_is_back(day: str) -> ResponseReturnValue:
    actor, now, about = current_actor(), clock.now(), read_day(day)
    zone = own_diary.zone_of(actor, now=now)
    if about not in days_that_can_be_scored(now, zone):
        return _too_old(about)
    mark, answers = MarkForm(), DayForm()
    form: MarkForm | DayForm = answers if answers.questions else mark
    if isinstance(form, DayForm):
        form.ask_as_sent()
    if not form.validate():
        asked = own_diary.day_page_of(actor, about, now=now)
        return (_page(form, asked), 422) if asked else _too_old(about)
    entry = replace(form.to_entry(about, recorded_at=in_zone(now, zone)), pain_is_back=True)
    return _saved(actor, entry)


def _saved(actor: Actor, entry: Entry) -> ResponseReturnValue:
    """On to what was saved; where the day was filled in meanwhile, to the page that adds the mark alone."""
    save = save_day if fills_in(entry) else save_entry
    try:
        save(actor, entry, patient_id=own_id(actor), now=clock.now())
    except AlreadyRecorded as there:
        if there.entry.id != entry.id or not same_answers(there.entry, entry):
            return redirect(url_for("patient.pain_is_back_on", day=entry.day))
    return after_saving(entry)


@blueprint.post("/entries/<uuid:entry_id>/pain-is-not-back")
@allow(Role.DEVICE, Role.PATIENT)
def pain_is_not_back(entry_id: UUID) -> ResponseReturnValue:
    """Take the mark back: a correction that keeps all else as it was."""
    actor, now = current_actor(), clock.now()
    before = entry_to_change(actor, entry_id, patient_id=own_id(actor), now=now)
    if before.pain_is_back:
        recorded_at = in_zone(now, own_diary.zone_of(actor, now=now))
        correction = replace(
            before, id=uuid4(), revises=before.id, recorded_at=recorded_at, received_at=None, pain_is_back=False
        )
        save_entry(actor, correction, patient_id=own_id(actor), now=now)
        flash(_("Saved. You took back that your pain is back."))
    return redirect(url_for("patient.home"))


def _questions(asked: own_diary.DayPage) -> tuple[Question, ...]:
    """The day's own without the patient's activities, which are asked again on the next day: this page is short."""
    return tuple(question for question in asked.questions if question is not Question.ACTIVITIES)


def _page(form: DayForm | MarkForm, asked: own_diary.DayPage) -> str:
    words = log.day_words(asked)
    if isinstance(form, DayForm):
        form.asked.data = log.asks(_questions(asked))
        form.activity_count.data = "0"
        for name in ("average", "moving", "soreness", "analgesic"):
            if name in form:
                form[name].label.text = getattr(words, name)
    return render_template(
        "patient/pain_is_back.html",
        form=form,
        asks=isinstance(form, DayForm),
        words=words,
        log=log,
        called=day_called(asked.day, None if asked.in_doubt else asked.today),
        sides_together=asked.sides_together,
    )


def _too_old(day: date) -> ResponseReturnValue:
    return redirect(url_for("patient.daily", day=day))
