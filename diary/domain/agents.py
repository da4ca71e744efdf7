"""The names of agents as people write them: compared without case and without a word for the salt."""

import re
from collections.abc import Set as AbstractSet


def plain_name(written: str, *, salts: AbstractSet[str]) -> tuple[str, ...]:
    """The words of a name in small letters, without the words for a salt at its end; a name is never only a salt."""
    words: list[str] = re.findall(r"[^\W_]+", written.casefold())
    while len(words) > 1 and words[-1] in salts:
        words.pop()
    return tuple(words)
