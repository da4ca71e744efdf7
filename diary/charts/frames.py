"""Where the panels of the profile stand on the paper: side by side, or one under the other on a phone."""

from collections.abc import Iterator
from dataclasses import dataclass

from diary.charts.canvas import Pair
from diary.charts.picture import Panel, Profile, Strip
from diary.charts.style import SHARES

TOP_SCORE = 10
PADDING = 9  # between the first or last x of a panel and its edge, so that marks are not cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The heights of the rows of a panel, from the top of the picture; a pair is top and bottom."""

    heading: float
    pain: Pair
    findings: float
    difficulty: Pair
    medicine: float
    events: float
    entries: float
    axis: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The widths of a picture with its panels side by side: ``gap`` is the break between two of them."""

    width: float
    left: float
    right: float
    gap: float
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where one panel stands on the paper: its left edge and width, and the height of each of its rows."""

    panel: Panel
    left: float
    width: float
    rows: Rows
    whole_width: bool = False

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def middle(self) -> float:
        return self.left + self.width / 2

    @property
    def unit(self) -> Pair:
        """Where the unit stands: under the title, or in the far corner where the panel has the whole width."""
        heading = self.rows.heading
        return (self.right, heading) if self.whole_width else (self.middle, heading + 14)

    @property
    def unit_anchor(self) -> str:
        return "end" if self.whole_width else "middle"

    def x(self, value: float) -> float:
        """Where an x of the panel stands, kept within its edges."""
        share = (value - self.panel.first) / (self.panel.last - self.panel.first)
        inner = self.width - 2 * PADDING
        return min(max(self.left + PADDING + share * inner, self.left), self.right)

    def y(self, score: float, strip: Strip = Strip.PAIN) -> float:
        """Where a score stands; 10 is at the top."""
        top, bottom = self.rows.pain if strip is Strip.PAIN else self.rows.difficulty
        return bottom - score / TOP_SCORE * (bottom - top)


ON_SCREEN = Sheet(
    width=1120,
    left=66,
    right=116,
    gap=16,
    rows=Rows(
        heading=14, pain=(66, 330), findings=347, difficulty=(388, 468), medicine=494, events=514, entries=532, axis=543
    ),
)
# Narrower, so that its words, 11 units high, are read on A4 in either direction: 190 mm make them 7.4 points.
IN_PRINT = Sheet(
    width=800,
    left=66,
    right=122,
    gap=14,
    rows=Rows(
        heading=12, pain=(63, 203), findings=220, difficulty=(256, 308), medicine=330, events=349, entries=366, axis=376
    ),
)
NARROW = 320
ROW_OF_NARROW = 338


def side_by_side(profile: Profile, sheet: Sheet) -> list[Frame]:
    """All panels in one row, each with its share of the width."""
    whole = sum(SHARES[panel.key] for panel in profile.panels)
    room = sheet.width - sheet.left - sheet.right - sheet.gap * (len(profile.panels) - 1)
    frames, left = [], sheet.left
    for panel in profile.panels:
        width = room * SHARES[panel.key] / whole
        frames.append(Frame(panel=panel, left=left, width=width, rows=sheet.rows))
        left += width + sheet.gap
    return frames


def stacked(profile: Profile) -> Iterator[Frame]:
    """The panels one under the other, each with the same scale."""
    for index, panel in enumerate(profile.panels):
        top = index * ROW_OF_NARROW
        rows = Rows(
            heading=top + 14,
            pain=(top + 46, top + 156),
            findings=top + 169,
            difficulty=(top + 210, top + 250),
            medicine=top + 270,
            events=top + 284,
            entries=top + 297,
            axis=top + 304,
        )
        yield Frame(panel=panel, left=26, width=NARROW - 30, rows=rows, whole_width=True)
