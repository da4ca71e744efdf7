"""A made-up language that is read from right to left: every English letter as an Arabic one, longer than English.

Whatever shows a Latin letter in it has escaped translation; whatever overflows has no room for other languages.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from diary.words.catalogues import PARTS, PROJECT, sentences_in
from diary.words.language import LANGUAGES, Language

CODE = "ar-XB"
_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابكدعفجهيقلمنوپرستثڤخژغشصض", strict=True))
_KEPT = re.compile(r"%\(\w+\)s|%%|<[^>]*>|.", re.DOTALL)


@cache
def made_up() -> Language:
    """The language, its catalogues made from every sentence of the diary."""
    folder = Path(mkdtemp(prefix="made-up-language-"))
    (folder / "LC_MESSAGES").mkdir()
    catalogs = {part: Catalog(locale="en") for part in PARTS}
    for sentence in sentences_in(PROJECT).values():
        said = turned(sentence.one)
        if sentence.many:
            catalogs[sentence.part].add(
                (sentence.one, sentence.many), (said, turned(sentence.many)), context=sentence.context
            )
        else:
            catalogs[sentence.part].add(sentence.one, said, context=sentence.context)
    for part, catalog in catalogs.items():
        with (folder / "LC_MESSAGES" / f"{part}.po").open("wb") as po:
            write_po(po, catalog)
    return Language(
        code=CODE,
        name="ﺏﺏ",
        direction="rtl",
        reviewed=True,
        formats="ar",
        long_day="EEEE d MMMM",
        long_day_and_year="EEEE d MMMM y",
        short_day="EEE d MMM",
        day_and_month="d MMMM",
        day_month_and_year="d MMMM y",
        clock="H:mm",
        folder=folder,
    )


def turned(words: str) -> str:
    """The words in it, their placeholders and tags as they were, and a third longer."""
    turned_words = "".join(
        piece if len(piece) > 1 else _LETTERS.get(piece.lower(), piece) for piece in _KEPT.findall(words)
    )
    longer = "ـ" * (len(re.sub(r"%\(\w+\)s|<[^>]*>", "", words)) // 3)
    return f"{turned_words}{longer}"


@contextmanager
def spoken_here() -> Iterator[Language]:
    """Let the diary know this language for a while."""
    language = made_up()
    LANGUAGES[CODE] = language
    try:
        yield language
    finally:
        del LANGUAGES[CODE]
