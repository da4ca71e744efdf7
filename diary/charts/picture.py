"""What a picture is made of: frozen plain values, the same for the SVG on the server and for Plotly in the browser.

A score is a `Fraction`, since the median of an even count or the mean of several activities need not be whole. ``x`` is
in the unit of its panel: days, minutes, hours, weeks or months. Whatever is joined by a line stands in one run; between
two runs there is a gap, which no renderer may bridge.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from diary.domain.time_in_relief import ReliefLevel

LONGEST_LABEL = 21  # letters that fit beside the picture


class PanelKey(StrEnum):
    BEFORE = "before"
    CLINIC = "clinic"
    SAME_DAY = "same-day"
    FORTNIGHT = "fortnight"
    WEEKS = "weeks"
    MONTHS = "months"


class Strip(StrEnum):
    """The two rows that have a scale of 0 to 10. They are never overlaid."""

    PAIN = "pain"
    DIFFICULTY = "difficulty"


class What(StrEnum):
    """What a series shows; each is drawn in its own way. Instruments are never mixed in one series."""

    NOW = "pain right now"
    AVERAGE = "average pain of the day"
    WEEK_MEDIAN = "median of the week"
    DAY_OF_WEEK = "single days behind the medians"
    SINGLE = "average pain, asked weekly"
    MONTH_MEDIAN = "median of the month"
    MOVING = "how hard it was to move about"
    MOVING_MEDIAN = "median of moving about"
    ACTIVITIES = "mean of the patient's own activities"
    ACTIVITIES_MEDIAN = "mean of the patient's own activities, median"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One score. ``n`` is how many days stand behind it; ``when`` and ``words`` say what it is, never with a note."""

    x: float
    score: Fraction
    when: str
    words: str
    n: int = 1
    late: bool = False
    helper: bool = False
    paper: bool = False
    changed: bool = False


Run = tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """``generation`` is 0 for the injection that is looked at, 1 for the one before it on that side, 2 for an older."""

    what: What
    strip: Strip
    generation: int
    runs: tuple[Run, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """All its points in the order of time."""
        return tuple(point for run in self.runs for point in run)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The score to compare with. ``origin`` says where it comes from, in words."""

    score: Fraction
    label: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A line (``low`` equals ``high``) or a thin band, on the scale of 0 to 10."""

    low: Fraction
    high: Fraction
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time: a phase band, a box where nothing was written, a regular medicine.

    ``lines`` are the words of a box in lines of their own.
    """

    first: float
    last: float
    words: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A stretch of time that the judgement found: it happened in it, or, where ``held``, it held throughout.

    ``begins`` and ``ends`` are false where it goes on in the panel beside; only one of its pieces has the words.
    """

    first: float
    last: float
    words: str
    held: bool
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something at one time: a medicine, an event, the next injection. ``word`` stands beside it if there is room."""

    x: float
    words: str
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryMark:
    """That somebody wrote something about this time, and how."""

    x: float
    late: bool
    helper: bool
    paper: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One stretch of time with its own unit. ``note`` stands in it where there is nothing to draw."""

    key: PanelKey
    title: str
    unit: str
    first: float
    last: float
    ticks: tuple[tuple[float, str], ...]
    start: Start | None = None
    difficulty_start: Start | None = None
    thresholds: tuple[Threshold, ...] = ()
    bands: tuple[Span, ...] = ()
    gaps: tuple[Span, ...] = ()
    series: tuple[Series, ...] = ()
    findings: tuple[Finding, ...] = ()
    medicines: tuple[Mark, ...] = ()
    regular: tuple[Span, ...] = ()
    events: tuple[Mark, ...] = ()
    languages: tuple[Mark, ...] = ()
    entries: tuple[EntryMark, ...] = ()
    ended_by: Mark | None = None
    note: str | None = None


def lines_of_label(label: str) -> list[str]:
    """A level's name in the lines in which it stands beside the picture: each level one, a long one two."""
    first, *others = label.split(", ")
    lines = first.replace(" (", "\n(", 1).split("\n")
    for other in others:
        lines += (other.replace(" (", "\n(", 1) if len(other) > LONGEST_LABEL else other).split("\n")
    return lines


def note_height(panel: Panel) -> float:
    """The score at which a panel's note stands: in the middle, but clear of the label of the start."""
    labelled = panel.key is PanelKey.SAME_DAY and panel.start is not None and abs(panel.start.score - 5) < 2
    return 7.5 if labelled else 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysAtLevel:
    """One part of the time-in-relief bar; ``level`` is None for the days that nobody scored."""

    level: ReliefLevel | None
    words: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefBar:
    """The days after the injection by relief, from the best to those without an entry.

    ``words`` say all of it; where there is no bar (no ``shares``) they say why.
    """

    shares: tuple[DaysAtLevel, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One line of the table behind the picture; a score that was not given is None."""

    when: str
    pain_now: Fraction | None = None
    average: Fraction | None = None
    moving: Fraction | None = None
    activities: Fraction | None = None
    medicine: str = ""
    entries: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The injection response profile, ready to be drawn: nothing is left to compute."""

    title: str
    day_zero: date
    summary: str
    panels: tuple[Panel, ...]
    generations: tuple[str, ...]
    relief: ReliefBar
    footnotes: tuple[str, ...]
    table: tuple[TableRow, ...]

    def panel(self, key: PanelKey) -> Panel | None:
        """The panel with this key; only the months after a year can be absent."""
        return next((panel for panel in self.panels if panel.key is key), None)
