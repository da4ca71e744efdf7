"""The part of a plotly figure that is the same for every profile: theme, scales, and where the rows stand."""

from copy import deepcopy
from functools import cache
from typing import Any

from diary.charts.style import GREY, INK, WHITE
from diary.words.language import gettext as _

Figure = dict[str, Any]
Plain = dict[str, Any]

# From the bottom of the paper to its top; between pain and difficulty stands what was found.
PAIN_DOMAIN, DIFFICULTY_DOMAIN, ROWS_DOMAIN = (0.44, 1.0), (0.17, 0.34), (0.0, 0.13)
MEDICINE_ROW, REGULAR_ROW, EVENT_ROW, ENTRY_ROW = 2.2, 1.6, 0.9, 0.0
SCALE = (-0.35, 10.6)


@cache
def _skeleton() -> Figure:
    """The part that is the same for every profile, without its words; read only, see `fresh_layout`."""
    import plotly.graph_objects as go

    scale = {"range": list(SCALE), "fixedrange": True, "zeroline": False, "showgrid": False, "tickcolor": GREY}
    figure = go.Figure(
        layout={
            "template": go.layout.Template(),
            "dragmode": False,
            "hovermode": "closest",
            "showlegend": False,
            "height": 640,
            "margin": {"l": 62, "r": 128, "t": 46, "b": 40},
            "paper_bgcolor": WHITE,
            "plot_bgcolor": WHITE,
            "font": {"family": "system-ui, sans-serif", "size": 12, "color": INK},
            "hoverlabel": {"bgcolor": WHITE, "bordercolor": INK, "font": {"color": INK}},
            "yaxis": {**scale, "domain": PAIN_DOMAIN, "dtick": 2, "title": {"text": ""}},
            "yaxis2": {
                **scale,
                "domain": DIFFICULTY_DOMAIN,
                "dtick": 5,
                "title": {"text": ""},
            },
            "yaxis3": {
                "domain": ROWS_DOMAIN,
                "range": [-0.6, 2.8],
                "fixedrange": True,
                "zeroline": False,
                "showgrid": False,
                "tickvals": [MEDICINE_ROW, EVENT_ROW, ENTRY_ROW],
                "ticktext": [],
            },
        }
    )
    plain: Figure = figure.to_plotly_json()
    return plain


def fresh_layout() -> Plain:
    """A copy of the layout to fill, with the names of its rows in the language spoken, without shapes."""
    layout: Plain = deepcopy(_skeleton()["layout"])
    lower = _("lower is better")
    layout["yaxis"]["title"]["text"] = "<br>".join((_("Pain"), lower))
    layout["yaxis2"]["title"]["text"] = "<br>".join((_("Difficulty moving"), lower))
    layout["yaxis3"]["ticktext"] = [_("Medicine"), _("Events"), _("Entries")]
    layout["shapes"], layout["annotations"] = [], []
    return layout
