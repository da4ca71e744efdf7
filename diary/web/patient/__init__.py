"""The patient's pages on their own phone; one module for each thing they do there."""

from flask import Blueprint

blueprint = Blueprint("patient", __name__, url_prefix="/me")

# The views register themselves on the blueprint.
from diary.web.patient import keys, questions, settings  # noqa: E402, F401
