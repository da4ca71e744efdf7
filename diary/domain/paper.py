"""The printed diary: which rows stand on a sheet, and from when each of them may be typed in.

What was printed is frozen with the sheet (`Layout`), so that the page to type it in has the very rows of the paper.
A row may be typed in once it is late by the diary's own clock (`docs/reference/judgement.md`, "Late"): what comes from
paper can then never pass for written at the time, whatever time the patient wrote beside it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from diary.domain.diary import Injection, Question
from diary.domain.local_time import in_zone
from diary.domain.schedule import USUAL, WEEK, Rhythm, Schedule, hourly_until
from diary.domain.timeline import LateAfter, day_deadline, day_zero, minute_since

HOURS_WITHOUT_CLOCK = 8  # until bedtime, as most injections are done by the early afternoon
MOST_HOURS = 12
MOVING_IN_HOURS = (1, 4)  # twice at home, three hours apart: `Schedule.movings_at_home`, `moving_apart`
WEEKS_ON_A_SHEET = 10  # to day 84, where the last question of the usual course is
DAYS_ON_A_SHEET = 28  # where a clinic asks for every day throughout
MINUTES_A_DAY = 24 * 60
# The longest that a rule set may wait before it calls a moment late: for where the clinic's own rules cannot be read.
SURELY_LATE = LateAfter(first_hour=240, later=240)


class Part(StrEnum):
    """The tables of a sheet, in their order."""

    BEFORE = "before"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a sheet was printed for. ``begins`` is its first day.

    ``day_zero`` is the date of the injection, made or planned, None where nobody knew it; ``injected_at`` is set where
    it was made, and then the hours bear their clock. ``at_rest``: the hours ask for pain as it is, without a movement.
    ``later_every`` is how many days lie between two rows once the daily ones are over; the rest is of the `Schedule`.
    """

    begins: date
    day_zero: date | None = None
    injected_at: datetime | None = None
    hours: int = HOURS_WITHOUT_CLOCK
    at_rest: bool = False
    activities: tuple[str, ...] = ()
    days_before: int = USUAL.days_before
    daily_until: int = USUAL.daily_until
    soreness_until: int = USUAL.soreness_until
    later_every: int = WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """One row. ``number`` is day D of the injection, ``hour`` how many hours after it, ``at`` their printed clock.

    ``day`` is None where the patient writes the date, which is known once the injection is made.
    """

    part: Part
    questions: tuple[Question, ...]
    day: date | None = None
    number: int | None = None
    hour: int | None = None
    at: datetime | None = None

    @property
    def key(self) -> str:
        """The row's name among those of its sheet: ``2026-03-05``, or ``hour-3``."""
        return f"hour-{self.hour}" if self.hour is not None else str(self.day)


def layout_for(
    *,
    begins: date,
    injection: Injection | None,
    planned_on: date | None,
    activities: Sequence[str],
    schedule: Schedule = USUAL,
) -> Layout:
    """What a sheet printed on ``begins`` asks: around the planned injection if there is one, else after the last."""
    layout = Layout(
        begins=begins,
        days_before=schedule.days_before,
        daily_until=schedule.daily_until,
        soreness_until=schedule.soreness_until,
        later_every=1 if schedule.later is Rhythm.DAILY else WEEK,
    )
    if planned_on is not None or injection is None:
        return replace(layout, day_zero=planned_on, activities=tuple(activities))
    until = hourly_until(injection, schedule=schedule)
    hours = (until - injection.performed_at) // timedelta(hours=1)
    baseline = injection.baseline
    return replace(
        layout,
        day_zero=day_zero(injection),
        injected_at=injection.performed_at,
        hours=max(0, min(hours, MOST_HOURS)),
        at_rest=baseline.movement is None and baseline.rest is not None,
        activities=injection.activities,
    )


def rows_of(layout: Layout, *, injected_on: date | None = None) -> tuple[PaperRow, ...]:
    """The rows of a sheet in their order, none of a day before it begins.

    ``injected_on`` is the date of the injection that was made after the sheet was printed without one.
    """
    zero = layout.day_zero or injected_on
    rows = (
        *_before(layout, zero),
        *_hours(layout, injected_on if layout.injected_at is None and injected_on else zero),
        *_days(layout, zero),
        *_weeks(layout, zero),
    )
    return tuple(row for row in rows if row.day is None or row.day >= layout.begins)


def _before(layout: Layout, zero: date | None) -> Iterator[PaperRow]:
    """The week before the injection; where nobody knew its date, the week from the printing on."""
    known = layout.day_zero
    first = layout.begins if known is None else known - timedelta(days=layout.days_before)
    for ahead in range(layout.days_before):
        day = first + timedelta(days=ahead)
        if known is None and zero is not None and day >= zero:
            return
        number = None if zero is None else (day - zero).days
        yield PaperRow(part=Part.BEFORE, day=day, number=number, questions=_asked(layout, number=-1))


def _hours(layout: Layout, zero: date | None) -> Iterator[PaperRow]:
    pain = Question.REST if layout.at_rest else Question.MOVEMENT
    for hour in range(1, layout.hours + 1):
        moving = (Question.MOVING,) if hour in MOVING_IN_HOURS else ()
        yield PaperRow(
            part=Part.HOURS,
            day=zero,
            number=0,
            hour=hour,
            at=layout.injected_at + timedelta(hours=hour) if layout.injected_at else None,
            questions=(pain, *moving, Question.ANALGESIC),
        )


def _days(layout: Layout, zero: date | None) -> Iterator[PaperRow]:
    for number in range(layout.daily_until + 1):
        day = None if zero is None else zero + timedelta(days=number)
        yield PaperRow(part=Part.DAYS, day=day, number=number, questions=_asked(layout, number=number))


def _weeks(layout: Layout, zero: date | None) -> Iterator[PaperRow]:
    """The last day of each week after the daily ones, or each day where the clinic asks so, from the printing on."""
    begun = 0 if zero is None else (layout.begins - zero).days
    after, every = max(layout.daily_until + 1, begun), layout.later_every
    first = -(-after // every) * every
    count = WEEKS_ON_A_SHEET if every == WEEK else DAYS_ON_A_SHEET
    for number in range(first, first + count * every, every):
        day = None if zero is None else zero + timedelta(days=number)
        yield PaperRow(part=Part.WEEKS, day=day, number=number, questions=_asked(layout, number=number))


def _asked(layout: Layout, *, number: int) -> tuple[Question, ...]:
    """Paper cannot know what was answered, so soreness is asked throughout, and the activities once a week."""
    asked = [Question.AVERAGE, Question.MOVING]
    if 0 <= number <= layout.soreness_until:
        asked.append(Question.SORENESS)
    asked.append(Question.ANALGESIC)
    if layout.activities and number >= WEEK and number % WEEK == 0:
        asked.append(Question.ACTIVITIES)
    return tuple(asked)


# --- from when a row may be typed in ----------------------------------------------------------------------------------


def day_may_be_typed_from(day: date, zone: ZoneInfo) -> datetime:
    """Until then the answers of a day still count as written at the time, so paper has to wait."""
    return in_zone(day_deadline(day, zone), zone)


def moment_may_be_typed_from(at: datetime, injections: Sequence[Injection], *, rule: LateAfter) -> datetime:
    """As `day_may_be_typed_from`, of a score right now; ``injections`` are those in force."""
    before = [one.performed_at for one in injections if one.performed_at <= at]
    minute = minute_since(max(before), at) if before else MINUTES_A_DAY
    return at + timedelta(minutes=rule.first_hour if minute <= 60 else rule.later)
