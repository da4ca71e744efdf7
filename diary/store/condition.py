"""What state the database is in: its settings, its version, whether it takes a write."""

import time
from datetime import datetime

from sqlalchemy import func, select, text

from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.engine import IMMEDIATE, PRAGMAS
from diary.store.migrations import newest, version_of


def wrong_settings() -> list[str]:
    """The settings of a connection that are not as they must be, in words; none on PostgreSQL but a lax fsync."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
            return [
                f"{name} is {found[name]}, not {wanted}" for name, wanted in PRAGMAS.items() if found[name] != wanted
            ]
        durable = {name: connection.execute(text(f"SHOW {name}")).scalar() for name in ("fsync", "full_page_writes")}
        return [f"{name} is {value}, not on" for name, value in durable.items() if value != "on"]


def missing_version() -> str | None:
    """What the database's version lacks, in words, or None where it is the newest."""
    with db.engine.connect() as connection:
        found = version_of(connection)
    return None if found == newest() else f"is at version {found or 'none'}, this program needs {newest()}"


def write_and_take_back() -> float:
    """Make a real write that is rolled back; the milliseconds it took. `DatabaseBusy` where it cannot be written."""
    begun = time.perf_counter()
    with db.engine.connect().execution_options(**{IMMEDIATE: True}) as connection:
        connection.exec_driver_sql("CREATE TABLE written_by_check (number INTEGER)")
        connection.exec_driver_sql("INSERT INTO written_by_check VALUES (1)")
        connection.rollback()
    return (time.perf_counter() - begun) * 1000


def last_audited_at() -> datetime | None:
    """The instant of the latest line of the audit."""
    return db.session.scalar(select(func.max(AuditEvent.at)))
