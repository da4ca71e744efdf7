"""Calendar months: what "three months later" and "the 12 months up to" mean on a date."""

from calendar import monthrange
from datetime import date


def months_later(day: date, months: int) -> date:
    """The same calendar day so many months later (or earlier); one that the month lacks becomes its last."""
    month = day.year * 12 + day.month - 1 + months
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
