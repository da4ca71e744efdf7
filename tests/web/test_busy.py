"""When the database is locked or the disk is full, the answer is 503 and the page keeps what was typed."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape

import pytest
from flask import Flask, Response, request
from sqlalchemy import create_engine, select
from werkzeug.test import TestResponse

from diary import create_app
from diary.clock import now
from diary.config import Settings
from diary.domain.errors import DatabaseBusy
from diary.domain.form import write
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.work import writing
from diary.web.guard import public
from tests.factories import OPERATOR, a_clinic, a_day, a_patient
from tests.phones import bind_phone


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A wait short enough for a test."""
    return replace(settings, database_wait=0.1)


@pytest.fixture
def app(app: Flask) -> Flask:
    """The application with a form that writes a note of the clinic, and a page that reads it."""
    clinic_id = a_clinic().id

    @public
    def note() -> Response | str:
        if request.method == "GET":
            return db.session.scalars(select(Clinic.opening_hours)).one() or ""
        with writing(OPERATOR, now=now()) as work:
            clinic = work.session.get_one(Clinic, clinic_id)
            clinic.opening_hours = request.form["note"]
            work.audit("clinic.change", clinic_id=clinic_id)
        return Response("Saved.")

    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/note", view_func=note, methods=["GET", "POST"])
    app.add_url_rule("/api/note", "api_note", view_func=note, methods=["GET", "POST"])
    return app


@contextmanager
def locked(settings: Settings, *, table: str = "clinics IN SHARE MODE") -> Iterator[None]:
    """The database while another program keeps everybody else from writing."""
    engine = create_engine(settings.database_url)
    holds = "BEGIN EXCLUSIVE" if engine.dialect.name == "sqlite" else f"LOCK TABLE {table}"
    with engine.connect() as other:
        other.exec_driver_sql(holds)
        yield
        other.rollback()
    engine.dispose()


def fill_the_disk() -> None:
    """Leave the database no page to grow by."""
    with db.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")


def resend(app: Flask, page: TestResponse) -> TestResponse:
    """Press the page's button as a browser would."""
    text = page.get_data(as_text=True)
    action = re.search(r'<form method="post" action="([^"]*)"', text)
    assert action is not None
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', text)
    typed = {unescape(name): unescape(value) for name, value in fields}
    return app.test_client().post(unescape(action[1]), data=typed)


def test_a_locked_database_answers_503_and_says_when_to_try_again(app: Flask, settings: Settings) -> None:
    with locked(settings):
        answer = app.test_client().post("/note", data={"note": "x"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "We cannot save just now" in answer.text


def test_what_was_typed_is_sent_again_by_one_button(app: Flask, settings: Settings) -> None:
    typed = "Pain <5 & \"better\"\nthan 'before'"
    with locked(settings):
        answer = app.test_client().post("/note?day=2026-03-03&x=1", data={"note": typed})
    assert resend(app, answer).text == "Saved."
    assert app.test_client().get("/note").text == typed


def test_nothing_that_was_typed_becomes_part_of_the_page(app: Flask, settings: Settings) -> None:
    with locked(settings):
        answer = app.test_client().post("/note", data={'n"><script>': '"><script>alert(1)</script>', "note": "x"})
    assert "<script>" not in answer.text


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_full_disk_answers_503_and_keeps_what_was_typed(app: Flask) -> None:
    fill_the_disk()
    answer = app.test_client().post("/note", data={"note": "long " * 4000})
    assert answer.status_code == 503
    assert "long " * 4000 in answer.text
    assert app.test_client().get("/note").text == "Monday to Friday 9am to 5pm"


def test_a_password_is_never_written_into_the_page(app: Flask, settings: Settings) -> None:
    with locked(settings):
        answer = app.test_client().post("/note", data={"note": "x", "new_password": "tree house lamp"})
    assert answer.status_code == 503
    assert "tree house lamp" not in answer.text
    assert "go back" in answer.text


def test_the_api_answers_503_as_a_problem(app: Flask, settings: Settings) -> None:
    with locked(settings):
        answer = app.test_client().post("/api/note", data={"note": "x"})
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.headers["Retry-After"] == "10"


def test_a_page_that_only_reads_is_not_held_up_by_a_writer(app: Flask, settings: Settings) -> None:
    with locked(settings):
        answer = app.test_client().get("/note")
    assert answer.status_code == 200


def test_the_log_names_the_trouble_and_not_what_was_typed(
    app: Flask, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), locked(settings):
        app.test_client().post("/note", data={"note": "a canary"})
    assert "it is locked" in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_server_that_is_gone_answers_503_and_says_when_to_try_again(settings: Settings) -> None:
    gone = create_app(replace(settings, database_url="postgresql+psycopg://nobody@127.0.0.1:1/diary"))

    @public
    def names() -> list[str]:
        return list(db.session.scalars(select(Clinic.name)))

    gone.add_url_rule("/names", view_func=names)
    answer = gone.test_client().get("/names?page=2")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert 'href="/names?page=2"' in answer.text


def test_a_fault_of_the_program_is_not_told_as_trouble_that_passes(app: Flask) -> None:
    with app.app_context(), pytest.raises(Exception, match="not_there") as caught:
        db.session.connection().exec_driver_sql("SELECT 1 FROM not_there")
    assert not isinstance(caught.value, DatabaseBusy)


def test_a_phone_is_told_when_to_send_again_and_then_nothing_is_lost(app: Flask, settings: Settings) -> None:
    phone = app.test_client()
    bind_phone(phone, a_patient(a_clinic()))
    entry = write(a_day("2026-03-03"))
    batch = {"sent_at": now().isoformat(), "entries": [entry]}
    db.session.rollback()

    with locked(settings, table="patients IN EXCLUSIVE MODE"):
        refused = phone.post("/api/v1/entries", json=batch)
    taken = phone.post("/api/v1/entries", json=batch)

    assert (refused.status_code, refused.content_type) == (503, "application/problem+json")
    assert int(refused.headers["Retry-After"]) > 0
    assert [one["result"] for one in taken.get_json()["results"]] == ["accepted"]
