"""What a patient's guest sees: the page that asks for the code, and the diary for a quarter of an hour."""

from flask import Blueprint, Flask, request

from diary.domain.access import Actor
from diary.web import guard

blueprint = Blueprint("share", __name__, url_prefix="/share")

# The views register themselves on the blueprint.
from diary.web.share import views  # noqa: E402


def init_app(app: Flask) -> None:
    guard.identify_by(app, identify)


def identify() -> Actor | None:
    """The guest whose browser asks, on the guest's own pages; anywhere else the same browser is nobody's guest."""
    return views.guest_of_browser() if request.blueprint == blueprint.name else None
