"""What a phone sends from its outbox: ``{"sent_at", "entries", "medicines"}`` as JSON, each record read by itself."""

import json
from codecs import BOM_UTF8
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from diary.domain.diary import Entry, Medicine
from diary.domain.errors import DiaryError, InvalidValue
from diary.domain.form import Plain, read

MOST_RECORDS = 200
LONGEST_ID = 100  # of an id that is not one: more is not said back
_LONGEST_NUMBER = 30  # digits; Python takes long over thousands of them, and no field holds as many

Record = TypeVar("Record", Entry, Medicine)


class NotJson(DiaryError):
    """The body cannot be read as JSON at all, so no record of it can be answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent(Generic[Record]):
    """One record as it came: ``id`` as the phone wrote it, or None; the record, or what is wrong with it."""

    id: str | None
    record: Record | InvalidValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """One batch, in the phone's order; ``sent_at`` is what its clock showed as it was sent."""

    sent_at: datetime
    entries: tuple[Sent[Entry], ...]
    medicines: tuple[Sent[Medicine], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cover:
    sent_at: datetime


def read_outbox(content: bytes) -> Outbox:
    """The batch in a body. `NotJson`, or `InvalidValue` where the batch itself is wrong; a bad record is kept as such.

    A batch holds 1 to 200 records. Unknown keys are refused, as in the diary file.
    """
    plain = _parse(content)
    if not isinstance(plain, dict):
        raise InvalidValue("", "the batch is not an object with keys")
    cover = read(_Cover, {key: value for key, value in plain.items() if key not in {"entries", "medicines"}})
    entries, medicines = _listed(plain, "entries"), _listed(plain, "medicines")
    sent = len(entries) + len(medicines)
    if not 1 <= sent <= MOST_RECORDS:
        raise InvalidValue("", "a batch holds 1 to %(most)s records, not %(given)s", most=MOST_RECORDS, given=sent)
    return Outbox(
        sent_at=cover.sent_at,
        entries=tuple(_read(Entry, one) for one in entries),
        medicines=tuple(_read(Medicine, one) for one in medicines),
    )


def _listed(plain: dict[str, Plain], name: str) -> list[Plain]:
    listed = plain.get(name)
    if listed is None:
        return []
    if not isinstance(listed, list):
        raise InvalidValue(name, "is not a list")
    return listed


def _read(record: type[Record], plain: Plain) -> Sent[Record]:
    id_ = plain.get("id") if isinstance(plain, dict) else None
    said = id_ if isinstance(id_, str) and len(id_) <= LONGEST_ID else None
    try:
        return Sent(id=said, record=read(record, plain))
    except InvalidValue as fault:
        return Sent(id=said, record=fault)


def _parse(content: bytes) -> Any:
    # Not `diary_file.parse`: orjson refuses a whole body for half an emoji, which phones cut where a note is too long.
    try:
        return json.loads(
            content.removeprefix(BOM_UTF8).decode(),
            parse_int=_number(int),
            parse_float=_number(float),
            parse_constant=_refuse_constant,
            object_pairs_hook=_without_repeats,
        )
    except UnicodeDecodeError:
        raise NotJson("The body is not text in UTF-8.") from None
    except RecursionError:
        raise NotJson("The body is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise NotJson("The body is not JSON: %(error)s.", error=error) from None


def _number(kind: Callable[[str], float]) -> Callable[[str], float]:
    def read_number(digits: str) -> float:
        return kind(digits) if len(digits) <= _LONGEST_NUMBER else float(digits)

    return read_number


def _refuse_constant(name: str) -> None:
    raise NotJson("The body is not JSON: %(name)s is no number.", name=name)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    kept = dict(pairs)
    if len(kept) < len(pairs):
        raise NotJson("The body is not JSON that can be trusted: a key stands twice in one object.")
    return kept
