"""The app on a phone's home screen, which keeps its own storage: linked by a code that the linked browser shows.

The code is like the clinic's: 15 minutes, once, five tries at the year of birth. It is shown only where the PIN was
given, binds a phone of the same patient with the same PIN, and asks for no second agreement.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from diary.domain.access import Actor, Role
from diary.domain.codes import code_of, hash_of_token, new_token, seal_of_code
from diary.domain.errors import Conflict, NotFound
from diary.services.devices import BOUND_FOR
from diary.services.enrolment import CODE_LASTS, TIME_TO_AGREE, CodeNoLongerWorks, State, state_of
from diary.store.base import db
from diary.store.devices import DeviceRow, add_device, end_device_row, find_device
from diary.store.enrolments import EnrolmentRow, add_enrolment, enrolments_of, find_enrolment, use_enrolment
from diary.store.patients import PatientRow, find_patient
from diary.store.work import Work, reading, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCode:
    """The code that this phone shows; ``code`` is None once it no longer works."""

    code: str | None
    state: State
    expires_at: datetime


def show_own_code(actor: Actor, *, key: str, now: datetime) -> None:
    """A new code for the patient's own home-screen app; codes shown before end. `Conflict` without a birth date."""
    with writing(actor, now=now) as work:
        patient = _own(work)
        if patient.born is None:
            raise Conflict("Ask your clinic for a code. They need your birth date first.")
        id_ = uuid4()
        enrolment = EnrolmentRow(
            id=id_,
            clinic_id=patient.clinic_id,
            patient_id=patient.id,
            code_seal=seal_of_code(code_of(id_, key=key), key=key),
            created_at=now,
            expires_at=now + CODE_LASTS,
            by_device_id=UUID(actor.id),
        )
        add_enrolment(work, enrolment)


def own_code(actor: Actor, *, key: str, now: datetime) -> OwnCode | None:
    """The last code that this phone showed and what became of it; None where it showed none."""
    with reading(actor, now=now) as work:
        shown = [one for one in enrolments_of(work.session, _own(work).id) if one.by_device_id == UUID(actor.id)]
    if not shown:
        return None
    last, state = shown[-1], state_of(shown[-1], now=now)
    code = code_of(last.id, key=key) if state is State.WAITING else None
    return OwnCode(code=code, state=state, expires_at=last.expires_at)


def link_home_screen_app(enrolment_id: UUID, *, kind: str, now: datetime, replaces: UUID | None = None) -> str | None:
    """Bind the app whose holder gave the year rightly; its token, told only here. None for a code of the clinic's.

    ``replaces`` is the phone that the browser was before. `CodeNoLongerWorks` where the phone that showed the code has
    ended, or the code was used.
    """
    enrolment = find_enrolment(db.session(), enrolment_id)
    if enrolment is None or enrolment.by_device_id is None:
        return None
    found = find_device(db.session(), enrolment.by_device_id)
    if found is None or found[0].ended_at:
        raise CodeNoLongerWorks("This code no longer works.")
    token = new_token()
    app = DeviceRow(
        id=uuid4(),
        clinic_id=enrolment.clinic_id,
        patient_id=enrolment.patient_id,
        token_hash=hash_of_token(token),
        helper=found[0].helper,
        kind=kind,
        pin_hash=found[0].pin_hash,
        added_at=now,
    )
    by = Actor(role=Role.DEVICE, id=str(app.id), clinic_id=app.clinic_id, patient_id=app.patient_id)
    with writing(by, now=now) as work:
        add_device(work, app, expires_at=now + BOUND_FOR)
        if not use_enrolment(work, enrolment, device_id=app.id, confirmed_since=now - TIME_TO_AGREE):
            raise CodeNoLongerWorks("This code no longer works.")
        work.audit("enrolment.use", owner=app.owner, subject=str(enrolment.id), shown_by=enrolment.by_device_id)
        before = find_device(work.session, replaces) if replaces else None
        if before:
            end_device_row(work, before[0])
    return token


def _own(work: Work) -> PatientRow:
    actor = work.actor
    patient = find_patient(work.session, actor.patient_id) if actor.role is Role.PATIENT and actor.patient_id else None
    if patient is None:
        raise NotFound("There is no such patient.")
    return patient
