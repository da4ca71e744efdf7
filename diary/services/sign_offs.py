"""Signing the doctor's own reading and plan beside the assessment as it is, and reading what was signed."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.access import Actor, check_can_read_diary, check_can_sign_off
from diary.domain.diary import Injection
from diary.domain.errors import Conflict, NotFound
from diary.domain.form import write
from diary.domain.sign_off import SignOff, check_date, check_explained
from diary.domain.timeline import original_of
from diary.exchange.assessment import write_assessment
from diary.services.injections import clinic_zone
from diary.services.judgement import Judged, judge_in
from diary.services.profiles import chosen_injection
from diary.store.diaries import load_diary
from diary.store.patients import PatientRow, existing_patient, hold_patient
from diary.store.sign_offs import SignOffRow, add_sign_off, sign_offs_of_patient
from diary.store.work import writing

CHANGED_WHILE_OPEN = (
    "Something was recorded or changed since you opened this page, so the assessment is another one now. "
    "Look at it again, then sign."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHistory:
    """All that was ever signed of a patient, the newest first, each with the injection as it stood then.

    It hangs on no rule set of today: what was signed stays readable whatever became of the rules.
    """

    patient: PatientRow
    zone: ZoneInfo
    versions: tuple[tuple[SignOffRow, Injection], ...]


def sign(
    actor: Actor, patient_id: UUID, injection_id: UUID, sign_off: SignOff, *, after: int, seen: str, now: datetime
) -> SignOffRow:
    """Sign a reading and plan as the version that follows ``after`` (0 for the first), with the assessment as it is.

    ``seen`` is what `seen_of` said when the page was opened: nobody signs what they did not see. `Conflict` where that
    has changed or somebody else signed meanwhile; `InvalidValue` names the field, also where a rule that is not met
    needs a reason; `NotFound`, `NotAllowed`.
    """
    with writing(actor, now=now) as work:
        patient = hold_patient(work.session, patient_id)
        if patient is None:
            raise NotFound("There is no such patient.")
        check_can_sign_off(actor, patient.owner)
        judged = judge_in(work, patient_id)
        injection = chosen_injection(judged, injection_id)
        if injection is None:
            raise NotFound("There is no such injection.")
        if seen_of(judged) != seen:
            raise Conflict(CHANGED_WHILE_OPEN)
        check_date(sign_off, today=judged.as_of)
        check_explained(sign_off, injection.side, judged.assessment.repeats)
        return add_sign_off(
            work,
            patient.owner,
            sign_off,
            injection_id=original_of(injection, judged.diary.injections).id,
            judged_id=injection.id,
            assessment=write_assessment(judged.assessment),
            rules=judged.rules,
            as_of=judged.as_of,
            records=records_of(judged),
            after=after,
        )


def load_signed(actor: Actor, patient_id: UUID, *, now: datetime) -> SignedHistory:
    """Everything that was signed of a patient; the read leaves its audit row (`NotFound`, `NotAllowed`)."""
    with writing(actor, now=now) as work:
        patient = existing_patient(work.session, patient_id)
        check_can_read_diary(actor, patient.owner)
        diary = load_diary(work, patient, since=now.date(), until=now.date())
        injections = {injection.id: injection for injection in diary.injections}
        work.audit("sign-off.read", owner=patient.owner)
        return SignedHistory(
            patient=patient,
            zone=clinic_zone(work, patient),
            versions=tuple((row, injections[row.judged_id]) for row in sign_offs_of_patient(work.session, patient_id)),
        )


def records_of(judged: Judged) -> tuple[int, ...]:
    """How many injections, entries, medicines, steroids given elsewhere and corrections the diary holds.

    What was withdrawn stays counted, and withdrawing it is a correction; a steroid given elsewhere is counted no more.
    """
    diary = judged.diary
    versions = (diary.injections, diary.entries, diary.medicines)
    originals = [sum(1 for record in records if record.revises is None) for records in versions]
    return (*originals, len(diary.steroids_elsewhere), sum(map(len, versions)) - sum(originals))


def seen_of(judged: Judged) -> str:
    """A short text that differs as soon as anything in the assessment does, or in the rules that made it."""
    whole: dict[str, Any] = {"assessment": write_assessment(judged.assessment), "rules": write(judged.rules)}
    return sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:32]
