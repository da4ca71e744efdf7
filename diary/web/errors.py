"""One handler for each family of errors: the words tell what to do, and never what is behind the wall."""

import logging
import math
import re
from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, SecurityError

from diary.domain.errors import (
    Conflict,
    DiaryError,
    InvalidValue,
    NotAllowed,
    NotFound,
    NotJustNow,
    TooManyTries,
    UnreadableRules,
)
from diary.store.trouble import TROUBLE
from diary.words.language import lazy_gettext, spoken, told

log = logging.getLogger(__name__)

STATUS_OF = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    NotJustNow: HTTPStatus.SERVICE_UNAVAILABLE,
    InvalidValue: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooManyTries: HTTPStatus.TOO_MANY_REQUESTS,
    UnreadableRules: HTTPStatus.CONFLICT,
    DiaryError: HTTPStatus.BAD_REQUEST,
}

WORDS = {
    400: (lazy_gettext("We could not read that"), lazy_gettext("Go back and try again.")),
    401: (lazy_gettext("Sign in first"), lazy_gettext("You are not signed in.")),
    403: (lazy_gettext("This page is not open to you"), lazy_gettext("Ask an admin of your clinic if you need it.")),
    404: (
        lazy_gettext("There is no such page"),
        lazy_gettext("Check the address, or start again from your home page."),
    ),
    405: (lazy_gettext("That cannot be done here"), lazy_gettext("Go back and try again.")),
    409: (
        lazy_gettext("Something else was saved in between"),
        lazy_gettext("Look at what is there now, then try again."),
    ),
    413: (lazy_gettext("That is too large"), lazy_gettext("Choose a smaller file.")),
    415: (lazy_gettext("That is not in a form that we read"), lazy_gettext("Send JSON, as application/json.")),
    429: (lazy_gettext("Too many tries"), lazy_gettext("Wait a little, then try again.")),
    500: (
        lazy_gettext("Something went wrong on our side"),
        lazy_gettext("Nothing was saved. Try again in a few minutes."),
    ),
    503: (lazy_gettext("We cannot save just now"), lazy_gettext("Try again in a minute.")),
}
# No fault of the server's, and the usual words of a conflict are about something else.
UNREADABLE_RULES = lazy_gettext("The rules cannot be read")

RETRY_AFTER_SECONDS = 10
# What is never written into a page, not even to send it once more.
_SECRET = frozenset({"password", "pin", "code", "token"})
_CSRF = "csrf_token"


def init_app(app: Flask) -> None:
    for trouble in TROUBLE:
        app.register_error_handler(trouble, _tell_database_trouble)
    app.register_error_handler(DiaryError, _tell_diary_error)
    app.register_error_handler(HTTPException, _tell_http_error)
    app.register_error_handler(SecurityError, _tell_wrong_host)


def _tell_diary_error(error: DiaryError) -> ResponseReturnValue:
    status = next(code for family, code in STATUS_OF.items() if isinstance(error, family))
    title = UNREADABLE_RULES if isinstance(error, UnreadableRules) else None
    answer, code = tell(status.value, title=title, detail=told(error))
    if isinstance(error, TooManyTries):
        answer.headers["Retry-After"] = str(math.ceil(error.wait.total_seconds()))
    if isinstance(error, NotJustNow):
        answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer, code


def _tell_wrong_host(_error: SecurityError) -> ResponseReturnValue:
    # Without a host of ours there is no address to build the links of a page with.
    return Response("This server answers to the address in DIARY_BASE_URL only.", 400, mimetype="text/plain")


def _tell_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    answer, status = tell(error.code)
    answer.headers.update({name: value for name, value in error.get_headers() if name in {"Retry-After", "Allow"}})
    return answer, status


def tell(status: int, *, title: str | None = None, detail: str | None = None) -> tuple[Response, int]:
    """The page for a status, or its problem document under /api/v1 (RFC 9457)."""
    usual, advice = WORDS.get(status, WORDS[400])
    title = title or usual
    if request.path.startswith("/api/"):
        answer = jsonify(title=str(title), status=status, detail=str(detail or advice))
        answer.mimetype = "application/problem+json"
        return answer, status
    page = render_template("errors/error.html", status=status, title=title, advice=detail or advice)
    return make_response(page), status


def _tell_database_trouble(error: Exception) -> ResponseReturnValue:
    """503 with Retry-After, and a page that keeps what was typed and sends it once more."""
    log.warning("Database trouble at %s: %s", request.endpoint, error)
    if request.path.startswith("/api/"):
        answer, status = tell(HTTPStatus.SERVICE_UNAVAILABLE.value)
    else:
        # Rendered without the context of pages, which asks the database for the clinic.
        page = current_app.jinja_env.get_template("errors/busy.html").render(
            address=request.full_path.rstrip("?"),
            sending=request.method == "POST",
            typed=_typed_values(),
            spoken=spoken(),
        )
        answer, status = make_response(page), HTTPStatus.SERVICE_UNAVAILABLE.value
    answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer, status


def _typed_values() -> list[tuple[str, str]] | None:
    """The fields of the form that was sent, to be sent again; None where it holds a secret or a file."""
    if request.files or any(_is_secret(name) for name in request.form):
        return None
    return list(request.form.items(multi=True))


def _is_secret(name: str) -> bool:
    return name != _CSRF and not _SECRET.isdisjoint(re.split("[^a-z]+", name.lower()))
