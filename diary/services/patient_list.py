"""The list of a clinic's patients, with how each does."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from diary.charts.sparkline import Spark
from diary.charts.starts import start_of_average
from diary.domain.access import CARE_TEAM, Actor
from diary.domain.diary import Diary, Injection, Instrument
from diary.domain.errors import NotAllowed
from diary.domain.local_time import today_in
from diary.domain.patients import Order
from diary.domain.timeline import day_since, day_zero, days_in_force, injections_in_force, same_side
from diary.store.patient_list import Span, find_page, load_averages, load_injections
from diary.store.patients import PatientRow
from diary.store.work import writing

DAYS_OF_A_SPARK = 14
A_PAGE = 50


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
