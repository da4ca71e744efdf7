"""Whether the database takes a write just now."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import insert

from diary.store.base import db
from diary.store.engine import IMMEDIATE
from diary.store.migrations import version_of
from diary.store.sign_in_attempts import SignInAttempt

_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseHealth:
    """Which database it is and the version of its tables; None for tables that no migration made."""

    name: str
    version: str | None


def try_to_write() -> DatabaseHealth:
    """Write a row and take it back; `DatabaseBusy` where that is not possible."""
    with db.engine.execution_options(**{IMMEDIATE: True}).connect() as connection:
        values = {"id": uuid4(), "account": "", "address": "", "at": _EPOCH, "succeeded": False}
        connection.execute(insert(SignInAttempt).values(**values))
        version = version_of(connection)
        connection.rollback()
        return DatabaseHealth(name=connection.dialect.name, version=version)
