"""Being signed in, for tests: a real session row and its cookie, as the sign-in pages leave them."""

import secrets
import time

from flask import current_app
from flask.json.tag import TaggedJSONSerializer
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from diary import clock
from diary.domain.access import Role
from diary.services.accounts import add_user
from diary.store import browser_sessions
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.users import User, find_user
from diary.store.work import keeping_house
from diary.web.sessions import cookie_name
from tests.factories import NOON, OPERATOR

PASSWORD = "three green kettles"


def a_user(clinic: Clinic, role: Role = Role.DOCTOR, *, name: str = "Chen", email: str | None = None) -> User:
    """A stored member of the clinic's staff with `PASSWORD`."""
    user_id = add_user(
        OPERATOR,
        clinic_id=clinic.id,
        email=email or f"{name.lower().replace(' ', '.')}@example.org",
        name=name,
        role=role,
        password=PASSWORD,
        now=NOON,
    )
    user = find_user(db.session(), user_id)
    assert user is not None
    return user


def sign_in(client: FlaskClient, user: User) -> str:
    """Sign the client in as this member of staff, and answer its CSRF token for `X-CSRF-Token` or a form."""
    return _begin_session(
        client,
        user_id=user.id,
        content={"_user_id": user.fs_uniquifier, "_fresh": True, "fs_cc": "set", "fs_paa": time.time()},
    )


def open_a_page(client: FlaskClient) -> str:
    """A session of somebody who is not staff, and its CSRF token."""
    return _begin_session(client, user_id=None, content={})


def _begin_session(client: FlaskClient, *, user_id: int | None, content: dict[str, object]) -> str:
    token, csrf = secrets.token_urlsafe(32), secrets.token_hex(20)
    with keeping_house() as session:
        browser_sessions.begin(
            session,
            token,
            user_id=user_id,
            content=TaggedJSONSerializer().dumps({**content, "csrf_token": csrf}),
            browser="A browser of the tests",
            now=clock.now(),
        )
    client.set_cookie(cookie_name(current_app.extensions["settings"]), token)
    # Signed as Flask-WTF signs the raw token of the session.
    signer = URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="wtf-csrf-token")
    return str(signer.dumps(csrf))
