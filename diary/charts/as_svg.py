"""The profile as SVG: wide for A4 landscape and screens from 1120 px, narrow with the panels stacked for a phone.

What is joined is what stands in one run of the profile; a break between panels is a white gap with two slashes. The
text of the profile is escaped; there are no scripts, styles or addresses in it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from diary.charts.canvas import Pair, box, line, marker, picture, tag, text, titled, trail
from diary.charts.picture import Panel, PanelKey, Profile, Series, Span, Strip, Threshold
from diary.charts.style import GREY, INK, NAVY, PHASE, RELIEF, WHITE, Style, drawing_order, style_of

TOP_SCORE = 10
PADDING = 9  # between the first or last x of a panel and its edge, so that marks are not cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where one panel stands on the paper: its left edge and width, and the height of each of its rows."""

    panel: Panel
    left: float
    width: float
    heading: float
    pain: tuple[float, float]
    difficulty: tuple[float, float]
    medicine: float
    events: float
    entries: float
    axis: float
    whole_width: bool = False

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def unit(self) -> Pair:
        """Where the unit stands: under the title, or in the far corner where the panel has the whole width."""
        return (self.right, self.heading) if self.whole_width else (self.left + self.width / 2, self.heading + 14)

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
        top, bottom = self.pain if strip is Strip.PAIN else self.difficulty
        return bottom - score / TOP_SCORE * (bottom - top)


# --- the two layouts --------------------------------------------------------------------------------------------------

WIDE, WIDE_HEIGHT = 1120, 590
_LEFT, _RIGHT, _BREAK = 66, 116, 16
_SHARES = {
    PanelKey.BEFORE: 0.11,
    PanelKey.CLINIC: 0.17,
    PanelKey.SAME_DAY: 0.17,
    PanelKey.FORTNIGHT: 0.23,
    PanelKey.WEEKS: 0.32,
    PanelKey.MONTHS: 0.2,
}
NARROW, _ROW = 320, 304


def wide_svg(profile: Profile, *, prefix: str = "profile") -> str:
    """All panels side by side, 1120 units wide. ``prefix`` keeps its ids apart on a page."""
    frames = _side_by_side(profile)
    parts = [
        *(part for frame in frames for part in _panel(frame)),
        *_rows(frames[0], words_right=_LEFT - 12),
        *_breaks(frames),
        *_labels_at_the_right(frames[-1]),
        *_legend(profile, frames[-1].axis + 40, width=WIDE, left=_LEFT),
    ]
    return picture(*parts, width=WIDE, height=WIDE_HEIGHT, label=profile.summary, prefix=prefix, css="profile wide")


def _side_by_side(profile: Profile) -> list[Frame]:
    whole = sum(_SHARES[panel.key] for panel in profile.panels)
    room = WIDE - _LEFT - _RIGHT - _BREAK * (len(profile.panels) - 1)
    frames, left = [], float(_LEFT)
    for panel in profile.panels:
        width = room * _SHARES[panel.key] / whole
        frames.append(
            Frame(
                panel=panel,
                left=left,
                width=width,
                heading=16,
                pain=(58, 328),
                difficulty=(362, 452),
                medicine=480,
                events=502,
                entries=522,
                axis=534,
            )
        )
        left += width + _BREAK
    return frames


def narrow_svg(profile: Profile, *, prefix: str = "profile-narrow") -> str:
    """The panels one under the other, 320 units wide, each with the same scale."""
    frames = [
        Frame(
            panel=panel,
            left=26,
            width=NARROW - 30,
            heading=top + 14,
            pain=(top + 44, top + 154),
            difficulty=(top + 182, top + 222),
            medicine=top + 240,
            events=top + 252,
            entries=top + 264,
            axis=top + 271,
            whole_width=True,
        )
        for top, panel in ((index * _ROW, panel) for index, panel in enumerate(profile.panels))
    ]
    parts = [part for frame in frames for part in (*_panel(frame), *_rows(frame), *_labels_inside(frame))]
    bottom = len(frames) * _ROW
    legend = _legend(profile, bottom + 14, width=NARROW, left=8)
    parts += legend
    height = bottom + 20 + 18 * len(legend)
    return picture(*parts, width=NARROW, height=height, label=profile.summary, prefix=prefix, css="profile narrow")


# --- one panel --------------------------------------------------------------------------------------------------------


def _panel(frame: Frame) -> Iterator[str]:
    panel = frame.panel
    middle = frame.left + frame.width / 2
    yield text(panel.title, (middle, frame.heading), text_anchor="middle", font_weight="bold", font_size=12)
    yield text(f"({panel.unit})", frame.unit, text_anchor=frame.unit_anchor)
    yield from (_band(frame, band) for band in panel.bands)
    yield from _grid(frame)
    yield from (_threshold(frame, threshold) for threshold in panel.thresholds)
    yield from _starts(frame)
    yield from (_gap(frame, gap) for gap in panel.gaps)
    yield from (_series(frame, one) for one in sorted(panel.series, key=drawing_order))
    yield from _marks(frame)
    if panel.note is not None:
        yield text(panel.note, (middle, frame.y(5)), text_anchor="middle", fill=GREY)
    if panel.key is PanelKey.SAME_DAY and panel.start is not None:
        yield _haloed(panel.start.label, (frame.right, frame.y(float(panel.start.score)) - 5), text_anchor="end")


def _haloed(words: str, at: Pair, **attributes: str | float | None) -> str:
    """Words that stay readable over a line."""
    return text(words, at, stroke=WHITE, stroke_width=3, paint_order="stroke", **attributes)


def _grid(frame: Frame) -> Iterator[str]:
    for strip in Strip:
        bottom = frame.y(0, strip) + 6
        yield line((frame.left, bottom), (frame.right, bottom), colour=GREY)
    yield line((frame.left, frame.axis), (frame.right, frame.axis), colour=GREY)
    for x, label in frame.panel.ticks:
        at = frame.x(x)
        yield line((at, frame.axis), (at, frame.axis + 5), colour=GREY)
        yield line((at, frame.y(0) + 6), (at, frame.y(0) + 10), colour=GREY)
        yield text(label, (at, frame.axis + 17), text_anchor="middle")


def _band(frame: Frame, band: Span) -> str:
    first, last = frame.x(band.first), frame.x(band.last)
    fits = last - first > 6 * len(band.words)
    place, anchor = ((first + last) / 2, "middle") if fits else (first, "start")
    words = text(band.words, (place, frame.pain[0] - 12), text_anchor=anchor, font_size=10, fill=GREY)
    return box((first, frame.pain[0] - 8), (last, frame.pain[1] + 6), fill=PHASE) + words


def _threshold(frame: Frame, threshold: Threshold) -> str:
    low, high = frame.y(float(threshold.low)), frame.y(float(threshold.high))
    if threshold.low == threshold.high:
        drawn = line((frame.left, low), (frame.right, low), colour=GREY, width=1.5, dash="7 5")
    else:
        drawn = box((frame.left, low), (frame.right, high), fill=RELIEF, stroke=GREY)
    return titled(threshold.label, drawn)


def _starts(frame: Frame) -> Iterator[str]:
    for start, strip in ((frame.panel.start, Strip.PAIN), (frame.panel.difficulty_start, Strip.DIFFICULTY)):
        if start is not None:
            at = frame.y(float(start.score), strip)
            yield titled(start.origin, line((frame.left, at), (frame.right, at), colour=INK, width=1.5))


def _gap(frame: Frame, gap: Span) -> str:
    first, last = frame.x(gap.first), frame.x(gap.last)
    drawn = box((first, frame.pain[0] - 6), (last, frame.pain[1] + 6), fill=WHITE, stroke=GREY, dash="2 3")
    middle = (first + last) / 2
    if last - first < 12:
        return titled(gap.words, drawn)
    if last - first < 60:
        # Too narrow for a line of words: they stand upright.
        at = (middle + 3, frame.y(9.8))
        turned = text(gap.words, at, text_anchor="end", font_size=10, transform=f"rotate(-90 {at[0]:g} {at[1]:g})")
        return titled(gap.words, drawn, turned)
    none, entries, how_long = gap.words.split(" ", 2)
    labels = [
        text(part, (middle, frame.pain[0] + 12 + 12 * index), text_anchor="middle", font_size=10)
        for index, part in enumerate((f"{none} {entries}", how_long))
    ]
    return titled(gap.words, drawn, *labels)


def _series(frame: Frame, series: Series) -> str:
    style = style_of(series)
    parts = []
    for run in series.runs:
        at = [(frame.x(point.x), frame.y(float(point.score), series.strip)) for point in run]
        parts.append(trail(at, style))
        parts += [
            titled(point.words, marker(place, style, late=point.late, helper=point.helper))
            for point, place in zip(run, at, strict=True)
        ]
    return tag("g", *parts, class_=f"series g{series.generation}", data_what=series.what.value)


def _marks(frame: Frame) -> Iterator[str]:
    panel = frame.panel
    for medicine in panel.medicines:
        at = frame.x(medicine.x)
        tick = line((at, frame.medicine - 9), (at, frame.medicine + 3), colour=INK, width=2)
        yield titled(medicine.words, tick)
    yield from _events(frame)
    for entry in panel.entries:
        style = Style(colour=GREY, symbol="diamond" if entry.helper else "square", size=4)
        yield marker((frame.x(entry.x), frame.entries - 3), style, late=entry.late or entry.helper)
    if panel.ended_by is not None:
        at = frame.x(panel.ended_by.x)
        place, anchor = (at + 5, "start") if frame.right - at > 80 else (at - 5, "end")
        yield titled(
            panel.ended_by.words,
            line((at, frame.pain[0] - 8), (at, frame.axis), colour=INK, width=2.5),
            _haloed("next injection", (place, frame.y(9)), text_anchor=anchor),
        )


def _events(frame: Frame) -> Iterator[str]:
    """A triangle for each event, with its word where there is room for it; all stand in the footnotes."""
    places = [frame.x(event.x) for event in frame.panel.events]
    for index, (event, at) in enumerate(zip(frame.panel.events, places, strict=True)):
        shape = marker((at, frame.events - 4), Style(colour=INK, symbol="triangle-up", size=7))
        word = event.words.split(",")[0]
        room = (places[index + 1] if index + 1 < len(places) else frame.right) - at
        label = text(word, (at + 7, frame.events), font_size=10) if room > 12 + 5.5 * len(word) else ""
        yield titled(event.words, shape, label)


# --- around the panels ------------------------------------------------------------------------------------------------


def _rows(frame: Frame, *, words_right: float | None = None) -> Iterator[str]:
    """The scale at the left of a panel, and, where there is room, the names of the rows."""
    edge = frame.left - 6
    for score in range(0, TOP_SCORE + 1, 2):
        yield text(str(score), (edge, frame.y(score) + 4), text_anchor="end")
    for score in (0, 5, 10):
        yield text(str(score), (edge, frame.y(score, Strip.DIFFICULTY) + 4), text_anchor="end")
    if words_right is None:
        yield text("Pain", (0, frame.pain[0] - 14), font_size=10, fill=GREY)
        yield text("Difficulty moving", (0, frame.difficulty[0] - 6), font_size=10, fill=GREY)
        return
    for words, strip in (("Pain", Strip.PAIN), ("Difficulty moving", Strip.DIFFICULTY)):
        top, bottom = frame.pain if strip is Strip.PAIN else frame.difficulty
        middle = (top + bottom) / 2
        for x, part, weight in ((13, words, "bold"), (26, "lower is better", None)):
            yield text(
                part, (x, middle), text_anchor="middle", font_weight=weight, transform=f"rotate(-90 {x} {middle:g})"
            )
    for words, y in (("Extra", -4), ("medicine", 6)):
        yield text(words, (words_right + 4, frame.medicine + y), text_anchor="end", font_size=10)
    yield text("Events", (words_right + 4, frame.events), text_anchor="end", font_size=10)
    yield text("Entries", (words_right + 4, frame.entries), text_anchor="end", font_size=10)


def _breaks(frames: Iterable[Frame]) -> Iterator[str]:
    """Two slashes between neighbours, on each axis: time does not go on at the same pace."""
    frames = list(frames)
    for frame in frames[:-1]:
        for y in (frame.y(0) + 6, frame.y(0, Strip.DIFFICULTY) + 6, frame.axis):
            for shift in (0, 4):
                x = frame.right + _BREAK / 2 - 4 + shift
                yield line((x, y + 5), (x + 4, y - 5), colour=INK, width=1.5)


def _labels_at_the_right(frame: Frame) -> Iterator[str]:
    x = frame.right + 6
    if frame.panel.start is not None:
        yield text(frame.panel.start.label, (x, frame.y(float(frame.panel.start.score)) + 4), font_weight="bold")
    if frame.panel.difficulty_start is not None:
        start = frame.panel.difficulty_start
        yield text(start.label, (x, frame.y(float(start.score), Strip.DIFFICULTY) + 4), font_weight="bold")
    for threshold in frame.panel.thresholds:
        middle = frame.y(float(threshold.low + threshold.high) / 2)
        lines = threshold.label.replace(", ", "\n").replace(" (", "\n(", 1).split("\n")
        for index, part in enumerate(lines):
            yield text(part, (x, middle + 3 + 12 * index), font_size=10.5)


def _labels_inside(frame: Frame) -> Iterator[str]:
    """On a narrow picture the labels stand over their lines, at the right."""
    panel = frame.panel
    if panel.start is not None and panel.key is not PanelKey.SAME_DAY:
        yield _haloed(panel.start.label, (frame.right, frame.y(float(panel.start.score)) - 4), text_anchor="end")
    for threshold in panel.thresholds:
        at = (frame.right, frame.y(float(threshold.high)) - 3)
        yield _haloed(threshold.label, at, text_anchor="end", font_size=9.5)


def legend_svg(profile: Profile, *, prefix: str = "profile-legend") -> str:
    """What each mark means, for a page that shows the figure in the place of the drawing."""
    parts = _legend(profile, 14, width=WIDE, left=_LEFT)
    return picture(*parts, width=WIDE, height=40, label="What the marks mean", prefix=prefix, css="legend")


def _legend(profile: Profile, y: float, *, width: float, left: float) -> list[str]:
    """What each mark means, only those that occur, in as many lines as they need."""
    parts, x = [], left
    for style, late, helper, words in _legend_items(profile):
        needed = 26 + 5.7 * len(words)
        if x > left and x + needed > width - 8:
            x, y = left, y + 16
        mark = marker((x + 8, y - 4), style, late=late, helper=helper)
        parts.append(mark + text(words, (x + 20, y), font_size=10.5))
        x += needed + 8
    return parts


def _legend_items(profile: Profile) -> Iterator[tuple[Style, bool, bool, str]]:
    drawn = [one for panel in profile.panels for one in panel.series]
    meanings: dict[Style, dict[str, None]] = {}
    for one in drawn:
        words = one.what.value if one.generation == 0 else profile.generations[one.generation]
        meanings.setdefault(style_of(one), {})[words] = None
    for style, all_words in meanings.items():
        yield style, False, False, " or ".join(all_words)
    points = [point for one in drawn for point in one.points]
    plain = Style(colour=NAVY, symbol="circle")
    if any(point.late for point in points):
        yield plain, True, False, "hollow: written late"
    if any(point.helper for point in points):
        yield plain, False, True, "in a diamond: by a helper"
