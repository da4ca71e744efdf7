"""In which line of a TOML file a key stands, so that whoever wrote it finds what was refused."""

import re
from collections import Counter

_HEADER = re.compile(r"\s*(\[{1,2})\s*([\w.-]+)\s*\]{1,2}")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_LAST = re.compile(r"(\[\d+\]|\.?[^.\[\]]+)$")


def line_of(place: str, text: str) -> int | None:
    """The line, from 1, of a place such as ``block.threshold`` or ``agents[1].also[0]``; None where it is not found.

    What stands inside a value is found at the key that holds it, a key that is missing at its table.
    """
    known = _places(text)
    while place:
        if place in known:
            return known[place]
        shorter = _LAST.sub("", place)
        # A key in quotes may hold brackets, as in "a]b" = 1: such a place has no line, and nothing to be cut off.
        if shorter == place:
            return None
        place = shorter
    return None


def _places(text: str) -> dict[str, int]:
    known: dict[str, int] = {}
    repeated: Counter[str] = Counter()
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            table = header[2]
            if header[1] == "[[":
                table = f"{header[2]}[{repeated[header[2]]}]"
                repeated[header[2]] += 1
            known.setdefault(table, number)
        elif key := _KEY.match(line):
            known.setdefault(f"{table}.{key[1]}" if table else key[1], number)
    return known
