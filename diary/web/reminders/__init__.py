"""What a message or a calendar app opens without any sign-in: the page that stops reminders, and the calendar."""

from flask import Blueprint, Flask
from flask_wtf import CSRFProtect

blueprint = Blueprint("reminders", __name__)

# The views register themselves on the blueprint.
from diary.web.reminders import views  # noqa: E402


def init_app(app: Flask, csrf: CSRFProtect) -> None:
    """Register the pages. Mail services press the button for their readers: they have no form and no session."""
    csrf.exempt(views.stop)
    app.register_blueprint(blueprint)
