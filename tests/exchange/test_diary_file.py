"""The diary file as bytes: read with care, written the same way each time."""

import json
from codecs import BOM_UTF8
from pathlib import Path

import pytest

from diary.domain.errors import InvalidValue
from diary.exchange.diary_file import read_diary_file, read_records_file, write_diary_file, write_diary_line
from tests.factories import a_day, a_diary, an_injection

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("[0-9]*.json"))

PLAIN = b'{"format": "injection-diary/1", "patient": {"time_zone": "UTC", "name": %s}, "injections": []}'


def refusal_of(content: bytes) -> str:
    with pytest.raises(InvalidValue) as refused:
        read_diary_file(content)
    assert len(str(refused.value).splitlines()) == 1
    return str(refused.value)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_file_written_from_what_was_read_is_read_as_the_same_and_written_as_the_same(example: Path) -> None:
    diary = read_diary_file(json.dumps(json.loads(example.read_text())["diary"]).encode())
    written = write_diary_file(diary)
    assert read_diary_file(written) == diary
    assert write_diary_file(read_diary_file(written)) == written


def test_a_file_for_people_is_indented_and_a_line_for_programs_is_one_line() -> None:
    diary = a_diary(an_injection(), a_day("2026-03-03", note="línea\nsegunda"))
    assert write_diary_file(diary).startswith(b'{\n  "format": "injection-diary/1",\n  "patient": {\n')
    assert write_diary_file(diary).endswith(b"}\n")
    assert write_diary_line(diary).count(b"\n") == 1
    assert read_diary_file(write_diary_line(diary)) == read_diary_file(write_diary_file(diary)) == diary


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_diary_file(BOM_UTF8 + PLAIN % b'"Ana"').patient.name == "Ana"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (PLAIN % b"NaN", "line 1, column 73: is not JSON"),
        (PLAIN % b"Infinity", "line 1, column 73: is not JSON"),
        (PLAIN % b'"\xff"', "line 1, column 1: is not text in UTF-8"),
        (PLAIN % b'"\\ud800"', "line 1, column "),
        (PLAIN.decode().replace("%s", '"Ana"').encode("utf-16"), "line 1, column 1: is not text in UTF-8"),
        (b'{\n  "format": "injection-diary/1"\n  "patient": {}}', "line 3, column 3: is not JSON"),
        (PLAIN % b'"Ana"' + b"{}", "line 1, column "),
        (PLAIN % (b"9" * 5000), "line 1, column "),
        (PLAIN % b"123456789012345678901234567890", "patient.name: 1.2345678901234568e+29 is not a text"),
        (PLAIN % b'"a\\u0000b"', "patient.name: holds a NUL character"),
        (b"[" * 1020 + b"]" * 1020, "is nested too deeply to be a diary"),
        (b'{"a":' * 1020 + b"1" + b"}" * 1020, "is nested too deeply to be a diary"),
        (b"[" * 100_000 + b"]" * 100_000, "line 1, column "),
        (b"[1, 2]", "a list is not an object with keys"),
    ],
)
def test_what_is_no_diary_file_is_refused_in_one_line_with_its_place(content: bytes, words: str) -> None:
    assert refusal_of(content).startswith(words)


def test_a_key_that_stands_twice_is_refused_where_it_stands() -> None:
    assert refusal_of(PLAIN % b'"Ana", "name": "Ben"') == "patient.name: stands twice"
    twice = b'{"format": "injection-diary/1", "patient": {"time_zone": "UTC"}, "injections": [], "entries": [%s]}'
    entry = b'{"scores": {"rest": 1, "rest": 9}}'
    assert refusal_of(twice % (b"{}, " + entry)) == "entries[1].scores.rest: stands twice"
    assert refusal_of(b'{"a\\nb": 1, "a\\nb": 2}') == r"a\nb: stands twice"


def test_a_file_that_holds_a_part_may_correct_what_is_elsewhere() -> None:
    original = a_day("2026-03-03")
    correction = a_day("2026-03-03", revises=original.id)
    whole = write_diary_file(a_diary(original, correction))
    part = json.loads(whole)
    del part["entries"][0]
    content = json.dumps(part).encode()
    assert read_records_file(content).entries == (correction,)
    assert refusal_of(content) == f"entries[0].revises: {original.id} is not among the entries"
