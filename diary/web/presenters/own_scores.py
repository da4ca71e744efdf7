"""The patient's own scores on paper: the words they know from My scores, with the year beside each day."""

from dataclasses import replace

from diary.exchange.report import Fact, Part, Report, Table
from diary.services.own_data import ScoresOnPaper
from diary.web.presenters.days import clock
from diary.web.presenters.patients import born_of, name_of
from diary.web.presenters.scores import table_rows, text_first
from diary.words.times import in_words

TITLE = "My scores"
NO_SIGN = "This chart cannot tell if something is wrong. If you are worried, call your clinic."
COLUMNS = ("Day", "Pain", "Moving", "Medicine", "Saved")
WIDTHS = (3, 1, 1, 2, 5)


def own_scores_report(asked: ScoresOnPaper, *, picture: str | None) -> Report:
    """A page with the chart, if there is enough to draw, and every day on the pages after it."""
    clinic = asked.clinic.name if asked.clinic else ""
    name = name_of(asked.patient)
    made_at = asked.made_at.astimezone(asked.scores.zone)
    return Report(
        title=TITLE,
        name=name,
        running=(name, TITLE),
        facts=(Fact(name="Born", words=born_of(asked.patient)), Fact(name="Clinic", words=clinic)),
        boxes=(),
        picture=picture,
        picture_words="My scores day by day. Each one stands in the table on the pages that follow.",
        tables=(),
        parts=(Part(title=TITLE, lines=text_first(asked.scores)), Part(title="Remember", lines=(NO_SIGN,))),
        printed=f"Made {in_words(made_at.date())}, {clock(made_at, asked.scores.zone)}",
        printed_at=asked.made_at,
        further=(_days(asked),),
        invented=asked.clinic is not None and asked.clinic.invented,
    )


def _days(asked: ScoresOnPaper) -> Table:
    rows = (replace(row, called=f"{row.called} {row.day.year}") for row in table_rows(asked.scores))
    return Table(
        title="My scores by day, 0 to 10. Lower is better.",
        columns=COLUMNS,
        rows=tuple((row.called, row.pain, row.moving, row.medicine, row.saved) for row in rows),
        widths=WIDTHS,
        none="Nothing is filled in yet.",
    )
