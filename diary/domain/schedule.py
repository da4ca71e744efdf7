"""What is asked and when: which day can be scored, which questions stand on its page, what is due and what is missing.

Source of the numbers: ``screens.md`` settled points 1, 2 and 8 and its section 1; they are the defaults of `Schedule`,
which a clinic may change. Pure functions of a diary: the present instant comes in as an argument.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from diary.domain.burst import is_followed_daily
from diary.domain.diary import Diary, Entry, Injection, Instrument, Question
from diary.domain.errors import InvalidValue
from diary.domain.local_time import today_in
from diary.domain.timeline import (
    DayInForce,
    MomentInForce,
    day_since,
    day_zero,
    days_in_force,
    injections_in_force,
    minute_since,
    moments_in_force,
)

WEEK = 7
DAYS_BACK = 2  # today, yesterday and the day before: what is older is remembered too badly to be scored
MOST_DAYS_BEFORE = 14
EARLIEST_BEDTIME = time(18)
MOST_HOURS_APART = 4
MORNING = time(4)  # until then the page asks whether today or yesterday is meant


class Rhythm(StrEnum):
    """How often days are asked for once the first two weeks are over."""

    WEEKLY = "weekly"
    DAILY = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What a clinic asks. Days are counted from the injection, ``window_minutes`` is until when its anaesthetic works.

    ``days_before`` are wanted before a planned injection. ``movings_at_home`` is how often the hours of day 0 ask how
    hard it is to move, ``moving_apart`` how far apart. Where later days are asked for weekly, a score that rises by
    ``rise_followed``, or above half of the start, is followed for ``followed_days``. `InvalidValue` names what a clinic
    cannot ask.
    """

    later: Rhythm = Rhythm.WEEKLY
    days_before: int = 7
    daily_until: int = 14
    soreness_until: int = 14
    bedtime: time = time(22)
    window_minutes: int | None = None
    after_window: timedelta = timedelta(hours=2)
    hourly: timedelta = timedelta(hours=1)
    movings_at_home: int = 2
    moving_apart: timedelta = timedelta(hours=3)
    followed_days: int = WEEK
    rise_followed: int = 2

    def __post_init__(self) -> None:
        if not 0 <= self.days_before <= MOST_DAYS_BEFORE:
            raise InvalidValue("days_before", "Write a whole number from 0 to %(most)s.", most=MOST_DAYS_BEFORE)
        if self.bedtime < EARLIEST_BEDTIME:
            raise InvalidValue("bedtime", "Choose a bedtime from 18:00 to 23:59.")
        if not timedelta(hours=1) <= self.hourly <= timedelta(hours=MOST_HOURS_APART):
            raise InvalidValue("hours_apart", "Write a whole number from 1 to %(most)s.", most=MOST_HOURS_APART)


USUAL = Schedule()


# --- which day --------------------------------------------------------------------------------------------------------


def days_that_can_be_scored(now: datetime, zone: ZoneInfo) -> tuple[date, ...]:
    """Today, yesterday and the day before, in the patient's zone."""
    today = today_in(zone, now=now)
    return tuple(today - timedelta(days=back) for back in range(DAYS_BACK + 1))


def day_must_be_asked(now: datetime, zone: ZoneInfo) -> bool:
    """Whether "today" is in doubt: between midnight and four in the morning the page asks, with no default."""
    return now.astimezone(zone).time() < MORNING


def injection_before(diary: Diary, day: date) -> Injection | None:
    """The last injection in force on or before a day: the one whose days are being counted."""
    return max(injections_in_force(diary, as_of=day), key=lambda injection: injection.performed_at, default=None)


def day_number(diary: Diary, day: date) -> int | None:
    """Day D after the last injection, 0 on its own day; None before the first."""
    injection = injection_before(diary, day)
    return None if injection is None else day_since(injection, day)


# --- what is asked ----------------------------------------------------------------------------------------------------


def questions_for(diary: Diary, day: date, *, schedule: Schedule = USUAL) -> tuple[Question, ...]:
    """The questions of a day's page in their order. The day's own entries do not change them: a correction asks alike.

    Soreness is asked from day 0 until two answers in a row were 0. The patient's own activities are asked once a week
    from day 7 (so at days 14, 28, 56 and 84 too) and, where they were not answered, on the following days.
    """
    asked = [Question.AVERAGE, Question.MOVING]
    injection = injection_before(diary, day)
    if injection is not None:
        number = day_since(injection, day)
        earlier = [answered for answered in answered_days(diary) if day_zero(injection) <= answered.day < day]
        if number <= schedule.soreness_until and not _soreness_is_over(earlier):
            asked.append(Question.SORENESS)
        if injection.activities and _activities_are_due(earlier, day, number):
            asked.append(Question.ACTIVITIES)
    return (*asked, Question.ANALGESIC)


def _soreness_is_over(earlier: list[DayInForce]) -> bool:
    scores = [found.score for day in earlier if (found := day.scores.get(Instrument.SORENESS))]
    return any(one == 0 and next_one == 0 for one, next_one in pairwise(scores))


def _activities_are_due(earlier: list[DayInForce], day: date, number: int) -> bool:
    if number < WEEK:
        return False
    since = day - timedelta(days=number % WEEK)
    return not any(since <= answered.day and Instrument.ACTIVITIES in answered.scores for answered in earlier)


def questions_now(diary: Diary, now: datetime, *, schedule: Schedule = USUAL) -> tuple[Question, ...]:
    """What a moment's page asks: pain on the instrument of the block's baseline, and twice on day 0 how hard moving is.

    Without a movement score from before the injection a score on movement could be compared with nothing, so there
    pain is asked as it is.
    """
    injection = injection_before(diary, today_in(diary.patient.zone, now=now))
    if injection is not None and injection.baseline.movement is None and injection.baseline.rest is not None:
        return (Question.REST,)
    if injection is None or not _moving_is_due(diary, injection, now, schedule):
        return (Question.MOVEMENT,)
    return (Question.MOVEMENT, Question.MOVING)


def _moving_is_due(diary: Diary, injection: Injection, now: datetime, schedule: Schedule) -> bool:
    if not is_hourly(injection, now, schedule=schedule) or minute_since(injection.performed_at, now) < 60:
        return False
    given = [
        moment.at
        for moment in _moments_since(diary, injection)
        if Instrument.MOVING in moment.scores and minute_since(injection.performed_at, moment.at) >= 60
    ]
    return len(given) < schedule.movings_at_home and all(now - at >= schedule.moving_apart for at in given)


# --- what is due ------------------------------------------------------------------------------------------------------


def hourly_until(injection: Injection, *, schedule: Schedule = USUAL) -> datetime:
    """When the hourly scores of day 0 end: at bedtime, or two hours after the anaesthetic's usual end if sooner.

    Bedtime is told in the offset of the injection, as day 0 is.
    """
    bedtime = datetime.combine(day_zero(injection), schedule.bedtime, tzinfo=injection.performed_at.tzinfo)
    if schedule.window_minutes is None:
        return bedtime
    window_ends = injection.performed_at + timedelta(minutes=schedule.window_minutes)
    return min(bedtime, window_ends + schedule.after_window)


def is_hourly(injection: Injection, now: datetime, *, schedule: Schedule = USUAL) -> bool:
    """Whether now is within the hours of day 0 that are asked for."""
    return injection.performed_at <= now <= hourly_until(injection, schedule=schedule)


def next_hourly(diary: Diary, now: datetime, *, schedule: Schedule = USUAL) -> datetime | None:
    """When the next hourly score is due: an hour after the last, so perhaps already. None outside day 0."""
    injection = injection_before(diary, today_in(diary.patient.zone, now=now))
    if injection is None or not is_hourly(injection, now, schedule=schedule):
        return None
    last = max((moment.at for moment in _moments_since(diary, injection)), default=injection.performed_at)
    due = last + schedule.hourly
    return due if due <= hourly_until(injection, schedule=schedule) else None


def _moments_since(diary: Diary, injection: Injection) -> list[MomentInForce]:
    return [moment for moment in moments_in_force(diary) if moment.at >= injection.performed_at and moment.scores]


def is_asked(diary: Diary, day: date, *, planned_on: date | None = None, schedule: Schedule = USUAL) -> bool:
    """Whether the schedule wants an entry of this day, filled in or not. Any day may be filled in all the same.

    Each day of the week before ``planned_on``, the next injection. Else before the first injection: each day where no
    other is planned. After it daily to day 14; then on the last day of each week (21, 28, …) that holds no entry yet,
    and daily while a score that rose is followed, or throughout where the clinic says so.
    """
    if planned_on is not None and planned_on - timedelta(days=schedule.days_before) <= day < planned_on:
        return True
    injection = injection_before(diary, day)
    if injection is None:
        return planned_on is None
    number = day_since(injection, day)
    if number <= schedule.daily_until or schedule.later is Rhythm.DAILY:
        return True
    answered = answered_days(diary)
    if is_followed_daily(
        injection,
        answered,
        day,
        daily_until=schedule.daily_until,
        length=schedule.followed_days,
        rise=schedule.rise_followed,
    ):
        return True
    start = day - timedelta(days=WEEK - 1)
    return number % WEEK == 0 and not any(start <= one.day < day for one in answered)


def missing_days(
    diary: Diary, now: datetime, *, since: date, planned_on: date | None = None, schedule: Schedule = USUAL
) -> tuple[date, ...]:
    """The past days that were asked for, hold no answer and can still be scored, newest first; from ``since``."""
    answered = {answer.day for answer in answered_days(diary)}
    return tuple(
        day
        for day in days_that_can_be_scored(now, diary.patient.zone)[1:]
        if day >= since and day not in answered and is_asked(diary, day, planned_on=planned_on, schedule=schedule)
    )


def missed_in_a_row(
    diary: Diary, now: datetime, *, since: date, planned_on: date | None = None, schedule: Schedule = USUAL
) -> int:
    """How many days that were asked for passed without an answer, back from yesterday to the last answered one."""
    answered = {answer.day for answer in answered_days(diary)}
    day = today_in(diary.patient.zone, now=now) - timedelta(days=1)
    missed = 0
    while day >= since and day not in answered:
        missed += is_asked(diary, day, planned_on=planned_on, schedule=schedule)
        day -= timedelta(days=1)
    return missed


def next_asked(diary: Diary, after: date, *, planned_on: date | None = None, schedule: Schedule = USUAL) -> date | None:
    """The next day after this one that will be asked for, as things stand; None where none is within two weeks."""
    following = (after + timedelta(days=ahead) for ahead in range(1, 2 * WEEK + 1))
    return next((day for day in following if is_asked(diary, day, planned_on=planned_on, schedule=schedule)), None)


def answered_days(diary: Diary) -> tuple[DayInForce, ...]:
    """The days on which something was answered, "I do not remember" too, by day.

    A daily entry that holds no answer, such as a fall or a blood pressure alone, does not fill in its day.
    """
    days, _ = days_in_force(diary)
    return tuple(day for day in days if is_answered(day))


def is_answered(day: DayInForce) -> bool:
    """Whether a day holds an answer."""
    return any(fills_in(chain.end) for chain in day.chains)


def fills_in(entry: Entry) -> bool:
    """Whether an entry holds a score, an answer about medicine, or "I do not remember"."""
    return bool(entry.scores.given()) or entry.analgesic is not None or bool(entry.unknown)
