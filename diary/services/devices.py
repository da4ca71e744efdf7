"""The phones of a patient: a bound phone adds scores, its PIN opens the diary, and either side can end it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from diary.domain.access import STAFF, Actor, Role, check_can_enrol, check_same_owner
from diary.domain.codes import hash_of_token, pin_fault
from diary.domain.errors import InvalidValue, NotAllowed, NotFound
from diary.domain.said import say_many
from diary.store.base import db
from diary.store.devices import (
    Device,
    DeviceRow,
    DeviceUse,
    count_try,
    devices_of,
    end_device_row,
    find_device,
    find_device_by_token,
    note_use,
    set_pin,
)
from diary.store.patients import find_patient
from diary.store.shares import end_open_shares
from diary.store.work import Work, reading, writing

BOUND_FOR = timedelta(days=90)  # renewed by use
SEEN_EVERY = timedelta(hours=1)
OPEN_FOR = timedelta(minutes=15)
OPEN_RENEWED_BELOW = timedelta(minutes=10)  # so that use costs a write every five minutes, and idle is 10 to 15
MOST_TRIES = 5
NEWLY_BOUND = timedelta(hours=1)  # whoever chooses a PIN then has just given the year of birth

# The same floor as for passwords; five tries stand in front of it, and it is of no use without the phone.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


class Pin(StrEnum):
    NONE = "none"
    SET = "set"
    LOCKED = "locked"


class WrongPin(InvalidValue):
    """A try that was counted; ``left`` says how many more there are."""

    def __init__(self, left: int) -> None:
        words = say_many(
            "That PIN does not match. You have 1 try left.",
            "That PIN does not match. You have %(num)s tries left.",
            left,
        )
        super().__init__("pin", words)
        self.left = left


class PinLocked(NotAllowed):
    """Five wrong tries: the phone still adds scores, and opens nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A bound phone, as its own browser and the clinic's list may see it.

    ``language`` is the patient's, known where the phone itself asks.
    """

    id: UUID
    clinic_id: UUID
    patient_id: UUID
    kind: str
    language: str | None = None
    helper: bool
    pin: Pin
    open: bool
    added_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None

    @property
    def actor(self) -> Actor:
        """Who asks by this phone: the patient while the diary is open, else the bare phone."""
        role = Role.PATIENT if self.open else Role.DEVICE
        return Actor(role=role, id=str(self.id), clinic_id=self.clinic_id, patient_id=self.patient_id)

    def asks_year(self, now: datetime) -> bool:
        """Whether a PIN is chosen only with the year of birth: later, anybody may hold the unlocked phone."""
        return self.pin is not Pin.SET and now - self.added_at > NEWLY_BOUND


def see_phone(token: str, *, now: datetime) -> Phone | None:
    """The phone that holds this token, None where it is not bound (any more). One query; the binding is renewed."""
    held = find_device_by_token(db.session(), hash_of_token(token))
    if held is None:
        return None
    found, language = held
    if found[0].ended_at or found[1].expires_at <= now:
        return None
    phone = _phone_of(found, now=now, language=language)
    _renew(phone, found[1], now=now)
    return phone


def phones_of(actor: Actor, patient_id: UUID, *, now: datetime) -> list[Phone]:
    """Every phone the patient ever had, the newest first; for staff of the clinic, and the patient with the PIN."""
    with reading(actor, now=now) as work:
        patient = find_patient(work.session, patient_id)
        if patient is None:
            raise NotFound("There is no such patient.")
        check_same_owner(actor, patient.owner)
        if actor.role is not Role.PATIENT:
            check_can_enrol(actor, patient.clinic_id)
        return [_phone_of(device, now=now) for device in devices_of(work.session, patient_id)]


def choose_pin(actor: Actor, pin: str, *, now: datetime, year: int | None = None) -> None:
    """Set the PIN of the actor's own phone and open the diary on it.

    `InvalidValue` for a PIN that is easily guessed, `NotAllowed` where the old PIN has to be given first.
    """
    device, use = _own(actor)
    phone = _phone_of((device, use), now=now)
    if phone.pin is Pin.LOCKED:
        raise PinLocked("The PIN of this phone is locked. Ask your clinic for a new code.")
    if phone.pin is Pin.SET and not phone.open:
        raise NotAllowed("Enter your PIN first, then choose a new one.")
    born = _born(device)
    if fault := pin_fault(pin, born=born):
        raise InvalidValue("pin", fault)
    if phone.asks_year(now):
        _check_year(actor, device, year, right=born.year if born else None, now=now)
    pin_hash = _hasher.hash(pin)
    with writing(actor, now=now) as work:
        set_pin(work, device, pin_hash)
        note_use(work, device.id, tries=0, unlocked_until=now + OPEN_FOR)


def open_diary(actor: Actor, pin: str, *, now: datetime) -> None:
    """Open the diary on the actor's own phone. `WrongPin` counts; `PinLocked` after five."""
    device, _ = _own(actor)
    _count(actor, device, now=now)
    if not _matches(device.pin_hash, pin):
        with writing(actor, now=now) as work:
            work.audit("device.wrong-pin", owner=device.owner, subject=str(device.id))
        raise _refusal(device)
    with writing(actor, now=now) as work:
        note_use(work, device.id, tries=0, unlocked_until=now + OPEN_FOR)
        work.audit("device.open", owner=device.owner, subject=str(device.id))


def close_diary(actor: Actor, *, now: datetime) -> None:
    """Ask for the PIN again from the next page on."""
    device, _ = _own(actor)
    with writing(actor, now=now) as work:
        note_use(work, device.id, unlocked_until=None)


def end_phone(actor: Actor, device_id: UUID, *, now: datetime) -> None:
    """The phone opens nothing any more: a bare phone may end itself, the patient any of theirs, staff any of the
    clinic's. `NotFound` for every other. What the patient shares ends too: whoever held the phone may have begun it."""
    with writing(actor, now=now) as work:
        found = find_device(work.session, device_id)
        if found is None:
            raise NotFound("There is no such phone.")
        check_same_owner(actor, found[0].owner)
        if actor.role is Role.DEVICE and actor.id != str(device_id):
            raise NotFound("There is no such phone.")
        if actor.role in STAFF:
            check_can_enrol(actor, found[0].clinic_id)
        end_device_row(work, found[0])
        end_open_shares(work, found[0].owner)


def end_devices_of(work: Work, patient_id: UUID) -> None:
    """End every phone of a patient, inside a transaction that does more."""
    devices: Sequence[Device] = devices_of(work.session, patient_id)
    for device, _ in devices:
        end_device_row(work, device)


def _phone_of(found: Device, *, now: datetime, language: str | None = None) -> Phone:
    device, use = found
    return Phone(
        id=device.id,
        clinic_id=device.clinic_id,
        patient_id=device.patient_id,
        kind=device.kind,
        language=language,
        helper=device.helper,
        pin=_pin(device, use),
        open=use.unlocked_until is not None and use.unlocked_until > now,
        added_at=device.added_at,
        last_seen_at=use.last_seen_at,
        ended_at=device.ended_at or (use.expires_at if use.expires_at <= now else None),
    )


def _pin(device: DeviceRow, use: DeviceUse) -> Pin:
    if use.tries >= MOST_TRIES:
        return Pin.LOCKED
    return Pin.SET if device.pin_hash else Pin.NONE


def _renew(phone: Phone, use: DeviceUse, *, now: datetime) -> None:
    changes: dict[str, datetime] = {}
    if now - use.last_seen_at >= SEEN_EVERY:
        changes |= {"last_seen_at": now, "expires_at": now + BOUND_FOR}
    if use.unlocked_until and now < use.unlocked_until < now + OPEN_RENEWED_BELOW:
        changes["unlocked_until"] = now + OPEN_FOR
    if changes:
        with writing(phone.actor, now=now) as work:
            note_use(work, phone.id, **changes)


def _own(actor: Actor) -> Device:
    found = find_device(db.session(), UUID(actor.id)) if actor.role in {Role.PATIENT, Role.DEVICE} else None
    if found is None or found[0].ended_at:
        raise NotFound("There is no such phone.")
    return found


def _born(device: DeviceRow) -> date | None:
    patient = find_patient(db.session(), device.patient_id)
    return patient.born if patient else None


def _check_year(actor: Actor, device: DeviceRow, year: int | None, *, right: int | None, now: datetime) -> None:
    _count(actor, device, now=now)
    if year is None or year != right:
        raise InvalidValue("year", "That year does not match. Check the year of birth.")


def _count(actor: Actor, device: DeviceRow, *, now: datetime) -> None:
    with writing(actor, now=now) as work:
        counted = count_try(work, device.id, most=MOST_TRIES)
    if not counted:
        raise PinLocked("The PIN of this phone is locked. Ask your clinic for a new code.")


def _matches(pin_hash: str | None, pin: str) -> bool:
    try:
        return pin_hash is not None and _hasher.verify(pin_hash, pin)
    except VerifyMismatchError:
        return False


def _refusal(device: DeviceRow) -> Exception:
    found = find_device(db.session(), device.id)
    left = MOST_TRIES - found[1].tries if found else 0
    return WrongPin(left) if left > 0 else PinLocked("The PIN of this phone is locked. Ask your clinic for a new code.")
