"""The days on which a rise of the weekly scores is followed day by day, so that the date of a return is known.

Source: ``screens.md`` section 1, Schedule: a weekly score that crosses half of the start score, or is higher by two
points or more than the score before it, asks for seven days in a row.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from diary.domain.diary import Injection, Instrument
from diary.domain.relief import median
from diary.domain.timeline import DayInForce, averages_before, day_since

FEWEST_DAYS_BEFORE = 4  # of the week before: with fewer the one score taken before is the start (``judgement.md``)


def is_followed_daily(
    injection: Injection, days: Sequence[DayInForce], day: date, *, daily_until: int, length: int, rise: int
) -> bool:
    """Whether a day lies within ``length`` days after a weekly score that rose. Only scores of earlier days count.

    A weekly score is one after day ``daily_until`` that no earlier rise had asked for; it is compared with the score
    before it, whichever day that is of. To cross half of the start is to come from half or below to above it.
    """
    start = _start(injection, days)
    before: int | None = None
    until: date | None = None
    for answered in days:
        score = _average(answered)
        number = day_since(injection, answered.day)
        if score is None or number < 1 or answered.day >= day:
            continue
        is_weekly = number > daily_until and (until is None or answered.day > until)
        if is_weekly and before is not None and (score - before >= rise or _crosses_half(before, score, start)):
            until = answered.day + timedelta(days=length)
        before = score
    return until is not None and day <= until


def _crosses_half(before: int, score: int, start: Fraction | None) -> bool:
    return start is not None and 2 * before <= start < 2 * score


def _start(injection: Injection, days: Sequence[DayInForce]) -> Fraction | None:
    of_days = averages_before(injection, days)
    if len(of_days) >= FEWEST_DAYS_BEFORE:
        return median(of_days)
    one = injection.baseline.average
    return None if one is None else Fraction(one)


def _average(day: DayInForce) -> int | None:
    given = day.scores.get(Instrument.AVERAGE)
    return given.score if given and isinstance(given.score, int) else None
