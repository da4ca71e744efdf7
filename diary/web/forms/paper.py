"""The form of a whole sheet: a text box for each answer, so that a number, Tab and the next number is all there is.

Nothing is typed into a field of its own kind: whatever stands in a box is kept as it was typed, and what cannot be read
is told beside it. An empty row stays missing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import request

from diary.domain.diary import NO_SCORES, Entry, Instrument, Kind, Question, Scores
from diary.domain.errors import InvalidValue
from diary.domain.local_time import in_zone, instant_of
from diary.domain.paper import PaperRow
from diary.domain.transcription import Instead
from diary.services.transcribing import PageToType, TypedRow
from diary.web.forms.base import FieldError
from diary.web.forms.clinic import ClinicForm, IdField
from diary.words.language import gettext as _
from diary.words.paper import name_of_row

NOT_REMEMBERED = "?"
YES, NO = frozenset({"y", "yes", "s", "si", "sí"}), frozenset({"n", "no"})
MOST_DAYS_LATER = 60
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>\d\d))?\s*(?P<half>[ap])?\.?m?\.?\s*(?:\+\s*(?P<later>\d{1,2}))?"
)

# A score, "I do not remember" for None in a tuple of its own, or nothing typed.
Read = int | bool | str | None


@dataclass(slots=True)
class Cell:
    """One box: its name, what was typed, and what is wrong with it."""

    name: str
    typed: str
    error: str = ""


@dataclass(slots=True)
class RowCells:
    """The boxes of one row: ``answers`` by question, ``activities`` in their order, ``clock`` where it is by hand."""

    row: PaperRow
    answers: dict[Question, Cell]
    activities: list[Cell]
    written: Cell
    forgotten: Cell
    clock: Cell | None
    instead: str

    @property
    def all(self) -> Iterator[Cell]:
        """Every box, in the order of the page."""
        if self.clock is not None:
            yield self.clock
        yield from self.answers.values()
        yield from self.activities
        yield from (self.forgotten, self.written)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into the row."""
        return not any(cell.typed for cell in self.all)


@dataclass(slots=True)
class _Answers:
    """What could be read of one row."""

    scores: dict[str, Any] = field(default_factory=dict)
    analgesic: bool | None = None
    unknown: list[Question] = field(default_factory=list)


class PaperForm(ClinicForm):
    """The sheet as it was typed. ``typing_id`` is the page's own: the same page sent twice makes the same entries."""

    typing_id = IdField()

    def __init__(self, *, page: PageToType, zone: ZoneInfo, now: datetime, **options: Any) -> None:
        super().__init__(zone=zone, now=now, **options)
        self.page = page
        sent: Mapping[str, str] = request.form if self.is_submitted() else {}
        self.rows = {
            one.row.key: _cells(one.row, sent, activities=len(page.activities))
            for one in page.rows
            if one.waits_until is None and one.row.day is not None
        }

    def summary(self) -> list[FieldError]:
        """Every box that could not be read, in the order of the page."""
        of_cells = [
            FieldError(cell.name, _("%(row)s: %(words)s", row=name_of_row(cells.row, self.zone), words=cell.error))
            for cells in self.rows.values()
            for cell in cells.all
            if cell.error
        ]
        return [*super().summary(), *of_cells]

    def read(self) -> Sequence[TypedRow] | None:
        """The rows that hold something, or None where a box could not be read: its words stand beside it."""
        if not self.validate_on_submit():
            return None
        typed = [_typed_row(cells, self.zone, self.now) for cells in self.rows.values() if not cells.is_empty]
        if any(cell.error for row in self.rows.values() for cell in row.all):
            return None
        return [row for row in typed if row is not None]

    def blame_row(self, error: InvalidValue) -> None:
        """Show what the service refused at the row that it names."""
        cells = self.rows[error.place]
        first = next(cells.all)
        first.error = _("This row is too new to come from paper. Write it down as a day told to the clinic instead.")


def _cells(row: PaperRow, sent: Mapping[str, str], *, activities: int) -> RowCells:
    def cell(what: str) -> Cell:
        name = f"{row.key}-{what}"
        return Cell(name=name, typed=sent.get(name, "").strip()[:80])

    asked = [question for question in row.questions if question is not Question.ACTIVITIES]
    count = activities if Question.ACTIVITIES in row.questions else 0
    return RowCells(
        row=row,
        answers={question: cell(question.value) for question in asked},
        activities=[cell(f"activity-{number}") for number in range(count)],
        written=cell("written"),
        forgotten=cell("forgotten"),
        clock=cell("clock") if row.hour is not None and row.at is None else None,
        instead=sent.get(f"{row.key}-instead", ""),
    )


# --- one row ----------------------------------------------------------------------------------------------------------


def _typed_row(cells: RowCells, zone: ZoneInfo, now: datetime) -> TypedRow | None:
    """The row as it is recorded, or None; what cannot be read is told in its boxes."""
    row, day = cells.row, cells.row.day
    if day is None:
        return None
    read = _answers(cells)
    at = _instant_of_hour(cells, day, zone, now)
    written_at = _written(cells.written, day, zone, now) if cells.written.typed else None
    if not (read.scores or read.unknown or read.analgesic is not None) and not any(cell.error for cell in cells.all):
        cells.written.error = _("Type the answers of this row too, or leave it all blank.")
    if any(cell.error for cell in cells.all):
        return None
    entry = Entry(
        id=UUID(int=0),
        kind=Kind.DAILY if row.hour is None else Kind.MOMENT,
        day=day if row.hour is None else None,
        at=at,
        recorded_at=in_zone(now, zone),
        scores=Scores(**read.scores) if read.scores else NO_SCORES,
        analgesic=read.analgesic,
        unknown=tuple(question for question in Question if question in read.unknown),
    )
    return TypedRow(key=row.key, entry=entry, written_at=written_at, instead=_instead(cells.instead))


def _answers(cells: RowCells) -> _Answers:
    read = _Answers()
    forgotten = bool(cells.forgotten.typed)
    for question, cell in cells.answers.items():
        if cell.typed == NOT_REMEMBERED or (forgotten and not cell.typed):
            read.unknown.append(question)
        elif cell.typed and question is Question.ANALGESIC:
            read.analgesic = _yes_or_no(cell)
        elif cell.typed:
            read.scores[Instrument(question.value).value] = _score(cell)
    _read_activities(cells.activities, read, forgotten=forgotten)
    return read


def _read_activities(cells: Sequence[Cell], read: _Answers, *, forgotten: bool) -> None:
    """All activities of a day or none: a list that is not whole cannot be compared with the one from before."""
    given = [cell for cell in cells if cell.typed and cell.typed != NOT_REMEMBERED]
    if not given:
        if cells and (forgotten or any(cell.typed for cell in cells)):
            read.unknown.append(Question.ACTIVITIES)
        return
    for cell in cells:
        if cell not in given:
            cell.error = _("Type a number for each activity of this day, or for none of them.")
    scores = [_score(cell) for cell in given]
    if len(given) == len(cells):
        read.scores[Instrument.ACTIVITIES.value] = tuple(scores)


def _score(cell: Cell) -> int | None:
    if cell.typed in {str(score) for score in range(11)}:
        return int(cell.typed)
    cell.error = _("Type a number from 0 to 10, or ? for “I do not remember”.")
    return None


def _yes_or_no(cell: Cell) -> bool | None:
    typed = cell.typed.casefold()
    if typed not in YES | NO:
        cell.error = _("Type y for yes, n for no, or ? for “I do not remember”.")
        return None
    return typed in YES


def _instead(sent: str) -> Instead | None:
    return Instead(sent) if sent in set(Instead) else None


# --- times ------------------------------------------------------------------------------------------------------------


def _instant_of_hour(cells: RowCells, day: date, zone: ZoneInfo, now: datetime) -> datetime | None:
    if cells.row.hour is None or cells.clock is None:
        return cells.row.at
    if not cells.clock.typed:
        cells.clock.error = _("Type the time that stands at the start of this row, such as 3.30pm.")
        return None
    return _instant(cells.clock, day, zone, now)


def _written(cell: Cell, day: date, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When the patient wrote the row, by the paper's own word."""
    return _instant(cell, day, zone, now)


def _instant(cell: Cell, day: date, zone: ZoneInfo, now: datetime) -> datetime | None:
    found = _TIME.fullmatch(cell.typed.casefold())
    read = _clock(found) if found else None
    later = int(found["later"] or 0) if found else 0
    if read is None or later > MOST_DAYS_LATER:
        cell.error = _(
            "Type a time such as 8pm or 20:15, and +1 after it for the next day. Leave it blank if it cannot be read."
        )
        return None
    try:
        instant = instant_of(datetime.combine(day + timedelta(days=later), read), zone, now=now)
    except InvalidValue as error:
        cell.error = error.reason
        return None
    if instant > now:
        cell.error = _("This time is still to come. Look at the sheet again.")
        return None
    return instant


def _clock(found: re.Match[str]) -> time | None:
    """The time of day; a bare hour up to 12 needs am or pm, since nobody could tell which is meant."""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half: str | None = found["half"]
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half:
        return time(hour % 12 + (12 if half == "p" else 0), minute)
    return None if found["minute"] is None and hour <= 12 else time(hour, minute)
