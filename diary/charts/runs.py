"""Which points a line may join, and where a box says that nothing was written."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from diary.charts.picture import Point, Run, Span
from diary.words.language import gettext as _
from diary.words.language import ngettext

SHORTEST_BOX = 3  # expected entries missing in a row (screens.md, 3.3)


def joined(points: Sequence[Point], *, within: float) -> tuple[Run, ...]:
    """The points in runs: two neighbours are in one run where they are at most ``within`` apart."""
    runs: list[list[Point]] = []
    for point in points:
        if runs and point.x - runs[-1][-1].x <= within:
            runs[-1].append(point)
        else:
            runs.append([point])
    return tuple(tuple(run) for run in runs)


def empty_days(written: Iterable[int], *, first: int, last: int, daily_until: int | None) -> tuple[Span, ...]:
    """The stretches of days ``first`` to ``last`` in which three expected entries or more in a row are missing.

    Up to day ``daily_until`` (None: throughout) an entry is expected each day, then one each week (days 15 to 21, ...).
    A box reaches from the day after the entry before it to the day before the entry after it.
    """
    filled = sorted({day for day in written if first <= day <= last})
    edges = [first - 1, *filled, last + 1]
    boxes = []
    for before, after in pairwise(edges):
        if _expected(before + 1, after - 1, daily_until) >= SHORTEST_BOX:
            days = after - before - 1
            boxes.append(gap_of(before + 1, after - 1, ngettext("1 day", "%(num)s days", days)))
    return tuple(boxes)


def gap_of(first: float, last: float, how_long: str) -> Span:
    """The box of a stretch without entries, with how long it is."""
    none = _("no entries")
    return Span(first=first, last=last, words=f"{none} {how_long}", lines=(none, how_long))


def _expected(first: int, last: int, daily_until: int | None) -> int:
    """How many expected entries fall whole into days ``first`` to ``last``."""
    if daily_until is None:
        return max(0, last - first + 1)
    daily = max(0, min(last, daily_until) - first + 1)
    weekly_from = max(first, daily_until + 1)
    first_week = -(-(weekly_from - 1 - daily_until) // 7)
    last_week = (last - daily_until) // 7
    return daily + max(0, last_week - first_week)


def empty_minutes(minutes: Sequence[int], *, every: int) -> tuple[tuple[int, int], ...]:
    """The stretches between two neighbours in which three entries or more, one ``every`` minutes, are missing."""
    return tuple((a, b) for a, b in pairwise(minutes) if b - a >= (SHORTEST_BOX + 1) * every)
