"""The list of a clinic's patients, in four queries however long it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from diary.domain.diary import Diary, Entry, Injection, Kind, Patient, Scores
from diary.domain.patients import Order
from diary.store.base import with_offset
from diary.store.patients import PatientRow
from diary.store.records import EntryRow, InjectionRow, as_injection
from diary.store.work import Work

Span = tuple[date, date]


def find_page(
    work: Work, clinic_id: UUID, *, search: str, order: Order, descending: bool, first: int, most: int
) -> tuple[Sequence[PatientRow], int]:
    """One page of the clinic's patients whose name or chart number holds the words, and how many there are in all."""
    found = select(PatientRow, func.count().over()).where(PatientRow.clinic_id == clinic_id)
    for word in search.lower().split():
        like = f"%{_escaped(word)}%"
        found = found.where(
            or_(
                func.lower(PatientRow.name).like(like, escape="\\"),
                func.lower(PatientRow.number).like(like, escape="\\"),
            )
        )
    column = {
        Order.NEXT_VISIT: PatientRow.next_visit_at,
        Order.NAME: func.lower(PatientRow.name),
        Order.BORN: PatientRow.born,
    }[order]
    by: list[ColumnElement[Any]] = [column.is_(None), column.desc() if descending else column.asc()]
    rows = work.session.execute(
        found.order_by(*by, func.lower(PatientRow.name), PatientRow.id).offset(first).limit(most)
    ).all()
    return [row[0] for row in rows], rows[0][1] if rows else 0


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def load_injections(work: Work, patients: Sequence[PatientRow]) -> Mapping[UUID, tuple[Injection, ...]]:
    """The injections of each patient with their corrections, in the order of their arrival."""
    rows = work.session.scalars(
        select(InjectionRow)
        .where(InjectionRow.patient_id.in_([patient.id for patient in patients]))
        .order_by(InjectionRow.position, InjectionRow.id)
    )
    grouped: dict[UUID, list[Injection]] = defaultdict(list)
    for row in rows:
        grouped[row.patient_id].append(as_injection(row))
    return {patient_id: tuple(injections) for patient_id, injections in grouped.items()}


def load_averages(
    work: Work,
    patients: Sequence[PatientRow],
    injections: Mapping[UUID, tuple[Injection, ...]],
    *,
    spans: Mapping[UUID, Sequence[Span]],
) -> Mapping[UUID, Diary]:
    """For each patient a diary with the averages of some days and nothing else, for the timeline to go over."""
    within = [
        and_(EntryRow.patient_id == patient_id, or_(*(EntryRow.day.between(first, last) for first, last in of_patient)))
        for patient_id, of_patient in spans.items()
        if of_patient
    ]
    columns = (
        *(EntryRow.patient_id, EntryRow.id, EntryRow.day, EntryRow.recorded_at, EntryRow.recorded_offset),
        *(EntryRow.revises, EntryRow.withdrawn, EntryRow.average),
    )
    entries: dict[UUID, list[Entry]] = defaultdict(list)
    if within:
        found = select(*columns).where(EntryRow.kind == Kind.DAILY, or_(*within))
        for row in work.session.execute(found.order_by(EntryRow.position, EntryRow.id)):
            entries[row.patient_id].append(_entry(row))
    return {
        patient.id: Diary(
            patient=Patient(time_zone=patient.time_zone),
            injections=injections.get(patient.id, ()),
            entries=tuple(entries[patient.id]),
        )
        for patient in patients
    }


def _entry(row: Any) -> Entry:
    return Entry(
        id=row.id,
        kind=Kind.DAILY,
        day=row.day,
        recorded_at=with_offset(row.recorded_at, row.recorded_offset),
        revises=row.revises,
        withdrawn=row.withdrawn,
        scores=Scores(average=row.average),
    )
