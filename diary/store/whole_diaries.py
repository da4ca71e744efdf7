"""What is needed to judge a patient: who, where, by which rules, and whether anything was added since the last time."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from diary.domain.rulesets import RuleSet
from diary.store.clinics import Clinic
from diary.store.findings import AS_STORED, FindingsRow
from diary.store.help_uses import OpenHelp, as_open_help, most_pressing_of_patient
from diary.store.patients import PatientRow
from diary.store.records import EntryRow, InjectionRow, MedicineRow, SteroidElsewhereRow
from diary.store.rule_sets import OWN_IN_USE, RuleSetRow, rules_in_use

RECORDS = (InjectionRow, EntryRow, MedicineRow, SteroidElsewhereRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientToJudge:
    """A patient, and all that says whether they have to be judged again.

    ``records`` counts injections, entries, medicines and steroids elsewhere: nothing is ever changed or taken away, so
    equal counts are equal records. ``findings`` is what is kept of the last judgement for the list; ``open_help`` is
    no part of it, but the most pressing use of "Get help now" that nobody has seen to.
    """

    patient: PatientRow
    clinic: Clinic
    own_rules: RuleSetRow | None
    records: tuple[int, ...]
    findings: FindingsRow | None
    open_help: OpenHelp | None

    @property
    def rules(self) -> RuleSet:
        """The set by which the clinic judges; `UnreadableRules` for whoever needs it and cannot have it."""
        return rules_in_use(self.clinic, self.own_rules)


def find_patient_to_judge(session: Session, patient_id: UUID) -> PatientToJudge | None:
    """One patient with their clinic, its rules and the count of their records, in one query."""
    counts = [
        select(func.count()).select_from(table).where(table.patient_id == patient_id).scalar_subquery()
        for table in RECORDS
    ]
    help_ = most_pressing_of_patient(patient_id)
    found = session.execute(
        select(
            PatientRow, Clinic, RuleSetRow, FindingsRow, help_.c.level, help_.c.used_at, help_.c.used_offset, *counts
        )
        .join(Clinic, Clinic.id == PatientRow.clinic_id)
        .outerjoin(RuleSetRow, OWN_IN_USE)
        .outerjoin(FindingsRow, FindingsRow.patient_id == PatientRow.id)
        .outerjoin(help_, (help_.c.patient_id == PatientRow.id) & (help_.c.place == 1))
        .where(PatientRow.id == patient_id),
        execution_options=AS_STORED,
    ).one_or_none()
    if found is None:
        return None
    patient, clinic, own, findings, level, used_at, used_offset, *records = found
    return PatientToJudge(
        patient=patient,
        clinic=clinic,
        own_rules=own,
        records=tuple(records),
        findings=findings,
        open_help=as_open_help(level, used_at, used_offset),
    )


def find_clinic_with_rules(session: Session, clinic_id: UUID) -> tuple[Clinic, RuleSet]:
    """A clinic and the rule set that it judges by, in one query (`UnreadableRules`)."""
    clinic, own = session.execute(
        select(Clinic, RuleSetRow).outerjoin(RuleSetRow, OWN_IN_USE).where(Clinic.id == clinic_id)
    ).one()
    return clinic, rules_in_use(clinic, own)
