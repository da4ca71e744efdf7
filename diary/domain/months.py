"""Long spans summed up by calendar month: what a year of days becomes, with how many days stand behind each number."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Median:
    """A median with how many days stand behind it."""

    score: Fraction
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSummary:
    """One calendar month; ``month`` is its first day.

    ``days`` is on how many days something was written, ``medicine_days`` on how many extra medicine was taken.
    """

    month: date
    days: int
    medicine_days: int
    average: Median | None = None
    moving: Median | None = None
