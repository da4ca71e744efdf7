"""Which injections of the other side act in the time of one: days are worked out by hand."""

from datetime import date, timedelta

from diary.domain.diary import Injection, Side
from diary.domain.in_force import in_force
from diary.domain.sides import OtherSide, other_side
from tests.factories import a_diary, an_injection

ZERO = date(2026, 3, 2)


def injected(day: int, side: Side) -> Injection:
    return an_injection(f"{ZERO + timedelta(days=day)}T10:30:00-05:00", side=side)


def of_right(*others: Injection, until: int = 100) -> OtherSide:
    """The other side of a right injection on day 0, seen so many days later."""
    right = injected(0, Side.RIGHT)
    standing = in_force(a_diary(right, *others), as_of=ZERO + timedelta(days=until))
    return other_side(right, standing, acts_days=84)


def test_one_of_the_12_weeks_before_or_of_the_day_itself_may_still_act() -> None:
    too_long_ago, before, same_day = (injected(day, Side.LEFT) for day in (-84, -83, 0))
    assert of_right(too_long_ago, before, same_day) == OtherSide(acting=(before, same_day), within=())


def test_one_of_the_period_is_within_it_until_the_next_of_this_side() -> None:
    first, last, after = (injected(day, Side.LEFT) for day in (1, 39, 40))
    assert of_right(first, last, after, injected(40, Side.RIGHT)) == OtherSide(acting=(), within=(first, last))
    assert of_right(first, last, after, until=39).within == (first, last)


def test_an_injection_of_both_sides_is_of_every_side() -> None:
    both = injected(10, Side.BOTH)
    assert of_right(both) == OtherSide(acting=(), within=())
    standing = in_force(a_diary(both, injected(12, Side.LEFT)), as_of=ZERO + timedelta(days=50))
    assert other_side(both, standing, acts_days=84) == OtherSide(acting=(), within=())
