"""The diary file as bytes: JSON in UTF-8, read with care and written the same way each time."""

import json
from codecs import BOM_UTF8
from dataclasses import dataclass
from typing import Any

import orjson

from diary.domain.diary import Diary, Records
from diary.domain.errors import InvalidValue
from diary.domain.form import read_diary, read_records, write_diary


def read_diary_file(content: bytes) -> Diary:
    """A whole diary from a file's bytes; how large they may be is the caller's to say.

    `InvalidValue` in one line for whatever is wrong: the place in the diary, or line and column where it is no JSON.
    A byte order mark is passed over. A key that stands twice in one object is refused: one of the two would be lost.
    """
    return read_diary(parse(content))


def read_records_file(content: bytes) -> Records:
    """As `read_diary_file`, for a file whose corrections may name what is recorded elsewhere."""
    return read_records(parse(content))


def write_diary_file(diary: Diary) -> bytes:
    """The diary file: indented, in the order of the record's fields, with a line break at its end."""
    return orjson.dumps(write_diary(diary), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def write_diary_line(diary: Diary) -> bytes:
    """The diary file in one line, for where many follow each other."""
    return orjson.dumps(write_diary(diary), option=orjson.OPT_APPEND_NEWLINE)


def parse(content: bytes) -> Any:
    """What the JSON holds, or `InvalidValue`."""
    content = content.removeprefix(BOM_UTF8)
    if not content.strip():
        raise InvalidValue("", "the file is empty")
    try:
        plain = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise InvalidValue(f"line {error.lineno}, column {error.colno}", _said(error.msg)) from None
    try:
        place = _place_of_repeated_key(content)
    except RecursionError:
        raise InvalidValue("", "is nested too deeply to be a diary") from None
    if place:
        raise InvalidValue(place, "stands twice")
    return plain


def _said(message: str) -> str:
    return "is not text in UTF-8" if "UTF-8" in message else f"is not JSON ({message})"


# --- keys that stand twice --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Object:
    """An object of the file as its pairs, so that a key which stands twice is still seen."""

    pairs: list[tuple[str, Any]]


def _place_of_repeated_key(content: bytes) -> str | None:
    """Where a key stands twice in one object. orjson keeps the last in silence, so the standard library looks again."""
    repeated = False

    def look(pairs: list[tuple[str, Any]]) -> _Object:
        nonlocal repeated
        repeated = repeated or len({key for key, _ in pairs}) < len(pairs)
        return _Object(pairs)

    plain = json.loads(content, object_pairs_hook=look, parse_int=float)
    return _search(plain, "") if repeated else None


def _search(plain: Any, place: str) -> str | None:
    if isinstance(plain, list):
        inside = [(item, f"{place}[{index}]") for index, item in enumerate(plain)]
    elif isinstance(plain, _Object):
        inside = []
        seen = set()
        for key, value in plain.pairs:
            below = f"{place}.{key}" if place else key
            if key in seen:
                return repr(below)[1:-1]
            seen.add(key)
            inside.append((value, below))
    else:
        return None
    return next((found for value, below in inside if (found := _search(value, below))), None)
