"""The words that stand for the members of an enumeration, told in the language now spoken."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

K = TypeVar("K")


class Vocabulary(Mapping[K, str]):
    """A mapping of `lazy_gettext` words: each look-up gives a plain ``str`` in the language spoken just then."""

    __slots__ = ("_words",)

    def __init__(self, words: Mapping[K, str]) -> None:
        self._words = words

    def __getitem__(self, key: K) -> str:
        return str(self._words[key])

    def waiting(self, key: K) -> str:
        """The words of a key as they wait to be told: for a form's choices, which are made before anybody reads."""
        return self._words[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)
