"""The two self-tracked diaries, as their maps make them, in the doctor's picture and in the patient's own chart."""

from datetime import date
from pathlib import Path

import pytest

from diary.charts.as_svg import narrow_svg, wide_svg
from diary.charts.patient_chart import build_patient_chart, pain_svg
from diary.charts.picture import PanelKey
from diary.domain.diary import Diary
from diary.exchange.table_map import SHIPPED, read_table_map
from diary.exchange.tables import convert
from tests.charts.profiles import panel_of, profile_of

DATA = Path(__file__).parent.parent / "data"


def diary_of(name: str) -> Diary:
    table_map = read_table_map((SHIPPED / f"{name}.toml").read_bytes())
    return convert((DATA / f"{name}.csv").read_bytes(), table_map).diaries[0]


# Read off the tables, rounded half up by hand: days after the injection that the map adds, and their scores.
HIP = [(1, 5), (2, 4)]
LOW_BACK = [(1, 2), (2, 2), (3, 2), (4, 2), (5, 2), (6, 1), (7, 1), (8, 1), (9, 1), (10, 1), (11, 1)]


@pytest.mark.parametrize(
    ("name", "as_of", "after"),
    [
        ("self-tracked-two-clocks", "2019-08-30", HIP),
        ("self-tracked-many-regions", "2021-06-30", LOW_BACK),
    ],
)
def test_a_self_tracked_diary_is_drawn_score_by_score(name: str, as_of: str, after: list[tuple[int, int]]) -> None:
    profile = profile_of(diary_of(name), as_of=as_of)
    days = panel_of(profile, PanelKey.FORTNIGHT)
    drawn = [(int(point.x), int(point.score)) for series in days.series for point in series.points]
    assert drawn == after
    for svg in (wide_svg(profile), narrow_svg(profile)):
        assert svg.startswith("<svg")
        assert "no entries" in svg


@pytest.mark.parametrize(
    ("name", "today", "last_week"),
    [
        ("self-tracked-two-clocks", date(2019, 8, 20), (4, 8)),
        ("self-tracked-many-regions", date(2021, 6, 20), (1, 2)),
    ],
)
def test_a_self_tracked_diary_has_its_own_chart(name: str, today: date, last_week: tuple[int, int]) -> None:
    diary = diary_of(name)
    chart = build_patient_chart(diary, injection=diary.injections[0], today=today)
    assert chart.has_enough
    assert (chart.lowest, chart.highest) == last_week
    assert pain_svg(chart).startswith("<svg")
