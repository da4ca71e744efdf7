"""My scores in words: the text that stands first, and the table."""

from dataclasses import dataclass
from datetime import date, timedelta

from diary.domain.diary import Instrument
from diary.services.own_diary import MyScores, Scored
from diary.web.presenters.days import clock, short_day

NOTHING = "\N{EN DASH}"
FIRST_CHART = 3  # a chart of one or two days shows nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One day of the table; ``can_fill_in`` where it holds nothing and can still be scored."""

    day: date
    called: str
    pain: str
    moving: str
    medicine: str
    saved: str
    can_fill_in: bool


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
    )


def _score(scored: Scored, instrument: Instrument) -> str:
    found = scored.in_force.scores.get(instrument) if scored.in_force else None
    return str(found.score) if found else NOTHING


def _average(scored: Scored) -> int | None:
    found = scored.in_force.scores.get(Instrument.AVERAGE) if scored.in_force else None
    return found.score if found and isinstance(found.score, int) else None


def _medicine(scored: Scored) -> str:
    if scored.in_force is None or scored.in_force.analgesic is None:
        return NOTHING
    return "Yes" if scored.in_force.analgesic else "No"


def _saved(scored: Scored, mine: MyScores) -> str:
    if scored.in_force is None:
        return "not filled in"
    first = scored.in_force.first.recorded_at
    days = (first.astimezone(mine.zone).date() - scored.day).days
    words = [clock(first, mine.zone) if days <= 0 else "next day" if days == 1 else f"{days} days later"]
    if scored.late:
        words[0] += " (late)"
    changed = [chain.end.recorded_at for chain in scored.in_force.chains if chain.corrected]
    if changed:
        words.append(f"changed {clock(max(changed), mine.zone)}")
    if any(chain.end.unknown for chain in scored.in_force.chains):
        words.append("you did not remember")
    return ", ".join(words)


def text_first(mine: MyScores) -> tuple[str, ...]:
    """What stands above the chart: days filled in and the range of the last 7 days, and the start score."""
    week = [scored for scored in mine.days if mine.today - timedelta(days=7) < scored.day and scored.in_force]
    words = [f"In the last 7 days you filled in {len(week)} {'day' if len(week) == 1 else 'days'}."]
    whole = [score for scored in week if (score := _average(scored)) is not None]
    if len(whole) == 1:
        words.append(f"Your pain score was {whole[0]}.")
    elif whole and min(whole) == max(whole):
        words.append(f"Your pain scores were all {whole[0]}.")
    elif whole:
        words.append(f"Your pain scores were between {min(whole)} and {max(whole)}.")
    if mine.start_score is not None:
        words.append(f"Before the injection your score was {mine.start_score}.")
    return tuple(words)


def chart_starts(mine: MyScores) -> bool:
    """Whether there are enough days for a chart."""
    return sum(scored.in_force is not None for scored in mine.days) >= FIRST_CHART
