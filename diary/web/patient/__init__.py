"""The patient's pages on their own phone; one module for each thing they do there."""

from flask import Blueprint

blueprint = Blueprint("patient", __name__, url_prefix="/me")

from diary.web.patient import change, day, extras, help, home, moment, saved, scores  # noqa: E402, F401 — they add their views
