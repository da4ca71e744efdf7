"""The doctor's page on one patient, every entry behind it, and the list of a clinic's patients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from uuid import UUID

from diary.charts.course import LAST_DAY_OF_THE_WEEKS
from diary.charts.picture import Profile
from diary.charts.profile import EARLIER_SHOWN, ProfileRules, build_profile
from diary.charts.sparkline import Spark
from diary.charts.starts import start_of_average
from diary.domain.access import CARE_TEAM, Actor, check_can_read_diary
from diary.domain.diary import Diary, Entry, Injection, Instrument, Medicine
from diary.domain.errors import NotAllowed, NotFound
from diary.domain.local_time import today_in
from diary.domain.months import MonthSummary
from diary.domain.patients import Order
from diary.domain.rulesets import RuleSet, shipped
from diary.domain.timeline import (
    Chain,
    LateAfter,
    chains,
    day_is_late,
    day_since,
    day_zero,
    days_in_force,
    injections_in_force,
    is_early,
    medicines_in_force,
    minute_since,
    moment_is_late,
    next_of_same_side,
    same_side,
)
from diary.store.clinics import Clinic
from diary.store.courses import Span, load_course, months_after
from diary.store.entry_pages import find_entry_page
from diary.store.patient_list import find_page, load_averages, load_injections
from diary.store.patients import PatientRow, find_patient_with_clinic
from diary.store.work import Work, writing

DAYS_BEFORE = 14
DAYS_OF_A_SPARK = 14
A_PAGE = 50


# --- one patient ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientProfile:
    """All that the doctor's page shows. ``injection`` and ``profile`` are None where none is recorded."""

    patient: PatientRow
    clinic: Clinic
    diary: Diary
    injections: tuple[Injection, ...]
    injection: Injection | None
    profile: Profile | None
    medicines: tuple[Medicine, ...]
    rules: RuleSet
    today: date


def show_profile(actor: Actor, patient_id: UUID, *, injection_id: UUID | None = None, now: datetime) -> PatientProfile:
    """One patient's picture, for the injection asked for or the last one; the read leaves its audit row.

    `NotFound` for a patient or an injection that is not there or not this clinic's.
    """
    with writing(actor, now=now) as work:
        patient, clinic = _patient(work, patient_id)
        today = today_in(patient.as_patient().zone, now=now)
        chosen = _Choice(injection_id=injection_id, today=today)
        diary = load_course(work, patient, spans_of=chosen.spans)
        months = _long_run(work, patient, chosen, diary, today)
    rules = shipped(clinic.rule_set)
    injection = chosen.injection(diary)
    return PatientProfile(
        patient=patient,
        clinic=clinic,
        diary=diary,
        injections=injections_in_force(diary, as_of=today),
        injection=injection,
        profile=None if injection is None else _profile(diary, injection, rules, today=today, months=months),
        medicines=medicines_in_force(diary, as_of=today),
        rules=rules,
        today=today,
    )


def _patient(work: Work, patient_id: UUID) -> tuple[PatientRow, Clinic]:
    found = find_patient_with_clinic(work.session, patient_id)
    if found is None:
        raise NotFound("There is no such patient.")
    check_can_read_diary(work.actor, found[0].owner)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """Which injection is looked at, and which days the picture of it needs."""

    injection_id: UUID | None
    today: date

    def injection(self, diary: Diary) -> Injection | None:
        standing = injections_in_force(diary, as_of=self.today)
        if self.injection_id is None:
            return standing[-1] if standing else None
        found = next((one for one in standing if one.id == self.injection_id), None)
        if found is None:
            raise NotFound("There is no such injection.")
        return found

    def spans(self, diary: Diary) -> Sequence[Span]:
        injection = self.injection(diary)
        if injection is None:
            return []
        standing = injections_in_force(diary, as_of=self.today)
        before = [one for one in standing if day_zero(one) < day_zero(injection) and same_side(one, injection)]
        return [self._span(one, standing) for one in (*before[-EARLIER_SHOWN:], injection)]

    def _span(self, injection: Injection, standing: Sequence[Injection]) -> Span:
        zero = day_zero(injection)
        last = min(zero + timedelta(days=LAST_DAY_OF_THE_WEEKS), _last_day(injection, standing, self.today))
        return zero - timedelta(days=DAYS_BEFORE), max(last, zero)


def _last_day(injection: Injection, standing: Sequence[Injection], today: date) -> date:
    following = next_of_same_side(injection, standing)
    return today if following is None else day_zero(following) - timedelta(days=1)


def _long_run(work: Work, patient: PatientRow, chosen: _Choice, diary: Diary, today: date) -> tuple[MonthSummary, ...]:
    """What comes after the first 52 weeks, summed up in the database."""
    injection = chosen.injection(diary)
    if injection is None:
        return ()
    standing = injections_in_force(diary, as_of=today)
    after = day_zero(injection) + timedelta(days=LAST_DAY_OF_THE_WEEKS)
    return months_after(work, patient, after=after, until=_last_day(injection, standing, today))


def _profile(
    diary: Diary, injection: Injection, rules: RuleSet, *, today: date, months: tuple[MonthSummary, ...]
) -> Profile:
    window = rules.window(injection.anaesthetic)
    return build_profile(
        diary,
        injection,
        as_of=today,
        rules=profile_rules(rules),
        window=None if window is None else (window.onset, window.usual_end),
        long_run=months,
    )


def profile_rules(rules: RuleSet) -> ProfileRules:
    """The numbers that a picture takes from a rule set."""
    return ProfileRules(
        late=rules.late.after,
        lowest_start=max(rules.block.low_baseline, rules.steroid.low_baseline),
        days_before=rules.steroid.fewest_days_before,
    )


# --- every entry ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryHistory:
    """One entry with what was changed, oldest first, and what is to be said about its time."""

    chain: Chain[Entry]
    late: bool
    early: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """One page of all entries, the last recorded first; ``number`` counts from 1."""

    patient: PatientRow
    entries: tuple[EntryHistory, ...]
    number: int
    pages: int
    total: int


def list_entries(actor: Actor, patient_id: UUID, *, number: int, now: datetime) -> EntryPage:
    """Every entry of a patient with its history, 50 on a page; the read leaves its audit row."""
    with writing(actor, now=now) as work:
        patient, clinic = _patient(work, patient_id)
        work.audit("diary.read", owner=patient.owner)
        records, injections, total = find_entry_page(work, patient, first=(number - 1) * A_PAGE, most=A_PAGE)
    rule = shipped(clinic.rule_set).late.after
    standing = injections_in_force(Diary(patient=patient.as_patient(), injections=injections))
    found = sorted(chains(records), key=lambda chain: chain.original.recorded_at, reverse=True)
    return EntryPage(
        patient=patient,
        entries=tuple(_history(chain, patient, standing, rule=rule) for chain in found),
        number=number,
        pages=max(1, -(-total // A_PAGE)),
        total=total,
    )


def _history(
    chain: Chain[Entry], patient: PatientRow, injections: Sequence[Injection], *, rule: LateAfter
) -> EntryHistory:
    original, zone = chain.original, patient.as_patient().zone
    if original.day is not None:
        late = day_is_late(original.recorded_at, original.day, zone)
        return EntryHistory(chain=chain, late=late, early=is_early(original, zone))
    before = [one for one in injections if one.performed_at <= original.instant]
    # A moment that follows no injection is measured like one at home.
    minute = minute_since(before[-1].performed_at, original.instant) if before else 24 * 60
    late = moment_is_late(original.recorded_at, original.instant, minute=minute, rule=rule)
    return EntryHistory(chain=chain, late=late, early=False)


# --- the list ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLine:
    """One row of the list. ``filled_in`` of ``asked`` days have an entry, the last fourteen or those since day 0."""

    patient: PatientRow
    injection: Injection | None
    number: int
    day: int | None
    last_score: int | None
    last_day: date | None
    start: Fraction | None
    filled_in: int
    asked: int
    scores: tuple[tuple[int, int], ...]

    def spark(self, label: str) -> Spark:
        """Its last fourteen days as a line."""
        return Spark(first=1 - DAYS_OF_A_SPARK, last=0, scores=self.scores, start=self.start, label=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientList:
    """One page of the clinic's patients; ``number`` counts from 1."""

    lines: tuple[PatientLine, ...]
    number: int
    pages: int
    total: int


def list_patients(
    actor: Actor,
    *,
    search: str = "",
    order: Order = Order.NEXT_VISIT,
    descending: bool = False,
    number: int = 1,
    now: datetime,
) -> PatientList:
    """The patients of the actor's clinic with how they do, 50 on a page; the read leaves one audit row."""
    if actor.role not in CARE_TEAM or actor.clinic_id is None:
        raise NotAllowed("Your role does not open diaries.")
    with writing(actor, now=now) as work:
        first = (number - 1) * A_PAGE
        patients, total = find_page(
            work, actor.clinic_id, search=search, order=order, descending=descending, first=first, most=A_PAGE
        )
        injections = load_injections(work, patients)
        today = {patient.id: today_in(patient.as_patient().zone, now=now) for patient in patients}
        bare = load_averages(work, patients, injections, spans={})
        latest = {patient.id: _latest(bare[patient.id], today[patient.id]) for patient in patients}
        spans = {patient.id: _spans_of_line(latest[patient.id], today[patient.id]) for patient in patients}
        diaries = load_averages(work, patients, injections, spans=spans)
        work.audit("patients.list", patients=[str(patient.id) for patient in patients])
    lines = tuple(_line(patient, diaries[patient.id], today=today[patient.id]) for patient in patients)
    return PatientList(lines=lines, number=number, pages=max(1, -(-total // A_PAGE)), total=total)


def _latest(diary: Diary, today: date) -> Injection | None:
    standing = injections_in_force(diary, as_of=today)
    return standing[-1] if standing else None


def _spans_of_line(injection: Injection | None, today: date) -> list[Span]:
    spans = [(today - timedelta(days=DAYS_OF_A_SPARK - 1), today)]
    if injection is not None:
        zero = day_zero(injection)
        spans.append((zero - timedelta(days=7), zero - timedelta(days=1)))
    return spans


def _line(patient: PatientRow, diary: Diary, *, today: date) -> PatientLine:
    days, _ = days_in_force(diary, as_of=today)
    standing = injections_in_force(diary, as_of=today)
    injection = standing[-1] if standing else None
    start = start_of_average(injection, days, least_days=4) if injection else None
    shown = [day for day in days if day.day > today - timedelta(days=DAYS_OF_A_SPARK)]
    scored = [
        (day.day, given.score)
        for day in shown
        if (given := day.scores.get(Instrument.AVERAGE)) is not None and isinstance(given.score, int)
    ]
    number = day_since(injection, today) if injection else None
    asked = DAYS_OF_A_SPARK if number is None else min(DAYS_OF_A_SPARK, max(number, 0))
    return PatientLine(
        patient=patient,
        injection=injection,
        number=sum(1 for one in standing if injection and same_side(one, injection)),
        day=number,
        last_score=scored[-1][1] if scored else None,
        last_day=scored[-1][0] if scored else None,
        start=start.score if start else None,
        filled_in=sum(1 for day in shown if day.day > today - timedelta(days=asked)),
        asked=asked,
        scores=tuple(((day - today).days, score) for day, score in scored),
    )
