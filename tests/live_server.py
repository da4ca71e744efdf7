"""The whole application behind a real port, for tests with a browser: one server for the session, over a SQLite file.

`live.use(actor)` says who is asking from now on, until cookies of the application's own say otherwise; records are made
inside ``with live.app.app_context():`` by the same factories as everywhere.
"""

import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from werkzeug.serving import make_server

from diary import create_app
from diary.config import Settings
from diary.domain.access import Actor
from diary.store.base import db
from diary.web import guard

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


@dataclass(slots=True)
class LiveServer:
    """A server that answers at ``url``; ``app`` is what it serves."""

    app: Flask
    url: str
    actor: Actor | None = None

    def use(self, actor: Actor | None) -> None:
        """Let every request come from this person; None leaves it to the cookies."""
        self.actor = actor


def _read_whole(app: Flask) -> "WSGIApplication":
    """The application with each answer read before it is sent.

    A page that is closed while its phone still fetches what it keeps would else leave a file open behind it.
    """

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        parts = app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            if close := getattr(parts, "close", None):
                close()

    return answer


@contextmanager
def serving(folder: Path) -> Iterator[LiveServer]:
    """The application over the database `diary.sqlite3` in the folder, at a port that was free."""
    app = create_app(
        Settings(
            database_url=f"sqlite:///{folder / 'diary.sqlite3'}",
            instance=folder,
            secret_key="a secret of the tests, long enough to sign with",
            base_url="http://127.0.0.1:8000",
            testing=True,
        )
    )
    server = make_server("127.0.0.1", 0, _read_whole(app), threaded=True)
    live = LiveServer(app=app, url=f"http://127.0.0.1:{server.server_port}")
    guard.identify_by(app, lambda: live.actor)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield live
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[LiveServer]:
    """The server, started once."""
    folder = tmp_path_factory.mktemp("live")
    shutil.copy(empty_database, folder / "diary.sqlite3")
    with serving(folder) as live:
        yield live


@pytest.fixture
def live(live_server: LiveServer) -> Iterator[LiveServer]:
    """The server with nobody asking yet."""
    yield live_server
    live_server.use(None)
