"""Printed diaries: what each sheet asked for, found again by the random id in its square. None holds an answer."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.domain.form import read, write
from diary.domain.paper import Layout
from diary.store.base import Details, Id, Instant, Model
from diary.store.work import Work


class PaperSheetRow(Model):
    """One printed diary. ``language`` is that of its words; ``details`` the layout, frozen as it was printed."""

    __tablename__ = "paper_sheets"
    __table_args__ = (Index("ix_paper_sheets_patient_id_printed_at", "patient_id", "printed_at"),)

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"))
    printed_at: Mapped[Instant]
    language: Mapped[str]
    details: Mapped[Details]

    @property
    def owner(self) -> Owner:
        return Owner(clinic_id=self.clinic_id, patient_id=self.patient_id)

    @property
    def layout(self) -> Layout:
        """What was printed."""
        return read(Layout, dict(self.details))


def add_sheet(work: Work, owner: Owner, sheet_id: UUID, layout: Layout, *, language: str) -> None:
    """A sheet that is about to be printed, with its audit row."""
    work.session.add(
        PaperSheetRow(
            id=sheet_id,
            clinic_id=owner.clinic_id,
            patient_id=owner.patient_id,
            printed_at=work.now,
            language=language,
            details=write(layout),
        )
    )
    work.audit("paper.print", owner=owner, subject=f"paper:{sheet_id}")


def find_sheet(session: Session, sheet_id: UUID) -> PaperSheetRow | None:
    return session.get(PaperSheetRow, sheet_id)


def sheets_of(session: Session, patient_id: UUID, *, most: int | None = None) -> Sequence[PaperSheetRow]:
    """The patient's sheets, the newest first."""
    found = select(PaperSheetRow).where(PaperSheetRow.patient_id == patient_id)
    return session.scalars(found.order_by(PaperSheetRow.printed_at.desc(), PaperSheetRow.id).limit(most)).all()
