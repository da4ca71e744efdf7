"""Diaries in and out of the database."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from diary.domain.access import Role
from diary.domain.diary import Scores
from diary.store.audit import AuditEvent, UnauditedWrite
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.diaries import add_entries, add_injections, load_diary
from diary.store.engine import PRAGMAS
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_moment, a_patient, an_injection, staff_of

pytestmark = pytest.mark.usefixtures("app")


def test_what_is_stored_comes_back_with_the_offset_it_was_recorded_with() -> None:
    ana = a_patient(a_clinic())
    injection = an_injection("2026-03-02T23:30:00+05:45")
    moment = a_moment("2026-03-03T00:15:00+05:45", note="", scores=Scores(movement=4, activities=(7, 0)))
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, ana.owner, [injection])
        add_entries(work, ana.owner, [moment])
        diary = load_diary(work, ana)
    assert diary.injections[0].performed_at.isoformat() == "2026-03-02T23:30:00+05:45"
    assert diary.injections == (injection,)
    assert diary.entries == (replace(moment, received_at=NOON),)


def test_a_correction_filed_before_its_original_is_kept_in_that_order() -> None:
    ana = a_patient(a_clinic())
    original = a_day("2026-03-03")
    correction = a_day("2026-03-03", revises=original.id, scores=Scores(average=5))
    with writing(OPERATOR, now=NOON) as work:
        add_entries(work, ana.owner, [correction, original])
        assert [entry.id for entry in load_diary(work, ana).entries] == [correction.id, original.id]


def test_only_the_days_that_were_asked_for_are_loaded() -> None:
    ana = a_patient(a_clinic())
    days = [a_day(f"2026-03-{day:02}") for day in range(1, 11)]
    with writing(OPERATOR, now=NOON) as work:
        add_entries(work, ana.owner, days)
        some = load_diary(work, ana, since=days[3].local_day, until=days[5].local_day)
    assert [entry.id for entry in some.entries] == [day.id for day in days[3:6]]


def test_reading_anothers_diary_leaves_a_line_in_the_audit() -> None:
    clinic = a_clinic()
    ana = a_patient(clinic)
    with writing(staff_of(clinic.id, Role.DOCTOR, id_="7"), now=NOON) as work:
        load_diary(work, ana)
    line = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "diary.read")).one()
    assert (line.actor_role, line.actor_id, line.patient_id, line.at) == ("doctor", "7", ana.id, NOON)


def test_a_write_without_an_audit_line_is_refused_whole() -> None:
    clinic = Clinic(
        id=uuid4(),
        name="Silent",
        country="US",
        time_zone="UTC",
        rule_set="trial-50",
        created_at=datetime.now(NOON.tzinfo),
    )
    with pytest.raises(UnauditedWrite, match="clinics"), writing(OPERATOR, now=NOON) as work:
        work.session.add(clinic)
    assert db.session.scalars(select(Clinic)).all() == []


def test_every_connection_is_durable() -> None:
    if db.engine.dialect.name != "sqlite":
        assert db.session.scalar(text("SHOW synchronous_commit")) == "on"
        return
    found = {name: db.session.scalar(text(f"PRAGMA {name}")) for name in PRAGMAS}
    assert found == PRAGMAS
