"""Why a record was corrected, withdrawn or given an earlier time, in the words of whoever did it.

The diary file has no place for it, so it stands beside the record that it explains and never leaves the clinic.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.store.base import Id, Instant, Model
from diary.store.work import Work


class CorrectionReason(Model):
    """``id`` is the record that it explains: the correction itself, or an injection recorded with an earlier time."""

    __tablename__ = "correction_reasons"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"), index=True)
    given_at: Mapped[Instant]
    words: Mapped[str]


def add_reason(work: Work, owner: Owner, record_id: UUID, words: str) -> None:
    """Keep why a record was made, with its audit row (which does not repeat the words)."""
    work.session.add(
        CorrectionReason(
            id=record_id, clinic_id=owner.clinic_id, patient_id=owner.patient_id, given_at=work.now, words=words
        )
    )
    work.audit("correction.reason", owner=owner, subject=str(record_id))


def reasons_of(session: Session, record_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The words for those of the records that have any."""
    rows = session.scalars(select(CorrectionReason).where(CorrectionReason.id.in_(list(record_ids))))
    return {row.id: row.words for row in rows}
