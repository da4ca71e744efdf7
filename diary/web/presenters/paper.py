"""The page to type in a sheet, in words: the sheet's own tables, what the diary says already, what contradicts it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from diary.domain.diary import Entry, Question
from diary.domain.paper import PaperRow, Part
from diary.domain.transcription import Comparison, Difference, Instead, Said
from diary.services.transcribing import PageToType, RowToType, TypedIn
from diary.web.forms.paper import Cell, PaperForm, RowCells
from diary.words.dates import clock_time, long_day, long_day_and_year
from diary.words.entries import by_of, scores_of
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, ngettext
from diary.words.paper import name_of_row
from diary.words.times import instant_in_words

PARTS = {
    Part.BEFORE: lazy_gettext("Before the injection"),
    Part.HOURS: lazy_gettext("The day of the injection, hour by hour"),
    Part.DAYS: lazy_gettext("Day by day"),
    Part.WEEKS: lazy_gettext("Once a week"),
}
QUESTIONS = {
    Question.REST: lazy_gettext("Pain right now"),
    Question.MOVEMENT: lazy_gettext("Pain right now, moving"),
    Question.AVERAGE: lazy_gettext("Pain, on average"),
    Question.WORST: lazy_gettext("Worst pain"),
    Question.MOVING: lazy_gettext("How hard to move"),
    Question.SORENESS: lazy_gettext("Soreness"),
    Question.ACTIVITIES: lazy_gettext("Own activities"),
    Question.ANALGESIC: lazy_gettext("Extra medicine (y or n)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of boxes; ``id`` is that of its head."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its name, and a box or None for each column. ``waits`` says from when it can be typed in."""

    id: str
    name: str
    about: str
    there: str
    waits: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of the sheet; ``written`` is the last column but the ticks."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way out of a contradiction."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A row that says something else than the diary, and what can be done."""

    name: str
    about: str
    differences: tuple[str, ...]
    choices: tuple[Choice, ...]


def tables_of(page: PageToType, form: PaperForm) -> Iterator[Table]:
    """The tables of the sheet, without those that have no row."""
    for part in Part:
        rows = [one for one in page.rows if one.row.part is part]
        if rows:
            yield _table(part, rows, page, form)


def _table(part: Part, rows: Sequence[RowToType], page: PageToType, form: PaperForm) -> Table:
    asked = [question for question in Question if any(question in one.row.questions for one in rows)]
    asked.sort(key=_ORDER.index)
    names = list(page.activities) if any(Question.ACTIVITIES in one.row.questions for one in rows) else []
    has_clock = any(one.row.hour is not None and one.row.at is None for one in rows)
    columns = [
        *([Column(id=f"{part}-clock", words=_("Time"))] if has_clock else []),
        *(Column(id=f"{part}-{one}", words=str(QUESTIONS[one])) for one in asked if one is not Question.ACTIVITIES),
        *(Column(id=f"{part}-activity-{number}", words=name) for number, name in enumerate(names)),
        Column(id=f"{part}-forgotten", words=_("Does not remember")),
        Column(id=f"{part}-written", words=_("Written at")),
    ]
    return Table(
        id=part.value,
        title=str(PARTS[part]),
        columns=tuple(columns),
        rows=tuple(_row(one, columns, page.zone, form.rows.get(one.row.key)) for one in rows),
    )


_ORDER = (
    Question.MOVEMENT,
    Question.REST,
    Question.AVERAGE,
    Question.WORST,
    Question.MOVING,
    Question.SORENESS,
    Question.ANALGESIC,
    Question.ACTIVITIES,
)


def _row(one: RowToType, columns: Sequence[Column], zone: ZoneInfo, cells: RowCells | None) -> Row:
    by_name = {cell.name: cell for cell in cells.all} if cells else {}
    what = (column.id.partition("-")[2] for column in columns)
    return Row(
        id=f"row-{one.row.key}-{one.row.part}",
        name=name_of_row(one.row, zone),
        about=_about(one.row),
        there="; ".join(_there(chain.end) for chain in one.there),
        waits=_waits(one, zone),
        cells=tuple(by_name.get(f"{one.row.key}-{name}") for name in what),
    )


def _about(row: PaperRow) -> str:
    """What stands under it: day 3, 2 hours after."""
    if row.at is not None and row.hour is not None:
        return ngettext("%(num)s hour after", "%(num)s hours after", row.hour)
    if row.hour is not None or row.number is None or row.day is None:
        return ""
    if row.number < 0:
        return ngettext("%(num)s day before", "%(num)s days before", -row.number)
    return _("Day %(number)s", number=row.number)


def _there(entry: Entry) -> str:
    return _("In the diary: %(scores)s (%(by)s)", scores=scores_of(entry), by=by_of(entry))


def _waits(one: RowToType, zone: ZoneInfo) -> str:
    if one.waits_until is not None:
        return _(
            "Can be typed in from %(day)s, %(time)s.",
            day=long_day(one.waits_until.astimezone(zone).date()),
            time=clock_time(one.waits_until.astimezone(zone)),
        )
    return _("Can be typed in once the injection is recorded.") if one.row.day is None else ""


# --- what contradicts the diary, and what was done --------------------------------------------------------------------


def contradictions(found: Mapping[str, Comparison], page: PageToType, form: PaperForm) -> Iterator[Contradiction]:
    """Each row that says something else than the diary, with the ways out; none is chosen for anybody."""
    for key, comparison in found.items():
        cells = form.rows[key]
        ways = [Instead.LEAVE_OUT, Instead.KEEP_BOTH, *([Instead.CORRECT] if comparison.corrects else [])]
        yield Contradiction(
            name=f"{key}-instead",
            about=name_of_row(cells.row, page.zone),
            differences=tuple(_difference(one) for one in comparison.differences),
            choices=tuple(Choice(value=way.value, words=str(_WAYS[way]), chosen=cells.instead == way) for way in ways),
        )


_WAYS = {
    Instead.LEAVE_OUT: lazy_gettext("Leave this row of the paper out"),
    Instead.KEEP_BOTH: lazy_gettext(
        "Keep both: what was recorded first goes on counting, the paper is shown beside it"
    ),
    Instead.CORRECT: lazy_gettext("It was typed in wrong before: put it right"),
}


def _difference(one: Difference) -> str:
    return _(
        "%(question)s: the diary says %(there)s (%(by)s, recorded %(when)s), the paper says %(typed)s.",
        question=QUESTIONS[one.question],
        there=said_words(one.there),
        by=by_of(one.entry),
        when=instant_in_words(one.entry.recorded_at),
        typed=said_words(one.typed),
    )


def said_words(said: Said) -> str:
    """An answer in words."""
    if said is None:
        return _("“I do not remember”")
    if isinstance(said, bool):
        return _("yes") if said else _("no")
    return ", ".join(map(str, said)) if isinstance(said, tuple) else str(said)


def typed_in_words(done: TypedIn, *, name: str) -> str:
    """What became of the sheet, as in "14 rows of Ana Cruz were typed in from paper."."""
    said = [
        ngettext(
            "%(num)s row of %(name)s was typed in from paper.",
            "%(num)s rows of %(name)s were typed in from paper.",
            done.added,
            name=name,
        )
    ]
    if done.corrected:
        said.append(ngettext("%(num)s row was put right.", "%(num)s rows were put right.", done.corrected))
    if done.there:
        said.append(ngettext("%(num)s row was there already.", "%(num)s rows were there already.", done.there))
    if done.left_out:
        said.append(ngettext("%(num)s row was left out.", "%(num)s rows were left out.", done.left_out))
    return " ".join(said)


def printed_words(printed_at: datetime, zone: ZoneInfo) -> str:
    """When a sheet was printed."""
    local = printed_at.astimezone(zone)
    return _("%(day)s, %(time)s", day=long_day_and_year(local.date()), time=clock_time(local))
