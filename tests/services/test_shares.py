"""A code for another doctor: a quarter of an hour, view only, and hard to guess."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from diary import clock
from diary.domain.access import Actor, Role
from diary.domain.errors import InvalidValue, NotAllowed, TooManyTries
from diary.services import shares
from diary.services.devices import end_phone
from diary.services.enrolment import stop_diary
from diary.services.profiles import show_profile
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.patients import PatientRow
from diary.store.shares import GuestRow, ShareRow
from tests.factories import a_clinic, a_patient, staff_of
from tests.phones import bind_phone

KEY = "a key of the tests"
ELSEWHERE = "192.0.2.7"


@pytest.fixture
def ana(app: Flask) -> PatientRow:
    assert app.testing
    return a_patient(a_clinic())


@pytest.fixture
def opened(client: FlaskClient, ana: PatientRow) -> Actor:
    """Ana with her diary opened on her phone."""
    phone = bind_phone(client, ana)
    return Actor(role=Role.PATIENT, id=str(phone.id), clinic_id=ana.clinic_id, patient_id=ana.id)


def show(actor: Actor, *, now: datetime) -> str:
    shares.share_diary(actor, key=KEY, now=now)
    return shares.sharing_of(actor, key=KEY, now=now).code or ""


def look(code: str, *, now: datetime, name: str = "Dr Cole", address: str = ELSEWHERE) -> UUID:
    return shares.open_shared(code, name=name, key=KEY, address=address, now=now)


def refusal(code: str, *, now: datetime, address: str = ELSEWHERE) -> str:
    with pytest.raises(shares.CodeOpensNothing) as refused:
        look(code, now=now, address=address)
    return str(refused.value)


def test_a_code_opens_the_diary_to_its_second_and_no_longer(opened: Actor, ana: PatientRow) -> None:
    now = clock.now()
    code = show(opened, now=now)
    last, over = now + timedelta(minutes=15, seconds=-1), now + timedelta(minutes=15)
    guest = look(code, now=last)
    seen = shares.see_guest(guest, now=last)
    assert seen is not None
    assert (seen.role, seen.patient_id, seen.name) == (Role.GUEST, ana.id, "Dr Cole")
    assert shares.see_guest(guest, now=over) is None
    refusal(code, now=over)
    assert shares.sharing_of(opened, key=KEY, now=over).code is None


def test_a_code_is_typed_in_any_case_with_spaces(opened: Actor) -> None:
    now = clock.now()
    code = show(opened, now=now)
    assert shares.see_guest(look(f" {code[:4].lower()}-{code[4:]} ", now=now), now=now) is not None


def test_a_new_code_ends_the_one_before_and_whoever_looks_by_it(opened: Actor) -> None:
    now = clock.now()
    first = show(opened, now=now)
    guest = look(first, now=now)
    second = show(opened, now=now + timedelta(minutes=10))
    assert second != first
    later = now + timedelta(minutes=10, seconds=1)
    assert shares.see_guest(guest, now=later) is None
    refusal(first, now=later)
    assert shares.see_guest(look(second, now=now + timedelta(minutes=24)), now=now + timedelta(minutes=24)) is not None


def test_stopping_is_seen_by_the_next_request(opened: Actor) -> None:
    now = clock.now()
    code = show(opened, now=now)
    guest = look(code, now=now)
    shares.stop_sharing(opened, now=now + timedelta(seconds=1))
    assert shares.see_guest(guest, now=now + timedelta(seconds=1)) is None
    refusal(code, now=now + timedelta(seconds=1))
    shares.stop_sharing(opened, now=now + timedelta(seconds=2))  # a second tap does no harm


def test_a_stopped_diary_and_an_ended_phone_share_nothing(opened: Actor, ana: PatientRow) -> None:
    now = clock.now()
    code = show(opened, now=now)
    end_phone(staff_of(ana.clinic_id, Role.NURSE), UUID(opened.id), now=now)
    refusal(code, now=now)
    code = show(opened, now=now)
    stop_diary(opened, ana.id, now=now)
    refusal(code, now=now)


def test_wrong_old_ended_and_malformed_codes_are_answered_alike(opened: Actor) -> None:
    now = clock.now()
    old, ended = show(opened, now=now - timedelta(hours=1)), show(opened, now=now)
    shares.stop_sharing(opened, now=now)
    said = {refusal(code, now=now, address=f"192.0.2.{n}") for n, code in enumerate((old, ended, "ABCDEFGH", "no", ""))}
    assert len(said) == 1


def test_the_sixth_browser_is_refused(opened: Actor) -> None:
    now = clock.now()
    code = show(opened, now=now)
    for _ in range(5):
        look(code, now=now)
    refusal(code, now=now)
    assert len(shares.sharing_of(opened, key=KEY, now=now).guests) == 5


def test_guessing_waits_a_minute_after_five_then_two_and_other_addresses_do_not(opened: Actor) -> None:
    now = clock.now()
    code = show(opened, now=now)
    for guess in ("AAAAAAAA", "BBBBBBBB", "CCCCCCCC", "DDDDDDDD", "EEEEEEEE"):
        refusal(guess, now=now)
    with pytest.raises(TooManyTries, match=r"^Too many tries\. Wait a minute, then try again\.$"):
        look(code, now=now + timedelta(seconds=59))
    refusal("FFFFFFFF", now=now + timedelta(seconds=61))
    with pytest.raises(TooManyTries, match=r"Wait 2 minutes"):
        look(code, now=now + timedelta(seconds=62))
    look(code, now=now, address="198.51.100.4")
    look(code, now=now + timedelta(minutes=4))


@pytest.mark.parametrize(
    "name",
    ["", "   ", "x" * 81, "Dr\0Cole", "Dr \u202eeloC", "\u200b"],
    ids=["none", "spaces", "long", "nul", "turned", "unseen"],
)
def test_a_name_that_cannot_be_read_is_refused_and_costs_no_try(opened: Actor, name: str) -> None:
    now = clock.now()
    code = show(opened, now=now)
    for _ in range(6):
        with pytest.raises(InvalidValue) as refused:
            look(code, now=now, name=name)
        assert refused.value.place == "name"
    look(code, now=now)


def test_names_of_every_script_are_kept_as_typed(opened: Actor) -> None:
    now = clock.now()
    code = show(opened, now=now)
    for name in ("Dr. Łukasz O'Brien-Ñandú", "陳醫師", "د. ليلى", "<script>alert(1)</script>"):
        look(code, now=now, name=f"  {name} ")
        assert name in {guest.name for guest in shares.sharing_of(opened, key=KEY, now=now).guests}


def test_neither_code_nor_name_is_in_the_audit_and_no_code_in_the_database(opened: Actor, ana: PatientRow) -> None:
    now = clock.now()
    code = show(opened, now=now)
    guest = shares.see_guest(look(code, now=now), now=now)
    assert guest is not None
    show_profile(guest, ana.id, now=now)
    show_profile(guest, ana.id, now=now)
    lines = db.session().scalars(select(AuditEvent).where(AuditEvent.patient_id == ana.id)).all()
    by_guest = [line.action for line in lines if line.actor_role == "guest"]
    assert sorted(by_guest) == ["diary.read", "diary.read", "share.open"]
    for line in lines:
        assert code not in f"{line.subject} {line.details}"
        assert "Cole" not in f"{line.subject} {line.details} {line.actor_id}"
    kept = db.session().scalars(select(ShareRow)).one()
    assert code not in {str(value) for value in vars(kept).values()}
    assert db.session().scalars(select(GuestRow.name)).all() == ["Dr Cole"]


@pytest.mark.parametrize("role", [Role.DOCTOR, Role.NURSE, Role.ADMIN])
def test_nobody_but_the_patient_shares(ana: PatientRow, role: Role) -> None:
    somebody = Actor(role=role, id="1", clinic_id=ana.clinic_id, patient_id=ana.id)
    with pytest.raises(NotAllowed):
        shares.share_diary(somebody, key=KEY, now=clock.now())
