"""What the patient's own pages show: what is asked and due, and what was just saved.

A phone without its PIN adds scores and reads none. So most of what is told here holds no score: which days are filled
in, and when. Scores are read back for a quarter of an hour after they were saved, or with the diary opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import takewhile
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.charts.patient_chart import PatientChart, PatientDay, Stretch, build_patient_chart, moving_svg, pain_svg
from diary.domain.access import Actor, Role, check_can_add_entry, check_can_read_diary
from diary.domain.diary import Diary, Entry, Injection, Instrument, Kind, Question, Side
from diary.domain.errors import NotFound
from diary.domain.local_time import today_in
from diary.domain.reminding import Asking, Channel
from diary.domain.schedule import (
    answered_days,
    day_must_be_asked,
    day_number,
    days_that_can_be_scored,
    fills_in,
    injection_before,
    is_asked,
    is_hourly,
    missed_in_a_row,
    missing_days,
    next_asked,
    next_hourly,
    questions_for,
    questions_now,
)
from diary.domain.timeline import DayInForce, day_is_late, injections_in_force
from diary.services.asking import LOOKED_BACK, asking_of, planned_injection
from diary.services.entries import CHANGE_WITHIN
from diary.store.diaries import find_entry, load_diary, load_history
from diary.store.patients import PatientRow, find_patient
from diary.store.reminder_choices import find_choice
from diary.store.work import Work, reading

READ_BACK_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """That a day has its answers, since when, and the entry by which they can be changed."""

    entry_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOnHome:
    """One line of the home page. ``missing``: it was asked for and can still be filled in."""

    day: date
    filled_in: FilledIn | None
    missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The home page: today first, then yesterday and the day before; day ``number`` is None before the injection."""

    zone: ZoneInfo
    in_doubt: bool
    days: tuple[DayOnHome, ...]
    asked_today: bool
    next_hourly_at: datetime | None
    number: int | None
    missed_in_a_row: int
    planned_injection: datetime | None
    next_visit: datetime | None
    next_visit_with: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPage:
    """What the page of one day asks. ``activities`` are the patient's own, in the order of their scores.

    ``in_doubt``: between midnight and four, when "today" would not tell which day is meant.
    """

    day: date
    today: date
    in_doubt: bool
    zone: ZoneInfo
    questions: tuple[Question, ...]
    activities: tuple[str, ...]
    pain_named: str | None
    sides_together: bool
    number: int | None
    late: bool
    filled_in: FilledIn | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentPage:
    """What the page for right now asks. ``hourly``: it is one of the hours of day 0."""

    zone: ZoneInfo
    questions: tuple[Question, ...]
    hourly: bool
    pain_named: str | None
    sides_together: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """What was saved; ``entry`` is None where it is not read back. ``above_start``: pain is above the start score.

    ``fills_in``: there are answers, and so something that can be answered again. ``reminded_at``: the hour at which
    the patient wants to be reminded, by whichever way.
    """

    entry_id: UUID
    fills_in: bool
    entry: Entry | None
    day: date
    zone: ZoneInfo
    today: date
    number: int | None
    above_start: bool
    activities: tuple[str, ...]
    next_hourly_at: datetime | None
    next_day: date | None
    reminded_at: time | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One row of the patient's table: a day in force, or a day without an entry. ``change``: the entry to change."""

    day: date
    in_force: DayInForce | None
    late: bool
    change: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyScores:
    """The patient's own scores: the chart with its numbers, drawn where there is enough, and the days, newest first.

    A day before they took part is not among them.
    """

    zone: ZoneInfo
    today: date
    chart: PatientChart
    pain_svg: str | None
    moving_svg: str | None
    days: tuple[Scored, ...]
    can_fill_in: tuple[date, ...]


def today_of(actor: Actor, *, now: datetime) -> tuple[date, ...]:
    """The days that "today" may mean: one, or between midnight and four the new day and the one that is ending."""
    with reading(actor, now=now) as work:
        zone = _own_patient(work).as_patient().zone
    days = days_that_can_be_scored(now, zone)
    return days[:2] if day_must_be_asked(now, zone) else days[:1]


def home_of(actor: Actor, *, now: datetime) -> Home:
    """What is due and what is missing."""
    with reading(actor, now=now) as work:
        patient = _own_patient(work)
        asking = _asking(work, patient)
        planned_at = planned_injection(work, patient)
    diary, schedule, planned_on = asking.diary, asking.schedule, asking.planned_on
    zone = diary.patient.zone
    today = today_in(zone, now=now)
    since = _begun_on(patient, diary, today)
    missing = missing_days(diary, now, since=since, planned_on=planned_on, schedule=schedule)
    return Home(
        zone=zone,
        in_doubt=day_must_be_asked(now, zone),
        days=tuple(
            DayOnHome(day=day, filled_in=filled_in(diary, day), missing=day in missing)
            for day in days_that_can_be_scored(now, zone)
        ),
        asked_today=is_asked(diary, today, planned_on=planned_on, schedule=schedule),
        next_hourly_at=next_hourly(diary, now, schedule=schedule),
        number=day_number(diary, today),
        missed_in_a_row=missed_in_a_row(diary, now, since=since, planned_on=planned_on, schedule=schedule),
        planned_injection=planned_at,
        next_visit=patient.next_visit if patient.next_visit and patient.next_visit > now else None,
        next_visit_with=patient.next_visit_with,
    )


def day_page_of(actor: Actor, day: date, *, now: datetime) -> DayPage | None:
    """What a day's page asks; None where the day can no longer, or not yet, be scored."""
    with reading(actor, now=now) as work:
        patient = _own_patient(work)
        if day not in days_that_can_be_scored(now, patient.as_patient().zone):
            return None
        return _day_page(patient, _recent(work, patient, now), day, now)


def day_page_to_change(actor: Actor, day: date, *, now: datetime) -> DayPage:
    """What the page of a day asks whose entry is being changed."""
    with reading(actor, now=now) as work:
        patient = _own_patient(work)
        return _day_page(patient, _recent(work, patient, now), day, now)


def _day_page(patient: PatientRow, diary: Diary, day: date, now: datetime) -> DayPage:
    zone = diary.patient.zone
    injection = injection_before(diary, day)
    return DayPage(
        day=day,
        today=today_in(zone, now=now),
        in_doubt=day_must_be_asked(now, zone),
        zone=zone,
        questions=questions_for(diary, day),
        activities=injection.activities if injection else (),
        pain_named=_pain_named(patient, injection),
        sides_together=on_both_sides(diary),
        number=day_number(diary, day),
        late=day_is_late(now, day, zone),
        filled_in=filled_in(diary, day),
    )


def moment_page_of(actor: Actor, *, now: datetime) -> MomentPage:
    """What the page for right now asks."""
    with reading(actor, now=now) as work:
        patient = _own_patient(work)
        asking = _asking(work, patient)
    diary, schedule = asking.diary, asking.schedule
    injection = injection_before(diary, today_in(diary.patient.zone, now=now))
    return MomentPage(
        zone=diary.patient.zone,
        questions=questions_now(diary, now, schedule=schedule),
        hourly=injection is not None and is_hourly(injection, now, schedule=schedule),
        pain_named=_pain_named(patient, injection),
        sides_together=on_both_sides(diary),
    )


def saved_page_of(actor: Actor, entry_id: UUID, *, now: datetime) -> SavedPage:
    """What became of an entry: the end of its chain, read back while that may be done (`NotFound`)."""
    with reading(actor, now=now) as work:
        patient = _own_patient(work)
        found = find_entry(work, entry_id)
        if found is None or found[1] != patient.owner:
            raise NotFound("There is no such entry.")
        history = load_history(work, patient.owner, entry_id)
        entry = history[-1]
        asking = _asking(work, patient)
        choice = find_choice(work.session, patient.id)
    diary, schedule = asking.diary, asking.schedule
    zone = diary.patient.zone
    day = entry.local_day if entry.kind is Kind.DAILY else entry.instant.astimezone(zone).date()
    today = today_in(zone, now=now)
    injection = injection_before(diary, day)
    may_read = actor.role is Role.PATIENT or now - _scored_at(history) <= READ_BACK_FOR
    return SavedPage(
        entry_id=entry.id,
        fills_in=fills_in(entry),
        entry=entry if may_read else None,
        day=day,
        zone=zone,
        today=today,
        number=day_number(diary, day),
        above_start=may_read and _is_above_start(entry, injection),
        activities=injection.activities if injection else (),
        next_hourly_at=next_hourly(diary, now, schedule=schedule),
        next_day=next_asked(diary, today, planned_on=asking.planned_on, schedule=schedule),
        reminded_at=choice.at if choice and choice.channel != Channel.NONE else None,
    )


def _scored_at(history: Sequence[Entry]) -> datetime:
    """When the scores that stand were saved: a correction that leaves them as they were does not open them anew."""
    same = takewhile(lambda entry: entry.scores == history[-1].scores, reversed(history))
    return min(entry.received_at or entry.recorded_at for entry in same)


def zone_of(actor: Actor, *, now: datetime) -> ZoneInfo:
    """The patient's own zone."""
    with reading(actor, now=now) as work:
        return _own_patient(work).as_patient().zone


def own_medicines(actor: Actor, *, now: datetime) -> tuple[str, ...]:
    """The names of the patient's medicines, latest first; none for a phone without its PIN, which reads nothing."""
    if actor.role is not Role.PATIENT:
        return ()
    with reading(actor, now=now) as work:
        diary = _recent(work, _own_patient(work), now)
    return tuple(dict.fromkeys(medicine.name for medicine in reversed(diary.medicines) if not medicine.withdrawn))


def my_scores_of(actor: Actor, *, now: datetime, stretch: Stretch) -> MyScores:
    """The patient's own scores of the last 14 days, or all (`NotAllowed` for a phone without its PIN)."""
    with reading(actor, now=now) as work:
        patient = _own_patient(work)
        check_can_read_diary(actor, patient.owner)
        diary = load_diary(work, patient)
    zone = diary.patient.zone
    today = today_in(zone, now=now)
    chart = build_patient_chart(diary, injection=injection_before(diary, today), today=today, stretch=stretch)
    in_force = {found.day: found for found in answered_days(diary)}
    # A day before they took part was never missed.
    begun = min([patient.created_at.astimezone(zone).date(), *in_force])
    return MyScores(
        zone=zone,
        today=today,
        chart=chart,
        pain_svg=pain_svg(chart) if chart.has_enough else None,
        moving_svg=moving_svg(chart) if chart.has_enough else None,
        days=tuple(_scored(row, in_force.get(row.day), now) for row in chart.table if row.day >= begun),
        can_fill_in=days_that_can_be_scored(now, zone),
    )


def _scored(row: PatientDay, in_force: DayInForce | None, now: datetime) -> Scored:
    chain = next((chain for chain in in_force.chains if fills_in(chain.end)), None) if in_force else None
    may_change = chain is not None and now - chain.original.recorded_at <= CHANGE_WITHIN
    return Scored(day=row.day, in_force=in_force, late=row.late, change=chain.end.id if chain and may_change else None)


def asked_in(work: Work) -> tuple[PatientRow, Asking]:
    """The patient whose phone asks, and all that decides what is asked of them (`NotFound` for whoever is none)."""
    patient = _own_patient(work)
    return patient, _asking(work, patient)


def _own_patient(work: Work) -> PatientRow:
    patient = find_patient(work.session, work.actor.patient_id) if work.actor.patient_id else None
    if patient is None:
        raise NotFound("There is no such patient.")
    check_can_add_entry(work.actor, patient.owner)
    return patient


def _recent(work: Work, patient: PatientRow, now: datetime) -> Diary:
    return load_diary(work, patient, since=(now - LOOKED_BACK).date())


def _asking(work: Work, patient: PatientRow) -> Asking:
    return asking_of(work, patient, partial(load_diary, work, patient))


def _begun_on(patient: PatientRow, diary: Diary, today: date) -> date:
    return max(patient.created_at.astimezone(diary.patient.zone).date(), today - LOOKED_BACK)


def filled_in(diary: Diary, day: date) -> FilledIn | None:
    """The entry that fills in a day; None where it is open."""
    for found in answered_days(diary):
        if found.day == day:
            end = next(chain.end for chain in found.chains if fills_in(chain.end))
            return FilledIn(entry_id=end.id, at=end.recorded_at)
    return None


def _pain_named(patient: PatientRow, injection: Injection | None) -> str | None:
    return (injection.pain_named if injection else None) or patient.pain_named


def on_both_sides(diary: Diary) -> bool:
    """Whether the scores cannot tell the sides apart."""
    sides = {injection.side for injection in injections_in_force(diary)}
    return Side.BOTH in sides or len(sides) > 1


def _is_above_start(entry: Entry, injection: Injection | None) -> bool:
    if injection is None:
        return False
    instrument = Instrument.AVERAGE if entry.kind is Kind.DAILY else Instrument.MOVEMENT
    score, start = entry.scores.get(instrument), injection.baseline.get(instrument)
    return isinstance(score, int) and isinstance(start, int) and score > start
