"""The clinic's pages: patients and their phones, injections, charts; one module for each thing people do there."""

from flask import Blueprint

blueprint = Blueprint("clinic", __name__, url_prefix="/clinic")

# The views register themselves on the blueprint.
from diary.web.clinic import (  # noqa: E402
    daily_entries,  # noqa: F401
    entry_pages,  # noqa: F401
    exchange,  # noqa: F401
    help_uses,  # noqa: F401
    identity,  # noqa: F401
    injections,  # noqa: F401
    medicines,  # noqa: F401
    monitoring,  # noqa: F401
    paper,  # noqa: F401
    patient_list,  # noqa: F401
    phones,  # noqa: F401
    profile,  # noqa: F401
    reminders,  # noqa: F401
    report,  # noqa: F401
    rules,  # noqa: F401
    sign_offs,  # noqa: F401
)
