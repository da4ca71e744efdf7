"""Patients: who keeps a diary, in which clinic."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.domain.diary import Condition, Patient
from diary.domain.errors import NotFound
from diary.store.base import Id, Instant, Model, OptionalInstant, with_offset


class PatientRow(Model):
    """One patient of one clinic. ``number`` is the chart number; ``pain_named`` their own words for the pain."""

    __tablename__ = "patients"
    __table_args__ = (Index("ix_patients_clinic_id_name", "clinic_id", "name"),)

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    name: Mapped[str | None]
    born: Mapped[date | None]
    time_zone: Mapped[str]
    language: Mapped[str | None]
    number: Mapped[str | None]
    telephone: Mapped[str | None]
    conditions: Mapped[Sequence[str]] = mapped_column(JSON, default=list)
    pain_named: Mapped[str | None]
    pain_side: Mapped[str | None]
    next_visit_at: Mapped[OptionalInstant]
    next_visit_offset: Mapped[int | None]
    next_visit_with: Mapped[str | None]
    created_at: Mapped[Instant]
    stopped_at: Mapped[OptionalInstant]

    @property
    def owner(self) -> Owner:
        return Owner(clinic_id=self.clinic_id, patient_id=self.id)

    @property
    def next_visit(self) -> datetime | None:
        """The next visit in the offset in which it was entered."""
        if self.next_visit_at is None or self.next_visit_offset is None:
            return None
        return with_offset(self.next_visit_at, self.next_visit_offset)

    def as_patient(self) -> Patient:
        """The part of it that travels with the diary."""
        return Patient(
            name=self.name,
            born=self.born,
            time_zone=self.time_zone,
            language=self.language,
            number=self.number,
            conditions=tuple(Condition(name) for name in self.conditions),
        )


def find_patient(session: Session, patient_id: UUID) -> PatientRow | None:
    return session.get(PatientRow, patient_id)


def existing_patient(session: Session, patient_id: UUID) -> PatientRow:
    """The patient with this id (`NotFound`); whose they are is checked by who asks."""
    patient = find_patient(session, patient_id)
    if patient is None:
        raise NotFound("There is no such patient.")
    return patient
