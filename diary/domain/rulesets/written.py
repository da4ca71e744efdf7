"""A rule set as TOML, laid out as the sets that ship; `diary.domain.rulesets.parse` reads it back as it was."""

import json
from collections.abc import Mapping
from typing import Any

from diary.domain.form import write
from diary.domain.rulesets import RuleSet


def write_toml(rules: RuleSet) -> str:
    """The whole set as the text of a file."""
    plain = write(rules)
    agents = plain.pop("agents")
    tables = {name: value for name, value in plain.items() if isinstance(value, dict)}
    head = {name: value for name, value in plain.items() if name not in tables}
    blocks = [_lines(head), *([f"[{name}]", *_lines(table)] for name, table in tables.items())]
    blocks += [["[[agents]]", *_lines(agent)] for agent in agents]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def _lines(table: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in table.items()]


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return _text(value)
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case dict():
            return f"{{ {', '.join(_lines(value))} }}"
        case _:
            raise TypeError(f"no rule set holds {value!r}")


def _text(text: str) -> str:
    """TOML's basic strings are JSON's, but for DEL, which has to be escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
