"""Reports to lay out without a database, and what is read back from a PDF."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

from pypdf import PdfReader

from diary.exchange.report import Box, Fact, Part, Report, Table

PRINTED_AT = datetime(2026, 8, 6, 14, 30, tzinfo=UTC)
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 300" font-family="Noto Sans">'
    '<rect width="800" height="300" fill="#F3F2F1"/><text x="10" y="20" font-size="11">Pain</text></svg>'
)


def a_report(**changes: Any) -> Report:
    """One page about Ana Cruz."""
    report = Report(
        title="Injection diary: report of the injection of 02-Mar-2026",
        name="Ana Cruz",
        running=("Ana Cruz", "born 09-Apr-1960", "RIGHT", "injected 02-Mar-2026"),
        facts=(Fact(name="Born", words="09-Apr-1960"), Fact(name="Drugs", words="lidocaine 2% 1.5 mL")),
        boxes=((Box(title="Block", verdict="Meets rule", lines=("Start 7, lowest 1 at 25 min.",)),),),
        picture=PICTURE,
        picture_words="Pain was 7 before and 1 after 25 minutes.",
        tables=((Table(title="Block: key figures", columns=(), rows=(("Start", "7"),), widths=(1, 1)),),),
        parts=(Part(title="Rule set", lines=("us-medicare-sij v1.",)),),
        printed="Printed 06-Aug-2026 10:30 (America/New_York) by Dr Chen",
        printed_at=PRINTED_AT,
    )
    return replace(report, **changes)


def read_pdf(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def pages_of(content: bytes) -> list[str]:
    """The text of each page, spaces and line breaks told alike."""
    return [" ".join(page.extract_text().split()) for page in read_pdf(content).pages]


def text_of(content: bytes) -> str:
    return " ".join(pages_of(content))


def claims_ua(content: bytes) -> bool:
    """Whether the PDF says of itself that it is PDF/UA-1."""
    return b"<pdfuaid:part>1</pdfuaid:part>" in _root(content)["/Metadata"].get_object().get_data()


def structure_of(content: bytes) -> Iterator[dict[str, Any]]:
    """Every element of the tag tree."""
    waiting = [_root(content)["/StructTreeRoot"].get_object()]
    while waiting:
        element = waiting.pop()
        if not isinstance(element, dict):
            continue
        yield element
        kids = element.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        waiting += [
            kid.get_object() for kid in (kids if isinstance(kids, list) else [kids]) if hasattr(kid, "get_object")
        ]


def _root(content: bytes) -> dict[str, Any]:
    return cast("dict[str, Any]", read_pdf(content).trailer["/Root"])
