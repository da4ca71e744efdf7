"""How numbers and times are written for doctors: 06-Aug-2026, day 12 (18-Aug-2026), 6.5."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from diary.domain.relief import rounded

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def in_words(day: date) -> str:
    """A date as 06-Aug-2026, the same in every language of the server."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year}"


def dates_in_words(sentence: str) -> str:
    """A sentence of the engine, whose dates are ISO for programs, with its dates as 06-Aug-2026."""
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda iso: in_words(date.fromisoformat(iso[0])), sentence)


def month_in_words(day: date) -> str:
    """A month as Aug-2026."""
    return f"{_MONTHS[day.month - 1]}-{day.year}"


def instant_in_words(instant: datetime) -> str:
    """An instant as 06-Aug-2026 19:05, in the offset that it bears."""
    return f"{in_words(instant.date())} {instant:%H:%M}"


def day_in_words(day_zero: date, day: int) -> str:
    """Day 12 (18-Aug-2026)."""
    return f"day {day} ({in_words(day_zero + timedelta(days=day))})"


def minute_in_words(minute: int) -> str:
    """25 min, 3 h, 3 h 20 min."""
    hours, minutes = divmod(minute, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def minutes_in_words(first: int, last: int) -> str:
    """25 and 40 min, 2 and 3 h, 25 min and 1 h 5 min."""
    one, other = minute_in_words(first), minute_in_words(last)
    if one.count(" ") == 1 and other.count(" ") == 1 and one.split()[1] == other.split()[1]:
        one = one.split()[0]
    return f"{one} and {other}"


def score_in_words(score: Fraction) -> str:
    """7, 6.5, 6.67: at most two decimals, none where there are none."""
    if score.denominator == 1:
        return str(score.numerator)
    return f"{float(score):.2f}".rstrip("0")


def percent_in_words(percent: Fraction, *, decimals: int = 1) -> str:
    """85.7%, 50%: rounded half away from zero, no decimals where there are none."""
    return f"{rounded(percent, decimals):g}%"


def relief_in_words(percent: Fraction, *, decimals: int = 1) -> str:
    """85.7% less, 33.3% more, no change."""
    if percent == 0:
        return "no change"
    return f"{percent_in_words(abs(percent), decimals=decimals)} {'less' if percent >= 0 else 'more'}"


def or_lower(score: int) -> str:
    """3 or lower, and 0 where nothing is lower."""
    return f"{score} or lower" if score else "0"


def listed(words: Sequence[str]) -> str:
    """One, one and another, one, another and a third."""
    *before, last = words
    return f"{', '.join(before)} and {last}" if before else last


def counted(number: int, one: str, many: str) -> str:
    """1 day, 2 days."""
    return f"{number} {one if number == 1 else many}"
