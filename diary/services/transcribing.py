"""Typing in what was written on a printed diary: marked, late, and never written over what is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from diary.domain.access import Actor, check_can_type_in_paper
from diary.domain.diary import Diary, Entry, Injection, Kind
from diary.domain.errors import InvalidValue
from diary.domain.local_time import in_zone, today_in
from diary.domain.paper import (
    SURELY_LATE,
    Layout,
    PaperRow,
    day_may_be_typed_from,
    layout_for,
    moment_may_be_typed_from,
    rows_of,
)
from diary.domain.rulesets import RuleSet
from diary.domain.schedule import Schedule
from diary.domain.timeline import Chain, LateAfter, day_zero, injections_in_force, standing
from diary.domain.transcription import (
    Comparison,
    Instead,
    Standing,
    answers_of,
    compare,
    correction_of,
    from_paper,
    id_of_row,
    of_same_time,
)
from diary.services.entries import patient_to_write
from diary.services.injections import source_of
from diary.services.paper import clinic_and_rules, last_injection, schedule_on_paper, sheet_of
from diary.store.diaries import add_entries, load_diary
from diary.store.patients import PatientRow, existing_patient
from diary.store.work import writing

DAYS_WITHOUT_A_SHEET = 14  # how far back the rows begin where nothing was printed and no injection is known


@dataclass(frozen=True, slots=True, kw_only=True)
class RowToType:
    """One row of the page to type in. ``waits_until`` is set where it may not be typed in yet; ``there`` are the
    entries that stand for its day or printed minute, the first recorded first.
    """

    row: PaperRow
    waits_until: datetime | None
    there: tuple[Chain[Entry], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageToType:
    """The page to type in a sheet, or all that there is without one (``sheet_id`` None).

    ``activities`` are those that scores can be given for; ``moved_to`` is the injection's date where the sheet was
    printed for another; ``other_activities``: the sheet asks for others than the injection was recorded with.
    """

    patient: PatientRow
    zone: ZoneInfo
    sheet_id: UUID | None
    printed_at: datetime | None
    language: str | None
    layout: Layout
    activities: tuple[str, ...]
    rows: tuple[RowToType, ...]
    moved_to: date | None
    other_activities: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """What was typed into one row: ``entry`` has its answers and what it is about, ``written_at`` is the paper's word.

    ``instead`` is what was chosen where the diary says something else.
    """

    key: str
    entry: Entry
    written_at: datetime | None = None
    instead: Instead | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedIn:
    """What became of the rows. With ``to_decide`` (by key) nothing was written at all."""

    added: int = 0
    corrected: int = 0
    there: int = 0
    left_out: int = 0
    to_decide: Mapping[str, Comparison]


def page_to_type(actor: Actor, patient_id: UUID, *, sheet_id: UUID | None, now: datetime) -> PageToType:
    """The rows to type in, with what the diary says about each already."""
    with writing(actor, now=now) as work:
        patient = existing_patient(work.session, patient_id)
        check_can_type_in_paper(actor, patient.owner)
        sheet = sheet_of(work, sheet_id, patient.owner) if sheet_id else None
        diary = load_diary(work, patient, since=sheet.layout.begins if sheet else None)
        _, rules = clinic_and_rules(work, patient)
        zone, rule = diary.patient.zone, _rule(rules)
        today = today_in(zone, now=now)
        schedule = schedule_on_paper(work, patient, rules, last_injection(diary, today))
    unprinted = _without_sheet(diary, today, schedule)
    layout = sheet.layout if sheet else unprinted
    injected_on = _injected_since(diary, layout, today)
    injection = last_injection(diary, today)
    named = injection.activities if injection else layout.activities
    injections, chains = injections_in_force(diary), standing(diary.entries)
    rows = tuple(
        _to_type(row, chains, _waits_until(row, zone, injections, rule=rule, now=now))
        for row in rows_of(layout, injected_on=injected_on)
        if sheet or row.day
    )
    return PageToType(
        patient=patient,
        zone=zone,
        sheet_id=sheet_id,
        printed_at=sheet.printed_at if sheet else None,
        language=sheet.language if sheet else patient.language,
        layout=layout,
        activities=layout.activities if layout.activities == named else (),
        rows=rows,
        moved_to=injected_on if layout.day_zero and injected_on and injected_on != layout.day_zero else None,
        other_activities=bool(layout.activities) and layout.activities != named,
    )


def type_in(
    actor: Actor, rows: Sequence[TypedRow], *, patient_id: UUID, typing_id: UUID, language: str | None, now: datetime
) -> TypedIn:
    """Record what was typed in, marked as from paper, by whom and now; in one transaction, all of it or nothing.

    Rows that are in the diary already add nothing. Where one contradicts the diary and nobody has chosen what to do
    instead, nothing is written and `TypedIn.to_decide` says so. `InvalidValue` (its place is the row's key) for a row
    that could still pass for written at the time, and for one that is to come.
    """
    with writing(actor, now=now) as work:
        patient = patient_to_write(work, patient_id)
        check_can_type_in_paper(actor, patient.owner)
        if not rows:
            return TypedIn(to_decide={})
        diary = load_diary(work, patient, since=min(map(_day_of, rows)), until=max(map(_day_of, rows)))
        _, rules = clinic_and_rules(work, patient)
        zone, injections = diary.patient.zone, injections_in_force(diary)
        recorded_at = in_zone(now, zone)
        for row in rows:
            _check_late(row, zone, injections, rule=_rule(rules), now=now)
        chains = standing(diary.entries)
        compared = [(row, compare(row.entry, of_same_time(row.entry, chains))) for row in rows]
        to_decide = {row.key: found for row, found in compared if not _is_decided(row, found)}
        if to_decide:
            return TypedIn(to_decide=to_decide)
        new, corrections = [], []
        for row, found in compared:
            entry = from_paper(
                replace(row.entry, id=uuid5(typing_id, id_of_row(typing_id, row.entry)), language=language),
                recorded_at=recorded_at,
                source=source_of(actor),
                typed_by=actor.name,
                written_at=row.written_at,
            )
            if found.corrects is not None and row.instead is Instead.CORRECT:
                corrections.append(correction_of(found.corrects, entry))
            elif found.standing is Standing.NEW or (
                found.standing is Standing.DIFFERS and row.instead is Instead.KEEP_BOTH
            ):
                new.append(entry)
        add_entries(work, patient.owner, [*new, *corrections])
        there = sum(found.standing is Standing.THERE for _, found in compared)
        return TypedIn(
            added=len(new),
            corrected=len(corrections),
            there=there,
            left_out=len(rows) - len(new) - len(corrections) - there,
            to_decide={},
        )


def _is_decided(row: TypedRow, found: Comparison) -> bool:
    if found.standing is not Standing.DIFFERS:
        return True
    return row.instead is not None and (row.instead is not Instead.CORRECT or found.corrects is not None)


def _day_of(row: TypedRow) -> date:
    return row.entry.local_day if row.entry.kind is Kind.DAILY else row.entry.instant.date()


def _check_late(
    row: TypedRow, zone: ZoneInfo, injections: Sequence[Injection], *, rule: LateAfter, now: datetime
) -> None:
    entry = row.entry
    if entry.kind is Kind.DAILY:
        waits_until = day_may_be_typed_from(entry.local_day, zone)
    else:
        waits_until = moment_may_be_typed_from(entry.instant, injections, rule=rule)
    if now <= waits_until:
        raise InvalidValue(row.key, "is too new to come from paper")
    if not answers_of(entry):
        raise InvalidValue(row.key, "holds no answer")


def _to_type(row: PaperRow, chains: Sequence[Chain[Entry]], waits_until: datetime | None) -> RowToType:
    about = row.at if row.hour is not None else row.day
    there = tuple(chain for chain in chains if about is not None and about in {chain.end.at, chain.end.day})
    return RowToType(row=row, waits_until=waits_until, there=there)


def _waits_until(
    row: PaperRow, zone: ZoneInfo, injections: Sequence[Injection], *, rule: LateAfter, now: datetime
) -> datetime | None:
    if row.at is not None:
        until = moment_may_be_typed_from(row.at, injections, rule=rule)
    elif row.day is None or row.hour is not None:
        return None  # told by the clock that the patient wrote
    else:
        until = day_may_be_typed_from(row.day, zone)
    return until if now <= until else None


def _rule(rules: RuleSet | None) -> LateAfter:
    return rules.late.after if rules else SURELY_LATE


def _injected_since(diary: Diary, layout: Layout, today: date) -> date | None:
    """The date of the injection that was to come when a sheet was printed."""
    if layout.injected_at is not None:
        return None
    made = (day_zero(one) for one in injections_in_force(diary, as_of=today))
    return min((day for day in made if day >= layout.begins), default=None)


def _without_sheet(diary: Diary, today: date, schedule: Schedule) -> Layout:
    """All rows since the week before the last injection, as if a sheet had been printed then."""
    injection = last_injection(diary, today)
    if injection is None:
        return Layout(begins=today - timedelta(days=DAYS_WITHOUT_A_SHEET // 2), hours=0)
    begins = day_zero(injection) - timedelta(days=schedule.days_before)
    return layout_for(begins=begins, injection=injection, planned_on=None, activities=(), schedule=schedule)
