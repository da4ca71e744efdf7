"""What every test may ask for: a database of its own, the application over it, a client."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from diary import create_app
from diary.config import Settings
from diary.store.base import db

pytest_plugins = ["tests.plugins.no_skips", "tests.plugins.browser", "tests.postgres"]


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema and nothing in it, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app(_settings(folder))
    with app.app_context():
        db.create_all()
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return folder / "diary.sqlite3"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with an instance folder of this test's own."""
    return _settings(tmp_path)


def _settings(folder: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder / 'diary.sqlite3'}",
        instance=folder,
        secret_key="a secret of the tests, long enough to sign with",
        base_url="http://127.0.0.1:8000",
        testing=True,
    )


class Browser(FlaskClient):
    """A client whose requests each have a context of their own, as on a server.

    Without it they would share the test's: `flask.g` remembers who was signed in, and the next request is theirs too.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture
def app(settings: Settings, empty_database: Path) -> Iterator[Flask]:
    """The whole application over a fresh database, inside its context."""
    shutil.copy(empty_database, settings.instance / "diary.sqlite3")
    app = create_app(settings)
    app.test_client_class = Browser
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without JavaScript and without cookies yet."""
    return app.test_client()
