"""An injection in the words of the clinic: its facts line by line, and what a correction changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.diary import (
    Anaesthetic,
    Injection,
    Purpose,
    Reaction,
    ReactionKind,
    Scores,
    Side,
    Steroid,
    Target,
)
from diary.domain.local_time import in_zone
from diary.domain.planning import PlannedInjection
from diary.domain.timeline import Chain
from diary.store.patients import PatientRow
from diary.words.dates import month_name
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext
from diary.words.offered import offered_words
from diary.words.times import in_words, instant_in_words

SIDE_WORDS = {Side.LEFT: lazy_gettext("Left"), Side.RIGHT: lazy_gettext("Right"), Side.BOTH: lazy_gettext("Both sides")}
TARGET_WORDS = {Target.JOINT: lazy_gettext("Joint"), Target.LIGAMENT: lazy_gettext("Ligament")}
PURPOSE_WORDS = {
    Purpose.DIAGNOSTIC: lazy_gettext("Diagnostic (a test block)"),
    Purpose.THERAPEUTIC: lazy_gettext("Therapeutic"),
}
REACTION_WORDS = {
    ReactionKind.FAINT: lazy_gettext("Faint"),
    ReactionKind.RASH: lazy_gettext("Rash"),
    ReactionKind.WEAK_LEG: lazy_gettext("Weak leg"),
    ReactionKind.NUMB_LEG: lazy_gettext("Numb leg"),
    ReactionKind.BREATHING: lazy_gettext("Breathing"),
    ReactionKind.OTHER: lazy_gettext("Other"),
}
NOT_GIVEN = lazy_gettext("not given")


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: its name and what it says."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that a correction changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version in the history: who recorded it, when, why, and what it changed."""

    title: str
    who: str
    when: str
    reason: str
    changes: tuple[Change, ...]


# --- people and times -------------------------------------------------------------------------------------------------


def day_words(instant: datetime) -> str:
    """06-Aug-2026, as clinicians write it."""
    return in_words(instant.date())


def time_words(instant: datetime | None, zone: ZoneInfo) -> str:
    """06-Aug-2026 10:42 on the clinic's clock."""
    return instant_in_words(in_zone(instant, zone)) if instant else str(NOT_GIVEN)


def own_time_words(instant: datetime | None) -> str:
    """A time in the offset that it was recorded with, which decides day 0."""
    return f"{instant_in_words(instant)} (UTC{instant.isoformat()[-6:]})" if instant else str(NOT_GIVEN)


def name_words(patient: PatientRow) -> str:
    """The patient's name; a record without one says so."""
    return patient.name or _("No name given")


def born_words(patient: PatientRow) -> str:
    """12 March 1954, months in full, so that it can be read back aloud."""
    born = patient.born
    if born is None:
        return _("birth date not given")
    return _("%(day)s %(month)s %(year)s", day=born.day, month=month_name(born), year=born.year)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan in a list; ``who`` is empty on the patient's own page."""

    injection_id: UUID
    words: str
    who: str = ""


def plan_line(planned: PlannedInjection, zone: ZoneInfo, patient: PatientRow | None = None) -> PlanLine:
    """When, which side, for what."""
    when = time_words(planned.planned_at, zone) if planned.planned_at else _("no time given")
    words = f"{when}, {SIDE_WORDS[planned.side].lower()}, {PURPOSE_WORDS[planned.purpose].lower()}"
    who = _("%(name)s, born %(day)s", name=name_words(patient), day=born_words(patient)) if patient else ""
    return PlanLine(planned.id, words, who)


# --- facts ------------------------------------------------------------------------------------------------------------


def facts(record: PlannedInjection | Injection) -> list[Line]:
    """Every fact of a plan or an injection, given or not, in the order of the forms."""
    return [Line(label, words) for label, words in _facts(record).items()]


def given_facts(record: PlannedInjection | Injection) -> list[Line]:
    """The facts that were given."""
    return [line for line in facts(record) if line.words != NOT_GIVEN]


def _facts(record: PlannedInjection | Injection) -> dict[str, str]:
    prepared = record.preparation
    done = {_("Done"): own_time_words(record.performed_at)} if isinstance(record, Injection) else {}
    words = {
        **done,
        _("Side"): SIDE_WORDS[record.side],
        _("Joint or ligament"): TARGET_WORDS[record.target] if record.target else NOT_GIVEN,
        _("Purpose"): PURPOSE_WORDS[record.purpose],
        _("Cause"): _offered(record.cause),
        _("Which pain"): record.pain_named or NOT_GIVEN,
        _("Painful activities"): "; ".join(record.activities) or NOT_GIVEN,
        _("Anaesthetic"): " + ".join(_anaesthetic(one) for one in record.anaesthetic) or NOT_GIVEN,
        _("Steroid"): _steroid(record.steroid),
        _("Contrast"): NOT_GIVEN if record.contrast_ml is None else f"{record.contrast_ml:g} mL",
        _("Guidance"): _offered(record.guidance),
        _("Sedation"): yes_no(record.sedation),
        _("Operator"): record.operator or NOT_GIVEN,
        _("Someone else drives"): yes_no(prepared.driver),
        _("Rest planned"): yes_no(prepared.rest_planned),
        _("Medicines told"): yes_no(prepared.medicines_told),
        _("Blood thinners asked"): yes_no(prepared.anticoagulants_asked),
        _("Blood pressure taken"): yes_no(prepared.blood_pressure_taken),
        **_before(record.baseline, record.activities),
        _("Before scores taken"): own_time_words(record.baseline_at),
        _("Taken before sedation"): yes_no(record.baseline_before_sedation),
    }
    if isinstance(record, Injection):
        words |= {**_leaving(record), _("Reactions"): _reactions(record)}
    else:
        pressure = record.blood_pressure
        words |= {
            _("Before scores taken by"): record.baseline_by or NOT_GIVEN,
            _("Blood pressure before"): f"{pressure.systolic}/{pressure.diastolic} mmHg" if pressure else NOT_GIVEN,
            _("Extra pain medicine in the last 6 hours"): yes_no(record.rescue_taken),
        }
    return words


def yes_no(answer: bool | None) -> str:
    """Yes, No, or not given where nobody answered."""
    return str(NOT_GIVEN) if answer is None else _("Yes") if answer else _("No")


def _offered(given: str | None) -> str:
    return offered_words(given) if given else str(NOT_GIVEN)


def _anaesthetic(given: Anaesthetic) -> str:
    parts = [offered_words(given.agent)]
    if given.percent is not None:
        parts.append(f"{given.percent:g}%")
    if given.ml is not None:
        parts.append(f"{given.ml:g} mL")
    return " ".join(parts)


def _steroid(given: Steroid | None) -> str:
    if given is None:
        return str(NOT_GIVEN)
    agent = offered_words(given.agent)
    return agent if given.mg is None else f"{agent} {given.mg:g} mg"


def _before(baseline: Scores, activities: tuple[str, ...]) -> dict[str, str]:
    words = {
        _("Before: pain on movement"): _score(baseline.movement),
        _("Before: pain at rest"): _score(baseline.rest),
        _("Before: average pain, last week"): _score(baseline.average),
        _("Before: worst pain, last week"): _score(baseline.worst),
        _("Before: moving about, last week"): _score(baseline.moving),
    }
    for place, score in enumerate(baseline.activities or ()):
        name = activities[place] if place < len(activities) else _("activity %(number)s", number=place + 1)
        words[_("Before: how hard, %(activity)s", activity=name)] = _score(score)
    return words


def _score(score: int | None) -> str:
    return str(NOT_GIVEN) if score is None else _("%(score)s out of 10", score=score)


def _leaving(injection: Injection) -> dict[str, str]:
    discharge = injection.discharge
    return {
        _("Left with an escort"): yes_no(discharge.escort),
        _("Leg strength good"): yes_no(discharge.leg_strength),
        _("Walks safely"): yes_no(discharge.walks_safely),
        _("Left at"): own_time_words(discharge.left_at),
    }


def _reactions(injection: Injection) -> str:
    return "; ".join(reaction_words(reaction) for reaction in injection.reactions) or NOT_GIVEN


def reaction_words(reaction: Reaction) -> str:
    """Faint at 10:42, with its note."""
    words = _("%(reaction)s at %(time)s", reaction=REACTION_WORDS[reaction.kind], time=f"{reaction.at:%H:%M}")
    return f"{words}: {reaction.note}" if reaction.note else words


# --- history ----------------------------------------------------------------------------------------------------------


def history(chain: Chain[Injection], reasons: Mapping[UUID, str], zone: ZoneInfo) -> list[Version]:
    """Every version, the newest first, each with what it changed from the one before."""
    versions = []
    for index, version in enumerate(chain.records):
        before = chain.records[index - 1] if index else None
        versions.append(
            Version(
                title=_title(version, before),
                who=version.recorded_by or _("not known"),
                when=time_words(version.recorded_at, zone),
                reason=reasons.get(version.id, ""),
                changes=changes(before, version) if before else (),
            )
        )
    return versions[::-1]


def _title(version: Injection, before: Injection | None) -> str:
    if version.withdrawn:
        return _("Withdrawn")
    if before is None:
        return _("First recorded")
    if before.discharge != version.discharge and before.discharge.left_at is None:
        return _("Leaving recorded")
    if len(version.reactions) > len(before.reactions):
        return _("Reaction recorded")
    return _("Corrected")


def changes(before: Injection, after: Injection) -> tuple[Change, ...]:
    """The facts that differ, in the order of the forms."""
    old, new = _facts(before), _facts(after)
    labels = [*old, *(label for label in new if label not in old)]
    return tuple(
        Change(label, old.get(label, NOT_GIVEN), new.get(label, NOT_GIVEN))
        for label in labels
        if old.get(label, NOT_GIVEN) != new.get(label, NOT_GIVEN)
    )
