"""The diary of one patient: the one value that crosses every border.

The store loads it from rows, ``exchange`` reads it from a file, charts and the judgement work on it and cannot
tell where it came from. Everything is frozen and checked where it is built, so a `Diary` that exists is sound.

Scores are whole numbers from 0 to 10, higher is worse, for pain and for difficulty alike. Instants are aware
datetimes that keep the offset they were recorded with: day 0 of an injection is the date in that offset.
What was not given is ``None`` (or an empty tuple), never 0.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from diary.domain.errors import InvalidValue
from diary.domain.limits import AtMost, Longest, Within, check_limits

Score = Annotated[int, Within(least=0, most=10)]
Name = Annotated[str, Longest(200)]
Agent = Annotated[str, Longest(60)]
Percent = Annotated[float, Within(above=0, most=100)]
Millilitres = Annotated[float, Within(above=0, most=100)]
Milligrams = Annotated[float, Within(above=0, most=1000)]


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

    rest: Score | None = None
    movement: Score | None = None
    average: Score | None = None
    worst: Score | None = None
    soreness: Score | None = None
    moving: Score | None = None
    activities: Annotated[tuple[Score, ...] | None, AtMost(5)] = None

    def __post_init__(self) -> None:
        check_limits(self)

    def get(self, instrument: Instrument) -> int | tuple[int, ...] | None:
        """The answer to one instrument."""
        answer: int | tuple[int, ...] | None = getattr(self, instrument.value)
        return answer

    def given(self) -> dict[Instrument, int | tuple[int, ...]]:
        """Every instrument that was answered, with its answer."""
        return {name: answer for name in Instrument if (answer := self.get(name)) is not None}


NO_SCORES = Scores()


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Who keeps the diary. ``number`` is the clinic's chart number; ``time_zone`` an IANA name."""

    time_zone: Annotated[str, Longest(64)]
    name: Name | None = None
    born: date | None = None
    language: Annotated[str | None, Longest(35)] = None
    number: Annotated[str | None, Longest(60)] = None
    conditions: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        check_limits(self)
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
            "time_zone", "%(given)s is not a time zone such as America/New_York", given=repr(name)
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anaesthetic:
    agent: Agent
    percent: Percent | None = None
    ml: Millilitres | None = None

    def __post_init__(self) -> None:
        check_limits(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steroid:
    agent: Agent
    mg: Milligrams | None = None

    def __post_init__(self) -> None:
        check_limits(self)


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
    note: Annotated[str | None, Longest(1000)] = None

    def __post_init__(self) -> None:
        check_limits(self)


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
    cause: Name | None = None
    anaesthetic: tuple[Anaesthetic, ...] = ()
    steroid: Steroid | None = None
    contrast_ml: Annotated[float | None, Within(least=0, most=100)] = None
    guidance: Annotated[str | None, Longest(40)] = None
    sedation: bool | None = None
    baseline: Scores = NO_SCORES
    activities: Annotated[tuple[Annotated[str, Longest(100)], ...], AtMost(5)] = ()
    recorded_at: datetime | None = None
    revises: UUID | None = None
    withdrawn: bool = False
    recorded_by: Annotated[str | None, Longest(120)] = None
    operator: Annotated[str | None, Longest(120)] = None
    pain_named: Name | None = None
    baseline_at: datetime | None = None
    baseline_before_sedation: bool | None = None
    preparation: Preparation = Preparation()
    discharge: Discharge = Discharge()
    reactions: tuple[Reaction, ...] = ()

    def __post_init__(self) -> None:
        check_limits(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class BloodPressure:
    """In mm[Hg]."""

    systolic: Annotated[int, Within(least=40, most=300)]
    diastolic: Annotated[int, Within(least=20, most=200)]

    def __post_init__(self) -> None:
        check_limits(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glucose:
    value: Annotated[float, Within(above=0, most=2000)]
    unit: GlucoseUnit

    def __post_init__(self) -> None:
        check_limits(self)


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
    scores: Scores
    at: datetime | None = None
    day: date | None = None
    revises: UUID | None = None
    withdrawn: bool = False
    analgesic: bool | None = None
    side_effects: tuple[Annotated[str, Longest(60)], ...] = ()
    blood_pressure: BloodPressure | None = None
    glucose: Glucose | None = None
    note: Annotated[str | None, Longest(4000)] = None
    source: Source | None = None
    received_at: datetime | None = None
    recorded_by: Annotated[str | None, Longest(120)] = None
    language: Annotated[str | None, Longest(35)] = None
    transcribed: bool = False
    state: State | None = None
    unknown: tuple[Question, ...] = ()
    movement_done: bool | None = None
    pain_is_back: bool = False
    events: tuple[Event, ...] = ()
    words: Words | None = None
    clock: PhoneClock | None = None

    def __post_init__(self) -> None:
        check_limits(self)
        if self.kind is Kind.DAILY:
            if self.day is None:
                raise InvalidValue("day", "a daily entry needs the day that it is about")
        elif self.at is None:
            raise InvalidValue("at", "a moment entry needs the instant that it is about")
        elif self.recorded_at < self.at:
            raise InvalidValue("recorded_at", "is before the moment that the entry is about")

    @property
    def instant(self) -> datetime:
        """The instant that a moment entry is about; a daily entry has none (`ValueError`)."""
        if self.at is None:
            raise ValueError("a daily entry has no instant")
        return self.at

    @property
    def local_day(self) -> date:
        """The day that a daily entry is about; a moment entry need not have one (`ValueError`)."""
        if self.day is None:
            raise ValueError("a moment entry has no day")
        return self.day


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """One medicine taken, or a correction of one. Only one with ``rescue`` confounds a block."""

    id: UUID
    taken_at: datetime
    recorded_at: datetime
    name: Annotated[str, Longest(120)]
    rescue: bool
    dose: Annotated[str | None, Longest(60)] = None
    received_at: datetime | None = None
    revises: UUID | None = None
    withdrawn: bool = False
    source: Source | None = None

    def __post_init__(self) -> None:
        check_limits(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class SteroidElsewhere:
    """A steroid given somewhere else: it counts in the ledger, never as a session."""

    on: date
    agent: Agent
    mg: Milligrams | None = None
    where: Annotated[str | None, Longest(120)] = None

    def __post_init__(self) -> None:
        check_limits(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Records of one patient, each sound by itself, not yet held against each other: a part of a diary may be here."""

    patient: Patient
    injections: tuple[Injection, ...]
    entries: tuple[Entry, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    steroids_elsewhere: tuple[SteroidElsewhere, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary(Records):
    """One patient's whole diary, in the order in which it was recorded or filed.

    The order matters only where two originals were recorded at the same instant: then the earlier one counts.
    Refused with `InvalidValue`: two of a kind with one id; a ``revises`` that names nothing of its kind, makes a
    circle, or changes an entry's kind, ``at`` or ``day``.
    """

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
            raise InvalidValue(f"{place}[{index}].id", "%(id)s stands twice in the file", id=record.id)
        revised[record.id] = record.revises
    for index, record in enumerate(records):
        if record.revises is not None and record.revises not in revised:
            raise InvalidValue(
                f"{place}[{index}].revises", "%(id)s is not among the %(place)s", id=record.revises, place=place
            )
    known_sound: set[UUID] = set()
    for index, record in enumerate(records):
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
                    "a correction keeps the %(field)s of the entry that it corrects",
                    field=name,
                )
