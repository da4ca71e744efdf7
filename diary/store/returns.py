"""That a patient has read that their scores are higher again: once for each end of relief, never taken back."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.domain.findings import Return
from diary.store.base import Id, Instant, Model
from diary.store.work import Work


class ReturnRead(Model):
    """``injection_id`` is the first record of the injection whose relief ended, ``since`` the day as it was told."""

    __tablename__ = "returns_read"
    __table_args__ = (UniqueConstraint("patient_id", "injection_id"),)

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"))
    injection_id: Mapped[UUID] = mapped_column(ForeignKey("injections.id"))
    since: Mapped[date]
    read_at: Mapped[Instant]


def was_read(session: Session, patient_id: UUID, injection_id: UUID) -> bool:
    """Whether the patient has said that they read of the end of relief after this injection."""
    found = select(ReturnRead.id).where(ReturnRead.patient_id == patient_id, ReturnRead.injection_id == injection_id)
    return session.scalar(found) is not None


def add_return_read(work: Work, owner: Owner, returned: Return) -> None:
    """Keep that it was read, with its audit row."""
    work.session.add(
        ReturnRead(
            id=uuid4(),
            clinic_id=owner.clinic_id,
            patient_id=owner.patient_id,
            injection_id=returned.injection_id,
            since=returned.since,
            read_at=work.now,
        )
    )
    work.audit("return.read", owner=owner, subject=str(returned.injection_id))
