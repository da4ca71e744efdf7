"""Patients: who keeps a diary, in which clinic."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.domain.diary import Condition, Patient
from diary.domain.errors import NotFound
from diary.store.base import Id, Instant, Model, OptionalInstant, with_offset
from diary.store.work import Work


class PatientRow(Model):
    """One patient of one clinic. ``number`` is the chart number; ``pain_named`` their own words for the pain.

    ``activities`` are what the pain makes hard, as named before the next injection, which takes its own copy of them.
    ``set_up_at`` is when the patient came to the end of the questions that follow the first score; ``last_visit_at``
    the visit that had passed when the next one was planned.
    """

    __tablename__ = "patients"
    __table_args__ = (
        Index("ix_patients_clinic_id_name", "clinic_id", "name"),
        Index("ix_patients_clinic_id_born", "clinic_id", "born"),
    )

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
    pain_spot: Mapped[str | None]
    painful_movement: Mapped[str | None]
    activities: Mapped[Sequence[str]] = mapped_column(JSON, default=list)
    set_up_at: Mapped[OptionalInstant]
    next_visit_at: Mapped[OptionalInstant]
    next_visit_offset: Mapped[int | None]
    next_visit_with: Mapped[str | None]
    last_visit_at: Mapped[OptionalInstant]
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


def patients_by_id(session: Session, ids: Collection[UUID]) -> dict[UUID, PatientRow]:
    """These patients, by id."""
    return {row.id: row for row in session.scalars(select(PatientRow).where(PatientRow.id.in_(ids)))}


def add_patient_row(work: Work, patient: PatientRow) -> None:
    """A new patient, with the audit row."""
    work.session.add(patient)
    work.audit("patient.add", owner=patient.owner)


def change_patient_row(work: Work, patient: PatientRow, changes: Mapping[str, Any], *, action: str) -> None:
    """Set what differs, with an audit row that names the fields; nothing is written where nothing differs."""
    changed = sorted(name for name, value in changes.items() if getattr(patient, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(patient, name, changes[name])
    work.audit(action, owner=patient.owner, fields=changed)


def find_candidates(
    session: Session, clinic_id: UUID, *, name: str, born_on: Sequence[date], number: str | None
) -> Sequence[PatientRow]:
    """Patients of the clinic with one of these birth dates, with this name, or with this chart number."""
    same = [PatientRow.born.in_(born_on), func.lower(PatientRow.name) == name.lower()]
    if number:
        same.append(PatientRow.number == number)
    found = select(PatientRow).where(PatientRow.clinic_id == clinic_id, or_(*same))
    return session.scalars(found.order_by(PatientRow.name, PatientRow.id).limit(200)).all()


def hold_patient(session: Session, patient_id: UUID) -> PatientRow | None:
    """The patient, with nobody else writing to their diary until this transaction ends.

    SQLite has one writer at a time anyway; PostgreSQL locks the row, so that an entry sent twice at once is one.
    """
    return session.scalar(select(PatientRow).where(PatientRow.id == patient_id).with_for_update())
