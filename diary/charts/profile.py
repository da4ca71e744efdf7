"""The injection response profile: one diary and one injection, made into what is drawn.

Difficulty has a strip of its own: `moving` (how hard it was to move about) and the mean of the patient's own
activities are two series with their own marks, in moments and days alike, and the strip's one start line is that of the
activities where they have a baseline of their own, else that of `moving` (``judgement.md``, sections 1 and 3;
``screens.md``, 3.3).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from diary.charts.account import footnotes_of, summary_of, title_of
from diary.charts.axes import LAST_DAY_OF_THE_FORTNIGHT, TITLES, Axis, axes_for
from diary.charts.course import (
    LAST_DAY_OF_THE_WEEKS,
    Course,
    course_of,
    earlier_of_same_side,
    month_number,
    months_of,
    week_of,
)
from diary.charts.findings import Findings, findings_of, placed_findings
from diary.charts.marks import ends, entry_marks, event_marks, gaps, language_marks, phases
from diary.charts.medicines import medicine_marks, regular_medicines
from diary.charts.picture import Panel, PanelKey, Profile, Start, Threshold
from diary.charts.relief_bar import relief_bar
from diary.charts.series import LEAST_DAYS_OF_A_WEEK, SeriesByPanel, append_earlier, series_of
from diary.charts.starts import start_now, start_of_average, start_of_difficulty, thresholds_for
from diary.charts.table import table_of
from diary.domain.block import Block
from diary.domain.diary import Injection
from diary.domain.in_force import InForce
from diary.domain.months import MonthSummary
from diary.domain.steroid import SteroidCourse
from diary.domain.timeline import LateAfter
from diary.words.language import gettext as _
from diary.words.times import in_words

EARLIER_SHOWN = 2  # with the one looked at, three
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
    block: Block | None = None,
    steroid: SteroidCourse | None = None,
    schedule: Schedule | None = None,
) -> Profile:
    """The profile of one injection in force on the date of the records.

    ``window`` is onset and usual end of the anaesthetic in minutes; ``block`` and ``steroid`` are what the engine found
    of this injection, of which the profile draws when relief began and ended. Without a ``schedule`` each injection's
    own is read from how often somebody wrote.
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
    series = series_of(course, months, rule=rules.late, daily_until=daily_until)
    for generation, other in enumerate(earlier, start=1):
        until = (schedule or schedule_of(other)).daily_until
        append_earlier(series, other, generation=generation, rule=rules.late, daily_until=until)
    findings = findings_of(block, steroid, lowest_start=rules.lowest_start)
    panels = _panels(course, axes, series, months, findings, rules=rules, window=window, daily_until=daily_until)
    return Profile(
        title=title_of(course),
        day_zero=course.day_zero,
        summary=summary_of(course, panels, findings),
        panels=panels,
        generations=_generations(course, earlier),
        relief=relief_bar(course, panels[0].start, lowest_start=rules.lowest_start, daily_until=daily_until),
        footnotes=footnotes_of(course, panels, months, findings, rule=rules.late, lowest_start=rules.lowest_start),
        table=table_of(course, months, findings, rule=rules.late),
    )


def schedule_of(course: Course) -> Schedule:
    """A guess for a clinic that has not said: daily throughout where most weeks hold four days or more.

    An imported diary that somebody kept every day for years is a daily one, whatever this clinic asks.
    """
    weeks: dict[int, int] = defaultdict(int)
    for number, _day in course.days:
        if LAST_DAY_OF_THE_FORTNIGHT < number <= LAST_DAY_OF_THE_WEEKS:
            weeks[week_of(number)] += 1
    often = sum(1 for days in weeks.values() if days >= LEAST_DAYS_OF_A_WEEK)
    return Schedule(daily_until=None) if 2 * often > len(weeks) else Schedule()


def _last_day_drawn(course: Course, earlier: Sequence[Course]) -> int:
    reached = [one.days[-1][0] for one in (course, *earlier) if one.days]
    return min(max([course.last_day, *reached]), LAST_DAY_OF_THE_WEEKS)


def _generations(course: Course, earlier: Sequence[Course]) -> tuple[str, ...]:
    names = (_("this injection"), _("the one before on this side"), _("an older one on this side"))
    return tuple(f"{name}, {in_words(one.day_zero)}" for name, one in zip(names, (course, *earlier), strict=False))


# --- panels -----------------------------------------------------------------------------------------------------------


def _panels(
    course: Course,
    axes: tuple[Axis, ...],
    series: SeriesByPanel,
    months: tuple[MonthSummary, ...],
    findings: Findings,
    *,
    rules: ProfileRules,
    window: tuple[int, int] | None,
    daily_until: int | None,
) -> tuple[Panel, ...]:
    last_hour = next(axis.last for axis in axes if axis.key is PanelKey.SAME_DAY)
    bands = _by_panel(phases(course.injection, window, last_hour=last_hour))
    boxes = _by_panel(gaps(course, axes, daily_until=daily_until))
    medicines = _by_panel(medicine_marks(course, months))
    regular = _by_panel(regular_medicines(course))
    found = _by_panel(placed_findings(course, findings))
    events = _by_panel(event_marks(course))
    languages = _by_panel(language_marks(course))
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
                title=str(title),
                unit=str(unit),
                first=axis.first,
                last=axis.last,
                ticks=axis.ticks,
                start=start,
                difficulty_start=difficulty,
                thresholds=_thresholds(axis.key, start, rules),
                bands=tuple(bands[axis.key]),
                gaps=tuple(boxes[axis.key]),
                series=drawn,
                findings=tuple(found[axis.key]),
                medicines=tuple(medicines[axis.key]),
                regular=tuple(regular[axis.key]),
                events=tuple(sorted(events[axis.key], key=lambda mark: mark.x)),
                languages=tuple(languages[axis.key]),
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
        return _("ended by the next injection") if course.days_ended_by else _("not reached yet")
    return _("no entries")


def _by_panel(placed: Iterable[tuple[PanelKey, T]]) -> dict[PanelKey, list[T]]:
    grouped: dict[PanelKey, list[T]] = defaultdict(list)
    for key, what in placed:
        grouped[key].append(what)
    return grouped
