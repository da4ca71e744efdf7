"""The admin's pages: the clinic, its people, the audit; one module for each thing people do there."""

from flask import Blueprint

blueprint = Blueprint("admin", __name__, url_prefix="/admin")

from diary.web.admin import (  # noqa: E402 — the views hang themselves on the blueprint
    audit,  # noqa: F401
    clinic,  # noqa: F401
    erasures,  # noqa: F401
    languages,  # noqa: F401
    limits,  # noqa: F401
    people,  # noqa: F401
    reminders,  # noqa: F401
    rules,  # noqa: F401
)
