"""The form of the diary file: records as plain values (what JSON holds) and back, refused with the place.

The dataclasses of ``diary.domain.diary`` are the specification: a field without a default must be given, any other may
be absent or null, unknown keys are refused. Writing leaves out whatever equals its default, so reading what was written
gives an equal record. The same form is what the file, the API and the database's details are made of.
"""

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from diary.domain.diary import Diary, Records
from diary.domain.errors import InvalidValue

FORMAT = "injection-diary/1"

Plain = Any  # what JSON can hold: dict, list, str, int, float, bool, None
Record = TypeVar("Record")
Reader = Callable[[Plain], Any]

_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_KEY = re.compile(r"[\w-]{1,60}", re.ASCII)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

# Outside these years a date cannot be about a living patient, and arithmetic with it would overflow.
EARLIEST_YEAR, LATEST_YEAR = 1850, 2200


# --- reading ----------------------------------------------------------------------------------------------------------


def read_diary(plain: Plain) -> Diary:
    """A whole diary from the parsed diary file; `InvalidValue` names the place that is wrong."""
    return read(Diary, _body(plain))


def read_records(plain: Plain) -> Records:
    """The records of a diary file that may hold a part of a diary, as corrections of what is elsewhere."""
    return read(Records, _body(plain))


def _body(plain: Plain) -> Plain:
    _check_object(plain)
    if "format" not in plain:
        raise InvalidValue("format", "is missing")
    if plain["format"] != FORMAT:
        raise InvalidValue(
            "format", "%(given)s is not %(format)s", given=_shown(plain.get("format")), format=repr(FORMAT)
        )
    return {key: value for key, value in plain.items() if key != "format"}


def read(record: type[Record], plain: Plain) -> Record:
    """One record of the given type from its plain form (`InvalidValue`)."""
    return cast(Record, _reader_of_record(cast(Any, record))(plain))


def read_field(record: Any, name: str, plain: Plain) -> Any:
    """One field of a record from its plain form: for where a record is kept in parts (`InvalidValue`)."""
    return _readers_of(record)[name](plain)


@cache
def _readers_of(record: Any) -> Mapping[str, Reader]:
    hints = get_type_hints(record, include_extras=True)
    return {field.name: _reader(hints[field.name]) for field in fields(record)}


@cache
def _reader_of_record(record: Any) -> Reader:
    readers = _readers_of(record)
    required = tuple(
        field.name for field in fields(record) if field.default is MISSING and field.default_factory is MISSING
    )

    def read_record(plain: Plain) -> Any:
        _check_object(plain)
        values = {}
        for name, value in plain.items():
            reader = readers.get(name)
            if reader is None:
                raise InvalidValue(_place(name), "is not a known key")
            if value is None and name not in required:
                continue
            try:
                values[name] = reader(value)
            except InvalidValue as error:
                raise error.within(name) from None
        for name in required:
            if name not in values:
                raise InvalidValue(name, "is missing")
        return record(**values)

    return read_record


def _reader(hint: Any) -> Reader:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _reader(arguments[0])
    if origin in (Union, types.UnionType):
        (only,) = (option for option in arguments if option is not types.NoneType)
        return _reader(only)
    if origin is tuple:
        return _reader_of_list(_reader(arguments[0]))
    if is_dataclass(hint):
        return _reader_of_record(cast(type, hint))
    if issubclass(hint, StrEnum):
        return _reader_of_choice(hint)
    return _READERS[hint]


def _reader_of_list(read_item: Reader) -> Reader:
    def read_list(plain: Plain) -> tuple[Any, ...]:
        if not isinstance(plain, list):
            raise InvalidValue("", "%(given)s is not a list", given=_shown(plain))
        items = []
        for index, item in enumerate(plain):
            try:
                items.append(read_item(item))
            except InvalidValue as error:
                raise error.within(f"[{index}]") from None
        return tuple(items)

    return read_list


def _reader_of_choice(choices: type[StrEnum]) -> Reader:
    by_value = {choice.value: choice for choice in choices}
    words = ", ".join(by_value)

    def read_choice(plain: Plain) -> StrEnum:
        choice = by_value.get(plain) if isinstance(plain, str) else None
        if choice is None:
            raise InvalidValue("", "%(given)s is not one of %(words)s", given=_shown(plain), words=words)
        return choice

    return read_choice


def _check_object(plain: Plain) -> None:
    if not isinstance(plain, dict):
        raise InvalidValue("", "%(given)s is not an object with keys", given=_shown(plain))


def _read_text(plain: Plain) -> str:
    if not isinstance(plain, str):
        raise InvalidValue("", "%(given)s is not a text", given=_shown(plain))
    return plain


def _read_flag(plain: Plain) -> bool:
    if not isinstance(plain, bool):
        raise InvalidValue("", "%(given)s is not true or false", given=_shown(plain))
    return plain


def _read_whole_number(plain: Plain) -> int:
    if isinstance(plain, float) and plain.is_integer():
        return int(plain)
    if not isinstance(plain, int) or isinstance(plain, bool):
        raise InvalidValue("", "%(given)s is not a whole number", given=_shown(plain))
    return plain


def _read_number(plain: Plain) -> float:
    if not isinstance(plain, int | float) or isinstance(plain, bool):
        raise InvalidValue("", "%(given)s is not a number", given=_shown(plain))
    return plain


def _read_id(plain: Plain) -> UUID:
    if not isinstance(plain, str) or not _UUID.fullmatch(plain):
        raise unusable_id("", plain)
    return UUID(plain)


def unusable_id(place: str, plain: Plain) -> InvalidValue:
    """A malformed id; one that belongs to another patient is refused in these very words, so nobody learns more."""
    return InvalidValue(place, "%(given)s is not a usable UUID", given=_shown(plain))


def read_day(plain: Plain) -> date:
    """A day as ``YYYY-MM-DD`` (`InvalidValue`)."""
    if isinstance(plain, str) and _DAY.fullmatch(plain):
        try:
            return _in_our_time(date.fromisoformat(plain), plain)
        except ValueError:
            pass
    raise InvalidValue("", "%(given)s is not a date such as 2026-03-02", given=_shown(plain))


def _read_instant(plain: Plain) -> datetime:
    if isinstance(plain, str) and _INSTANT.fullmatch(plain):
        try:
            return _in_our_time(datetime.fromisoformat(plain.upper()), plain)
        except ValueError:
            pass
    raise InvalidValue(
        "", "%(given)s is not an instant with its offset, such as 2026-03-02T10:30:00-05:00", given=_shown(plain)
    )


Dated = TypeVar("Dated", date, datetime)


def _in_our_time(when: Dated, plain: str) -> Dated:
    if not EARLIEST_YEAR <= when.year <= LATEST_YEAR:
        years = {"least": EARLIEST_YEAR, "most": LATEST_YEAR}
        raise InvalidValue("", "%(given)s is not between %(least)s and %(most)s", given=repr(plain), **years)
    return when


def _shown(plain: Plain) -> str:
    """The refused value in a few characters, on one line."""
    if isinstance(plain, dict):
        return "an object"
    if isinstance(plain, list):
        return "a list"
    if plain is None:
        return "null"
    text = repr(plain) if isinstance(plain, str) else str(plain).lower()
    return text if len(text) <= 60 else f"{text[:57]}..."


def _place(key: str) -> str:
    """A key as part of a place, on one line whatever it holds."""
    return key if _KEY.fullmatch(key) else _shown(key)


_READERS: Mapping[type, Reader] = {
    str: _read_text,
    bool: _read_flag,
    int: _read_whole_number,
    float: _read_number,
    UUID: _read_id,
    date: read_day,
    datetime: _read_instant,
}


# --- writing ----------------------------------------------------------------------------------------------------------


def write_diary(diary: Diary) -> dict[str, Plain]:
    """The whole diary as the plain values of the diary file."""
    written = {"format": FORMAT, **write(diary)}
    for always in ("injections", "entries", "medicines"):
        written.setdefault(always, [])
    return written


def write(record: object) -> dict[str, Plain]:
    """One record as plain values; what equals its default is left out."""
    written = {}
    for name, default in _defaults(cast(Any, type(record))):
        value = getattr(record, name)
        if value is not default and value != default:
            written[name] = _plain(value)
    return written


@cache
def _defaults(record: Any) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.default) for field in fields(record))


def _plain(value: object) -> Plain:
    match value:
        case StrEnum():
            return value.value
        case UUID():
            return str(value)
        case date():  # an instant too: it is written with the offset it bears
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case _ if is_dataclass(value):
            return write(value)
        case _:
            return value
