"""The lines of a profile: which scores stand in which panel, and which neighbours are joined.

Pain right now is `movement` where the injection has a movement baseline, else `rest`, as the block is judged; pain over
days is `average`. After day 14 a daily diary is drawn by its weekly medians, a weekly one score by score.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from diary.charts.axes import LAST_DAY_OF_THE_FORTNIGHT, LAST_MINUTE_IN_CLINIC
from diary.charts.course import (
    LAST_DAY_OF_THE_WEEKS,
    Course,
    day_points,
    moment_points,
    month_points,
    now_points,
    week_medians,
)
from diary.charts.picture import PanelKey, Point, Series, Strip, What
from diary.charts.runs import joined
from diary.domain.diary import Instrument
from diary.domain.months import MonthSummary
from diary.domain.timeline import LateAfter

LEAST_DAYS_OF_A_WEEK = 4
# A line joins two neighbours that are at most so far apart: minutes in the clinic (scores are due every 5, the
# activities every 15), minutes at home (hourly, and one may be missing), days, days of a weekly schedule, months.
JOINED_IN_CLINIC, JOINED_AT_HOME, JOINED_DAYS, JOINED_WEEKLY, JOINED_WEEKS, JOINED_MONTHS = 15, 120, 1, 10, 7, 1
PAIN = frozenset({What.NOW, What.AVERAGE, What.WEEK_MEDIAN, What.DAY_OF_WEEK, What.SINGLE, What.MONTH_MEDIAN})

SeriesByPanel = dict[PanelKey, list[Series]]


def series_of(
    course: Course, months: Sequence[MonthSummary], *, rule: LateAfter, daily_until: int | None
) -> SeriesByPanel:
    series: SeriesByPanel = defaultdict(list)
    _append_moments(series, now_points(course, rule=rule), What.NOW, generation=0)
    _append_days(
        series, day_points(course, Instrument.AVERAGE), What.AVERAGE, What.WEEK_MEDIAN, daily_until=daily_until
    )
    for instrument, what, median in (
        (Instrument.MOVING, What.MOVING, What.MOVING_MEDIAN),
        (Instrument.ACTIVITIES, What.ACTIVITIES, What.ACTIVITIES_MEDIAN),
    ):
        _append_moments(series, moment_points(course, instrument, rule=rule), what, generation=0)
        _append_days(series, day_points(course, instrument), what, median, daily_until=daily_until)
    for instrument, what in ((Instrument.AVERAGE, What.MONTH_MEDIAN), (Instrument.MOVING, What.MOVING_MEDIAN)):
        _append(series, PanelKey.MONTHS, what, month_points(course, months, instrument), within=JOINED_MONTHS)
    return series


def append_earlier(
    series: SeriesByPanel, course: Course, *, generation: int, rule: LateAfter, daily_until: int | None
) -> None:
    """An earlier injection is drawn from its own day 0 on, and its pain alone."""
    _append_moments(series, now_points(course, rule=rule), What.NOW, generation=generation)
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
