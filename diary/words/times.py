"""How numbers and times are written for doctors in the language spoken: 06-Aug-2026, day 12 (18-Aug-2026), 6.5."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from diary.domain.relief import rounded, score_needed
from diary.words.language import ENGLISH, lazy_pgettext, spoken
from diary.words.language import gettext as _

_MONTHS = (
    lazy_pgettext("short month", "Jan"),
    lazy_pgettext("short month", "Feb"),
    lazy_pgettext("short month", "Mar"),
    lazy_pgettext("short month", "Apr"),
    lazy_pgettext("short month", "May"),
    lazy_pgettext("short month", "Jun"),
    lazy_pgettext("short month", "Jul"),
    lazy_pgettext("short month", "Aug"),
    lazy_pgettext("short month", "Sep"),
    lazy_pgettext("short month", "Oct"),
    lazy_pgettext("short month", "Nov"),
    lazy_pgettext("short month", "Dec"),
)


def in_words(day: date) -> str:
    """A date as 06-Aug-2026, 06-ago-2026: the month in letters, so that nobody takes it for the day."""
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
    return _("day %(day)s (%(date)s)", day=day, date=in_words(day_zero + timedelta(days=day)))


def minute_in_words(minute: int) -> str:
    """25 min, 3 h, 3 h 20 min: the same in every language that we speak."""
    hours, minutes = divmod(minute, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def minutes_in_words(first: int, last: int) -> str:
    """25 and 40 min, 2 and 3 h, 25 min and 1 h 5 min."""
    one, other = minute_in_words(first), minute_in_words(last)
    if one.count(" ") == 1 and other.count(" ") == 1 and one.split()[1] == other.split()[1]:
        one = one.split()[0]
    return _("%(one)s and %(other)s", one=one, other=other)


def score_in_words(score: Fraction) -> str:
    """7, 6.5, 6.67: at most two decimals, none where there are none."""
    if score.denominator == 1:
        return str(score.numerator)
    return _with_its_sign(f"{float(score):.2f}".rstrip("0"))


def quantity_in_words(number: float) -> str:
    """40, 1.5: a dose, a volume, a strength."""
    return _with_its_sign(f"{number:g}")


def sum_in_words(number: float) -> str:
    """1234.5: a sum, with every digit that was written."""
    return _with_its_sign(f"{number:.10g}")


def decimal_in_words(number: Fraction) -> str:
    """7, 6.5, 6.7: one decimal, rounded half away from zero, none where there is none."""
    return _with_its_sign(f"{rounded(number, 1):g}")


def percent_in_words(percent: Fraction, *, decimals: int = 1) -> str:
    """85.7%, 50%: rounded half away from zero, no decimals where there are none."""
    return _("%(number)s%%", number=_with_its_sign(f"{rounded(percent, decimals):g}"))


def relief_in_words(percent: Fraction, *, decimals: int = 1) -> str:
    """85.7% less, 33.3% more, no change."""
    if percent == 0:
        return _("no change")
    size = percent_in_words(abs(percent), decimals=decimals)
    return _("%(percent)s less", percent=size) if percent >= 0 else _("%(percent)s more", percent=size)


def or_lower(score: int) -> str:
    """3 or lower, and 0 where nothing is lower."""
    return _("%(score)s or lower", score=score) if score else "0"


def threshold_in_words(baseline: int | Fraction | None, percent: int) -> str:
    """75% less: 1 or lower; without a start only how much less."""
    if not baseline:
        return _("%(percent)s%% less", percent=percent)
    return _("%(percent)s%% less: %(needed)s", percent=percent, needed=or_lower(score_needed(baseline, percent)))


def listed(words: Sequence[str]) -> str:
    """One, one and another, one, another and a third."""
    *before, last = words
    return _("%(one)s and %(other)s", one=", ".join(before), other=last) if before else last


def _with_its_sign(number: str) -> str:
    """A number with the decimal sign of the language: 6.5, 6,5."""
    language = spoken()
    if language is ENGLISH or "." not in number:
        return number
    from babel.numbers import get_decimal_symbol

    return number.replace(".", get_decimal_symbol(language.formats))
