"""The entries as a table for a spreadsheet."""

import csv
import io
from uuid import UUID

import pytest

from diary.domain.diary import Diary, Scores, Source
from diary.exchange.entries_table import without_formula, write_entries_table
from tests.factories import a_day, a_diary, a_moment

ONE, TWO = UUID(int=1), UUID(int=2)


def rows_of(diary: Diary) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(write_entries_table(diary).decode("utf-8-sig"))))


def test_every_entry_is_there_and_says_whether_it_stands() -> None:
    original = a_day("2026-03-03", id=ONE, scores=Scores(average=5))
    correction = a_day("2026-03-03", id=TWO, revises=ONE, scores=Scores(average=0, activities=(3, 4)), analgesic=False)
    moment = a_moment("2026-03-02T10:45:00-05:00")
    first, second, third = rows_of(a_diary(original, correction, moment))
    assert (first["in_force"], first["average"], first["analgesic"]) == ("no", "5", "")
    assert (second["in_force"], second["average"], second["analgesic"]) == ("yes", "0", "no")
    assert (second["revises"], second["activities"], second["rest"]) == (str(ONE), "3 4", "")
    assert (third["at"], third["movement"], third["day"]) == ("2026-03-02T10:45:00-05:00", "4", "")


def test_what_came_from_paper_says_so_and_who_typed_it_in() -> None:
    typed = a_day("2026-03-03", transcribed=True, recorded_by="=Noor", source=Source.NURSE)
    first, second = rows_of(a_diary(typed, a_day("2026-03-04")))
    assert (first["source"], first["recorded_by"], first["transcribed"]) == ("nurse", "'=Noor", "yes")
    assert (second["recorded_by"], second["transcribed"]) == ("", "no")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_note_is_worked_out_as_a_formula(start: str) -> None:
    note = f'{start}HYPERLINK("http://evil.example","x")'
    assert without_formula(note) == f"'{note}"
    (row,) = rows_of(a_diary(a_day("2026-03-03", note=note, side_effects=(note,))))
    assert row["note"].startswith("'")
    assert row["side_effects"].startswith("'")


def test_quotes_commas_and_line_breaks_of_a_note_stay_in_their_cell() -> None:
    note = 'said "better", then\nworse; 5, 6'
    (row,) = rows_of(a_diary(a_day("2026-03-03", note=note)))
    assert row["note"] == note
