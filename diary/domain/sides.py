"""The other side: which of its injections act in the time of one, so that scores do not tell the sides apart."""

from dataclasses import dataclass

from diary.domain.diary import Injection
from diary.domain.in_force import InForce
from diary.domain.timeline import day_since, day_zero, next_of_same_side, same_side


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSide:
    """Injections of the other side: those that may still act on day 0 (``acting``), those of the period (``within``).

    The period is that of the steroid: day 1 to *as of*, or to the day before the next injection of the same side.
    """

    acting: tuple[Injection, ...]
    within: tuple[Injection, ...]


def other_side(injection: Injection, standing: InForce, *, acts_days: int) -> OtherSide:
    """The injections of the other side around one in force; each is taken to act for fewer than ``acts_days`` days."""
    following = next_of_same_side(injection, standing.injections)
    last_day = day_since(injection, standing.as_of if following is None else day_zero(following))
    if following is not None:
        last_day -= 1
    others = [
        (day_since(injection, day_zero(other)), other)
        for other in standing.injections
        if not same_side(injection, other)
    ]
    return OtherSide(
        acting=tuple(other for day, other in others if -acts_days < day <= 0),
        within=tuple(other for day, other in others if 1 <= day <= last_day),
    )
