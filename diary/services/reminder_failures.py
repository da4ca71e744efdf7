"""Whether reminders arrive: told to those who can do something about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from diary.domain.access import CARE_TEAM, Actor, check_can_administer, check_can_set_schedule
from diary.domain.errors import NotAllowed
from diary.store.patients import PatientRow, existing_patient
from diary.store.reminder_choices import ReminderChoice, count_by_channel, find_choice, open_subscriptions
from diary.store.reminders import (
    FAILURES_SHOWN_FOR,
    ReminderRow,
    count_by_outcome,
    failures_of_clinic,
    last_reminders,
)
from diary.store.work import looking_up, writing

MOST_SHOWN = 200
LAST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersOfPatient:
    """How one patient is reminded, on how many phones, and their last reminders, the newest first."""

    patient: PatientRow
    choice: ReminderChoice | None
    phones: int
    last: Sequence[ReminderRow]


def reminders_of(actor: Actor, patient_id: UUID, *, now: datetime) -> RemindersOfPatient:
    """What the care team sees of a patient's reminders; the read is in the audit."""
    with writing(actor, now=now) as work:
        patient = existing_patient(work.session, patient_id)
        check_can_set_schedule(actor, patient.owner)
        work.audit("patient.read", owner=patient.owner)
        return RemindersOfPatient(
            patient=patient,
            choice=find_choice(work.session, patient_id),
            phones=len(open_subscriptions(work.session, patient_id)),
            last=last_reminders(work.session, patient_id, most=LAST_SHOWN),
        )


def failures(actor: Actor, *, now: datetime) -> Sequence[tuple[ReminderRow, PatientRow]]:
    """The reminders of the last week that may not have arrived, with whose they are; the read is in the audit."""
    if actor.role not in CARE_TEAM or actor.clinic_id is None:
        raise NotAllowed("Your role does not open diaries.")
    with writing(actor, now=now) as work:
        found = failures_of_clinic(work.session, actor.clinic_id, since=now - FAILURES_SHOWN_FOR, most=MOST_SHOWN)
        work.audit("patients.list", patients=sorted({str(patient.id) for _, patient in found}))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersOfClinic:
    """How the clinic's reminders went, in numbers and without names.

    ``by_outcome`` counts those of the last week by channel, state and fault; ``chosen`` counts patients by channel.
    """

    by_outcome: dict[tuple[str, str, str | None], int]
    chosen: dict[str, int]


def reminders_of_clinic(actor: Actor, clinic_id: UUID, *, now: datetime) -> RemindersOfClinic:
    """What an admin sees: numbers of the last seven days."""
    check_can_administer(actor, clinic_id)
    with looking_up() as session:
        return RemindersOfClinic(
            by_outcome=count_by_outcome(session, clinic_id, since=now - FAILURES_SHOWN_FOR),
            chosen=count_by_channel(session, clinic_id),
        )
