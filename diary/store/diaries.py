"""Diaries in and out of the database: the only way to a patient's records, so that the audit cannot be forgotten."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, or_, select
from sqlalchemy.orm import Session

from diary.domain.access import Owner, Role
from diary.domain.diary import Diary, Entry, Injection, Medicine, Records, SteroidElsewhere
from diary.store.findings import count_addition
from diary.store.patients import PatientRow
from diary.store.records import (
    EntryRow,
    InjectionRow,
    MedicineRow,
    SteroidElsewhereRow,
    as_entry,
    as_injection,
    as_medicine,
    as_steroid_elsewhere,
    entry_values,
    injection_values,
    medicine_values,
    steroid_values,
)
from diary.store.work import Work

Row = type[InjectionRow] | type[EntryRow] | type[MedicineRow] | type[SteroidElsewhereRow]

IDS_AT_ONCE = 500  # well below the bound parameters that either database takes in one statement


def load_diary(
    work: Work, patient: PatientRow, *, since: date | None = None, until: date | None = None, purpose: str = "read"
) -> Diary:
    """The patient's diary in the order of arrival; with ``since``/``until`` only entries of those days.

    Whoever is not the patient leaves an audit row (``diary.<purpose>``), so they must call it in `writing`.
    Moments are cut a day wide of the bounds, because their local date can differ from UTC's. A correction keeps the day
    or instant of its original, so no chain is cut.
    """
    if work.actor.role is not Role.PATIENT and work.actor.role is not Role.DEVICE:
        work.audit(f"diary.{purpose}", owner=patient.owner)
    return _load(work.session, patient, since=since, until=until)


def load_diary_to_judge(session: Session, patient: PatientRow) -> Diary:
    """The same, whole, for the machine that works out what the list will say: nobody sees the diary itself.

    Whoever then opens the list leaves an audit row that names the patients on it.
    """
    return _load(session, patient, since=None, until=None)


def load_diary_to_remind(
    session: Session, patient: PatientRow, *, since: date | None = None, until: date | None = None
) -> Diary:
    """The diary of these days, for the machine that works out what is due: nobody sees it, and nobody looked."""
    return _load(session, patient, since=since, until=until)


def _load(session: Session, patient: PatientRow, *, since: date | None, until: date | None) -> Diary:
    injections = session.scalars(
        select(InjectionRow)
        .where(InjectionRow.patient_id == patient.id)
        .order_by(InjectionRow.position, InjectionRow.id)
    )
    of_entries = select(EntryRow).where(EntryRow.patient_id == patient.id)
    if since is not None:
        start = _utc_midnight(since) - timedelta(days=1)
        of_entries = of_entries.where(or_(EntryRow.day >= since, EntryRow.at >= start))
    if until is not None:
        end = _utc_midnight(until) + timedelta(days=2)
        of_entries = of_entries.where(or_(EntryRow.day <= until, EntryRow.at < end))
    entries = session.scalars(of_entries.order_by(EntryRow.position, EntryRow.id))
    medicines = session.scalars(
        select(MedicineRow).where(MedicineRow.patient_id == patient.id).order_by(MedicineRow.position, MedicineRow.id)
    )
    return Diary(
        patient=patient.as_patient(),
        injections=tuple(as_injection(row) for row in injections),
        entries=tuple(as_entry(row) for row in entries),
        medicines=tuple(as_medicine(row) for row in medicines),
        steroids_elsewhere=tuple(_steroids_elsewhere(session, patient.id).values()),
    )


def load_steroids_elsewhere(work: Work, owner: Owner) -> dict[UUID, SteroidElsewhere]:
    """The patient's steroids given elsewhere by the server's ids for them, in the order of arrival."""
    return _steroids_elsewhere(work.session, owner.patient_id)


def _steroids_elsewhere(session: Session, patient_id: UUID) -> dict[UUID, SteroidElsewhere]:
    rows = session.scalars(
        select(SteroidElsewhereRow)
        .where(SteroidElsewhereRow.patient_id == patient_id)
        .order_by(SteroidElsewhereRow.position, SteroidElsewhereRow.id)
    ).all()
    withdrawn = {row.withdraws for row in rows} | {row.id for row in rows if row.withdraws}
    return {row.id: as_steroid_elsewhere(row) for row in rows if row.id not in withdrawn}


def ids_of_others(work: Work, owner: Owner, records: Records) -> frozenset[UUID]:
    """Which of the records' ids another patient of any clinic has: ids are unique in the whole server."""
    ids = [record.id for kind in (records.injections, records.entries, records.medicines) for record in kind]
    taken: set[UUID] = set()
    for start in range(0, len(ids), IDS_AT_ONCE):
        some = ids[start : start + IDS_AT_ONCE]
        for table in (InjectionRow, EntryRow, MedicineRow):
            of_others = select(table.id).where(table.id.in_(some), table.patient_id != owner.patient_id)
            taken.update(work.session.scalars(of_others))
    return frozenset(taken)


def _utc_midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


# --- single records --------------------------------------------------------------------------------------------------


def find_entry(work: Work, entry_id: UUID) -> tuple[Entry, Owner] | None:
    """One entry with whose it is: the caller checks that it may be seen."""
    row = work.session.get(EntryRow, entry_id)
    return None if row is None else (as_entry(row), Owner(clinic_id=row.clinic_id, patient_id=row.patient_id))


def load_history(work: Work, owner: Owner, entry_id: UUID) -> tuple[Entry, ...]:
    """The original of an entry of this patient and all its corrections, by arrival; empty if it is not theirs."""
    original = select(EntryRow.original_id).where(EntryRow.id == entry_id).scalar_subquery()
    rows = work.session.scalars(
        select(EntryRow)
        .where(EntryRow.original_id == original, EntryRow.patient_id == owner.patient_id)
        .order_by(EntryRow.position, EntryRow.id)
    )
    return tuple(as_entry(row) for row in rows)


def load_day(work: Work, owner: Owner, day: date) -> tuple[Entry, ...]:
    """The daily entries about one day and their corrections, in the order of arrival."""
    rows = work.session.scalars(
        select(EntryRow)
        .where(EntryRow.patient_id == owner.patient_id, EntryRow.day == day)
        .order_by(EntryRow.position, EntryRow.id)
    )
    return tuple(as_entry(row) for row in rows)


def find_medicines(work: Work, ids: Iterable[UUID]) -> tuple[tuple[Medicine, Owner], ...]:
    """Those of these medicines that are there, each with whose it is."""
    rows = work.session.scalars(select(MedicineRow).where(MedicineRow.id.in_(ids)).order_by(MedicineRow.id))
    return tuple((as_medicine(row), Owner(clinic_id=row.clinic_id, patient_id=row.patient_id)) for row in rows)


def load_medicines(work: Work, owner: Owner) -> tuple[Medicine, ...]:
    """Every medicine of a patient with its corrections, in the order of arrival."""
    rows = work.session.scalars(
        select(MedicineRow)
        .where(MedicineRow.patient_id == owner.patient_id)
        .order_by(MedicineRow.position, MedicineRow.id)
    )
    return tuple(as_medicine(row) for row in rows)


# --- adding ----------------------------------------------------------------------------------------------------------


def add_injections(work: Work, owner: Owner, injections: Sequence[Injection]) -> None:
    """Add injections in this order, with their audit row. Corrections follow what they correct."""
    values = [{**injection_values(injection), "received_at": work.now} for injection in injections]
    _insert(work, owner, InjectionRow, values, "injection.add", [injection.id for injection in injections])


def add_entries(work: Work, owner: Owner, entries: Sequence[Entry]) -> None:
    """Add entries in this order, stamped with the server's clock where they bear no ``received_at``."""
    originals = _originals(work, entries)
    values = [
        entry_values(
            entry if entry.received_at else replace(entry, received_at=work.now), original_id=originals[entry.id]
        )
        for entry in entries
    ]
    _insert(work, owner, EntryRow, values, "entry.add", [entry.id for entry in entries])


def add_medicines(work: Work, owner: Owner, medicines: Sequence[Medicine]) -> None:
    """Add medicines in this order, stamped with the server's clock where they bear no ``received_at``."""
    values = [
        medicine_values(medicine if medicine.received_at else replace(medicine, received_at=work.now))
        for medicine in medicines
    ]
    _insert(work, owner, MedicineRow, values, "medicine.add", [medicine.id for medicine in medicines])


def add_steroids_elsewhere(work: Work, owner: Owner, steroids: Sequence[SteroidElsewhere]) -> None:
    """Add steroids given elsewhere, each under an id of the server's."""
    values = [{"id": uuid4(), **steroid_values(steroid)} for steroid in steroids]
    _insert(work, owner, SteroidElsewhereRow, values, "steroid-elsewhere.add", [value["id"] for value in values])


def withdraw_steroid_elsewhere(work: Work, owner: Owner, steroid_id: UUID, steroid: SteroidElsewhere) -> None:
    """Take one of them out of every count; both rows stay."""
    values = {"id": uuid4(), **steroid_values(steroid), "withdraws": steroid_id}
    _insert(work, owner, SteroidElsewhereRow, [values], "steroid-elsewhere.withdraw", [steroid_id])


def _insert(
    work: Work, owner: Owner, table: Row, values: list[dict[str, Any]], action: str, ids: Sequence[UUID]
) -> None:
    if not values:
        return
    last = work.session.scalar(select(func.max(table.position)).where(table.patient_id == owner.patient_id))
    first = 0 if last is None else last + 1
    work.session.execute(
        insert(table),
        [
            {**row, "clinic_id": owner.clinic_id, "patient_id": owner.patient_id, "position": first + index}
            for index, row in enumerate(values)
        ],
    )
    count_addition(work.session, owner)
    if len(ids) == 1:
        work.audit(action, owner=owner, subject=str(ids[0]))
    else:
        work.audit(action, owner=owner, count=len(ids), ids=[str(id_) for id_ in ids])


def _originals(work: Work, entries: Iterable[Entry]) -> dict[UUID, UUID]:
    """The first of each entry's chain: known here, or stored with the entry that it corrects."""
    entries = tuple(entries)
    known = {entry.id: entry.revises for entry in entries}
    outside = {entry.revises for entry in entries if entry.revises and entry.revises not in known}
    stored: dict[UUID, UUID] = {}
    if outside:
        rows = work.session.execute(select(EntryRow.id, EntryRow.original_id).where(EntryRow.id.in_(outside)))
        stored = {row.id: row.original_id for row in rows}
    originals = {}
    for entry in entries:
        step = entry.id
        while step in known and (before := known[step]) is not None:
            step = before
        originals[entry.id] = stored.get(step, step)
    return originals
