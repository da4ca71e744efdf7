"""``GET /healthz``: whether this server can take an entry just now."""

from dataclasses import asdict

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from diary import __version__
from diary.services.health import check_health
from diary.store.trouble import TROUBLE
from diary.web.guard import public

blueprint = Blueprint("health", __name__)
RETRY_AFTER_SECONDS = "10"


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    try:
        health = check_health()
    except TROUBLE:
        return jsonify(status="the database cannot be written"), 503, {"Retry-After": RETRY_AFTER_SECONDS}
    return jsonify(status="ok", version=__version__, **asdict(health))
