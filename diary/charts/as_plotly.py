"""The profile as a plotly figure: plain values for JSON, drawn in the browser in the place of the SVG.

The skeleton and its theme are checked by plotly once, when they are first asked for; a request fills in plain lists,
since `go.Figure` would take 40 to 100 ms for each. Between two runs stands None, and ``connectgaps`` is false.
Nothing that a person typed goes into a figure.
"""

from diary.charts.picture import Panel, Profile
from diary.charts.plotly_layout import Figure, Plain, fresh_layout
from diary.charts.plotly_shapes import heading, labels_at_the_right, name_of_found, shapes_of, slashes, words_in
from diary.charts.plotly_traces import nothing, rows_of, traces_of
from diary.charts.style import GREY, SHARES, drawing_order

_BREAK = 0.014


def profile_figure(profile: Profile) -> Figure:
    """Panels side by side with full scale breaks, as ``{"data": [...], "layout": {...}}``."""
    layout = fresh_layout()
    traces: list[Plain] = []
    left, whole = 0.0, sum(SHARES[panel.key] for panel in profile.panels)
    room = 1 - _BREAK * (len(profile.panels) - 1)
    for number, panel in enumerate(profile.panels, start=1):
        right = left + room * SHARES[panel.key] / whole
        _add_panel(layout, traces, panel, number=number, domain=(left, right))
        if number < len(profile.panels):
            layout["shapes"] += slashes(right + _BREAK / 2)
        left = right + _BREAK
    layout["annotations"] += labels_at_the_right(profile.panels[-1])
    if any(panel.findings for panel in profile.panels):
        layout["annotations"].append(name_of_found())
    return {"data": traces, "layout": layout}


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
    layout["annotations"].append(heading(panel, domain))
    layout["shapes"] += shapes_of(panel, axis)
    layout["annotations"] += words_in(panel, axis)
    drawn = [trace for series in sorted(panel.series, key=drawing_order) for trace in traces_of(series, axis)]
    drawn += rows_of(panel, axis)
    # Plotly leaves out an axis without a trace, and puts what is said of its panel into another one.
    traces += drawn or [nothing(axis)]
