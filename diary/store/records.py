"""The diary's records as rows: injections, entries, medicines, steroids given elsewhere.

Rows are only ever added: a correction is a new row that names the old one. What is judged or searched by has a column
of its own; what is kept and shown stands in ``details``, in the form of the diary file. Every instant is stored as UTC
with the offset that it bore beside it, because day 0 hangs on the offset. ``position`` keeps the order in which rows
came, which decides between two that were recorded at the same instant.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, select
from sqlalchemy.orm import Mapped, MappedColumn, Session, declared_attr, mapped_column

from diary.domain.diary import Entry, Injection, Kind, Medicine, Purpose, Scores, Side, Source, SteroidElsewhere, Target
from diary.domain.form import read_field, write
from diary.store.base import Details, Id, Instant, Model, OptionalInstant, offset_of, with_offset

Values = dict[str, Any]


class OfPatient:
    """What every row of a diary bears: whose it is, in which clinic, and its place in the order of arrival."""

    id: Mapped[Id]
    position: Mapped[int]

    @declared_attr
    def clinic_id(self) -> Mapped[UUID]:
        return mapped_column(ForeignKey("clinics.id"), index=True)

    @declared_attr
    def patient_id(self) -> Mapped[UUID]:
        return mapped_column(ForeignKey("patients.id"))


def _score(name: str) -> CheckConstraint:
    return CheckConstraint(f"{name} BETWEEN 0 AND 10", name=f"{name}_in_range")


def _correction_of(table: str) -> MappedColumn[UUID | None]:
    # Deferred to the commit: a file may hold a correction before what it corrects, and its order is kept.
    return mapped_column(ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED"), index=True)


class InjectionRow(OfPatient, Model):
    __tablename__ = "injections"
    __table_args__ = (
        Index("ix_injections_patient_id_performed_at", "patient_id", "performed_at"),
        CheckConstraint("side IN ('left', 'right', 'both')", name="side_known"),
        CheckConstraint("purpose IN ('diagnostic', 'therapeutic')", name="purpose_known"),
    )

    performed_at: Mapped[Instant]
    performed_offset: Mapped[int]
    recorded_at: Mapped[OptionalInstant]
    recorded_offset: Mapped[int | None]
    received_at: Mapped[OptionalInstant]
    revises: Mapped[UUID | None] = _correction_of("injections")
    withdrawn: Mapped[bool]
    side: Mapped[str]
    purpose: Mapped[str]
    target: Mapped[str | None]
    details: Mapped[Details]


class EntryRow(OfPatient, Model):
    """``original_id`` is the first of its chain of corrections, or itself: SQL can sum up without walking."""

    __tablename__ = "entries"
    __table_args__ = (
        Index("ix_entries_patient_id_day", "patient_id", "day"),
        Index("ix_entries_patient_id_at", "patient_id", "at"),
        Index("ix_entries_original_id", "original_id"),
        CheckConstraint(
            "(kind = 'moment' AND at IS NOT NULL) OR (kind = 'daily' AND day IS NOT NULL)", name="kind_has_its_time"
        ),
        *(_score(name) for name in ("rest", "movement", "average", "worst", "soreness", "moving")),
    )

    kind: Mapped[str]
    at: Mapped[OptionalInstant]
    at_offset: Mapped[int | None]
    day: Mapped[date | None]
    recorded_at: Mapped[Instant]
    recorded_offset: Mapped[int]
    received_at: Mapped[OptionalInstant]
    received_offset: Mapped[int | None]
    revises: Mapped[UUID | None] = _correction_of("entries")
    original_id: Mapped[UUID]
    withdrawn: Mapped[bool]
    rest: Mapped[int | None]
    movement: Mapped[int | None]
    average: Mapped[int | None]
    worst: Mapped[int | None]
    soreness: Mapped[int | None]
    moving: Mapped[int | None]
    activities: Mapped[Sequence[int] | None] = mapped_column(JSON(none_as_null=True))
    analgesic: Mapped[bool | None]
    source: Mapped[str | None]
    details: Mapped[Details]


class MedicineRow(OfPatient, Model):
    __tablename__ = "medicines"
    __table_args__ = (Index("ix_medicines_patient_id_taken_at", "patient_id", "taken_at"),)

    taken_at: Mapped[Instant]
    taken_offset: Mapped[int]
    recorded_at: Mapped[Instant]
    recorded_offset: Mapped[int]
    received_at: Mapped[OptionalInstant]
    received_offset: Mapped[int | None]
    revises: Mapped[UUID | None] = _correction_of("medicines")
    withdrawn: Mapped[bool]
    name: Mapped[str]
    dose: Mapped[str | None]
    rescue: Mapped[bool]
    source: Mapped[str | None]


class SteroidElsewhereRow(OfPatient, Model):
    """The diary file gives it no id and no history, so it is never corrected: one that is wrong is withdrawn.

    ``withdraws`` is the row that this one takes out of every count; the two together are nothing.
    """

    __tablename__ = "steroids_elsewhere"
    __table_args__ = (Index("ix_steroids_elsewhere_patient_id_given_on", "patient_id", "given_on"),)

    given_on: Mapped[date]
    agent: Mapped[str]
    mg: Mapped[float | None]
    given_where: Mapped[str | None]
    withdraws: Mapped[UUID | None] = _correction_of("steroids_elsewhere")


# --- records to column values ----------------------------------------------------------------------------------------

_INJECTION_COLUMNS = frozenset(
    {"id", "performed_at", "recorded_at", "revises", "withdrawn", "side", "purpose", "target"}
)
_ENTRY_COLUMNS = frozenset(
    {"id", "kind", "at", "day", "recorded_at", "received_at", "revises", "withdrawn", "scores", "analgesic", "source"}
)


def injection_values(injection: Injection) -> Values:
    """The columns of one injection; whose it is and its position are added by who stores it."""
    return {
        "id": injection.id,
        **_instant("performed", injection.performed_at),
        **_instant("recorded", injection.recorded_at),
        "revises": injection.revises,
        "withdrawn": injection.withdrawn,
        "side": injection.side.value,
        "purpose": injection.purpose.value,
        "target": injection.target.value if injection.target else None,
        "details": _without(write(injection), _INJECTION_COLUMNS),
    }


def entry_values(entry: Entry, *, original_id: UUID) -> Values:
    """The columns of one entry."""
    scores = entry.scores
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "at": entry.at,
        "at_offset": offset_of(entry.at) if entry.at else None,
        "day": entry.day,
        **_instant("recorded", entry.recorded_at),
        **_instant("received", entry.received_at),
        "revises": entry.revises,
        "original_id": original_id,
        "withdrawn": entry.withdrawn,
        "rest": scores.rest,
        "movement": scores.movement,
        "average": scores.average,
        "worst": scores.worst,
        "soreness": scores.soreness,
        "moving": scores.moving,
        "activities": None if scores.activities is None else list(scores.activities),
        "analgesic": entry.analgesic,
        "source": entry.source.value if entry.source else None,
        "details": _without(write(entry), _ENTRY_COLUMNS),
    }


def medicine_values(medicine: Medicine) -> Values:
    """The columns of one medicine."""
    return {
        "id": medicine.id,
        **_instant("taken", medicine.taken_at),
        **_instant("recorded", medicine.recorded_at),
        **_instant("received", medicine.received_at),
        "revises": medicine.revises,
        "withdrawn": medicine.withdrawn,
        "name": medicine.name,
        "dose": medicine.dose,
        "rescue": medicine.rescue,
        "source": medicine.source.value if medicine.source else None,
    }


def steroid_values(steroid: SteroidElsewhere) -> Values:
    """The columns of a steroid given elsewhere, without its id."""
    return {"given_on": steroid.on, "agent": steroid.agent, "mg": steroid.mg, "given_where": steroid.where}


def _instant(name: str, instant: datetime | None) -> Values:
    return {f"{name}_at": instant, f"{name}_offset": offset_of(instant) if instant else None}


def _without(plain: Mapping[str, Any], columns: frozenset[str]) -> Values:
    return {name: value for name, value in plain.items() if name not in columns}


# --- rows to records -------------------------------------------------------------------------------------------------


def as_injection(row: InjectionRow) -> Injection:
    return Injection(
        id=row.id,
        performed_at=with_offset(row.performed_at, row.performed_offset),
        recorded_at=_as_recorded(row.recorded_at, row.recorded_offset),
        revises=row.revises,
        withdrawn=row.withdrawn,
        side=Side(row.side),
        purpose=Purpose(row.purpose),
        target=Target(row.target) if row.target else None,
        **_details(Injection, row.details),
    )


def as_entry(row: EntryRow) -> Entry:
    return Entry(
        id=row.id,
        kind=Kind(row.kind),
        at=_as_recorded(row.at, row.at_offset),
        day=row.day,
        recorded_at=with_offset(row.recorded_at, row.recorded_offset),
        received_at=_as_recorded(row.received_at, row.received_offset),
        revises=row.revises,
        withdrawn=row.withdrawn,
        scores=Scores(
            rest=row.rest,
            movement=row.movement,
            average=row.average,
            worst=row.worst,
            soreness=row.soreness,
            moving=row.moving,
            activities=None if row.activities is None else tuple(row.activities),
        ),
        analgesic=row.analgesic,
        source=Source(row.source) if row.source else None,
        **_details(Entry, row.details),
    )


def as_medicine(row: MedicineRow) -> Medicine:
    return Medicine(
        id=row.id,
        taken_at=with_offset(row.taken_at, row.taken_offset),
        recorded_at=with_offset(row.recorded_at, row.recorded_offset),
        received_at=_as_recorded(row.received_at, row.received_offset),
        revises=row.revises,
        withdrawn=row.withdrawn,
        name=row.name,
        dose=row.dose,
        rescue=row.rescue,
        source=Source(row.source) if row.source else None,
    )


def as_steroid_elsewhere(row: SteroidElsewhereRow) -> SteroidElsewhere:
    return SteroidElsewhere(on=row.given_on, agent=row.agent, mg=row.mg, where=row.given_where)


def _as_recorded(utc: datetime | None, offset: int | None) -> datetime | None:
    return None if utc is None or offset is None else with_offset(utc, offset)


def _details(record: type, details: Mapping[str, Any]) -> Values:
    return {name: read_field(record, name, plain) for name, plain in details.items()}


def has_injection(session: Session, patient_id: UUID, *, before: datetime) -> bool:
    """Whether the patient had an injection by then."""
    found = select(InjectionRow.id).where(InjectionRow.patient_id == patient_id, InjectionRow.performed_at <= before)
    return session.scalars(found.limit(1)).first() is not None
