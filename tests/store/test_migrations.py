"""Migrations: up and down with a diary in the database, on both databases, and in step with the models."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from diary.services.demo import add_demo
from diary.store.base import db
from diary.store.database import opened
from diary.store.migrations import EMPTY, downgrade, every_table, newest, upgrade, version_of
from diary.store.records import EntryRow
from tests.factories import NOON, OPERATOR


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'diary.sqlite3'}"
    return str(request.getfixturevalue("postgres_url"))


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names


def test_the_newest_version_is_what_the_models_say(url: str) -> None:
    upgrade(url)
    engine = create_engine(url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), every_table())
        assert version_of(connection) == newest()
    engine.dispose()
    assert differences == []


def test_migrating_twice_changes_nothing(url: str) -> None:
    assert upgrade(url) == upgrade(url) == newest()


def test_a_migrated_database_holds_a_clinic_of_diaries_and_gives_it_up_again(url: str) -> None:
    upgrade(url)
    with opened(url=url, wait=5):
        add_demo(OPERATOR, now=NOON, patients=20)
        assert db.session.query(EntryRow).count() > 500
    downgrade(url, to=EMPTY)
    assert tables(url) == {"alembic_version"}
    upgrade(url)
    assert "entries" in tables(url)


def test_a_migration_that_fails_leaves_the_database_as_it_was(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE users (id INTEGER)")
    engine.dispose()
    with pytest.raises(Exception, match="users"):
        upgrade(url)
    assert tables(url) == {"users"}
