"""A patient's entries page by page, each with all its corrections."""

from collections.abc import Sequence

from sqlalchemy import func, select

from diary.domain.diary import Entry, Injection
from diary.store.patients import PatientRow
from diary.store.records import EntryRow, InjectionRow, as_entry, as_injection
from diary.store.work import Work


def find_entry_page(
    work: Work, patient: PatientRow, *, first: int, most: int
) -> tuple[Sequence[Entry], tuple[Injection, ...], int]:
    """The entries whose originals stand on one page, the last recorded first; all injections; how many originals."""
    originals = select(EntryRow.id).where(EntryRow.patient_id == patient.id, EntryRow.revises.is_(None))
    total = work.session.scalar(select(func.count()).select_from(originals.subquery())) or 0
    page = originals.order_by(EntryRow.recorded_at.desc(), EntryRow.position.desc(), EntryRow.id)
    entries = work.session.scalars(
        select(EntryRow)
        .where(EntryRow.original_id.in_(page.offset(first).limit(most)))
        .order_by(EntryRow.position, EntryRow.id)
    )
    injections = work.session.scalars(
        select(InjectionRow)
        .where(InjectionRow.patient_id == patient.id)
        .order_by(InjectionRow.position, InjectionRow.id)
    )
    return [as_entry(row) for row in entries], tuple(as_injection(row) for row in injections), total
