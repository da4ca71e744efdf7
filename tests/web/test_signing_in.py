"""Staff sign in with password and authenticator app, and every way around it is closed."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary.domain.access import Role
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.browser_sessions import BrowserSession
from diary.store.users import User, find_user
from tests.factories import a_clinic
from tests.signing_in import PASSWORD, a_user, sign_in
from tests.web.pages import errors_of, give_password, set_up_app, submit, token_in


@pytest.fixture
def noor(app: Flask) -> User:  # noqa: ARG001 — gives the database
    return a_user(a_clinic(), Role.NURSE, name="Noor Haddad", email="noor@example.org")


def test_a_first_sign_in_asks_for_the_app_then_shows_recovery_codes_once(client: FlaskClient, noor: User) -> None:
    first = give_password(client)
    assert first.headers["Location"] == "/account/second-factor"
    assert client.get("/account").headers["Location"] == "/login"  # the password alone opens nothing

    set_up_app(client)

    assert client.get("/account/start").headers["Location"] == "/account/recovery-codes"
    shown = submit(client, "/account/recovery-codes")
    codes = re.findall(r"<code>([0-9a-f-]+)</code>", shown.text)
    assert len(codes) == 8
    assert not re.findall(r"<code>([0-9a-f-]+)</code>", client.get("/account/recovery-codes?show_codes=1").text)
    db.session.rollback()
    stored = find_user(db.session(), noor.id)
    assert stored is not None
    assert not set(codes) & set(stored.mf_recovery_codes or [])
    assert client.get("/account/start").headers["Location"] == "/clinic/patients"


def test_password_and_code_sign_in_and_a_code_works_once(client: FlaskClient, app: Flask, noor: User) -> None:  # noqa: ARG001
    give_password(client)
    totp = set_up_app(client)
    code = str(totp.generate().token)
    other = app.test_client()
    give_password(other)

    again = submit(other, "/login/code", code=code)

    assert again.status_code == 200
    assert "does not match" in again.text


def test_a_recovery_code_signs_in_once(client: FlaskClient, app: Flask, noor: User) -> None:  # noqa: ARG001
    give_password(client)
    set_up_app(client)
    code = re.findall(r"<code>([0-9a-f-]+)</code>", submit(client, "/account/recovery-codes").text)[0]
    first, second = app.test_client(), app.test_client()
    give_password(first)
    give_password(second)

    assert submit(first, "/login/recovery-code", code=code.upper()).headers["Location"] == "/account/start"
    assert first.get("/account").status_code == 200
    assert "does not match" in submit(second, "/login/recovery-code", code=code).text


@pytest.mark.parametrize(
    ("email", "password"),
    [("noor@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("", ""), ("no address", "x")],
)
def test_what_was_wrong_is_not_told(client: FlaskClient, noor: User, email: str, password: str) -> None:  # noqa: ARG001
    refused = submit(client, "/login", email=email, password=password)

    assert refused.status_code == 200
    assert errors_of(refused) == ["The e-mail address or the password is wrong."]


def test_a_post_without_the_forms_token_is_refused(client: FlaskClient, noor: User) -> None:  # noqa: ARG001
    assert client.post("/login", data={"email": "noor@example.org", "password": PASSWORD}).status_code == 400


def test_signing_in_gives_a_new_session_and_signing_out_ends_it(client: FlaskClient, noor: User) -> None:
    give_password(client)
    before = client.get_cookie("diary_session")
    set_up_app(client)
    after = client.get_cookie("diary_session")
    assert before is not None
    assert after is not None
    assert before.value != after.value

    out = client.post("/logout", data={"csrf_token": token_in(client.get("/account"))})

    assert out.headers["Location"] == "/login"
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    client.set_cookie("diary_session", after.value)
    assert client.get("/account").headers["Location"] == "/login"
    assert db.session.scalars(select(BrowserSession.user_id).where(BrowserSession.user_id == noor.id)).all() == []


def test_sign_in_and_out_and_changes_are_in_the_audit(client: FlaskClient, noor: User) -> None:
    give_password(client)
    set_up_app(client)
    client.post("/logout", data={"csrf_token": token_in(client.get("/account"))})

    db.session.rollback()
    lines = db.session.execute(select(AuditEvent.action, AuditEvent.details).where(AuditEvent.actor_id == str(noor.id)))
    by_action = {line.action: line.details for line in lines}
    assert {"sign-in", "sign-out", "sign-in.code"} <= set(by_action)
    assert by_action["user.change"] == {"fields": ["tf_primary_method", "tf_totp_secret"]}


def test_a_new_password_ends_the_other_sessions(client: FlaskClient, app: Flask, noor: User) -> None:
    sign_in(client, noor)
    elsewhere = app.test_client()
    sign_in(elsewhere, noor)
    assert elsewhere.get("/account").status_code == 200

    changed = submit(
        client,
        "/account/password",
        password=PASSWORD,
        new_password="seven quiet ponds",
        new_password_confirm="seven quiet ponds",
    )

    assert changed.headers["Location"] == "/account"
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").headers["Location"] == "/login"


def test_a_new_password_follows_the_rules(client: FlaskClient, noor: User) -> None:
    sign_in(client, noor)

    refused = submit(
        client, "/account/password", password=PASSWORD, new_password="iloveyou", new_password_confirm="iloveyou"
    )

    assert "tried first" in refused.text
