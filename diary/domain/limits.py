"""Limits of a record's fields, said once beside the field (`Annotated`) and checked where the record is built."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints

from diary.domain.errors import InvalidValue
from diary.domain.said import say

Check = Callable[[Any], str | None]


@dataclass(frozen=True, slots=True)
class Longest:
    """The most characters that a text may have.

    NUL is refused too, since not every database can hold it, and half a pair of surrogates, which no UTF-8 can.
    """

    characters: int

    def fault(self, text: str) -> str | None:
        """What is wrong with the text, or None."""
        if len(text) > self.characters:
            return say("%(given)s characters are more than %(most)s", given=len(text), most=self.characters)
        if "\0" in text:
            return say("holds a NUL character, which cannot be stored")
        if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
            return say("holds half a character, which cannot be stored")
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """The range of a quantity, both ends included; ``above`` is a lower end that is not."""

    least: float | None = None
    above: float | None = None
    most: float

    def fault(self, quantity: float) -> str | None:
        """What is wrong with the quantity, or None."""
        given = _shown(quantity)
        if self.least is not None:
            within = self.least <= quantity <= self.most
            ends = {"least": f"{self.least:g}", "most": f"{self.most:g}"}
            return None if within else say("%(given)s is not between %(least)s and %(most)s", given=given, **ends)
        above = self.above or 0
        within = above < quantity <= self.most
        ends = {"above": f"{above:g}", "most": f"{self.most:g}"}
        return None if within else say("%(given)s is not above %(above)s and at most %(most)s", given=given, **ends)


def _shown(quantity: float) -> str:
    """The refused quantity in a few characters: JSON may hold a whole number of thousands of digits."""
    return say("a huge number") if abs(quantity) >= 1e15 else f"{quantity:.15g}"


@dataclass(frozen=True, slots=True)
class AtMost:
    """The most items that a list may have."""

    items: int

    def fault(self, listed: tuple[object, ...]) -> str | None:
        """What is wrong with the list, or None."""
        if len(listed) <= self.items:
            return None
        return say("%(given)s are more than %(most)s", given=len(listed), most=self.items)


Limit = Longest | Within | AtMost


def check_limits(record: object) -> None:
    """Refuse a record one of whose fields is outside its limits (`InvalidValue` with the field as place)."""
    for name, limits, of_items in limits_of(cast(Any, type(record))):
        value = getattr(record, name)
        if value is None:
            continue
        for limit in limits:
            if fault := limit.fault(value):
                raise InvalidValue(name, fault)
        for limit in of_items:
            for index, item in enumerate(value):
                if fault := limit.fault(item):
                    raise InvalidValue(f"{name}[{index}]", fault)


@cache
def limits_of(record: Any) -> tuple[tuple[str, tuple[Limit, ...], tuple[Limit, ...]], ...]:
    """The limited fields of a record: name, limits of the value, limits of each item of a list."""
    found = (
        (name, _of_value(hint), _of_items(hint)) for name, hint in get_type_hints(record, include_extras=True).items()
    )
    return tuple((name, limits, items) for name, limits, items in found if limits or items)


def _of_value(hint: object) -> tuple[Limit, ...]:
    if get_origin(hint) is Annotated:
        inner, *notes = get_args(hint)
        return (*_of_value(inner), *(note for note in notes if isinstance(note, Limit)))
    if _is_union(hint):
        return tuple(limit for option in get_args(hint) for limit in _of_value(option))
    return ()


def _of_items(hint: object) -> tuple[Limit, ...]:
    if get_origin(hint) is Annotated:
        return _of_items(get_args(hint)[0])
    if _is_union(hint):
        return tuple(limit for option in get_args(hint) for limit in _of_items(option))
    return _of_value(get_args(hint)[0]) if get_origin(hint) is tuple else ()


def _is_union(hint: object) -> bool:
    return get_origin(hint) is Union or type(hint).__name__ == "UnionType"
