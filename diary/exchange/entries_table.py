"""Every entry of a diary as a table for spreadsheets: CSV in UTF-8 with the byte order mark that they look for.

Cells that a spreadsheet would take for a formula bear an apostrophe in front (trust.md, section 2, number 12).
"""

import csv
import io
from collections.abc import Iterator

from diary.domain.diary import SINGLE_SCORES, Diary, Entry
from diary.domain.timeline import standing

# The full-width forms are read as formulas by spreadsheets that are set to an East Asian language.
_STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

COLUMNS = (
    *("id", "kind", "at", "day", "recorded_at", "received_at", "source", "in_force", "revises", "withdrawn"),
    *(name.value for name in SINGLE_SCORES),
    *("activities", "analgesic", "side_effects", "events", "note", "recorded_by", "transcribed"),
)


def write_entries_table(diary: Diary) -> bytes:
    """One line for each entry in the order of recording, what was corrected or withdrawn among them."""
    stands = {chain.end.id for chain in standing(diary.entries)}
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for entry in diary.entries:
        table.writerow([without_formula(cell) for cell in _cells(entry, in_force=entry.id in stands)])
    return text.getvalue().encode("utf-8-sig")


def without_formula(cell: str) -> str:
    """The cell as text that no spreadsheet works out."""
    return f"'{cell}" if cell.startswith(_STARTS_OF_FORMULAS) else cell


def _cells(entry: Entry, *, in_force: bool) -> Iterator[str]:
    yield str(entry.id)
    yield entry.kind.value
    for when in (entry.at, entry.day, entry.recorded_at, entry.received_at):
        yield when.isoformat() if when else ""
    yield entry.source.value if entry.source else ""
    yield _said(in_force)
    yield str(entry.revises or "")
    yield _said(entry.withdrawn)
    for instrument in SINGLE_SCORES:
        score = entry.scores.get(instrument)
        yield "" if score is None else str(score)
    yield " ".join(map(str, entry.scores.activities or ()))
    yield "" if entry.analgesic is None else _said(entry.analgesic)
    yield "; ".join(entry.side_effects)
    yield "; ".join(entry.events)
    yield entry.note or ""
    yield entry.recorded_by or ""
    yield _said(entry.transcribed)


def _said(answer: bool) -> str:
    return "yes" if answer else "no"
