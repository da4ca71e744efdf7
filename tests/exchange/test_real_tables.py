"""The three real tables of ``tests/data`` by the maps that ship, checked against figures worked out independently."""

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from diary.domain.diary import Instrument
from diary.domain.timeline import day_zero, days_in_force
from diary.exchange.diary_file import read_diary_file
from diary.exchange.table_map import SHIPPED, read_table_map
from diary.exchange.tables import Converted, convert

DATA = Path(__file__).parent.parent / "data"
THROAT = "throat-pain-after-surgery"


def converted(name: str) -> Converted:
    return convert((DATA / f"{name}.csv").read_bytes(), read_table_map((SHIPPED / f"{name}.toml").read_bytes()))


@pytest.mark.parametrize("name", [path.stem for path in sorted(DATA.glob("*.csv"))])
def test_every_real_table_has_a_map_and_comes_in(name: str) -> None:
    result = converted(name)
    lines = result.as_file().splitlines() if result.several_people else [result.as_file()]
    assert [read_diary_file(line) for line in lines] == list(result.diaries)
    assert converted(name).as_file() == result.as_file()


def test_of_the_two_clocks_hip_rows_without_a_month_are_listed_and_left_out() -> None:
    with (DATA / "self-tracked-two-clocks.csv").open(newline="") as file:
        hip = [(line, row) for line, row in enumerate(csv.DictReader(file), start=2) if row["name"] == "Hip Pain"]
    result = converted("self-tracked-two-clocks")
    left_out = [remark.line for remark in result.remarks if remark.words.endswith("left out")]
    assert left_out == [line for line, row in hip if not row["startmonth"]]
    assert len(left_out) == 105
    (diary,) = result.diaries
    assert [(entry.day and entry.day.isoformat(), entry.scores.average, entry.note) for entry in diary.entries] == [
        ("2019-08-16", 8, None),
        ("2019-08-17", 5, "average recorded as 4.5"),
        ("2019-08-18", 4, "average recorded as 3.8"),
    ]
    assert diary.entries[0].recorded_at.isoformat() == "2019-08-17T01:27:42+00:00"


def test_of_the_many_regions_the_low_back_is_one_diary_over_years() -> None:
    (diary,) = converted("self-tracked-many-regions").diaries
    days = {day.day.isoformat(): day.scores[Instrument.AVERAGE].score for day in days_in_force(diary)[0]}
    assert len(days) == 30  # the rows that name the region, counted with grep
    # Year, month and day are blank in most rows; these were read off the file by eye.
    assert {day: days[day] for day in ("2015-12-27", "2018-04-19", "2020-01-22", "2021-06-20")} == {
        "2015-12-27": 3,
        "2018-04-19": 2,  # 2.2
        "2020-01-22": 2,  # 1.5, half up
        "2021-06-20": 1,  # 1.2
    }
    zero = day_zero(diary.injections[0])
    assert sum(0 <= (day.day - zero).days <= 14 for day in days_in_force(diary)[0]) == 12


# From the paper's data as evidence.md, 9.2, tells them: mean of each arm, control and licorice.
PUBLISHED = {
    "pacu30min_throatPain": ("1.026", "0.274"),
    "pacu30min_swallowPain": ("1.379", "0.308"),
    "pacu90min_throatPain": ("0.819", "0.137"),
    "postOp4hour_throatPain": ("0.914", "0.350"),
    "pod1am_throatPain": ("0.647", "0.316"),
}
MOMENTS = {
    "pacu30min_throatPain": (30, Instrument.REST),
    "pacu30min_swallowPain": (30, Instrument.MOVEMENT),
    "pacu90min_throatPain": (90, Instrument.REST),
    "postOp4hour_throatPain": (240, Instrument.REST),
    "pod1am_throatPain": (1200, Instrument.REST),
}


def test_throat_pain_is_235_diaries_of_one_day() -> None:
    result = converted(THROAT)
    assert len(result.diaries) == 235
    assert len({entry.id for diary in result.diaries for entry in diary.entries}) == 235 * 4 - 8
    assert Counter(len(diary.entries) for diary in result.diaries) == {4: 233, 0: 2}
    assert result.remarks == ()


@pytest.mark.parametrize("column", list(MOMENTS))
def test_the_means_of_throat_pain_are_those_that_were_published(column: str) -> None:
    with (DATA / f"{THROAT}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    minute, instrument = MOMENTS[column]
    of_table: dict[str, list[int]] = {"0": [], "1": []}
    of_diaries: dict[str, list[int]] = {"0": [], "1": []}
    for row, diary in zip(rows, converted(THROAT).diaries, strict=True):
        if row[column]:
            of_table[row["treat"]].append(int(row[column]))
        for entry in diary.entries:
            score = entry.scores.get(instrument)
            if (entry.instant - diary.injections[0].performed_at).total_seconds() == minute * 60 and score is not None:
                assert isinstance(score, int)
                of_diaries[row["treat"]].append(score)
    assert of_diaries == of_table
    assert (len(of_table["0"]), len(of_table["1"])) == (116, 117)
    for arm, published in zip(("0", "1"), PUBLISHED[column], strict=True):
        mean = Fraction(sum(of_diaries[arm]), len(of_diaries[arm]))
        assert abs(mean - Fraction(published)) <= Fraction("0.0005")
