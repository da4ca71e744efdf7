"""What the cells of a table's row say: a day, a time of recording, scores. Nothing is guessed."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from diary.domain.diary import Scores
from diary.domain.form import EARLIEST_YEAR, LATEST_YEAR
from diary.exchange.table_map import DayColumns, RecordedColumn, Rounding, ScoreColumns
from diary.exchange.table_rows import Row

_WHOLE = re.compile(r"\d{1,4}", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,6}([.,]\d{1,6})?", re.ASCII)


class LeftOut(Exception):
    """A row that cannot be taken; the words say why."""


def day_in(row: Row, columns: DayColumns) -> date:
    """The day that the row is about (`LeftOut` where it names none)."""
    if columns.column is not None:
        return _in_our_time(_parsed(row[columns.column], columns.format).date(), row[columns.column])
    parts = [row[column] for column in (columns.year, columns.month, columns.day) if column is not None]
    told = ", ".join(f"{name} {cell or 'blank'}" for name, cell in zip(("year", "month", "day"), parts, strict=True))
    if not all(_WHOLE.fullmatch(cell) for cell in parts):
        raise LeftOut(f"{told} is not a date")
    try:
        return _in_our_time(date(*map(int, parts)), told)
    except ValueError:
        raise LeftOut(f"{told} is not a date") from None


def _parsed(cell: str, format_: str) -> datetime:
    try:
        return datetime.strptime(cell, format_)  # noqa: DTZ007 — the zone is the map's to say
    except ValueError:
        raise LeftOut(f"{cell or 'blank'!r} is not a date in the form {format_}") from None


def _in_our_time(day: date, told: str) -> date:
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise LeftOut(f"{told} is not between {EARLIEST_YEAR} and {LATEST_YEAR}")
    return day


@dataclass(frozen=True, slots=True)
class RecordedAt:
    """When a row was recorded; ``assumed`` where the table does not tell it and the map says what to take."""

    instant: datetime
    assumed: bool


def recorded_in(row: Row, recorded: RecordedColumn, *, day: date, zone: ZoneInfo) -> RecordedAt:
    """When the row was recorded, with the offset of the zone at that time (`LeftOut` where nobody can say)."""
    zone = ZoneInfo(recorded.zone) if recorded.zone else zone
    cell = row[recorded.column] if recorded.column else ""
    if cell:
        wall = _parsed(cell, recorded.format)
        _in_our_time(wall.date(), cell)
        return RecordedAt(_told_in(wall, zone), assumed=False)
    assumed = recorded.assumed_time()
    if assumed is None:
        raise LeftOut("tells no time of recording")
    return RecordedAt(_told_in(datetime.combine(day, assumed), zone), assumed=True)


def _told_in(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant with a plain offset. A format may hold an offset of its own, which then stands.

    A wall time that a clock change skipped is read with the offset before it; of one that came twice the first counts.
    """
    aware = wall if wall.tzinfo else wall.replace(tzinfo=zone)
    return datetime.fromisoformat(aware.isoformat())


@dataclass(frozen=True, slots=True)
class ScoresRead:
    """The scores of a row; ``notes`` keep what was recorded where it was rounded, ``remarks`` say what became of it."""

    scores: Scores
    notes: tuple[str, ...]
    remarks: tuple[str, ...]


def scores_in(row: Row, columns: ScoreColumns, rounding: Rounding) -> ScoresRead:
    """The scores in the row's cells. Blank is none; what is no score from 0 to 10 is left out with a remark."""
    scores: dict[str, int] = {}
    notes, remarks = [], []
    for instrument, column in columns.given().items():
        cell, name = row[column], instrument.value
        if not cell:
            continue
        number = Decimal(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else None
        if number is None or not 0 <= number <= 10:
            remarks.append(f"{column} {cell!r} is not a score from 0 to 10; left out")
        elif number == int(number):
            scores[name] = int(number)
        elif rounding is Rounding.REFUSE:
            remarks.append(f"{column} {cell} is not a whole number; left out")
        else:
            scores[name] = int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))
            notes.append(f"{name} recorded as {cell}")
            remarks.append(f"{column} {cell} taken as {scores[name]}")
    return ScoresRead(Scores(**scores), tuple(notes), tuple(remarks))  # type: ignore[arg-type]  # whole scores only
