"""The server is killed while a phone sends its queue: what was acknowledged is there, and each entry arrives once."""

import json
import threading
from contextlib import closing
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from diary import clock, create_app
from diary.config import Settings
from diary.domain.diary import Entry
from diary.domain.form import write
from diary.store.base import db
from diary.store.diaries import load_diary
from diary.store.patients import find_patient
from diary.store.work import writing
from diary.web.devices import cookie_name
from tests.factories import OPERATOR, a_clinic, a_moment, a_patient
from tests.phones import bind_phone
from tests.real_server import SECONDS_TO_START, free_port, kill, migrated, serving

BATCH = 20


@pytest.fixture
def backend() -> str:
    """A file that survives its server; PostgreSQL is a server of its own."""
    return "sqlite"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A database as migrations make it, which the server will not touch at its start."""
    return migrated(tmp_path)


@pytest.fixture
def port() -> int:
    return free_port()


def send(port: int, token: str, entries: list[Entry]) -> list[str]:
    """What became of each."""
    batch = {"sent_at": clock.now().isoformat(), "entries": [write(entry) for entry in entries]}
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("POST", "/api/v1/entries", body=json.dumps(batch), headers=headers)
        return [one["result"] for one in json.load(connection.getresponse())["results"]]


def a_bound_phone(app: Flask) -> tuple[UUID, str]:
    """Ana's id, and the token of her phone."""
    ana, client = a_patient(a_clinic()), app.test_client()
    ana_id = ana.id
    bind_phone(client, ana)
    cookie = client.get_cookie(cookie_name())
    assert cookie is not None
    return ana_id, cookie.value


def test_a_server_killed_while_a_queue_is_sent_loses_nothing_and_doubles_nothing(settings: Settings, port: int) -> None:
    app = create_app(settings)
    with app.app_context():
        ana_id, token = a_bound_phone(app)
        db.session.remove()
    start = clock.now() - timedelta(days=2)
    queue = [a_moment((start + timedelta(minutes=2 * number)).isoformat()) for number in range(30 * BATCH)]
    batches = [queue[first : first + BATCH] for first in range(0, len(queue), BATCH)]
    acknowledged: list[Entry] = []
    enough = threading.Event()

    def send_until_it_dies() -> None:
        for batch in batches:
            try:
                assert send(port, token, batch) == ["accepted"] * BATCH
            except (OSError, HTTPException, ValueError):
                return
            acknowledged.extend(batch)
            if len(acknowledged) >= 3 * BATCH:
                enough.set()

    with serving(settings, port) as server:
        phone = threading.Thread(target=send_until_it_dies)
        phone.start()
        assert enough.wait(SECONDS_TO_START)
        kill(server)
        phone.join()
    assert len(acknowledged) < len(queue)
    with serving(settings, port):
        again = [result for batch in batches for result in send(port, token, batch)]

    assert again[: len(acknowledged)] == ["duplicate"] * len(acknowledged)
    assert set(again) == {"accepted", "duplicate"}
    with app.app_context(), writing(OPERATOR, now=clock.now()) as work:
        patient = find_patient(work.session, ana_id)
        assert patient is not None
        assert [entry.id for entry in load_diary(work, patient).entries] == [entry.id for entry in queue]
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
