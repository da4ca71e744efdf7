"""What the list says of each patient, kept up to date: whoever's findings are out of date is judged again.

A few at a time, by whoever opens the list, and outside of the transaction that keeps it, so that no entry waits.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from diary.domain.assessment import judge
from diary.domain.findings import Findings, findings_of
from diary.domain.in_force import in_force
from diary.domain.local_time import today_in
from diary.domain.rulesets import RuleSet
from diary.store.diaries import load_diary_to_judge
from diary.store.findings import Judgement, find_out_of_date, is_current, keep_findings, name_of_rules
from diary.store.patients import PatientRow
from diary.store.whole_diaries import PatientToJudge, find_clinic_with_rules, find_patient_to_judge
from diary.store.work import Session, keeping_house, looking_up

MOST_AT_ONCE = 50


def refresh_findings(clinic_id: UUID, *, first: Collection[UUID] = (), most: int = MOST_AT_ONCE, now: datetime) -> int:
    """Judge those of a clinic's patients whose findings are out of date, at most so many; answers how many it judged.

    Those named ``first``, then by their next visit. Never inside `writing`.
    """
    with looking_up() as session:
        clinic, rules = find_clinic_with_rules(session, clinic_id)
        name = name_of_rules(clinic, rules)
        found = find_out_of_date(session, clinic_id, first=first, rules=name, now=now, most=most)
        judged = [
            Judgement(
                patient=patient,
                rules=name,
                additions=additions,
                findings=_judge(session, patient, rules, now=now),
            )
            for patient, additions in found
        ]
    if judged:
        with keeping_house() as session:
            keep_findings(session, judged)
    return len(judged)


def findings_now(session: Session, patient_id: UUID, *, now: datetime) -> Findings | None:
    """One patient's findings as of now: as they are kept, or worked out where they are out of date."""
    found = find_patient_to_judge(session, patient_id)
    if found is None:
        return None
    return _kept(found, now=now) or _judge(session, found.patient, found.rules, now=now)


def _kept(found: PatientToJudge, *, now: datetime) -> Findings | None:
    rules = name_of_rules(found.clinic, found.rules)
    if found.findings is None or not is_current(found.findings, found.patient, rules=rules, now=now):
        return None
    return found.findings.as_findings()


def _judge(session: Session, patient: PatientRow, rules: RuleSet, *, now: datetime) -> Findings:
    diary = load_diary_to_judge(session, patient)
    standing = in_force(diary, as_of=today_in(diary.patient.zone, now=now))
    return findings_of(diary, standing, judge(standing, rules))
