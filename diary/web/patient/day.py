"""The daily log: one page for one day, today or one of the two before."""

from datetime import date
from uuid import UUID, uuid4

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.domain.access import Actor, Role
from diary.domain.diary import Entry, Question
from diary.domain.errors import NotFound
from diary.domain.local_time import in_zone
from diary.domain.schedule import days_that_can_be_scored
from diary.services import own_diary
from diary.services.entries import AlreadyRecorded, same_answers, save_day
from diary.web.forms.log import DayForm
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.presenters import log
from diary.words.dates import long_day


@blueprint.get("/day")
@allow(Role.DEVICE, Role.PATIENT)
def today() -> ResponseReturnValue:
    """Today's page; between midnight and four in the morning first which day is meant."""
    days = own_diary.today_of(current_actor(), now=clock.now())
    if len(days) == 1:
        return redirect(url_for("patient.daily", day=days[0]))
    choices = [(day, long_day(day)) for day in sorted(days)]
    return render_template("patient/which_day.html", question=log.which_day(days), days=choices)


@blueprint.get("/day/<day>")
@allow(Role.DEVICE, Role.PATIENT)
def daily(day: str) -> ResponseReturnValue:
    asked = own_diary.day_page_of(current_actor(), read_day(day), now=clock.now())
    if asked is None:
        return _cannot_be_scored()
    if asked.filled_in:
        return _filled_in(asked, asked.filled_in)
    form = DayForm(formdata=None)
    form.ask(asked.questions, activities=len(asked.activities))
    form.entry_id.data = str(uuid4())
    return show_day(form, asked)


@blueprint.post("/day/<day>")
@allow(Role.DEVICE, Role.PATIENT)
def save_daily(day: str) -> ResponseReturnValue:
    actor, now, about = current_actor(), clock.now(), read_day(day)
    form = DayForm()
    form.ask_as_sent()
    if not form.validate():
        asked = own_diary.day_page_of(actor, about, now=now)
        return (show_day(form, asked), 422) if asked else _cannot_be_scored()
    zone = own_diary.zone_of(actor, now=now)
    if about not in days_that_can_be_scored(now, zone):
        return _cannot_be_scored()
    entry = form.to_entry(about, recorded_at=in_zone(now, zone))
    try:
        save_day(actor, entry, patient_id=own_id(actor), now=now)
    except AlreadyRecorded as there:
        if there.entry.id != entry.id or not same_answers(there.entry, entry):
            return redirect(url_for("patient.daily", day=about))
    return after_saving(entry)


def after_saving(entry: Entry) -> ResponseReturnValue:
    """On to which medicine it was, where there was one, else to what was saved."""
    page = "patient.medicine" if entry.analgesic else "patient.saved"
    return redirect(url_for(page, entry_id=entry.id))


def show_day(form: DayForm, asked: own_diary.DayPage, *, changing: bool = False) -> str:
    """The page with its questions in words; what the page asks travels with it."""
    words = log.day_words(asked)
    form.asked.data = log.asks(asked.questions)
    form.activity_count.data = str(len(asked.activities))
    put_questions(form, words, asked.activities)
    return render_template(
        "patient/day.html",
        form=form,
        words=words,
        log=log,
        has_activities=Question.ACTIVITIES in asked.questions and bool(asked.activities),
        sides_together=asked.sides_together,
        can_forget=asked.day != asked.today,
        changing=changing,
    )


def put_questions(form: DayForm, words: log.DayWords, activities: tuple[str, ...]) -> None:
    """Give each field its question in words."""
    labels = {
        "average": words.average,
        "moving": words.moving,
        "soreness": words.soreness,
        "analgesic": words.analgesic,
    }
    for name, label in labels.items():
        if name in form:
            form[name].label.text = label
    for field, name in zip(form.activities, activities, strict=False):
        field.label.text = name


def read_day(day: str) -> date:
    """The day of an address; what is no day is no page (`NotFound`)."""
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise NotFound("There is no such day.") from None


def own_id(actor: Actor) -> UUID:
    """The patient whose phone this is (`NotFound` for anybody else)."""
    if actor.patient_id is None:
        raise NotFound("There is no such patient.")
    return actor.patient_id


def _filled_in(asked: own_diary.DayPage, filled_in: own_diary.FilledIn) -> str:
    words = log.filled_in_words(filled_in.at, asked.day, asked.today, asked.zone)
    return render_template(
        "patient/filled_in.html", title=log.day_words(asked).title, words=words, entry_id=filled_in.entry_id
    )


def _cannot_be_scored() -> ResponseReturnValue:
    now = clock.now()
    days = days_that_can_be_scored(now, own_diary.zone_of(current_actor(), now=now))
    page = render_template(
        "patient/old_day.html",
        words=log.days_to_choose(days, days[0]),
        days=[(day, long_day(day)) for day in days],
    )
    return page, 422
