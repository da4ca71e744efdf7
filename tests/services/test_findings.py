"""What the list says is kept, is out of date as soon as anything changes, and is always what a fresh judgement says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from diary.domain.access import Actor, Role
from diary.domain.diary import NO_SCORES, Entry, Injection, Purpose, Scores, Steroid
from diary.domain.findings import Findings, findings_of
from diary.domain.patients import NextVisit, Order, Show
from diary.services.demo import add_demo
from diary.services.findings import findings_now, refresh_findings
from diary.services.judgement import judge_patient
from diary.services.patient_list import Choice, Flag, PatientLine, list_patients
from diary.services.patients import plan_visit
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.diaries import add_entries, add_injections
from diary.store.findings import FindingsRow
from diary.store.patients import PatientRow
from diary.store.work import keeping_house, reading, writing
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_patient, an_injection, staff_of
from tests.queries import count_queries

ZERO = date(2026, 3, 2)
DAY_60 = datetime.fromisoformat("2026-05-01T12:00:00-04:00")


@pytest.fixture
def clinic(app: Flask) -> Iterator[Clinic]:  # noqa: ARG001 — gives the database
    yield a_clinic()
    db.session.rollback()


def chen(clinic: Clinic) -> Actor:
    return staff_of(clinic.id, Role.DOCTOR)


def record(patient: PatientRow, *records: Injection | Entry) -> None:
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, patient.owner, [one for one in records if isinstance(one, Injection)])
        add_entries(work, patient.owner, [one for one in records if isinstance(one, Entry)])


def returned_course() -> list[Injection | Entry]:
    """Relief from day 3 to day 40, and scores of 7 from then on."""
    steroid = an_injection(
        purpose=Purpose.THERAPEUTIC, steroid=Steroid(agent="triamcinolone", mg=40), baseline=Scores(average=8)
    )
    scores = {number: 2 if number <= 40 else 7 for number in range(3, 60)}
    days = [
        a_day((ZERO + timedelta(days=number)).isoformat(), scores=Scores(average=score))
        for number, score in scores.items()
    ]
    return [steroid, *days]


def marked(day: str) -> Entry:
    return a_day(day, recorded_at=f"{day}T19:00:00-04:00", scores=NO_SCORES, pain_is_back=True)


def row_of(patient: PatientRow) -> FindingsRow | None:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get(FindingsRow, patient.id)


def found_now(patient: PatientRow) -> Findings | None:
    with reading(OPERATOR, now=DAY_60) as work:
        return findings_now(work, patient.id)


def line_of(clinic: Clinic, patient: PatientRow, *, now: datetime = DAY_60) -> PatientLine:
    lines = list_patients(chen(clinic), Choice(), now=now).lines
    return next(line for line in lines if line.patient.id == patient.id)


def names(clinic: Clinic, choice: Choice, *, now: datetime = DAY_60) -> list[str | None]:
    return [line.patient.name for line in list_patients(chen(clinic), choice, now=now).lines]


# --- kept, and out of date --------------------------------------------------------------------------------------------


def test_what_is_kept_of_every_invented_patient_is_what_a_fresh_judgement_says(app: Flask) -> None:  # noqa: ARG001 — gives the database
    now = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
    demo = add_demo(OPERATOR, now=now)
    while refresh_findings(demo.clinic_id, most=10, now=now):
        pass
    rows = list(db.session.scalars(select(FindingsRow).where(FindingsRow.clinic_id == demo.clinic_id)))
    assert len(rows) == demo.patients
    kept = {row.patient_id: row.as_findings() for row in rows}
    for patient_id, findings in kept.items():
        judged = judge_patient(staff_of(demo.clinic_id, Role.DOCTOR), patient_id, now=now)
        assert findings == findings_of(judged.diary, judged.standing, judged.assessment)
    assert any(found and found.returned for found in kept.values())
    assert any(found and found.is_quiet for found in kept.values())


def test_an_entry_a_new_day_another_zone_and_other_rules_put_it_out_of_date(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    record(ana, *returned_course())
    assert refresh_findings(clinic.id, now=DAY_60) == 1
    assert refresh_findings(clinic.id, now=DAY_60) == 0
    record(ana, a_day("2026-04-30"))
    assert refresh_findings(clinic.id, now=DAY_60) == 1
    midnight = datetime.fromisoformat("2026-05-02T00:00:00-04:00")
    assert refresh_findings(clinic.id, now=midnight - timedelta(seconds=1)) == 0
    assert refresh_findings(clinic.id, now=midnight) == 1
    for column, value in (("time_zone", "Europe/Madrid"), ("rule_set", "norfolk-icb")):
        with writing(OPERATOR, now=NOON) as work:
            holder = work.session.get_one(PatientRow, ana.id) if column == "time_zone" else clinic
            setattr(work.session.merge(holder), column, value)
            work.audit("test.change")
        assert refresh_findings(clinic.id, now=midnight) == 1
        assert refresh_findings(clinic.id, now=midnight) == 0


def test_all_of_it_may_be_thrown_away(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    record(ana, *returned_course())
    before = line_of(clinic, ana).findings
    with keeping_house() as session:
        session.execute(delete(FindingsRow))
    assert row_of(ana) is None
    assert line_of(clinic, ana).findings == before


def test_what_was_added_while_it_was_judged_leaves_it_out_of_date(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = a_patient(clinic)
    record(ana, *returned_course())
    arrived = [a_day("2026-04-30"), a_day("2026-05-01")]

    def find_while_another_adds(*read: Any) -> Findings:
        # The order of events as with two processes: this one reads, another's commit, then this one keeps.
        if arrived:
            record(ana, arrived.pop())
        return findings_of(*read)

    monkeypatch.setattr("diary.services.findings.findings_of", find_while_another_adds)
    assert refresh_findings(clinic.id, now=DAY_60) == 1
    row = row_of(ana)
    assert row is not None
    assert row.judged_additions == row.additions - 1
    assert [refresh_findings(clinic.id, now=DAY_60) for _ in range(3)] == [1, 1, 0]


def test_a_look_at_the_patient_spares_the_list_its_judgement(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    record(ana, *returned_course())
    judge_patient(chen(clinic), ana.id, now=DAY_60)
    assert refresh_findings(clinic.id, now=DAY_60) == 0
    judge_patient(chen(clinic), ana.id, as_of=ZERO, now=DAY_60)  # another date says nothing about today
    row = row_of(ana)
    assert row is not None
    assert row.as_of == date(2026, 5, 1)


def test_a_list_judges_so_many_at_once_and_says_how_many_wait(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        record(a_patient(clinic, f"Patient {number}"), an_injection())
    monkeypatch.setattr(refresh_findings, "__kwdefaults__", {"first": (), "most": 3})
    waiting = [list_patients(chen(clinic), Choice(), now=DAY_60).out_of_date for _ in range(3)]
    assert waiting == [4, 1, 0]


def test_the_patients_of_the_page_come_first(clinic: Clinic) -> None:
    patients = [a_patient(clinic, f"Patient {number}") for number in range(6)]
    for patient in patients:
        record(patient, an_injection())
    first = [patients[4].id, patients[1].id]
    assert refresh_findings(clinic.id, first=first, most=2, now=DAY_60) == 2
    assert {row.patient_id for row in db.session.scalars(select(FindingsRow)) if row.rules} == set(first)


def test_the_machine_leaves_no_trace_of_a_person_who_looked(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    record(ana, *returned_course())
    list_patients(chen(clinic), Choice(), now=DAY_60)
    db.session.rollback()
    actions = db.session.scalars(select(AuditEvent.action).where(AuditEvent.actor_role == Role.DOCTOR)).all()
    assert list(actions) == ["patients.list"]


def test_one_patient_is_judged_for_their_own_page_without_being_kept(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    record(ana, *returned_course())
    found = found_now(ana)
    row = row_of(ana)
    assert found is not None
    assert found.returned is not None
    assert row is not None
    assert row.as_findings() is None
    refresh_findings(clinic.id, now=DAY_60)
    db.session.rollback()
    assert row_of(ana) is not None  # read anew after the rollback, before statements are counted
    with count_queries() as sent:
        assert found_now(ana) == found
    assert len(sent) == 1


# --- flags and their order --------------------------------------------------------------------------------------------


def test_that_the_pain_is_back_is_flagged_until_the_next_visit_has_passed(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    record(ana, an_injection(), marked("2026-04-28"))
    assert Flag.PAIN_BACK in line_of(clinic, ana).flags
    visit = NextVisit(at=DAY_60 + timedelta(days=3))
    plan_visit(chen(clinic), ana.id, visit, now=DAY_60)
    assert Flag.PAIN_BACK in line_of(clinic, ana).flags
    after = DAY_60 + timedelta(days=3, hours=1)
    assert Flag.PAIN_BACK not in line_of(clinic, ana, now=after).flags
    plan_visit(chen(clinic), ana.id, NextVisit(at=after + timedelta(days=30)), now=after)
    assert Flag.PAIN_BACK not in line_of(clinic, ana, now=after).flags  # seen, and coming again
    record(ana, marked("2026-05-05"))
    assert Flag.PAIN_BACK in line_of(clinic, ana, now=after + timedelta(days=1)).flags  # said again


def test_a_visit_that_is_put_off_before_it_came_leaves_the_flag(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    record(ana, an_injection(), marked("2026-04-28"))
    for days in (2, 9):
        plan_visit(chen(clinic), ana.id, NextVisit(at=DAY_60 + timedelta(days=days)), now=DAY_60)
    assert Flag.PAIN_BACK in line_of(clinic, ana, now=DAY_60 + timedelta(days=5)).flags


def test_whoever_stopped_the_diary_is_not_quiet(clinic: Clinic) -> None:
    ana, ben = a_patient(clinic), a_patient(clinic, "Ben Ode", stopped_at=NOON)
    for patient in (ana, ben):
        record(patient, an_injection())
    now = NOON + timedelta(days=20)
    assert Flag.QUIET in line_of(clinic, ana, now=now).flags
    assert Flag.QUIET not in line_of(clinic, ben, now=now).flags
    assert names(clinic, Choice(show=Show.FLAGS), now=now) == ["Ana Cruz"]


def test_returned_stand_before_those_nobody_can_judge_before_those_by_time(clinic: Clinic) -> None:
    def visiting(name: str, days: int) -> PatientRow:
        at = DAY_60 + timedelta(days=days)
        return a_patient(clinic, name, next_visit_at=at, next_visit_offset=-240)

    record(visiting("Returned", 30), *returned_course())
    record(visiting("Cannot tell", 20), an_injection())
    record(visiting("Cannot tell, was seen", -5), an_injection())
    visiting("Soon", 1)
    visiting("Later", 10)
    a_patient(clinic, "No visit")
    record(a_patient(clinic, "Pain is back"), an_injection(), marked("2026-04-28"))
    assert names(clinic, Choice()) == [
        *("Returned", "Pain is back", "Cannot tell", "Soon", "Later", "Cannot tell, was seen", "No visit"),
    ]
    flagged = names(clinic, Choice(show=Show.FLAGS))
    assert flagged[:2] == ["Returned", "Pain is back"]
    assert "Soon" not in flagged


def test_today_is_the_clinics_day_by_the_time_of_the_visit(clinic: Clinic) -> None:
    for name, at in (
        ("Late", "2026-05-01T23:59:00-04:00"),
        ("Early", "2026-05-01T00:00:00-04:00"),
        ("Madrid", "2026-05-01T18:00:00+02:00"),
        ("Tomorrow", "2026-05-02T00:00:00-04:00"),
        ("Yesterday", "2026-04-30T23:59:00-04:00"),
    ):
        visit = datetime.fromisoformat(at)
        a_patient(clinic, name, next_visit_at=visit, next_visit_offset=-240)
    assert names(clinic, Choice(show=Show.TODAY, order=Order.NEXT_VISIT)) == ["Early", "Madrid", "Late"]


def test_a_returned_patient_is_shown_with_yesterdays_findings_until_judged_again(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = a_patient(clinic)
    record(ana, *returned_course())
    list_patients(chen(clinic), Choice(), now=DAY_60)
    monkeypatch.setattr("diary.services.patient_list.refresh_findings", lambda *_, **__: 0)
    line = line_of(clinic, ana, now=DAY_60 + timedelta(days=1))
    assert not line.is_current
    assert line.findings is not None
    assert (line.findings.as_of, line.flags) == (date(2026, 5, 1), (Flag.RETURNED,))


def test_what_is_kept_reads_back_as_it_was(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    record(ana, *returned_course(), marked("2026-04-29"))
    fresh = found_now(ana)
    refresh_findings(clinic.id, now=DAY_60)
    row = row_of(ana)
    assert row is not None
    kept = row.as_findings()
    assert kept == fresh
    assert isinstance(kept, Findings)
    assert kept.pain_back_at is not None
    assert kept.pain_back_at.isoformat() == "2026-04-29T19:00:00-04:00"  # the patient's own evening
    assert replace(kept, pain_back_at=None) != fresh
