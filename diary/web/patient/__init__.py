"""The patient's pages on their own phone; one module for each thing they do there."""

from flask import Blueprint

blueprint = Blueprint("patient", __name__, url_prefix="/me")

# A module is imported here, so that its views are on the blueprint when the application registers it.
from diary.web.patient import change, day, extras, get_help, home, moment, saved, scores  # noqa: E402, F401
