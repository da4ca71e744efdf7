"""The scores and marks of a profile as traces of a plotly figure: plain lists, with None between two runs."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from diary.charts.picture import EntryMark, Mark, Panel, Point, Run, Series, Span, Strip
from diary.charts.plotly_layout import ENTRY_ROW, EVENT_ROW, MEDICINE_ROW, REGULAR_ROW, Plain
from diary.charts.series_words import SERIES
from diary.charts.style import INK, Style, style_of
from diary.words.language import gettext as _

_PLOTLY_DASH = {"solid": "solid", "dash": "dash", "dot": "dot"}


def traces_of(
    series: Series, axis: str, place: Callable[[float], float] = float, y: Mapping[Strip, str] | None = None
) -> Iterator[Plain]:
    """One series on its axis; ``place`` says where an x stands, ``y`` on which axis each strip does."""
    style = style_of(series)
    y_axis = (y or {Strip.PAIN: "y", Strip.DIFFICULTY: "y2"})[series.strip]
    points = _with_gaps(series.runs)
    yield {
        "type": "scatter",
        "mode": "lines+markers" if style.width else "markers",
        "name": _name(series),
        "xaxis": axis,
        "yaxis": y_axis,
        "x": [None if point is None else place(point.x) for point in points],
        "y": [None if point is None else float(point.score) for point in points],
        "text": [None if point is None else point.words for point in points],
        "hovertemplate": "%{text}<extra></extra>",
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": style.colour, "width": style.width or 1, "dash": _PLOTLY_DASH[style.dash]},
        "marker": {
            "symbol": [_symbol(style, point) for point in points],
            "size": style.size + 1,
            "color": style.colour,
            "line": {"width": 1.5, "color": style.colour},
        },
    }
    if helped := [point for point in series.points if point.helper]:
        yield {
            "type": "scatter",
            "mode": "markers",
            "name": _("written by a helper"),
            "xaxis": axis,
            "yaxis": y_axis,
            "x": [place(point.x) for point in helped],
            "y": [float(point.score) for point in helped],
            "hoverinfo": "skip",
            "connectgaps": False,
            "cliponaxis": False,
            "marker": {"symbol": "diamond-open", "size": style.size * 2, "color": style.colour},
        }


def _name(series: Series) -> str:
    what = SERIES[series.what]
    match series.generation:
        case 0:
            return _("%(what)s, this", what=what)
        case 1:
            return _("%(what)s, the one before", what=what)
        case _older:
            return _("%(what)s, an older", what=what)


def _with_gaps(runs: Sequence[Run]) -> list[Point | None]:
    """The points in order, with None between two runs."""
    points: list[Point | None] = []
    for run in runs:
        points += [None, *run] if points else run
    return points


def _symbol(style: Style, point: Point | None) -> str:
    late = point is not None and (point.late or point.paper)
    if late and style.hollow:
        return f"{style.symbol}-x-open" if style.symbol in {"square", "circle", "diamond"} else f"{style.symbol}-open"
    return f"{style.symbol}-open" if late or style.hollow else style.symbol


def rows_of(panel: Panel, axis: str) -> Iterator[Plain]:
    """The marks under the scores: medicines, events, languages, entries."""
    rows: tuple[tuple[str, Sequence[Mark], float, str, int], ...] = (
        (_("extra medicine"), panel.medicines, MEDICINE_ROW, "line-ns-open", 12),
        (_("events"), panel.events, EVENT_ROW, "triangle-up", 9),
        (_("languages"), panel.languages, EVENT_ROW, "triangle-down-open", 9),
    )
    for name, marks, row, symbol, size in rows:
        if marks:
            yield _row(name, axis, [mark.x for mark in marks], row, [mark.words for mark in marks], symbol, size)
    yield from (_regular(span, axis) for span in panel.regular)
    if panel.entries:
        xs = [entry.x for entry in panel.entries]
        words = [_how(entry) for entry in panel.entries]
        yield _row(_("entries"), axis, xs, ENTRY_ROW, words, [_symbol_of(entry) for entry in panel.entries], 5)


def nothing(axis: str) -> Plain:
    """A trace without points, for an axis that has no other."""
    return _row(_("nothing"), axis, [], ENTRY_ROW, [], "square", 5)


def _regular(span: Span, axis: str) -> Plain:
    """A flat bar from the first record to the last; a square where there is only one."""
    ends = [span.first] if span.first == span.last else [span.first, span.last]
    marks = _row(_("regular medicine"), axis, ends, REGULAR_ROW, [span.words] * len(ends), "square-open", 5)
    return {**marks, "mode": "lines+markers", "line": {"color": INK, "width": 2}}


def _row(
    name: str, axis: str, xs: list[float], row: float, words: list[str], symbol: str | list[str], size: int
) -> Plain:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "xaxis": axis,
        "yaxis": "y3",
        "x": xs,
        "y": [row] * len(xs),
        "text": words,
        "hovertemplate": "%{text}<extra></extra>",
        "connectgaps": False,
        "marker": {"symbol": symbol, "size": size, "color": INK, "line": {"width": 1.5, "color": INK}},
    }


def _symbol_of(entry: EntryMark) -> str:
    return "diamond-open" if entry.helper else "square-open" if entry.late or entry.paper else "square"


def _how(entry: EntryMark) -> str:
    if entry.paper:
        return _("entry late, from paper") if entry.late else _("entry from paper")
    if entry.late:
        return _("entry late by a helper") if entry.helper else _("entry late")
    return _("entry by a helper") if entry.helper else _("entry")
