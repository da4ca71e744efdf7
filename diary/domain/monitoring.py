"""The half hour in the room: which reading is due, which was missed, and who could be mistaken for whom.

The columns are those of an anaesthetic record, every five minutes. A reading stands in the column whose five minutes it
fell into, and keeps its true minute: one at minute 14 is not one at minute 15, before which lidocaine does not count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from diary.domain.diary import Diary, Entry, Injection, Instrument, Kind
from diary.domain.patients import names_alike
from diary.domain.timeline import Chain, minute_since, standing

COLUMN_MINUTES = 5
COLUMNS = (5, 10, 15, 20, 25, 30)
ACTIVITY_COLUMNS = (15, 30)  # how hard the painful activity is, is scored beside pain then
IN_THE_ROOM_FOR = timedelta(hours=2)  # later nobody is being monitored, whether or not their leaving was recorded
FEWEST_READINGS = 4
LAST_READING_FROM = 25


class CellState(StrEnum):
    SCORED = "scored"
    DUE = "due"
    MISSED = "missed"
    COMING = "coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One entry that stands, at its true minute; ``pain`` is None where it says why there is no score."""

    entry: Entry
    minute: int
    pain: int | None

    @property
    def column(self) -> int:
        return column_of(self.minute)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One five-minute column; ``reading`` is the first that fell into it."""

    column: int
    state: CellState
    reading: Reading | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How the monitoring of one injection stands, ``minute`` minutes after it.

    ``pain_asked`` is the instrument of the before score, so that the readings can be compared with it. ``next_due`` is
    the first column without a reading since the last one that has one; None when nothing is asked any more.
    """

    injection: Injection
    minute: int
    pain_asked: Instrument
    readings: tuple[Reading, ...]
    cells: tuple[Cell, ...]
    next_due: int | None

    @property
    def before(self) -> int | None:
        """The pain before, on the instrument that is asked now."""
        baseline = self.injection.baseline
        return baseline.rest if self.pain_asked is Instrument.REST else baseline.movement

    @property
    def late_by(self) -> int | None:
        """Minutes since a reading fell due, negative while it lies ahead; None when nothing is asked any more."""
        return None if self.next_due is None else self.minute - self.next_due

    @property
    def difficulty_due(self) -> bool:
        """Whether this column asks how hard the painful activity is, and nobody has said so yet."""
        column = column_of(self.minute)
        return column in ACTIVITY_COLUMNS and not any(
            reading.column == column and _says_difficulty(reading.entry) for reading in self.readings
        )


def column_of(minute: int) -> int:
    """The five-minute column that a minute falls into."""
    return minute // COLUMN_MINUTES * COLUMN_MINUTES


def watch(diary: Diary, injection: Injection, *, now: datetime) -> Watch:
    """The monitoring of one of the diary's injections at ``now``; entries before it and after ``now`` play no part."""
    pain_asked = pain_instrument(injection)
    minute = minute_since(injection.performed_at, now)
    readings = tuple(
        sorted(
            (
                Reading(
                    entry=chain.end,
                    minute=minute_since(injection.performed_at, chain.end.instant),
                    pain=_score(chain.end, pain_asked),
                )
                for chain in standing(diary.entries)
                if _is_reading(chain, injection, now)
            ),
            key=lambda reading: reading.entry.instant,
        )
    )
    return Watch(
        injection=injection,
        minute=minute,
        pain_asked=pain_asked,
        readings=readings,
        cells=tuple(_cell(column, readings, minute) for column in COLUMNS),
        next_due=_next_due(readings),
    )


def pain_instrument(injection: Injection) -> Instrument:
    """On movement if that was scored before the injection, else at rest: the rule of the block."""
    baseline = injection.baseline
    return Instrument.REST if baseline.movement is None and baseline.rest is not None else Instrument.MOVEMENT


def _is_reading(chain: Chain[Entry], injection: Injection, now: datetime) -> bool:
    entry = chain.end
    if entry.kind is not Kind.MOMENT or not injection.performed_at <= entry.instant <= now:
        return False
    return bool(entry.scores.given()) or entry.state is not None or entry.words is not None


def _score(entry: Entry, instrument: Instrument) -> int | None:
    return entry.scores.rest if instrument is Instrument.REST else entry.scores.movement


def _says_difficulty(entry: Entry) -> bool:
    return entry.state is not None or entry.scores.activities is not None or entry.scores.moving is not None


def _cell(column: int, readings: Sequence[Reading], minute: int) -> Cell:
    reading = next((reading for reading in readings if reading.column == column), None)
    if reading is not None:
        state = CellState.SCORED
    elif minute < column:
        state = CellState.COMING
    elif column_of(minute) == column:
        state = CellState.DUE
    else:
        state = CellState.MISSED
    return Cell(column=column, state=state, reading=reading)


def _next_due(readings: Sequence[Reading]) -> int | None:
    last = max((reading.column for reading in readings), default=0)
    return next((column for column in COLUMNS if column > last), None)


# --- leaving ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingCheck:
    """What should be there before somebody leaves; nothing of it is forced."""

    before_score: bool
    enough_readings: bool
    last_is_late_enough: bool
    readings: int
    last_minute: int | None


def check_leaving(watched: Watch) -> LeavingCheck:
    """Before score, at least four readings after, the last at minute 25 or later."""
    minutes = [reading.minute for reading in watched.readings if reading.pain is not None]
    last = max(minutes, default=None)
    return LeavingCheck(
        before_score=watched.before is not None,
        enough_readings=len(minutes) >= FEWEST_READINGS,
        last_is_late_enough=last is not None and last >= LAST_READING_FROM,
        readings=len(minutes),
        last_minute=last,
    )


# --- names ------------------------------------------------------------------------------------------------------------


def mistakable(one: str, other: str) -> bool:
    """Whether two names in one room could be taken for each other: a word in common, or nearly the same letters."""
    words, others = ({word for word in name.casefold().split() if len(word) > 1} for name in (one, other))
    return bool(words & others) or names_alike(one, other)
