"""What stands behind and around the scores of a plotly figure: phases, levels, gaps, brackets, and their words."""

from collections.abc import Iterator

from diary.charts.findings import lines_of
from diary.charts.picture import Finding, Panel, PanelKey, Span, lines_of_label, note_height
from diary.charts.plotly_layout import DIFFICULTY_DOMAIN, PAIN_DOMAIN, ROWS_DOMAIN, SCALE, Plain
from diary.charts.style import GREY, INK, PHASE, RELIEF, SHARES, WHITE
from diary.words.language import gettext as _

FOUND = PAIN_DOMAIN[0] - 0.032  # where the brackets of what was found stand
NARROWEST_BRACKET = 0.016  # of its panel
NARROWEST_WORDS = 0.045  # of its panel: a gap that is narrower has its words in the summary alone
LETTERS = 160  # how many fit side by side over all panels


def shapes_of(panel: Panel, axis: str) -> Iterator[Plain]:
    """Everything of a panel that is drawn as a shape, what lies behind first."""
    for band in panel.bands:
        yield _rectangle(axis, band, "y", fill=PHASE)
    yield from levels_of(panel, axis, *_beyond(panel))
    for gap in panel.gaps:
        yield {**_rectangle(axis, gap, "y", fill=WHITE), "line": {"color": GREY, "width": 1, "dash": "dot"}}
    for finding in panel.findings:
        yield from _bracket(axis, finding, least=(panel.last - panel.first) * NARROWEST_BRACKET)
    if panel.ended_by is not None:
        yield _upright(axis, panel.ended_by.x)


def _beyond(panel: Panel) -> tuple[float, float]:
    """So far that a level crosses the panel when it is moved, too; it is cut at the panel's edge.

    A level that spans the panel by its share of it (``x domain``) would be drawn under the phases and vanish in them.
    """
    width = panel.last - panel.first
    return panel.first - 20 * width, panel.last + 20 * width


def levels_of(panel: Panel, axis: str, first: float, last: float) -> Iterator[Plain]:
    """The thresholds and starts of a panel, from one x to another."""
    across = {"layer": "below", "xref": axis, "x0": first, "x1": last}
    for threshold in panel.thresholds:
        low, high = float(threshold.low), float(threshold.high)
        if low == high:
            yield {**across, "type": "line", **_height("y", low, low), "line": _stroke(GREY, "dash")}
        else:
            band = {"fillcolor": RELIEF, "line": {"color": GREY, "width": 1}}
            yield {**across, "type": "rect", **_height("y", low, high), **band}
    for start, yref in ((panel.start, "y"), (panel.difficulty_start, "y2")):
        if start is not None:
            score = float(start.score)
            yield {**across, "type": "line", **_height(yref, score, score), "line": _stroke(INK, "solid")}


def _height(yref: str, low: float, high: float) -> Plain:
    return {"yref": yref, "y0": low, "y1": high}


def _stroke(colour: str, dash: str) -> Plain:
    return {"color": colour, "width": 1.5, "dash": dash}


def _rectangle(axis: str, span: Span, y: str, *, fill: str) -> Plain:
    return {
        "type": "rect",
        "layer": "below",
        "xref": axis,
        "yref": y,
        "x0": span.first,
        "x1": span.last,
        "y0": SCALE[0],
        "y1": SCALE[1],
        "fillcolor": fill,
        "line": {"width": 0},
    }


def _bracket(axis: str, finding: Finding, *, least: float) -> Iterator[Plain]:
    """Under the axis of pain: a thick line for what held, a bracket for what happened somewhere within."""
    across = {"type": "line", "xref": axis, "yref": "paper", "layer": "above"}
    width = 3 if finding.held else 1.25
    missing = max(0, least - (finding.last - finding.first)) / 2
    first, last = finding.first - missing, finding.last + missing
    level = {"x0": first, "x1": last, "y0": FOUND, "y1": FOUND}
    yield {**across, **level, "line": {"color": INK, "width": width}}
    for x, closed in ((first, finding.begins), (last, finding.ends)):
        if closed and not finding.held:
            end = {"x0": x, "x1": x, "y0": FOUND, "y1": FOUND + 0.012}
            yield {**across, **end, "line": {"color": INK, "width": width}}


def _found(panel: Panel, axis: str) -> Iterator[Plain]:
    """The words of the brackets, each on a line of its own under them."""
    told = [finding for finding in panel.findings if finding.words]
    letters, line = int(SHARES[panel.key] * LETTERS), 0
    for finding in told:
        lines = lines_of(finding.words, letters)
        late = (finding.first - panel.first) / (panel.last - panel.first) > 0.45
        x, anchor = (panel.last, "right") if late else (finding.first, "left")
        words = _words("<br>".join(lines), x=x, y=FOUND - 0.006 - 0.024 * line, xref=axis, yref="paper", size=11)
        yield words | {"xanchor": anchor, "yanchor": "top", "align": anchor}
        line += len(lines)


def name_of_found() -> Plain:
    """What the row of brackets is called, at its left."""
    return _words(_("Found"), x=-0.008, y=FOUND, xref="paper", yref="paper") | {"xanchor": "right"}


def _upright(axis: str, x: float) -> Plain:
    ends = {"x0": x, "x1": x, "y0": 0, "y1": 1}
    return {"type": "line", "xref": axis, "yref": "paper", **ends, "line": {"color": INK, "width": 2.5}}


def slashes(middle: float) -> Iterator[Plain]:
    """The two slashes of a scale break, under each of the three rows."""
    for bottom in (PAIN_DOMAIN[0], DIFFICULTY_DOMAIN[0], ROWS_DOMAIN[0]):
        for shift in (-0.003, 0.001):
            yield {
                "type": "line",
                "xref": "paper",
                "yref": "paper",
                "x0": middle + shift,
                "x1": middle + shift + 0.004,
                "y0": bottom - 0.012,
                "y1": bottom + 0.012,
                "line": {"color": INK, "width": 1.5},
            }


def heading(panel: Panel, domain: tuple[float, float]) -> Plain:
    """The title and unit over a panel."""
    return _words(
        f"<b>{panel.title}</b><br>({panel.unit})", x=(domain[0] + domain[1]) / 2, y=1.02, xref="paper", yref="paper"
    ) | {"yanchor": "bottom"}


def words_in(panel: Panel, axis: str) -> Iterator[Plain]:
    """The words that stand in a panel."""
    domain = f"{axis} domain"
    for band in panel.bands:
        yield _words(band.words, x=(band.first + band.last) / 2, y=10.5, xref=axis, yref="y", colour=GREY, size=10)
    for gap in panel.gaps:
        share = (gap.last - gap.first) / (panel.last - panel.first)
        if share < NARROWEST_WORDS:
            continue
        narrow = share < 0.25
        words = _words(
            gap.words,
            x=(gap.first + gap.last) / 2,
            y=2.2 if panel.key is PanelKey.SAME_DAY else 8.4,
            xref=axis,
            yref="y",
            size=10,
        )
        yield words | ({"textangle": -90} if narrow else {})
    yield from _found(panel, axis)
    if panel.note is not None:
        yield _words(panel.note, x=0.5, y=note_height(panel), xref=domain, yref="y", colour=GREY)
    if panel.key is PanelKey.SAME_DAY and panel.start is not None:
        start = _words(panel.start.label, x=1, y=float(panel.start.score), xref=domain, yref="y")
        yield start | {"xanchor": "right", "yanchor": "bottom"}
    if panel.ended_by is not None:
        yield _words(_("next injection"), x=panel.ended_by.x, y=9.5, xref=axis, yref="y", size=10) | {"xanchor": "left"}


def labels_at_the_right(panel: Panel) -> Iterator[Plain]:
    """What the levels are called, beside the last panel."""
    labels = [(threshold.label, float(threshold.low + threshold.high) / 2, "y") for threshold in panel.thresholds]
    if panel.start is not None:
        labels.append((f"<b>{panel.start.label}</b>", float(panel.start.score), "y"))
    if panel.difficulty_start is not None:
        labels.append((f"<b>{panel.difficulty_start.label}</b>", float(panel.difficulty_start.score), "y2"))
    for label, score, yref in labels:
        lines = "<br>".join(lines_of_label(label))
        yield _words(lines, x=1.005, y=score, xref="paper", yref=yref, size=11) | {"xanchor": "left", "align": "left"}


def _words(words: str, *, x: float, y: float, xref: str, yref: str, colour: str = INK, size: int = 12) -> Plain:
    font = {"size": size, "color": colour}
    return {"text": words, "x": x, "y": y, "xref": xref, "yref": yref, "showarrow": False, "font": font}
