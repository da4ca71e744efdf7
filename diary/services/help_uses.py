"""Get help now: when the injection was, that the questions came to an end, and that the clinic saw to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.access import Actor, check_can_add_entry, check_can_handle_help, check_can_read_diary
from diary.domain.errors import NotFound
from diary.domain.local_time import in_zone
from diary.domain.safety import HelpResult
from diary.domain.timeline import injections_in_force, minute_since
from diary.services.injections import clinic_zone
from diary.store.diaries import load_diary
from diary.store.help_uses import HelpHandledRow, HelpUseRow, add_handled, add_help_use, find_use, find_uses
from diary.store.patients import PatientRow, existing_patient, hold_patient
from diary.store.work import Work, reading, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpUses:
    """Every finished use of a patient with who saw to it, the newest first; ``zone`` is the clinic's."""

    patient: PatientRow
    zone: ZoneInfo
    uses: Sequence[tuple[HelpUseRow, HelpHandledRow | None]]


def minutes_since_injection(actor: Actor, *, now: datetime) -> int | None:
    """Whole minutes since the patient's last injection; None before the first, and for whoever is no patient."""
    if actor.patient_id is None:
        return None
    with reading(actor, now=now) as work:
        patient = existing_patient(work.session, actor.patient_id)
        check_can_add_entry(actor, patient.owner)
        given = injections_in_force(load_diary(work, patient, since=now.date()))
    past = [injection.performed_at for injection in given if injection.performed_at <= now]
    return minute_since(max(past), now) if past else None


def note_help_used(actor: Actor, result: HelpResult, *, now: datetime) -> UUID:
    """Keep that the patient came to this result, and answer the id of the use; `NotFound` for who is no patient."""
    with writing(actor, now=now) as work:
        patient = _own(work)
        return add_help_use(work, patient.owner, result, at=in_zone(now, patient.as_patient().zone))


def own_result(actor: Actor, use_id: UUID, *, now: datetime) -> HelpResult:
    """To what the patient who asks came in this use; `NotFound` for one that is not theirs."""
    with reading(actor, now=now) as work:
        use = find_use(work.session, use_id)
        if use is None or use.patient_id != _own(work).id:
            raise NotFound("There is no such use of the help page.")
        return HelpResult(use.result)


def _own(work: Work) -> PatientRow:
    if work.actor.patient_id is None:
        raise NotFound("There is no such patient.")
    patient = existing_patient(work.session, work.actor.patient_id)
    check_can_add_entry(work.actor, patient.owner)
    return patient


def help_uses_of(actor: Actor, patient_id: UUID, *, now: datetime) -> HelpUses:
    """A patient's uses of the page for the care team; the read leaves its audit row."""
    with writing(actor, now=now) as work:
        patient = existing_patient(work.session, patient_id)
        check_can_read_diary(actor, patient.owner)
        work.audit("diary.help-uses", owner=patient.owner)
        uses = find_uses(work.session, patient_id)
        return HelpUses(patient=patient, zone=clinic_zone(work, patient), uses=uses)


def mark_handled(actor: Actor, patient_id: UUID, *, seen: UUID, now: datetime) -> None:
    """Say that the actor saw to what is open, up to the use ``seen``: one that came later stays open.

    Safe to call again. `NotFound` for a use that is not this patient's.
    """
    with writing(actor, now=now) as work:
        patient = hold_patient(work.session, patient_id)
        if patient is None:
            raise NotFound("There is no such patient.")
        check_can_handle_help(actor, patient.owner)
        uses = find_uses(work.session, patient_id)
        newest_seen = next((use for use, _ in uses if use.id == seen), None)
        if newest_seen is None:
            raise NotFound("There is no such use of the help page.")
        add_handled(
            work,
            patient.owner,
            [use for use, handled in uses if handled is None and use.used_at <= newest_seen.used_at],
        )
