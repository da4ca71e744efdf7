"""The cautions about ibuprofen and its kind: shown until the patient has logged a pain medicine with them in sight."""

from datetime import datetime

from diary.domain.access import Actor, check_can_add_entry
from diary.domain.errors import NotFound
from diary.store.cautions import add_cautions_shown, were_cautions_shown
from diary.store.patients import existing_patient, hold_patient
from diary.store.work import reading, writing


def cautions_are_due(actor: Actor, *, now: datetime) -> bool:
    """Whether the patient has yet to log a medicine with the cautions in sight; the roles of a patient alone ask."""
    if actor.patient_id is None:
        raise NotFound("There is no such patient.")
    with reading(actor, now=now) as work:
        check_can_add_entry(actor, existing_patient(work.session, actor.patient_id).owner)
        return not were_cautions_shown(work.session, actor.patient_id)


def note_cautions_shown(actor: Actor, *, now: datetime) -> None:
    """Keep that the patient logs a medicine on a page that showed them; safe to call again."""
    if not cautions_are_due(actor, now=now) or actor.patient_id is None:
        return
    with writing(actor, now=now) as work:
        patient = hold_patient(work.session, actor.patient_id)
        if patient is not None and not were_cautions_shown(work.session, patient.id):
            add_cautions_shown(work, patient.owner)
