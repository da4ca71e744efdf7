"""The doctor's page on one patient: the picture of an injection and everything that was found of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from diary.charts.picture import Profile
from diary.charts.profile import ProfileRules, build_profile
from diary.domain.access import Actor
from diary.domain.diary import Injection
from diary.domain.errors import NotFound
from diary.domain.rulesets import RuleSet
from diary.domain.timeline import original_of
from diary.services.judgement import Judged, judge_in
from diary.store.sign_offs import SignOffRow, find_newest_sign_off
from diary.store.work import Work, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientProfile:
    """All that the doctor's page shows. ``injection`` and ``profile`` are None where none is recorded.

    ``signed`` is the version of the doctor's reading and plan that stands for the injection, if any.
    """

    judged: Judged
    injection: Injection | None
    profile: Profile | None
    signed: SignOffRow | None = None


def show_profile(actor: Actor, patient_id: UUID, *, injection_id: UUID | None = None, now: datetime) -> PatientProfile:
    """One patient's page, for the injection asked for or the last one; the read leaves its audit row.

    `NotFound` for a patient or an injection that is not there or not this clinic's.
    """
    with writing(actor, now=now) as work:
        judged = judge_in(work, patient_id)
        injection = chosen_injection(judged, injection_id)
        signed = None if injection is None else standing_sign_off(work, judged, injection)
    return PatientProfile(
        judged=judged,
        injection=injection,
        profile=None if injection is None else picture_of(judged, injection),
        signed=signed,
    )


def standing_sign_off(work: Work, judged: Judged, injection: Injection) -> SignOffRow | None:
    """The version of the doctor's reading and plan that stands for an injection; None where nobody signed."""
    return find_newest_sign_off(work.session, original_of(injection, judged.diary.injections).id)


def chosen_injection(judged: Judged, injection_id: UUID | None) -> Injection | None:
    """The injection asked for as it stands, or the last one; None where there is none.

    By the id of any of its versions: whoever had it open while it was corrected finds it again. `NotFound` where it is
    not this patient's, and where it does not stand.
    """
    standing, recorded = judged.standing.injections, judged.diary.injections
    if injection_id is None:
        return standing[-1] if standing else None
    asked = next((one for one in recorded if one.id == injection_id), None)
    if asked is not None:
        original = original_of(asked, recorded)
        for one in standing:
            if original_of(one, recorded).id == original.id:
                return one
    raise NotFound("There is no such injection.")


def picture_of(judged: Judged, injection: Injection) -> Profile:
    """The injection response profile of one injection, with what the engine found of it."""
    window = judged.rules.window(injection.anaesthetic)
    assessment = judged.assessment
    return build_profile(
        judged.standing,
        injection,
        rules=profile_rules(judged.rules),
        window=None if window is None else (window.onset, window.usual_end),
        block=next((one for one in assessment.blocks if one.injection.id == injection.id), None),
        steroid=next((one for one in assessment.steroids if one.injection.id == injection.id), None),
    )


def profile_rules(rules: RuleSet) -> ProfileRules:
    """The numbers that a picture takes from a rule set."""
    return ProfileRules(
        late=rules.late.after,
        lowest_start=max(rules.block.low_baseline, rules.steroid.low_baseline),
        days_before=rules.steroid.fewest_days_before,
    )
