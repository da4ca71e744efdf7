"""The addresses under /api/v1: JSON in and out, errors as problem documents (contract.md)."""

from flask import Blueprint, Flask, Response

from diary.services.pace import Pace
from diary.web.sync.senders import check_sender

BATCHES_A_MINUTE = 60  # of one phone: a queue of months is two or three

blueprint = Blueprint("sync", __name__, url_prefix="/api/v1")
blueprint.before_request(check_sender)

# The views register themselves on the blueprint.
from diary.web.sync import assessments, description, diaries, entries  # noqa: E402, F401


def init_app(app: Flask) -> None:
    """Register the addresses; `check_sender` stands in place of the CSRF check of forms."""
    app.extensions["pace"] = Pace(BATCHES_A_MINUTE)
    app.extensions["csrf"].exempt(blueprint)
    app.register_blueprint(blueprint)
    app.register_blueprint(description.blueprint)


@blueprint.after_request
def _name_the_way_in(answer: Response) -> Response:
    if answer.status_code == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer
