"""Stopping by one tap, and the calendar that a phone subscribes to."""

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from diary import clock
from diary.config import Settings
from diary.domain.errors import NotFound
from diary.services import reminder_choices as service
from diary.web.guard import public
from diary.web.reminders import blueprint
from diary.words.language import speak

ASK_AGAIN_AFTER = 6 * 60 * 60  # seconds


@blueprint.get("/stop/<secret>")
@public
def ask_to_stop(secret: str) -> ResponseReturnValue:
    """One button. Opening the page changes nothing: programs that look at mail open every link."""
    try:
        found = service.stopping_of(secret, _settings())
    except NotFound:
        return render_template("reminders/no_link.html"), 404
    speak(found.language)
    return render_template("reminders/ask.html", clinic_name=found.clinic, secret=secret)


@blueprint.post("/stop/<secret>")
@public
def stop(secret: str) -> ResponseReturnValue:
    """End the reminders, from the button or from a mail service's own (RFC 8058)."""
    try:
        service.stop_by_link(secret, _settings(), now=clock.now())
        found = service.stopping_of(secret, _settings())
    except NotFound:
        return render_template("reminders/no_link.html"), 404
    speak(found.language)
    return render_template("reminders/stopped.html")


@blueprint.get("/calendar/<secret>.ics")
@public
def calendar(secret: str) -> Response:
    """The calendar, or 304 where the app has it as it is."""
    feed = service.calendar_feed(secret, _settings(), now=clock.now())
    answer = Response(feed.body, mimetype="text/calendar")
    answer.set_etag(feed.mark)
    answer.headers["Cache-Control"] = f"private, max-age={ASK_AGAIN_AFTER}"
    answer.make_conditional(request)
    return answer


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
