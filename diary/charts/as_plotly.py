"""The profile as a plotly figure: plain values for JSON, drawn in the browser in the place of the SVG.

The skeleton and its theme are checked by plotly once, when they are first asked for; a request fills in plain lists,
since `go.Figure` would take 40 to 100 ms for each. Between two runs stands None, and ``connectgaps`` is false.
Nothing that a person typed goes into a figure.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cache
from math import log10
from typing import Any

from diary.charts.picture import EntryMark, Mark, Panel, PanelKey, Point, Profile, Run, Series, Span, Strip
from diary.charts.style import (
    GREY,
    INK,
    PHASE,
    RELIEF,
    WHITE,
    Style,
    drawing_order,
    style_of,
)

Figure = dict[str, Any]
Plain = dict[str, Any]

_SHARES = {
    PanelKey.BEFORE: 0.11,
    PanelKey.CLINIC: 0.17,
    PanelKey.SAME_DAY: 0.17,
    PanelKey.FORTNIGHT: 0.23,
    PanelKey.WEEKS: 0.32,
    PanelKey.MONTHS: 0.2,
}
_BREAK = 0.014
_PAIN_DOMAIN, _DIFFICULTY_DOMAIN, _ROWS_DOMAIN = (0.42, 1.0), (0.17, 0.36), (0.0, 0.13)
_MEDICINE_ROW, _EVENT_ROW, _ENTRY_ROW = 2.0, 1.0, 0.0
_SCALE = (-0.35, 10.6)
_PLOTLY_DASH = {"solid": "solid", "dash": "dash", "dot": "dot"}


@cache
def _skeleton() -> Figure:
    """The part that is the same for every profile, as plotly itself writes it; read only, see `_fresh_layout`."""
    import plotly.graph_objects as go

    scale = {"range": list(_SCALE), "fixedrange": True, "zeroline": False, "showgrid": False, "tickcolor": GREY}
    figure = go.Figure(
        layout={
            "template": go.layout.Template(),
            "dragmode": False,
            "hovermode": "closest",
            "showlegend": False,
            "height": 620,
            "margin": {"l": 62, "r": 128, "t": 46, "b": 40},
            "paper_bgcolor": WHITE,
            "plot_bgcolor": WHITE,
            "font": {"family": "system-ui, sans-serif", "size": 12, "color": INK},
            "hoverlabel": {"bgcolor": WHITE, "bordercolor": INK, "font": {"color": INK}},
            "yaxis": {**scale, "domain": _PAIN_DOMAIN, "dtick": 2, "title": {"text": "Pain<br>lower is better"}},
            "yaxis2": {
                **scale,
                "domain": _DIFFICULTY_DOMAIN,
                "dtick": 5,
                "title": {"text": "Difficulty moving<br>lower is better"},
            },
            "yaxis3": {
                "domain": _ROWS_DOMAIN,
                "range": [-0.6, 2.8],
                "fixedrange": True,
                "zeroline": False,
                "showgrid": False,
                "tickvals": [_MEDICINE_ROW, _EVENT_ROW, _ENTRY_ROW],
                "ticktext": ["Medicine", "Events", "Entries"],
            },
        }
    )
    plain: Figure = figure.to_plotly_json()
    return plain


def profile_figure(profile: Profile) -> Figure:
    """Panels side by side with full scale breaks, as ``{"data": [...], "layout": {...}}``."""
    layout = _fresh_layout()
    traces: list[Plain] = []
    left, whole = 0.0, sum(_SHARES[panel.key] for panel in profile.panels)
    room = 1 - _BREAK * (len(profile.panels) - 1)
    for number, panel in enumerate(profile.panels, start=1):
        right = left + room * _SHARES[panel.key] / whole
        _add_panel(layout, traces, panel, number=number, domain=(left, right))
        if number < len(profile.panels):
            layout["shapes"] += _slashes(right + _BREAK / 2)
        left = right + _BREAK
    layout["annotations"] += _labels_at_the_right(profile.panels[-1])
    return {"data": traces, "layout": layout}


def _fresh_layout() -> Plain:
    layout: Plain = deepcopy(_skeleton()["layout"])
    layout["shapes"], layout["annotations"] = [], []
    return layout


def _add_panel(layout: Plain, traces: list[Plain], panel: Panel, *, number: int, domain: tuple[float, float]) -> None:
    suffix = "" if number == 1 else str(number)
    pad = (panel.last - panel.first) * 0.05
    layout[f"xaxis{suffix}"] = {
        "domain": list(domain),
        "range": [panel.first - pad, panel.last + pad],
        "fixedrange": False,
        "anchor": "y3",
        "zeroline": False,
        "showgrid": False,
        "ticks": "outside",
        "tickvals": [x for x, _ in panel.ticks],
        "ticktext": [label for _, label in panel.ticks],
        "linecolor": GREY,
        "showline": True,
    }
    axis = f"x{suffix}"
    layout["annotations"].append(_heading(panel, domain))
    layout["shapes"] += _shapes(panel, axis)
    layout["annotations"] += _words_in(panel, axis)
    drawn = [trace for series in sorted(panel.series, key=drawing_order) for trace in _traces_of(series, axis)]
    drawn += _rows_of(panel, axis)
    # Plotly leaves out an axis without a trace, and puts what is said of its panel into another one.
    traces += drawn or [_row("nothing", axis, [], _ENTRY_ROW, [], "square", 5)]


# --- traces -----------------------------------------------------------------------------------------------------------


def _traces_of(
    series: Series, axis: str, place: Callable[[float], float] = float, y: Mapping[Strip, str] | None = None
) -> Iterator[Plain]:
    style = style_of(series)
    y_axis = (y or {Strip.PAIN: "y", Strip.DIFFICULTY: "y2"})[series.strip]
    points = _with_gaps(series.runs)
    yield {
        "type": "scatter",
        "mode": "lines+markers" if style.width else "markers",
        "name": f"{series.what.value}, {('this', 'the one before', 'an older')[series.generation]}",
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
            "name": "written by a helper",
            "xaxis": axis,
            "yaxis": y_axis,
            "x": [place(point.x) for point in helped],
            "y": [float(point.score) for point in helped],
            "hoverinfo": "skip",
            "connectgaps": False,
            "cliponaxis": False,
            "marker": {"symbol": "diamond-open", "size": style.size * 2, "color": style.colour},
        }


def _with_gaps(runs: Sequence[Run]) -> list[Point | None]:
    """The points in order, with None between two runs."""
    points: list[Point | None] = []
    for run in runs:
        points += [None, *run] if points else run
    return points


def _symbol(style: Style, point: Point | None) -> str:
    late = point is not None and point.late
    if late and style.hollow:
        return f"{style.symbol}-x-open" if style.symbol in {"square", "circle", "diamond"} else f"{style.symbol}-open"
    return f"{style.symbol}-open" if late or style.hollow else style.symbol


def _rows_of(panel: Panel, axis: str) -> Iterator[Plain]:
    rows: tuple[tuple[str, Sequence[Mark], float, str, int], ...] = (
        ("extra medicine", panel.medicines, _MEDICINE_ROW, "line-ns-open", 12),
        ("events", panel.events, _EVENT_ROW, "triangle-up", 9),
    )
    for name, marks, row, symbol, size in rows:
        if marks:
            yield _row(name, axis, [mark.x for mark in marks], row, [mark.words for mark in marks], symbol, size)
    if panel.entries:
        xs = [entry.x for entry in panel.entries]
        words = [_how(entry) for entry in panel.entries]
        yield _row("entries", axis, xs, _ENTRY_ROW, words, [_symbol_of(entry) for entry in panel.entries], 5)


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
    return "diamond-open" if entry.helper else "square-open" if entry.late else "square"


def _how(entry: EntryMark) -> str:
    return " ".join(["entry", *(["late"] if entry.late else []), *(["by a helper"] if entry.helper else [])])


# --- shapes and words -------------------------------------------------------------------------------------------------


def _shapes(panel: Panel, axis: str) -> Iterator[Plain]:
    for band in panel.bands:
        yield _rectangle(axis, band, "y", fill=PHASE)
    yield from _levels(panel, axis, *_beyond(panel))
    for gap in panel.gaps:
        yield {**_rectangle(axis, gap, "y", fill=WHITE), "line": {"color": GREY, "width": 1, "dash": "dot"}}
    if panel.ended_by is not None:
        yield _upright(axis, panel.ended_by.x)


def _beyond(panel: Panel) -> tuple[float, float]:
    """So far that a level crosses the panel when it is moved, too; it is cut at the panel's edge.

    A level that spans the panel by its share of it (``x domain``) would be drawn under the phases and vanish in them.
    """
    width = panel.last - panel.first
    return panel.first - 20 * width, panel.last + 20 * width


def _levels(panel: Panel, axis: str, first: float, last: float) -> Iterator[Plain]:
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
        "y0": _SCALE[0],
        "y1": _SCALE[1],
        "fillcolor": fill,
        "line": {"width": 0},
    }


def _upright(axis: str, x: float) -> Plain:
    ends = {"x0": x, "x1": x, "y0": 0, "y1": 1}
    return {"type": "line", "xref": axis, "yref": "paper", **ends, "line": {"color": INK, "width": 2.5}}


def _slashes(middle: float) -> Iterator[Plain]:
    """The two slashes of a scale break, under each of the three rows."""
    for bottom in (_PAIN_DOMAIN[0], _DIFFICULTY_DOMAIN[0], _ROWS_DOMAIN[0]):
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


def _heading(panel: Panel, domain: tuple[float, float]) -> Plain:
    return _words(
        f"<b>{panel.title}</b><br>({panel.unit})", x=(domain[0] + domain[1]) / 2, y=1.02, xref="paper", yref="paper"
    ) | {"yanchor": "bottom"}


def _words_in(panel: Panel, axis: str) -> Iterator[Plain]:
    domain = f"{axis} domain"
    for band in panel.bands:
        yield _words(band.words, x=(band.first + band.last) / 2, y=10.5, xref=axis, yref="y", colour=GREY, size=10)
    for gap in panel.gaps:
        narrow = (gap.last - gap.first) / (panel.last - panel.first) < 0.25
        words = _words(gap.words, x=(gap.first + gap.last) / 2, y=8.6, xref=axis, yref="y", size=10)
        yield words | ({"textangle": -90} if narrow else {})
    if panel.note is not None:
        yield _words(panel.note, x=0.5, y=5, xref=domain, yref="y", colour=GREY)
    if panel.key is PanelKey.SAME_DAY and panel.start is not None:
        start = _words(panel.start.label, x=1, y=float(panel.start.score), xref=domain, yref="y")
        yield start | {"xanchor": "right", "yanchor": "bottom"}
    if panel.ended_by is not None:
        yield _words("next injection", x=panel.ended_by.x, y=9.5, xref=axis, yref="y", size=10) | {"xanchor": "left"}


def _labels_at_the_right(panel: Panel) -> Iterator[Plain]:
    labels = [(threshold.label, float(threshold.low + threshold.high) / 2, "y") for threshold in panel.thresholds]
    if panel.start is not None:
        labels.append((f"<b>{panel.start.label}</b>", float(panel.start.score), "y"))
    if panel.difficulty_start is not None:
        labels.append((f"<b>{panel.difficulty_start.label}</b>", float(panel.difficulty_start.score), "y2"))
    for label, score, yref in labels:
        lines = label.replace(", ", "<br>").replace(" (", "<br>(", 1)
        yield _words(lines, x=1.005, y=score, xref="paper", yref=yref, size=11) | {"xanchor": "left", "align": "left"}


def _words(words: str, *, x: float, y: float, xref: str, yref: str, colour: str = INK, size: int = 12) -> Plain:
    font = {"size": size, "color": colour}
    return {"text": words, "x": x, "y": y, "xref": xref, "yref": yref, "showarrow": False, "font": font}


# --- the log-time view ------------------------------------------------------------------------------------------------

_MINUTES_IN = {
    PanelKey.CLINIC: 1,
    PanelKey.SAME_DAY: 60,
    PanelKey.FORTNIGHT: 24 * 60,
    PanelKey.WEEKS: 7 * 24 * 60,
}
_LOG_TICKS = (
    (0, "0"),
    (5, "5 min"),
    (15, "15 min"),
    (30, "30 min"),
    (60, "1 h"),
    (180, "3 h"),
    (360, "6 h"),
    (720, "12 h"),
    (1440, "1 d"),
    (3 * 1440, "3 d"),
    (7 * 1440, "7 d"),
    (14 * 1440, "14 d"),
    (30 * 1440, "1 month"),
    (91 * 1440, "3"),
    (182 * 1440, "6"),
    (364 * 1440, "12 months"),
)


def log_time(minutes: float) -> float:
    """The stretched time of the optional view: log10(1 + minutes / 5)."""
    return log10(1 + minutes / 5)


def log_time_figure(profile: Profile) -> Figure:
    """The same points on one axis that is stretched at the start: a second view, never the first.

    What was before the injection has no place on it, nor have the months after a year; both stay in the profile.
    """
    layout = _fresh_layout()
    del layout["yaxis3"]
    layout["margin"]["b"] = 70
    layout["yaxis"]["domain"], layout["yaxis2"]["domain"] = [0.36, 1.0], [0.0, 0.26]
    shown = [panel for panel in profile.panels if panel.key in _MINUTES_IN]
    last = max(_minutes(panel.key, panel.last) for panel in shown)
    ticks = [(log_time(minutes), label) for minutes, label in _LOG_TICKS if minutes <= last]
    layout["xaxis"] = {
        "range": [-0.05, log_time(last) + 0.05],
        "anchor": "y2",
        "zeroline": False,
        "showgrid": False,
        "tickvals": [at for at, _ in ticks],
        "ticktext": [label for _, label in ticks],
        "ticks": "outside",
        "tickangle": 0,
        "tickfont": {"size": 11},
        "title": {"text": "Time is stretched: early times are larger", "standoff": 12},
    }
    traces: list[Plain] = []
    for panel in shown:
        for series in sorted(panel.series, key=drawing_order):
            traces += _traces_of(series, "x", lambda x, key=panel.key: log_time(_minutes(key, x)))  # type: ignore[misc]
    _add_levels(layout, shown)
    return {"data": traces, "layout": layout}


def _minutes(key: PanelKey, x: float) -> float:
    return x * _MINUTES_IN[key]


def _add_levels(layout: Plain, panels: Sequence[Panel]) -> None:
    """Each panel's starts and thresholds over its own stretch only: two instruments, two starts."""
    for panel in panels:
        first, last = (log_time(_minutes(panel.key, x)) for x in (panel.first, panel.last))
        layout["shapes"] += _levels(panel, "x", first, last)
    layout["annotations"] += _labels_at_the_right(panels[-1])
