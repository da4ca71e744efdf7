"""The patient's own chart: dots and a thin line, gaps left open, nothing judged.

No percentages, thresholds, verdicts, arrows or colours of good and bad (``screens.md``, 3.6). What stands in it is said
in the language spoken, and time runs from left to right in each.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from diary.charts.canvas import FONT_IN_PRINT, line, marker, picture, tag, text, titled, trail
from diary.charts.picture import Point
from diary.charts.runs import joined
from diary.charts.starts import start_of_average
from diary.charts.style import GREY, INK, NAVY, Style
from diary.domain.diary import Diary, Injection, Instrument
from diary.domain.relief import median
from diary.domain.timeline import DayInForce, day_is_late, days_in_force
from diary.words.dates import day_month_and_year, number
from diary.words.language import gettext as _

DAYS_SHOWN, DAYS_IN_WORDS = 14, 7
LEAST_DAYS_BEFORE = 4
LEAST_FOR_A_CHART = 3


class Stretch(StrEnum):
    """The last 14 days, or everything by week."""

    FORTNIGHT = "14-days"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientDay:
    """One day of the table; what was not given is None. ``filled_in`` is False for a day without an entry."""

    day: date
    pain: int | None = None
    moving: int | None = None
    medicine: bool | None = None
    filled_in: bool = False
    late: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientChart:
    """What the patient's page shows: the runs of both charts (``x`` is the day as an ordinal), and the words' numbers.

    ``lowest`` and ``highest`` are of the last seven days, in which ``days_filled_in`` days have an entry.
    """

    stretch: Stretch
    first: date
    last: date
    pain: tuple[tuple[Point, ...], ...]
    moving: tuple[tuple[Point, ...], ...]
    start: Fraction | None
    days_filled_in: int
    lowest: int | None
    highest: int | None
    table: tuple[PatientDay, ...]

    @property
    def has_enough(self) -> bool:
        """Whether there are the three entries that a chart starts with."""
        return sum(1 for day in self.table if day.filled_in) >= LEAST_FOR_A_CHART


def build_patient_chart(
    diary: Diary, *, injection: Injection | None, today: date, stretch: Stretch = Stretch.FORTNIGHT
) -> PatientChart:
    """The chart of one patient up to today; ``injection`` gives the score before it, where there was one."""
    days, _ = days_in_force(diary, as_of=today)
    first = _first_day(days, today=today, stretch=stretch)
    shown = [day for day in days if day.day >= first]
    start = start_of_average(injection, days, least_days=LEAST_DAYS_BEFORE) if injection is not None else None
    week = [day for day in days if day.day > today - timedelta(days=DAYS_IN_WORDS)]
    scores = [score for day in week if (score := _answer(day, Instrument.AVERAGE)) is not None]
    return PatientChart(
        stretch=stretch,
        first=first,
        last=today,
        pain=_runs(shown, Instrument.AVERAGE, stretch),
        moving=_runs(shown, Instrument.MOVING, stretch),
        start=start.score if start else None,
        days_filled_in=len(week),
        lowest=min(scores, default=None),
        highest=max(scores, default=None),
        table=tuple(_table(diary, shown, first=first, last=today)),
    )


def _first_day(days: Sequence[DayInForce], *, today: date, stretch: Stretch) -> date:
    fortnight = today - timedelta(days=DAYS_SHOWN - 1)
    return min(fortnight, days[0].day) if days and stretch is Stretch.ALL else fortnight


def _answer(day: DayInForce, instrument: Instrument) -> int | None:
    given = day.scores.get(instrument)
    return given.score if given is not None and isinstance(given.score, int) else None


def _runs(days: Sequence[DayInForce], instrument: Instrument, stretch: Stretch) -> tuple[tuple[Point, ...], ...]:
    if stretch is Stretch.FORTNIGHT:
        points = [_point(day.day, Fraction(score)) for day in days if (score := _answer(day, instrument)) is not None]
        return joined(points, within=1)
    weeks: dict[date, list[int]] = {}
    for day in days:
        if (score := _answer(day, instrument)) is not None:
            weeks.setdefault(day.day - timedelta(days=day.day.weekday()), []).append(score)
    return joined([_point(monday, median(scores)) for monday, scores in sorted(weeks.items())], within=7)


def _point(day: date, score: Fraction) -> Point:
    when = day_month_and_year(day)
    words = _("%(day)s: %(score)s", day=when, score=number(float(score), decimals=2))
    return Point(x=float(day.toordinal()), score=score, when=when, words=words)


def _table(diary: Diary, days: Sequence[DayInForce], *, first: date, last: date) -> Iterator[PatientDay]:
    """Newest first; days without an entry are among the last fourteen only, older ones are left blank."""
    recorded = {day.day: day for day in days}
    zone = diary.patient.zone
    for back in range((last - first).days + 1):
        date_ = last - timedelta(days=back)
        day = recorded.get(date_)
        if day is not None:
            yield PatientDay(
                day=date_,
                pain=_answer(day, Instrument.AVERAGE),
                moving=_answer(day, Instrument.MOVING),
                medicine=day.analgesic,
                filled_in=True,
                late=day_is_late(day.first.recorded_at, date_, zone),
                changed=any(chain.corrected for chain in day.chains),
            )
        elif back < DAYS_SHOWN:
            yield PatientDay(day=date_)


# --- drawing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientWords:
    """The words in and for the drawing, in the language spoken. ``before``: the line of the score before."""

    highest: str
    lowest: str
    side: str
    before: str
    label: str

    @classmethod
    def of_pain(cls, chart: PatientChart) -> "PatientWords":
        """The words around the chart of pain."""
        return cls(
            highest=_("10 worst pain you can imagine"),
            lowest=_("0 no pain"),
            side=_("Lower is less pain"),
            before=_before(chart),
            label=_("Your pain scores, day by day from left to right. They stand in the table below too."),
        )

    @classmethod
    def of_moving(cls, chart: PatientChart) -> "PatientWords":
        """The words around the chart of how hard it was to move about."""
        return cls(
            highest=_("10 could not move about"),
            lowest=_("0 not hard at all"),
            side=_("Lower is easier"),
            before=_before(chart),
            label=_(
                "How hard it was to move about, day by day from left to right. The scores stand in the table below too."
            ),
        )


def _before(chart: PatientChart) -> str:
    start = chart.start if chart.start is not None else Fraction()
    return _("Before the injection: %(score)s", score=number(float(start), decimals=2))


_WIDTH, _LEFT, _RIGHT = 320, 26, 312
_TOP = 22
_TITLE = 18
_MARGIN = 90  # in print, so that its letters are not twice those around it
_HEIGHTS = {"pain": 150, "moving": 90}
_DOT = Style(colour=NAVY, symbol="circle", size=7, width=1.25)


def pain_svg(chart: PatientChart) -> str:
    """The chart of pain, 320 units wide."""
    said = PatientWords.of_pain(chart)
    return _drawing(chart, chart.pain, said, height=_HEIGHTS["pain"], start=chart.start, prefix="my-pain")


def moving_svg(chart: PatientChart) -> str:
    """The smaller chart of how hard it was to move about."""
    said = PatientWords.of_moving(chart)
    return _drawing(chart, chart.moving, said, height=_HEIGHTS["moving"], start=None, prefix="my-moving")


def scores_for_print(chart: PatientChart) -> str:
    """Both drawings under each other with their names, to be printed."""
    pain = _parts(chart, chart.pain, PatientWords.of_pain(chart), height=_HEIGHTS["pain"], start=chart.start)
    moving = _parts(chart, chart.moving, PatientWords.of_moving(chart), height=_HEIGHTS["moving"], start=None)
    second = _TITLE + _whole(_HEIGHTS["pain"]) + _TITLE
    drawn = tag(
        "g",
        text(_("Pain"), (0, 12), font_weight="bold"),
        tag("g", *pain, transform=f"translate(0 {_TITLE})"),
        text(_("How hard it was to move about"), (0, second - 6), font_weight="bold"),
        tag("g", *moving, transform=f"translate(0 {second})"),
        transform=f"translate({_MARGIN} 0)",
    )
    return picture(
        drawn,
        width=_WIDTH + 2 * _MARGIN,
        height=second + _whole(_HEIGHTS["moving"]),
        label=_("Pain, and how hard it was to move about, day by day. The scores stand in the table too."),
        prefix="my-scores",
        font=FONT_IN_PRINT,
    )


def _drawing(
    chart: PatientChart,
    runs: Sequence[Sequence[Point]],
    words: PatientWords,
    *,
    height: float,
    start: Fraction | None,
    prefix: str,
) -> str:
    parts = _parts(chart, runs, words, height=height, start=start)
    return picture(*parts, width=_WIDTH, height=_whole(height), label=words.label, prefix=prefix, css="patient-chart")


def _whole(height: float) -> float:
    """How high a drawing is whose scale has this height."""
    return _TOP + height + 38


def _parts(
    chart: PatientChart,
    runs: Sequence[Sequence[Point]],
    words: PatientWords,
    *,
    height: float,
    start: Fraction | None,
) -> list[str]:
    first, last = chart.first.toordinal(), chart.last.toordinal()
    if chart.stretch is Stretch.ALL:
        first -= chart.first.weekday()
    bottom = _TOP + height

    def x(ordinal: float) -> float:
        return _LEFT + 8 + (ordinal - first) / max(last - first, 1) * (_RIGHT - _LEFT - 16)

    def y(score: float) -> float:
        return bottom - score / 10 * height

    parts = [
        text(words.highest, (0, 12)),
        text(words.lowest, (0, bottom + 32)),
        text(words.side, (_RIGHT, bottom + 32), text_anchor="end", fill=GREY),
        *(text(str(score), (_LEFT - 6, y(score) + 4), text_anchor="end") for score in (0, 2, 4, 6, 8, 10)),
        line((_LEFT, bottom + 5), (_RIGHT, bottom + 5), colour=GREY),
        *_dates(chart, x, bottom + 18),
    ]
    if start is not None:
        at = y(float(start))
        parts.append(line((_LEFT, at), (_RIGHT, at), colour=GREY, width=1.5))
        parts.append(
            text(
                words.before,
                (_RIGHT, at - 5),
                text_anchor="end",
                stroke="#FFFFFF",
                stroke_width=3,
                paint_order="stroke",
            )
        )
    for run in runs:
        places = [(x(point.x), y(float(point.score))) for point in run]
        parts.append(trail(places, _DOT))
        parts += [titled(point.words, marker(at, _DOT)) for point, at in zip(run, places, strict=True)]
    return parts


def _dates(chart: PatientChart, x: Callable[[float], float], y: float) -> Iterator[str]:
    span = (chart.last - chart.first).days
    for share, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        day = chart.first + timedelta(days=round(span * share))
        at = x(day.toordinal())
        yield line((at, y - 13), (at, y - 9), colour=INK)
        yield text(f"{day.day}/{day.month}", (at, y), text_anchor=anchor)
