"""What a clinic asks and when, and what it asks of one patient: versions, of which the newest holds."""

from datetime import time, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Select, UniqueConstraint, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.domain.errors import Conflict
from diary.domain.schedule import USUAL, Rhythm, Schedule
from diary.store.base import Id, Instant, Model
from diary.store.work import Work


class ScheduleRow(Model):
    """One version of a clinic's schedule."""

    __tablename__ = "schedules"
    __table_args__ = (UniqueConstraint("clinic_id", "version"),)

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    version: Mapped[int]
    set_at: Mapped[Instant]
    set_by: Mapped[str]
    later: Mapped[str]
    days_before: Mapped[int]
    bedtime: Mapped[time]
    hours_apart: Mapped[int]


class RhythmRow(Model):
    """One version of how often one patient is asked after the first two weeks; no ``later``: as the clinic asks."""

    __tablename__ = "rhythms"
    __table_args__ = (UniqueConstraint("patient_id", "version"),)

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"))
    version: Mapped[int]
    set_at: Mapped[Instant]
    set_by: Mapped[str]
    later: Mapped[str | None]


def find_schedule(session: Session, clinic_id: UUID) -> Schedule | None:
    """The clinic's own schedule, None where it never set one."""
    newest = select(ScheduleRow).where(ScheduleRow.clinic_id == clinic_id)
    row = session.scalars(newest.order_by(ScheduleRow.version.desc()).limit(1)).first()
    if row is None:
        return None
    return Schedule(
        later=Rhythm(row.later),
        days_before=row.days_before,
        bedtime=row.bedtime,
        hourly=timedelta(hours=row.hours_apart),
    )


def find_rhythm(session: Session, patient_id: UUID) -> Rhythm | None:
    """The patient's own rhythm, None where it is the clinic's."""
    newest = select(RhythmRow.later).where(RhythmRow.patient_id == patient_id)
    later = session.scalars(newest.order_by(RhythmRow.version.desc()).limit(1)).first()
    return Rhythm(later) if later else None


def add_schedule(work: Work, clinic_id: UUID, schedule: Schedule) -> None:
    """A new version of the clinic's schedule, with an audit row that names what changed."""
    before = find_schedule(work.session, clinic_id) or USUAL
    names = ("later", "days_before", "bedtime", "hourly")
    changed = [name for name in names if getattr(before, name) != getattr(schedule, name)]
    work.session.add(
        ScheduleRow(
            id=uuid4(),
            clinic_id=clinic_id,
            version=_next(work, select(func.max(ScheduleRow.version)).where(ScheduleRow.clinic_id == clinic_id)),
            set_at=work.now,
            set_by=work.actor.id,
            later=schedule.later.value,
            days_before=schedule.days_before,
            bedtime=schedule.bedtime,
            hours_apart=schedule.hourly // timedelta(hours=1),
        )
    )
    work.audit("clinic.schedule", clinic_id=clinic_id, subject=f"clinic:{clinic_id}", fields=changed)
    _flush(work)


def add_rhythm(work: Work, owner: Owner, later: Rhythm | None) -> None:
    """A new version of the patient's own rhythm, with its audit row."""
    work.session.add(
        RhythmRow(
            id=uuid4(),
            clinic_id=owner.clinic_id,
            patient_id=owner.patient_id,
            version=_next(work, select(func.max(RhythmRow.version)).where(RhythmRow.patient_id == owner.patient_id)),
            set_at=work.now,
            set_by=work.actor.id,
            later=later.value if later else None,
        )
    )
    work.audit("patient.schedule", owner=owner)
    _flush(work)


def _next(work: Work, newest: Select[int]) -> int:
    return (work.session.scalar(newest) or 0) + 1


def _flush(work: Work) -> None:
    try:
        work.session.flush()
    except IntegrityError as error:
        raise Conflict("Somebody changed this at the same moment. Look at what is there now.") from error
