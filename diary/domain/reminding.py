"""When a patient is reminded, and of what: one reminder, one repeat, then silence.

Source: ``screens.md`` P9: the repeat comes after two hours on day 0 and next morning later. The other numbers are ours
and are said in ``docs/reference/reminders.md``. Pure functions of a diary: the present instant comes in as an argument.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from diary.domain.diary import Diary
from diary.domain.schedule import (
    MORNING,
    USUAL,
    Schedule,
    answered_days,
    day_number,
    hourly_until,
    injection_before,
    is_asked,
    next_hourly,
)
from diary.domain.timeline import day_zero

FIRST, REPEAT = 1, 2
REPEAT_ON_DAY_0 = timedelta(hours=2)
REPEAT_IN_THE_MORNING = time(9)
NOON = time(12)
# Later than this nobody is reminded: the server was off, and the evening is no time for the morning's message.
DAY_LASTS, HOUR_LASTS = timedelta(hours=2), timedelta(hours=1)
SILENT_AFTER = timedelta(days=28)  # without an answer or an injection: whoever has left is left in peace
DAYS_AHEAD = 28  # of a calendar
FIRST_WAIT = timedelta(minutes=5)  # doubled before each further try
MOST_TRIES = 5


class Channel(StrEnum):
    """How a patient is reminded."""

    EMAIL = "email"
    PUSH = "push"
    CALENDAR = "calendar"
    NONE = "none"


SENT_BY_US = frozenset({Channel.EMAIL, Channel.PUSH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How and when a patient wants to be reminded: at ``at`` on the clocks of ``zone``; nothing of before ``since``."""

    channel: Channel
    at: time
    zone: ZoneInfo
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """All that decides what is asked of a patient: the diary of the last weeks, the schedule, the next injection."""

    diary: Diary
    schedule: Schedule = USUAL
    planned_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One reminder. ``about`` names what is asked and never changes, whatever becomes of clocks and zones.

    ``nth`` is `FIRST` or `REPEAT`. ``day`` is the day asked about, None for the score of right now. From ``until`` on
    it is too old to be sent.
    """

    about: str
    nth: int
    at: datetime
    until: datetime
    day: date | None

    def is_due(self, now: datetime) -> bool:
        """Whether it may be sent now."""
        return self.at <= now < self.until


# --- what is due now --------------------------------------------------------------------------------------------------


def due_now(asking: Asking, wish: Wish, *, now: datetime) -> tuple[Due, ...]:
    """What the patient may be reminded of at this moment, the earliest first: nothing that is answered.

    Nothing of before ``wish.since``, and a repeat only where the first was not before it either.
    """
    found = (*_of_hours(asking, wish, now), *_of_days(asking, wish, now))
    return tuple(sorted((due for due in found if due.is_due(now)), key=lambda due: (due.at, due.about)))


def may_be_due(wish: Wish, *, now: datetime) -> bool:
    """Whether now is an hour at which a day could be due at all, whatever the diary holds: cheap to ask."""
    for day in _days_around(wish, now):
        at = _instant(day, wish.at, wish.zone)
        repeat = _instant(day + timedelta(days=1), REPEAT_IN_THE_MORNING, wish.zone)
        if at <= now < at + REPEAT_ON_DAY_0 + DAY_LASTS or repeat <= now < repeat + DAY_LASTS:
            return True
    return False


def _of_hours(asking: Asking, wish: Wish, now: datetime) -> Iterator[Due]:
    due = next_hourly(asking.diary, now, schedule=asking.schedule)
    injection = injection_before(asking.diary, now.astimezone(asking.diary.patient.zone).date())
    if due is None or injection is None or due < wish.since:
        return
    about = f"hour:{due.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    last = hourly_until(injection, schedule=asking.schedule)
    for nth, at in ((FIRST, due), (REPEAT, due + REPEAT_ON_DAY_0)):
        if at <= last:
            yield Due(about=about, nth=nth, at=at, until=at + HOUR_LASTS, day=None)


def _of_days(asking: Asking, wish: Wish, now: datetime) -> Iterator[Due]:
    answered = {day.day for day in answered_days(asking.diary)}
    for calendar_day in _days_around(wish, now):
        first = _first_of(asking, wish, calendar_day)
        if first.at < wish.since or first.day in answered or not _is_wanted(asking, wish, first):
            continue
        yield first
        if (repeat := _repeat_of(asking, wish, first, calendar_day)) is not None:
            yield repeat


def _first_of(asking: Asking, wish: Wish, calendar_day: date) -> Due:
    at = _instant(calendar_day, wish.at, wish.zone)
    day = _day_of_diary(at, asking.diary.patient.zone)
    return Due(about=f"day:{day}", nth=FIRST, at=at, until=at + DAY_LASTS, day=day)


def _repeat_of(asking: Asking, wish: Wish, first: Due, calendar_day: date) -> Due | None:
    """On day 0 after two hours if that is before bedtime; else next morning, where no other reminder comes then."""
    if first.day is None:
        return None
    soon = first.at + REPEAT_ON_DAY_0
    bedtime = _instant(calendar_day, asking.schedule.bedtime, wish.zone)
    if day_number(asking.diary, first.day) == 0 and soon <= bedtime:
        at = soon
    elif wish.at < NOON and _is_asked(asking, first.day + timedelta(days=1)):
        return None
    else:
        at = _instant(calendar_day + timedelta(days=1), REPEAT_IN_THE_MORNING, wish.zone)
    return Due(about=first.about, nth=REPEAT, at=at, until=at + DAY_LASTS, day=first.day)


def _is_wanted(asking: Asking, wish: Wish, due: Due) -> bool:
    return due.day is not None and _is_asked(asking, due.day) and not _has_left(asking, wish, due.day)


def _is_asked(asking: Asking, day: date) -> bool:
    return is_asked(asking.diary, day, planned_on=asking.planned_on, schedule=asking.schedule)


def _has_left(asking: Asking, wish: Wish, day: date) -> bool:
    """Whether nothing was heard for four weeks; an injection, planned or done, and a new wish begin them anew."""
    signs = [wish.since.astimezone(asking.diary.patient.zone).date()]
    signs += [answered.day for answered in answered_days(asking.diary) if answered.day <= day]
    if (injection := injection_before(asking.diary, day)) is not None:
        signs.append(day_zero(injection))
    if asking.planned_on is not None and day < asking.planned_on:
        signs.append(asking.planned_on - timedelta(days=asking.schedule.days_before))
    return day - max(signs) > SILENT_AFTER


# --- what comes -------------------------------------------------------------------------------------------------------


def coming(asking: Asking, wish: Wish, *, now: datetime) -> tuple[Due, ...]:
    """The reminders from the start of today on for four weeks, as things stand, the earliest first; no repeats."""
    today = now.astimezone(wish.zone).date()
    answered = {day.day for day in answered_days(asking.diary)}
    days = (_first_of(asking, wish, today + timedelta(days=ahead)) for ahead in range(DAYS_AHEAD))
    wanted = (due for due in days if due.day not in answered and _is_wanted(asking, wish, due))
    return tuple(sorted((*_hours_ahead(asking, now), *wanted), key=lambda due: (due.at, due.about)))


def _hours_ahead(asking: Asking, now: datetime) -> Iterator[Due]:
    at = next_hourly(asking.diary, now, schedule=asking.schedule)
    injection = injection_before(asking.diary, now.astimezone(asking.diary.patient.zone).date())
    if at is None or injection is None:
        return
    last = hourly_until(injection, schedule=asking.schedule)
    while at <= last:
        about = f"hour:{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
        yield Due(about=about, nth=FIRST, at=at, until=at + HOUR_LASTS, day=None)
        at += asking.schedule.hourly


# --- trying again -----------------------------------------------------------------------------------------------------


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after so many tries that failed, each time twice as long; None where it is given up."""
    return None if tries >= MOST_TRIES else FIRST_WAIT * 2 ** (tries - 1)


# --- clocks -----------------------------------------------------------------------------------------------------------


def _days_around(wish: Wish, now: datetime) -> tuple[date, ...]:
    today = now.astimezone(wish.zone).date()
    return (today - timedelta(days=1), today)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """That hour on that day, once: where the clocks skip it, as much later; where it comes twice, the first."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def _day_of_diary(at: datetime, zone: ZoneInfo) -> date:
    """The day that is asked about at an instant: until four in the morning the one that is ending."""
    local = at.astimezone(zone)
    return local.date() - timedelta(days=1) if local.time() < MORNING else local.date()
