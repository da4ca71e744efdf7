"""The translations of one language, read from its .po files; imported only when it is not English."""

import gettext
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

# Not one in a tag: an address is no text.
_PLACEHOLDER_OF_TEXT = re.compile(r"%\(\w+\)s(?![^<>]*>)")

Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What each English sentence is in one language: (context, sentence) to its forms, the first for one."""

    sentences: dict[Key, tuple[str, ...]]
    plural_of: Callable[[int], int]


def read_catalogue(folder: Path, *, direction: str) -> Catalogue:
    """All the .po files of a language's folder, as one.

    In a language that is read from the right each value is kept apart from the words around it, since a telephone
    number or a date would be read backwards.
    """
    sentences: dict[Key, tuple[str, ...]] = {}
    plural = "(n != 1)"
    for file in sorted((folder / "LC_MESSAGES").glob("*.po")):
        with file.open("rb") as po:
            catalog = read_po(po)
        plural = catalog.plural_expr
        sentences |= {key_of(message): forms for message in catalog if message.id and (forms := forms_of(message))}
    if direction == "rtl":
        sentences = {key: tuple(map(_isolated, forms)) for key, forms in sentences.items()}
    return Catalogue(sentences=sentences, plural_of=gettext.c2py(plural))


def _isolated(words: str) -> str:
    return _PLACEHOLDER_OF_TEXT.sub("\u2068\\g<0>\u2069", words)


def key_of(message: Message) -> Key:
    """A message is found by its context and its English singular."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def forms_of(message: Message) -> tuple[str, ...]:
    """The translation, in as many forms as the language has for numbers; none where it is not whole."""
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return forms if all(forms) and not message.fuzzy else ()
