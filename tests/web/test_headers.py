"""Every answer carries the headers, and requests made by other sites or for other hosts are refused."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from diary import __version__, create_app
from diary.config import Settings
from diary.domain.access import Role
from diary.store.base import db
from tests.factories import a_clinic
from tests.signing_in import a_user, sign_in


@pytest.fixture
def secure(app: Flask, settings: Settings) -> Iterator[FlaskClient]:  # noqa: ARG001 — makes the database
    """The same database served over HTTPS behind one proxy."""
    other = create_app(replace(settings, base_url="https://diary.example.org", trusted_proxies=1))
    yield other.test_client()
    with other.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("address", ["/login", "/healthz", "/nowhere", "/admin", "/account/set-up/x"])
def test_every_answer_has_the_headers(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers

    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_over_https_the_cookie_is_bound_to_the_host(secure: FlaskClient) -> None:
    answer = secure.get("/login", base_url="https://diary.example.org")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-diary_session=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Domain" not in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_over_https_a_form_is_taken_from_a_browser_that_keeps_back_its_referer(secure: FlaskClient) -> None:
    address = "https://diary.example.org"
    token = secure.get("/api/v1/csrf", base_url=address).get_json()["csrf_token"]
    typed = {"csrf_token": token, "email": "nobody@example.org", "password": "wrong"}

    answer = secure.post("/login", base_url=address, data=typed, headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 200
    assert "The e-mail address or the password is wrong." in answer.text


def test_another_host_is_refused(client: FlaskClient) -> None:
    refused = client.get("/login", headers={"Host": "evil.example"})

    assert refused.status_code == 400
    assert "DIARY_BASE_URL" in refused.text


@pytest.mark.parametrize(("sent_by", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 400)])
def test_what_another_site_sends_is_refused(client: FlaskClient, sent_by: str, status: int) -> None:
    assert client.post("/login", headers={"Sec-Fetch-Site": sent_by}).status_code == status


def test_a_large_body_is_refused(client: FlaskClient) -> None:
    assert client.post("/login", data={"email": "x" * 70_000}).status_code == 413


def test_a_deeply_nested_body_breaks_no_page(client: FlaskClient) -> None:
    answer = client.post("/login", data=b"[" * 60_000, content_type="application/json")

    assert answer.status_code == 400


def test_health_names_the_database(client: FlaskClient, backend: str) -> None:
    answer = client.get("/healthz")

    assert answer.get_json() == {"status": "ok", "version": __version__, "database": backend, "schema": None}


@pytest.mark.parametrize("backend", ["sqlite"])
def test_health_is_503_while_the_database_cannot_be_written(settings: Settings, app: Flask) -> None:  # noqa: ARG001
    impatient = create_app(replace(settings, database_wait=0.05))
    with closing(sqlite3.connect(settings.instance / "diary.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = impatient.test_client().get("/healthz")
        other.execute("ROLLBACK")
    with impatient.app_context():
        db.engine.dispose()

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_page_without_anything_new_writes_nothing(client: FlaskClient, app: Flask) -> None:  # noqa: ARG001
    noor = a_user(a_clinic(), Role.NURSE, name="Noor")
    sign_in(client, noor)
    client.get("/account")
    with db.engine.connect() as connection:
        before = connection.exec_driver_sql("PRAGMA data_version").scalar()
        client.get("/account")
        assert connection.exec_driver_sql("PRAGMA data_version").scalar() == before
