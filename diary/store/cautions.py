"""That a patient logged a first pain medicine with the cautions in front of them: once for each, never taken back."""

from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.store.base import Id, Instant, Model
from diary.store.work import Work


class CautionsShown(Model):
    __tablename__ = "cautions_shown"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"), unique=True)
    shown_at: Mapped[Instant]


def were_cautions_shown(session: Session, patient_id: UUID) -> bool:
    """Whether this patient has had them."""
    return session.scalar(select(CautionsShown.id).where(CautionsShown.patient_id == patient_id)) is not None


def add_cautions_shown(work: Work, owner: Owner) -> None:
    """Keep that they were shown, with the audit row."""
    work.session.add(
        CautionsShown(id=uuid4(), clinic_id=owner.clinic_id, patient_id=owner.patient_id, shown_at=work.now)
    )
    work.audit("cautions.show", owner=owner)
