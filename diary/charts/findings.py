"""What the judgement found of one injection, as stretches of time: when relief began and ended, how long a block held.

Never a point: between two scores nobody can say when it happened, so each is drawn and told as the range that the
engine gives (``judgement.md``, sections 2 and 3).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from diary.charts.axes import LAST_DAY_OF_THE_FORTNIGHT, LAST_MINUTE_IN_CLINIC, place_of_day, place_of_minute
from diary.charts.course import LAST_DAY_OF_THE_WEEKS, Course
from diary.charts.picture import Finding, PanelKey
from diary.domain.block import Block
from diary.domain.relief import passes
from diary.domain.steroid import SteroidCourse
from diary.domain.steroid_figures import DayRange
from diary.words.language import gettext as _
from diary.words.times import minute_in_words

HALF = 50
# Of English; other languages write what stays together with a no-break space.
_NOT_APART = re.compile(r"(?<=\d) (?=h\b|min\b|to \d+$)|(?<= h) (?=\d)|(?<=to) (?=\d)|(?<=day) (?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From ``first`` to ``last``, in days or minutes: it happened in it, or, where ``held``, it held throughout."""

    first: int
    last: int
    words: str
    held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The stretches of one injection, those in minutes and those in days, by time."""

    minutes: tuple[Stretch, ...] = ()
    days: tuple[Stretch, ...] = ()


def findings_of(block: Block | None, steroid: SteroidCourse | None, *, lowest_start: int) -> Findings:
    """What was found; nothing where the start is too low for percentages."""
    return Findings(
        minutes=tuple(_of_block(block)) if block and (block.baseline or 0) >= lowest_start else (),
        days=tuple(_of_steroid(steroid, lowest_start=lowest_start)) if steroid else (),
    )


def _of_block(block: Block) -> Iterator[Stretch]:
    if block.duration is None:
        return
    first = next(one.minute for one in block.readings if passes(one.score, block.baseline, block.threshold))
    held = first + block.duration.at_least
    told = {"percent": block.threshold, "first": minute_in_words(first)}
    if block.duration.at_most is None:
        words = (
            _("%(percent)s%% less from %(first)s until %(last)s or longer", last=minute_in_words(held), **told)
            if held > first
            else _("%(percent)s%% less at %(first)s", **told)
        )
        yield Stretch(first=first, last=held, words=words, held=True)
        return
    ended = first + block.duration.at_most
    if held > first:
        yield Stretch(first=first, last=held, words=_("%(percent)s%% less from %(first)s", **told), held=True)
        words = _("until %(first)s to %(last)s", first=minute_in_words(held), last=minute_in_words(ended))
    else:
        words = _("%(percent)s%% less from %(first)s until %(last)s at most", last=minute_in_words(ended), **told)
    yield Stretch(first=held, last=ended, words=words)


def _of_steroid(course: SteroidCourse, *, lowest_start: int) -> Iterator[Stretch]:
    figures = course.figures
    if figures is None or figures.baseline is None or figures.baseline < lowest_start:
        return
    percent = figures.threshold
    if figures.onset is not None:
        began = _("relief began") if percent == HALF else _("relief of %(percent)s%% began", percent=percent)
        yield _days(figures.onset, began)
    if figures.end is not None:
        ended = _("back above half") if percent == HALF else _("no longer %(percent)s%% less", percent=percent)
        yield _days(figures.end, ended)


def _days(found: DayRange, words: str) -> Stretch:
    when = (
        _("day %(day)s", day=found.first)
        if found.first == found.last
        else _("day %(first)s to %(last)s", first=found.first, last=found.last)
    )
    return Stretch(first=found.first, last=found.last, words=f"{words}, {when}")


# --- where they stand -------------------------------------------------------------------------------------------------


def placed_findings(course: Course, findings: Findings) -> Iterator[tuple[PanelKey, Finding]]:
    """Each stretch in its panel, cut where it goes on in the next one; words stand where it ends, or begins to hold."""
    for stretch in findings.minutes:
        for first, last in _cut(stretch, LAST_MINUTE_IN_CLINIC, step=0):
            key, at_last = place_of_minute(last)
            at_first = float(first) if key is PanelKey.CLINIC else first / 60
            yield key, _piece(stretch, first, last, x=(at_first, at_last))
    for stretch in findings.days:
        for first, last in _cut(stretch, LAST_DAY_OF_THE_FORTNIGHT, LAST_DAY_OF_THE_WEEKS, step=1):
            (key, at_first), (_, at_last) = place_of_day(course, first), place_of_day(course, last)
            yield key, _piece(stretch, first, last, x=(at_first, at_last))


def _cut(stretch: Stretch, *edges: int, step: int) -> Iterator[tuple[int, int]]:
    """Its pieces up to each edge that lies within it; the next piece begins ``step`` later."""
    first = stretch.first
    for edge in edges:
        if first <= edge < stretch.last:
            yield first, edge
            first = edge + step
    yield first, stretch.last


def _piece(stretch: Stretch, first: int, last: int, *, x: tuple[float, float]) -> Finding:
    bears_words = first == stretch.first if stretch.held else last == stretch.last
    return Finding(
        first=x[0],
        last=x[1],
        words=stretch.words if bears_words else "",
        held=stretch.held,
        begins=first == stretch.first,
        ends=last == stretch.last,
    )


# --- in words ---------------------------------------------------------------------------------------------------------


def words_of_day(findings: Findings, first: int, last: int) -> tuple[str, ...]:
    """What is said of the days from one to another in the table."""
    return tuple(found.words for found in findings.days if found.first <= last and first <= found.last)


def lines_of(words: str, letters: int) -> list[str]:
    """The words in lines of so many letters; a number stays with its unit, and a range of days in one line."""
    bound = _NOT_APART.sub("\N{NO-BREAK SPACE}", words)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in wrap(bound, max(letters, 12))]


def words_of_minute(findings: Findings, minute: int) -> tuple[str, ...]:
    """What is said of a moment in the table: where something begins, or lies between it and another moment."""
    return tuple(
        found.words for found in findings.minutes if minute == found.first or (minute == found.last and not found.held)
    )
