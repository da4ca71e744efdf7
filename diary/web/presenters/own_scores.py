"""The patient's own scores on paper: the words they know from My scores, with the year beside each day."""

from dataclasses import replace

from diary.exchange.report import Fact, Part, Report, Table
from diary.services.own_data import ScoresOnPaper
from diary.web.presenters.days import clock
from diary.web.presenters.patients import born_of, name_of
from diary.web.presenters.scores import table_rows, text_first
from diary.words.dates import day_month_and_year
from diary.words.language import gettext as _

WIDTHS = (3, 1, 1, 2, 5)


def own_scores_report(asked: ScoresOnPaper, *, picture: str | None) -> Report:
    """A page with the chart, if there is enough to draw, and every day on the pages after it."""
    clinic = asked.clinic.name if asked.clinic else ""
    name = name_of(asked.patient)
    title = _("My scores")
    no_sign = _("This chart cannot tell if something is wrong. If you are worried, call your clinic.")
    made_at = asked.made_at.astimezone(asked.scores.zone)
    made_on = day_month_and_year(made_at.date())
    return Report(
        title=title,
        name=name,
        running=(name, title),
        facts=(Fact(name=_("Born"), words=born_of(asked.patient)), Fact(name=_("Clinic"), words=clinic)),
        boxes=(),
        picture=picture,
        picture_words=_("My scores day by day. Each one stands in the table on the pages that follow."),
        tables=(),
        parts=(Part(title=title, lines=text_first(asked.scores)), Part(title=_("Remember"), lines=(no_sign,))),
        printed=_("Made on %(day)s, %(time)s", day=made_on, time=clock(made_at, asked.scores.zone)),
        printed_at=asked.made_at,
        further=(_days(asked),),
        invented=asked.clinic is not None and asked.clinic.invented,
    )


def _days(asked: ScoresOnPaper) -> Table:
    rows = (replace(row, called=f"{row.called} {row.day.year}") for row in table_rows(asked.scores))
    return Table(
        title=_("My scores by day, 0 to 10. Lower is better."),
        columns=(_("Day"), _("Pain"), _("Moving"), _("Medicine"), _("Saved")),
        rows=tuple((row.called, row.pain, row.moving, row.medicine, row.saved) for row in rows),
        widths=WIDTHS,
        none=_("Nothing is filled in yet."),
    )
