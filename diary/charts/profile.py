"""The injection response profile: one diary and one injection, made into what is drawn.

Which series: pain right now is `movement` where the injection has a movement baseline, else `rest`, as the block is
judged; the other of the two stays out of the picture, never in the same line. Pain over days is `average`. Difficulty
has a strip of its own: `moving` (how hard it was to move about) and the mean of the patient's own activities are two
series with their own marks, in moments and days alike, and the strip's one start line is that of the activities where
they have a baseline of their own, else that of `moving` (``judgement.md``, sections 1 and 3; ``screens.md``, 3.3).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from diary.charts.account import footnotes_of, summary_of, title_of
from diary.charts.axes import LAST_DAY_OF_THE_FORTNIGHT, LAST_MINUTE_IN_CLINIC, TITLES, Axis, axes_for
from diary.charts.course import (
    LAST_DAY_OF_THE_WEEKS,
    Course,
    course_of,
    day_points,
    earlier_of_same_side,
    moment_points,
    month_number,
    month_points,
    months_of,
    now_points,
    week_medians,
    week_of,
)
from diary.charts.marks import ends, entry_marks, event_marks, gaps, medicine_marks, phases
from diary.charts.picture import Panel, PanelKey, Point, Profile, Series, Start, Strip, Threshold, What
from diary.charts.relief_bar import relief_bar
from diary.charts.runs import joined
from diary.charts.starts import start_now, start_of_average, start_of_difficulty, thresholds_for
from diary.charts.table import table_of
from diary.domain.diary import Injection, Instrument
from diary.domain.in_force import InForce
from diary.domain.months import MonthSummary
from diary.domain.timeline import LateAfter
from diary.words.times import in_words

EARLIER_SHOWN = 2  # with the one looked at, three
LEAST_DAYS_OF_A_WEEK = 4
# A line joins two neighbours that are at most so far apart: minutes in the clinic (scores are due every 5, the
# activities every 15), minutes at home (hourly, and one may be missing), days, days of a weekly schedule, months.
JOINED_IN_CLINIC, JOINED_AT_HOME, JOINED_DAYS, JOINED_WEEKLY, JOINED_WEEKS, JOINED_MONTHS = 15, 120, 1, 10, 7, 1
ASKED_DAILY_UNTIL = 14

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Entries are expected each day up to day ``daily_until``, then each week; None: each day throughout."""

    daily_until: int | None = ASKED_DAILY_UNTIL


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRules:
    """The numbers of a picture that a rule set holds. ``half`` and ``good`` are percent less than the start."""

    late: LateAfter
    half: int = 50
    good: tuple[int, int] = (75, 80)
    lowest_start: int = 4
    days_before: int = 4


def build_profile(
    records: InForce,
    injection: Injection,
    *,
    rules: ProfileRules,
    window: tuple[int, int] | None = None,
    schedule: Schedule | None = None,
) -> Profile:
    """The profile of one injection in force on the date of the records.

    ``window`` is onset and usual end of the anaesthetic in minutes. Without a ``schedule`` each injection's own is read
    from how often somebody wrote.
    """
    course = course_of(injection, records)
    months = months_of(course)
    earlier = [course_of(other, records) for other in earlier_of_same_side(injection, records, most=EARLIER_SHOWN)]
    axes = axes_for(
        last_minute=max((minute for minute, _ in course.moments), default=0),
        last_day=_last_day_drawn(course, earlier),
        last_month=max((month_number(injection, month.month) for month in months), default=None),
    )
    daily_until = (schedule or schedule_of(course)).daily_until
    series = _series(course, months, rules=rules, daily_until=daily_until)
    for generation, other in enumerate(earlier, start=1):
        until = (schedule or schedule_of(other)).daily_until
        _append_earlier(series, other, generation=generation, rules=rules, daily_until=until)
    panels = _panels(course, axes, series, months, rules=rules, window=window, daily_until=daily_until)
    return Profile(
        title=title_of(course),
        day_zero=course.day_zero,
        summary=summary_of(course, panels),
        panels=panels,
        generations=_generations(course, earlier),
        relief=relief_bar(course, panels[0].start, lowest_start=rules.lowest_start, daily_until=daily_until),
        footnotes=footnotes_of(course, panels, months, rule=rules.late, lowest_start=rules.lowest_start),
        table=table_of(course, months, rule=rules.late),
    )


def schedule_of(course: Course) -> Schedule:
    """A guess for a clinic that has not said: daily throughout where most weeks hold four days or more.

    An imported diary that somebody kept every day for years is a daily one, whatever this clinic asks.
    """
    weeks: dict[int, int] = defaultdict(int)
    for number, _ in course.days:
        if LAST_DAY_OF_THE_FORTNIGHT < number <= LAST_DAY_OF_THE_WEEKS:
            weeks[week_of(number)] += 1
    often = sum(1 for days in weeks.values() if days >= LEAST_DAYS_OF_A_WEEK)
    return Schedule(daily_until=None) if 2 * often > len(weeks) else Schedule()


def _last_day_drawn(course: Course, earlier: Sequence[Course]) -> int:
    reached = [one.days[-1][0] for one in (course, *earlier) if one.days]
    return min(max([course.last_day, *reached]), LAST_DAY_OF_THE_WEEKS)


def _generations(course: Course, earlier: Sequence[Course]) -> tuple[str, ...]:
    names = ("this injection", "the one before on this side", "an older one on this side")
    return tuple(f"{name}, {in_words(one.day_zero)}" for name, one in zip(names, (course, *earlier), strict=False))


# --- series -----------------------------------------------------------------------------------------------------------

SeriesByPanel = dict[PanelKey, list[Series]]


def _series(
    course: Course, months: Sequence[MonthSummary], *, rules: ProfileRules, daily_until: int | None
) -> SeriesByPanel:
    series: SeriesByPanel = defaultdict(list)
    _append_moments(series, now_points(course, rule=rules.late), What.NOW, generation=0)
    _append_days(
        series, day_points(course, Instrument.AVERAGE), What.AVERAGE, What.WEEK_MEDIAN, daily_until=daily_until
    )
    for instrument, what, median in (
        (Instrument.MOVING, What.MOVING, What.MOVING_MEDIAN),
        (Instrument.ACTIVITIES, What.ACTIVITIES, What.ACTIVITIES_MEDIAN),
    ):
        _append_moments(series, moment_points(course, instrument, rule=rules.late), what, generation=0)
        _append_days(series, day_points(course, instrument), what, median, daily_until=daily_until)
    for instrument, what in ((Instrument.AVERAGE, What.MONTH_MEDIAN), (Instrument.MOVING, What.MOVING_MEDIAN)):
        _append(series, PanelKey.MONTHS, what, month_points(course, months, instrument), within=JOINED_MONTHS)
    return series


def _append_earlier(
    series: SeriesByPanel, course: Course, *, generation: int, rules: ProfileRules, daily_until: int | None
) -> None:
    """An earlier injection is drawn from its own day 0 on, and its pain alone."""
    _append_moments(series, now_points(course, rule=rules.late), What.NOW, generation=generation)
    days = [point for point in day_points(course, Instrument.AVERAGE) if point.x > 0]
    _append_days(series, days, What.AVERAGE, What.WEEK_MEDIAN, daily_until=daily_until, generation=generation)


def _append_moments(series: SeriesByPanel, points: Sequence[Point], what: What, *, generation: int) -> None:
    in_clinic = [point for point in points if point.x <= LAST_MINUTE_IN_CLINIC]
    at_home = [point for point in points if point.x > LAST_MINUTE_IN_CLINIC]
    _append(series, PanelKey.CLINIC, what, in_clinic, within=JOINED_IN_CLINIC, generation=generation)
    _append(series, PanelKey.SAME_DAY, what, at_home, within=JOINED_AT_HOME, unit=60, generation=generation)


def _append_days(
    series: SeriesByPanel,
    points: Sequence[Point],
    what: What,
    median: What,
    *,
    daily_until: int | None,
    generation: int = 0,
) -> None:
    before = [point for point in points if point.x < 0]
    on_day_zero = [point for point in points if point.x == 0]
    fortnight = [point for point in points if 0 < point.x <= LAST_DAY_OF_THE_FORTNIGHT]
    # Asked once a week, the activities are joined over a week in the fortnight too.
    within = JOINED_WEEKLY if what is What.ACTIVITIES else JOINED_DAYS
    _append(series, PanelKey.BEFORE, what, before, within=within, alone=on_day_zero, generation=generation)
    _append(series, PanelKey.FORTNIGHT, what, fortnight, within=within, generation=generation)
    after = [point for point in points if LAST_DAY_OF_THE_FORTNIGHT < point.x <= LAST_DAY_OF_THE_WEEKS]
    daily = [point for point in after if daily_until is None or point.x <= daily_until]
    weekly = after[len(daily) :]
    medians = week_medians(daily, least_days=LEAST_DAYS_OF_A_WEEK)
    _append(series, PanelKey.WEEKS, median, medians, within=JOINED_WEEKS, unit=7, generation=generation)
    if what is What.AVERAGE and generation == 0:
        _append(series, PanelKey.WEEKS, What.DAY_OF_WEEK, daily, within=0, unit=7)
    single = What.SINGLE if what is What.AVERAGE else what
    _append(series, PanelKey.WEEKS, single, weekly, within=JOINED_WEEKLY, unit=7, generation=generation)


def _append(
    series: SeriesByPanel,
    key: PanelKey,
    what: What,
    points: Sequence[Point],
    *,
    within: float,
    unit: int = 1,
    alone: Sequence[Point] = (),
    generation: int = 0,
) -> None:
    runs = (*joined(points, within=within), *((point,) for point in alone))
    if not runs:
        return
    in_unit = tuple(tuple(replace(point, x=point.x / unit) for point in run) for run in runs)
    strip = Strip.PAIN if what in PAIN else Strip.DIFFICULTY
    series[key].append(Series(what=what, strip=strip, generation=generation, runs=in_unit))


PAIN = frozenset({What.NOW, What.AVERAGE, What.WEEK_MEDIAN, What.DAY_OF_WEEK, What.SINGLE, What.MONTH_MEDIAN})


# --- panels -----------------------------------------------------------------------------------------------------------


def _panels(
    course: Course,
    axes: tuple[Axis, ...],
    series: SeriesByPanel,
    months: tuple[MonthSummary, ...],
    *,
    rules: ProfileRules,
    window: tuple[int, int] | None,
    daily_until: int | None,
) -> tuple[Panel, ...]:
    last_hour = next(axis.last for axis in axes if axis.key is PanelKey.SAME_DAY)
    bands = _by_panel(phases(window, last_hour=last_hour))
    boxes = _by_panel(gaps(course, axes, daily_until=daily_until))
    medicines = _by_panel(medicine_marks(course, course.records.medicines, months))
    events = _by_panel(event_marks(course))
    entries = _by_panel(entry_marks(course, rule=rules.late))
    ended_by = ends(course)
    of_moments = start_now(course.injection)
    of_days = start_of_average(course.injection, course.records.days, least_days=rules.days_before)
    difficulty = start_of_difficulty(course.injection)
    panels = []
    for axis in axes:
        start = of_moments if axis.key in (PanelKey.CLINIC, PanelKey.SAME_DAY) else of_days
        drawn = tuple(series.get(axis.key, ()))
        title, unit = TITLES[axis.key]
        panels.append(
            Panel(
                key=axis.key,
                title=title,
                unit=unit,
                first=axis.first,
                last=axis.last,
                ticks=axis.ticks,
                start=start,
                difficulty_start=difficulty,
                thresholds=_thresholds(axis.key, start, rules),
                bands=tuple(bands[axis.key]),
                gaps=tuple(boxes[axis.key]),
                series=drawn,
                medicines=tuple(medicines[axis.key]),
                events=tuple(sorted(events[axis.key], key=lambda mark: mark.x)),
                entries=tuple(entries[axis.key]),
                ended_by=ended_by.get(axis.key),
                note=None if any(one.generation == 0 for one in drawn) else _note(course, axis),
            )
        )
    return tuple(panels)


def _thresholds(key: PanelKey, start: Start | None, rules: ProfileRules) -> tuple[Threshold, ...]:
    if key is PanelKey.BEFORE:
        return ()
    return thresholds_for(start, half=rules.half, good=rules.good, lowest_start=rules.lowest_start)


def _note(course: Course, axis: Axis) -> str:
    """Why nothing is drawn here."""
    first_day = {PanelKey.FORTNIGHT: 1, PanelKey.WEEKS: LAST_DAY_OF_THE_FORTNIGHT + 1}.get(axis.key, 0)
    if first_day > course.last_day:
        return "ended by the next injection" if course.days_ended_by else "not reached yet"
    return "no entries"


def _by_panel(placed: Iterable[tuple[PanelKey, T]]) -> dict[PanelKey, list[T]]:
    grouped: dict[PanelKey, list[T]] = defaultdict(list)
    for key, what in placed:
        grouped[key].append(what)
    return grouped
