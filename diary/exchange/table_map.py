"""The map of a table: which column of somebody's own table is what in a diary. A TOML file; examples in ``maps/``.

The dataclasses are the specification, read by the same form as the diary file: an unknown or missing key is refused by
its name. ``docs/reference/tables.md`` tells it in words.
"""

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as TimeOfDay  # noqa: N812 — a key of the map is called time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from diary.domain.diary import Injection, Instrument, Patient
from diary.domain.diary import check_time_zone as refuse_unknown_zone
from diary.domain.errors import InvalidValue
from diary.domain.form import Plain, read
from diary.domain.limits import Longest, Within, check_limits

SHIPPED = Path(__file__).parent / "maps"

Column = str
Minute = Annotated[int, Within(least=0, most=60 * 24 * 7)]


class Rounding(StrEnum):
    """What becomes of a score with decimals: ``half-up`` keeps the original in the note, ``refuse`` leaves it out."""

    HALF_UP = "half-up"
    REFUSE = "refuse"


class Duplicates(StrEnum):
    """What becomes of a further row about one day: ``keep`` (the one recorded first counts) or ``leave-out``."""

    KEEP = "keep"
    LEAVE_OUT = "leave-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Where a table holds several people: the column that tells them apart, and what to call them ({} is its cell)."""

    column: Column
    name: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which rows are meant: those whose cell in the column is one of the values."""

    column: Column
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayColumns:
    """Where the day stands: one column with a format (as of Python's strptime), or year, month and day."""

    column: Column | None = None
    format: str = "%Y-%m-%d"
    year: Column | None = None
    month: Column | None = None
    day: Column | None = None

    def __post_init__(self) -> None:
        parts = {"year": self.year, "month": self.month, "day": self.day}
        missing = [name for name, column in parts.items() if column is None]
        if self.column is not None and len(missing) < len(parts):
            raise InvalidValue("column", "name either one column or year, month and day")
        if self.column is None and missing:
            raise InvalidValue(missing[0], "is missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedColumn:
    """Where the time of recording stands, and in which zone. ``time`` is what to take where the table does not tell it.

    Such a time is assumed, and the note of the entry says so.
    """

    column: Column | None = None
    format: str = "%Y-%m-%d %H:%M:%S"
    zone: Annotated[str | None, Longest(64)] = None
    time: Annotated[str | None, Longest(5)] = None

    def __post_init__(self) -> None:
        check_limits(self)
        if self.column is None and self.time is None:
            raise InvalidValue("column", "is missing; or say under time what to take, as 21:00")
        if self.zone is not None:
            try:
                refuse_unknown_zone(self.zone)
            except InvalidValue as error:
                raise InvalidValue("zone", error.reason) from None
        if self.time is not None:
            self.assumed_time()

    def assumed_time(self) -> TimeOfDay | None:
        """The time of day to take where the table tells none."""
        if self.time is None:
            return None
        try:
            return datetime.strptime(self.time, "%H:%M").replace(tzinfo=UTC).time()
        except ValueError:
            raise InvalidValue("time", "%(given)s is not a time of day such as 21:00", given=repr(self.time)) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreColumns:
    """Which column holds which instrument."""

    rest: Column | None = None
    movement: Column | None = None
    average: Column | None = None
    worst: Column | None = None
    soreness: Column | None = None
    moving: Column | None = None

    def given(self) -> dict[Instrument, Column]:
        """The instruments that have a column."""
        pairs = ((name, getattr(self, name.value, None)) for name in Instrument)
        return {name: column for name, column in pairs if column is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentColumns(ScoreColumns):
    """Scores that a wide table holds for one minute after the injection; they count as recorded at that minute."""

    minute: Minute

    def __post_init__(self) -> None:
        check_limits(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMap:
    """How a table becomes diaries.

    ``name`` goes into the ids, so that converting twice gives equal files: give the table of each person its own.
    ``injection`` is one of the diary file without its id; ``baseline_columns`` take its baseline from the table.
    """

    name: Annotated[str, Longest(200)]
    patient: Patient
    encoding: str = "utf-8"
    delimiter: str = ","
    skip_lines: Annotated[int, Within(least=0, most=1000)] = 0
    repeat_blank: tuple[Column, ...] = ()
    rounding: Rounding = Rounding.HALF_UP
    duplicates: Duplicates = Duplicates.KEEP
    person: Person | None = None
    rows: Rows | None = None
    day: DayColumns | None = None
    recorded: RecordedColumn | None = None
    scores: ScoreColumns = ScoreColumns()
    moments: tuple[MomentColumns, ...] = ()
    injection: Injection | None = None
    baseline_columns: ScoreColumns = ScoreColumns()

    def __post_init__(self) -> None:
        check_limits(self)
        if len(self.delimiter) != 1 or self.delimiter in '\r\n"':
            raise InvalidValue("delimiter", "%(given)s is not one character such as , or ;", given=repr(self.delimiter))
        if not self.scores.given() and not self.moments:
            raise InvalidValue("scores", "names no column")
        if self.scores.given():
            self._check_daily()
        if self.injection is None and (self.moments or self.baseline_columns.given()):
            raise InvalidValue("injection", "is missing")

    def _check_daily(self) -> None:
        if self.day is None:
            raise InvalidValue("day", "is missing")
        if self.recorded is None:
            raise InvalidValue("recorded", "is missing")


# The id that stands in a map's injection until each person gets one of their own.
NO_ID = UUID(int=0)


def read_table_map(content: bytes) -> TableMap:
    """The map in a TOML file; `InvalidValue` names the key that is wrong, or the line where it is no TOML."""
    try:
        plain = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidValue("", "the map is not text in UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidValue("", "the map is not TOML: %(error)s", error=str(error).splitlines()[0]) from None
    plain = _with_times_as_text(plain)
    injection = plain.get("injection")
    if isinstance(injection, dict):
        for key in ("id", "revises", "withdrawn"):
            if key in injection:
                raise InvalidValue(f"injection.{key}", "is not for a map to say")
        injection["id"] = str(NO_ID)
    return read(TableMap, plain)


def _with_times_as_text(plain: Plain) -> Any:
    """TOML has dates and times of its own; the form reads them as the diary file writes them."""
    match plain:
        case dict():
            return {key: _with_times_as_text(value) for key, value in plain.items()}
        case list():
            return [_with_times_as_text(item) for item in plain]
        case date() | TimeOfDay():
            return plain.isoformat()
        case _:
            return plain
