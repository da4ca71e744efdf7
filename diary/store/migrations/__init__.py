"""The database's way from version to version: Alembic, on SQLite and PostgreSQL alike.

Whoever migrates holds the database alone, so two starts at once migrate one after the other. All steps are one
transaction: a migration that fails leaves the database as it was.
"""

import os
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, NullPool, create_engine, event, text

import diary.store
from diary.domain.errors import DiaryError
from diary.store.base import db
from diary.store.trouble import translate

HEAD = "head"
EMPTY = "base"
SECONDS_TO_WAIT = 60
# Any number, so long as everybody who migrates asks PostgreSQL for the same.
_LOCK = 5_270_963


class BrokenReference(DiaryError):
    """A migration on SQLite left a row that names one which is not there."""


def upgrade(url: str, *, to: str = HEAD) -> str | None:
    """Bring the database at ``url`` up to a version, the newest if none is named; answers with the version then."""
    with _alone(url) as connection:
        command.upgrade(_config(connection), to)
        return MigrationContext.configure(connection).get_current_revision()


def downgrade(url: str, *, to: str) -> None:
    """Take the database back to an earlier version, `EMPTY` for none: for tests, and for an operator in need."""
    with _alone(url) as connection:
        command.downgrade(_config(connection), to)


def newest() -> str | None:
    """The version that this program needs."""
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def version_of(connection: Connection) -> str | None:
    """The version that a database has, None for one without tables."""
    return MigrationContext.configure(connection).get_current_revision()


def write_revision(url: str, *, message: str, number: str) -> None:
    """Write the migration from the newest version to the models as they are, for a person to read and mend."""
    with _alone(url) as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=number)


def every_table() -> MetaData:
    """The tables of all models: every module of the store is imported, so that none is forgotten."""
    for module in pkgutil.iter_modules(diary.store.__path__, "diary.store."):
        if not module.ispkg:
            import_module(module.name)
    return db.metadata


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "revision_%%(rev)s")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(url: str) -> Iterator[Connection]:
    """A transaction in which nobody else migrates. An engine of its own: the audit's guard is not for tables."""
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, **_wait(url))
    translate(engine)
    if engine.dialect.name == "sqlite":
        _make_private_file(engine)
        event.listen(engine, "connect", _begin_by_hand)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection
        _check_references(connection)


def _make_private_file(engine: Engine) -> None:
    """The database's file is its owner's alone from the first moment; SQLite gives its log the same rights."""
    file = Path(engine.url.database or "")
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))


def _wait(url: str) -> dict[str, object]:
    return {"connect_args": {"timeout" if url.startswith("sqlite") else "connect_timeout": SECONDS_TO_WAIT}}


def _begin_by_hand(connection: object, _record: object) -> None:
    # Foreign keys stay off: SQLite changes a table by making a new one and dropping the old.
    connection.isolation_level = None  # type: ignore[attr-defined]
    connection.execute("PRAGMA journal_mode=wal")  # type: ignore[attr-defined]


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken:
        raise BrokenReference(f"The migration was taken back: a row of {broken[0]} names one that is not there.")
