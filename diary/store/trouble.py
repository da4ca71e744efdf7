"""Trouble with the database that passes by itself or with an operator's help, told apart from faults of ours.

A locked file, a full disk, a server that is gone: whoever writes then learns that nothing was saved and may try again.
A missing table or a broken constraint is none of that and stays an error of the program.
"""

import sqlite3

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import TimeoutError as PoolTimeout

from diary.domain.errors import DatabaseBusy

# What `DatabaseBusy` covers, and the one error that comes before any connection is there.
TROUBLE = (DatabaseBusy, PoolTimeout)

_SQLITE_PASSING = {
    sqlite3.SQLITE_BUSY: "it is locked",
    sqlite3.SQLITE_LOCKED: "it is locked",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
    sqlite3.SQLITE_READONLY: "it cannot be written",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
}
_POSTGRESQL_KNOWN = {"55P03": "it is locked", "53100": "the disk is full", "53300": "too many are connected"}
_PRIMARY_CODE = 0xFF  # the rest of SQLite's code says which kind of it


def translate(engine: Engine) -> None:
    """Make the engine raise `DatabaseBusy` for trouble that passes."""
    event.listen(engine, "handle_error", _as_busy)


def _as_busy(context: ExceptionContext) -> DatabaseBusy | None:
    reason = _reason(context.original_exception)
    return DatabaseBusy(reason) if reason else None


def _reason(error: BaseException) -> str | None:
    if isinstance(error, sqlite3.Error):
        return _SQLITE_PASSING.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE)
    # psycopg sorts by SQLSTATE: what is operational is a connection, a lock, a time limit, memory or the disk.
    if any(family.__name__ == "OperationalError" for family in type(error).__mro__):
        state = getattr(error, "sqlstate", None)
        if state is None:
            return "PostgreSQL cannot be reached"
        return _POSTGRESQL_KNOWN.get(state, f"PostgreSQL answers {state}")
    return None
