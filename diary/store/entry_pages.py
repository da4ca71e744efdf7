"""A patient's entries page by page, each with all its corrections."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, func, or_, select

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


def find_place(work: Work, patient: PatientRow, entry_id: UUID) -> tuple[UUID, int] | None:
    """The original of an entry and how many originals stand before it among all entries; None where it is not theirs.

    An entry that corrects another stands with its original.
    """
    of_patient = select(EntryRow).where(EntryRow.patient_id == patient.id)
    original_id = of_patient.with_only_columns(EntryRow.original_id).where(EntryRow.id == entry_id)
    original = work.session.scalar(of_patient.where(EntryRow.id == original_id.scalar_subquery()))
    if original is None:
        return None
    same_instant = EntryRow.recorded_at == original.recorded_at
    before = or_(
        EntryRow.recorded_at > original.recorded_at,
        and_(same_instant, EntryRow.position > original.position),
        and_(same_instant, EntryRow.position == original.position, EntryRow.id < original.id),
    )
    earlier = of_patient.with_only_columns(func.count()).where(EntryRow.revises.is_(None), before)
    return original.id, work.session.scalar(earlier) or 0
