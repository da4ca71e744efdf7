"""One transaction, one actor: everything that is read or written for somebody happens inside a `Work`."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy.orm import Session

from diary.domain.access import Actor, Owner
from diary.domain.errors import DatabaseBusy
from diary.store.audit import AuditEvent, plain_details
from diary.store.base import db
from diary.store.engine import IMMEDIATE

# One writer at a time in this process: waiting here is fair and quick, waiting in SQLite is neither (p99 124 to 22 ms).
_write_lock = threading.RLock()
SECONDS_TO_WAIT = "seconds to wait for the database"


@dataclass(frozen=True, slots=True)
class Work:
    """A transaction in progress: who, when, and the session to do it with."""

    session: Session
    actor: Actor
    now: datetime

    def audit(
        self,
        action: str,
        *,
        owner: Owner | None = None,
        clinic_id: UUID | None = None,
        subject: str | None = None,
        **details: Any,
    ) -> None:
        """Add one line to the audit, in this transaction. Details hold ids, counts and names of fields only."""
        self.session.add(
            AuditEvent(
                id=uuid4(),
                at=self.now,
                clinic_id=owner.clinic_id if owner else clinic_id or self.actor.clinic_id,
                actor_role=self.actor.role.value,
                actor_id=self.actor.id,
                action=action,
                patient_id=owner.patient_id if owner else None,
                subject=subject,
                details=plain_details(details),
            )
        )


@contextmanager
def writing(actor: Actor, *, now: datetime) -> Iterator[Work]:
    """One transaction that writes: durable as a whole when the block ends, or nothing of it is there.

    `DatabaseBusy` where the database is locked, full or gone.
    """
    session = db.session()
    _end_reading(session)
    with _alone():
        try:
            session.connection(execution_options={IMMEDIATE: True})
            yield Work(session, actor, now)
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else in this process writes meanwhile; `DatabaseBusy` where another keeps on for too long."""
    if not _write_lock.acquire(timeout=current_app.extensions[SECONDS_TO_WAIT]):
        raise DatabaseBusy("somebody else is writing")
    try:
        yield
    finally:
        _write_lock.release()


@contextmanager
def reading(actor: Actor, *, now: datetime) -> Iterator[Work]:
    """One transaction that only reads one's own; whoever reads another's diary does so in `writing`, for the audit."""
    session = db.session()
    yield Work(session, actor, now)
    if session.new or session.dirty or session.deleted:
        session.rollback()
        raise RuntimeError("wrote inside a reading transaction")


@contextmanager
def keeping_house() -> Iterator[Session]:
    """A short transaction of its own, for the tables of machinery that have no audit: browser sessions, sign-in tries.

    Never inside `writing`: SQLite has one writer at a time, and this one would wait for the other for ever.
    """
    engine = db.engine.execution_options(**{IMMEDIATE: True})
    with _alone(), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def looking_up() -> Iterator[Session]:
    """A short read of its own, which leaves no transaction open in the request."""
    with Session(db.engine, expire_on_commit=False) as session:
        yield session


def _end_reading(session: Session) -> None:
    """End a read transaction left open by what came before in the request, so that writing can begin afresh."""
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes are waiting outside of a writing transaction")
    session.commit()
