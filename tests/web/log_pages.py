"""What tests of the patient's pages share: Ana's phone in a test client, and how a page is filled in and sent."""

import re
from collections.abc import Mapping
from datetime import datetime
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from diary import clock
from diary.domain.access import Actor, Role
from diary.store.patients import PatientRow
from diary.web import guard

_FIELD = re.compile(r"<(?:input|textarea)\b[^>]*>")
_ATTRIBUTE = re.compile(r'(\w[\w-]*)="([^"]*)"')


def phone_of(patient: PatientRow, *, role: Role = Role.DEVICE) -> Actor:
    """The patient's bound phone; with `Role.PATIENT` its PIN was given."""
    return Actor(role=role, id="device-1", clinic_id=patient.clinic_id, patient_id=patient.id)


def use_phone(app: Flask, actor: Actor) -> None:
    """From now on every request comes from this phone."""
    app.extensions["identify"] = []
    guard.identify_by(app, lambda: actor)


def stop_clock(monkeypatch: pytest.MonkeyPatch, now: str) -> None:
    """Let it be this instant until the test is over."""
    instant = datetime.fromisoformat(now)
    monkeypatch.setattr(clock, "now", lambda: instant)


def words_of(page: TestResponse) -> str:
    """What the page says, in one line, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def hidden_of(page: TestResponse) -> dict[str, str]:
    """The hidden fields that the page would send."""
    found = {}
    for tag in _FIELD.findall(page.text):
        attributes = dict(_ATTRIBUTE.findall(tag))
        if attributes.get("type") == "hidden":
            found[attributes["name"]] = attributes.get("value", "")
    return found


def names_of(page: TestResponse) -> set[str]:
    """The names of all fields of the page."""
    return {name for tag in _FIELD.findall(page.text) for key, name in _ATTRIBUTE.findall(tag) if key == "name"}


def fill_in(client: FlaskClient, address: str, answers: Mapping[str, object]) -> TestResponse:
    """Open a page, answer, and send it, as a browser without JavaScript does."""
    page = client.get(address)
    assert page.status_code == 200, words_of(page)
    return client.post(address, data={**hidden_of(page), **answers})
