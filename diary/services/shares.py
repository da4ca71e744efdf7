"""Sharing with another doctor: the patient shows a code, and whoever types it looks for a quarter of an hour.

View only, one code at a time, at most five browsers for each. A wrong code, an old one and one that was ended are
answered alike, and every wrong one makes its address wait longer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from diary.domain.access import Actor, Role, check_holds_diary
from diary.domain.codes import code_of, seal_of_code, typed_code
from diary.domain.errors import InvalidValue, NotFound, TooManyTries
from diary.domain.pain import one_line
from diary.domain.said import say
from diary.services.sign_in import FAILURES_OF_AN_ADDRESS, OF_AN_ADDRESS_WITHIN, account_key, wait_after, wait_words
from diary.store.base import db
from diary.store.patients import PatientRow, find_patient
from diary.store.shares import (
    GuestRow,
    ShareRow,
    add_guest,
    add_share,
    end_open_shares,
    find_guest,
    find_open_share,
    find_open_share_by_code,
    guests_of,
)
from diary.store.sign_in_attempts import add_attempt, failures_from, failures_in_a_row, mark_succeeded
from diary.store.work import Work, keeping_house, looking_up, reading, writing

CODE_LASTS = timedelta(minutes=15)
MOST_BROWSERS = 5  # a code that was passed on does not open the diary to a whole ward
LONGEST_NAME = 80
GUESTS_SHOWN = 20


class CodeOpensNothing(InvalidValue):
    """The code is wrong, too old, ended, or was used too often: from outside these are one."""

    def __init__(self) -> None:
        super().__init__("code", say("That code does not work. Check the letters, or ask for a new code."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Who looked: the name that was typed, and when the code was used."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What the patient shares now: ``code`` and ``until`` are None where nothing is. ``guests``: the newest first."""

    code: str | None
    until: datetime | None
    guests: tuple[Guest, ...]


def share_diary(actor: Actor, *, key: str, now: datetime) -> None:
    """A new code of the patient who asks; the one before ends, for whoever looks by it too."""
    with writing(actor, now=now) as work:
        patient = _own(work)
        id_ = uuid4()
        share = ShareRow(
            id=id_,
            clinic_id=patient.clinic_id,
            patient_id=patient.id,
            device_id=UUID(actor.id),
            code_seal=seal_of_code(code_of(id_, key=key), key=key),
            created_at=now,
            expires_at=now + CODE_LASTS,
        )
        add_share(work, share)


def stop_sharing(actor: Actor, *, now: datetime) -> None:
    """Nobody looks by a code any more, from their next page on."""
    with writing(actor, now=now) as work:
        end_open_shares(work, _own(work).owner)


def sharing_of(actor: Actor, *, key: str, now: datetime) -> Sharing:
    """The code that the patient shows, and who looked."""
    with reading(actor, now=now) as work:
        patient = _own(work)
        share = find_open_share(work.session, patient.id, now=now)
        guests = guests_of(work.session, patient.id, most=GUESTS_SHOWN)
    return Sharing(
        code=code_of(share.id, key=key) if share else None,
        until=share.expires_at if share else None,
        guests=tuple(Guest(name=guest.name, at=guest.at) for guest in guests),
    )


def open_shared(typed: str, *, name: str, key: str, address: str, now: datetime) -> UUID:
    """The guest's id for whoever typed a code that works.

    `InvalidValue` for a name that is none, `CodeOpensNothing`, and `TooManyTries` with a wait that doubles from the
    fifth wrong code in a row of one address. No address makes another one wait.
    """
    shown_name = guest_name(name)
    attempt = _count_try(address, now=now)
    code = typed_code(typed) or ""
    with looking_up() as session:
        share = find_open_share_by_code(session, seal_of_code(code, key=key), now=now)
    if share is None:
        raise CodeOpensNothing
    guest = GuestRow(
        id=uuid4(),
        clinic_id=share.clinic_id,
        patient_id=share.patient_id,
        share_id=share.id,
        name=shown_name,
        at=now,
    )
    actor = _actor(guest)
    with writing(actor, now=now) as work:
        if not add_guest(work, share, guest, most=MOST_BROWSERS):
            raise CodeOpensNothing
    with keeping_house() as session:
        mark_succeeded(session, attempt)
    return UUID(actor.id)


def guest_name(typed: str) -> str:
    """The name as the patient will read it, or `InvalidValue`: letters that hide or turn others are in no name."""
    name = one_line(typed)
    if name is None:
        raise InvalidValue("name", "Type your name: the patient sees who looked.")
    if len(name) > LONGEST_NAME:
        raise InvalidValue("name", "Use at most %(most)s characters for your name.", most=LONGEST_NAME)
    if not name.isprintable():
        raise InvalidValue("name", "Type your name in letters that can be seen.")
    return name


def see_guest(guest_id: UUID, *, now: datetime) -> Actor | None:
    """Whoever looks by a code, while it works. One query."""
    guest = find_guest(db.session(), guest_id, now=now)
    return None if guest is None else _actor(guest)


def _actor(guest: GuestRow) -> Actor:
    return Actor(
        role=Role.GUEST, id=str(guest.id), clinic_id=guest.clinic_id, patient_id=guest.patient_id, name=guest.name
    )


def _own(work: Work) -> PatientRow:
    patient = find_patient(work.session, work.actor.patient_id) if work.actor.patient_id else None
    if patient is None:
        raise NotFound("There is no such patient.")
    check_holds_diary(work.actor, patient.owner)
    return patient


def _count_try(address: str, *, now: datetime) -> UUID:
    """Count a try before it is made, so that twenty at once cannot all pass."""
    account = account_key(f"shared codes from {address}")
    with keeping_house() as session:
        if failures_from(session, address, since=now - OF_AN_ADDRESS_WITHIN) >= FAILURES_OF_AN_ADDRESS:
            raise TooManyTries("Too many tries. Wait a minute, then try again.", wait=OF_AN_ADDRESS_WITHIN)
        failures, last = failures_in_a_row(session, account)
        left = last + wait_after(failures) - now if last else timedelta()
        if left > timedelta():
            minutes = -(-left // timedelta(minutes=1))
            raise TooManyTries(wait_words(minutes), wait=left)
        return add_attempt(session, account=account, address=address, now=now)
