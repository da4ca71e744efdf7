"""Who may send to /api/v1: a page of ours with its CSRF token, or whoever holds a phone's token and says it aloud."""

from urllib.parse import urlsplit

from flask import abort, current_app, g, request

from diary.web.devices import bears_token, this_phone
from diary.web.headers import SAFE_METHODS


def check_sender() -> None:
    """For every unsafe request under /api/v1: 403 from another site, 400 without the token.

    A bearer token needs no CSRF token, since no browser sends it unasked; it counts only where it is what let the
    request in.
    """
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    if origin is not None and origin not in _our_origins():
        abort(403)
    phone = this_phone()
    let_in_by_token = bears_token() and phone is not None and g.actor == phone.actor
    if not let_in_by_token and current_app.config["WTF_CSRF_ENABLED"]:
        current_app.extensions["csrf"].protect()


def _our_origins() -> set[str]:
    ours = (request.host_url, current_app.extensions["settings"].base_url)
    return {f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, ours)}
