"""Any way of sending the same records gives the same diary: in parts, again, by several at once, cut off in between."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from diary.domain.access import Actor, Role
from diary.domain.diary import Diary, Entry, Medicine, Scores, Source
from diary.domain.errors import NotAllowed, NotFound, TooManyTries
from diary.exchange.outbox import Outbox, Sent
from diary.services.entries import Outcome
from diary.services.outbox import take_in
from diary.services.pace import Pace
from diary.store.base import db
from diary.store.diaries import load_diary
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import OPERATOR, a_clinic, a_day, a_medicine, a_moment, a_patient, staff_of
from tests.queries import count_queries

NOW = datetime.fromisoformat("2026-03-03T19:00:00-05:00")


@pytest.fixture
def ana(app: Flask) -> PatientRow:  # noqa: ARG001 — gives the database
    return a_patient(a_clinic())


def phone_of(patient: PatientRow, name: str = "device-1") -> Actor:
    return Actor(role=Role.DEVICE, id=name, clinic_id=patient.clinic_id, patient_id=patient.id)


def batch(*records: Entry | Medicine) -> Outbox:
    return Outbox(
        sent_at=NOW,
        entries=tuple(Sent(id=str(one.id), record=one) for one in records if isinstance(one, Entry)),
        medicines=tuple(Sent(id=str(one.id), record=one) for one in records if isinstance(one, Medicine)),
    )


def take(patient: PatientRow, *records: Entry | Medicine, phone: str = "device-1") -> list[Outcome]:
    taken = take_in(
        phone_of(patient, phone), batch(*records), patient_id=patient.id, written_by=Source.PATIENT, now=NOW
    )
    return [answer.outcome for answer in taken.answers]


def saved(patient: PatientRow) -> Diary:
    db.session.rollback()
    with writing(OPERATOR, now=NOW) as work:
        return load_diary(work, patient)


def some_entries() -> list[Entry]:
    """Days and moments of two weeks, some corrected, one of them twice."""
    entries = []
    for number in range(14):
        recorded = NOW - timedelta(days=14 - number)
        day = a_day(recorded.date().isoformat(), recorded_at=recorded.isoformat())
        moment = a_moment((recorded - timedelta(hours=2)).isoformat())
        entries += [day, moment]
        if number % 4 == 0:
            corrected = replace(day, id=uuid4(), revises=day.id, scores=Scores(average=number % 10))
            entries += [corrected, replace(corrected, id=uuid4(), revises=corrected.id, note="again")]
    return entries


@pytest.mark.usefixtures("app")
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_split_into_batches_with_repeats_gives_the_same_diary(data: st.DataObject) -> None:
    ana, entries = a_patient(a_clinic()), some_entries()
    done = 0
    while done < len(entries):
        again = data.draw(st.integers(0, done), label="sent again from")
        until = data.draw(st.integers(done + 1, len(entries)), label="sent until")
        expected = [Outcome.DUPLICATE] * (done - again) + [Outcome.ACCEPTED] * (until - done)
        assert take(ana, *entries[again:until]) == expected
        done = until
    assert [replace(entry, received_at=None) for entry in saved(ana).entries] == entries


def at_once(app: Flask, *pieces: Callable[[], object]) -> None:
    """Run these together, each as a request of its own; any that fails fails the test."""
    errors: list[BaseException] = []
    together = threading.Barrier(len(pieces))

    def run(piece: Callable[[], object]) -> None:
        with app.app_context():
            together.wait()
            try:
                piece()
            except BaseException as error:
                errors.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(piece,)) for piece in pieces]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_the_same_batch_from_two_tabs_at_once_is_recorded_once(app: Flask, ana: PatientRow) -> None:
    entries = some_entries()
    answers: list[list[Outcome]] = []
    db.session.rollback()
    at_once(app, *[lambda: answers.append(take(ana, *entries))] * 3)
    assert sorted(set(map(tuple, answers))) == [
        (Outcome.ACCEPTED,) * len(entries),
        (Outcome.DUPLICATE,) * len(entries),
    ]
    assert [entry.id for entry in saved(ana).entries] == [entry.id for entry in entries]


def test_two_phones_of_one_patient_at_once_lose_nothing(app: Flask, ana: PatientRow) -> None:
    first, second = some_entries(), some_entries()
    db.session.rollback()
    at_once(
        app,
        *(lambda part=part: take(ana, *part, phone="device-1") for part in (first[:20], first[20:])),
        *(lambda part=part: take(ana, *part, phone="device-2") for part in (second[:20], second)),
    )
    assert {entry.id for entry in saved(ana).entries} == {entry.id for entry in first + second}
    assert len(saved(ana).entries) == len(first + second)


def test_a_batch_that_breaks_off_in_the_middle_leaves_nothing_and_the_next_try_all(ana: PatientRow) -> None:
    entries, medicine = some_entries(), a_medicine("2026-03-03T15:00:00-05:00")

    def die(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO medicines"):
            raise RuntimeError("the power is gone")

    event.listen(db.engine, "before_cursor_execute", die)
    with pytest.raises(RuntimeError, match="power"):
        take(ana, *entries, medicine)
    event.remove(db.engine, "before_cursor_execute", die)
    assert saved(ana).entries == ()
    assert take(ana, *entries, medicine) == [Outcome.ACCEPTED] * (len(entries) + 1)


def test_a_phone_reaches_its_own_patient_only(ana: PatientRow) -> None:
    ben = a_patient(a_clinic("Hillside"), "Ben Osei")
    with pytest.raises(NotFound):
        take_in(phone_of(ben), batch(*some_entries()), patient_id=ana.id, written_by=Source.PATIENT, now=NOW)
    admin = staff_of(ana.clinic_id, Role.ADMIN)
    with pytest.raises(NotAllowed):
        take_in(admin, batch(*some_entries()), patient_id=ana.id, written_by=Source.PATIENT, now=NOW)


def test_one_entry_sent_by_a_phone_takes_few_queries(ana: PatientRow) -> None:
    (entry, *_) = some_entries()
    with count_queries() as sent:
        take(ana, entry)
    assert 0 < len(sent) <= 9, sent.statements


def test_a_phone_that_sends_too_often_waits_for_its_own_minute_only() -> None:
    pace = Pace(2)
    for _ in range(2):
        pace.count("one", now=NOW)
    with pytest.raises(TooManyTries) as refused:
        pace.count("one", now=NOW + timedelta(seconds=20))
    assert refused.value.wait == timedelta(seconds=40)
    pace.count("two", now=NOW + timedelta(seconds=20))
    pace.count("one", now=NOW + timedelta(seconds=60))
