"""The audit: who did or saw what, when, in the same transaction as the thing itself.

It is append-only and holds ids and names of fields, never scores, notes or names of people. That no write goes without
it is not left to memory: `guard` refuses the commit of a transaction which wrote to a guarded table and no audit row.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Index, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.store.base import Details, Id, Instant, Model

# Tables of machinery: no right is in them, nor any clinical fact that is not elsewhere. "findings" alone says something
# about a patient's health: it is worked out from records, each of which has its own row here, and may be thrown away.
UNGUARDED = frozenset(
    {"audit_events", "alembic_version", "browser_sessions", "device_uses", "findings", "sign_in_attempts"}
)


class AuditEvent(Model):
    """One line of the audit. ``subject`` is what it was done to, as ``entry:5f0c…``."""

    __tablename__ = "audit_events"
    __table_args__ = (Index("ix_audit_events_patient_id_at", "patient_id", "at"),)

    id: Mapped[Id]
    at: Mapped[Instant]
    clinic_id: Mapped[UUID | None] = mapped_column(index=True)
    actor_role: Mapped[str]
    actor_id: Mapped[str]
    action: Mapped[str]
    patient_id: Mapped[UUID | None]
    subject: Mapped[str | None]
    details: Mapped[Details]


class UnauditedWrite(RuntimeError):
    """A transaction wrote something that nobody would find in the audit."""


_WRITE = re.compile(r"\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+[\"`]?(\w+)", re.IGNORECASE)
_WRITTEN = "tables_written"


def guard(engine: Engine) -> None:
    """Make the engine refuse unaudited writes from now on."""
    event.listen(engine, "begin", lambda connection: connection.info.pop(_WRITTEN, None))
    event.listen(engine, "before_cursor_execute", _note_write)
    event.listen(engine, "commit", _check_audited)
    event.listen(engine, "rollback", lambda connection: connection.info.pop(_WRITTEN, None))


def _note_write(
    connection: Connection, _cursor: object, statement: str, _parameters: object, _context: object, _many: bool
) -> None:
    if match := _WRITE.match(statement):
        connection.info.setdefault(_WRITTEN, set()).add(match[1].lower())


def _check_audited(connection: Connection) -> None:
    written: set[str] = connection.info.pop(_WRITTEN, set())
    guarded = written - UNGUARDED
    if guarded and "audit_events" not in written:
        raise UnauditedWrite(f"wrote to {', '.join(sorted(guarded))} and no audit event")


def plain_details(details: Mapping[str, Any]) -> dict[str, Any]:
    """Details as JSON can hold them: ids as text, the rest as it is."""
    return {name: str(value) if isinstance(value, UUID) else value for name, value in details.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One line of the audit, as it is read."""

    at: datetime
    actor_role: str
    actor_id: str
    action: str
    patient_id: UUID | None
    subject: str | None
    details: Mapping[str, Any]


def list_audit(
    session: Session,
    clinic_id: UUID,
    *,
    first: int,
    most: int,
    patient_id: UUID | None = None,
    actor_id: str | None = None,
) -> Sequence[AuditLine]:
    """Lines of one clinic, the newest first: of one patient, or by one user, where asked."""
    of_lines = select(
        AuditEvent.at,
        AuditEvent.actor_role,
        AuditEvent.actor_id,
        AuditEvent.action,
        AuditEvent.patient_id,
        AuditEvent.subject,
        AuditEvent.details,
    ).where(AuditEvent.clinic_id == clinic_id)
    if patient_id is not None:
        of_lines = of_lines.where(AuditEvent.patient_id == patient_id)
    if actor_id is not None:
        of_lines = of_lines.where(AuditEvent.actor_id == actor_id)
    newest_first = of_lines.order_by(AuditEvent.at.desc(), AuditEvent.id).offset(first).limit(most)
    return [AuditLine(**row._mapping) for row in session.execute(newest_first)]


# Reading, copying or printing a diary. Lists that name many patients bear no one patient's id and are not among them.
LOOKS = (
    *("diary.read", "diary.export", "diary.import", "diary.help-uses"),
    *("entry.read", "report.print", "sign-off.read"),
)


def list_looks(session: Session, patient_id: UUID, *, first: int, most: int) -> Sequence[AuditLine]:
    """What anybody but the patient did to look into this patient's diary, the newest first."""
    looks = select(
        AuditEvent.at,
        AuditEvent.actor_role,
        AuditEvent.actor_id,
        AuditEvent.action,
        AuditEvent.patient_id,
        AuditEvent.subject,
        AuditEvent.details,
    ).where(
        AuditEvent.patient_id == patient_id,
        AuditEvent.action.in_(LOOKS),
        AuditEvent.actor_role.not_in(("patient", "device")),
    )
    newest_first = looks.order_by(AuditEvent.at.desc(), AuditEvent.id).offset(first).limit(most)
    return [AuditLine(**row._mapping) for row in session.execute(newest_first)]
