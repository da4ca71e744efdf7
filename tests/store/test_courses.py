"""What SQL sums up is what the timeline says, and a page loads no more than its picture needs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diary.domain.diary import Diary, Entry, Instrument, Kind, Patient, Scores
from diary.domain.months import Median, MonthSummary
from diary.domain.relief import median
from diary.domain.timeline import DayInForce, days_in_force
from diary.store.courses import load_course, months_after
from diary.store.diaries import add_entries, add_injections, load_diary
from diary.store.work import writing
from tests.factories import NOON, OPERATOR, a_clinic, a_day, a_moment, a_patient, an_injection

pytestmark = pytest.mark.usefixtures("app")

FIRST = date(2027, 3, 5)


@st.composite
def daily_entries(draw: st.DrawFn) -> tuple[Entry, ...]:
    """Entries of some days around two clock changes, recorded before, on and after them; corrected and withdrawn."""
    entries: list[Entry] = []
    for _ in range(draw(st.integers(1, 8))):
        before = draw(st.sampled_from([None, *entries]))
        if before is not None:
            recorded = before.recorded_at + timedelta(hours=draw(st.integers(0, 48)))
            entries.append(_another(draw, before.local_day, recorded, revises=before))
        else:
            day = FIRST + timedelta(days=draw(st.sampled_from((0, 1, 9, 10, 27, 240, 248))))
            midnight = datetime.combine(day, datetime.min.time(), tzinfo=NOON.tzinfo)
            recorded = midnight + timedelta(seconds=draw(st.sampled_from((-3600, -1, 0, 1, 3600, 70_000))))
            entries.append(_another(draw, day, recorded, revises=None))
    return tuple(draw(st.permutations(entries)))


def _another(draw: st.DrawFn, day: date, recorded_at: datetime, *, revises: Entry | None) -> Entry:
    score = st.none() | st.integers(0, 10)
    return Entry(
        id=draw(st.uuids(version=4)),
        kind=Kind.DAILY,
        day=day,
        recorded_at=recorded_at,
        scores=Scores(average=draw(score), moving=draw(score)),
        analgesic=draw(st.none() | st.booleans()),
        revises=revises.id if revises else None,
        withdrawn=revises is not None and draw(st.booleans()),
    )


def summed_by_the_timeline(diary: Diary, *, after: date, until: date) -> Iterator[MonthSummary]:
    months: dict[date, list[DayInForce]] = {}
    for day in days_in_force(diary, as_of=until)[0]:
        if day.day > after:
            months.setdefault(day.day.replace(day=1), []).append(day)
    for month, days in months.items():
        yield MonthSummary(
            month=month,
            days=len(days),
            medicine_days=sum(1 for day in days if day.analgesic),
            average=_median(days, Instrument.AVERAGE),
            moving=_median(days, Instrument.MOVING),
        )


def _median(days: list[DayInForce], instrument: Instrument) -> Median | None:
    scores = [
        score for day in days if instrument in day.scores and isinstance(score := day.scores[instrument].score, int)
    ]
    return Median(score=median(scores), n=len(scores)) if scores else None


ZONES = ("America/New_York", "UTC", "Australia/Lord_Howe", "Asia/Kolkata")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=daily_entries(), zone=st.sampled_from(ZONES))
def test_the_months_in_sql_are_those_of_the_timeline(entries: tuple[Entry, ...], zone: str) -> None:
    patient = a_patient(a_clinic())
    entries = tuple(_with_fresh_ids(entries))
    with writing(OPERATOR, now=NOON) as work:
        patient.time_zone = zone
        work.session.add(patient)
        add_entries(work, patient.owner, entries)
        after, until = FIRST, FIRST + timedelta(days=245)
        diary = Diary(patient=Patient(time_zone=zone), injections=(), entries=entries)
        assert months_after(work, patient, after=after, until=until) == tuple(
            summed_by_the_timeline(diary, after=after, until=until)
        )


def _with_fresh_ids(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """Ids are unique in the whole server, and hypothesis likes to repeat itself."""
    fresh = {entry.id: uuid4() for entry in entries}
    for entry in entries:
        yield replace(entry, id=fresh[entry.id], revises=fresh[entry.revises] if entry.revises else None)


def test_a_course_holds_the_entries_of_its_spans_and_leaves_an_audit_row() -> None:
    patient = a_patient(a_clinic())
    days = [a_day(day) for day in ("2026-01-01", "2026-03-01", "2026-03-10", "2026-06-01")]
    moment = a_moment("2026-03-02T10:45:00-05:00")
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, patient.owner, [an_injection()])
        add_entries(work, patient.owner, [*days, moment])
        spans = [(date(2026, 2, 16), date(2026, 3, 10))]
        diary = load_course(work, patient, spans_of=lambda bare: spans if bare.injections else [])
        assert {entry.id for entry in diary.entries} == {days[1].id, days[2].id, moment.id}
        assert load_course(work, patient, spans_of=lambda _: []).entries == ()
        assert diary.injections == load_diary(work, patient).injections
