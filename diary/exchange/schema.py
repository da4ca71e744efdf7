"""The form of records as JSON Schema (2020-12), made from the dataclasses that read them."""

import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

from diary.domain.limits import AtMost, Longest, Within

Schema = dict[str, Any]

_SIMPLE: dict[type, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    UUID: {"type": "string", "format": "uuid"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def schema_of(record: type) -> Schema:
    """What one record looks like: a field without a default is required, any other may be absent or null."""
    hints = get_type_hints(record, include_extras=True)
    described = fields(cast(Any, record))
    required = [one.name for one in described if one.default is MISSING and one.default_factory is MISSING]
    properties = {one.name: _schema(hints[one.name]) for one in described}
    for name, schema in properties.items():
        if name not in required and "anyOf" not in schema:
            properties[name] = {"anyOf": [schema, {"type": "null"}]}
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def _schema(hint: Any) -> Schema:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _limited(_schema(arguments[0]), arguments[1:])
    if origin in (Union, types.UnionType):
        (only,) = (option for option in arguments if option is not types.NoneType)
        return {"anyOf": [_schema(only), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _schema(arguments[0])}
    if is_dataclass(hint):
        return schema_of(cast(type, hint))
    if issubclass(hint, StrEnum):
        return {"enum": [choice.value for choice in hint]}
    return dict(_SIMPLE[hint])


def _limited(schema: Schema, notes: tuple[object, ...]) -> Schema:
    if "anyOf" in schema:
        value, nothing = schema["anyOf"]
        return {"anyOf": [_limited(value, notes), nothing]}
    for note in notes:
        schema |= _limit(note)
    return schema


def _limit(note: object) -> Schema:
    match note:
        case Longest(characters):
            return {"maxLength": characters}
        case AtMost(items):
            return {"maxItems": items}
        case Within(least=least, above=above, most=most):
            return ({"minimum": least} if least is not None else {"exclusiveMinimum": above or 0}) | {"maximum": most}
        case _:
            return {}
