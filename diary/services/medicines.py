"""Medicines taken and steroids given elsewhere, as the care team writes them down."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from diary.domain.access import Actor, check_can_add_entry
from diary.domain.diary import Medicine, SteroidElsewhere
from diary.domain.errors import Conflict, InvalidValue, NotFound
from diary.domain.local_time import in_zone, today_in
from diary.domain.timeline import Chain, chains
from diary.services.injections import clinic_zone, source_of
from diary.store.diaries import (
    add_medicines,
    add_steroids_elsewhere,
    load_diary,
    load_steroids_elsewhere,
    withdraw_steroid_elsewhere,
)
from diary.store.patients import PatientRow, hold_patient
from diary.store.planned_injections import CHANGED_MEANWHILE
from diary.store.work import Work, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicinesOnFile:
    """A patient's medicines with their histories, and the steroids given elsewhere with their ids, the last first."""

    patient: PatientRow
    zone: ZoneInfo
    medicines: tuple[Chain[Medicine], ...]
    steroids: tuple[tuple[UUID, SteroidElsewhere], ...]

    def chain_of(self, medicine_id: UUID) -> Chain[Medicine]:
        """The medicine with this id in any version (`NotFound`)."""
        for chain in self.medicines:
            if any(version.id == medicine_id for version in chain.records):
                return chain
        raise NotFound("There is no such medicine.")


def load_medicines(actor: Actor, patient_id: UUID, *, now: datetime) -> MedicinesOnFile:
    """What is written down of a patient's medicines (`NotFound`, `NotAllowed`)."""
    with writing(actor, now=now) as work:
        return _load(work, _patient(work, patient_id))


def _load(work: Work, patient: PatientRow) -> MedicinesOnFile:
    diary = load_diary(work, patient, since=work.now.date(), until=work.now.date())
    steroids = load_steroids_elsewhere(work, patient.owner)
    return MedicinesOnFile(
        patient=patient,
        zone=clinic_zone(work, patient),
        medicines=tuple(sorted(chains(diary.medicines), key=lambda chain: chain.end.taken_at, reverse=True)),
        steroids=tuple(sorted(steroids.items(), key=lambda steroid: steroid[1].on, reverse=True)),
    )


def _patient(work: Work, patient_id: UUID) -> PatientRow:
    patient = hold_patient(work.session, patient_id)
    if patient is None:
        raise NotFound("There is no such patient.")
    check_can_add_entry(work.actor, patient.owner)
    return patient


def save_medicine(actor: Actor, patient_id: UUID, medicine: Medicine, *, now: datetime) -> None:
    """Keep a medicine, or a correction of one (``revises``). The same id twice is one tap.

    `Conflict` where what is corrected is no longer in force.
    """
    if medicine.taken_at > now:
        raise InvalidValue("taken_at", "This time is still to come. Give the time at which it was taken.")
    with writing(actor, now=now) as work:
        patient = _patient(work, patient_id)
        found = _load(work, patient)
        if any(version.id == medicine.id for chain in found.medicines for version in chain.records):
            return
        if medicine.revises is not None:
            _check_in_force(found.chain_of(medicine.revises), medicine.revises)
        kept = replace(medicine, recorded_at=in_zone(now, found.zone), source=source_of(actor))
        add_medicines(work, patient.owner, [kept])


def withdraw_medicine(actor: Actor, patient_id: UUID, medicine_id: UUID, *, now: datetime) -> None:
    """Take a medicine out of every count; it stays in the history."""
    with writing(actor, now=now) as work:
        patient = _patient(work, patient_id)
        found = _load(work, patient)
        chain = found.chain_of(medicine_id)
        _check_in_force(chain, medicine_id)
        withdrawn = replace(
            chain.end,
            id=uuid4(),
            revises=chain.end.id,
            withdrawn=True,
            recorded_at=in_zone(now, found.zone),
            received_at=None,
            source=source_of(actor),
        )
        add_medicines(work, patient.owner, [withdrawn])


def _check_in_force(chain: Chain[Medicine], medicine_id: UUID) -> None:
    if chain.end.withdrawn:
        raise Conflict("This medicine was withdrawn. Write it down anew if it was taken.")
    if chain.end.id != medicine_id:
        raise Conflict(CHANGED_MEANWHILE)


def add_steroid_elsewhere(actor: Actor, patient_id: UUID, steroid: SteroidElsewhere, *, now: datetime) -> None:
    """Keep a steroid that was given somewhere else."""
    with writing(actor, now=now) as work:
        patient = _patient(work, patient_id)
        if steroid.on > today_in(clinic_zone(work, patient), now=now):
            raise InvalidValue("on", "This day is still to come.")
        add_steroids_elsewhere(work, patient.owner, [steroid])


def withdraw_steroid(actor: Actor, patient_id: UUID, steroid_id: UUID, *, now: datetime) -> None:
    """Take a steroid given elsewhere out of the ledger: written down by mistake (`NotFound` where it is not there)."""
    with writing(actor, now=now) as work:
        patient = _patient(work, patient_id)
        on_file = load_steroids_elsewhere(work, patient.owner)
        if steroid_id not in on_file:
            raise NotFound("There is no such steroid. It may have been withdrawn already.")
        withdraw_steroid_elsewhere(work, patient.owner, steroid_id, on_file[steroid_id])
