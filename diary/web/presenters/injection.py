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

SIDE_WORDS = {Side.LEFT: "Left", Side.RIGHT: "Right", Side.BOTH: "Both sides"}
TARGET_WORDS = {Target.JOINT: "Joint", Target.LIGAMENT: "Ligament"}
PURPOSE_WORDS = {Purpose.DIAGNOSTIC: "Diagnostic (a test block)", Purpose.THERAPEUTIC: "Therapeutic"}
REACTION_WORDS = {
    ReactionKind.FAINT: "Faint",
    ReactionKind.RASH: "Rash",
    ReactionKind.WEAK_LEG: "Weak leg",
    ReactionKind.NUMB_LEG: "Numb leg",
    ReactionKind.BREATHING: "Breathing",
    ReactionKind.OTHER: "Other",
}
NOT_GIVEN = "not given"


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
    return f"{instant:%d-%b-%Y}"


def time_words(instant: datetime | None, zone: ZoneInfo) -> str:
    """06-Aug-2026 10:42 on the clinic's clock."""
    return f"{in_zone(instant, zone):%d-%b-%Y %H:%M}" if instant else NOT_GIVEN


def own_time_words(instant: datetime | None) -> str:
    """A time in the offset that it was recorded with, which decides day 0."""
    return f"{instant:%d-%b-%Y %H:%M} (UTC{instant.isoformat()[-6:]})" if instant else NOT_GIVEN


def name_words(patient: PatientRow) -> str:
    """The patient's name; a record without one says so."""
    return patient.name or "No name given"


def born_words(patient: PatientRow) -> str:
    """12 March 1954, months in full, so that it can be read back aloud."""
    born = patient.born
    return f"{born.day} {born:%B %Y}" if born else "birth date not given"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan in a list; ``who`` is empty on the patient's own page."""

    injection_id: UUID
    words: str
    who: str = ""


def plan_line(planned: PlannedInjection, zone: ZoneInfo, patient: PatientRow | None = None) -> PlanLine:
    """When, which side, for what."""
    when = time_words(planned.planned_at, zone) if planned.planned_at else "no time given"
    words = f"{when}, {SIDE_WORDS[planned.side].lower()}, {PURPOSE_WORDS[planned.purpose].lower()}"
    return PlanLine(planned.id, words, f"{name_words(patient)}, born {born_words(patient)}" if patient else "")


# --- facts ------------------------------------------------------------------------------------------------------------


def facts(record: PlannedInjection | Injection) -> list[Line]:
    """Every fact of a plan or an injection, given or not, in the order of the forms."""
    return [Line(label, words) for label, words in _facts(record).items()]


def given_facts(record: PlannedInjection | Injection) -> list[Line]:
    """The facts that were given."""
    return [line for line in facts(record) if line.words != NOT_GIVEN]


def _facts(record: PlannedInjection | Injection) -> dict[str, str]:
    prepared = record.preparation
    done = {"Done": own_time_words(record.performed_at)} if isinstance(record, Injection) else {}
    words = {
        **done,
        "Side": SIDE_WORDS[record.side],
        "Joint or ligament": TARGET_WORDS[record.target] if record.target else NOT_GIVEN,
        "Purpose": PURPOSE_WORDS[record.purpose],
        "Cause": record.cause or NOT_GIVEN,
        "Which pain": record.pain_named or NOT_GIVEN,
        "Painful activities": "; ".join(record.activities) or NOT_GIVEN,
        "Anaesthetic": " + ".join(_anaesthetic(one) for one in record.anaesthetic) or NOT_GIVEN,
        "Steroid": _steroid(record.steroid),
        "Contrast": NOT_GIVEN if record.contrast_ml is None else f"{record.contrast_ml:g} mL",
        "Guidance": record.guidance or NOT_GIVEN,
        "Sedation": yes_no(record.sedation),
        "Operator": record.operator or NOT_GIVEN,
        "Someone else drives": yes_no(prepared.driver),
        "Rest planned": yes_no(prepared.rest_planned),
        "Medicines told": yes_no(prepared.medicines_told),
        "Blood thinners asked": yes_no(prepared.anticoagulants_asked),
        "Blood pressure taken": yes_no(prepared.blood_pressure_taken),
        **_before(record.baseline, record.activities),
        "Before scores taken": own_time_words(record.baseline_at),
        "Taken before sedation": yes_no(record.baseline_before_sedation),
    }
    if isinstance(record, Injection):
        words |= {**_leaving(record), "Reactions": _reactions(record)}
    else:
        pressure = record.blood_pressure
        words |= {
            "Before scores taken by": record.baseline_by or NOT_GIVEN,
            "Blood pressure before": f"{pressure.systolic}/{pressure.diastolic} mmHg" if pressure else NOT_GIVEN,
            "Extra pain medicine in the last 6 hours": yes_no(record.rescue_taken),
        }
    return words


def yes_no(answer: bool | None) -> str:
    """Yes, No, or not given where nobody answered."""
    return NOT_GIVEN if answer is None else "Yes" if answer else "No"


def _anaesthetic(given: Anaesthetic) -> str:
    parts = [given.agent]
    if given.percent is not None:
        parts.append(f"{given.percent:g}%")
    if given.ml is not None:
        parts.append(f"{given.ml:g} mL")
    return " ".join(parts)


def _steroid(given: Steroid | None) -> str:
    if given is None:
        return NOT_GIVEN
    return given.agent if given.mg is None else f"{given.agent} {given.mg:g} mg"


def _before(baseline: Scores, activities: tuple[str, ...]) -> dict[str, str]:
    words = {
        "Before: pain on movement": _score(baseline.movement),
        "Before: pain at rest": _score(baseline.rest),
        "Before: average pain, last week": _score(baseline.average),
        "Before: worst pain, last week": _score(baseline.worst),
        "Before: moving about, last week": _score(baseline.moving),
    }
    for place, score in enumerate(baseline.activities or ()):
        name = activities[place] if place < len(activities) else f"activity {place + 1}"
        words[f"Before: how hard, {name}"] = _score(score)
    return words


def _score(score: int | None) -> str:
    return NOT_GIVEN if score is None else f"{score} out of 10"


def _leaving(injection: Injection) -> dict[str, str]:
    discharge = injection.discharge
    return {
        "Left with an escort": yes_no(discharge.escort),
        "Leg strength good": yes_no(discharge.leg_strength),
        "Walks safely": yes_no(discharge.walks_safely),
        "Left at": own_time_words(discharge.left_at),
    }


def _reactions(injection: Injection) -> str:
    return "; ".join(reaction_words(reaction) for reaction in injection.reactions) or NOT_GIVEN


def reaction_words(reaction: Reaction) -> str:
    """Faint at 10:42, with its note."""
    words = f"{REACTION_WORDS[reaction.kind]} at {reaction.at:%H:%M}"
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
                who=version.recorded_by or "not known",
                when=time_words(version.recorded_at, zone),
                reason=reasons.get(version.id, ""),
                changes=changes(before, version) if before else (),
            )
        )
    return versions[::-1]


def _title(version: Injection, before: Injection | None) -> str:
    if version.withdrawn:
        return "Withdrawn"
    if before is None:
        return "First recorded"
    if before.discharge != version.discharge and before.discharge.left_at is None:
        return "Leaving recorded"
    if len(version.reactions) > len(before.reactions):
        return "Reaction recorded"
    return "Corrected"


def changes(before: Injection, after: Injection) -> tuple[Change, ...]:
    """The facts that differ, in the order of the forms."""
    old, new = _facts(before), _facts(after)
    labels = [*old, *(label for label in new if label not in old)]
    return tuple(
        Change(label, old.get(label, NOT_GIVEN), new.get(label, NOT_GIVEN))
        for label in labels
        if old.get(label, NOT_GIVEN) != new.get(label, NOT_GIVEN)
    )
