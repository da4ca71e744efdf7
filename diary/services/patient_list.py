"""The list of a clinic's patients, with how each does."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.charts.sparkline import Spark
from diary.charts.starts import start_of_average
from diary.domain.access import CARE_TEAM, Actor
from diary.domain.diary import Diary, Injection, Instrument
from diary.domain.errors import NotAllowed, UnreadableRules
from diary.domain.findings import Findings
from diary.domain.local_time import today_in
from diary.domain.patients import Order, Show
from diary.domain.rulesets import RuleSet
from diary.domain.timeline import day_since, day_zero, days_in_force, injections_in_force, same_side, start_of_day
from diary.services.findings import refresh_findings
from diary.store.clinic_limits import AboveLimit
from diary.store.clinics import Clinic, existing_clinic
from diary.store.findings import name_of_rules
from diary.store.help_uses import OpenHelp
from diary.store.patient_list import Asked, Page, PatientOfPage, Span, find_page, load_averages, load_injections
from diary.store.patients import PatientRow
from diary.store.whole_diaries import find_clinic_with_rules
from diary.store.work import Work, writing

DAYS_OF_A_SPARK = 14
A_PAGE = 50


class Flag(StrEnum):
    """What deserves a look, in the order in which it is told; the use of the help page stands before them all."""

    RETURNED = "returned"
    PAIN_BACK = "pain-back"
    MEDICINE_UP = "medicine-up"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLine:
    """One row of the list. ``filled_in`` of ``asked`` days have an entry, the last fourteen or those since day 0.

    ``findings`` are those of the last judgement, which may be of an earlier day where not ``is_current``; ``steroid``
    is the injection that they judge a steroid of. ``help`` and ``above_limit`` hang on no judgement.
    """

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
    findings: Findings | None
    steroid: Injection | None
    help: OpenHelp | None
    above_limit: AboveLimit | None
    flags: tuple[Flag, ...]
    is_current: bool

    def spark(self, label: str) -> Spark:
        """Its last fourteen days as a line."""
        return Spark(first=1 - DAYS_OF_A_SPARK, last=0, scores=self.scores, start=self.start, label=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientList:
    """One page of the clinic's patients; ``number`` counts from 1. ``out_of_date`` of them wait to be judged (again).

    ``not_reached`` of the clinic had a reminder in the last week that may not have arrived.
    ``today`` is the clinic's. ``rules`` is None where they cannot be read: then nothing is said that needs them.
    """

    clinic: Clinic
    rules: RuleSet | None
    today: date
    lines: tuple[PatientLine, ...]
    number: int
    pages: int
    total: int
    out_of_date: int
    not_reached: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which patients, in which order, on which page."""

    show: Show = Show.ALL
    search: str = ""
    order: Order = Order.FLAGS
    descending: bool = False
    number: int = 1


def list_patients(actor: Actor, choice: Choice, *, now: datetime) -> PatientList:
    """The patients of the actor's clinic with how they do, 50 on a page; the read leaves one audit row.

    Where findings are out of date, some are worked out first, those of this page before others.
    """
    if actor.role not in CARE_TEAM or actor.clinic_id is None:
        raise NotAllowed("Your role does not open diaries.")
    with writing(actor, now=now) as work:
        clinic, rules = _clinic_with_rules(work, actor.clinic_id)
        asked = _asked(choice, clinic, now)
        page = _page(work, clinic, rules, asked)
        if not page.out_of_date:
            return _list(work, clinic, rules, choice, page)
    refresh_findings(clinic.id, first=[one.patient.id for one in page.patients], now=now)
    with writing(actor, now=now) as work:
        return _list(work, clinic, rules, choice, _page(work, clinic, rules, asked))


def _clinic_with_rules(work: Work, clinic_id: UUID) -> tuple[Clinic, RuleSet | None]:
    try:
        return find_clinic_with_rules(work.session, clinic_id)
    except UnreadableRules:
        return existing_clinic(work.session, clinic_id), None


def _page(work: Work, clinic: Clinic, rules: RuleSet | None, asked: Asked) -> Page:
    """A page; without rules it says of nobody what was found by others."""
    if rules is not None:
        return find_page(work, clinic.id, asked, rules=name_of_rules(clinic, rules))
    page = find_page(work, clinic.id, asked, rules="")
    without = (replace(one, findings=None, flags_pain_back=False) for one in page.patients)
    return replace(page, patients=tuple(without), out_of_date=0)


def _asked(choice: Choice, clinic: Clinic, now: datetime) -> Asked:
    zone = ZoneInfo(clinic.time_zone)
    today = today_in(zone, now=now)
    return Asked(
        show=choice.show,
        search=choice.search,
        order=choice.order,
        descending=choice.descending,
        first=(choice.number - 1) * A_PAGE,
        most=A_PAGE,
        today=(start_of_day(today, zone), start_of_day(today + timedelta(days=1), zone)),
    )


def _list(work: Work, clinic: Clinic, rules: RuleSet | None, choice: Choice, page: Page) -> PatientList:
    patients = [one.patient for one in page.patients]
    injections = load_injections(work, patients)
    today = {patient.id: today_in(patient.as_patient().zone, now=work.now) for patient in patients}
    bare = load_averages(work, patients, injections, spans={})
    latest = {patient.id: _latest(bare[patient.id], today[patient.id]) for patient in patients}
    spans = {patient.id: _spans_of_line(latest[patient.id], today[patient.id]) for patient in patients}
    diaries = load_averages(work, patients, injections, spans=spans)
    work.audit("patients.list", patients=[str(patient.id) for patient in patients])
    return PatientList(
        clinic=clinic,
        rules=rules,
        today=today_in(ZoneInfo(clinic.time_zone), now=work.now),
        lines=tuple(_line(one, diaries[one.patient.id], today=today[one.patient.id]) for one in page.patients),
        number=choice.number,
        pages=max(1, -(-page.total // A_PAGE)),
        total=page.total,
        out_of_date=page.out_of_date,
        not_reached=page.not_reached,
    )


def _latest(diary: Diary, today: date) -> Injection | None:
    standing = injections_in_force(diary, as_of=today)
    return standing[-1] if standing else None


def _spans_of_line(injection: Injection | None, today: date) -> list[Span]:
    spans = [(today - timedelta(days=DAYS_OF_A_SPARK - 1), today)]
    if injection is not None:
        zero = day_zero(injection)
        spans.append((zero - timedelta(days=7), zero - timedelta(days=1)))
    return spans


def _line(one: PatientOfPage, diary: Diary, *, today: date) -> PatientLine:
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
    steroid_id = one.findings.steroid_id if one.findings else None
    return PatientLine(
        patient=one.patient,
        injection=injection,
        number=sum(1 for other in standing if injection and same_side(other, injection)),
        day=number,
        last_score=scored[-1][1] if scored else None,
        last_day=scored[-1][0] if scored else None,
        start=start.score if start else None,
        filled_in=sum(1 for day in shown if day.day > today - timedelta(days=asked)),
        asked=asked,
        scores=tuple(((day - today).days, score) for day, score in scored),
        findings=one.findings,
        steroid=next((given for given in standing if given.id == steroid_id), None),
        help=one.help,
        above_limit=one.above_limit,
        flags=_flags(one),
        is_current=one.is_current,
    )


def _flags(one: PatientOfPage) -> tuple[Flag, ...]:
    found = one.findings
    if found is None:
        return ()
    applies = {
        Flag.RETURNED: found.returned is not None,
        Flag.PAIN_BACK: one.flags_pain_back,
        Flag.MEDICINE_UP: found.medicine.has_risen,
        Flag.QUIET: found.is_quiet and one.patient.stopped_at is None,
    }
    return tuple(flag for flag, does in applies.items() if does)
