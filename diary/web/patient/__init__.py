"""The patient's pages on their own phone; one module for each thing they do there."""

from flask import Blueprint

blueprint = Blueprint("patient", __name__, url_prefix="/me")

# The views register themselves on the blueprint.
from diary.web.patient import (  # noqa: E402
    change,  # noqa: F401
    data,  # noqa: F401
    day,  # noqa: F401
    erasure,  # noqa: F401
    extras,  # noqa: F401
    get_help,  # noqa: F401
    home,  # noqa: F401
    home_screen,  # noqa: F401
    kept,  # noqa: F401
    keys,  # noqa: F401
    language,  # noqa: F401
    looks,  # noqa: F401
    moment,  # noqa: F401
    pain_is_back,  # noqa: F401
    paper,  # noqa: F401
    questions,  # noqa: F401
    reminders,  # noqa: F401
    returns,  # noqa: F401
    saved,  # noqa: F401
    scores,  # noqa: F401
    settings,  # noqa: F401
    share,  # noqa: F401
)
