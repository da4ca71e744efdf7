"""The table behind the picture: everything that is drawn, and what has no place on its axes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from diary.charts.course import (
    DAYS_SHOWN_BEFORE,
    LAST_DAY_OF_THE_WEEKS,
    MINUTES_SHOWN,
    Course,
    month_number,
    score_of,
    week_of,
)
from diary.charts.findings import Findings, words_of_day, words_of_minute
from diary.charts.picture import TableRow
from diary.charts.starts import series_now
from diary.domain.calendar import months_later
from diary.domain.diary import Instrument, Source
from diary.domain.months import MonthSummary
from diary.domain.relief import median
from diary.domain.timeline import (
    DayInForce,
    LateAfter,
    MomentInForce,
    day_is_late,
    day_since,
    minute_since,
    moment_is_late,
)
from diary.words.entries import by_of
from diary.words.findings import as_sentence
from diary.words.language import gettext as _
from diary.words.language import ngettext
from diary.words.times import day_in_words, in_words, instant_in_words, minute_in_words, month_in_words

FORTNIGHT = 14


def table_of(
    course: Course, months: Sequence[MonthSummary], findings: Findings, *, rule: LateAfter
) -> tuple[TableRow, ...]:
    """By day before and up to day 14, each moment, by week up to a year, by month after it; with what was found."""
    moments = tuple(_all_moments(course))
    return (
        *(_day_row(course, number, day) for number, day in _days(course, -DAYS_SHOWN_BEFORE, 0)),
        *(
            _with(_moment_row(course, minute, moment, rule=rule), words_of_minute(findings, minute))
            for minute, moment in moments
            if minute <= MINUTES_SHOWN
        ),
        *(
            _with(_day_row(course, number, day), words_of_day(findings, number, number))
            for number, day in _days(course, 1, FORTNIGHT)
        ),
        *_week_rows(course, findings),
        *(_month_row(course, month, findings) for month in months),
        *(_moment_row(course, minute, moment, rule=rule) for minute, moment in moments if minute > MINUTES_SHOWN),
    )


def _with(row: TableRow, found: Sequence[str]) -> TableRow:
    """The row that says beside its entries what was found there."""
    return replace(row, entries="; ".join([row.entries, *found]))


def _all_moments(course: Course) -> Iterator[tuple[int, MomentInForce]]:
    ends_at = course.minutes_ended_by.performed_at if course.minutes_ended_by else None
    for moment in course.records.moments:
        minute = minute_since(course.injection.performed_at, moment.at)
        within = -DAYS_SHOWN_BEFORE <= day_since(course.injection, moment.at.date()) <= course.last_day
        if within and (ends_at is None or moment.at < ends_at or minute > MINUTES_SHOWN):
            yield minute, moment


def _days(course: Course, first: int, last: int) -> Iterator[tuple[int, DayInForce | None]]:
    """Every day of the stretch that is over, also those without an entry; before, from the first entry on."""
    recorded = dict(course.days)
    begin = min((number for number in recorded if number >= first), default=last + 1) if first < 0 else first
    for number in range(begin, min(last, course.last_day) + 1):
        yield number, recorded.get(number)


def _day_row(course: Course, number: int, day: DayInForce | None) -> TableRow:
    when = as_sentence(day_in_words(course.day_zero, number))
    if day is None:
        return TableRow(when=when, entries=_("no entry"))
    return TableRow(
        when=when,
        average=score_of(course.injection, Instrument.AVERAGE, day.scores.get(Instrument.AVERAGE)),
        moving=score_of(course.injection, Instrument.MOVING, day.scores.get(Instrument.MOVING)),
        activities=score_of(course.injection, Instrument.ACTIVITIES, day.scores.get(Instrument.ACTIVITIES)),
        medicine=_yes_or_no(day.analgesic),
        entries=_how(day, late=day_is_late(day.first.recorded_at, day.day, course.records.zone)),
    )


def _moment_row(course: Course, minute: int, moment: MomentInForce, *, rule: LateAfter) -> TableRow:
    if 0 <= minute <= MINUTES_SHOWN:
        when = _("%(minute)s after (%(time)s)", minute=minute_in_words(minute), time=f"{moment.at:%H:%M}")
    else:
        when = _("Right now, %(when)s", when=instant_in_words(moment.at))
    now = series_now(course.injection)
    return TableRow(
        when=when,
        pain_now=score_of(course.injection, now, moment.scores.get(now)),
        moving=score_of(course.injection, Instrument.MOVING, moment.scores.get(Instrument.MOVING)),
        activities=score_of(course.injection, Instrument.ACTIVITIES, moment.scores.get(Instrument.ACTIVITIES)),
        medicine=_yes_or_no(moment.analgesic),
        entries=_how(moment, late=moment_is_late(moment.first.recorded_at, moment.at, minute=minute, rule=rule)),
    )


def _week_rows(course: Course, findings: Findings) -> Iterator[TableRow]:
    weeks: dict[int, list[DayInForce]] = {}
    for number, day in course.days:
        if FORTNIGHT < number <= LAST_DAY_OF_THE_WEEKS:
            weeks.setdefault(week_of(number), []).append(day)
    last = min(course.last_day, LAST_DAY_OF_THE_WEEKS)
    for week in range(week_of(FORTNIGHT + 1), week_of(max(last, FORTNIGHT)) + 1):
        days = weeks.get(week, [])
        first_day = course.day_zero + timedelta(days=7 * week - 6)
        when = _(
            "Days %(first)s to %(last)s (from %(date)s)", first=7 * week - 6, last=7 * week, date=in_words(first_day)
        )
        row = TableRow(
            when=when,
            average=_median(course, days, Instrument.AVERAGE),
            moving=_median(course, days, Instrument.MOVING),
            activities=_median(course, days, Instrument.ACTIVITIES),
            medicine=_days_with_medicine(days),
            entries=_("%(n)s of %(of)s days", n=len(days), of=7) if days else _("no entry"),
        )
        yield _with(row, words_of_day(findings, 7 * week - 6, 7 * week))


def _month_row(course: Course, month: MonthSummary, findings: Findings) -> TableRow:
    first = max(day_since(course.injection, month.month), LAST_DAY_OF_THE_WEEKS + 1)
    last = day_since(course.injection, months_later(month.month, 1)) - 1
    row = TableRow(
        when=_(
            "Month %(number)s (%(month)s)",
            number=month_number(course.injection, month.month),
            month=month_in_words(month.month),
        ),
        average=month.average.score if month.average else None,
        moving=month.moving.score if month.moving else None,
        medicine=_("%(n)s of %(of)s days", n=month.medicine_days, of=month.days),
        entries=ngettext("1 day", "%(num)s days", month.days),
    )
    return _with(row, words_of_day(findings, first, last))


def _median(course: Course, days: Sequence[DayInForce], instrument: Instrument) -> Fraction | None:
    scores = [
        score
        for day in days
        if (score := score_of(course.injection, instrument, day.scores.get(instrument))) is not None
    ]
    return median(scores) if scores else None


def _days_with_medicine(days: Sequence[DayInForce]) -> str:
    answered = [day for day in days if day.analgesic is not None]
    if not answered:
        return ""
    return _("%(n)s of %(of)s days", n=sum(1 for day in answered if day.analgesic), of=len(answered))


def _yes_or_no(answer: bool | None) -> str:
    return "" if answer is None else _("yes") if answer else _("no")


def _how(record: DayInForce | MomentInForce, *, late: bool) -> str:
    words = [_("late") if late else _("on time")]
    if record.first.source is Source.HELPER:
        words.append(_("helper"))
    words += [by_of(chain.original) for chain in record.chains if chain.original.transcribed]
    if any(chain.corrected for chain in record.chains):
        words.append(_("changed"))
    return ", ".join(words)
