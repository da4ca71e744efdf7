"""Diary files that were uploaded and shown, and wait for a yes: kept here, so that the browser need not be trusted.

Each is of one member of staff, for one patient and a short while.
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, LargeBinary, delete, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from diary.domain.access import Owner
from diary.store.base import Id, Instant, Model
from diary.store.work import Work


class PendingImport(Model):
    __tablename__ = "pending_imports"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"), index=True)
    actor_id: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[Instant] = mapped_column(index=True)


def add_pending_import(work: Work, owner: Owner, content: bytes, *, expires_at: datetime) -> UUID:
    """Keep the file; what this person uploaded for this patient before goes, and so does whatever has expired."""
    of_the_same = (PendingImport.patient_id == owner.patient_id) & (PendingImport.actor_id == work.actor.id)
    work.session.execute(delete(PendingImport).where(or_(of_the_same, PendingImport.expires_at <= work.now)))
    pending = PendingImport(
        id=uuid4(),
        clinic_id=owner.clinic_id,
        patient_id=owner.patient_id,
        actor_id=work.actor.id,
        content=content,
        expires_at=expires_at,
    )
    work.session.add(pending)
    work.audit("diary.import-shown", owner=owner, subject=str(pending.id))
    return pending.id


def take_pending_import(work: Work, owner: Owner, pending_id: UUID) -> bytes | None:
    """The file, no longer kept then; None where it is not there, not theirs, for another patient or expired."""
    pending = work.session.scalar(
        select(PendingImport).where(
            PendingImport.id == pending_id,
            PendingImport.patient_id == owner.patient_id,
            PendingImport.actor_id == work.actor.id,
            PendingImport.expires_at > work.now,
        )
    )
    if pending is None:
        return None
    work.session.delete(pending)
    return pending.content
