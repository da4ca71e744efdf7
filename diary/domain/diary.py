"""The diary of one patient: the one value that crosses every border.

The store loads it from rows, ``exchange`` reads it from a file, charts and the judgement work on it and cannot
tell where it came from. Everything is frozen and checked where it is built, so a `Diary` that exists is sound.

Scores are whole numbers from 0 to 10, higher is worse, for pain and for difficulty alike. Instants are aware
datetimes that keep the offset they were recorded with: day 0 of an injection is the date in that offset.
What was not given is ``None`` (or an empty tuple), never 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from diary.domain.errors import InvalidValue

LOWEST_SCORE, HIGHEST_SCORE = 0, 10
MOST_ACTIVITIES = 5


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Target(StrEnum):
    JOINT = "joint"
    LIGAMENT = "ligament"


class Purpose(StrEnum):
    DIAGNOSTIC = "diagnostic"
    THERAPEUTIC = "therapeutic"


class Kind(StrEnum):
    """A moment entry scores right now; a daily entry scores one day of the patient's life."""

    MOMENT = "moment"
    DAILY = "daily"


class Source(StrEnum):
    """Who recorded it."""

    PATIENT = "patient"
    HELPER = "helper"
    NURSE = "nurse"
    DOCTOR = "doctor"
    IMPORT = "import"


class State(StrEnum):
    """Why a moment has no scores."""

    ASLEEP = "asleep"
    AWAY = "away"
    CANNOT_SAY = "cannot-say"


class Instrument(StrEnum):
    """What was asked. Instruments are never mixed in one series."""

    REST = "rest"
    MOVEMENT = "movement"
    AVERAGE = "average"
    WORST = "worst"
    SORENESS = "soreness"
    MOVING = "moving"
    ACTIVITIES = "activities"


SINGLE_SCORES = tuple(name for name in Instrument if name is not Instrument.ACTIVITIES)


class Question(StrEnum):
    """A question that can be answered with "I do not remember"."""

    REST = "rest"
    MOVEMENT = "movement"
    AVERAGE = "average"
    WORST = "worst"
    SORENESS = "soreness"
    MOVING = "moving"
    ACTIVITIES = "activities"
    ANALGESIC = "analgesic"


class Event(StrEnum):
    FALL = "fall"
    ILLNESS = "illness"
    PHYSIOTHERAPY = "physiotherapy"
    OTHER_INJECTION = "other-injection"
    OTHER = "other"


class Words(StrEnum):
    """The scale in words, for those whom numbers fail; never converted to a number."""

    NONE = "none"
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"
    WORST = "worst"


class Condition(StrEnum):
    DIABETES = "diabetes"
    ANTICOAGULANT = "anticoagulant"
    HIGH_BLOOD_PRESSURE = "high-blood-pressure"
    KIDNEY_DISEASE = "kidney-disease"
    ULCER = "ulcer"
    PREGNANCY = "pregnancy"


class ReactionKind(StrEnum):
    FAINT = "faint"
    RASH = "rash"
    WEAK_LEG = "weak-leg"
    NUMB_LEG = "numb-leg"
    BREATHING = "breathing"
    OTHER = "other"


class GlucoseUnit(StrEnum):
    MG_DL = "mg/dL"
    MMOL_L = "mmol/L"


# The usual causes, offered in this order; any other may be written. Source: the clinic's page on the procedure.
USUAL_CAUSES = (
    "muscle tightness",
    "sciatica",
    "pregnancy",
    "arthritis",
    "leg length difference",
    "cartilage wear",
    "trauma",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Whole numbers 0 to 10, or None where not given; ``activities`` in the order of the injection's names."""

    rest: int | None = None
    movement: int | None = None
    average: int | None = None
    worst: int | None = None
    soreness: int | None = None
    moving: int | None = None
    activities: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        for name, score in (
            ("rest", self.rest),
            ("movement", self.movement),
            ("average", self.average),
            ("worst", self.worst),
            ("soreness", self.soreness),
            ("moving", self.moving),
        ):
            if score is not None and not 0 <= score <= 10:
                raise InvalidValue(name, f"{score} is not between 0 and 10")
        if self.activities is not None:
            _check_activities(self.activities)

    def get(self, instrument: Instrument) -> int | tuple[int, ...] | None:
        """The answer to one instrument."""
        answer: int | tuple[int, ...] | None = getattr(self, instrument.value)
        return answer

    def given(self) -> dict[Instrument, int | tuple[int, ...]]:
        """Every instrument that was answered, with its answer."""
        return {name: answer for name in Instrument if (answer := self.get(name)) is not None}


def _check_activities(scores: tuple[int, ...]) -> None:
    if len(scores) > MOST_ACTIVITIES:
        raise InvalidValue("activities", f"{len(scores)} scores are more than {MOST_ACTIVITIES}")
    for index, score in enumerate(scores):
        if not LOWEST_SCORE <= score <= HIGHEST_SCORE:
            raise InvalidValue(f"activities[{index}]", f"{score} is not between 0 and 10")


NO_SCORES = Scores()


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Who keeps the diary. ``number`` is the clinic's chart number; ``time_zone`` an IANA name."""

    time_zone: str
    name: str | None = None
    born: date | None = None
    language: str | None = None
    number: str | None = None
    conditions: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        check_time_zone(self.time_zone)

    @property
    def zone(self) -> ZoneInfo:
        """The patient's time zone."""
        return ZoneInfo(self.time_zone)


def check_time_zone(name: str) -> None:
    """Refuse what is not the name of a time zone (`InvalidValue`)."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue(
            "time_zone", f"{name!r} is not a time zone such as America/New_York"
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anaesthetic:
    agent: str
    percent: float | None = None
    ml: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Steroid:
    agent: str
    mg: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What was asked and arranged before: True, False, or None where nobody asked."""

    driver: bool | None = None
    rest_planned: bool | None = None
    medicines_told: bool | None = None
    anticoagulants_asked: bool | None = None
    blood_pressure_taken: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge:
    """Leaving the clinic."""

    escort: bool | None = None
    leg_strength: bool | None = None
    walks_safely: bool | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    at: datetime
    kind: ReactionKind
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    """One injection, or a correction of one (``revises``), stated whole.

    ``performed_at`` keeps its own offset: its date there is day 0, wherever the patient travels. ``baseline`` holds the
    scores taken just before, each instrument with its own. ``activities`` are the patient's own painful activities,
    frozen for this injection; every list of activity scores follows their order.
    """

    id: UUID
    performed_at: datetime
    side: Side
    purpose: Purpose
    target: Target | None = None
    cause: str | None = None
    anaesthetic: tuple[Anaesthetic, ...] = ()
    steroid: Steroid | None = None
    contrast_ml: float | None = None
    guidance: str | None = None
    sedation: bool | None = None
    baseline: Scores = NO_SCORES
    activities: tuple[str, ...] = ()
    recorded_at: datetime | None = None
    revises: UUID | None = None
    withdrawn: bool = False
    recorded_by: str | None = None
    operator: str | None = None
    pain_named: str | None = None
    baseline_at: datetime | None = None
    baseline_before_sedation: bool | None = None
    preparation: Preparation = Preparation()
    discharge: Discharge = Discharge()
    reactions: tuple[Reaction, ...] = ()

    def __post_init__(self) -> None:
        if len(self.activities) > MOST_ACTIVITIES:
            raise InvalidValue("activities", f"more than {MOST_ACTIVITIES} activities")


@dataclass(frozen=True, slots=True, kw_only=True)
class BloodPressure:
    """In mm[Hg]."""

    systolic: int
    diastolic: int

    def __post_init__(self) -> None:
        if not 40 <= self.systolic <= 300:
            raise InvalidValue("systolic", f"{self.systolic} is not between 40 and 300")
        if not 20 <= self.diastolic <= 200:
            raise InvalidValue("diastolic", f"{self.diastolic} is not between 20 and 200")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glucose:
    value: float
    unit: GlucoseUnit

    def __post_init__(self) -> None:
        if not 0 < self.value <= 2000:
            raise InvalidValue("value", f"{self.value:g} is not above 0 and at most 2000")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneClock:
    """The times as a phone with a wrong clock had them, before they were put right."""

    at: datetime | None = None
    day: date | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry, or a correction of one (``revises``), which states its scores whole.

    Two clocks: ``at`` or ``day`` is what it is about, ``recorded_at`` the clock of whoever recorded it. A server adds
    ``received_at``, its own clock. ``unknown`` are questions answered with "I do not remember".
    """

    id: UUID
    kind: Kind
    recorded_at: datetime
    scores: Scores = NO_SCORES
    at: datetime | None = None
    day: date | None = None
    revises: UUID | None = None
    withdrawn: bool = False
    analgesic: bool | None = None
    side_effects: tuple[str, ...] = ()
    blood_pressure: BloodPressure | None = None
    glucose: Glucose | None = None
    note: str | None = None
    source: Source | None = None
    received_at: datetime | None = None
    recorded_by: str | None = None
    language: str | None = None
    transcribed: bool = False
    state: State | None = None
    unknown: tuple[Question, ...] = ()
    movement_done: bool | None = None
    pain_is_back: bool = False
    events: tuple[Event, ...] = ()
    words: Words | None = None
    clock: PhoneClock | None = None

    def __post_init__(self) -> None:
        if self.kind is Kind.DAILY:
            if self.day is None:
                raise InvalidValue("day", "a daily entry needs the day that it is about")
        elif self.at is None:
            raise InvalidValue("at", "a moment entry needs the instant that it is about")
        elif self.recorded_at < self.at:
            raise InvalidValue("recorded_at", "is before the moment that the entry is about")


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """One medicine taken, or a correction of one. Only one with ``rescue`` confounds a block."""

    id: UUID
    taken_at: datetime
    recorded_at: datetime
    name: str
    rescue: bool
    dose: str | None = None
    received_at: datetime | None = None
    revises: UUID | None = None
    withdrawn: bool = False
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SteroidElsewhere:
    """A steroid given somewhere else: it counts in the ledger, never as a session."""

    on: date
    agent: str
    mg: float | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """One patient's whole diary, in the order in which it was recorded or filed.

    The order matters only where two originals were recorded at the same instant: then the earlier one counts.
    Refused with `InvalidValue`: two of a kind with one id; a ``revises`` that names nothing of its kind, makes a
    circle, or changes an entry's kind, ``at`` or ``day``.
    """

    patient: Patient
    injections: tuple[Injection, ...] = ()
    entries: tuple[Entry, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    steroids_elsewhere: tuple[SteroidElsewhere, ...] = ()

    def __post_init__(self) -> None:
        _check_chains("injections", self.injections)
        _check_chains("medicines", self.medicines)
        _check_chains("entries", self.entries)
        _check_corrections_keep_their_time(self.entries)


class Correctable(Protocol):
    """What can be corrected by a new record that names the old one."""

    @property
    def id(self) -> UUID: ...
    @property
    def revises(self) -> UUID | None: ...


def _check_chains(place: str, records: Iterable[Correctable]) -> None:
    records = tuple(records)
    revised: dict[UUID, UUID | None] = {}
    for index, record in enumerate(records):
        if record.id in revised:
            raise InvalidValue(f"{place}[{index}].id", f"{record.id} stands twice in the file")
        revised[record.id] = record.revises
    known_sound: set[UUID] = set()
    for index, record in enumerate(records):
        if record.revises is None:
            continue
        if record.revises not in revised:
            raise InvalidValue(
                f"{place}[{index}].revises", f"{record.revises} is not among the {place}"
            )
        path: set[UUID] = set()
        step: UUID | None = record.id
        while step is not None and step not in known_sound:
            if step in path:
                raise InvalidValue(f"{place}[{index}].revises", "makes a circle")
            path.add(step)
            step = revised[step]
        known_sound |= path


def _check_corrections_keep_their_time(entries: tuple[Entry, ...]) -> None:
    if not any(entry.revises for entry in entries):
        return
    by_id = {entry.id: entry for entry in entries}
    for index, entry in enumerate(entries):
        if entry.revises is None:
            continue
        before = by_id[entry.revises]
        for name in ("kind", "at" if entry.kind is Kind.MOMENT else "day"):
            if getattr(entry, name) != getattr(before, name):
                raise InvalidValue(
                    f"entries[{index}].{name}",
                    f"a correction keeps the {name} of the entry that it corrects",
                )


def field_names(record: type) -> tuple[str, ...]:
    """The names of a record's fields, in order: for what must handle every one of them."""
    return tuple(field.name for field in fields(record))
