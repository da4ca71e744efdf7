"""The report of one injection, in words and ready to be laid out: the print view and the PDF stand on this one value.

Nothing is computed from here on. What a person wrote is cleaned of what no page can show, and stays text: the template
of the PDF (``report.typ``) gets it as JSON and never as markup.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from diary.exchange.typesetting import Plain, typeset
from diary.words.language import gettext as _
from diary.words.language import spoken

TEMPLATE = "report.typ"

# A longer run of letters without a space has to be broken somewhere, or it would leave the paper.
LONGEST_WORD = 40
_ZERO_WIDTH_SPACE = "\u200b"
# They turn the order of all that follows; the right order of letters of a script needs none of them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NO_LETTERS = frozenset({"\ufeff", "\ufffe", "\uffff"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that is told: what it is, and its words."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One verdict with its numbers; ``tag`` is that one point would change it."""

    title: str
    verdict: str
    lines: tuple[str, ...]
    tag: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose first cells name their rows; no ``columns`` where that is enough. ``widths`` are shares."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    none: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading and the sentences under it; ``empty_line`` leaves room to write by hand."""

    title: str
    lines: tuple[str, ...]
    empty_line: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One page, and further ones where they were asked for.

    ``running`` stands on every page; ``boxes`` (the verdicts) stand in rows, ``tables`` in columns; ``picture`` is an
    SVG, and ``picture_words`` what it shows, for who cannot see it.
    """

    title: str
    name: str
    running: tuple[str, ...]
    facts: tuple[Fact, ...]
    boxes: tuple[tuple[Box, ...], ...]
    picture: str | None
    picture_words: str
    tables: tuple[tuple[Table, ...], ...]
    parts: tuple[Part, ...]
    printed: str
    printed_at: datetime
    further: tuple[Table, ...] = ()
    invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the paper itself says, in ``language``; the numbers of pages are put in for #1, #2 and #3."""

    language: str
    invented: str
    page: str
    continued: str
    undrawn_title: str
    undrawn: str


def _frame() -> Frame:
    return Frame(
        language=spoken().code,
        invented=_("Invented people. Nothing on this page is about a real patient."),
        page=_("Page %(page)s of %(pages)s", page="#1", pages="#2"),
        continued=_("Page %(page)s of %(pages)s, continued on page %(next)s", page="#1", pages="#2", next="#3"),
        undrawn_title=_("Letters that could not be drawn:"),
        undrawn=_(
            "%(letters)s. This computer has no font for them. Birth date and chart number say who this is. To have "
            "them drawn, install fonts on the server (Debian: apt-get install fonts-noto-core fonts-noto-cjk), then "
            "print again.",
            letters="#1",
        ),
    )


def write_pdf(report: Report) -> bytes:
    """The report as PDF/UA-1: A4, tagged, with its fonts inside; the first page holds everything but ``further``.

    `NotJustNow` where it takes too long or other ones are being made. Letters that no font of this machine has are
    named on the page; such a PDF is tagged too, but does not claim the standard.
    """
    return typeset(TEMPLATE, values_of(report), made_at=report.printed_at)


def values_of(report: Report) -> Plain:
    """The report as the template reads it: JSON, with everything that a person wrote as it can stand on paper."""
    values = cleaned({**asdict(report), "frame": asdict(_frame()), "printed_at": report.printed_at.isoformat()})
    return {**values, "picture": report.picture}  # our own drawing, which no cleaning may break


def on_paper(words: str) -> str:
    """What somebody wrote, in one line, without what a page cannot show or what would turn the order of its words."""
    kept = "".join(_letters(words))
    return " ".join(_broken(word) for word in kept.split())


def _letters(words: str) -> Iterator[str]:
    for letter in words:
        if letter in _TURNING or letter in _NO_LETTERS:
            continue
        # Unpaired surrogates and unassigned ones cannot be written; control characters stand for a space at most.
        category = unicodedata.category(letter)
        yield " " if category in {"Cc", "Cs", "Cn", "Zl", "Zp"} else letter


def _broken(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return _ZERO_WIDTH_SPACE.join(word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))


def cleaned(value: Plain) -> Plain:
    """Plain values with every text in them as it can stand on paper."""
    match value:
        case str():
            return on_paper(value)
        case dict():
            return {key: cleaned(item) for key, item in value.items()}
        case list() | tuple():
            return [cleaned(item) for item in value]
        case _:
            return value
