"""The five panels of the profile, their ranges and ticks, and where on them a minute or a day stands."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from diary.charts.course import LAST_DAY_OF_THE_WEEKS, MINUTES_SHOWN, Course, month_number
from diary.charts.picture import PanelKey
from diary.domain.timeline import day_since, minute_since
from diary.words.language import lazy_gettext, lazy_pgettext

LAST_MINUTE_IN_CLINIC = 30
LAST_DAY_OF_THE_FORTNIGHT = 14
HOURS_SHOWN, HOURS_WHERE_NEEDED = 12, 24
WEEKS_SHOWN = (26, 39, 52)

TITLES = {
    PanelKey.BEFORE: (lazy_pgettext("of a picture", "Before"), lazy_gettext("days")),
    PanelKey.CLINIC: (lazy_gettext("In clinic"), lazy_gettext("minutes")),
    PanelKey.SAME_DAY: (lazy_gettext("Same day"), lazy_gettext("hours")),
    PanelKey.FORTNIGHT: (lazy_gettext("Days 1 to 14"), lazy_gettext("days")),
    PanelKey.WEEKS: (lazy_gettext("After day 14"), lazy_gettext("weeks")),
    PanelKey.MONTHS: (lazy_gettext("After a year"), lazy_gettext("months, medians")),
}

_TICKS: dict[tuple[PanelKey, float], tuple[int, ...]] = {
    (PanelKey.BEFORE, 0): (-14, -7, 0),
    (PanelKey.CLINIC, LAST_MINUTE_IN_CLINIC): (0, 5, 10, 15, 20, 25, 30),
    (PanelKey.SAME_DAY, 12): (1, 2, 4, 6, 8, 10, 12),
    (PanelKey.SAME_DAY, 24): (1, 4, 8, 12, 18, 24),
    (PanelKey.FORTNIGHT, LAST_DAY_OF_THE_FORTNIGHT): (1, 3, 5, 7, 10, 14),
    (PanelKey.WEEKS, 26): (2, 4, 8, 13, 17, 22, 26),
    (PanelKey.WEEKS, 39): (2, 8, 13, 20, 26, 33, 39),
    (PanelKey.WEEKS, 52): (2, 13, 26, 39, 52),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One panel's range in its own unit."""

    key: PanelKey
    first: float
    last: float

    @property
    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Where the axis bears a number, and which."""
        if self.key is PanelKey.MONTHS:
            return tuple((float(month), str(month)) for month in _months_with_ticks(int(self.first), int(self.last)))
        return tuple((float(tick), str(tick)) for tick in _TICKS[self.key, self.last])


def _months_with_ticks(first: int, last: int) -> list[int]:
    step = next(step for step in (1, 2, 3, 6, 12, 24, 48, 120, 1200) if (last - first) // step < 7)
    return list(range(first, last + 1, step))


def axes_for(*, last_minute: float, last_day: float, last_month: int | None) -> tuple[Axis, ...]:
    """The panels that this much of a course needs; the months only where there are some."""
    hours = HOURS_SHOWN if last_minute <= HOURS_SHOWN * 60 else HOURS_WHERE_NEEDED
    weeks = next((shown for shown in WEEKS_SHOWN if last_day <= shown * 7), WEEKS_SHOWN[-1])
    axes = (
        Axis(key=PanelKey.BEFORE, first=-14, last=0),
        Axis(key=PanelKey.CLINIC, first=0, last=LAST_MINUTE_IN_CLINIC),
        Axis(key=PanelKey.SAME_DAY, first=0.5, last=hours),
        Axis(key=PanelKey.FORTNIGHT, first=1, last=LAST_DAY_OF_THE_FORTNIGHT),
        Axis(key=PanelKey.WEEKS, first=2, last=weeks),
    )
    if last_month is None:
        return axes
    return (*axes, Axis(key=PanelKey.MONTHS, first=13, last=max(last_month, 14)))


def place_of_minute(minute: float) -> tuple[PanelKey, float]:
    """Panel and x of a minute from 0 to 1440."""
    if minute <= LAST_MINUTE_IN_CLINIC:
        return PanelKey.CLINIC, minute
    return PanelKey.SAME_DAY, minute / 60


def place_of_day(course: Course, day: float) -> tuple[PanelKey, float]:
    """Panel and x of a day. Day 0, which is before and after in one, stands at the end of *before*."""
    if day <= 0:
        return PanelKey.BEFORE, day
    if day <= LAST_DAY_OF_THE_FORTNIGHT:
        return PanelKey.FORTNIGHT, day
    if day <= LAST_DAY_OF_THE_WEEKS:
        return PanelKey.WEEKS, day / 7
    month = date_of_day(course, day).replace(day=1)
    return PanelKey.MONTHS, float(month_number(course.injection, month))


def date_of_day(course: Course, day: float) -> date:
    """The date of a day of this injection."""
    return course.day_zero + timedelta(days=int(day))


def place_of_instant(course: Course, instant: datetime) -> tuple[PanelKey, float] | None:
    """Where an instant stands in this course, or None outside of it."""
    minute = minute_since(course.injection.performed_at, instant)
    day = day_since(course.injection, instant.date())
    if minute >= 0 and (day <= 0 or minute <= LAST_MINUTE_IN_CLINIC):
        return place_of_minute(minute)
    if day > course.last_day or minute < -LAST_DAY_OF_THE_FORTNIGHT * MINUTES_SHOWN:
        return None
    return place_of_day(course, minute / MINUTES_SHOWN if minute < 0 else day)
