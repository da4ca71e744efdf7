"""What every test may ask for: a database of its own, the application over it, a client.

Whatever asks for `app` or `settings` runs on SQLite and on PostgreSQL. A folder or module whose tests are about one of
them alone, or about a browser, defines a fixture `backend` of its own that returns its name.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine, text
from werkzeug.test import TestResponse

from diary import create_app
from diary.config import Settings
from diary.store.base import db
from tests.postgres import PostgresServer

pytest_plugins = ["tests.plugins.no_skips", "tests.plugins.browser", "tests.postgres", "tests.live_server"]

# Every run draws other examples, so few are enough each time; `--hypothesis-profile=thorough` looks harder.
for _name, _examples in (("quick", 10), ("thorough", 300)):
    hypothesis_settings.register_profile(
        _name, max_examples=_examples, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
hypothesis_settings.load_profile("quick")


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """The database that the test runs on."""
    return str(request.param)


@pytest.fixture
def settings(tmp_path: Path, backend: str, request: pytest.FixtureRequest) -> Settings:
    """Settings with an instance folder and an empty database of this test's own."""
    if backend == "sqlite":
        empty: Path = request.getfixturevalue("empty_database")
        shutil.copy(empty, tmp_path / "diary.sqlite3")
        return _settings(tmp_path)
    return _settings(tmp_path, url=request.getfixturevalue("emptied_postgres"))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema and nothing in it, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    with create_app(_settings(folder)).app_context():
        db.create_all()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    return folder / "diary.sqlite3"


@pytest.fixture(scope="session")
def postgres_with_tables(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a PostgreSQL database with the schema, made once in each test process."""
    url = postgres_server.create_database()
    with create_app(_settings(tmp_path_factory.mktemp("postgres"), url=url)).app_context():
        db.create_all()
        db.engine.dispose()
    return url


@pytest.fixture
def emptied_postgres(postgres_with_tables: str) -> Iterator[str]:
    """The same database, emptied after the test: deleting a few rows takes a tenth of copying a database."""
    yield postgres_with_tables
    engine = create_engine(postgres_with_tables, connect_args={"options": "-c lock_timeout=10000"})
    with engine.begin() as connection:
        for table in reversed(db.metadata.sorted_tables):
            connection.execute(table.delete())
        for sequence in connection.scalars(text("SELECT quote_ident(sequencename) FROM pg_sequences")).all():
            connection.execute(text(f"ALTER SEQUENCE {sequence} RESTART"))
    engine.dispose()


def _settings(folder: Path, *, url: str | None = None) -> Settings:
    return Settings(
        database_url=url or f"sqlite:///{folder / 'diary.sqlite3'}",
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
def app(settings: Settings) -> Iterator[Flask]:
    """The whole application over a fresh database, inside its context."""
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
