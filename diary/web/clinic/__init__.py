"""The clinic's pages: patients and their phones, injections, charts; one module for each thing people do there."""

from flask import Blueprint

blueprint = Blueprint("clinic", __name__, url_prefix="/clinic")

# The views register themselves on the blueprint.
from diary.web.clinic import daily_entries, exchange, injections, medicines, monitoring, profile  # noqa: E402, F401
