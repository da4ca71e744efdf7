"""The two renderers draw the same profile: well-formed, gaps open, late ones hollow, nothing that a person typed."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import plotly.graph_objects as go
import pytest
import typst

from diary.charts.as_plotly import profile_figure
from diary.charts.as_svg import narrow_svg, print_svg, wide_svg
from diary.charts.log_time import log_time, log_time_figure
from diary.charts.picture import PanelKey, Profile
from diary.charts.style import LINES_AND_MARKS, PHASE, style_of
from diary.domain.diary import Diary, Injection, Instrument, Scores
from diary.domain.timeline import day_since, days_in_force, minute_since, moments_in_force, next_of_same_side
from tests.charts.profiles import EXAMPLES, example, panel_of, profile_of, profiles_of_example
from tests.factories import a_day, a_diary, a_moment, an_injection

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</title><script>alert(1)</script> \" onload='x' &"


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 — it is our own


def drawn_points(profile: Profile) -> int:
    return sum(len(one.points) for panel in profile.panels for one in panel.series)


def score_traces(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["yaxis"] != "y3" and trace["name"] != "written by a helper"]


def busy_profile() -> Profile:
    """Scores in every panel, with a gap, a late and a helper's entry."""
    zero = date(2026, 3, 2)
    before = [a_day((zero + timedelta(days=number)).isoformat(), scores=Scores(average=7)) for number in range(-9, 0)]
    days = [a_day((zero + timedelta(days=number)).isoformat()) for number in (*range(6), *range(9, 120))]
    late = a_day("2026-03-08", recorded_at="2026-03-10T12:00:00-05:00")
    moments = [a_moment(f"2026-03-02T{hour}:{minute}:00-05:00") for hour, minute in ((10, 40), (10, 50), (13, 20))]
    injection = an_injection(baseline=Scores(movement=7, average=7, moving=6))
    return profile_of(a_diary(injection, *moments, *before, *days, late), as_of="2026-07-01", window=(15, 120))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_worked_example_is_drawn_twice_with_the_same_points(path: Path) -> None:
    for profile in profiles_of_example(path):
        figure = profile_figure(profile)
        ys = [y for trace in score_traces(figure) for y in trace["y"] if y is not None]
        scores = [float(point.score) for panel in profile.panels for one in panel.series for point in one.points]
        assert sorted(ys) == sorted(scores)
        for svg in (wide_svg(profile), narrow_svg(profile)):
            groups = [group for group in parsed(svg).iter(f"{SVG}g") if group.get("data-what")]
            titles = [title.text for group in groups for title in group.iter(f"{SVG}title")]
            assert len(titles) == drawn_points(profile)
        go.Figure(figure)
        go.Figure(log_time_figure(profile))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_entries_of_every_worked_example_are_those_of_its_diary(path: Path) -> None:
    diary, as_of, injections = example(path)
    for injection, profile in zip(injections, profiles_of_example(path), strict=True):
        drawn = sum(len(panel.entries) for panel in profile.panels)
        assert drawn == _entries_of(diary, injection, injections, as_of)


def _entries_of(diary: Diary, injection: Injection, injections: tuple[Injection, ...], as_of: date) -> int:
    """Counted apart from the course: days -14 to the end of the period, minutes 0 to 1440 before any next injection."""
    following = next_of_same_side(injection, injections)
    days, _ = days_in_force(diary, as_of=as_of)
    numbers = [
        day_since(injection, day.day) for day in days if not following or day.day < following.performed_at.date()
    ]
    later = [other.performed_at for other in injections if other.performed_at > injection.performed_at]
    minutes = [
        minute_since(injection.performed_at, moment.at)
        for moment in moments_in_force(diary, as_of=as_of)
        if not later or moment.at < min(later)
    ]
    return sum(1 for number in numbers if -14 <= number <= 364) + sum(1 for minute in minutes if 0 <= minute <= 1440)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_figure_has_a_score_for_a_day_without_one(path: Path) -> None:
    diary, as_of, injections = example(path)
    days, _ = days_in_force(diary, as_of=as_of)
    for injection, profile in zip(injections, profiles_of_example(path), strict=True):
        scored = {day_since(injection, day.day) for day in days if Instrument.AVERAGE in day.scores}
        for key in (PanelKey.BEFORE, PanelKey.FORTNIGHT):
            axis = f"x{list(PanelKey).index(key) + 1}".replace("x1", "x")
            for trace in score_traces(profile_figure(profile)):
                if trace["xaxis"] == axis and trace["yaxis"] == "y" and trace["name"].endswith("this"):
                    assert {x for x in trace["x"] if x is not None} <= scored


def test_lines_never_bridge_a_gap() -> None:
    profile = busy_profile()
    for figure in (profile_figure(profile), log_time_figure(profile)):
        assert all(trace["connectgaps"] is False for trace in figure["data"])
        assert '"connectgaps": true' not in json.dumps(figure)
    for panel in profile.panels:
        for one in panel.series:
            breaks = len(one.runs) - 1
            traces = [t for t in score_traces(profile_figure(profile)) if t["name"].startswith(one.what.value)]
            assert any(trace["y"].count(None) == breaks for trace in traces)
    lines = list(parsed(wide_svg(profile)).iter(f"{SVG}polyline"))
    long_runs = [
        run
        for panel in profile.panels
        for one in panel.series
        for run in one.runs
        if len(run) > 1 and style_of(one).width
    ]
    assert len(lines) == len(long_runs)


def test_a_late_score_is_hollow_in_both_drawings() -> None:
    profile = busy_profile()
    figure = profile_figure(profile)
    symbols = [symbol for trace in score_traces(figure) for symbol in trace["marker"]["symbol"]]
    late = sum(1 for panel in profile.panels for one in panel.series for point in one.points if point.late)
    assert late == 1
    assert sum(1 for symbol in symbols if symbol.endswith("-open")) == late
    groups = [group for group in parsed(wide_svg(profile)).iter(f"{SVG}g") if group.get("data-what")]
    hollow = [shape for group in groups for shape in group.iter(f"{SVG}polygon") if shape.get("fill") == "#FFFFFF"]
    assert len(hollow) == late


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_series_of_a_strip_has_its_own_mark_and_dash(path: Path) -> None:
    for profile in profiles_of_example(path):
        for panel in profile.panels:
            looks = [
                (one.strip, style_of(one).symbol, style_of(one).hollow, style_of(one).dash, style_of(one).size)
                for one in panel.series
            ]
            assert len(looks) == len(set(looks))


@pytest.mark.parametrize("colour", LINES_AND_MARKS)
def test_every_colour_of_a_line_has_contrast_on_white(colour: str) -> None:
    assert contrast_with_white(colour) >= 3


def contrast_with_white(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


def test_nothing_that_a_person_typed_is_in_a_picture() -> None:
    injection = an_injection(
        operator=HOSTILE, pain_named=HOSTILE, cause=HOSTILE, activities=(HOSTILE,), baseline=Scores(activities=(7,))
    )
    diary = a_diary(injection, a_day("2026-03-03", note=HOSTILE, side_effects=(HOSTILE[:50],)))
    profile = profile_of(diary)
    for picture in (wide_svg(profile), narrow_svg(profile), json.dumps(profile_figure(profile))):
        assert "script" not in picture
        assert "alert" not in picture


def test_words_in_an_svg_are_escaped() -> None:
    profile = profile_of(a_diary(an_injection()))
    object.__setattr__(profile, "summary", HOSTILE)
    svg = wide_svg(profile)
    assert "<script" not in svg
    assert parsed(svg).find(f"{SVG}title").text == HOSTILE  # type: ignore[union-attr]


@pytest.mark.parametrize("draw", [wide_svg, narrow_svg])
def test_an_svg_needs_no_style_script_or_address(draw: Any) -> None:
    svg = draw(busy_profile())
    assert "style=" not in svg
    assert "<script" not in svg
    assert re.findall(r"https?://[^\s\"']+", svg) == ["http://www.w3.org/2000/svg"]
    root = parsed(svg)
    assert root.get("role") == "img"
    label = root.find(f"{SVG}title")
    assert label is not None
    assert root.get("aria-labelledby") == label.get("id")
    assert len(label.text or "") >= 40


def test_the_summary_gives_the_start_and_the_last_number() -> None:
    summary = busy_profile().summary
    assert "start 7" in summary
    assert "last 4 on day 119 (29-Jun-2026)" in summary


def test_the_figure_cannot_be_dragged_and_keeps_its_scale() -> None:
    layout = profile_figure(busy_profile())["layout"]
    assert layout["dragmode"] is False
    assert layout["yaxis"]["fixedrange"] is True
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"]


def test_thresholds_and_starts_are_lines_of_every_panel_that_has_them() -> None:
    profile = busy_profile()
    shapes = profile_figure(profile)["layout"]["shapes"]
    halves = [shape for shape in shapes if shape.get("line", {}).get("dash") == "dash"]
    assert [shape["y0"] for shape in halves] == [3.5] * 4
    bands = [shape for shape in shapes if shape.get("fillcolor") == "#C5D0DC"]
    assert [(shape["y0"], shape["y1"]) for shape in bands] == [(1.4, 1.75)] * 4
    labels = " ".join(note["text"] for note in profile_figure(profile)["layout"]["annotations"])
    assert "50% less<br>(3 or lower)" in labels
    assert "75 to 80% less<br>(1 or lower)" in labels


def test_no_phase_covers_a_line_that_is_judged_by() -> None:
    """plotly.js draws what spans an axis by its share under what stands on the axis, whatever their order."""
    shapes = profile_figure(busy_profile())["layout"]["shapes"]
    on_axes = [shape for shape in shapes if shape["xref"] != "paper"]
    assert not any("domain" in shape["xref"] for shape in on_axes)
    for axis in {shape["xref"] for shape in on_axes}:
        fills = [shape.get("fillcolor") for shape in on_axes if shape["xref"] == axis]
        phases = [place for place, fill in enumerate(fills) if fill == PHASE]
        assert phases == list(range(len(phases)))


def test_one_request_does_not_change_the_figure_of_the_next() -> None:
    first = json.dumps(profile_figure(busy_profile()))
    profile_figure(profile_of(a_diary(an_injection())))
    assert json.dumps(profile_figure(busy_profile())) == first


def test_stretched_time_keeps_its_order_and_says_that_it_is_stretched() -> None:
    figure = log_time_figure(busy_profile())
    assert log_time(0) == 0
    assert log_time(45) == 1
    assert figure["layout"]["xaxis"]["title"]["text"] == "Time is stretched: early times are larger"
    assert all(x is None or x >= 0 for trace in figure["data"] for x in trace["x"])


def test_a_panel_that_has_nothing_says_so_in_both_drawings() -> None:
    profile = profile_of(a_diary(an_injection()), as_of="2026-03-10")
    assert panel_of(profile, PanelKey.CLINIC).note == "no entries"
    assert wide_svg(profile).count("no entries") >= 4
    assert sum(1 for note in profile_figure(profile)["layout"]["annotations"] if note["text"] == "no entries") >= 4


def test_every_panel_has_an_axis_of_its_own_even_when_it_is_empty() -> None:
    """Plotly draws no axis without a trace, and what is said of its panel would stand in another one."""
    profile = profile_of(a_diary(an_injection()), as_of="2026-03-03")

    drawn = {trace["xaxis"] for trace in profile_figure(profile)["data"]}

    assert drawn == {"x", "x2", "x3", "x4", "x5"}


# --- the drawing for print --------------------------------------------------------------------------------------------


def test_the_drawing_for_print_has_every_point_and_the_relief_bar() -> None:
    profile = busy_profile()
    root = parsed(print_svg(profile))
    groups = [group for group in root.iter(f"{SVG}g") if group.get("data-what")]
    assert sum(1 for group in groups for _ in group.iter(f"{SVG}title")) == drawn_points(profile)
    words = [element.text for element in root.iter(f"{SVG}text")]
    assert "Days by relief" in words
    assert any((said or "").startswith("no entry: ") for said in words)


def test_the_drawing_for_print_stands_alone() -> None:
    svg = print_svg(busy_profile())
    root = parsed(svg)
    assert root.get("class") is None
    assert root.get("font-family") == "Noto Sans, DejaVu Sans, Liberation Sans, sans-serif"
    assert "style=" not in svg
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(ids)


def test_typst_draws_the_drawing_for_print(tmp_path: Path) -> None:
    (tmp_path / "picture.svg").write_text(print_svg(busy_profile()), encoding="utf-8")
    (tmp_path / "page.typ").write_text('#image("picture.svg", width: 190mm)', encoding="utf-8")
    assert typst.compile(str(tmp_path / "page.typ")).startswith(b"%PDF")


def test_a_print_without_a_start_says_why_it_has_no_relief_bar() -> None:
    profile = profile_of(a_diary(an_injection(), a_day("2026-03-03")))
    words = [element.text for element in parsed(print_svg(profile)).iter(f"{SVG}text")]
    assert "There is no start score for the days, so they cannot be counted by relief." in words


def test_numbers_of_the_axis_never_touch() -> None:
    """Seven numbers of the clinic's minutes do not fit into the narrow panel of a print."""
    profile = busy_profile()
    words = [element.text for element in parsed(print_svg(profile)).iter(f"{SVG}text")]
    assert "25" not in words
    assert "20" in words
