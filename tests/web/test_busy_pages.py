"""The pages themselves while the database is locked: nothing typed is lost, nobody is signed out, no phone unbound."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary import clock
from diary.config import Settings
from diary.domain.access import Role
from diary.domain.local_time import today_in
from diary.store.base import db
from diary.store.diaries import load_diary
from diary.store.help_uses import HelpUseRow
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import OPERATOR, a_clinic, a_patient
from tests.phones import bind_phone
from tests.signing_in import a_user, sign_in
from tests.web.browsing import forms_of


@pytest.fixture
def backend() -> str:
    """SQLite, which has one writer at a time; PostgreSQL is in test_busy."""
    return "sqlite"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A wait short enough for a test."""
    return replace(settings, database_wait=0.1)


@pytest.fixture
def ana(app: Flask) -> PatientRow:
    assert app.testing
    return a_patient(a_clinic())


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """The database while another program keeps everybody else from writing."""
    file = settings.instance / "diary.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_help_is_given_on_a_locked_server_though_nothing_of_it_is_kept(
    client: FlaskClient, ana: PatientRow, settings: Settings
) -> None:
    bind_phone(client, ana)
    with locked(settings):
        answer = client.post("/me/help/1", data={"answer": "yes"})
        page = client.get(answer.location)
    assert page.status_code == 200
    assert "Emergency: call 911 now" in page.text
    assert "We have not told anyone. Please call." in page.text
    assert list(db.session.scalars(select(HelpUseRow))) == []


def test_a_day_that_was_typed_on_a_locked_server_is_saved_by_one_more_tap(
    client: FlaskClient, ana: PatientRow, settings: Settings
) -> None:
    bind_phone(client, ana)
    address = f"/me/day/{today_in(ana.as_patient().zone, now=clock.now())}"
    (form,) = forms_of(client.get(address))
    typed = {**form.sends, "average": "4", "moving": "3", "analgesic": "no", "note": "Slept < badly"}
    with locked(settings):
        busy = client.post(address, data=typed)
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "10")
    (again,) = forms_of(busy)
    assert again.sends.items() >= typed.items()
    assert client.post(again.action, data=again.sends).status_code == 302
    with writing(OPERATOR, now=clock.now()) as work:
        (entry,) = load_diary(work, ana).entries
    assert (entry.scores.average, entry.note) == (4, "Slept < badly")


def test_staff_stay_signed_in_and_keep_what_they_typed_while_the_database_is_locked(
    app: Flask, client: FlaskClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert app.testing
    sign_in(client, a_user(a_clinic(), Role.DOCTOR))
    address = "/clinic/patients/new"
    form = next(form for form in forms_of(client.get(address)) if "born" in form.names)
    later = clock.now() + timedelta(minutes=5)  # so that the session is due to note that it was seen
    monkeypatch.setattr(clock, "now", lambda: later)
    typed = {**form.sends, "name": "Cleo Ortiz", "born": "1971-02-03", "time_zone": "America/Chicago"}
    with locked(settings):
        busy = client.post(address, data=typed)
        read = client.get("/clinic/patients")
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "10")
    assert (read.status_code, read.headers["Retry-After"]) == (503, "10")
    again = next(form for form in forms_of(busy) if "born" in form.names)
    assert again.sends.items() >= typed.items()
    assert client.post(again.action, data=again.sends).status_code == 302
    assert "Cleo Ortiz" in client.get("/clinic/patients").text
