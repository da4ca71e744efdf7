"""What a rule set is made of, by place, such as ``steroid.asked.months``: kinds, ranges and values.

Everything is taken from the records themselves, so that a form, a page or a list of changes cannot leave a number out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from types import NoneType
from typing import Annotated, Any, cast, get_args, get_origin, get_type_hints

from diary.domain.limits import Within, limits_of
from diary.domain.rulesets import RuleSet
from diary.domain.rulesets.parts import Agent

HEAD = ("title", "source", "source_date", "unchecked")
PARTS = ("late", "block", "steroid", "repeat")
AGENT_COLUMNS = ("onset", "hold", "usual_end", "tail_end")

Value = int | str | date | tuple[str, ...] | Agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One number, switch, choice or list of choices. ``needed``: no set goes without it."""

    kind: type
    many: bool
    within: Within | None
    needed: bool


@cache
def places() -> Mapping[str, Leaf]:
    """Each place of the four parts in the order of their records; agents are apart."""
    hints = get_type_hints(RuleSet)
    return {place: leaf for part in PARTS for place, leaf in _leaves(hints[part], part, needed=True)}


@cache
def agent_range(column: str) -> Within:
    """The range of one of an agent's minutes."""
    return cast("Within", _within(Agent, column))


def value_at(rules: RuleSet, place: str) -> Value | None:
    """What a set has at a place; None where it has nothing there."""
    value: Any = rules
    for name in place.split("."):
        value = None if value is None else getattr(value, name)
    return cast("Value | None", value)


def _leaves(record: Any, prefix: str, *, needed: bool) -> Iterator[tuple[str, Leaf]]:
    hints = get_type_hints(record, include_extras=True)
    for field in fields(record):
        place, kinds = f"{prefix}.{field.name}", _kinds(hints[field.name])
        inner = next((kind for kind in kinds if is_dataclass(kind)), None)
        must = needed and field.default is MISSING
        if inner is not None:
            yield from _leaves(inner, place, needed=must)
        else:
            many = get_origin(hints[field.name]) is tuple
            yield place, Leaf(kind=kinds[0], many=many, within=_within(record, field.name), needed=must)


def _kinds(hint: Any) -> tuple[type, ...]:
    """The types that a hint leaves open, without None, limits and "any number of"."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _kinds(arguments[0])
    if arguments:
        return tuple(kind for one in arguments if one not in (NoneType, ...) for kind in _kinds(one))
    return (hint,)


def _within(record: Any, name: str) -> Within | None:
    limits = next((limits for limited, limits, _ in limits_of(record) if limited == name), ())
    return next((limit for limit in limits if isinstance(limit, Within)), None)
