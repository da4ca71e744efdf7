"""The report of one injection in words: the value that the print view and the PDF are both laid out from."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from diary.domain.diary import Injection
from diary.exchange.assessment_text import describe
from diary.exchange.report import Box, Fact, Part, Report, Table
from diary.services.reports import InjectionReport
from diary.web.presenters.changes import changes_table
from diary.web.presenters.entry_pages import entry_line
from diary.web.presenters.patients import born_of, name_of
from diary.web.presenters.profiles import facts_of
from diary.words.injections import SIDES
from diary.words.times import in_words, instant_in_words

NOT_FOR_PAPER = frozenset({"Next visit"})


def report_of(asked: InjectionReport, *, picture: str | None) -> Report:
    """Everything the report says; ``picture`` is the drawing of its profile."""
    shown = asked.shown
    return Report(
        title=_title(shown.injection),
        name=name_of(shown.judged.patient),
        running=tuple(_running(asked)),
        facts=tuple(
            Fact(name=fact.name, words=fact.words) for fact in facts_of(shown) if fact.name not in NOT_FOR_PAPER
        ),
        boxes=tuple(_boxes(asked)),
        picture=picture,
        picture_words=shown.profile.summary if shown.profile else "",
        tables=tuple(_tables(asked)),
        parts=tuple(_parts(asked)),
        printed=printed_words(asked),
        printed_at=asked.printed_at,
        further=tuple(_further(asked)),
        invented=shown.judged.clinic.invented,
    )


def text_of(asked: InjectionReport) -> str:
    """The report as plain text, to paste into another record."""
    judged = asked.shown.judged
    return describe(judged.assessment, patient=judged.diary.patient)


def printed_words(asked: InjectionReport) -> str:
    """Printed 22-Nov-2026 16:50 (America/New_York) by Dr Chen."""
    zone = asked.shown.judged.clinic.time_zone
    at = instant_in_words(asked.printed_at.astimezone(ZoneInfo(zone)))
    return f"Printed {at} ({zone})" + (f" by {asked.printed_by}" if asked.printed_by else "")


def _title(injection: Injection | None) -> str:
    """Without a name: it stands in lists of windows and files."""
    if injection is None:
        return "Injection diary: report"
    return f"Injection diary: report of the injection of {in_words(injection.performed_at.date())}"


def _running(asked: InjectionReport) -> Iterator[str]:
    patient, injection = asked.shown.judged.patient, asked.shown.injection
    yield name_of(patient)
    yield f"born {born_of(patient)}"
    if patient.number:
        yield f"chart {patient.number}"
    if injection is not None:
        yield SIDES[injection.side]
        yield f"injected {in_words(injection.performed_at.date())}"


def _boxes(asked: InjectionReport) -> Iterator[Box]:
    yield from ()


def _tables(asked: InjectionReport) -> Iterator[Table]:
    yield from ()


def _parts(asked: InjectionReport) -> Iterator[Part]:
    yield from ()


# --- further pages ----------------------------------------------------------------------------------------------------


def _further(asked: InjectionReport) -> Iterator[Table]:
    if asked.entries is not None:
        lines = [entry_line(history) for history in asked.entries]
        yield Table(
            title=f"All entries of the diary ({len(lines)}), the last recorded first",
            columns=("About", "Scores", "Recorded", "By", "Remarks"),
            rows=tuple(
                (line.about, f"{line.kind}: {line.scores}", f"{line.recorded} {line.zone}", line.by, line.remarks)
                for line in lines
            ),
            widths=(6, 5, 4, 5),
            none="No entry is recorded.",
        )
    if asked.changes is not None:
        yield changes_table(asked.changes)
