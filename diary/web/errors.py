"""One handler for each family of errors: the words tell what to do, and never what is behind the wall."""

from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from diary.domain.errors import Conflict, DiaryError, InvalidValue, NotAllowed, NotFound

STATUS_OF = {
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
    InvalidValue: HTTPStatus.UNPROCESSABLE_ENTITY,
    DiaryError: HTTPStatus.BAD_REQUEST,
}

WORDS = {
    400: ("We could not read that", "Go back and try again."),
    401: ("Sign in first", "You are not signed in."),
    403: ("This page is not open to you", "Ask an admin of your clinic if you need it."),
    404: ("There is no such page", "Check the address, or start again from your home page."),
    405: ("That cannot be done here", "Go back and try again."),
    409: ("Something else was saved in between", "Look at what is there now, then try again."),
    413: ("That is too large", "Choose a smaller file."),
    429: ("Too many tries", "Wait a little, then try again."),
    500: ("Something went wrong on our side", "Nothing was saved. Try again in a few minutes."),
    503: ("We cannot save just now", "Try again in a minute."),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(DiaryError, _tell_diary_error)
    app.register_error_handler(HTTPException, _tell_http_error)


def _tell_diary_error(error: DiaryError) -> ResponseReturnValue:
    status = next(code for family, code in STATUS_OF.items() if isinstance(error, family))
    return tell(status.value, detail=str(error))


def _tell_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    answer, status = tell(error.code)
    answer.headers.update({name: value for name, value in error.get_headers() if name in {"Retry-After", "Allow"}})
    return answer, status


def tell(status: int, *, detail: str | None = None) -> tuple[Response, int]:
    """The page for a status, or its problem document under /api/v1 (RFC 9457)."""
    title, advice = WORDS.get(status, WORDS[400])
    if request.path.startswith("/api/"):
        answer = jsonify(title=title, status=status, detail=detail or advice)
        answer.mimetype = "application/problem+json"
        return answer, status
    page = render_template("errors/error.html", status=status, title=title, advice=detail or advice)
    return make_response(page), status
