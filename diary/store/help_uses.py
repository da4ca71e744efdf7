"""That a patient came to the end of the questions of "Get help now", and that somebody of the clinic saw to it.

Both are added and never changed. What was answered is health data: only the care team reads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Select, Subquery, case, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.domain.safety import HelpResult, Level
from diary.store.base import Id, Instant, Model, offset_of, with_offset
from diary.store.work import Work

RED = (Level.EMERGENCY.value, Level.URGENT.value)


class HelpUseRow(Model):
    """One finished use: its result, which names the question that was answered with yes, and how urgent that was."""

    __tablename__ = "help_uses"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"), index=True)
    used_at: Mapped[Instant]
    used_offset: Mapped[int]
    level: Mapped[str]
    result: Mapped[str]

    @property
    def at(self) -> datetime:
        """When, as the patient's clock showed it."""
        return with_offset(self.used_at, self.used_offset)


class HelpHandledRow(Model):
    """Who saw to one use, and when."""

    __tablename__ = "help_handled"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"))
    help_use_id: Mapped[UUID] = mapped_column(ForeignKey("help_uses.id"), unique=True)
    handled_at: Mapped[Instant]
    handled_by: Mapped[str]
    handled_name: Mapped[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHelp:
    """A use that nobody has seen to yet, in the patient's own time."""

    at: datetime
    level: Level


def add_help_use(work: Work, owner: Owner, result: HelpResult, *, at: datetime) -> UUID:
    """Keep a finished use, with its audit row, which does not say what the result was; answers its id."""
    row = HelpUseRow(
        id=uuid4(),
        clinic_id=owner.clinic_id,
        patient_id=owner.patient_id,
        used_at=at,
        used_offset=offset_of(at),
        level=result.level.value,
        result=result.value,
    )
    work.session.add(row)
    work.audit("help.use", owner=owner, subject=f"help-use:{row.id}")
    return row.id


def find_use(session: Session, use_id: UUID) -> HelpUseRow | None:
    return session.get(HelpUseRow, use_id)


def add_handled(work: Work, owner: Owner, uses: Sequence[HelpUseRow]) -> None:
    """Keep that the actor saw to these uses, each with its audit row."""
    for use in uses:
        work.session.add(
            HelpHandledRow(
                id=uuid4(),
                clinic_id=owner.clinic_id,
                patient_id=owner.patient_id,
                help_use_id=use.id,
                handled_at=work.now,
                handled_by=work.actor.id,
                handled_name=work.actor.name or work.actor.id,
            )
        )
        work.audit("help.handle", owner=owner, subject=f"help-use:{use.id}")


def find_uses(session: Session, patient_id: UUID) -> list[tuple[HelpUseRow, HelpHandledRow | None]]:
    """All uses of a patient with who saw to them, the newest first."""
    rows = session.execute(
        select(HelpUseRow, HelpHandledRow)
        .outerjoin(HelpHandledRow, HelpHandledRow.help_use_id == HelpUseRow.id)
        .where(HelpUseRow.patient_id == patient_id)
        .order_by(HelpUseRow.used_at.desc(), HelpUseRow.id)
    )
    return [(use, handled) for use, handled in rows]


def most_pressing_of_patient(patient_id: UUID) -> Subquery:
    """The use that nobody has seen to yet, as a part of another query: the row with ``place`` 1.

    The most urgent, of equally urgent ones the newest.
    """
    return _ranked().where(HelpUseRow.patient_id == patient_id).subquery("open_help")


def most_pressing(clinic_id: UUID) -> Subquery:
    """The same for each patient of a clinic: the rows with ``place`` 1."""
    return _ranked().where(HelpUseRow.clinic_id == clinic_id).subquery("open_help")


def as_open_help(level: str | None, used_at: datetime | None, used_offset: int | None) -> OpenHelp | None:
    """What those rows hold; None for a patient without one."""
    if level is None or used_at is None or used_offset is None:
        return None
    return OpenHelp(at=with_offset(used_at, used_offset), level=Level(level))


def _ranked() -> Select[tuple[UUID, str, datetime, int, int]]:
    by_urgency = case({level.value: rank for rank, level in enumerate(Level)}, value=HelpUseRow.level)
    place = func.row_number().over(
        partition_by=HelpUseRow.patient_id, order_by=(by_urgency, HelpUseRow.used_at.desc(), HelpUseRow.id)
    )
    return (
        select(
            HelpUseRow.patient_id, HelpUseRow.level, HelpUseRow.used_at, HelpUseRow.used_offset, place.label("place")
        )
        .outerjoin(HelpHandledRow, HelpHandledRow.help_use_id == HelpUseRow.id)
        .where(HelpHandledRow.id.is_(None))
    )
