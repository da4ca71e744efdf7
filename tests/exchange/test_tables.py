"""Somebody's own table as diaries, by a map: small tables by hand."""

import pytest

from diary.domain.diary import Diary, Scores, Source
from diary.domain.errors import InvalidValue
from diary.exchange.diary_file import read_diary_file
from diary.exchange.table_map import read_table_map
from diary.exchange.tables import Converted, convert

DAILY = """
name = "a table"
{top}
[patient]
name = "Ana Cruz"
time_zone = "America/New_York"
[day]
column = "day"
{day}
[recorded]
{recorded}
[scores]
average = "pain"
{scores}
"""

WIDE = """
name = "a wide table"
[patient]
time_zone = "Asia/Kathmandu"
[person]
column = "who"
name = "Person {}"
[injection]
performed_at = 2026-03-02T23:50:00+05:45
side = "left"
purpose = "diagnostic"
baseline = { rest = 7 }
[baseline_columns]
movement = "before"
[[moments]]
minute = 30
rest = "r30"
movement = "m30"
[[moments]]
minute = 90
rest = "r90"
"""


def converted(
    table: str | bytes, *, top: str = "", day: str = "", recorded: str = 'time = "21:00"', scores: str = ""
) -> Converted:
    text = DAILY.format(top=top, day=day, recorded=recorded, scores=scores)
    content = table.encode() if isinstance(table, str) else table
    return convert(content, read_table_map(text.encode()))


def days_of(diary: Diary) -> list[tuple[str, int | None]]:
    return [(entry.local_day.isoformat(), entry.scores.average) for entry in diary.entries]


def remarks_of(result: Converted) -> list[str]:
    return [str(remark) for remark in result.remarks]


# --- scores -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "score"), [("4.5", 5), ("4.49", 4), ("5.5", 6), ("0.5", 1), ("9.5", 10), ("4,5", 5), ("0.4", 0)]
)
def test_decimals_are_rounded_half_up_and_the_original_is_kept_in_the_note(cell: str, score: int) -> None:
    result = converted(f'day,pain\n2026-03-02,"{cell}"\n')
    (entry,) = result.diaries[0].entries
    assert entry.scores == Scores(average=score)
    assert entry.note is not None
    assert f"recorded as {cell}" in entry.note
    assert remarks_of(result) == [f"line 2: pain {cell} taken as {score}"]


def test_a_whole_number_is_taken_without_a_word() -> None:
    result = converted("day,pain\n2026-03-02,4\n2026-03-03,4.0\n")
    assert days_of(result.diaries[0]) == [("2026-03-02", 4), ("2026-03-03", 4)]
    assert result.remarks == ()
    assert result.diaries[0].entries[0].source is Source.IMPORT


def test_decimals_are_left_out_where_the_map_refuses_them() -> None:
    result = converted("day,pain\n2026-03-02,4.5\n", top='rounding = "refuse"')
    assert result.diaries[0].entries == ()
    assert remarks_of(result) == ["line 2: pain 4.5 is not a whole number; left out"]


@pytest.mark.parametrize("cell", ["11", "10.4", "-1", "-0.1", "much", "4.5.6", "\u0664", "1e1", "NaN"])
def test_what_is_no_score_from_0_to_10_is_left_out_and_named(cell: str) -> None:
    result = converted(f"day,pain,moving\n2026-03-02,{cell},3\n", scores='moving = "moving"')
    assert result.diaries[0].entries[0].scores == Scores(moving=3)
    assert remarks_of(result) == [f"line 2: pain {cell!r} is not a score from 0 to 10; left out"]


def test_blank_stays_missing_and_is_not_zero() -> None:
    result = converted("day,pain,moving\n2026-03-02,,3\n2026-03-03,,\n", scores='moving = "moving"')
    assert [entry.scores for entry in result.diaries[0].entries] == [Scores(moving=3)]
    assert result.remarks == ()


# --- days and times ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["2026-02-29", "2026-13-01", "", "soon", "02.03.2026", "0001-01-01", "9999-01-01"])
def test_a_row_with_a_broken_date_is_left_out_by_its_line(cell: str) -> None:
    result = converted(f"day,pain\n2024-02-29,4\n{cell},5\n2025-12-31,6\n")
    assert days_of(result.diaries[0]) == [("2024-02-29", 4), ("2025-12-31", 6)]
    (remark,) = remarks_of(result)
    assert remark.startswith("line 3: ")
    assert remark.endswith("; left out")


def test_the_day_may_have_a_form_of_its_own() -> None:
    assert days_of(converted("day,pain\n02.03.26,4\n", day='format = "%d.%m.%y"').diaries[0]) == [("2026-03-02", 4)]


def test_the_time_of_recording_is_read_in_its_zone_and_may_be_after_midnight() -> None:
    table = (
        "day,pain,when\n2026-03-07,4,2026-03-08 01:30\n2026-03-07,5,2026-03-08 03:30\n2026-11-01,5,2026-11-01 01:30\n"
    )
    result = converted(table, recorded='column = "when"\nformat = "%Y-%m-%d %H:%M"')
    assert [entry.recorded_at.isoformat() for entry in result.diaries[0].entries] == [
        "2026-03-08T01:30:00-05:00",  # before the clock went on
        "2026-03-08T03:30:00-04:00",
        "2026-11-01T01:30:00-04:00",  # came twice that night; the first counts
    ]
    half = converted(table, recorded='column = "when"\nformat = "%Y-%m-%d %H:%M"\nzone = "Asia/Kathmandu"')
    assert half.diaries[0].entries[0].recorded_at.isoformat() == "2026-03-08T01:30:00+05:45"


def test_a_row_without_a_time_of_recording_is_left_out_unless_the_map_says_what_to_take() -> None:
    table = "day,pain,when\n2026-03-07,4,\n"
    recorded = 'column = "when"\nformat = "%Y-%m-%d %H:%M"'
    assert remarks_of(converted(table, recorded=recorded)) == ["line 2: tells no time of recording; left out"]
    (entry,) = converted(table, recorded=f'{recorded}\ntime = "21:00"').diaries[0].entries
    assert (entry.recorded_at.isoformat(), entry.note) == ("2026-03-07T21:00:00-05:00", "time of recording assumed")


# --- rows -------------------------------------------------------------------------------------------------------------


def test_further_rows_of_a_day_are_named_and_kept_or_left_out_as_the_map_says() -> None:
    table = "day,pain\n2026-03-02,4\n2026-03-02,6\n"
    kept = converted(table)
    assert days_of(kept.diaries[0]) == [("2026-03-02", 4), ("2026-03-02", 6)]
    assert remarks_of(kept) == ["line 3: a further row for 2026-03-02; kept, the one recorded first counts"]
    left = converted(table, top='duplicates = "leave-out"')
    assert days_of(left.diaries[0]) == [("2026-03-02", 4)]
    assert remarks_of(left) == ["line 3: a further row for 2026-03-02; left out"]


def test_only_the_rows_that_the_map_means_are_taken_and_blanks_repeat_the_row_above_first() -> None:
    table = "a remark\nday,region,pain\n2026-03-02,Hip,4\n,Knee,9\n,,8\n2026-03-03,Hip,5\n,,6\n"
    top = 'skip_lines = 1\nrepeat_blank = ["day", "region"]\n[rows]\ncolumn = "region"\nvalues = ["Hip"]'
    result = converted(table, top=top)
    assert days_of(result.diaries[0]) == [("2026-03-02", 4), ("2026-03-03", 5), ("2026-03-03", 6)]
    assert [remark.line for remark in result.remarks] == [7]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them_whatever_their_ending(end: str) -> None:
    table = f'day,pain,note{end}2026-03-02,4,"two{end}lines"{end}{end}2026-03-03,11,{end}'
    assert remarks_of(converted(table)) == ["line 5: pain '11' is not a score from 0 to 10; left out"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_a_table_may_be_written_in_any_encoding_that_the_map_names(encoding: str) -> None:
    table = "Día;pain\n2026-03-02;4\n".encode(encoding)
    top = f'delimiter = ";"\nencoding = "{encoding.replace("-sig", "")}"'
    text = DAILY.replace('column = "day"', 'column = "Día"').format(
        top=top, day="", recorded='time = "21:00"', scores=""
    )
    assert days_of(convert(table, read_table_map(text.encode())).diaries[0]) == [("2026-03-02", 4)]


def test_a_short_row_lacks_its_cells_and_a_long_one_has_cells_to_spare() -> None:
    result = converted("day,pain\n2026-03-02\n2026-03-03,4,could be 3\n")
    assert days_of(result.diaries[0]) == [("2026-03-03", 4)]


@pytest.mark.parametrize(
    ("table", "top", "words"),
    [
        (b"day,pain\n2026-03-02,4\n\xff", "", "line 3: is not text in utf-8; name the table's encoding in the map"),
        (b"day,pain\n", 'encoding = "klingon"', "encoding: 'klingon' is not an encoding such as utf-8"),
        (b"day,pain\n", 'encoding = "hex"', "encoding: 'hex' is not an encoding such as utf-8"),
        (b"day,score\n", "", "scores.average: there is no column 'pain'; the table has day, score"),
        (b"day,pain,pain\n", "", "scores.average: the table has 2 columns 'pain'"),
        (b"", "", "day.column: there is no column 'day'; the table has "),
        (b'day,pain\n2026-03-02,"' + b"4" * 200_000, "", "line 2: cannot be read as a table: "),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_place(table: bytes, top: str, words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        converted(table, top=top)
    assert str(refused.value).startswith(words)


# --- several people, and minutes --------------------------------------------------------------------------------------


def test_a_wide_table_holds_several_people_with_an_injection_each() -> None:
    result = convert(b"who,before,r30,m30,r90\nA,8,3,4,\nB,,,,\n,1,1,1,1\n", read_table_map(WIDE.encode()))
    ana, ben = result.diaries
    assert [diary.patient.name for diary in result.diaries] == ["Person A", "Person B"]
    (entry,) = ana.entries
    assert entry.instant.isoformat() == "2026-03-03T00:20:00+05:45"
    assert entry.recorded_at == entry.at
    assert entry.scores == Scores(rest=3, movement=4)
    assert ana.injections[0].baseline == Scores(rest=7, movement=8)
    assert (ben.entries, ben.injections[0].baseline) == ((), Scores(rest=7))
    assert ana.injections[0].id != ben.injections[0].id
    assert remarks_of(result) == ["line 4: names no person; left out"]


def test_several_people_are_a_line_each_and_one_person_is_a_file() -> None:
    several = convert(b"who,before,r30,m30,r90\nA,8,3,4,2\nB,,1,1,1\n", read_table_map(WIDE.encode()))
    assert [read_diary_file(line) for line in several.as_file().splitlines()] == list(several.diaries)
    alone = converted("day,pain\n2026-03-02,4\n")
    assert read_diary_file(alone.as_file()) == alone.diaries[0]


# --- ids --------------------------------------------------------------------------------------------------------------


def test_converting_twice_gives_equal_files_and_rows_added_later_change_no_id() -> None:
    table = "day,pain\n2026-03-02,4\n2026-03-02,4\n2026-03-04,6\n"
    once, again = converted(table), converted(table)
    assert once.as_file() == again.as_file()
    ids = [entry.id for entry in once.diaries[0].entries]
    assert len(set(ids)) == 3
    longer = converted(table.replace("2026-03-04", "2026-03-03,1\n2026-03-04") + "2026-03-05,7\n")
    assert set(ids) < {entry.id for entry in longer.diaries[0].entries}


def test_the_table_of_another_person_gives_other_ids() -> None:
    table = "day,pain\n2026-03-02,4\n"
    text = DAILY.format(top="", day="", recorded='time = "21:00"', scores="")
    other = convert(table.encode(), read_table_map(text.replace('"a table"', '"another"').encode()))
    assert other.diaries[0].entries[0].id != converted(table).diaries[0].entries[0].id


# --- maps -------------------------------------------------------------------------------------------------------------


def a_map(**changes: str) -> str:
    return DAILY.format(**({"top": "", "day": "", "recorded": 'time = "21:00"', "scores": ""} | changes))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = ", "the map is not TOML: "),
        ("", "name: is missing"),
        (a_map(top="colour = 1"), "colour: is not a known key"),
        (a_map(top="skip_lines = -1"), "skip_lines: -1 is not between 0 and 1000"),
        (a_map(top='delimiter = ",,"'), "delimiter: ',,' is not one character such as , or ;"),
        (a_map(top='rounding = "down"'), "rounding: 'down' is not one of half-up, refuse"),
        (a_map(day='year = "y"'), "day.column: name either one column or year, month and day"),
        (a_map().replace('column = "day"', 'year = "y"'), "day.month: is missing"),
        (a_map(recorded='zone = "UTC"'), "recorded.column: is missing; or say under time what to take"),
        (a_map(recorded='time = "25:00"'), "recorded.time: '25:00' is not a time of day"),
        (a_map(recorded='time = "21:00"\nzone = "Mars"'), "recorded.zone: 'Mars' is not a time zone"),
        (a_map(scores='mood = "m"'), "scores.mood: is not a known key"),
        (a_map().replace('average = "pain"', ""), "scores: names no column"),
        (a_map().replace("America/New_York", "Mars"), "patient.time_zone: 'Mars' is not a time zone"),
        (WIDE.replace('side = "left"\n', ""), "injection.side: is missing"),
        (WIDE.replace("+05:45", ""), "injection.performed_at: '2026-03-02T23:50:00' is not an instant with its offset"),
        (WIDE.replace('side = "left"', 'side = "left"\nid = "x"'), "injection.id: is not for a map to say"),
        (WIDE.replace("minute = 90", 'minute = "90"'), "moments[1].minute: '90' is not a whole number"),
        (WIDE.replace("rest = 7", "rest = 11"), "injection.baseline.rest: 11 is not between 0 and 10"),
    ],
)
def test_a_mistake_in_the_map_is_refused_with_its_key(text: str, words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        read_table_map(text.encode())
    assert str(refused.value).startswith(words)


def test_a_map_that_is_not_text_is_refused() -> None:
    with pytest.raises(InvalidValue, match="the map is not text in UTF-8"):
        read_table_map(b"\xff\xfe")


def test_a_daily_map_needs_to_say_where_day_and_recording_stand() -> None:
    for key in ("day", "recorded"):
        plain = a_map().replace(f"[{key}]", f"[{key}_]")
        with pytest.raises(InvalidValue, match=f"^{key}"):
            read_table_map(plain.encode())
