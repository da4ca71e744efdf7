"""My scores in words: the text that stands first, and the table."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from diary.domain.diary import Instrument
from diary.services.own_diary import MyScores, Scored
from diary.web.presenters.days import clock
from diary.words.dates import number, short_day
from diary.words.language import gettext as _
from diary.words.language import ngettext

NOTHING = "\N{EN DASH}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One day of the table. ``can_fill_in``: empty, and can be scored; ``change``: the entry to change, or None."""

    day: date
    called: str
    pain: str
    moving: str
    medicine: str
    saved: str
    can_fill_in: bool
    change: UUID | None


def table_rows(mine: MyScores) -> tuple[TableRow, ...]:
    """The rows, newest day first."""
    return tuple(_row(scored, mine) for scored in mine.days)


def _row(scored: Scored, mine: MyScores) -> TableRow:
    return TableRow(
        day=scored.day,
        called=short_day(scored.day),
        pain=_score(scored, Instrument.AVERAGE),
        moving=_score(scored, Instrument.MOVING),
        medicine=_medicine(scored),
        saved=_saved(scored, mine),
        can_fill_in=scored.in_force is None and scored.day in mine.can_fill_in,
        change=scored.change,
    )


def _score(scored: Scored, instrument: Instrument) -> str:
    found = scored.in_force.scores.get(instrument) if scored.in_force else None
    return str(found.score) if found else NOTHING


def _medicine(scored: Scored) -> str:
    if scored.in_force is None or scored.in_force.analgesic is None:
        return NOTHING
    return _("Yes") if scored.in_force.analgesic else _("No")


def _saved(scored: Scored, mine: MyScores) -> str:
    if scored.in_force is None:
        return _("not filled in")
    first = scored.in_force.first.recorded_at
    days = (first.astimezone(mine.zone).date() - scored.day).days
    saved = clock(first, mine.zone) if days <= 0 else ngettext("next day", "%(num)s days later", days)
    words = [_("%(saved)s (late)", saved=saved) if scored.late else saved]
    changed = [chain.end.recorded_at for chain in scored.in_force.chains if chain.corrected]
    if changed:
        words.append(_("changed %(time)s", time=clock(max(changed), mine.zone)))
    if any(chain.end.unknown for chain in scored.in_force.chains):
        words.append(_("you did not remember"))
    return ", ".join(words)


def text_first(mine: MyScores) -> tuple[str, ...]:
    """What stands above the chart: days filled in and the range of the last 7 days, and the start score."""
    chart = mine.chart
    words = [
        ngettext(
            "In the last 7 days you filled in %(num)s day.",
            "In the last 7 days you filled in %(num)s days.",
            chart.days_filled_in,
        )
    ]
    if chart.lowest is not None and chart.lowest == chart.highest:
        words.append(_("Your pain score was %(score)s.", score=chart.lowest))
    elif chart.lowest is not None:
        lowest, highest = chart.lowest, chart.highest
        words.append(_("Your pain scores were between %(lowest)s and %(highest)s.", lowest=lowest, highest=highest))
    if chart.start is not None:
        words.append(_("Before the injection your score was %(score)s.", score=number(float(chart.start), decimals=2)))
    return tuple(words)
