"""The list of a clinic's patients, in four queries however long it is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, assert_never
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from diary.domain.diary import Diary, Entry, Injection, Kind, Patient, Scores
from diary.domain.findings import Findings
from diary.domain.patients import Order, Show
from diary.store.base import with_offset
from diary.store.clinic_limits import AboveLimit, as_above_limit, latest_above
from diary.store.findings import AS_STORED, FindingsRow, count_out_of_date, current, has_flag, pain_is_back
from diary.store.help_uses import RED, OpenHelp, as_open_help, most_pressing
from diary.store.patients import PatientRow
from diary.store.records import EntryRow, InjectionRow, as_injection
from diary.store.reminders import FAILURES_SHOWN_FOR, count_patients_not_reached
from diary.store.work import Work

Span = tuple[date, date]
ABOVE_FOR = timedelta(days=7)  # how long the flag stands; it is said on the page


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientOfPage:
    """``findings`` are of the last judgement, None before the first. ``flags_pain_back``: said, not seen since.

    ``help``: the patient came to the end of "Get help now", and nobody has seen to it yet. ``above_limit``: blood
    pressure or sugar above the clinic's own number, saved in the last seven days.
    """

    patient: PatientRow
    findings: Findings | None
    is_current: bool
    flags_pain_back: bool
    help: OpenHelp | None
    above_limit: AboveLimit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """``total`` patients were found in all; of the whole clinic ``out_of_date`` wait to be judged (again).

    ``not_reached`` of the whole clinic had a reminder in the last week that may not have arrived.
    """

    patients: tuple[PatientOfPage, ...]
    total: int
    out_of_date: int
    not_reached: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which page of a list is asked for. ``today`` is the clinic's day from its first instant to that of the next."""

    show: Show
    search: str
    order: Order
    descending: bool
    first: int
    most: int
    today: tuple[datetime, datetime]


def find_page(work: Work, clinic_id: UUID, asked: Asked, *, rules: str) -> Page:
    """One page of the clinic's patients, in one query. Sorted by flags, who has not been judged stands by the visit."""
    now = work.now
    waiting = count_out_of_date(clinic_id, rules=rules, now=now)
    missed = count_patients_not_reached(clinic_id, since=now - FAILURES_SHOWN_FOR)
    help_ = most_pressing(clinic_id).c
    above = latest_above(clinic_id, since=now - ABOVE_FOR).c
    found = (
        select(
            *(PatientRow, FindingsRow, current(rules=rules, now=now), pain_is_back(now=now)),
            *(help_.level, help_.used_at, help_.used_offset),
            *(above.day, above.what),
            *(func.count().over(), waiting, missed),
        )
        .outerjoin(FindingsRow, FindingsRow.patient_id == PatientRow.id)
        .outerjoin(help_.patient_id.table, and_(help_.patient_id == PatientRow.id, help_.place == 1))
        .outerjoin(above.patient_id.table, and_(above.patient_id == PatientRow.id, above.place == 1))
        .where(
            PatientRow.clinic_id == clinic_id,
            *_searched(asked.search),
            *_shown(asked, now, or_(help_.level.is_not(None), above.day.is_not(None))),
        )
    )
    by = (
        _by_flags(asked.today[0], now, help_.level)
        if asked.order is Order.FLAGS
        else _by_column(asked.order, descending=asked.descending)
    )
    rows = work.session.execute(
        found.order_by(*by, func.lower(PatientRow.name), PatientRow.id).offset(asked.first).limit(asked.most),
        execution_options=AS_STORED,
    ).all()
    patients = tuple(
        PatientOfPage(
            patient=patient,
            findings=findings.as_findings() if findings else None,
            is_current=bool(fresh),
            flags_pain_back=bool(back),
            help=as_open_help(level, used_at, used_offset),
            above_limit=as_above_limit(day, what),
        )
        for patient, findings, fresh, back, level, used_at, used_offset, day, what, _, _, _ in rows
    )
    if rows:
        total, to_judge, not_reached = rows[0][-3:]
        return Page(patients=patients, total=total, out_of_date=to_judge, not_reached=not_reached)
    to_judge, not_reached = work.session.execute(select(waiting, missed)).one()
    return Page(patients=(), total=0, out_of_date=to_judge, not_reached=not_reached)


def _searched(search: str) -> Iterator[ColumnElement[bool]]:
    for word in search.lower().split():
        like = f"%{_escaped(word)}%"
        yield or_(
            func.lower(PatientRow.name).like(like, escape="\\"),
            func.lower(PatientRow.number).like(like, escape="\\"),
        )


def _shown(asked: Asked, now: datetime, other_flags: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    match asked.show:
        case Show.TODAY:
            begins, ends = asked.today
            return (PatientRow.next_visit_at >= begins, PatientRow.next_visit_at < ends)
        case Show.FLAGS:
            return (or_(has_flag(now=now), other_flags),)
        case Show.ALL:
            return ()
        case _:
            assert_never(asked.show)


def _by_column(order: Order, *, descending: bool) -> list[ColumnElement[Any]]:
    column = {
        Order.NAME: func.lower(PatientRow.name),
        Order.BORN: PatientRow.born,
    }.get(order, PatientRow.next_visit_at)
    return [column.is_(None), column.desc() if descending else column.asc()]


def _by_flags(today: datetime, now: datetime, help_level: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    """An open red flag, who returned, whom nobody can judge before the visit, by its time, those of past days last.

    A red flag is a use of the help page that was an emergency or urgent.
    """
    # A visit of today is still ahead where the clinic runs late.
    ahead = PatientRow.next_visit_at >= today
    rank = case(
        (or_(FindingsRow.returned_since.is_not(None), pain_is_back(now=now)), 0),
        (and_(FindingsRow.cannot_tell.is_(True), ahead), 1),
        else_=2,
    )
    return [
        case({level: place for place, level in enumerate(RED)}, value=help_level, else_=len(RED)).asc(),
        rank.asc(),
        case((ahead, 0), else_=1).asc(),
        PatientRow.next_visit_at.is_(None),
        PatientRow.next_visit_at.asc(),
    ]


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def load_injections(work: Work, patients: Sequence[PatientRow]) -> Mapping[UUID, tuple[Injection, ...]]:
    """The injections of each patient with their corrections, in the order of their arrival."""
    rows = work.session.scalars(
        select(InjectionRow)
        .where(InjectionRow.patient_id.in_([patient.id for patient in patients]))
        .order_by(InjectionRow.position, InjectionRow.id)
    )
    grouped: dict[UUID, list[Injection]] = defaultdict(list)
    for row in rows:
        grouped[row.patient_id].append(as_injection(row))
    return {patient_id: tuple(injections) for patient_id, injections in grouped.items()}


def load_averages(
    work: Work,
    patients: Sequence[PatientRow],
    injections: Mapping[UUID, tuple[Injection, ...]],
    *,
    spans: Mapping[UUID, Sequence[Span]],
) -> Mapping[UUID, Diary]:
    """For each patient a diary with the averages of some days and nothing else, for the timeline to go over."""
    within = [
        and_(EntryRow.patient_id == patient_id, or_(*(EntryRow.day.between(first, last) for first, last in of_patient)))
        for patient_id, of_patient in spans.items()
        if of_patient
    ]
    columns = (
        *(EntryRow.patient_id, EntryRow.id, EntryRow.day, EntryRow.recorded_at, EntryRow.recorded_offset),
        *(EntryRow.revises, EntryRow.withdrawn, EntryRow.average),
    )
    entries: dict[UUID, list[Entry]] = defaultdict(list)
    if within:
        found = select(*columns).where(EntryRow.kind == Kind.DAILY, or_(*within))
        for row in work.session.execute(found.order_by(EntryRow.position, EntryRow.id)):
            entries[row.patient_id].append(_entry(row))
    return {
        patient.id: Diary(
            patient=Patient(time_zone=patient.time_zone),
            injections=injections.get(patient.id, ()),
            entries=tuple(entries[patient.id]),
        )
        for patient in patients
    }


def _entry(row: Any) -> Entry:
    return Entry(
        id=row.id,
        kind=Kind.DAILY,
        day=row.day,
        recorded_at=with_offset(row.recorded_at, row.recorded_offset),
        revises=row.revises,
        withdrawn=row.withdrawn,
        scores=Scores(average=row.average),
    )
