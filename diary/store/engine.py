"""What every connection is set to, so that what was acknowledged is never lost.

SQLite: WAL with synchronous=FULL (measured: anything less loses acknowledged entries at a power cut), foreign keys on,
deleted text overwritten. Transactions are begun by us: deferred for reading, IMMEDIATE for writing, since a deferred
transaction that turns to writing is refused when another writes.
"""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "secure_delete": 1,
}
IMMEDIATE = "begin_immediate"


def engine_options(url: str, *, wait: float) -> dict[str, Any]:
    """Options of ``create_engine`` for this database; ``wait`` is how many seconds a lock is waited for.

    Errors leave out the values of a statement: they are scores and notes, and errors end in logs.
    """
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"timeout": wait}}
    limits = f"-c statement_timeout=15000 -c lock_timeout={round(wait * 1000)} -c timezone=utc"
    return {
        "hide_parameters": True,
        "pool_pre_ping": True,
        "connect_args": {"connect_timeout": 5, "options": limits},
    }


def prepare(engine: Engine) -> None:
    """Set up the engine's connections; a no-op on PostgreSQL, whose settings travel with the connection."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(IMMEDIATE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
