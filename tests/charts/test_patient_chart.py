"""The patient's own chart judges nothing, and the line in a list keeps its scale."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from diary.charts.patient_chart import PatientChart, Stretch, build_patient_chart, moving_svg, pain_svg
from diary.charts.sparkline import Spark, sparkline_svg
from diary.domain.diary import Scores
from tests.factories import a_day, a_diary, an_injection

TODAY = date(2026, 3, 20)
SVG = "{http://www.w3.org/2000/svg}"


def chart_of(*days: str, stretch: Stretch = Stretch.FORTNIGHT) -> PatientChart:
    injection = an_injection(baseline=Scores(average=7))
    entries = [a_day(day, scores=Scores(average=int(day[-1]), moving=3)) for day in days]
    return build_patient_chart(a_diary(injection, *entries), injection=injection, today=TODAY, stretch=stretch)


def test_the_last_fourteen_days_are_shown_with_their_gaps() -> None:
    chart = chart_of("2026-03-06", "2026-03-07", "2026-03-08", "2026-03-12", "2026-03-19")
    assert (chart.first, chart.last) == (date(2026, 3, 7), TODAY)
    assert [[date.fromordinal(int(point.x)).day for point in run] for run in chart.pain] == [[7, 8], [12], [19]]
    assert len(chart.table) == 14
    assert [row.day.day for row in chart.table if row.filled_in] == [19, 12, 8, 7]


def test_the_words_have_their_numbers() -> None:
    chart = chart_of("2026-03-12", "2026-03-14", "2026-03-16", "2026-03-19")
    assert (chart.days_filled_in, chart.lowest, chart.highest, chart.start) == (3, 4, 9, Fraction(7))


def test_everything_is_shown_by_week() -> None:
    chart = chart_of("2026-03-03", "2026-03-04", "2026-03-19", stretch=Stretch.ALL)
    assert [(date.fromordinal(int(run[0].x)), run[0].score) for run in chart.pain] == [
        (date(2026, 3, 2), Fraction(7, 2)),
        (date(2026, 3, 16), 9),
    ]


def test_a_chart_starts_with_three_entries() -> None:
    assert not chart_of("2026-03-18", "2026-03-19").has_enough
    assert chart_of("2026-03-17", "2026-03-18", "2026-03-19").has_enough


@pytest.mark.parametrize("draw", [pain_svg, moving_svg])
def test_a_patient_sees_no_judgement(draw: Callable[[PatientChart], str]) -> None:
    svg = draw(chart_of("2026-03-17", "2026-03-18", "2026-03-19"))
    ET.fromstring(svg)  # noqa: S314 — it is our own
    assert "%" not in svg
    assert "style=" not in svg
    words = " ".join(ET.fromstring(svg).itertext()).lower()  # noqa: S314 — it is our own
    assert not {"less", "better", "worse", "relief", "verdict"} & set(words.replace("lower is less pain", "").split())


def spark_of(scores: tuple[tuple[int, int], ...], start: Fraction | None = Fraction(7)) -> ET.Element:
    spark = Spark(
        first=1, last=14, scores=scores, start=start, label="Adams Joan, day 43, pain 2, was 7, 38 of 43 days"
    )
    return ET.fromstring(sparkline_svg(spark, prefix="spark-1"))  # noqa: S314 — it is our own


def test_a_sparkline_leaves_its_gaps_open_and_marks_the_last_score() -> None:
    root = spark_of(((1, 5), (2, 4), (6, 3), (7, 2), (9, 2)))
    assert len(list(root.iter(f"{SVG}polyline"))) == 2
    assert len(list(root.iter(f"{SVG}circle"))) == 2
    assert root.get("viewBox") == "0 0 120 24"


def test_a_sparkline_has_the_same_scale_in_every_row() -> None:
    low, high = spark_of(((1, 0), (2, 0))), spark_of(((1, 10), (2, 10)))
    assert [
        line.get("points", "").split()[0].split(",")[1] for root in (low, high) for line in root.iter(f"{SVG}polyline")
    ] == ["21", "3"]


def test_a_sparkline_without_scores_or_start_is_drawn_empty() -> None:
    root = spark_of((), start=None)
    assert not list(root.iter(f"{SVG}circle"))
    assert not list(root.iter(f"{SVG}line"))
