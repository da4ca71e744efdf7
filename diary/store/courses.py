"""A patient's course for a picture: the entries around some injections, and the rest summed up in SQL.

`months_after` selects what is in force as `domain.timeline` does, in the database, so that a diary of ten years costs a
page not much more than one of one year. A test holds the two to each other with invented diaries.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import CTE

from diary.domain.diary import Diary, Kind
from diary.domain.months import Median, MonthSummary
from diary.domain.relief import median
from diary.domain.timeline import start_of_day
from diary.store.base import UtcDateTime
from diary.store.patients import PatientRow
from diary.store.records import (
    EntryRow,
    InjectionRow,
    MedicineRow,
    OfPatient,
    SteroidElsewhereRow,
    as_entry,
    as_injection,
    as_medicine,
    as_steroid_elsewhere,
)
from diary.store.work import Work

Span = tuple[date, date]
SCORES = range(11)


def load_course(work: Work, patient: PatientRow, *, spans_of: Callable[[Diary], Sequence[Span]]) -> Diary:
    """The diary with the entries of some spans only, and the audit row of having read it.

    ``spans_of`` is given the diary without its entries and says which days, both ends included, the picture needs.
    Moments come a day wide of them, because their local date can differ from UTC's. No chain is cut: a correction keeps
    the day or instant of its original.
    """
    work.audit("diary.read", owner=patient.owner)
    session = work.session
    injections = session.scalars(_of_patient(InjectionRow, patient))
    medicines = session.scalars(_of_patient(MedicineRow, patient))
    steroids = session.scalars(_of_patient(SteroidElsewhereRow, patient))
    without_entries = Diary(
        patient=patient.as_patient(),
        injections=tuple(as_injection(row) for row in injections),
        medicines=tuple(as_medicine(row) for row in medicines),
        steroids_elsewhere=tuple(as_steroid_elsewhere(row) for row in steroids),
    )
    spans = spans_of(without_entries)
    if not spans:
        return without_entries
    entries = session.scalars(_of_patient(EntryRow, patient).where(or_(*(_within(span) for span in spans))))
    return replace(without_entries, entries=tuple(as_entry(row) for row in entries))


Row = TypeVar("Row", bound=OfPatient)


def _of_patient(table: type[Row], patient: PatientRow) -> Select[Any]:
    """The patient's rows in the order of their arrival."""
    return select(table).where(table.patient_id == patient.id).order_by(table.position, table.id)


def _within(span: Span) -> ColumnElement[bool]:
    first, last = span
    start = datetime.combine(first, time(0), tzinfo=UTC) - timedelta(days=1)
    end = datetime.combine(last, time(0), tzinfo=UTC) + timedelta(days=2)
    return or_(EntryRow.day.between(first, last), and_(EntryRow.at >= start, EntryRow.at < end))


# --- months summed up in SQL ------------------------------------------------------------------------------------------


class utc_of(FunctionElement[datetime]):  # noqa: N801 — reads as the SQL function that it is
    """The UTC instant of so many seconds after midnight UTC of a day."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(utc_of, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    day, seconds = (compiler.process(clause, **options) for clause in element.clauses)
    # Stored instants have six decimals, these have none: as text the two still compare as instants do.
    return f"datetime({day}, ({seconds}) || ' seconds')"


@compiles(utc_of, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    day, seconds = (compiler.process(clause, **options) for clause in element.clauses)
    return f"(({day})::timestamp + make_interval(secs => ({seconds}))) AT TIME ZONE 'UTC'"


def months_after(work: Work, patient: PatientRow, *, after: date, until: date) -> tuple[MonthSummary, ...]:
    """The patient's days after one date, up to and including another, by calendar month; months without any are absent.

    What counts is what `domain.timeline.days_in_force` says: the last recorded end of each chain, nothing withdrawn or
    written before its day began, each answer from the first recorded original of the day that has it.
    """
    if until <= after:
        return ()
    standing = _standing(patient, after=after, until=until)
    months = work.session.execute(_by_month(standing)).all()
    return tuple(_summary(date(row.year, row.month, 1), row) for row in months)


def _standing(patient: PatientRow, *, after: date, until: date) -> CTE:
    """One row for each chain in force, with its rank for each answer among the chains of its day."""
    daily = (
        select(
            *(getattr(EntryRow, name) for name in ("id", "original_id", "revises", "day", "recorded_at", "position")),
            *(getattr(EntryRow, name) for name in ("withdrawn", "average", "moving", "analgesic")),
        )
        .where(EntryRow.patient_id == patient.id, EntryRow.kind == Kind.DAILY)
        .where(EntryRow.day > after, EntryRow.day <= until)
        .cte("daily")
    )
    ends = (
        select(
            daily,
            func.row_number()
            .over(partition_by=daily.c.original_id, order_by=(daily.c.recorded_at.desc(), daily.c.position.desc()))
            .label("from_last"),
        )
        .where(daily.c.id.not_in(select(daily.c.revises).where(daily.c.revises.is_not(None))))
        .cte("ends")
    )
    original = aliased(EntryRow)
    begins = utc_of(ends.c.day, _seconds(ends.c.day, ZoneInfo(patient.time_zone), after=after, until=until))

    def rank(answer: str) -> ColumnElement[int]:
        order = (case((ends.c[answer].is_(None), 1), else_=0), original.recorded_at, original.position)
        return func.row_number().over(partition_by=ends.c.day, order_by=order).label(f"{answer}_rank")

    return (
        select(
            ends.c.day,
            *(ends.c[answer] for answer in ("average", "moving", "analgesic")),
            *(rank(answer) for answer in ("average", "moving", "analgesic")),
        )
        .join(original, original.id == ends.c.original_id)
        .where(ends.c.from_last == 1, ends.c.withdrawn.is_not(true()), original.recorded_at >= begins)
        .cte("standing")
    )


def _seconds(day: ColumnElement[date], zone: ZoneInfo, *, after: date, until: date) -> ColumnElement[int]:
    """When a day begins in the zone, in seconds after midnight UTC; it changes with the clocks only."""
    changes = _clock_changes(zone, first=after + timedelta(days=1), last=until)
    (_, last), earlier = changes[-1], changes[:-1]
    if not earlier:
        return literal(last, Integer)
    return case(*((day < ends, literal(seconds, Integer)) for ends, seconds in earlier), else_=literal(last, Integer))


@lru_cache(maxsize=256)
def _clock_changes(zone: ZoneInfo, *, first: date, last: date) -> tuple[tuple[date, int], ...]:
    """Stretches of days that begin at one time of UTC: the day after each stretch, and its seconds.

    Kept, since a page and its figure ask for the same and ten years take some milliseconds.
    """
    changes = []
    day, before = first, _begins(first, zone)
    while day <= last:
        seconds = _begins(day, zone)
        if seconds != before:
            changes.append((day, before))
            before = seconds
        day += timedelta(days=1)
    return (*changes, (day, before))


def _begins(day: date, zone: ZoneInfo) -> int:
    return round((start_of_day(day, zone) - datetime.combine(day, time(0), tzinfo=UTC)).total_seconds())


def _by_month(standing: CTE) -> Any:
    """One row for each month: on how many days each score was given, on how many extra medicine was taken, all days."""
    year, month = (cast(extract(part, standing.c.day), Integer) for part in ("year", "month"))

    def times(answer: str, given: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((and_(standing.c[f"{answer}_rank"] == 1, given), 1), else_=0))

    columns = [
        times(answer, standing.c[answer] == score).label(f"{answer}_{score}")
        for answer in ("average", "moving")
        for score in SCORES
    ]
    medicine = times("analgesic", standing.c.analgesic.is_(true())).label("medicine")
    # Of the chains of a day exactly one is first for any answer, whether it has that answer or not.
    days = times("average", true()).label("days")
    return (
        select(year.label("year"), month.label("month"), *columns, medicine, days)
        .group_by(year, month)
        .order_by(year, month)
    )


def _summary(month: date, row: Any) -> MonthSummary:
    return MonthSummary(
        month=month,
        days=row.days,
        medicine_days=row.medicine,
        average=_median(row, "average"),
        moving=_median(row, "moving"),
    )


def _median(row: Any, answer: str) -> Median | None:
    scores = [score for score in SCORES for _ in range(getattr(row, f"{answer}_{score}"))]
    return Median(score=median(scores), n=len(scores)) if scores else None
