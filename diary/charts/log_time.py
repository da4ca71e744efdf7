"""The optional second view of a profile: one axis of time, stretched at its start."""

from collections.abc import Sequence
from math import log10

from diary.charts.picture import Panel, PanelKey, Profile
from diary.charts.plotly_layout import Figure, Plain, fresh_layout
from diary.charts.plotly_shapes import labels_at_the_right, levels_of
from diary.charts.plotly_traces import traces_of
from diary.charts.style import drawing_order
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, lazy_pgettext

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
    (1440, lazy_pgettext("days", "1 d")),
    (3 * 1440, lazy_pgettext("days", "3 d")),
    (7 * 1440, lazy_pgettext("days", "7 d")),
    (14 * 1440, lazy_pgettext("days", "14 d")),
    (30 * 1440, lazy_gettext("1 month")),
    (91 * 1440, "3"),
    (182 * 1440, "6"),
    (364 * 1440, lazy_gettext("12 months")),
)


def log_time(minutes: float) -> float:
    """The stretched time of the optional view: log10(1 + minutes / 5)."""
    return log10(1 + minutes / 5)


def log_time_figure(profile: Profile) -> Figure:
    """The same points on one axis that is stretched at the start: a second view, never the first.

    What was before the injection has no place on it, nor have the months after a year; both stay in the profile.
    """
    layout = fresh_layout()
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
        "tickvals": [at for at, label in ticks],
        "ticktext": [str(label) for at, label in ticks],
        "ticks": "outside",
        "tickangle": 0,
        "tickfont": {"size": 11},
        "title": {"text": _("Time is stretched: early times are larger"), "standoff": 12},
    }
    traces: list[Plain] = []
    for panel in shown:
        for series in sorted(panel.series, key=drawing_order):
            traces += traces_of(series, "x", lambda x, key=panel.key: log_time(_minutes(key, x)))  # type: ignore[misc]  # a default in a lambda
    _add_levels(layout, shown)
    return {"data": traces, "layout": layout}


def _minutes(key: PanelKey, x: float) -> float:
    return x * _MINUTES_IN[key]


def _add_levels(layout: Plain, panels: Sequence[Panel]) -> None:
    """Each panel's starts and thresholds over its own stretch only: two instruments, two starts."""
    for panel in panels:
        first, last = (log_time(_minutes(panel.key, x)) for x in (panel.first, panel.last))
        layout["shapes"] += levels_of(panel, "x", first, last)
    layout["annotations"] += labels_at_the_right(panels[-1])
