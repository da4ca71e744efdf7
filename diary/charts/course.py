"""What was recorded around one injection, placed on its own scale of minutes and days.

`Course` is the half-way house: the diary's records in force, cut to the period of the injection, before anything is
decided about panels. A record after the next injection of the same side belongs to that one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from diary.charts.picture import Point
from diary.charts.starts import has_own_activities, series_now
from diary.domain.diary import Injection, Instrument, Source
from diary.domain.in_force import InForce
from diary.domain.months import Median, MonthSummary
from diary.domain.relief import median
from diary.domain.timeline import (
    Answer,
    DayInForce,
    LateAfter,
    MomentInForce,
    ScoreInForce,
    day_is_late,
    day_since,
    day_zero,
    minute_since,
    moment_is_late,
    next_of_same_side,
    same_side,
)
from diary.words.language import gettext as _
from diary.words.language import ngettext
from diary.words.times import day_in_words, minute_in_words, month_in_words, score_in_words

DAYS_SHOWN_BEFORE = 14
LAST_DAY_OF_THE_WEEKS = 52 * 7
MINUTES_SHOWN = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One injection with the moments and days that are its own.

    ``minutes_end`` is the minute of the first injection of any side at a later instant: scores from then on say
    nothing about this one's anaesthetic. ``last_day`` is *as of*, or the day before the next injection of the side.
    """

    injection: Injection
    records: InForce
    moments: tuple[tuple[int, MomentInForce], ...]
    days: tuple[tuple[int, DayInForce], ...]
    minutes_ended_by: Injection | None
    days_ended_by: Injection | None
    last_day: int

    @property
    def day_zero(self) -> date:
        return day_zero(self.injection)


def course_of(injection: Injection, records: InForce) -> Course:
    """The course of one injection in force."""
    later = (other for other in records.injections if other.performed_at > injection.performed_at)
    any_side = min(later, key=lambda other: other.performed_at, default=None)
    same = next_of_same_side(injection, records.injections)
    last = records.as_of if same is None else day_zero(same) - timedelta(days=1)
    last_day = day_since(injection, last)
    return Course(
        injection=injection,
        records=records,
        moments=tuple(
            (minute, moment)
            for moment in records.moments
            if 0 <= (minute := minute_since(injection.performed_at, moment.at)) <= MINUTES_SHOWN
            and (any_side is None or moment.at < any_side.performed_at)
        ),
        days=tuple(
            (number, day)
            for day in records.days
            if -DAYS_SHOWN_BEFORE <= (number := day_since(injection, day.day)) <= last_day
        ),
        minutes_ended_by=any_side,
        days_ended_by=same,
        last_day=last_day,
    )


def earlier_of_same_side(injection: Injection, records: InForce, *, most: int) -> tuple[Injection, ...]:
    """The injections of the same side on earlier dates, the nearest first."""
    before = [
        other for other in records.injections if day_zero(other) < day_zero(injection) and same_side(injection, other)
    ]
    return tuple(reversed(before))[:most]


def last_day_counted(course: Course) -> int:
    """The last day of the course; *as of* itself is not over yet, so it counts once something is written about it."""
    if course.days_ended_by is not None or any(number == course.last_day for number, _ in course.days):
        return course.last_day
    return course.last_day - 1


# --- points -----------------------------------------------------------------------------------------------------------


def moment_points(course: Course, instrument: Instrument, *, rule: LateAfter) -> list[Point]:
    """One point for each moment that has this instrument; ``x`` is in minutes."""
    points = []
    for minute, moment in course.moments:
        given = moment.scores.get(instrument)
        score = score_of(course.injection, instrument, given)
        if given is None or score is None:
            continue
        late = moment_is_late(given.settled_at, moment.at, minute=minute, rule=rule)
        points.append(_point(float(minute), score, given, late, minute_in_words(minute)))
    return points


def day_points(course: Course, instrument: Instrument) -> list[Point]:
    """One point for each day that has this instrument; ``x`` is the day."""
    points = []
    for number, day in course.days:
        given = day.scores.get(instrument)
        score = score_of(course.injection, instrument, given)
        if given is None or score is None:
            continue
        late = day_is_late(given.settled_at, day.day, course.records.zone)
        points.append(_point(float(number), score, given, late, day_in_words(course.day_zero, number)))
    return points


def score_of(injection: Injection, instrument: Instrument, given: ScoreInForce | None) -> Fraction | None:
    """The answer as one number: of the activities their mean, where the list has the length of the names."""
    if given is None:
        return None
    answer: Answer = given.score
    if isinstance(answer, int):
        return Fraction(answer)
    if instrument is Instrument.ACTIVITIES and has_own_activities(injection):
        return Fraction(sum(answer), len(answer)) if len(answer) == len(injection.activities) else None
    return None


def _point(x: float, score: Fraction, given: ScoreInForce, late: bool, when: str) -> Point:
    helper = given.entry.source is Source.HELPER
    paper = given.original.transcribed
    told = ((_("late"), late), (_("helper"), helper), (_("from paper"), paper), (_("changed"), given.corrected))
    remarks = [word for word, true in told if true]
    words = ", ".join([f"{when}: {score_in_words(score)}", *remarks])
    return Point(
        x=x, score=score, when=when, words=words, late=late, helper=helper, paper=paper, changed=given.corrected
    )


def week_of(day: int) -> int:
    """Weeks after day 14 begin on days 15, 22, ...; week 3 is days 15 to 21."""
    return (day - 1) // 7 + 1


def week_medians(points: Sequence[Point], *, least_days: int) -> list[Point]:
    """The median of each week that has enough days, at the middle of the week; ``x`` stays in days."""
    weeks: dict[int, list[Point]] = {}
    for point in points:
        weeks.setdefault(week_of(int(point.x)), []).append(point)
    medians = []
    for week, of_week in sorted(weeks.items()):
        if len(of_week) < least_days:
            continue
        first, last = 7 * week - 6, 7 * week
        score = median([point.score for point in of_week])
        when = _("days %(first)s to %(last)s", first=first, last=last)
        words = _median_in_words(when, score, len(of_week))
        medians.append(Point(x=(first + last) / 2, score=score, when=when, words=words, n=len(of_week)))
    return medians


def _median_in_words(when: str, score: Fraction, days: int) -> str:
    return ngettext(
        "%(when)s: median %(score)s of 1 day",
        "%(when)s: median %(score)s of %(num)s days",
        days,
        when=when,
        score=score_in_words(score),
    )


def month_number(injection: Injection, month: date) -> int:
    """The month of the injection is month 1."""
    zero = day_zero(injection)
    return 12 * (month.year - zero.year) + month.month - zero.month + 1


def month_points(course: Course, months: Sequence[MonthSummary], instrument: Instrument) -> list[Point]:
    """One point for each month that has a median of this instrument; ``x`` is the number of the month."""
    points = []
    for month in months:
        summed = month.average if instrument is Instrument.AVERAGE else month.moving
        if summed is None:
            continue
        when = month_in_words(month.month)
        words = _median_in_words(when, summed.score, summed.n)
        x = float(month_number(course.injection, month.month))
        points.append(Point(x=x, score=summed.score, when=when, words=words, n=summed.n))
    return points


def months_of(course: Course) -> tuple[MonthSummary, ...]:
    """The days after the first 52 weeks by calendar month."""
    by_month: dict[date, list[DayInForce]] = {}
    for number, day in course.days:
        if number > LAST_DAY_OF_THE_WEEKS:
            by_month.setdefault(day.day.replace(day=1), []).append(day)
    return tuple(
        MonthSummary(
            month=month,
            days=len(days),
            medicine_days=sum(1 for day in days if day.analgesic),
            average=_median(days, Instrument.AVERAGE),
            moving=_median(days, Instrument.MOVING),
        )
        for month, days in sorted(by_month.items())
    )


def _median(days: Sequence[DayInForce], instrument: Instrument) -> Median | None:
    scores = [
        given.score
        for day in days
        if (given := day.scores.get(instrument)) is not None and isinstance(given.score, int)
    ]
    return Median(score=median(scores), n=len(scores)) if scores else None


def now_points(course: Course, *, rule: LateAfter) -> list[Point]:
    """The series of right now in minutes, with the score from just before at minute 0."""
    instrument = series_now(course.injection)
    points = moment_points(course, instrument, rule=rule)
    before = course.injection.baseline.get(instrument)
    if isinstance(before, int):
        words = _("just before the injection: %(score)s", score=before)
        start = Point(x=0.0, score=Fraction(before), when=_("just before"), words=words)
        return [start, *points]
    return points
