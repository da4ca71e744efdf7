"""The diary on paper as PDF: every word and every box comes ready, and the template lays them out, large and in black.

What a person wrote is cleaned of what no page can show, and stays text: the templates (``paper.typ``, ``card.typ``) get
it as JSON and never as markup.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from diary.exchange.report import cleaned
from diary.exchange.typesetting import Plain, typeset

TEMPLATE = "paper.typ"
CARD_TEMPLATE = "card.typ"

# Source: CLDR 46, supplemental/measurementData, paperSize "US-Letter"; all other countries use A4.
LETTER_COUNTRIES = frozenset({"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"})


class PaperSize(StrEnum):
    """By the names that typst gives them."""

    A4 = "a4"
    LETTER = "us-letter"


class Box(StrEnum):
    """What stands in a cell: an empty box for a number, Yes and No to ring, a box to tick, a line, or nothing."""

    NUMBER = "number"
    YES_NO = "yes-no"
    TICK = "tick"
    LINE = "line"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row: its day or hour, what stands under it, and a box for each column."""

    name: str
    about: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """One table with the heads of its columns, the first of them over the names of the rows.

    ``lines_title`` is what the empty lines under it are for, where there are any.
    """

    title: str
    hint: str
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    lines_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole diary on paper. ``square`` is the QR code as SVG; ``ends`` says what 0 and 10 mean for each question.

    ``page_words`` holds ``{here}`` and ``{last}`` in the places of the two numbers.
    """

    size: PaperSize
    language: str
    title: str
    name: str
    running: str
    pain: str
    how_to: tuple[str, ...]
    ends: tuple[str, ...]
    help_title: str
    help_lines: tuple[str, ...]
    square: str
    square_words: str
    square_caption: str
    tables: tuple[SheetTable, ...]
    yes: str
    no: str
    page_words: str
    undrawn_words: str
    printed_at: datetime
    invented: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card with a code for a relative's phone."""

    size: PaperSize
    language: str
    title: str
    whose: str
    steps: tuple[str, ...]
    code: str
    square: str
    square_words: str
    lasts: str
    help_lines: tuple[str, ...]
    printed_at: datetime


def size_in(country: str | None) -> PaperSize:
    """The paper that a country's printers hold; ``country`` is its ISO 3166 code."""
    return PaperSize.LETTER if (country or "").upper() in LETTER_COUNTRIES else PaperSize.A4


def write_sheet(sheet: Sheet) -> bytes:
    """The sheet as PDF/UA-1, tagged, with its fonts inside (`NotJustNow`)."""
    return typeset(TEMPLATE, _values_of(sheet), made_at=sheet.printed_at)


def write_card(card: Card) -> bytes:
    """The card as PDF/UA-1 (`NotJustNow`)."""
    return typeset(CARD_TEMPLATE, _values_of(card), made_at=card.printed_at)


def _values_of(printed: Sheet | Card) -> Plain:
    values = cleaned({**asdict(printed), "printed_at": printed.printed_at.isoformat()})
    return {**values, "square": printed.square}  # our own drawing, which no cleaning may break
