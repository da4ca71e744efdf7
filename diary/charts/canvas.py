"""SVG as text: elements with escaped text, and the marks of a chart. No scripts, no styles, nothing from outside."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from diary.charts.style import WHITE, Style

Pair = tuple[float, float]
FONT_IN_PRINT = "Noto Sans, DejaVu Sans, Liberation Sans, sans-serif"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
_DASHES = {"solid": None, "dash": "6 4", "dot": "2 3"}


def tag(name: str, *children: str, **attributes: str | float | None) -> str:
    """One element; ``_`` in an attribute's name stands for ``-``, an attribute that is None is left out.

    Children are finished elements: text goes through `text`.
    """
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(value if isinstance(value, str) else _short(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(children)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def text(words: str, at: Pair, **attributes: str | float | None) -> str:
    """Words at a point, escaped; by default 11 units high and in ink."""
    return tag("text", escape(words), x=at[0], y=at[1], **{"font_size": 11, **attributes})


def titled(words: str, *children: str) -> str:
    """A group with the words that a browser shows on hover."""
    return tag("g", tag("title", escape(words)), *children)


def haloed(words: str, at: Pair, **attributes: str | float | None) -> str:
    """Words that stay readable over a line."""
    return text(words, at, stroke=WHITE, stroke_width=3, paint_order="stroke", **attributes)


def line(a: Pair, b: Pair, *, colour: str, width: float = 1, dash: str | None = None) -> str:
    """A straight line."""
    return tag("line", x1=a[0], y1=a[1], x2=b[0], y2=b[1], stroke=colour, stroke_width=width, stroke_dasharray=dash)


def box(a: Pair, b: Pair, *, fill: str, stroke: str | None = None, dash: str | None = None) -> str:
    """A rectangle between two corners."""
    x, y = min(a[0], b[0]), min(a[1], b[1])
    width, height = abs(b[0] - a[0]), abs(b[1] - a[1])
    return tag("rect", x=x, y=y, width=width, height=height, fill=fill, stroke=stroke, stroke_dasharray=dash)


def trail(points: Sequence[Pair], style: Style) -> str:
    """The line through the points of one run."""
    if len(points) < 2 or not style.width:
        return ""
    return tag(
        "polyline",
        points=" ".join(f"{_short(x)},{_short(y)}" for x, y in points),
        fill="none",
        stroke=style.colour,
        stroke_width=style.width,
        stroke_dasharray=_DASHES[style.dash],
        stroke_linejoin="round",
    )


def marker(at: Pair, style: Style, *, late: bool = False, helper: bool = False) -> str:
    """One mark: hollow where late (with a cross where the series is hollow anyway), in a diamond where by a helper."""
    hollow = late or style.hollow
    fill = WHITE if hollow else style.colour
    parts = [_shape(at, style, fill)]
    if late and style.hollow:
        parts.append(_cross(at, style.size / 2, style.colour))
    if helper:
        parts.append(_polygon(_diamond(at, style.size * 1.1), "none", style.colour))
    return "".join(parts)


def _shape(at: Pair, style: Style, fill: str) -> str:
    (x, y), half = at, style.size / 2
    match style.symbol:
        case "circle":
            return tag("circle", cx=x, cy=y, r=half, fill=fill, stroke=style.colour, stroke_width=1.5)
        case "square":
            corners = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]
        case "diamond":
            corners = _diamond(at, half * 1.25)
        case "triangle-up":
            corners = [(x, y - half * 1.2), (x + half * 1.15, y + half * 0.9), (x - half * 1.15, y + half * 0.9)]
        case "triangle-down":
            corners = [(x, y + half * 1.2), (x + half * 1.15, y - half * 0.9), (x - half * 1.15, y - half * 0.9)]
    return _polygon(corners, fill, style.colour)


def _diamond(at: Pair, half: float) -> list[Pair]:
    x, y = at
    return [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]


def _polygon(corners: Sequence[Pair], fill: str, stroke: str) -> str:
    points = " ".join(f"{_short(x)},{_short(y)}" for x, y in corners)
    return tag("polygon", points=points, fill=fill, stroke=stroke, stroke_width=1.5)


def _cross(at: Pair, half: float, colour: str) -> str:
    x, y = at
    return line((x - half, y - half), (x + half, y + half), colour=colour) + line(
        (x - half, y + half), (x + half, y - half), colour=colour
    )


def picture(
    *children: str, width: float, height: float, label: str, prefix: str, css: str | None = None, font: str = FONT
) -> str:
    """A whole SVG that names itself: ``label`` is its text for those who do not see it."""
    name = f"{prefix}-summary"
    return tag(
        "svg",
        tag("title", escape(label), id=name),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_short(width)} {_short(height)}",
        role="img",
        aria_labelledby=name,
        class_=css,
        font_family=font,
        fill="#0B0C0C",
    )
