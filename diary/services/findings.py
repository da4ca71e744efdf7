"""What the list says of each patient, kept up to date: whoever's findings are out of date is judged again.

A few at a time, by whoever opens the list, and outside of the transaction that keeps it, so that no entry waits.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from diary.domain.access import Actor, Role
from diary.domain.assessment import judge
from diary.domain.errors import UnreadableRules
from diary.domain.findings import Findings, findings_of
from diary.domain.in_force import in_force
from diary.domain.local_time import today_in
from diary.domain.rulesets import RuleSet
from diary.store.diaries import load_diary_to_judge
from diary.store.findings import Judgement, find_out_of_date, is_current, keep_findings, name_of_rules
from diary.store.patients import PatientRow, patients_by_id
from diary.store.whole_diaries import find_clinic_with_rules, find_patient_to_judge
from diary.store.work import Work, keeping_house, looking_up

MOST_AT_ONCE = 50
# Nobody sees what it reads. Whoever then sees what it found leaves an audit row of their own.
MACHINE = Actor(role=Role.OPERATOR, id="findings", clinic_id=None)


def refresh_findings(clinic_id: UUID, *, first: Collection[UUID] = (), most: int = MOST_AT_ONCE, now: datetime) -> int:
    """Judge those of a clinic's patients whose findings are out of date, at most so many; answers how many it judged.

    Those named ``first``, then by their next visit. Never inside `writing`. `UnreadableRules` where the clinic's own
    cannot be read.
    """
    with looking_up() as session:
        work = Work(session, MACHINE, now)
        clinic, rules = find_clinic_with_rules(work.session, clinic_id)
        name = name_of_rules(clinic, rules)
        found = find_out_of_date(work.session, clinic_id, first=first, rules=name, now=now, most=most)
        judged = [
            Judgement(patient=patient, rules=name, additions=additions, findings=_judge(work, patient, rules))
            for patient, additions in found
        ]
    if judged:
        with keeping_house() as session:
            # Nothing comes back of whoever was deleted meanwhile: findings have no foreign key that would refuse it.
            there = patients_by_id(session, {one.patient.id for one in judged})
            keep_findings(session, [one for one in judged if one.patient.id in there])
    return len(judged)


def findings_now(work: Work, patient_id: UUID) -> Findings | None:
    """One patient's findings as of now: as they are kept, or worked out where they are out of date.

    None for somebody who is not there, and where the clinic's rules cannot be read.
    """
    found = find_patient_to_judge(work.session, patient_id)
    if found is None:
        return None
    try:
        rules = found.rules
    except UnreadableRules:
        return None
    kept = found.findings
    if kept and is_current(kept, found.patient, rules=name_of_rules(found.clinic, rules), now=work.now):
        return kept.as_findings()
    return _judge(work, found.patient, rules)


def _judge(work: Work, patient: PatientRow, rules: RuleSet) -> Findings:
    diary = load_diary_to_judge(work.session, patient)
    standing = in_force(diary, as_of=today_in(diary.patient.zone, now=work.now))
    return findings_of(diary, standing, judge(standing, rules))
