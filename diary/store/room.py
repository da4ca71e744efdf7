"""Who is in the room: the patients of a clinic who had an injection a short while ago."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from diary.domain.diary import Diary, Entry, Injection
from diary.store.patients import PatientRow
from diary.store.records import EntryRow, InjectionRow, as_entry, as_injection
from diary.store.work import Work


def find_injection_patient(work: Work, injection_id: UUID) -> UUID | None:
    """Whose an injection is, by the id of any of its versions."""
    return work.session.scalar(select(InjectionRow.patient_id).where(InjectionRow.id == injection_id))


def load_room(work: Work, clinic_id: UUID, *, since: datetime) -> list[tuple[PatientRow, Diary]]:
    """Patients with an injection since then, each with all injections and the moment entries since; by name.

    Leaves one audit row that names them all, so it is called in `writing`.
    """
    session = work.session
    recent = (
        select(InjectionRow.patient_id)
        .where(InjectionRow.clinic_id == clinic_id, InjectionRow.performed_at >= since)
        .distinct()
    )
    patients = session.scalars(
        select(PatientRow).where(PatientRow.id.in_(recent)).order_by(PatientRow.name, PatientRow.id)
    ).all()
    ids = [patient.id for patient in patients]
    injections: dict[UUID, list[Injection]] = defaultdict(list)
    for injection in session.scalars(
        select(InjectionRow).where(InjectionRow.patient_id.in_(ids)).order_by(InjectionRow.position, InjectionRow.id)
    ):
        injections[injection.patient_id].append(as_injection(injection))
    entries: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in session.scalars(
        select(EntryRow)
        .where(EntryRow.patient_id.in_(ids), EntryRow.at >= since)
        .order_by(EntryRow.position, EntryRow.id)
    ):
        entries[entry.patient_id].append(as_entry(entry))
    work.audit("monitoring.read", clinic_id=clinic_id, count=len(ids), ids=[str(id_) for id_ in ids])
    return [
        (
            patient,
            Diary(
                patient=patient.as_patient(),
                injections=tuple(injections[patient.id]),
                entries=tuple(entries[patient.id]),
            ),
        )
        for patient in patients
    ]
