"""Planning, doing, correcting and withdrawing an injection; each is one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from diary.domain.access import Actor, Role, check_can_record_injection
from diary.domain.diary import Diary, Injection, Instrument, Medicine, Source
from diary.domain.errors import Conflict, InvalidValue, NotAllowed, NotFound
from diary.domain.local_time import in_zone
from diary.domain.planning import PlannedInjection, PlanState, before_entry, carried_out, check_ready
from diary.domain.timeline import Chain, chains, medicines_in_force, original_of, standing
from diary.store.clinics import find_clinic
from diary.store.correction_reasons import add_reason, reasons_of
from diary.store.diaries import add_entries, add_injections, load_diary
from diary.store.patients import PatientRow, hold_patient, patients_by_id
from diary.store.planned_injections import (
    CHANGED_MEANWHILE,
    PlannedInjectionRow,
    add_version,
    find_plan,
    open_plans_of_clinic,
    open_plans_of_patient,
)
from diary.store.room import find_injection_patient
from diary.store.work import Work, writing

UNREASONED_DELAY = timedelta(minutes=2)
SOON = timedelta(hours=24)
RESCUE_WINDOW = timedelta(hours=6)  # medicine taken in these hours before a reading confounds it


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOnFile:
    """The newest version of a plan, whose it is, and the extra medicine recorded in the hours before ``now``."""

    patient: PatientRow
    zone: ZoneInfo
    planned: PlannedInjection
    version: int
    state: PlanState
    recent_medicines: tuple[Medicine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectionOnFile:
    """One injection with all its versions, oldest first, and the reasons that were given, by id of the version."""

    patient: PatientRow
    zone: ZoneInfo
    diary: Diary
    chain: Chain[Injection]
    reasons: dict[UUID, str]


# --- before it is done ------------------------------------------------------------------------------------------------


def patient_in_care(actor: Actor, patient_id: UUID, *, now: datetime) -> tuple[PatientRow, ZoneInfo]:
    """For whom something is about to be recorded, and the clinic's zone (`NotFound`, `NotAllowed`)."""
    with writing(actor, now=now) as work:
        patient = _patient(work, patient_id)
        work.audit("patient.read", owner=patient.owner)
        return patient, clinic_zone(work, patient)


def plans_of_patient(actor: Actor, patient_id: UUID, *, now: datetime) -> list[PlannedInjection]:
    """The patient's plans that are neither done nor cancelled, the soonest first."""
    with writing(actor, now=now) as work:
        patient = _patient(work, patient_id)
        work.audit("planned-injection.read", owner=patient.owner)
        return [row.planned for row in open_plans_of_patient(work.session, patient.id)]


def plans_of_clinic(actor: Actor, *, now: datetime) -> list[tuple[PatientRow, PlannedInjection, ZoneInfo]]:
    """The clinic's open plans of the coming 24 hours, overdue ones and those without a time, the soonest first."""
    if actor.clinic_id is None:
        raise NotAllowed("Plans belong to a clinic.")
    with writing(actor, now=now) as work:
        rows = open_plans_of_clinic(work.session, actor.clinic_id, until=now + SOON)
        patients = patients_by_id(work.session, {row.patient_id for row in rows})
        for patient in patients.values():
            check_can_record_injection(actor, patient.owner)
        ids = [str(row.injection_id) for row in rows]
        work.audit("planned-injection.read", clinic_id=actor.clinic_id, count=len(ids), ids=ids)
        return [(patients[row.patient_id], row.planned, clinic_zone(work, patients[row.patient_id])) for row in rows]


def plan_injection(actor: Actor, patient_id: UUID, planned: PlannedInjection, *, now: datetime) -> None:
    """Keep a new plan. The same plan twice is one tap."""
    with writing(actor, now=now) as work:
        patient = _patient(work, patient_id)
        there = find_plan(work.session, planned.id)
        if there is not None and there.patient_id == patient.id and there.planned == planned:
            return
        add_version(work, patient.owner, planned, state=PlanState.OPEN, after=0)


def load_plan(actor: Actor, injection_id: UUID, *, now: datetime) -> PlanOnFile:
    """A plan in any state, by the id that its injection has or will have."""
    with writing(actor, now=now) as work:
        row, patient = _plan(work, injection_id)
        diary = load_diary(work, patient, since=now.date(), until=now.date())
        return PlanOnFile(
            patient=patient,
            zone=clinic_zone(work, patient),
            planned=row.planned,
            version=row.version,
            state=PlanState(row.state),
            recent_medicines=tuple(
                medicine
                for medicine in medicines_in_force(diary)
                if medicine.rescue and now - RESCUE_WINDOW <= medicine.taken_at <= now
            ),
        )


def change_plan(actor: Actor, planned: PlannedInjection, *, after: int, now: datetime) -> int:
    """Keep a changed plan as the version that follows ``after``; its number. `Conflict` where somebody was quicker."""
    with writing(actor, now=now) as work:
        row, _ = _open_plan(work, planned.id)
        return add_version(work, row.owner, planned, state=PlanState.OPEN, after=after)


def cancel_plan(actor: Actor, injection_id: UUID, *, after: int, now: datetime) -> PlannedInjection:
    """Cancel a plan; it stays on file."""
    with writing(actor, now=now) as work:
        row, _ = _open_plan(work, injection_id)
        add_version(work, row.owner, row.planned, state=PlanState.CANCELLED, after=after)
        return row.planned


def carry_out(
    actor: Actor, injection_id: UUID, *, after: int, performed_at: datetime, reason: str, now: datetime
) -> Injection:
    """Start the clock: the plan becomes an injection at ``performed_at``, with what was measured before it.

    `InvalidValue` names the field: a time to come, one more than two minutes back without a reason, no before score.
    `Conflict` where the plan was changed, cancelled or carried out meanwhile.
    """
    check_time_of_injection(performed_at, reason=reason, now=now)
    with writing(actor, now=now) as work:
        row, patient = _open_plan(work, injection_id)
        planned = row.planned
        check_ready(planned)
        recorded_at = in_zone(now, clinic_zone(work, patient))
        injection = carried_out(
            planned, performed_at=performed_at, recorded_at=recorded_at, recorded_by=actor.name or None
        )
        add_version(work, row.owner, planned, state=PlanState.DONE, after=after)
        add_injections(work, row.owner, [injection])
        before = before_entry(
            planned, id_=uuid4(), performed_at=performed_at, recorded_at=recorded_at, source=source_of(actor)
        )
        add_entries(work, row.owner, [before] if before else [])
        if reason:
            add_reason(work, row.owner, injection.id, reason)
        return injection


def check_time_of_injection(performed_at: datetime, *, reason: str, now: datetime) -> None:
    """Refuse a time to come, and one more than two minutes back that nobody explains (`InvalidValue`)."""
    if performed_at > now:
        raise InvalidValue("performed_at", "This time is still to come. Give the time at which it was done.")
    if now - performed_at > UNREASONED_DELAY and not reason:
        raise InvalidValue("reason", "Say why it is recorded more than 2 minutes later.")


# --- once it is done --------------------------------------------------------------------------------------------------


def record_injection(actor: Actor, patient_id: UUID, injection: Injection, *, now: datetime) -> None:
    """Keep an injection that was done elsewhere or earlier, all at once. The same id twice is one tap."""
    if injection.performed_at > now:
        raise InvalidValue("performed_at", "This time is still to come. Give the time at which it was done.")
    with writing(actor, now=now) as work:
        patient = _patient(work, patient_id)
        match find_injection_patient(work, injection.id):
            case None:
                add_injections(work, patient.owner, [injection])
            case owner if owner != patient.id:
                raise Conflict("This page belongs to another patient. Open it again.")


def load_injection(actor: Actor, injection_id: UUID, *, now: datetime) -> InjectionOnFile:
    """An injection by the id of any of its versions, withdrawn ones too (`NotFound`)."""
    with writing(actor, now=now) as work:
        patient, diary, chain = open_injection(work, injection_id)
        return InjectionOnFile(
            patient=patient,
            zone=clinic_zone(work, patient),
            diary=diary,
            chain=chain,
            reasons=reasons_of(work.session, [version.id for version in chain.records]),
        )


def correct_injection(actor: Actor, corrected: Injection, *, reason: str, now: datetime) -> None:
    """Keep a correction, whole, under its own id; ``corrected.revises`` is the version that was on the screen.

    `Conflict` if that is no longer the one in force, or if the activities that scores follow would change.
    """
    if corrected.performed_at > now:
        raise InvalidValue("performed_at", "This time is still to come. Give the time at which it was done.")
    _check_reason(reason)
    with writing(actor, now=now) as work:
        if corrected.revises is None:
            raise ValueError("a correction names what it corrects")
        patient, diary, chain = open_injection(work, corrected.revises)
        check_in_force(chain, corrected.revises)
        _check_activities_frozen(diary, chain.end, corrected)
        add_injections(work, patient.owner, [corrected])
        add_reason(work, patient.owner, corrected.id, reason)


def withdraw_injection(actor: Actor, version_id: UUID, *, reason: str, now: datetime) -> None:
    """Take an injection out of every count: wrong patient, made by mistake. It stays in the history."""
    _check_reason(reason)
    with writing(actor, now=now) as work:
        patient, _, chain = open_injection(work, version_id)
        check_in_force(chain, version_id)
        withdrawn = next_version(work, patient, chain.end, withdrawn=True)
        add_injections(work, patient.owner, [withdrawn])
        add_reason(work, patient.owner, withdrawn.id, reason)


# --- what the services about injections share -------------------------------------------------------------------------


def open_injection(work: Work, injection_id: UUID) -> tuple[PatientRow, Diary, Chain[Injection]]:
    """Whose an injection is, their diary, and all its versions, by the id of any of them (`NotFound`)."""
    patient_id = find_injection_patient(work, injection_id)
    if patient_id is None:
        raise NotFound("There is no such injection.")
    patient = _patient(work, patient_id)
    diary = load_diary(work, patient)
    chain = _chain_of(diary, injection_id)
    return patient, diary, chain


def _chain_of(diary: Diary, injection_id: UUID) -> Chain[Injection]:
    version = next(injection for injection in diary.injections if injection.id == injection_id)
    original = original_of(version, diary.injections)
    return next(chain for chain in chains(diary.injections) if chain.original.id == original.id)


def check_in_force(chain: Chain[Injection], version_id: UUID) -> None:
    """`Conflict` where a version is not the one that counts any more, or was withdrawn."""
    if chain.end.withdrawn:
        raise Conflict("This injection was withdrawn. Nothing can be added to it.")
    if chain.end.id != version_id:
        raise Conflict(CHANGED_MEANWHILE)


def next_version(work: Work, patient: PatientRow, end: Injection, **changes: object) -> Injection:
    """The version that follows, stated whole, recorded now by whoever acts."""
    return replace(
        end,
        id=uuid4(),
        revises=end.id,
        recorded_at=in_zone(work.now, clinic_zone(work, patient)),
        recorded_by=work.actor.name or None,
        **changes,  # type: ignore[arg-type]  # the fields are checked by the dataclass
    )


def clinic_zone(work: Work, patient: PatientRow) -> ZoneInfo:
    """The zone in which the clinic's own clock is read."""
    clinic = find_clinic(work.session, patient.clinic_id)
    if clinic is None:
        raise NotFound("There is no such clinic.")
    return ZoneInfo(clinic.time_zone)


def source_of(actor: Actor) -> Source:
    """As whom the care team records a score."""
    return Source.DOCTOR if actor.role is Role.DOCTOR else Source.NURSE


def _patient(work: Work, patient_id: UUID) -> PatientRow:
    patient = hold_patient(work.session, patient_id)
    if patient is None:
        raise NotFound("There is no such patient.")
    check_can_record_injection(work.actor, patient.owner)
    return patient


def _plan(work: Work, injection_id: UUID) -> tuple[PlannedInjectionRow, PatientRow]:
    found = find_plan(work.session, injection_id)
    if found is None:
        raise NotFound("There is no such plan.")
    patient = _patient(work, found.patient_id)
    # Read again: on PostgreSQL somebody may have changed it before this transaction held the patient.
    return find_plan(work.session, injection_id) or found, patient


def _open_plan(work: Work, injection_id: UUID) -> tuple[PlannedInjectionRow, PatientRow]:
    row, patient = _plan(work, injection_id)
    if not row.is_open:
        raise Conflict("This injection was done or cancelled meanwhile.")
    return row, patient


def _check_reason(reason: str) -> None:
    if not reason:
        raise InvalidValue("reason", "Say why, in a few words.")


def _check_activities_frozen(diary: Diary, before: Injection, corrected: Injection) -> None:
    """The activities of an injection are frozen once a score follows their order."""
    if corrected.activities == before.activities:
        return
    scored = any(Instrument.ACTIVITIES in chain.end.scores.given() for chain in standing(diary.entries))
    if scored and before.activities:
        raise Conflict("The activities cannot change any more: scores follow their order.")
