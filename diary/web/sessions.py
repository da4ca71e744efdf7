"""Flask's session over `diary.store.browser_sessions`: the cookie names a row, and the row can be ended.

Reading costs one query and no write: that a session was seen is noted once a minute at most.
"""

import logging
import secrets
from datetime import datetime
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from flask import Flask, Request, Response, request, session
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from diary import clock
from diary.config import Settings
from diary.store import browser_sessions
from diary.store.browser_sessions import SEEN_EVERY, LiveSession
from diary.store.trouble import TROUBLE
from diary.store.work import keeping_house, looking_up

log = logging.getLogger(__name__)

TOKEN_BYTES = 32
LONGEST_BROWSER = 300
_serializer = TaggedJSONSerializer()


class StoredSession(CallbackDict[str, Any], SessionMixin):
    """The session of a request. `renew` gives it a new token (at sign-in), `end` kills its row (at sign-out)."""

    def __init__(self, stored: LiveSession | None = None) -> None:
        def note(_: object) -> None:
            self.modified = True

        super().__init__(_serializer.loads(stored.content) if stored else None, note)
        self.row_id: UUID | None = stored.id if stored else None
        self.user_id: int | None = stored.user_id if stored else None
        self.seen_at: datetime | None = stored.seen_at if stored else None
        self.modified = False
        self.trouble: Exception | None = None  # what kept the session from being read
        self.left: list[UUID] = []  # rows that this request leaves behind

    def renew(self, *, user_id: int | None) -> None:
        """Go on as this user's session, or as that of somebody who is not staff, under a token that nobody has seen."""
        self._leave_row()
        self.user_id = user_id

    def end(self) -> None:
        """Forget everything, here and in the database."""
        self._leave_row()
        self.user_id = None
        self.clear()

    def _leave_row(self) -> None:
        if self.row_id is not None:
            self.left.append(self.row_id)
        self.row_id = None
        self.modified = True


class StoredSessions(SessionInterface):
    """Opens and keeps the sessions of requests."""

    def __init__(self, settings: Settings) -> None:
        self.cookie = cookie_name(settings)
        self.secure = settings.secure

    def open_session(self, app: Flask, request: Request) -> StoredSession:
        """The session that the cookie names, or an empty one. Files need none."""
        token = request.cookies.get(self.cookie)
        if not token or _is_file(app, request):
            return StoredSession()
        try:
            with looking_up() as session:
                return StoredSession(browser_sessions.find_live(session, token, now=clock.now()))
        except TROUBLE as trouble:
            unknown = StoredSession()
            unknown.trouble = trouble
            return unknown

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what changed, if anything did."""
        if not isinstance(session, StoredSession):
            raise TypeError("a session of another kind")
        if _is_file(app, request):
            return
        response.vary.add("Cookie")
        try:
            self._save(session, response, clock.now())
        except TROUBLE as trouble:
            log.warning("The session could not be kept: %s", trouble)
            if session.modified:
                response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
                response.headers["Retry-After"] = "10"

    def _save(self, session: StoredSession, response: Response, now: datetime) -> None:
        if session.modified:
            self._write(session, response, now)
        elif session.row_id and session.seen_at and now - session.seen_at >= SEEN_EVERY:
            with keeping_house() as store:
                browser_sessions.touch(store, session.row_id, now=now)

    def _write(self, session: StoredSession, response: Response, now: datetime) -> None:
        content = _serializer.dumps(dict(session))
        with keeping_house() as store:
            for left in session.left:
                browser_sessions.end(store, left)
            if session.row_id:
                browser_sessions.keep(store, session.row_id, content=content, now=now)
                return
            if not session:
                response.delete_cookie(self.cookie, secure=self.secure, httponly=True, samesite="Lax")
                return
            token = secrets.token_urlsafe(TOKEN_BYTES)
            browser_sessions.begin(store, token, user_id=session.user_id, content=content, browser=_browser(), now=now)
        response.set_cookie(self.cookie, token, secure=self.secure, httponly=True, samesite="Lax", path="/")


def cookie_name(settings: Settings) -> str:
    """``__Host-`` binds the cookie to this very host, and browsers take it over HTTPS alone."""
    return "__Host-diary_session" if settings.secure else "diary_session"


def stored_session() -> StoredSession:
    """The session of this request."""
    return cast("StoredSession", session._get_current_object())  # type: ignore[attr-defined]  # a proxy's own


def _is_file(app: Flask, asked: Request) -> bool:
    # The session is opened before the address is matched to a view.
    return asked.path.startswith(f"{app.static_url_path}/")


def _browser() -> str:
    return request.user_agent.string[:LONGEST_BROWSER].replace("\0", "")


def init_app(app: Flask) -> None:
    app.session_interface = StoredSessions(app.extensions["settings"])
    app.before_request(_tell_trouble)


def _tell_trouble() -> None:
    """Flask opens the session where no handler of errors is yet, so trouble with it is told from here."""
    if trouble := stored_session().trouble:
        raise trouble
