"""The rows under a panel's pain as SVG: what was found, medicines, events, entries, and the next injection's line."""

from collections.abc import Iterator

from diary.charts.canvas import Pair, box, haloed, line, marker, text, titled
from diary.charts.findings import lines_of
from diary.charts.frames import PADDING, Frame
from diary.charts.picture import Finding, Span
from diary.charts.style import EVENT, GREY, INK, LANGUAGE, WHITE, Style
from diary.words.language import gettext as _

LETTER = 5.5  # how wide one is, on the average, at 10 units
LINE = 11
NARROWEST_BRACKET = 5


def row_parts(frame: Frame) -> Iterator[str]:
    """All the rows of one panel."""
    yield from _findings(frame)
    yield from _medicines(frame)
    yield from _events(frame)
    for entry in frame.panel.entries:
        style = Style(colour=GREY, symbol="diamond" if entry.helper else "square", size=4)
        yield marker((frame.x(entry.x), frame.rows.entries - 3), style, late=entry.late or entry.helper or entry.paper)
    yield from _end(frame)


# --- what was found ---------------------------------------------------------------------------------------------------


def _findings(frame: Frame) -> Iterator[str]:
    """Brackets under the axis of pain, so that no score is covered, each with its words under it."""
    top = frame.rows.findings + 13
    free_from = frame.left - PADDING
    for finding in frame.panel.findings:
        first, last = _ends_of(frame, finding)
        bracket = "".join(bracket_parts((first, last), frame.rows.findings, finding))
        yield titled(finding.words, bracket) if finding.words else bracket
        if not finding.words:
            continue
        lines = lines_of(finding.words, int(frame.width / LETTER))
        width = LETTER * max(len(part) for part in lines)
        left = max(frame.left, min(first, frame.right - width))
        if left < free_from:
            top += LINE
        for index, part in enumerate(lines):
            yield text(part, (left, top + LINE * index), font_size=10)
        top += LINE * (len(lines) - 1)
        free_from = left + width + 8


def _ends_of(frame: Frame, finding: Finding) -> Pair:
    first, last = frame.x(finding.first), frame.x(finding.last)
    missing = max(0, NARROWEST_BRACKET - (last - first)) / 2
    return first - missing, last + missing


def bracket_parts(ends: Pair, height: float, finding: Finding) -> Iterator[str]:
    """A thick line for what held throughout; a bracket, open where it goes on, for what happened somewhere within."""
    first, last = ends
    yield line((first, height), (last, height), colour=INK, width=3 if finding.held else 1.25)
    for at, closed in ((first, finding.begins), (last, finding.ends)):
        if closed and not finding.held:
            yield line((at, height - 5), (at, height + 0.6), colour=INK, width=1.25)


# --- medicines --------------------------------------------------------------------------------------------------------


def _medicines(frame: Frame) -> Iterator[str]:
    """Upright ticks for extra medicine, and under them flat bars for what is taken regularly."""
    medicines, row = frame.panel.medicines, frame.rows.medicine
    width = min(2, (frame.width - 2 * PADDING) / max(len(medicines), 1) / 2)
    for medicine in medicines:
        at = frame.x(medicine.x)
        yield titled(medicine.words, line((at, row - 9), (at, row + 1), colour=INK, width=width))
    for span in frame.panel.regular:
        yield titled(span.words, _regular(frame, span))


def _regular(frame: Frame, span: Span) -> str:
    row = frame.rows.medicine
    return regular_bar((frame.x(span.first), row + 3), frame.x(span.last))


def regular_bar(at: Pair, last: float) -> str:
    """The bar of a regular medicine, from its first record to its last; a square where there is only one."""
    x, y = at
    return box((x - 2, y), (last + 2, y + 4), fill=WHITE, stroke=INK)


# --- events -----------------------------------------------------------------------------------------------------------


def _events(frame: Frame) -> Iterator[str]:
    """A mark for each event, with its word where there is room for it; all stand in the footnotes."""
    panel = frame.panel
    marks = sorted(
        [(frame.x(mark.x), EVENT, mark) for mark in panel.events]
        + [(frame.x(mark.x), LANGUAGE, mark) for mark in panel.languages],
        key=lambda placed: placed[0],
    )
    for index, (at, style, mark) in enumerate(marks):
        room = (marks[index + 1][0] if index + 1 < len(marks) else frame.right) - at
        fits = room > 12 + LETTER * len(mark.word)
        label = text(mark.word, (at + 7, frame.rows.events), font_size=10) if fits else ""
        yield titled(mark.words, marker((at, frame.rows.events - 4), style), label)


def _end(frame: Frame) -> Iterator[str]:
    """The upright line of the injection that ends the panel."""
    if frame.panel.ended_by is None:
        return
    at = frame.x(frame.panel.ended_by.x)
    place, anchor = (at + 5, "start") if frame.right - at > 80 else (at - 5, "end")
    yield titled(
        frame.panel.ended_by.words,
        line((at, frame.rows.pain[0] - 8), (at, frame.rows.axis), colour=INK, width=2.5),
        haloed(_("next injection"), (place, frame.y(9.4)), text_anchor=anchor),
    )
