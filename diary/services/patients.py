"""Patients of a clinic: who is added, what is changed, when they come back, and when their diary stops."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from diary.domain.access import (
    Actor,
    Owner,
    check_can_describe_pain,
    check_can_enrol,
    check_same_owner,
)
from diary.domain.diary import Condition, Side
from diary.domain.errors import NotFound
from diary.domain.pain import HardThings, NamedPain, Spot, one_line
from diary.domain.patients import NextVisit, PatientDetails, birth_dates_like, names_alike
from diary.store.base import offset_of
from diary.store.clinics import find_clinic
from diary.store.patients import PatientRow, add_patient_row, change_patient_row, find_candidates, find_patient
from diary.store.work import Work, reading, writing


def add_patient(
    actor: Actor,
    *,
    clinic_id: UUID,
    name: str,
    born: date,
    time_zone: str,
    now: datetime,
    number: str | None = None,
    telephone: str | None = None,
    language: str = "en",
    pain_named: str | None = None,
    pain_side: Side | None = None,
    conditions: Sequence[Condition] = (),
) -> UUID:
    """A new patient's id.

    `InvalidValue` names what is wrong; `NotAllowed` where somebody outside the care team gives pain or conditions.
    """
    check_can_enrol(actor, clinic_id)
    details = PatientDetails.of(
        name=name,
        born=born,
        time_zone=time_zone,
        today=_today(now, time_zone),
        number=number,
        telephone=telephone,
        language=language,
    )
    owner = Owner(clinic_id=clinic_id, patient_id=uuid4())
    pain = NamedPain(words=one_line(pain_named), side=pain_side)
    if pain != NamedPain() or conditions:
        check_can_describe_pain(actor, owner)
    with writing(actor, now=now) as work:
        if find_clinic(work.session, clinic_id) is None:
            raise NotFound("There is no such clinic.")
        patient = PatientRow(
            id=owner.patient_id,
            clinic_id=clinic_id,
            created_at=now,
            pain_named=pain.words,
            pain_side=pain.side,
            conditions=_names(conditions),
            **details.as_columns(),
        )
        add_patient_row(work, patient)
    return owner.patient_id


def likely_duplicates(
    actor: Actor, *, clinic_id: UUID, name: str, born: date, now: datetime, number: str | None = None
) -> list[PatientRow]:
    """Patients of the clinic who may be this one: like name and birth date (or day and month swapped), the very name
    with another birth date, or the same chart number."""
    check_can_enrol(actor, clinic_id)
    name = one_line(name) or ""
    with writing(actor, now=now) as work:
        candidates = find_candidates(
            work.session, clinic_id, name=name, born_on=birth_dates_like(born), number=one_line(number)
        )
        found = [
            patient
            for patient in candidates
            if names_alike(name, patient.name or "") or (number and patient.number == one_line(number))
        ]
        for patient in found:
            work.audit("patient.read", owner=patient.owner)
    return found


def identity_of(actor: Actor, patient_id: UUID, *, now: datetime) -> PatientRow:
    """The patient as staff of the clinic may see them, and the audit row of it; `NotFound` for another clinic's."""
    with writing(actor, now=now) as work:
        patient = _enrollable(work, patient_id)
        work.audit("patient.read", owner=patient.owner)
        return patient


def change_patient(
    actor: Actor,
    patient_id: UUID,
    *,
    name: str,
    born: date,
    time_zone: str,
    now: datetime,
    number: str | None = None,
    telephone: str | None = None,
) -> None:
    """Set who the patient is. `InvalidValue` names what is wrong."""
    with writing(actor, now=now) as work:
        patient = _enrollable(work, patient_id)
        details = PatientDetails.of(
            name=name,
            born=born,
            time_zone=time_zone,
            today=_today(now, time_zone),
            number=number,
            telephone=telephone,
            language=patient.language or "en",
        )
        change_patient_row(work, patient, details.as_columns(), action="patient.change")


def plan_visit(actor: Actor, patient_id: UUID, visit: NextVisit | None, *, now: datetime) -> None:
    """Set when the patient comes back, or that no visit is planned."""
    with writing(actor, now=now) as work:
        patient = _enrollable(work, patient_id)
        changes: dict[str, object] = {
            "next_visit_at": visit.at if visit else None,
            "next_visit_offset": offset_of(visit.at) if visit else None,
            "next_visit_with": one_line(visit.doctor) if visit else None,
        }
        if patient.next_visit_at is not None and patient.next_visit_at <= now:
            changes["last_visit_at"] = patient.next_visit_at
        change_patient_row(work, patient, changes, action="patient.plan-visit")


def name_pain(actor: Actor, patient_id: UUID, pain: NamedPain, *, now: datetime) -> None:
    """Set which pain the diary is about; by the care team, or by the patient on their phone."""
    with writing(actor, now=now) as work:
        patient = _describable(work, patient_id)
        changes = {"pain_named": one_line(pain.words), "pain_side": pain.side, "pain_spot": pain.spot}
        change_patient_row(work, patient, changes, action="patient.name-pain")


def name_conditions(actor: Actor, patient_id: UUID, conditions: Sequence[Condition], *, now: datetime) -> None:
    """Set the conditions that matter to an injection."""
    with writing(actor, now=now) as work:
        patient = _describable(work, patient_id)
        change_patient_row(work, patient, {"conditions": _names(conditions)}, action="patient.name-conditions")


def name_hard_things(actor: Actor, patient_id: UUID, hard: HardThings, *, now: datetime) -> None:
    """Set the movement that hurts most and the activities; the next injection takes its own copy of them."""
    with writing(actor, now=now) as work:
        patient = _describable(work, patient_id)
        changes = {"painful_movement": hard.movement, "activities": list(hard.activities)}
        change_patient_row(work, patient, changes, action="patient.name-activities")


def end_set_up(actor: Actor, patient_id: UUID, *, now: datetime) -> None:
    """The questions after the first score were answered or left out, and are not asked again."""
    with writing(actor, now=now) as work:
        patient = _describable(work, patient_id)
        change_patient_row(work, patient, {"set_up_at": now}, action="patient.end-set-up")


def own_record(actor: Actor, *, now: datetime) -> PatientRow:
    """The record of the patient who asks, by their phone."""
    with reading(actor, now=now) as work:
        patient = find_patient(work.session, actor.patient_id) if actor.patient_id else None
    if patient is None:
        raise NotFound("There is no such patient.")
    check_same_owner(actor, patient.owner)
    return patient


def pain_of(patient: PatientRow) -> NamedPain:
    """Which pain the patient's diary is about."""
    return NamedPain(
        words=patient.pain_named,
        side=Side(patient.pain_side) if patient.pain_side else None,
        spot=Spot(patient.pain_spot) if patient.pain_spot else None,
    )


def hard_things_of(patient: PatientRow) -> HardThings:
    """What the patient named as hard."""
    return HardThings(movement=patient.painful_movement, activities=tuple(patient.activities))


def _enrollable(work: Work, patient_id: UUID) -> PatientRow:
    patient = find_patient(work.session, patient_id)
    if patient is None:
        raise NotFound("There is no such patient.")
    check_same_owner(work.actor, patient.owner)
    check_can_enrol(work.actor, patient.clinic_id)
    return patient


def _describable(work: Work, patient_id: UUID) -> PatientRow:
    patient = find_patient(work.session, patient_id)
    if patient is None:
        raise NotFound("There is no such patient.")
    check_can_describe_pain(work.actor, patient.owner)
    return patient


def _names(conditions: Sequence[Condition]) -> list[str]:
    return sorted({condition.value for condition in conditions})


def _today(now: datetime, time_zone: str) -> date:
    try:
        return now.astimezone(ZoneInfo(time_zone.strip())).date()
    except (KeyError, ValueError, OSError):  # `PatientDetails` says what is wrong with the zone
        return now.date()
