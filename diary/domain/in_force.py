"""A whole diary as it stands on one date: what the judgement and the picture both read.

Working this out is half of what a judgement costs, so it is done once and judged by as many rule sets as one likes.
"""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from diary.domain.diary import Diary, Entry, Injection, Medicine
from diary.domain.timeline import (
    Chain,
    DayInForce,
    MomentInForce,
    days_in_force,
    injections_in_force,
    medicines_in_force,
    moments_in_force,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """All that stands *as of* a date, by time; whatever is of a later local date is not in it.

    ``early`` are the daily entries left out because they were recorded before their day began in ``zone``.
    """

    as_of: date
    zone: ZoneInfo
    injections: tuple[Injection, ...]
    moments: tuple[MomentInForce, ...]
    days: tuple[DayInForce, ...]
    medicines: tuple[Medicine, ...]
    early: tuple[Chain[Entry], ...]


def in_force(diary: Diary, *, as_of: date) -> InForce:
    """What stands of a diary on a date, after corrections and merging (``docs/reference/record.md``)."""
    days, early = days_in_force(diary, as_of=as_of)
    return InForce(
        as_of=as_of,
        zone=diary.patient.zone,
        injections=injections_in_force(diary, as_of=as_of),
        moments=moments_in_force(diary, as_of=as_of),
        days=days,
        medicines=medicines_in_force(diary, as_of=as_of),
        early=early,
    )
