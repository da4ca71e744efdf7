"""A clinic copies and changes a rule set: versions, which one is in use, and what happens when it cannot be read."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from diary.domain.access import Actor, Role
from diary.domain.diary import Anaesthetic, Entry, Injection, Scores
from diary.domain.errors import Conflict, DiaryError, InvalidValue, NotAllowed, NotFound, UnreadableRules
from diary.domain.form import write
from diary.domain.rulesets import RuleSet, shipped
from diary.services.entry_pages import list_entries
from diary.services.judgement import judge_patient
from diary.services.own_diary import home_of, moment_page_of
from diary.services.rule_sets import (
    list_rule_sets,
    make_version,
    rule_set_to_copy,
    show_rule_set,
    show_rules_in_use,
    use_rule_set,
)
from diary.store.audit import AuditEvent
from diary.store.base import db
from diary.store.clinics import Clinic
from diary.store.diaries import add_entries, add_injections
from diary.store.patients import PatientRow
from diary.store.rule_sets import RuleSetRow
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_moment, a_patient, an_injection, staff_of

MEDICARE = ("us-medicare-sij", 1)


@pytest.fixture
def clinic(app: Flask) -> Clinic:  # noqa: ARG001 — gives the database
    return a_clinic()


@pytest.fixture
def ada(clinic: Clinic) -> Actor:
    return staff_of(clinic.id, Role.ADMIN)


def changed(name: str = "riverside", *, threshold: int = 80) -> RuleSet:
    """The Medicare set under the clinic's own name, with another threshold of the block."""
    rules = shipped("us-medicare-sij")
    return replace(rules, name=name, title="Riverside's own", block=replace(rules.block, threshold=threshold))


def make(
    ada: Actor,
    rules: RuleSet | None = None,
    *,
    copied_from: tuple[str, int] = MEDICARE,
    newest_seen: int = 0,
    now: datetime = NOON,
) -> int:
    assert ada.clinic_id is not None
    return make_version(
        ada,
        ada.clinic_id,
        rules or changed(),
        copied_from=copied_from,
        newest_seen=newest_seen,
        why="Our payer asks for 80 percent",
        now=now,
    )


def put_in_use(ada: Actor, name: str, version: int) -> None:
    assert ada.clinic_id is not None
    use_rule_set(ada, ada.clinic_id, name, version, now=NOON)


def break_by_hand(clinic: Clinic, **content: object) -> None:
    """Change what is stored of the clinic's set, as no page can."""
    with writing(OPERATOR, now=NOON) as work:
        row = work.session.scalars(select(RuleSetRow).where(RuleSetRow.clinic_id == clinic.id)).one()
        row.content = {**row.content, **content}
        work.audit("rule-set.break", clinic_id=clinic.id)


def last_audit() -> AuditEvent:
    db.session.rollback()
    events = [event for event in db.session.scalars(select(AuditEvent)) if event.action.startswith("rule-set.")]
    return events[-1]


def ana_with_a_block(clinic: Clinic) -> PatientRow:
    """Ana with 8 before and 2 after: relief of 75 percent, and not of 80."""
    injection = an_injection(baseline=Scores(movement=8), anaesthetic=(Anaesthetic(agent="lidocaine"),))
    minutes = (20, 40, 65, 90)
    start = injection.performed_at
    scores = [a_moment((start + timedelta(minutes=one)).isoformat(), scores=Scores(movement=2)) for one in minutes]
    ana = a_patient(clinic)
    keep(ana, injection, *scores)
    return ana


def keep(patient: PatientRow, injection: Injection, *entries: Entry) -> None:
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, patient.owner, [injection])
        add_entries(work, patient.owner, entries)


# --- versions ---------------------------------------------------------------------------------------------------------


def test_a_changed_set_is_version_1_and_the_next_is_2_and_neither_is_in_use(clinic: Clinic, ada: Actor) -> None:
    assert make(ada) == 1
    assert make(ada, changed(threshold=85), copied_from=("riverside", 1), newest_seen=1) == 2

    listed = list_rule_sets(ada, clinic.id)

    assert [(line.name, line.version, line.is_in_use) for line in listed.own] == [
        ("riverside", 2, False),
        ("riverside", 1, False),
    ]
    assert listed.in_use is not None
    assert listed.in_use.name == "us-medicare-sij"
    own = listed.own[0].own
    assert own is not None
    assert (own.copied_from, own.why, own.made_at) == (("riverside", 1), "Our payer asks for 80 percent", NOON)
    first = rule_set_to_copy(ada, clinic.id, "riverside", 1)
    assert (first.version, first.block.threshold) == (1, 80)


def test_a_version_is_compared_with_its_origin_and_with_the_version_before(clinic: Clinic, ada: Actor) -> None:
    make(ada)
    make(ada, changed(threshold=85), copied_from=("riverside", 1), newest_seen=1)
    make(ada, changed(threshold=90), copied_from=("riverside", 1), newest_seen=2)

    shown = show_rule_set(ada, clinic.id, "riverside", 3)

    assert shown.newest == 3
    assert [(one.name, one.version) for one in shown.compared] == [("riverside", 1), ("riverside", 2)]
    assert [(one.was, one.now) for compared in shown.compared for one in compared.differences] == [(80, 90), (85, 90)]


def test_the_audit_names_version_and_numbers_and_no_words(clinic: Clinic, ada: Actor) -> None:
    make(ada)
    made = last_audit()
    put_in_use(ada, "riverside", 1)
    used = last_audit()

    assert (made.action, made.subject, made.clinic_id) == ("rule-set.make", "rule-set:riverside", clinic.id)
    assert made.details == {"version": 1, "copied_from": "us-medicare-sij/1", "changed": ["title", "block.threshold"]}
    assert (used.action, used.subject) == ("rule-set.use", "rule-set:riverside")
    assert used.details == {"version": 1, "was": "us-medicare-sij", "was_version": None}


def test_of_two_admins_at_once_one_is_told_that_the_other_was_first(clinic: Clinic, ada: Actor) -> None:
    make(ada)
    make(ada, changed(threshold=85), copied_from=("riverside", 1), newest_seen=1)

    with pytest.raises(Conflict, match="Version 2 of riverside was made in between"):
        make(ada, changed(threshold=90), copied_from=("riverside", 1), newest_seen=1)

    assert make(ada, changed(threshold=90), copied_from=("riverside", 1), newest_seen=2) == 3
    assert len(list_rule_sets(ada, clinic.id).own) == 3


def test_two_that_save_in_the_same_instant_make_one_version(app: Flask, clinic: Clinic, ada: Actor) -> None:
    make(ada)

    def save(threshold: int) -> int | str:
        with app.app_context():
            try:
                return make(ada, changed(threshold=threshold), copied_from=("riverside", 1), newest_seen=1)
            except Conflict as error:
                return type(error).__name__
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as both:
        assert sorted(map(str, both.map(save, (85, 90)))) == ["2", "Conflict"]
    assert len(list_rule_sets(ada, clinic.id).own) == 2


def test_a_name_that_is_taken_ships_or_is_no_name_is_refused(ada: Actor) -> None:
    make(ada)
    for name in ("riverside", "trial-50", "Not a name"):
        with pytest.raises(InvalidValue) as refused:
            make(ada, changed(name))
        assert refused.value.place == "name"


def test_nothing_changed_under_the_same_name_makes_no_version(clinic: Clinic, ada: Actor) -> None:
    make(ada)
    with pytest.raises(InvalidValue, match="Nothing is changed"):
        make(ada, copied_from=("riverside", 1), newest_seen=1)
    assert make(ada, changed("riverside-too"), copied_from=("riverside", 1), newest_seen=1) == 1
    assert len(list_rule_sets(ada, clinic.id).own) == 2


def test_only_admins_of_the_clinic_change_and_its_care_team_reads_the_set_in_use(clinic: Clinic, ada: Actor) -> None:
    make(ada)
    chen, other = staff_of(clinic.id, Role.DOCTOR), staff_of(a_clinic("Other Clinic").id, Role.ADMIN)
    for act in (make, lambda actor: use_rule_set(actor, clinic.id, "riverside", 1, now=NOON)):
        with pytest.raises(NotAllowed):
            act(chen)
    with pytest.raises(NotFound):
        put_in_use(other, "riverside", 1)
    with pytest.raises(NotFound):
        use_rule_set(other, clinic.id, "riverside", 1, now=NOON)
    assert show_rules_in_use(chen, clinic.id).line.name == "us-medicare-sij"
    with pytest.raises(NotAllowed):
        show_rules_in_use(Actor(role=Role.PATIENT, id="ana", clinic_id=clinic.id), clinic.id)


# --- judged by --------------------------------------------------------------------------------------------------------


def test_a_patient_is_judged_by_the_version_in_use_from_then_on(clinic: Clinic, ada: Actor) -> None:
    ana, chen = ana_with_a_block(clinic), staff_of(clinic.id, Role.DOCTOR)
    make(ada)
    before = judge_patient(chen, ana.id, now=NOON)
    put_in_use(ada, "riverside", 1)
    after = judge_patient(chen, ana.id, now=NOON)
    make(ada, changed(threshold=75), copied_from=("riverside", 1), newest_seen=1)
    still = judge_patient(chen, ana.id, now=NOON)

    assert [block.verdict.value for block in before.assessment.blocks] == ["meets"]
    assert (after.rules.name, after.rules.version, after.rules.block.threshold) == ("riverside", 1, 80)
    assert [block.verdict.value for block in after.assessment.blocks] == ["partly"]
    assert still.rules.version == 1


def test_one_goes_back_to_a_set_that_ships(clinic: Clinic, ada: Actor) -> None:
    make(ada)
    put_in_use(ada, "riverside", 1)
    put_in_use(ada, "norfolk-icb", 1)
    db.session.rollback()
    db.session.expire_all()
    assert (clinic.rule_set, clinic.rule_set_version) == ("norfolk-icb", None)
    assert show_rules_in_use(ada, clinic.id).line.name == "norfolk-icb"
    for name, version in (("norfolk-icb", 2), ("riverside", 2), ("nowhere", 1)):
        with pytest.raises(NotFound):
            put_in_use(ada, name, version)


def test_the_hours_of_day_0_end_two_hours_after_the_agents_usual_end(clinic: Clinic, ada: Actor) -> None:
    """Lidocaine at 10:30: until 14:30 by the set that ships, until 13:30 where its window ends after an hour."""
    ana = ana_with_a_block(clinic)
    phone = Actor(role=Role.DEVICE, id="phone", clinic_id=clinic.id, patient_id=ana.id)
    times = {at: datetime.fromisoformat(f"2026-03-02T{at}:00-05:00") for at in ("13:40", "14:40")}
    assert moment_page_of(phone, now=times["13:40"]).hourly
    assert not moment_page_of(phone, now=times["14:40"]).hourly
    assert home_of(phone, now=times["14:40"]).next_hourly_at is None

    rules = changed()
    lidocaine, *others = rules.agents
    shorter = replace(rules, agents=(replace(lidocaine, onset=5, hold=30, usual_end=60, tail_end=120), *others))
    make(ada, shorter)
    put_in_use(ada, "riverside", 1)

    assert not moment_page_of(phone, now=times["13:40"]).hourly


def test_an_unknown_agent_is_asked_about_until_bedtime(clinic: Clinic) -> None:
    ana = a_patient(clinic)
    keep(ana, an_injection(anaesthetic=(Anaesthetic(agent="water"),)))
    phone = Actor(role=Role.DEVICE, id="phone", clinic_id=clinic.id, patient_id=ana.id)
    assert moment_page_of(phone, now=datetime.fromisoformat("2026-03-02T21:00:00-05:00")).hourly


# --- a set that cannot be read ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [{"late": {"first_hour_minutes": 999, "later_minutes": 60}}, {"colour": "red"}, {"version": 7}, {"agents": []}],
)
def test_nothing_is_judged_by_another_set_where_the_one_in_use_cannot_be_read(
    clinic: Clinic, ada: Actor, broken: dict[str, object]
) -> None:
    ana, chen = ana_with_a_block(clinic), staff_of(clinic.id, Role.DOCTOR)
    make(ada)
    put_in_use(ada, "riverside", 1)
    break_by_hand(clinic, **broken)

    with pytest.raises(UnreadableRules, match="riverside, version 1, cannot be read"):
        judge_patient(chen, ana.id, now=NOON)
    with pytest.raises(UnreadableRules):
        show_rules_in_use(chen, clinic.id)
    page = list_entries(chen, ana.id, number=1, now=NOON)
    assert page.without_rules is not None
    assert {entry.late for entry in page.entries} == {None}
    phone = Actor(role=Role.DEVICE, id="phone", clinic_id=clinic.id, patient_id=ana.id)
    assert moment_page_of(phone, now=datetime.fromisoformat("2026-03-02T21:00:00-05:00")).hourly
    listed = list_rule_sets(ada, clinic.id)
    assert listed.in_use is not None
    assert (listed.in_use.rules, bool(listed.in_use.fault)) == (None, True)
    for act in (lambda: put_in_use(ada, "riverside", 1), lambda: make(ada, copied_from=("riverside", 1))):
        with pytest.raises(DiaryError):
            act()
    put_in_use(ada, "trial-50", 1)
    assert judge_patient(chen, ana.id, now=NOON).rules.name == "trial-50"


@pytest.mark.parametrize(("name", "version"), [("gone", 3), ("gone", None)])
def test_a_set_in_use_that_is_not_there_is_told_too(clinic: Clinic, name: str, version: int | None) -> None:
    ana = ana_with_a_block(clinic)
    with writing(OPERATOR, now=NOON) as work:
        held = work.session.get_one(Clinic, clinic.id)
        held.rule_set, held.rule_set_version = name, version
        work.audit("clinic.break", clinic_id=clinic.id)
    with pytest.raises(UnreadableRules, match="gone"):
        judge_patient(staff_of(clinic.id, Role.DOCTOR), ana.id, now=NOON)


def test_what_is_stored_is_the_whole_set(clinic: Clinic, ada: Actor) -> None:
    make(ada)
    (row,) = db.session.scalars(select(RuleSetRow).where(RuleSetRow.clinic_id == clinic.id))
    assert row.content == write(replace(changed(), version=1))


def test_the_title_of_a_set_that_ships_is_not_for_a_changed_one(ada: Actor) -> None:
    alike = replace(changed(), title=shipped("us-medicare-sij").title.upper())
    with pytest.raises(InvalidValue) as refused:
        make(ada, alike)
    assert refused.value.place == "title"
