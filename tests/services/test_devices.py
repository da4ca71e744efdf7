"""Bound phones: seen by their token, opened by a PIN, ended by either side."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from diary.domain.access import Actor, Role
from diary.domain.errors import InvalidValue, NotAllowed, NotFound
from diary.services.devices import (
    Phone,
    Pin,
    PinLocked,
    WrongPin,
    choose_pin,
    close_diary,
    end_phone,
    open_diary,
    phones_of,
    see_phone,
)
from diary.services.enrolment import agree, confirm_year, show_code, shown_code
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.devices import DeviceRow
from diary.store.patients import PatientRow
from tests.factories import NOON, a_clinic, a_patient, staff_of

KEY = "a secret of the tests, long enough to sign with"
PIN = "280517"


@pytest.fixture
def ana(app: Flask) -> PatientRow:
    assert app.testing
    return a_patient(a_clinic())


@pytest.fixture
def token(ana: PatientRow) -> str:
    return a_token(ana)


def noor(patient: PatientRow) -> Actor:
    return staff_of(patient.clinic_id, Role.NURSE)


def a_token(patient: PatientRow) -> str:
    id_ = show_code(noor(patient), patient.id, key=KEY, now=NOON)
    code = shown_code(noor(patient), patient.id, id_, key=KEY, now=NOON).code or ""
    confirmed = confirm_year(code, 1960, key=KEY, now=NOON)
    return agree(confirmed, helper=False, kind="iPhone", language="en", now=NOON)


def seen(token: str, after: timedelta = timedelta()) -> Phone:
    phone = see_phone(token, now=NOON + after)
    assert phone is not None
    return phone


def test_a_phone_is_told_by_one_query(token: str) -> None:
    db.session().commit()
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    seen(token)
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1
    assert not [statement for statement in statements if statement.startswith("UPDATE")]


def test_an_unknown_token_is_nobody(token: str) -> None:
    for other in ("x" * 43, "", token[:-1], f"{token} "):
        assert see_phone(other, now=NOON) is None


def test_a_binding_lasts_90_days_after_its_last_use(token: str) -> None:
    seen(token, timedelta(days=80))
    seen(token, timedelta(days=165))
    assert see_phone(token, now=NOON + timedelta(days=165 + 90)) is None


def test_being_seen_is_written_once_an_hour(token: str) -> None:
    seen(token, timedelta(minutes=59))
    assert seen(token).last_seen_at == NOON
    seen(token, timedelta(minutes=60))
    assert seen(token).last_seen_at == NOON + timedelta(minutes=60)


def test_a_pin_opens_the_diary_and_the_wrong_one_does_not(token: str) -> None:
    choose_pin(seen(token).actor, PIN, now=NOON)
    close_diary(seen(token).actor, now=NOON)
    assert seen(token).actor.role is Role.DEVICE
    with pytest.raises(WrongPin, match="4 tries left"):
        open_diary(seen(token).actor, "111112", now=NOON)
    assert seen(token).actor.role is Role.DEVICE
    open_diary(seen(token).actor, PIN, now=NOON)
    assert seen(token).actor.role is Role.PATIENT


def test_an_open_diary_closes_after_15_minutes_and_stays_open_while_it_is_used(token: str) -> None:
    choose_pin(seen(token).actor, PIN, now=NOON)
    assert not seen(token, timedelta(minutes=15)).open
    choose_pin(seen(token).actor, PIN, now=NOON)
    for minutes in range(0, 60, 9):
        assert seen(token, timedelta(minutes=minutes)).open
    assert not seen(token, timedelta(minutes=90)).open


def test_five_wrong_pins_lock_reading_and_leave_scoring(token: str) -> None:
    choose_pin(seen(token).actor, PIN, now=NOON)
    close_diary(seen(token).actor, now=NOON)
    for _ in range(4):
        with pytest.raises(WrongPin):
            open_diary(seen(token).actor, "111112", now=NOON)
    with pytest.raises(PinLocked):
        open_diary(seen(token).actor, "111112", now=NOON)
    with pytest.raises(PinLocked):
        open_diary(seen(token).actor, PIN, now=NOON)
    with pytest.raises(PinLocked):
        choose_pin(seen(token).actor, "280518", now=NOON)
    assert seen(token).pin is Pin.LOCKED
    assert seen(token).actor.role is Role.DEVICE


def test_the_right_pin_gives_five_tries_again(token: str) -> None:
    choose_pin(seen(token).actor, PIN, now=NOON)
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(WrongPin):
                open_diary(seen(token).actor, "111112", now=NOON)
        open_diary(seen(token).actor, PIN, now=NOON)
    assert seen(token).open


def test_a_pin_that_is_set_is_changed_only_while_the_diary_is_open(token: str) -> None:
    choose_pin(seen(token).actor, PIN, now=NOON)
    close_diary(seen(token).actor, now=NOON)
    with pytest.raises(NotAllowed):
        choose_pin(seen(token).actor, "280518", now=NOON)
    open_diary(seen(token).actor, PIN, now=NOON)
    choose_pin(seen(token).actor, "280518", now=NOON)
    open_diary(seen(token).actor, "280518", now=NOON)


def test_a_first_pin_that_is_chosen_later_asks_for_the_year_of_birth(token: str) -> None:
    later = timedelta(hours=2)
    with pytest.raises(InvalidValue, match="year"):
        choose_pin(seen(token, later).actor, PIN, now=NOON + later)
    with pytest.raises(InvalidValue, match="year"):
        choose_pin(seen(token, later).actor, PIN, year=1961, now=NOON + later)
    choose_pin(seen(token, later).actor, PIN, year=1960, now=NOON + later)
    assert seen(token, later).open


def test_a_year_of_birth_is_guessed_five_times_at_most(token: str) -> None:
    later = timedelta(hours=2)
    for year in range(1940, 1945):
        with pytest.raises(InvalidValue):
            choose_pin(seen(token, later).actor, PIN, year=year, now=NOON + later)
    with pytest.raises(PinLocked):
        choose_pin(seen(token, later).actor, PIN, year=1960, now=NOON + later)


def test_an_easy_pin_is_refused(token: str) -> None:
    with pytest.raises(InvalidValue, match="birth date"):
        choose_pin(seen(token).actor, "090460", now=NOON)


def test_the_pin_is_kept_as_a_slow_hash(token: str) -> None:
    choose_pin(seen(token).actor, PIN, now=NOON)
    stored = db.session().scalars(select(DeviceRow.pin_hash)).one()
    assert stored is not None
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_ended_phone_opens_nothing_from_the_next_request_on(ana: PatientRow, token: str) -> None:
    end_phone(noor(ana), seen(token).id, now=NOON)
    assert see_phone(token, now=NOON) is None
    assert [phone.ended_at for phone in phones_of(noor(ana), ana.id, now=NOON)] == [NOON]


def test_a_bare_phone_ends_itself_and_no_other(ana: PatientRow, token: str) -> None:
    other = a_token(ana)
    with pytest.raises(NotFound):
        end_phone(seen(token).actor, seen(other).id, now=NOON)
    with pytest.raises(NotAllowed):
        phones_of(seen(token).actor, ana.id, now=NOON)
    end_phone(seen(token).actor, seen(token).id, now=NOON)
    assert see_phone(token, now=NOON) is None


def test_the_patient_with_the_pin_sees_and_ends_every_phone_of_theirs(ana: PatientRow, token: str) -> None:
    other = a_token(ana)
    choose_pin(seen(token).actor, PIN, now=NOON)
    assert len(phones_of(seen(token).actor, ana.id, now=NOON)) == 2
    end_phone(seen(token).actor, seen(other).id, now=NOON)
    assert see_phone(other, now=NOON) is None


def test_another_clinic_and_another_patient_find_no_such_phone(ana: PatientRow, token: str) -> None:
    diaz = staff_of(a_clinic("Hillside Clinic").id, Role.DOCTOR)
    ben = Actor(role=Role.PATIENT, id=str(seen(token).id), clinic_id=ana.clinic_id, patient_id=a_patient(a_clinic()).id)
    for stranger in (diaz, ben):
        with pytest.raises(NotFound):
            end_phone(stranger, seen(token).id, now=NOON)
        with pytest.raises(NotFound):
            phones_of(stranger, ana.id, now=NOON)


def test_what_is_done_to_a_phone_is_audited(ana: PatientRow, token: str) -> None:
    choose_pin(seen(token).actor, PIN, now=NOON)
    with pytest.raises(WrongPin):
        open_diary(seen(token).actor, "111112", now=NOON)
    open_diary(seen(token).actor, PIN, now=NOON)
    end_phone(noor(ana), seen(token).id, now=NOON)
    events = db.session().scalars(select(AuditEvent).where(AuditEvent.action.startswith("device."))).all()
    assert sorted(event.action for event in events) == [
        "device.add",
        "device.end",
        "device.open",
        "device.set-pin",
        "device.wrong-pin",
    ]
    assert not any(PIN in str(event.details) or "111112" in str(event.details) for event in events)
