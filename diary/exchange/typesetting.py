"""A PDF from a Typst template, made by a process of its own that may take only so long and so much memory.

A hostile or endless diary can then neither stop the server's threads nor fill its memory: one PDF is made at a time,
one more may wait for it, and who comes third is asked to try again.
"""

import json
import logging
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Any

from diary.domain.errors import NotJustNow

if TYPE_CHECKING:
    from typst import PDFStandard

Plain = Any

log = logging.getLogger(__name__)

TEMPLATES = Path(__file__).parent

LONGEST_SECONDS = 20.0
LONGEST_WAIT_SECONDS = 3.0
MOST_MEMORY = 1500 * 2**20

_making = Lock()
making_or_waiting = BoundedSemaphore(2)

_UNDRAWN = re.compile(r'the text `"(?P<letters>.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(template: str, values: Plain, *, made_at: datetime, seconds: float = LONGEST_SECONDS) -> bytes:
    """The PDF of a template beside this module, which finds ``values`` as JSON in ``sys.inputs.values``.

    `NotJustNow` where it takes longer than ``seconds``, fails, or two others are being made already.
    """
    asked = json.dumps({"template": template, "values": values, "made_at": made_at.isoformat()})
    if not making_or_waiting.acquire(blocking=False):
        raise NotJustNow("Other reports are being made. Try again in a few seconds.")
    try:
        if not _making.acquire(timeout=LONGEST_WAIT_SECONDS):
            raise NotJustNow("Another report is being made. Try again in a few seconds.")
        try:
            return _in_a_process(asked.encode(), seconds=seconds)
        finally:
            _making.release()
    finally:
        making_or_waiting.release()


def _in_a_process(asked: bytes, *, seconds: float) -> bytes:
    command = [sys.executable, "-m", "diary.exchange.typesetting"]
    try:
        made = subprocess.run(  # noqa: S603 — our own module, and what it works on comes by standard input
            command, input=asked, capture_output=True, timeout=seconds, check=True, cwd=TEMPLATES.parents[1]
        )
    except subprocess.TimeoutExpired:
        raise NotJustNow("This report takes too long to make. Leave the further pages out, or try again.") from None
    except subprocess.CalledProcessError as error:
        # What it said on standard error may hold words of the report, which no log may.
        log.warning("A report could not be made: its process ended with %s", error.returncode)
        raise NotJustNow(
            "This report could not be made. Leave the further pages out, or use the print view."
        ) from error
    return made.stdout


# --- in the process of its own ----------------------------------------------------------------------------------------


def compile_pdf(template: str, values: Plain, *, made_at: datetime) -> bytes:
    """The PDF as PDF/UA-1; without that claim, and naming the letters, where no font has one of them."""
    import typst

    try:
        return _compile(template, values, made_at=made_at, standards=["ua-1"])
    except typst.TypstError as error:
        undrawn = undrawn_letters(error.diagnostic)
        if not undrawn:
            raise
        named = {**values, "undrawn": in_code_points(undrawn)}
        return _compile(template, named, made_at=made_at, standards=[])


def _compile(template: str, values: Plain, *, made_at: datetime, standards: list["PDFStandard"]) -> bytes:
    import typst

    return typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(folder) for folder in _fonts()],
        sys_inputs={"values": json.dumps(values)},
        pdf_standards=standards,
        timestamp=made_at.replace(microsecond=0),
    )


def _fonts() -> tuple[Path, ...]:
    """The fonts that are always there, beside those of the machine and the serif one inside typst."""
    import fontpkg_noto_sans
    import fontpkg_noto_sans_arabic
    import fontpkg_noto_sans_thai

    return (fontpkg_noto_sans.ROOT, fontpkg_noto_sans_arabic.ROOT, fontpkg_noto_sans_thai.ROOT)


def undrawn_letters(diagnostic: str) -> list[str]:
    """Which letters typst found no glyph for, each once, in the order of the page."""
    found = (_unescaped(match["letters"]) for match in _UNDRAWN.finditer(diagnostic))
    return list(dict.fromkeys("".join(found)))


def _unescaped(letters: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), letters)


def in_code_points(letters: Iterable[str]) -> list[str]:
    """Each letter by number and name, since it cannot be shown: U+738B CJK UNIFIED IDEOGRAPH-738B."""
    return [f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip() for letter in letters]


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows, where the time limit stands alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def main() -> None:
    """Read what to make from standard input, write the PDF to standard output."""
    _limit_memory()
    asked = json.load(sys.stdin.buffer)
    made = compile_pdf(asked["template"], asked["values"], made_at=datetime.fromisoformat(asked["made_at"]))
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
