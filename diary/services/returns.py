"""Telling a patient that their scores are higher again: once, until they say that they have read it.

A phone without its PIN learns that there is something new, and neither what nor since when.
"""

from datetime import datetime
from uuid import UUID

from diary.domain.access import Actor, check_can_add_entry, check_can_read_diary
from diary.domain.errors import NotFound
from diary.domain.findings import Return
from diary.services.findings import findings_now
from diary.store.patients import existing_patient, hold_patient
from diary.store.returns import add_return_read, was_read
from diary.store.room import find_injection_patient
from diary.store.work import Work, reading, writing


def return_to_read(actor: Actor, *, now: datetime) -> Return | None:
    """The end of relief that the patient has not read of yet; the roles of a patient alone ask for it."""
    if actor.patient_id is None:
        raise NotFound("There is no such patient.")
    with reading(actor, now=now) as work:
        check_can_add_entry(actor, existing_patient(work.session, actor.patient_id).owner)
        return _unread(work, actor.patient_id)


def note_return_read(actor: Actor, injection_id: UUID, *, now: datetime) -> None:
    """Keep that the patient has read of the end of relief after this injection; safe to call again.

    `NotFound` for an injection that is not theirs. Where a correction has taken the end away, there is nothing to keep.
    """
    if actor.patient_id is None:
        raise NotFound("There is no such patient.")
    with writing(actor, now=now) as work:
        patient = hold_patient(work.session, actor.patient_id)
        if patient is None or find_injection_patient(work, injection_id) != patient.id:
            raise NotFound("There is no such injection.")
        check_can_read_diary(actor, patient.owner)
        returned = _unread(work, patient.id)
        if returned is not None and returned.injection_id == injection_id:
            add_return_read(work, patient.owner, returned)


def _unread(work: Work, patient_id: UUID) -> Return | None:
    found = findings_now(work, patient_id)
    returned = found.returned if found else None
    if returned is None or was_read(work.session, patient_id, returned.injection_id):
        return None
    return returned
