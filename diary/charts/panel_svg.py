"""One panel of the profile as SVG: its bands, levels, series, gaps, and the rows of marks under them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from diary.charts.canvas import box, haloed, line, marker, tag, text, titled, trail
from diary.charts.frames import PADDING, TOP_SCORE, Frame
from diary.charts.picture import PanelKey, Series, Span, Strip, Threshold, note_height
from diary.charts.rows_svg import row_parts
from diary.charts.style import GREY, INK, PHASE, RELIEF, WHITE, Style, drawing_order, style_of

SMALLEST_MARK = 3.5


def panel_parts(frame: Frame) -> Iterator[str]:
    """Everything inside one panel, what lies behind first."""
    panel = frame.panel
    yield text(panel.title, (frame.middle, frame.rows.heading), text_anchor="middle", font_weight="bold", font_size=12)
    yield text(f"({panel.unit})", frame.unit, text_anchor=frame.unit_anchor)
    yield from _bands(frame)
    yield from _grid(frame)
    yield from (_threshold(frame, threshold) for threshold in panel.thresholds)
    yield from _starts(frame)
    yield from (_gap(frame, gap) for gap in panel.gaps)
    if frame.whole_width:
        yield from _labels_inside(frame)
    yield from (_series(frame, one) for one in sorted(panel.series, key=drawing_order))
    yield from row_parts(frame)
    if panel.note is not None:
        yield text(panel.note, (frame.middle, frame.y(note_height(panel))), text_anchor="middle", fill=GREY)
    if panel.key is PanelKey.SAME_DAY and panel.start is not None:
        height = frame.y(float(panel.start.score))
        # Over its line, but under it where the words of the phases are over it.
        beside = height - 5 if panel.start.score < TOP_SCORE else height + 13
        yield haloed(panel.start.label, (frame.right, beside), text_anchor="end")


def _grid(frame: Frame) -> Iterator[str]:
    for strip in Strip:
        bottom = frame.y(0, strip) + 6
        yield line((frame.left, bottom), (frame.right, bottom), colour=GREY)
    yield line((frame.left, frame.rows.axis), (frame.right, frame.rows.axis), colour=GREY)
    for x, _ in frame.panel.ticks:
        at = frame.x(x)
        yield line((at, frame.rows.axis), (at, frame.rows.axis + 5), colour=GREY)
        yield line((at, frame.y(0) + 6), (at, frame.y(0) + 10), colour=GREY)
    for x, label in _readable(frame):
        yield text(label, (frame.x(x), frame.rows.axis + 17), text_anchor="middle")


def _readable(frame: Frame) -> Sequence[tuple[float, str]]:
    """The ticks that bear their number: all, or every second, third, ... so that two numbers never touch."""
    ticks = frame.panel.ticks
    return next(
        (some for step in range(1, len(ticks)) if _apart(frame, some := ticks[::step])),
        ticks[:1],
    )


def _apart(frame: Frame, ticks: Sequence[tuple[float, str]]) -> bool:
    return all(
        frame.x(x) - frame.x(before) >= 3.2 * (len(label) + len(label_before)) + 4
        for (before, label_before), (x, label) in pairwise(ticks)
    )


def _bands(frame: Frame) -> Iterator[str]:
    """The phases, each with its word over it; a word that would touch the one before stands a line higher."""
    top, bottom = frame.rows.pain
    free_from = frame.left - 100
    for band in frame.panel.bands:
        first, last = frame.x(band.first), frame.x(band.last)
        yield box((first, top - 8), (last, bottom + 6), fill=PHASE)
        width = 5.6 * len(band.words)
        left = (first + last - width) / 2 if last - first > width else min(first, frame.right + 8 - width)
        height = top - 12 if left > free_from else top - 22
        yield text(band.words, (left, height), font_size=10, fill=GREY)
        free_from = left + width + 3


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
    drawn = box((first, frame.rows.pain[0] - 6), (last, frame.rows.pain[1] + 6), fill=WHITE, stroke=GREY, dash="2 3")
    middle = (first + last) / 2
    if last - first < 12:
        return titled(gap.words, drawn)
    if last - first < 60:
        # Too narrow for a line of words: they stand upright.
        # At the top, where the scores of earlier injections seldom are; on the same day the start has its label there.
        low = frame.panel.key is PanelKey.SAME_DAY
        at, anchor = (middle + 3, frame.y(0.2 if low else 9.8)), "start" if low else "end"
        turned = text(gap.words, at, text_anchor=anchor, font_size=10, transform=f"rotate(-90 {at[0]:g} {at[1]:g})")
        return titled(gap.words, drawn, turned)
    labels = [
        text(part, (middle, frame.rows.pain[0] + 12 + 12 * index), text_anchor="middle", font_size=10)
        for index, part in enumerate(gap.lines)
    ]
    return titled(gap.words, drawn, *labels)


def _series(frame: Frame, series: Series) -> str:
    style = _fitting(style_of(series), frame, len(series.points))
    parts = []
    for run in series.runs:
        at = [(frame.x(point.x), frame.y(float(point.score), series.strip)) for point in run]
        parts.append(trail(at, style))
        parts += [
            titled(point.words, marker(place, style, late=point.late or point.paper, helper=point.helper))
            for point, place in zip(run, at, strict=True)
        ]
    return tag("g", *parts, class_=f"series g{series.generation}", data_what=series.what.value)


def _fitting(style: Style, frame: Frame, points: int) -> Style:
    """Smaller marks where so many would cover each other and their line."""
    room = (frame.width - 2 * PADDING) / max(points, 1)
    return replace(style, size=min(style.size, max(SMALLEST_MARK, room)))


def _labels_inside(frame: Frame) -> Iterator[str]:
    """On a narrow picture the labels stand over their lines, behind the scores, at the right.

    Before the injection that is where the scores are, so there the label stands at the left.
    """
    panel = frame.panel
    if panel.start is not None and panel.key is not PanelKey.SAME_DAY:
        height = frame.y(float(panel.start.score)) - 4
        if panel.key is PanelKey.BEFORE:
            yield haloed(panel.start.label, (frame.left, height))
        else:
            yield haloed(panel.start.label, (frame.right, height), text_anchor="end")
    for threshold in panel.thresholds:
        at = (frame.right, frame.y(float(threshold.high)) - 3)
        yield haloed(threshold.label, at, text_anchor="end", font_size=9.5)
