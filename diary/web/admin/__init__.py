"""The admin's pages: the clinic, its people, the audit; one module for each thing people do there."""

from flask import Blueprint

blueprint = Blueprint("admin", __name__, url_prefix="/admin")

from diary.web.admin import audit, clinic, limits, people, rules  # noqa: E402, F401 — the views hang themselves on the blueprint
