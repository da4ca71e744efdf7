"""The numbers above which a clinic wants to be called, and the entries that were above them when they were saved.

Both are added and never changed: the newest numbers hold, and an entry is compared with those of its own time.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Subquery, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from diary.domain.access import Owner
from diary.domain.clinic_limits import NO_LIMITS, Above, ClinicLimits
from diary.domain.diary import Entry, Glucose, GlucoseUnit
from diary.store.base import Id, Instant, Model
from diary.store.records import EntryRow
from diary.store.work import Work


class ClinicLimitsRow(Model):
    """One version of a clinic's numbers; the highest version holds."""

    __tablename__ = "clinic_limits"
    __table_args__ = (UniqueConstraint("clinic_id", "version"),)

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    version: Mapped[int]
    set_at: Mapped[Instant]
    set_by: Mapped[str]
    systolic: Mapped[int | None]
    diastolic: Mapped[int | None]
    glucose: Mapped[float | None]
    glucose_unit: Mapped[str | None]


class AboveLimitRow(Model):
    """One entry that was above the numbers of its clinic."""

    __tablename__ = "above_limits"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"))
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("entries.id"), unique=True)
    saved_at: Mapped[Instant]
    day: Mapped[date]
    what: Mapped[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AboveLimit:
    """What was above the clinic's numbers, and the day that it is about."""

    day: date
    what: tuple[Above, ...]


def add_limits(work: Work, clinic_id: UUID, limits: ClinicLimits) -> None:
    """Set the clinic's numbers, with an audit row that says which are set."""
    glucose = limits.glucose
    version = select(func.coalesce(func.max(ClinicLimitsRow.version), 0) + 1)
    work.session.add(
        ClinicLimitsRow(
            id=uuid4(),
            clinic_id=clinic_id,
            version=work.session.scalar(version.where(ClinicLimitsRow.clinic_id == clinic_id)),
            set_at=work.now,
            set_by=work.actor.id,
            systolic=limits.systolic,
            diastolic=limits.diastolic,
            glucose=glucose.value if glucose else None,
            glucose_unit=glucose.unit.value if glucose else None,
        )
    )
    given = [name for name in ("systolic", "diastolic", "glucose") if getattr(limits, name) is not None]
    work.audit("clinic.limits", clinic_id=clinic_id, subject=f"clinic:{clinic_id}", fields=given)


def find_limits(session: Session, clinic_id: UUID) -> ClinicLimits:
    """The numbers that hold; none where nobody set any."""
    newest = select(ClinicLimitsRow).where(ClinicLimitsRow.clinic_id == clinic_id)
    row = session.scalars(newest.order_by(ClinicLimitsRow.version.desc()).limit(1)).first()
    if row is None:
        return NO_LIMITS
    glucose = None
    if row.glucose is not None and row.glucose_unit is not None:
        glucose = Glucose(value=row.glucose, unit=GlucoseUnit(row.glucose_unit))
    return ClinicLimits(systolic=row.systolic, diastolic=row.diastolic, glucose=glucose)


def add_above_limit(work: Work, owner: Owner, entry: Entry, above: tuple[Above, ...]) -> None:
    """Keep that an entry is above the clinic's numbers, in the transaction that adds the entry and its audit row.

    The audit has no row of this: an admin, who may not read scores, would read there that one was too high.
    """
    work.session.add(
        AboveLimitRow(
            id=uuid4(),
            clinic_id=owner.clinic_id,
            patient_id=owner.patient_id,
            entry_id=entry.id,
            saved_at=work.now,
            day=entry.local_day,
            what=" ".join(above),
        )
    )


def latest_above(clinic_id: UUID, *, since: datetime) -> Subquery:
    """The newest such entry of each patient that stands uncorrected, as a part of another query: rows with place 1."""
    correction = aliased(EntryRow)
    place = func.row_number().over(
        partition_by=AboveLimitRow.patient_id, order_by=(AboveLimitRow.saved_at.desc(), AboveLimitRow.id)
    )
    corrected = select(correction.id).where(correction.revises == AboveLimitRow.entry_id).exists()
    return (
        select(AboveLimitRow.patient_id, AboveLimitRow.day, AboveLimitRow.what, place.label("place"))
        .where(AboveLimitRow.clinic_id == clinic_id, AboveLimitRow.saved_at > since, ~corrected)
        .subquery("above_limit")
    )


def as_above_limit(day: date | None, what: str | None) -> AboveLimit | None:
    """What those rows hold; None for a patient without one."""
    if day is None or what is None:
        return None
    return AboveLimit(day=day, what=tuple(Above(one) for one in what.split()))
