"""The addresses under /api/v1: JSON in and out, errors as problem documents (contract.md)."""

from flask import Blueprint

blueprint = Blueprint("sync", __name__, url_prefix="/api/v1")

# The views register themselves on the blueprint.
from diary.web.sync import assessments, diaries  # noqa: E402, F401
