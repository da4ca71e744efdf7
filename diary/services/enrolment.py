"""Enrolment: a code in the room, the year of birth, an agreement, and the phone is bound to the diary.

The code lasts 15 minutes, is used once and takes five tries at the year of birth. Whoever holds it is nobody yet: what
they do is audited under the enrolment's id.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from diary.domain.access import Actor, Owner, Role, check_can_enrol, check_same_owner
from diary.domain.codes import code_of, hash_of_token, new_token, seal_of_code, typed_code
from diary.domain.errors import Conflict, DiaryError, NotFound, TooManyTries
from diary.domain.patients import initials
from diary.services.devices import BOUND_FOR, end_devices_of
from diary.services.sign_in import FAILURES_OF_AN_ADDRESS, OF_AN_ADDRESS_WITHIN
from diary.store.base import db
from diary.store.clinics import find_clinic
from diary.store.consents import GIVEN, WITHDRAWN, add_consent, last_consent
from diary.store.devices import DeviceRow, add_device, devices_of, end_device_row, find_device
from diary.store.enrolments import (
    EnrolmentRow,
    add_enrolment,
    count_enrolment_try,
    end_open_codes,
    find_enrolment,
    find_enrolments_by_code,
    use_enrolment,
)
from diary.store.patients import PatientRow, change_patient_row, find_patient
from diary.store.records import has_injection
from diary.store.shares import end_open_shares
from diary.store.sign_in_attempts import add_attempt, failures_from, mark_succeeded
from diary.store.work import Work, keeping_house, reading, writing

CODE_LASTS = timedelta(minutes=15)
TIME_TO_AGREE = timedelta(minutes=30)  # after the year of birth was right: reading the text is not hurried
MOST_TRIES = 5
CONSENT_VERSION = "2026-11"
_CODES = "enrolment"  # no account: tries at codes are counted by their address alone


class CodeDoesNotMatch(DiaryError):
    """No enrolment has this code."""


class YearDoesNotMatch(DiaryError):
    """The code is right, the year of birth is not."""


class CodeNoLongerWorks(DiaryError):
    """The code was used, is too old, or was tried too often."""


class State(StrEnum):
    WAITING = "waiting"
    LINKED = "linked"
    DECLINED = "declined"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCode:
    """What staff show the patient. ``code`` is None once it no longer works."""

    patient: PatientRow
    code: str | None
    state: State
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What the holder of a code may know before giving the year of birth: initials, and never a name."""

    enrolment_id: UUID
    initials: str
    clinic_id: UUID
    clinic: str
    injected: bool
    own: bool  # shown by the patient's own phone


def show_code(actor: Actor, patient_id: UUID, *, key: str, now: datetime) -> UUID:
    """A new enrolment's id; codes shown before end. `Conflict` where the birth date is not known."""
    with writing(actor, now=now) as work:
        patient = _patient(work, patient_id)
        if patient.born is None:
            raise Conflict("Enter the patient's birth date first: the phone asks for its year.")
        id_ = uuid4()
        enrolment = EnrolmentRow(
            id=id_,
            clinic_id=patient.clinic_id,
            patient_id=patient.id,
            code_seal=seal_of_code(code_of(id_, key=key), key=key),
            created_at=now,
            expires_at=now + CODE_LASTS,
        )
        add_enrolment(work, enrolment)
    return id_


def shown_code(actor: Actor, patient_id: UUID, enrolment_id: UUID, *, key: str, now: datetime) -> ShownCode:
    """The code for the screen in the room, and whether the phone is linked."""
    with reading(actor, now=now) as work:
        patient = _patient(work, patient_id)
        enrolment = find_enrolment(work.session, enrolment_id)
    if enrolment is None or enrolment.patient_id != patient.id:
        raise NotFound("There is no such code.")
    state = state_of(enrolment, now=now)
    return ShownCode(
        patient=patient,
        code=code_of(enrolment.id, key=key) if state is State.WAITING else None,
        state=state,
        expires_at=enrolment.expires_at,
    )


def state_of(enrolment: EnrolmentRow, *, now: datetime) -> State:
    """What became of a code."""
    if enrolment.used_at:
        return State.LINKED
    if enrolment.declined_at:
        return State.DECLINED
    if enrolment.expires_at <= now or enrolment.tries >= MOST_TRIES:
        return State.OVER
    return State.WAITING


@contextmanager
def trying_code(*, address: str, now: datetime) -> Iterator[None]:
    """Let one try at a code through, or raise `TooManyTries`; whatever ends in an error counts against the address.

    One address may be a whole clinic's, so it only ever waits a minute.
    """
    with keeping_house() as session:
        if failures_from(session, address, since=now - OF_AN_ADDRESS_WITHIN) >= FAILURES_OF_AN_ADDRESS:
            raise TooManyTries("Too many tries. Wait a minute, then try again.", wait=OF_AN_ADDRESS_WITHIN)
        attempt = add_attempt(session, account=_CODES, address=address, now=now)
    yield
    with keeping_house() as session:
        mark_succeeded(session, attempt)


def open_invitation(typed: str, *, key: str, now: datetime) -> Invitation:
    """What stands behind a code. `CodeDoesNotMatch`, or `CodeNoLongerWorks` for one that did work once."""
    return _invitation(_enrolment_by(typed, key=key, now=now), now=now)


def confirm_year(typed: str, year: int | None, *, key: str, now: datetime) -> UUID:
    """The enrolment's id when the year of birth is right; a wrong one is counted and raises `YearDoesNotMatch`.

    At the fifth the code is spent: `CodeNoLongerWorks`.
    """
    enrolment = _enrolment_by(typed, key=key, now=now)
    with writing(_holder_of(enrolment), now=now) as work:
        counted = count_enrolment_try(work, enrolment, most=MOST_TRIES)
    if not counted:
        raise CodeNoLongerWorks("This code was tried too often.")
    with writing(_holder_of(enrolment), now=now) as work:
        patient = find_patient(work.session, enrolment.patient_id)
        right = patient is not None and patient.born is not None and patient.born.year == year
        if right:
            enrolment.confirmed_at = now
            work.audit("enrolment.confirm", owner=enrolment.owner, subject=str(enrolment.id))
    if not right:
        raise YearDoesNotMatch("The year of birth does not match.")
    return enrolment.id


def confirmed_invitation(enrolment_id: UUID, *, now: datetime) -> Invitation:
    """The invitation of whoever gave the year rightly, for the page that asks to agree."""
    enrolment = find_enrolment(db.session(), enrolment_id)
    if enrolment is None or not _may_agree(enrolment, now=now):
        raise CodeNoLongerWorks("This code no longer works.")
    return _invitation(enrolment, now=now)


def agree(
    enrolment_id: UUID, *, helper: bool, kind: str, language: str, now: datetime, replaces: UUID | None = None
) -> str:
    """Bind the phone and record the agreement; the token for its cookie, told only here.

    ``kind`` is what the clinic's list of phones calls it; ``replaces`` the phone that the browser was before. With the
    first phone of a patient the diary speaks the ``language`` in which they agreed.
    `CodeNoLongerWorks` where another phone was quicker.
    """
    enrolment = find_enrolment(db.session(), enrolment_id)
    if enrolment is None:
        raise CodeNoLongerWorks("This code no longer works.")
    token = new_token()
    device = DeviceRow(
        id=uuid4(),
        clinic_id=enrolment.clinic_id,
        patient_id=enrolment.patient_id,
        token_hash=hash_of_token(token),
        helper=helper,
        kind=kind,
        added_at=now,
    )
    with writing(_phone(device), now=now) as work:
        add_device(work, device, expires_at=now + BOUND_FOR)
        if not use_enrolment(work, enrolment, device_id=device.id, confirmed_since=now - TIME_TO_AGREE):
            raise CodeNoLongerWorks("This code no longer works.")
        work.audit("enrolment.use", owner=device.owner, subject=str(enrolment.id))
        add_consent(
            work,
            device.owner,
            act=GIVEN,
            version=CONSENT_VERSION,
            language=language,
            given_by="helper" if helper else "patient",
            device_id=device.id,
        )
        _begin_again(work, device.owner)
        _speak(work, device, language)
        _end_replaced(work, replaces)
    return token


def decline(enrolment_id: UUID, *, now: datetime) -> None:
    """The patient does not want to take part: the code ends, and the clinic sees it."""
    enrolment = find_enrolment(db.session(), enrolment_id)
    if enrolment is None or not _may_agree(enrolment, now=now):
        raise CodeNoLongerWorks("This code no longer works.")
    with writing(_holder_of(enrolment), now=now) as work:
        enrolment.declined_at = now
        work.audit("enrolment.decline", owner=enrolment.owner, subject=str(enrolment.id))


def stop_diary(actor: Actor, patient_id: UUID, *, now: datetime) -> None:
    """The diary stops: no phone and no code opens it any more. The clinic keeps what was written."""
    with writing(actor, now=now) as work:
        patient = find_patient(work.session, patient_id)
        if patient is None:
            raise NotFound("There is no such patient.")
        check_same_owner(actor, patient.owner)
        if actor.role is not Role.PATIENT:
            check_can_enrol(actor, patient.clinic_id)
        change_patient_row(work, patient, {"stopped_at": now}, action="patient.stop")
        given = last_consent(work.session, patient_id)
        if given and given.act == GIVEN:
            by = "patient" if actor.role is Role.PATIENT else "staff"
            add_consent(
                work,
                patient.owner,
                act=WITHDRAWN,
                version=given.version,
                language=given.language,
                given_by=by,
                device_id=UUID(actor.id) if actor.role is Role.PATIENT else None,
            )
        end_open_codes(work, patient_id)
        end_open_shares(work, patient.owner)
        end_devices_of(work, patient_id)


def _patient(work: Work, patient_id: UUID) -> PatientRow:
    patient = find_patient(work.session, patient_id)
    if patient is None:
        raise NotFound("There is no such patient.")
    check_can_enrol(work.actor, patient.clinic_id)
    return patient


def _enrolment_by(typed: str, *, key: str, now: datetime) -> EnrolmentRow:
    code = typed_code(typed)
    found = find_enrolments_by_code(db.session(), seal_of_code(code, key=key)) if code else ()
    if not found:
        raise CodeDoesNotMatch("That code does not match.")
    waiting = next((enrolment for enrolment in found if state_of(enrolment, now=now) is State.WAITING), None)
    if waiting is None:
        raise CodeNoLongerWorks("This code no longer works.")
    return waiting


def _invitation(enrolment: EnrolmentRow, *, now: datetime) -> Invitation:
    session = db.session()
    patient = find_patient(session, enrolment.patient_id)
    clinic = find_clinic(session, enrolment.clinic_id)
    if patient is None or clinic is None:
        raise CodeNoLongerWorks("This code no longer works.")
    return Invitation(
        enrolment_id=enrolment.id,
        initials=initials(patient.name),
        clinic_id=clinic.id,
        clinic=clinic.name,
        injected=has_injection(session, patient.id, before=now),
        own=enrolment.by_device_id is not None,
    )


def _may_agree(enrolment: EnrolmentRow, *, now: datetime) -> bool:
    if enrolment.used_at or enrolment.declined_at or enrolment.confirmed_at is None:
        return False
    return enrolment.confirmed_at >= now - TIME_TO_AGREE


def _begin_again(work: Work, owner: Owner) -> None:
    patient = find_patient(work.session, owner.patient_id)
    if patient and patient.stopped_at:
        change_patient_row(work, patient, {"stopped_at": None}, action="patient.begin-again")


def _speak(work: Work, device: DeviceRow, language: str) -> None:
    patient = find_patient(work.session, device.patient_id)
    earlier = [row for row, _ in devices_of(work.session, device.patient_id) if row.id != device.id]
    if patient and not earlier:
        change_patient_row(work, patient, {"language": language}, action="patient.choose-language")


def _end_replaced(work: Work, device_id: UUID | None) -> None:
    replaced = find_device(work.session, device_id) if device_id else None
    if replaced:
        end_device_row(work, replaced[0])


def _holder_of(enrolment: EnrolmentRow) -> Actor:
    return Actor(
        role=Role.DEVICE,
        id=f"enrolment:{enrolment.id}",
        clinic_id=enrolment.clinic_id,
        patient_id=enrolment.patient_id,
    )


def _phone(device: DeviceRow) -> Actor:
    return Actor(role=Role.DEVICE, id=str(device.id), clinic_id=device.clinic_id, patient_id=device.patient_id)
