"""A line of 120 by 24 for lists: the same scale of 0 to 10 in every row, gaps open, the last score as a dot."""

from dataclasses import dataclass
from fractions import Fraction

from diary.charts.canvas import line, picture, tag, trail
from diary.charts.picture import Point
from diary.charts.runs import joined
from diary.charts.style import GREY, INK, NAVY, Style

WIDTH, HEIGHT = 120, 24
_LINE = Style(colour=NAVY, symbol="circle", width=1.5)
_LEFT, _RIGHT, _MARGIN = 6, 114, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Spark:
    """Scores by day from ``first`` to ``last``; ``start`` is the score to compare with, and ``label`` says it all."""

    first: int
    last: int
    scores: tuple[tuple[int, int], ...]
    start: Fraction | None
    label: str


def sparkline_svg(spark: Spark, *, prefix: str) -> str:
    """The line as SVG. ``prefix`` keeps its id apart from that of the other rows."""
    points = [Point(x=float(day), score=Fraction(score), when="", words="") for day, score in spark.scores]
    parts = _compared(spark.start) if spark.start is not None else []
    for run in joined(points, within=1):
        places = [_place(spark, point) for point in run]
        if len(places) == 1:
            parts.append(_dot(places[0], radius=1.2))
        parts.append(trail(places, _LINE))
    if points:
        parts.append(_dot(_place(spark, points[-1]), radius=2.5))
    return picture(*parts, width=WIDTH, height=HEIGHT, label=spark.label, prefix=prefix, css="sparkline")


def _place(spark: Spark, point: Point) -> tuple[float, float]:
    share = (point.x - spark.first) / max(spark.last - spark.first, 1)
    return _LEFT + share * (_RIGHT - _LEFT), _height(point.score)


def _height(score: Fraction) -> float:
    return HEIGHT - _MARGIN - float(score) / 10 * (HEIGHT - 2 * _MARGIN)


def _compared(start: Fraction) -> list[str]:
    """The start as a tick at the left, half of it as a thin line."""
    half = _height(start / 2)
    return [
        line((0, _height(start)), (4, _height(start)), colour=INK, width=2),
        line((_LEFT, half), (_RIGHT, half), colour=GREY, width=0.75, dash="3 2"),
    ]


def _dot(at: tuple[float, float], *, radius: float) -> str:
    return tag("circle", cx=at[0], cy=at[1], r=radius, fill=NAVY)
