"""A patient's phone, told by its cookie, or under /api by its token: it adds scores, and opens the diary by its PIN."""

from datetime import timedelta
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, request, url_for

from diary import clock
from diary.domain.access import Actor
from diary.domain.diary import Source
from diary.services.devices import BOUND_FOR, Phone, Pin, see_phone
from diary.web import guard

# In the order in which they are looked for: an iPad says that it is a Mac unless it says iPad.
KINDS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android phone"}


def init_app(app: Flask) -> None:
    guard.identify_by(app, identify)
    app.extensions["unlock_page"] = unlock_page
    app.after_request(_renew_cookie)


def identify() -> Actor | None:
    """The patient whose phone asks, with the diary open or not; None for any other browser."""
    token = _borne_token() if bears_token() else request.cookies.get(cookie_name())
    g.phone = see_phone(token, now=clock.now()) if token else None
    return g.phone.actor if g.phone else None


def bears_token() -> bool:
    """Whether a script asks with ``Authorization: Bearer …``: then its token alone says which phone it is."""
    given = request.authorization
    return request.path.startswith("/api/") and given is not None and given.type == "bearer"


def _borne_token() -> str:
    return (request.authorization and request.authorization.token) or ""


def this_phone() -> Phone | None:
    """The bound phone that asks."""
    phone: Phone | None = g.get("phone")
    return phone


def entered_by() -> Source:
    """Whose entries come from this phone: the patient's, or those of somebody who helps them."""
    phone = this_phone()
    return Source.HELPER if phone and phone.helper else Source.PATIENT


def unlock_page() -> str:
    """Where somebody goes who may not read yet: to the PIN, to choosing one, or to the code of a new phone."""
    phone = this_phone()
    if phone is None:
        return url_for("join.ask")
    wanted = urlencode({"next": request.path}) if request.method == "GET" else ""
    page = url_for("patient.choose_pin" if phone.pin is Pin.NONE else "patient.open_scores")
    return f"{page}?{wanted}" if wanted else page


def kind_of_phone() -> str:
    """What the clinic's list calls the browser that asks."""
    agent = request.user_agent.string
    return next((kind for sign, kind in KINDS.items() if sign in agent), "Computer")


def cookie_name() -> str:
    """The name that a browser accepts only over HTTPS and from this very host, where that can be had.

    Never that of the session (`diary.web.sessions`): one browser holds both, and the later would replace the other.
    """
    return "__Host-diary_phone" if current_app.extensions["settings"].secure else "diary_phone"


def give_token(answer: Response, token: str) -> None:
    """Put the token into the browser, out of reach of scripts."""
    answer.set_cookie(
        cookie_name(),
        token,
        max_age=timedelta(days=BOUND_FOR.days),
        path="/",
        secure=current_app.extensions["settings"].secure,
        httponly=True,
        samesite="Lax",
    )


def forget_phone(answer: Response) -> None:
    """Leave nothing of the diary in the browser."""
    answer.delete_cookie(
        cookie_name(),
        path="/",
        secure=current_app.extensions["settings"].secure,
        httponly=True,
        samesite="Lax",
    )
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    g.phone = None


def _renew_cookie(answer: Response) -> Response:
    """Keep the cookie as long as the binding; pages only, so that files and pictures stay small."""
    token = request.cookies.get(cookie_name())
    if token and g.get("phone") and answer.mimetype == "text/html":
        give_token(answer, token)
    return answer
