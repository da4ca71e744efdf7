"""How each series looks, the same in both renderers. Shape and dash differ wherever colour does: it prints in grey.

Contrast on white is at least 3:1 for every line and mark (measured by a test); navy and brown differ only 1.6:1 in
grey, so pain and difficulty are never overlaid (``screens.md``, 3.3).
"""

from dataclasses import dataclass
from typing import Literal

from diary.charts.picture import PanelKey, Series, What

Symbol = Literal["circle", "square", "diamond", "triangle-up", "triangle-down"]
Dash = Literal["solid", "dash", "dot"]

INK = "#0B0C0C"
NAVY = "#003078"
BROWN = "#8A3C00"
PLUM = "#7A1E6C"
GREY = "#505A5F"
FAINT = "#6C86B3"
WHITE = "#FFFFFF"
PHASE = "#F3F2F1"  # a band behind everything: it carries its word, so it needs no contrast
RELIEF = "#C5D0DC"

# How wide the panels are, side by side (screens.md, 3.2); the months after a year come on top.
SHARES = {
    PanelKey.BEFORE: 0.11,
    PanelKey.CLINIC: 0.17,
    PanelKey.SAME_DAY: 0.17,
    PanelKey.FORTNIGHT: 0.23,
    PanelKey.WEEKS: 0.32,
    PanelKey.MONTHS: 0.2,
}

LINES_AND_MARKS = (INK, NAVY, BROWN, PLUM, GREY, FAINT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Sizes in pixels; ``width`` 0 draws no line; ``hollow`` is the series' own form, not lateness."""

    colour: str
    symbol: Symbol
    dash: Dash = "solid"
    size: float = 7
    width: float = 2
    hollow: bool = False


_OF_THIS_INJECTION = {
    What.NOW: Style(colour=NAVY, symbol="circle"),
    What.AVERAGE: Style(colour=NAVY, symbol="square"),
    What.WEEK_MEDIAN: Style(colour=NAVY, symbol="square"),
    What.DAY_OF_WEEK: Style(colour=FAINT, symbol="circle", size=3, width=0),
    What.SINGLE: Style(colour=NAVY, symbol="square", hollow=True),
    What.MONTH_MEDIAN: Style(colour=NAVY, symbol="square"),
    What.MOVING: Style(colour=BROWN, symbol="square"),
    What.MOVING_MEDIAN: Style(colour=BROWN, symbol="square"),
    What.ACTIVITIES: Style(colour=BROWN, symbol="triangle-up", dash="dash", width=1.5),
    What.ACTIVITIES_MEDIAN: Style(colour=BROWN, symbol="triangle-up", dash="dash", width=1.5),
}
_OF_THE_ONE_BEFORE = Style(colour=PLUM, symbol="diamond", dash="dot", size=7, width=1.5)
_OF_AN_OLDER_ONE = Style(colour=GREY, symbol="triangle-down", size=4, width=1)


EVENT = Style(colour=INK, symbol="triangle-up")
LANGUAGE = Style(colour=INK, symbol="triangle-down", hollow=True)


def style_of(series: Series) -> Style:
    """The look of one series."""
    match series.generation:
        case 0:
            return _OF_THIS_INJECTION[series.what]
        case 1:
            return _OF_THE_ONE_BEFORE
        case _:
            return _OF_AN_OLDER_ONE


def drawing_order(series: Series) -> tuple[int, bool]:
    """The key by which series are drawn: the oldest first, single days under their medians."""
    return (-series.generation, series.what is not What.DAY_OF_WEEK)
