"""Who may open which page: closed unless a view says whom it lets in.

A view is marked with ``@allow(Role.DOCTOR, …)`` or ``@public``; one without a mark is refused to everybody, and a test
walks every route. Whether the person may see *this* patient is decided by ``domain.access`` in the service.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, g, redirect, request
from flask.typing import ResponseReturnValue

from diary.domain.access import STAFF, Actor, Role
from diary.domain.errors import NotAllowed, NotFound

View = TypeVar("View", bound=Callable[..., Any])
Identify = Callable[[], Actor | None]

_LETS_IN = "lets_in"
EVERYBODY: frozenset[Role] = frozenset(Role)


def allow(*roles: Role) -> Callable[[View], View]:
    """Mark a view as open to these roles."""

    def mark(view: View) -> View:
        setattr(view, _LETS_IN, frozenset(roles))
        return view

    return mark


def public(view: View) -> View:
    """Mark a view as open to everybody, signed in or not."""
    setattr(view, _LETS_IN, EVERYBODY)
    return view


def lets_in(view: Callable[..., Any]) -> frozenset[Role] | None:
    """Whom a view is open to: `EVERYBODY` for a public one, None where it bears no mark."""
    return cast("frozenset[Role] | None", getattr(view, _LETS_IN, None))


def identify_by(app: Flask, identify: Identify) -> None:
    """Add a way to tell who is asking: a staff session, a patient's phone."""
    app.extensions.setdefault("identify", []).append(identify)


def current_actor() -> Actor:
    """Whoever is asking, in a role that this view lets in."""
    return cast("Actor", g.actor)


def init_app(app: Flask) -> None:
    app.extensions.setdefault("identify", [])
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    roles = lets_in(current_app.view_functions[request.endpoint])
    if roles is None:
        abort(403)
    actors = [actor for identify in current_app.extensions["identify"] if (actor := identify())]
    g.actor = next((actor for actor in actors if actor.role in roles), None)
    if g.actor is not None or roles is EVERYBODY:
        return None
    return _refuse(roles, signed_in=bool(actors))


def _refuse(roles: frozenset[Role], *, signed_in: bool) -> ResponseReturnValue:
    """A locked diary asks for its PIN, a stranger is sent to the sign-in, another role learns nothing."""
    if request.path.startswith("/api/"):
        abort(404 if signed_in else 401)
    if roles == {Role.GUEST}:
        return redirect("/share")
    if roles <= {Role.PATIENT, Role.DEVICE}:
        return redirect(current_app.extensions["unlock_page"]() if "unlock_page" in current_app.extensions else "/join")
    if not signed_in:
        return redirect("/login")
    if roles <= STAFF:
        raise NotAllowed("Your role does not open this page.")
    raise NotFound("There is no such page.")
