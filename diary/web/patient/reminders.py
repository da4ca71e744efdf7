"""How the patient is reminded: the question of setting up, the settings, messages on this phone, the calendar."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from diary import clock
from diary.config import Settings
from diary.domain.access import Role
from diary.domain.errors import InvalidValue
from diary.domain.reminding import Channel
from diary.services import mail, push
from diary.services import reminder_choices as service
from diary.services.patients import end_set_up
from diary.web.forms.base import Form
from diary.web.forms.reminders import PushForm, ReminderForm
from diary.web.guard import allow, current_actor
from diary.web.patient import blueprint
from diary.web.patient.day import own_id
from diary.web.presenters import reminders as words
from diary.web.presenters.patients import time_zones
from diary.words.language import gettext as _

OWN_PHONE = (Role.DEVICE, Role.PATIENT)
NEXT_PAGE = {Channel.PUSH: "patient.messages", Channel.CALENDAR: "patient.reminder_calendar"}


@blueprint.route("/questions/4", methods=["GET", "POST"])
@allow(*OWN_PHONE)
def ask_reminders() -> ResponseReturnValue:
    """The last question after the first score."""
    form = ReminderForm.offering(_channels(), service.own_reminders(current_actor(), now=clock.now()).chosen)
    if request.method == "POST" and "skip" in request.form:
        return _finish(None)
    if form.validate_on_submit() and _keep(form):
        return _finish(Channel(form.channel.data))
    page = render_template("patient/reminders/question.html", form=form, number=4)
    return (page, 422) if form.errors else page


def _finish(channel: Channel | None) -> ResponseReturnValue:
    end_set_up(current_actor(), own_id(current_actor()), now=clock.now())
    return redirect(url_for(NEXT_PAGE.get(channel, "patient.start") if channel else "patient.start"))


@blueprint.route("/settings/reminders", methods=["GET", "POST"])
@allow(*OWN_PHONE)
def reminders() -> ResponseReturnValue:
    own = service.own_reminders(current_actor(), now=clock.now())
    form = ReminderForm.offering(_channels(), own.chosen)
    if form.validate_on_submit() and _keep(form):
        flash(_("Saved."))
        return redirect(url_for(NEXT_PAGE.get(Channel(form.channel.data), "patient.reminders")))
    page = render_template(
        "patient/reminders/settings.html",
        form=form,
        own=own,
        now_words=words.reminded_words(own),
        trouble=words.trouble_words(own),
        journey=words.journey_words(own),
        zones=time_zones(),
    )
    return (page, 422) if form.errors else page


@blueprint.post("/settings/reminders/stop")
@allow(*OWN_PHONE)
def stop_reminders() -> ResponseReturnValue:
    """One tap, as by the link in each message."""
    chosen = service.own_reminders(current_actor(), now=clock.now()).chosen or service.Chosen(channel=Channel.NONE)
    stopped = service.Chosen(channel=Channel.NONE, at=chosen.at, email=chosen.email, time_zone=chosen.time_zone)
    service.choose(current_actor(), stopped, now=clock.now())
    flash(_("You get no more reminders."))
    return redirect(url_for("patient.reminders"))


@blueprint.route("/settings/reminders/phone", methods=["GET", "POST"])
@allow(*OWN_PHONE)
def messages() -> ResponseReturnValue:
    """Allow messages on this phone: the browser asks its owner, and its script sends what it was given."""
    form = PushForm()
    if form.validate_on_submit():
        try:
            service.allow_messages(
                current_actor(),
                _settings(),
                endpoint=form.endpoint.data or "",
                p256dh=form.p256dh.data or "",
                auth=form.auth.data or "",
                now=clock.now(),
            )
        except InvalidValue as error:
            form.blame(error)
        else:
            flash(_("This phone takes our messages."))
            return redirect(url_for("patient.messages"))
    own = service.own_reminders(current_actor(), now=clock.now())
    page = render_template(
        "patient/reminders/phone.html", form=form, own=own, key=push.public_key(_settings()), stop=Form()
    )
    return (page, 422) if form.errors else page


@blueprint.post("/settings/reminders/phone/end")
@allow(*OWN_PHONE)
def end_messages() -> ResponseReturnValue:
    service.end_messages(current_actor(), now=clock.now())
    flash(_("This phone takes no more messages."))
    return redirect(url_for("patient.messages"))


@blueprint.get("/settings/reminders/calendar")
@allow(*OWN_PHONE)
def reminder_calendar() -> ResponseReturnValue:
    """The secret address, and how to put it into a phone's calendar."""
    address = service.calendar_address(current_actor(), _settings(), now=clock.now())
    if address is None:
        return redirect(url_for("patient.reminders"))
    subscribe = f"webcal://{address.partition('://')[2]}"
    return render_template("patient/reminders/calendar.html", form=Form(), address=address, subscribe=subscribe)


@blueprint.post("/settings/reminders/calendar/new")
@allow(*OWN_PHONE)
def new_calendar_address() -> ResponseReturnValue:
    service.change_calendar_address(current_actor(), now=clock.now())
    flash(_("Your calendar has a new address. The old one no longer works."))
    return redirect(url_for("patient.reminder_calendar"))


def _keep(form: ReminderForm) -> bool:
    try:
        service.choose(current_actor(), form.to_command(), now=clock.now())
    except InvalidValue as error:
        form.blame(error)
        return False
    return True


def _channels() -> tuple[Channel, ...]:
    """The ways that work on this server: letters need a mail server, and messages to phones need HTTPS."""
    can = {Channel.EMAIL: mail.sends(_settings().mail_url), Channel.PUSH: _can_push()}
    return tuple(channel for channel in Channel if can.get(channel, True))


def _can_push() -> bool:
    """Browsers give messages to safe pages only: over HTTPS, or on this machine itself."""
    return request.is_secure or _settings().secure or request.host.partition(":")[0] in {"127.0.0.1", "localhost"}


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
