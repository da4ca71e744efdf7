"""Accounts of staff: setting up, invitations, one's own account; one module for each thing people do there."""

from flask import Blueprint

blueprint = Blueprint("account", __name__)

from diary.web.account import first_steps, views  # noqa: E402, F401 — the views hang themselves on the blueprint
