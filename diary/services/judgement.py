"""A patient's whole diary, judged: what the doctor's page, the list, the report and the API stand on.

What is in force of a diary is kept in memory until something is added to it: records are only ever added, so a count of
them says whether it still holds. Ten years of days are read once and not for each look.
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import Lock
from uuid import UUID

from diary.domain.access import Actor, check_can_read_diary
from diary.domain.assessment import Assessment, judge
from diary.domain.diary import Diary, Injection, Patient
from diary.domain.errors import NotFound
from diary.domain.findings import findings_of
from diary.domain.in_force import InForce, in_force
from diary.domain.local_time import today_in
from diary.domain.rulesets import RuleSet, shipped, shipped_names
from diary.domain.sensitivity import Sensitivity, sensitivity
from diary.store.clinics import Clinic
from diary.store.diaries import load_diary
from diary.store.findings import Judgement, is_current, keep_findings, name_of_rules
from diary.store.help_uses import OpenHelp
from diary.store.patients import PatientRow
from diary.store.whole_diaries import PatientToJudge, find_patient_to_judge
from diary.store.work import Work, writing

MOST_RECORDS_KEPT = 40_000  # about 150 MB of entries


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeDiary:
    """A diary and what stands of it on a date; what it was judged to be under a rule set is worked out once."""

    diary: Diary
    standing: InForce
    _judged: dict[RuleSet, Assessment] = field(default_factory=dict, repr=False)
    _sensitivities: dict[tuple[UUID, RuleSet], Sensitivity] = field(default_factory=dict, repr=False)

    def assess(self, rules: RuleSet) -> Assessment:
        """Its assessment under a rule set."""
        if rules not in self._judged:
            self._judged[rules] = judge(self.standing, rules)
        return self._judged[rules]

    def sensitivity(self, injection: Injection, rules: RuleSet) -> Sensitivity:
        """How the verdicts on one of its injections hang on the thresholds of a rule set, and on the sets that ship."""
        key = (injection.id, rules)
        if key not in self._sensitivities:
            others = map(shipped, shipped_names())
            self._sensitivities[key] = sensitivity(injection, self.standing, rules, others=others)
        return self._sensitivities[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One patient's diary and its assessment by the clinic's rules; ``as_of`` is today in the patient's zone.

    ``open_help`` is a use of "Get help now" that nobody has seen to, beside the judgement and no part of it.
    """

    patient: PatientRow
    clinic: Clinic
    rules: RuleSet
    whole: WholeDiary
    as_of: date
    open_help: OpenHelp | None = None

    @property
    def diary(self) -> Diary:
        return self.whole.diary

    @property
    def standing(self) -> InForce:
        return self.whole.standing

    @property
    def assessment(self) -> Assessment:
        return self.whole.assess(self.rules)


def judge_patient(
    actor: Actor, patient_id: UUID, *, rules: RuleSet | None = None, as_of: date | None = None, now: datetime
) -> Judged:
    """Judge one patient in a transaction of its own; the read leaves its audit row.

    By the clinic's rules as of today in the patient's zone, unless others are given. `NotFound` for a patient who is
    not there or not this clinic's.
    """
    with writing(actor, now=now) as work:
        return judge_in(work, patient_id, rules=rules, as_of=as_of)


def judge_by_name(
    actor: Actor, patient_id: UUID, *, rules: str | None, as_of: date | None = None, now: datetime
) -> Judged:
    """As `judge_patient`, by the name of a set: the clinic's own in use, which is meant where none is named, or one
    that ships with the diary (`InvalidValue` for any other).
    """
    with writing(actor, now=now) as work:
        judged = judge_in(work, patient_id, as_of=as_of)
        return judged if rules in {None, judged.rules.name} else replace(judged, rules=shipped(str(rules)))


def judge_in(work: Work, patient_id: UUID, *, rules: RuleSet | None = None, as_of: date | None = None) -> Judged:
    """The same inside a transaction that does more."""
    found = find_patient_to_judge(work.session, patient_id)
    if found is None:
        raise NotFound("There is no such patient.")
    check_can_read_diary(work.actor, found.patient.owner)
    day = as_of or today_in(found.patient.as_patient().zone, now=work.now)
    judged = Judged(
        patient=found.patient,
        clinic=found.clinic,
        rules=rules or found.rules,
        whole=_whole(work, found, as_of=day),
        as_of=day,
        open_help=found.open_help,
    )
    if rules is None and as_of is None:
        _keep_for_the_list(work, found, judged)
    return judged


def _keep_for_the_list(work: Work, found: PatientToJudge, judged: Judged) -> None:
    """Whoever was just looked at need not be judged again for the list."""
    rules = name_of_rules(found.clinic, found.rules)
    if is_current(found.findings, found.patient, rules=rules, now=work.now):
        return
    kept = Judgement(
        patient=found.patient,
        rules=rules,
        additions=found.findings.additions if found.findings else 0,
        findings=findings_of(judged.diary, judged.standing, judged.assessment),
    )
    keep_findings(work.session, [kept])


def _whole(work: Work, found: PatientToJudge, *, as_of: date) -> WholeDiary:
    key: Key = (found.patient.id, found.patient.as_patient(), found.records, as_of)
    kept = _kept.get(key)
    if kept is not None:
        work.audit("diary.read", owner=found.patient.owner)
        return kept
    diary = load_diary(work, found.patient)
    whole = WholeDiary(diary=diary, standing=in_force(diary, as_of=as_of))
    _kept.keep(key, whole)
    return whole


# --- kept in memory ---------------------------------------------------------------------------------------------------

Key = tuple[UUID, Patient, tuple[int, ...], date]


class _Kept:
    """The diaries that were looked at last, as many as fit."""

    def __init__(self, *, most_records: int) -> None:
        self._most_records = most_records
        self._diaries: OrderedDict[Key, WholeDiary] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> WholeDiary | None:
        with self._lock:
            if key in self._diaries:
                self._diaries.move_to_end(key)
            return self._diaries.get(key)

    def forget(self, patient_id: UUID) -> None:
        with self._lock:
            for of_patient in [key for key in self._diaries if key[0] == patient_id]:
                del self._diaries[of_patient]

    def keep(self, key: Key, whole: WholeDiary) -> None:
        with self._lock:
            for of_same_patient in [other for other in self._diaries if other[0] == key[0] and other[3] == key[3]]:
                del self._diaries[of_same_patient]
            self._diaries[key] = whole
            # Each counts for one more than it holds, so that empty diaries have an end too.
            while len(self._diaries) > 1 and sum(1 + sum(other[2]) for other in self._diaries) > self._most_records:
                self._diaries.popitem(last=False)


_kept = _Kept(most_records=MOST_RECORDS_KEPT)


def forget_diary(patient_id: UUID) -> None:
    """Nothing of this patient's diary stays in memory."""
    _kept.forget(patient_id)
