"""Deleting a diary for good: the patient asks, an admin of the clinic deletes it or says which duty forbids it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from diary.domain.access import Actor, check_can_administer, check_holds_diary
from diary.domain.errors import Conflict, InvalidValue, NotFound
from diary.domain.pain import one_line
from diary.services.judgement import forget_diary
from diary.services.patients import own_record
from diary.store.base import db
from diary.store.erasures import (
    Answer,
    ErasureRequest,
    add_request,
    answer_request,
    empty_write_ahead_log,
    erase_records,
    find_request,
    forget_words_of_answers,
    last_request,
    waiting_requests,
)
from diary.store.patients import PatientRow, hold_patient, patients_by_id
from diary.store.work import Work, reading, writing

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A request that nobody has answered, and whose it is."""

    id: UUID
    patient: PatientRow
    asked_at: datetime


def ask_erasure(actor: Actor, *, now: datetime) -> UUID:
    """The id of the request of the patient who asks; the one that waits already, where there is one."""
    patient = own_record(actor, now=now)
    check_holds_diary(actor, patient.owner)
    with writing(actor, now=now) as work:
        if hold_patient(work.session, patient.id) is None:  # so that two taps at once are one request
            raise NotFound("There is no such patient.")
        waiting = last_request(work.session, patient.id)
        if waiting is not None and waiting.answer is None:
            return waiting.id
        request = ErasureRequest(id=uuid4(), clinic_id=patient.clinic_id, patient_id=patient.id, asked_at=now)
        add_request(work, request)
        return request.id


def own_request(actor: Actor, *, now: datetime) -> ErasureRequest | None:
    """What the patient asked last, and what became of it."""
    patient = own_record(actor, now=now)
    check_holds_diary(actor, patient.owner)
    with reading(actor, now=now) as work:
        return last_request(work.session, patient.id)


def take_back(actor: Actor, *, now: datetime) -> None:
    """The patient wants to keep the diary after all."""
    patient = own_record(actor, now=now)
    check_holds_diary(actor, patient.owner)
    with writing(actor, now=now) as work:
        hold_patient(work.session, patient.id)
        request = last_request(work.session, patient.id)
        if request is not None and request.answer is None:
            answer_request(work, request, Answer.TAKEN_BACK)


def requests_of_clinic(actor: Actor, clinic_id: UUID, *, now: datetime) -> Sequence[Waiting]:
    """Those that wait for an answer, the oldest first; that their names were seen is in the audit."""
    check_can_administer(actor, clinic_id)
    with writing(actor, now=now) as work:
        requests = waiting_requests(work.session, clinic_id)
        patients = patients_by_id(work.session, [request.patient_id for request in requests])
        for request in requests:
            work.audit("patient.read", owner=request.owner)
    return [
        Waiting(id=request.id, patient=patients[request.patient_id], asked_at=request.asked_at) for request in requests
    ]


def request_to_answer(actor: Actor, request_id: UUID, *, now: datetime) -> Waiting:
    """One that waits; `NotFound` for another clinic's, and `Conflict` for one that has its answer."""
    with writing(actor, now=now) as work:
        request = _waiting(work, request_id)
        work.audit("patient.read", owner=request.owner)
        patient = patients_by_id(work.session, [request.patient_id])[request.patient_id]
    return Waiting(id=request.id, patient=patient, asked_at=request.asked_at)


def refuse(actor: Actor, request_id: UUID, reason: str, *, now: datetime) -> None:
    """Say which duty forbids it (GDPR, article 17(3)); the patient reads the reason."""
    words = one_line(reason)
    if words is None:
        raise InvalidValue("reason", "Say which law or duty makes you keep it. The patient reads this.")
    if len(words) > LONGEST_REASON or "\0" in words:
        raise InvalidValue("reason", "Use at most %(most)s characters.", most=LONGEST_REASON)
    with writing(actor, now=now) as work:
        answer_request(work, _waiting(work, request_id), Answer.REFUSED, reason=words)


def erase(actor: Actor, request_id: UUID, *, now: datetime) -> bool:
    """Delete everything about the patient but the audit, at once and for good.

    False where another connection kept SQLite's log from being emptied: it may hold traces until it is written over.
    Copies in backups stay until those are deleted.
    """
    with writing(actor, now=now) as work:
        request = _waiting(work, request_id)
        owner = request.owner
        for waiting in waiting_requests(work.session, owner.clinic_id, patient_id=owner.patient_id):
            answer_request(work, waiting, Answer.ERASED)
        forget_words_of_answers(work, owner)
        work.session.flush()
        erase_records(work, owner)
    forget_diary(owner.patient_id)
    db.session.remove()
    return empty_write_ahead_log()


def _waiting(work: Work, request_id: UUID) -> ErasureRequest:
    request = find_request(work.session, request_id)
    if request is None or work.actor.clinic_id != request.clinic_id:
        raise NotFound("There is no such request.")
    check_can_administer(work.actor, request.clinic_id)
    hold_patient(work.session, request.patient_id)  # so that it is not answered twice at once
    work.session.refresh(request)
    if request.answer is not None:
        raise Conflict("This request has its answer already.")
    return request
