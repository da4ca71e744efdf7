"""Rule sets: every number of the judgement, with its source and version, as data.

A set is a TOML file; the four beside this module ship with the diary. Each number has a range that it must lie in,
said beside its field, because a mistake in a rule set can be dangerous.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from diary.domain.diary import Anaesthetic
from diary.domain.errors import InvalidValue
from diary.domain.form import read
from diary.domain.limits import Longest, Within, check_limits
from diary.domain.timeline import LateAfter

SHIPPED = Path(__file__).parent

Percent = Annotated[int, Within(least=1, most=100)]
Minutes = Annotated[int, Within(least=1, most=2880)]
Days = Annotated[int, Within(least=1, most=366)]
Count = Annotated[int, Within(least=1, most=50)]
Points = Annotated[int, Within(least=1, most=10)]
Words = Annotated[str, Longest(1000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """When a moment entry is late, in minutes after its instant."""

    first_hour_minutes: Minutes
    later_minutes: Minutes

    def __post_init__(self) -> None:
        check_limits(self)

    @property
    def after(self) -> LateAfter:
        return LateAfter(first_hour=self.first_hour_minutes, later=self.later_minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRules:
    """What the anaesthetic window must show; minutes since the injection, percent of relief, points of the scale."""

    threshold: Percent
    partial_threshold: Percent
    sustained: bool
    in_a_row: Count
    low_baseline: Points
    fewest_readings: Count
    after_minute: Minutes
    hold_minutes: Minutes
    analgesic_minutes: Minutes
    apart_minutes: Minutes

    def __post_init__(self) -> None:
        check_limits(self)
        if self.partial_threshold > self.threshold:
            raise InvalidValue("partial_threshold", f"{self.partial_threshold} is more than the threshold")


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

    threshold: Percent
    fewest_days_before: Annotated[int, Within(least=1, most=7)]
    low_baseline: Points
    baselines_differ: Points
    onset_by_day: Annotated[int, Within(least=1, most=28)]
    onset_passes: Annotated[int, Within(least=1, most=5)]
    end_points: Annotated[int, Within(least=1, most=14)]
    hole_days: Days
    daily_until: Annotated[int, Within(least=1, most=28)]
    slots_until: Days
    good_percent: Percent
    limited_percent: Percent
    functional_threshold: Percent
    ongoing_days: Days
    asked: AskedDay

    def __post_init__(self) -> None:
        check_limits(self)
        if self.limited_percent > self.good_percent:
            raise InvalidValue("limited_percent", f"{self.limited_percent} is more than good_percent")


class Rule(StrEnum):
    BLOCK = "block"
    RESPONSE = "response"
    GAP = "gap"
    SESSIONS = "sessions"
    FIRST_BLOCK = "first-block"
    BLOCKS = "blocks"


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
    most: Count
    of: SessionsOf

    def __post_init__(self) -> None:
        check_limits(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockCap:
    most: Count
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
        asked = {*self.therapeutic, *self.diagnostic}
        for rule, numbers in ((Rule.GAP, self.gap), (Rule.SESSIONS, self.sessions), (Rule.BLOCKS, self.blocks)):
            if (rule in asked) != (numbers is not None):
                raise InvalidValue(rule.value, "is either listed as a rule and given its numbers, or neither")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """One local anaesthetic: minutes after the injection of its onset, hold, usual end and tail end."""

    name: Annotated[str, Longest(60)]
    onset: Minutes
    hold: Minutes
    usual_end: Minutes
    tail_end: Minutes
    also: tuple[Annotated[str, Longest(60)], ...] = ()

    def __post_init__(self) -> None:
        check_limits(self)
        if not self.onset < self.hold < self.usual_end < self.tail_end:
            raise InvalidValue("", f"{self.name}: onset, hold, usual_end and tail_end must rise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The anaesthetic window of one injection, in minutes since it."""

    onset: int
    hold: int
    usual_end: int
    tail_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One clinic's rules: what is asked of a block, of a steroid and of a repeat, and where that stands."""

    name: Annotated[str, Longest(60)]
    version: Count
    title: Words
    source: Words
    source_date: date
    unchecked: Words
    late: Late
    block: BlockRules
    steroid: SteroidRules
    repeat: RepeatRules
    agents: tuple[Agent, ...]

    def __post_init__(self) -> None:
        check_limits(self)

    def window(self, anaesthetics: tuple[Anaesthetic, ...]) -> Window | None:
        """The window of a mixture: the smallest onset and the largest of the rest over its known agents, or None."""
        known = [agent for given in anaesthetics if (agent := self.agent(given.agent))]
        if not known:
            return None
        return Window(
            onset=min(agent.onset for agent in known),
            hold=max(agent.hold for agent in known),
            usual_end=max(agent.usual_end for agent in known),
            tail_end=max(agent.tail_end for agent in known),
        )

    def agent(self, written: str) -> Agent | None:
        """The agent behind a written name: case and a word for the salt after the name do not matter."""
        first, *rest = re.findall(r"\w+", written.lower()) or [""]
        if any(word not in _SALTS for word in rest):
            return None
        return next((agent for agent in self.agents if first in (agent.name, *agent.also)), None)


_SALTS = frozenset({"hydrochloride", "hcl", "chlorhydrate", "monohydrate", "mesylate", "carbonate", "base"})


def shipped_names() -> tuple[str, ...]:
    """The names of the sets that ship with the diary."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def shipped(name: str) -> RuleSet:
    """A set that ships with the diary, by name (`InvalidValue` where there is none)."""
    if name not in shipped_names():
        raise InvalidValue("rules", f"{name!r} is not one of {', '.join(shipped_names())}")
    return parse((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))


def parse(text: str) -> RuleSet:
    """A rule set from TOML (`InvalidValue` names the key that is wrong)."""
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidValue("", f"is not TOML: {error}") from None
    return read(RuleSet, plain)
