"""The parts of a rule set: each number with the range that it must lie in.

The ranges are wide enough for any policy that was seen and narrow enough that a slipped digit is refused.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from diary.domain.errors import InvalidValue
from diary.domain.limits import AtMost, Longest, Within, check_limits
from diary.domain.timeline import LateAfter

Relief = Annotated[int, Within(least=30, most=100)]
Percent = Annotated[int, Within(least=10, most=100)]
Minutes = Annotated[int, Within(least=1, most=2880)]
Days = Annotated[int, Within(least=1, most=366)]
Sessions = Annotated[int, Within(least=1, most=20)]
Points = Annotated[int, Within(least=1, most=8)]
AgentName = Annotated[str, Longest(60)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """When a moment entry is late, in minutes after its instant."""

    first_hour_minutes: Annotated[int, Within(least=1, most=60)]
    later_minutes: Annotated[int, Within(least=1, most=240)]

    def __post_init__(self) -> None:
        check_limits(self)
        if self.first_hour_minutes > self.later_minutes:
            raise InvalidValue(
                "first_hour_minutes", "%(given)s is more than later_minutes", given=self.first_hour_minutes
            )

    @property
    def after(self) -> LateAfter:
        return LateAfter(first_hour=self.first_hour_minutes, later=self.later_minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRules:
    """What the anaesthetic window must show; minutes since the injection, percent of relief, points of the scale."""

    threshold: Relief
    partial_threshold: Relief
    sustained: bool
    in_a_row: Annotated[int, Within(least=1, most=10)]
    low_baseline: Points
    fewest_readings: Annotated[int, Within(least=2, most=20)]
    after_minute: Annotated[int, Within(least=15, most=360)]
    hold_minutes: Annotated[int, Within(least=15, most=360)]
    analgesic_minutes: Annotated[int, Within(least=30, most=1440)]
    apart_minutes: Annotated[int, Within(least=1, most=60)]

    def __post_init__(self) -> None:
        check_limits(self)
        if self.partial_threshold > self.threshold:
            raise InvalidValue(
                "partial_threshold", "%(given)s is more than the threshold", given=self.partial_threshold
            )
        if self.in_a_row > self.fewest_readings:
            raise InvalidValue("in_a_row", "%(given)s is more than fewest_readings", given=self.in_a_row)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDay:
    """Until when relief is wanted: calendar months, days after the onset, or a day. Exactly one is given."""

    months: Annotated[int | None, Within(least=1, most=24)] = None
    days_after_onset: Days | None = None
    day: Days | None = None

    def __post_init__(self) -> None:
        check_limits(self)
        if sum(value is not None for value in (self.months, self.days_after_onset, self.day)) != 1:
            raise InvalidValue("", "give one of months, days_after_onset and day")


@dataclass(frozen=True, slots=True, kw_only=True)
class SteroidRules:
    """What lasting relief must show; days since the injection."""

    threshold: Relief
    fewest_days_before: Annotated[int, Within(least=1, most=7)]
    low_baseline: Points
    baselines_differ: Points
    onset_by_day: Annotated[int, Within(least=1, most=28)]
    onset_passes: Annotated[int, Within(least=1, most=5)]
    end_points: Annotated[int, Within(least=1, most=14)]
    hole_days: Annotated[int, Within(least=7, most=60)]
    daily_until: Annotated[int, Within(least=7, most=28)]
    slots_until: Annotated[int, Within(least=7, most=182)]
    good_percent: Percent
    limited_percent: Percent
    functional_threshold: Relief
    ongoing_days: Annotated[int, Within(least=1, most=60)]
    asked: AskedDay

    def __post_init__(self) -> None:
        check_limits(self)
        if self.limited_percent > self.good_percent:
            raise InvalidValue("limited_percent", "%(given)s is more than good_percent", given=self.limited_percent)
        if self.daily_until > self.slots_until:
            raise InvalidValue("daily_until", "%(given)s is more than slots_until", given=self.daily_until)


class Rule(StrEnum):
    BLOCK = "block"
    RESPONSE = "response"
    GAP = "gap"
    SESSIONS = "sessions"
    FIRST_BLOCK = "first-block"
    BLOCKS = "blocks"


FOR_THERAPEUTIC = frozenset({Rule.BLOCK, Rule.RESPONSE, Rule.GAP, Rule.SESSIONS})
FOR_DIAGNOSTIC = frozenset({Rule.FIRST_BLOCK, Rule.BLOCKS, Rule.GAP})


class SessionsOf(StrEnum):
    """Which sessions are counted: therapeutic ones of any side, or those of the side, of any purpose."""

    THERAPEUTIC = "therapeutic"
    SIDE = "side"


class BlocksWithin(StrEnum):
    """Which diagnostic sessions are counted: of any side in 12 months, or of the side ever."""

    TWELVE_MONTHS = "12-months"
    EVER = "ever"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The least time since the last injection of the side: calendar months or days. Exactly one is given."""

    months: Annotated[int | None, Within(least=1, most=24)] = None
    days: Days | None = None

    def __post_init__(self) -> None:
        check_limits(self)
        if (self.months is None) == (self.days is None):
            raise InvalidValue("", "give one of months and days")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCap:
    most: Sessions
    of: SessionsOf

    def __post_init__(self) -> None:
        check_limits(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockCap:
    most: Sessions
    within: BlocksWithin

    def __post_init__(self) -> None:
        check_limits(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatRules:
    """Which rules the next injection must meet, in the order in which they are told, and their numbers."""

    steroid_effect_days: Days
    therapeutic: tuple[Rule, ...] = ()
    diagnostic: tuple[Rule, ...] = ()
    functional_response_counts: bool = False
    gap: Gap | None = None
    sessions: SessionCap | None = None
    blocks: BlockCap | None = None

    def __post_init__(self) -> None:
        check_limits(self)
        _check_listed("therapeutic", self.therapeutic, FOR_THERAPEUTIC)
        _check_listed("diagnostic", self.diagnostic, FOR_DIAGNOSTIC)
        if self.functional_response_counts and Rule.RESPONSE not in self.therapeutic:
            raise InvalidValue("functional_response_counts", "is only for a set that lists the rule response")
        asked = {*self.therapeutic, *self.diagnostic}
        for rule, numbers in ((Rule.GAP, self.gap), (Rule.SESSIONS, self.sessions), (Rule.BLOCKS, self.blocks)):
            if (rule in asked) != (numbers is not None):
                raise InvalidValue(rule.value, "is either listed as a rule and given its numbers, or neither")


def _check_listed(place: str, listed: tuple[Rule, ...], known: frozenset[Rule]) -> None:
    for index, rule in enumerate(listed):
        if rule not in known:
            raise InvalidValue(
                f"{place}[{index}]",
                "%(rule)s is no rule of a next %(kind)s injection",
                rule=rule.value,
                kind=place,
            )
        if rule in listed[:index]:
            raise InvalidValue(f"{place}[{index}]", "%(rule)s stands twice", rule=rule.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """One local anaesthetic: minutes after the injection of its onset, hold, usual end and tail end."""

    name: AgentName
    onset: Minutes
    hold: Minutes
    usual_end: Minutes
    tail_end: Minutes
    also: Annotated[tuple[AgentName, ...], AtMost(20)] = ()

    def __post_init__(self) -> None:
        check_limits(self)
        if not self.onset < self.hold < self.usual_end < self.tail_end:
            raise InvalidValue("", "%(name)s: onset, hold, usual_end and tail_end must rise", name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The anaesthetic window of one injection, in minutes since it."""

    onset: int
    hold: int
    usual_end: int
    tail_end: int
