"""What is asked of a patient and when: the clinic's schedule, the patient's own, and the diary of the last weeks."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from diary.domain.access import Actor, check_can_administer, check_can_set_schedule
from diary.domain.diary import Diary
from diary.domain.errors import UnreadableRules
from diary.domain.local_time import today_in
from diary.domain.reminding import Asking
from diary.domain.schedule import USUAL, WEEK, Rhythm, Schedule, injection_before
from diary.domain.timeline import day_since, day_zero, injections_in_force
from diary.store.patients import PatientRow, existing_patient
from diary.store.planned_injections import open_plans_of_patient
from diary.store.schedules import add_rhythm, add_schedule, find_rhythm, find_schedule
from diary.store.whole_diaries import find_clinic_with_rules
from diary.store.work import Work, looking_up, writing

LOOKED_BACK = timedelta(days=28)  # far enough for a week's slot, for soreness and for the count of missed days


class Load(Protocol):
    """How a part of a patient's diary is read, with whatever audit whoever reads it owes."""

    def __call__(self, *, since: date, until: date | None = None) -> Diary: ...


def asking_of(work: Work, patient: PatientRow, load: Load) -> Asking:
    """All that decides what is asked of this patient now."""
    diary = load(since=(work.now - LOOKED_BACK).date())
    schedule = _with_window(work, patient, diary, schedule_of(work, patient))
    planned_at = planned_injection(work, patient)
    return Asking(
        diary=_with_week_before(diary, schedule, load, now=work.now),
        schedule=schedule,
        planned_on=_planned_on(patient, diary, planned_at),
    )


def planned_injection(work: Work, patient: PatientRow) -> datetime | None:
    """When the next injection is planned, today or later."""
    zone = patient.as_patient().zone
    today = today_in(zone, now=work.now)
    planned = (row.planned_at for row in open_plans_of_patient(work.session, patient.id))
    return next((at for at in planned if at is not None and at.astimezone(zone).date() >= today), None)


def _planned_on(patient: PatientRow, diary: Diary, planned_at: datetime | None) -> date | None:
    """The day of the injection to come. Before the first one without a plan it is that of the next visit."""
    if planned_at is not None:
        return planned_at.astimezone(diary.patient.zone).date()
    return patient.next_visit.date() if patient.next_visit and not injections_in_force(diary) else None


def _with_window(work: Work, patient: PatientRow, diary: Diary, schedule: Schedule) -> Schedule:
    """The schedule with the hours of day 0 as long as the clinic's rules say that the anaesthetic works.

    Where it was not written down, or the rules cannot be read, the hours go on until bedtime: a question too many
    harms less than a reading too few.
    """
    today = today_in(diary.patient.zone, now=work.now)
    injection = injection_before(diary, today)
    if injection is None or day_since(injection, today) > 1:
        return schedule
    try:
        _, rules = find_clinic_with_rules(work.session, patient.clinic_id)
    except UnreadableRules:
        return schedule
    window = rules.window(injection.anaesthetic)
    return replace(schedule, window_minutes=window.usual_end if window else None)


def _with_week_before(diary: Diary, schedule: Schedule, load: Load, *, now: datetime) -> Diary:
    """The diary with the week before its injection too, where weekly scores are compared with what it was then."""
    injection = injection_before(diary, today_in(diary.patient.zone, now=now))
    if injection is None or schedule.later is Rhythm.DAILY:
        return diary
    first = day_zero(injection) - timedelta(days=WEEK)
    if first >= (now - LOOKED_BACK).date():
        return diary
    known = {entry.id for entry in diary.entries}
    before = load(since=first, until=day_zero(injection))
    earlier = tuple(entry for entry in before.entries if entry.id not in known)
    return replace(diary, entries=(*earlier, *diary.entries))


# --- the schedule -----------------------------------------------------------------------------------------------------


def schedule_of(work: Work, patient: PatientRow) -> Schedule:
    """The clinic's schedule with the patient's own rhythm."""
    schedule = find_schedule(work.session, patient.clinic_id) or USUAL
    own = find_rhythm(work.session, patient.id)
    return schedule if own is None else replace(schedule, later=own)


def schedule_of_clinic(clinic_id: UUID) -> Schedule:
    """What the clinic asks, as it holds now; the usual one where it never set any."""
    with looking_up() as session:
        return find_schedule(session, clinic_id) or USUAL


def set_schedule(actor: Actor, clinic_id: UUID, schedule: Schedule, *, now: datetime) -> None:
    """Set what the clinic asks from now on: of everybody who has no schedule of their own."""
    check_can_administer(actor, clinic_id)
    with writing(actor, now=now) as work:
        if find_schedule(work.session, clinic_id) != schedule:
            add_schedule(work, clinic_id, schedule)


def rhythm_of(actor: Actor, patient_id: UUID) -> Rhythm | None:
    """The patient's own rhythm, None where it is the clinic's; for the care team."""
    with looking_up() as session:
        patient = existing_patient(session, patient_id)
        check_can_set_schedule(actor, patient.owner)
        return find_rhythm(session, patient_id)


def set_rhythm(actor: Actor, patient_id: UUID, later: Rhythm | None, *, now: datetime) -> None:
    """Set how often this patient is asked after the first two weeks; None leaves it to the clinic's schedule."""
    with writing(actor, now=now) as work:
        patient = existing_patient(work.session, patient_id)
        check_can_set_schedule(actor, patient.owner)
        if find_rhythm(work.session, patient_id) != later:
            add_rhythm(work, patient.owner, later)
