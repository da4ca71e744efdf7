"""Diaries in and out of a clinic: what an import would do, the import itself, the export."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from diary.domain.access import Actor, Role, check_can_read_diary, check_can_record_injection
from diary.domain.diary import Diary, Entry, Injection, Medicine, Patient, Records, SteroidElsewhere
from diary.domain.errors import Conflict, InvalidValue, NotFound
from diary.domain.form import Plain, unusable_id, write
from diary.exchange.diary_file import read_records_file, write_diary_file
from diary.exchange.entries_table import write_entries_table
from diary.store.diaries import (
    add_entries,
    add_injections,
    add_medicines,
    add_steroids_elsewhere,
    ids_of_others,
    load_diary,
)
from diary.store.patients import PatientRow, existing_patient, hold_patient
from diary.store.pending_imports import add_pending_import, take_pending_import
from diary.store.work import Work, writing

Recorded = TypeVar("Recorded", Injection, Entry, Medicine)

# What a server adds to a record that it takes in: no difference between the file and what is here.
ADDED_BY_A_SERVER = frozenset({"received_at", "clock"})

# How long a file that was shown waits for a yes.
SHOWN_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What taking a diary file would do to a patient's diary; nothing is taken where anything is refused.

    ``added`` is in the order of the file. ``already_there`` counts what is recorded and equal. ``refused`` names the
    place of each. ``details_that_differ`` are fields of the patient that the file tells otherwise: never overwritten.
    """

    added: Records
    already_there: int
    refused: tuple[InvalidValue, ...]
    details_that_differ: tuple[str, ...]

    @property
    def adds(self) -> int:
        """How many records would be added."""
        return _count(self.added)


def import_file(actor: Actor, patient_id: UUID, content: bytes, *, now: datetime) -> ImportPlan:
    """Take a diary file into a patient's diary, whole or not at all; returns what it did.

    `InvalidValue` with the place for the first thing that is refused, `NotFound` and `NotAllowed` as ever.
    """
    with writing(actor, now=now) as work:
        patient = _patient_to_import_for(work, patient_id)
        plan = plan_import(work, patient, read_records_file(content))
        if not plan.refused:
            take_import(work, patient, plan)
    if plan.refused:
        raise plan.refused[0]
    return plan


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownImport:
    """A file that was uploaded and looked through; ``pending_id`` is None where it is refused."""

    patient: PatientRow
    plan: ImportPlan
    pending_id: UUID | None


def patient_to_import_for(actor: Actor, patient_id: UUID, *, now: datetime) -> PatientRow:
    """The patient whose diary a file may be taken into (`NotFound`, `NotAllowed`)."""
    with writing(actor, now=now) as work:
        patient = _patient_to_import_for(work, patient_id)
        work.audit("patient.read", owner=patient.owner)
        return patient


def show_import(actor: Actor, patient_id: UUID, content: bytes, *, now: datetime) -> ShownImport:
    """What importing this file would do; it is kept for half an hour, so that `take_shown_import` can take it.

    `InvalidValue` where it is no diary file.
    """
    records = read_records_file(content)
    with writing(actor, now=now) as work:
        patient = _patient_to_import_for(work, patient_id)
        plan = plan_import(work, patient, records)
        pending_id = None
        if not plan.refused:
            pending_id = add_pending_import(work, patient.owner, content, expires_at=now + SHOWN_FOR)
        return ShownImport(patient=patient, plan=plan, pending_id=pending_id)


def take_shown_import(actor: Actor, patient_id: UUID, pending_id: UUID, *, now: datetime) -> ImportPlan:
    """Take the file that this person was shown for this patient; looked through again, since the diary may have grown.

    `NotFound` where it is no longer kept, `Conflict` where it can no longer be taken whole.
    """
    with writing(actor, now=now) as work:
        patient = _patient_to_import_for(work, patient_id)
        content = take_pending_import(work, patient.owner, pending_id)
        if content is None:
            raise NotFound("The file is no longer kept. Go back and choose it again.")
        plan = plan_import(work, patient, read_records_file(content))
        take_import(work, patient, plan)
        return plan


def export_diary(actor: Actor, patient_id: UUID, *, now: datetime) -> bytes:
    """The patient's whole diary as a diary file."""
    return write_diary_file(_diary_to_export(actor, patient_id, now=now))


def export_entries_table(actor: Actor, patient_id: UUID, *, now: datetime) -> bytes:
    """Every entry of the patient as a table (CSV in UTF-8), corrections and what they replaced among them."""
    return write_entries_table(_diary_to_export(actor, patient_id, now=now))


def _diary_to_export(actor: Actor, patient_id: UUID, *, now: datetime) -> Diary:
    with writing(actor, now=now) as work:
        patient = existing_patient(work.session, patient_id)
        check_can_read_diary(actor, patient.owner)
        if actor.role is Role.PATIENT:
            # Loading one's own diary leaves no line in the audit; taking it along does.
            work.audit("diary.export", owner=patient.owner)
        return load_diary(work, patient, purpose="export")


def _patient_to_import_for(work: Work, patient_id: UUID) -> PatientRow:
    patient = existing_patient(work.session, patient_id)
    check_can_record_injection(work.actor, patient.owner)
    # Nobody else adds to the diary between looking through the file and taking it.
    hold_patient(work.session, patient_id)
    return patient


# --- the plan ---------------------------------------------------------------------------------------------------------


def plan_import(work: Work, patient: PatientRow, records: Records) -> ImportPlan:
    """What taking these records would do, by their ids; corrections may name what is recorded already."""
    here = load_diary(work, patient, purpose="import")
    others = ids_of_others(work, patient.owner, records)
    injections, refused_injections = _sorted_out("injections", records.injections, here.injections, others)
    entries, refused_entries = _sorted_out("entries", records.entries, here.entries, others)
    medicines, refused_medicines = _sorted_out("medicines", records.medicines, here.medicines, others)
    added = replace(
        records,
        injections=injections,
        entries=entries,
        medicines=medicines,
        steroids_elsewhere=_new_steroids(records.steroids_elsewhere, here.steroids_elsewhere),
    )
    refused = (*refused_injections, *refused_entries, *refused_medicines)
    return ImportPlan(
        added=added,
        already_there=_count(records) - _count(added) - len(refused),
        refused=refused or _unsound_together(records, here),
        details_that_differ=_differing_details(records.patient, here.patient),
    )


def _sorted_out(
    place: str, filed: Sequence[Recorded], here: Sequence[Recorded], others: frozenset[UUID]
) -> tuple[tuple[Recorded, ...], list[InvalidValue]]:
    """Which of the filed records are new, and which are refused; the rest is here already and equal."""
    known = {record.id: record for record in here}
    new: list[Recorded] = []
    refused: list[InvalidValue] = []
    for index, record in enumerate(filed):
        if record.id in others:
            refused.append(unusable_id(f"{place}[{index}].id", str(record.id)))
        elif record.id not in known:
            new.append(record)
        elif differing := _differing_fields(record, known[record.id]):
            refused.append(
                InvalidValue(
                    f"{place}[{index}]",
                    "%(id)s is recorded already and differs in %(fields)s; "
                    "to change it, add a correction that names it in revises",
                    id=record.id,
                    fields=", ".join(differing),
                )
            )
    return tuple(new), refused


def _differing_fields(filed: Recorded, here: Recorded) -> list[str]:
    """The fields told differently, offsets of instants included: day 0 hangs on them."""
    ours, theirs = _as_told(here), _as_told(filed)
    return [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]


def _as_told(record: Injection | Entry | Medicine) -> Mapping[str, Plain]:
    return {name: value for name, value in write(record).items() if name not in ADDED_BY_A_SERVER}


def _new_steroids(filed: Sequence[SteroidElsewhere], here: Sequence[SteroidElsewhere]) -> tuple[SteroidElsewhere, ...]:
    """They bear no id, so those with equal content are taken for the same; of three alike and one here, two are new."""
    left = Counter(here)
    new = []
    for steroid in filed:
        if left[steroid]:
            left[steroid] -= 1
        else:
            new.append(steroid)
    return tuple(new)


def _unsound_together(records: Records, here: Diary) -> tuple[InvalidValue, ...]:
    """What is wrong with the file and the diary as one; the filed records come first, so places are the file's."""
    try:
        Diary(
            patient=here.patient,
            injections=_with_the_rest(records.injections, here.injections),
            entries=_with_the_rest(records.entries, here.entries),
            medicines=_with_the_rest(records.medicines, here.medicines),
        )
    except InvalidValue as error:
        return (error,)
    return ()


def _with_the_rest(filed: tuple[Recorded, ...], here: Sequence[Recorded]) -> tuple[Recorded, ...]:
    in_file = {record.id for record in filed}
    rest = tuple(record for record in here if record.id not in in_file)
    return filed + rest


def _differing_details(filed: Patient, here: Patient) -> tuple[str, ...]:
    told = {field.name: getattr(filed, field.name) for field in fields(filed)}
    return tuple(name for name, value in told.items() if value and value != getattr(here, name))


def _count(records: Records) -> int:
    return sum(map(len, (records.injections, records.entries, records.medicines, records.steroids_elsewhere)))


# --- taking it --------------------------------------------------------------------------------------------------------


def take_import(work: Work, patient: PatientRow, plan: ImportPlan) -> None:
    """Add what the plan adds, in this transaction (`Conflict` where anything in it is refused)."""
    if plan.refused:
        raise Conflict("Nothing was imported, because something in the file is refused.")
    added = plan.added
    add_injections(work, patient.owner, added.injections)
    add_entries(work, patient.owner, added.entries)
    add_medicines(work, patient.owner, added.medicines)
    add_steroids_elsewhere(work, patient.owner, added.steroids_elsewhere)
    work.audit("diary.imported", owner=patient.owner, added=plan.adds, already_there=plan.already_there)
