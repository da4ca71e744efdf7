"""What a phone has to know to ask the right questions on days without signal: no score, no name, no note."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from diary.domain.access import Actor
from diary.domain.diary import Diary, Question
from diary.domain.local_time import today_in
from diary.domain.reminding import Asking
from diary.domain.schedule import (
    DAYS_BACK,
    WEEK,
    Schedule,
    day_number,
    injection_before,
    is_asked,
    is_hourly,
    questions_for,
    questions_now,
)
from diary.domain.timeline import injections_in_force
from diary.services.own_diary import asked_in, filled_in, on_both_sides
from diary.store.cautions import were_cautions_shown
from diary.store.work import reading

DAYS_AHEAD = 60  # without signal for longer than that a phone asks what every day asks
HOURS_AHEAD = 24
STEP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAhead:
    """What a day's page asks if nothing arrives in between; ``since`` is when the week of its activities began."""

    day: date
    questions: tuple[Question, ...]
    since: date | None
    due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentAhead:
    """What the page for right now asks from an instant on. ``hourly``: it is one of the hours of day 0."""

    since: datetime
    questions: tuple[Question, ...]
    hourly: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The days and moments to come. ``filled_in`` are those of the days that can be scored which hold answers."""

    zone: ZoneInfo
    injected_at: datetime | None
    activities: tuple[str, ...]
    sides_together: bool
    days: tuple[DayAhead, ...]
    moments: tuple[MomentAhead, ...]
    moving_apart: timedelta
    filled_in: tuple[date, ...]
    cautions_are_due: bool


def ahead_of(actor: Actor, *, now: datetime) -> Ahead:
    """What is asked of the phone's patient from the day before yesterday on (`NotFound` for whoever is no patient)."""
    with reading(actor, now=now) as work:
        patient, asking = asked_in(work)
        cautions_are_due = not were_cautions_shown(work.session, patient.id)
    diary = asking.diary
    today = today_in(diary.patient.zone, now=now)
    days = [today + timedelta(days=ahead) for ahead in range(-DAYS_BACK, DAYS_AHEAD + 1)]
    injection = injection_before(diary, today)
    return Ahead(
        zone=diary.patient.zone,
        injected_at=_last_injection(diary, now),
        activities=injection.activities if injection else (),
        sides_together=on_both_sides(diary),
        days=tuple(_day(asking, day) for day in days),
        moments=tuple(_moments(diary, now, asking.schedule)),
        moving_apart=asking.schedule.moving_apart,
        filled_in=tuple(day for day in days[: DAYS_BACK + 1] if filled_in(diary, day)),
        cautions_are_due=cautions_are_due,
    )


def _last_injection(diary: Diary, now: datetime) -> datetime | None:
    past = [one.performed_at for one in injections_in_force(diary) if one.performed_at <= now]
    return max(past, default=None)


def _day(asking: Asking, day: date) -> DayAhead:
    questions = questions_for(asking.diary, day, schedule=asking.schedule)
    number = day_number(asking.diary, day)
    return DayAhead(
        day=day,
        questions=questions,
        since=day - timedelta(days=number % WEEK) if number and Question.ACTIVITIES in questions else None,
        due=is_asked(asking.diary, day, planned_on=asking.planned_on, schedule=asking.schedule),
    )


def _moments(diary: Diary, now: datetime, schedule: Schedule) -> Iterator[MomentAhead]:
    """From now on, each time that something else is asked."""
    before = None
    for step in range(int(timedelta(hours=HOURS_AHEAD) / STEP)):
        at = now + step * STEP
        injection = injection_before(diary, today_in(diary.patient.zone, now=at))
        hourly = injection is not None and is_hourly(injection, at, schedule=schedule)
        asked = (questions_now(diary, at, schedule=schedule), hourly)
        if asked != before:
            yield MomentAhead(since=at, questions=asked[0], hourly=hourly)
        before = asked
