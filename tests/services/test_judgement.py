"""A whole diary is read once, judged by any rule set, and read again as soon as something is added."""

from datetime import date, timedelta
from uuid import uuid4

from flask import Flask

from diary.domain.access import Role
from diary.domain.assessment import assess
from diary.domain.diary import Entry, Injection, Patient
from diary.domain.in_force import in_force
from diary.domain.rulesets import shipped
from diary.services.judgement import WholeDiary, _Kept, judge_patient
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.diaries import add_entries, add_injections
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_diary, a_patient, an_injection, staff_of
from tests.queries import count_queries

TODAY = date(2026, 3, 12)
NOW = NOON + timedelta(days=10)


def kept(patient: PatientRow, *records: Injection | Entry) -> None:
    diary = a_diary(*records)
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, patient.owner, diary.injections)
        add_entries(work, patient.owner, diary.entries)


def test_a_page_judges_what_the_command_judges(app: Flask) -> None:  # noqa: ARG001 — gives the database
    clinic = a_clinic()
    ana = a_patient(clinic)
    records: list[Injection | Entry] = [an_injection(), *(a_day(f"2026-03-{number:02d}") for number in range(3, 11))]
    kept(ana, *records)
    judged = judge_patient(staff_of(clinic.id, Role.DOCTOR), ana.id, now=NOW)
    assert judged.as_of == TODAY
    assert judged.assessment == assess(judged.diary, shipped("us-medicare-sij"), as_of=TODAY)
    assert [entry.id for entry in judged.diary.entries] == [entry.id for entry in a_diary(*records).entries]


def test_nothing_is_read_again_until_something_is_added(app: Flask) -> None:  # noqa: ARG001 — gives the database
    clinic = a_clinic()
    ana = a_patient(clinic)
    kept(ana, an_injection(), a_day("2026-03-03"))
    doctor = staff_of(clinic.id, Role.DOCTOR)
    first = judge_patient(doctor, ana.id, now=NOW)
    with count_queries() as sent:
        again = judge_patient(doctor, ana.id, now=NOW)
    assert len(sent) == 1
    assert again.whole is first.whole
    kept(ana, a_day("2026-03-04"))
    assert len(judge_patient(doctor, ana.id, now=NOW).standing.days) == 2


def test_each_look_leaves_its_audit_row(app: Flask) -> None:  # noqa: ARG001 — gives the database
    clinic = a_clinic()
    ana = a_patient(clinic)
    kept(ana, an_injection())
    for _ in range(2):
        judge_patient(staff_of(clinic.id, Role.DOCTOR), ana.id, now=NOW)
    assert db.session.query(AuditEvent).filter_by(action="diary.read", patient_id=ana.id).count() == 2


def test_the_next_day_is_judged_as_of_that_day(app: Flask) -> None:  # noqa: ARG001 — gives the database
    clinic = a_clinic()
    ana = a_patient(clinic)
    kept(ana, an_injection())
    doctor = staff_of(clinic.id, Role.DOCTOR)
    assert judge_patient(doctor, ana.id, now=NOW).as_of == TODAY
    assert judge_patient(doctor, ana.id, now=NOW + timedelta(days=1)).as_of == TODAY + timedelta(days=1)


def test_diaries_without_records_are_not_kept_without_end() -> None:
    kept_few = _Kept(most_records=3)
    whole = WholeDiary(diary=a_diary(), standing=in_force(a_diary(), as_of=TODAY))
    keys = [(uuid4(), Patient(time_zone="UTC"), (0, 0, 0, 0), TODAY) for _ in range(4)]
    for key in keys:
        kept_few.keep(key, whole)
    assert [kept_few.get(key) is not None for key in keys] == [False, True, True, True]


def test_what_verdicts_hang_on_is_worked_out_once(app: Flask) -> None:  # noqa: ARG001 — gives the database
    clinic = a_clinic()
    ana = a_patient(clinic)
    injection = an_injection()
    kept(ana, injection)
    doctor = staff_of(clinic.id, Role.DOCTOR)
    first, again = (judge_patient(doctor, ana.id, now=NOW).whole for _ in range(2))
    assert first.sensitivity(injection, shipped("trial-50")) is again.sensitivity(injection, shipped("trial-50"))
    own = first.sensitivity(injection, shipped("norfolk-icb")).own
    assert own.block.verdict is first.assess(shipped("norfolk-icb")).blocks[0].verdict
