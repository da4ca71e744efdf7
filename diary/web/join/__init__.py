"""Joining: from the code on the card to the first score, without an account and without a script."""

from flask import Blueprint

blueprint = Blueprint("join", __name__, url_prefix="/join")

# The views register themselves on the blueprint.
from diary.web.join import views  # noqa: E402, F401
