"""What differs between two rule sets, and where one asks for less than every set that ships."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from diary.domain.rulesets import RuleSet, shipped, shipped_names
from diary.domain.rulesets.parts import Rule
from diary.domain.rulesets.places import AGENT_COLUMNS, HEAD, Value, places, value_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place where two sets differ; None where one of them has nothing there."""

    place: str
    was: Value | None
    now: Value | None


def differences(was: RuleSet, now: RuleSet) -> tuple[Difference, ...]:
    """Every place where two sets differ, in the order of the record; name and version are not compared.

    An agent stands under ``agents.lidocaine``, whole where only one of the sets knows it, else by its columns.
    """
    there = [
        Difference(place=place, was=value_at(was, place), now=value_at(now, place))
        for place in (*HEAD, *places())
        if value_at(was, place) != value_at(now, place)
    ]
    return (*there, *_agents_that_differ(was, now))


def _agents_that_differ(was: RuleSet, now: RuleSet) -> Iterator[Difference]:
    before, after = ({agent.name: agent for agent in rules.agents} for rules in (was, now))
    for name in {**before, **after}:
        one, other = before.get(name), after.get(name)
        if one is None or other is None:
            yield Difference(place=f"agents.{name}", was=one, now=other)
            continue
        for column in (*AGENT_COLUMNS, "also"):
            if getattr(one, column) != getattr(other, column):
                yield Difference(place=f"agents.{name}.{column}", was=getattr(one, column), now=getattr(other, column))


class Looser(StrEnum):
    """In which direction a number asks for less, or lets more count."""

    LOWER = "lower"
    HIGHER = "higher"


# Not here: `steroid.ongoing_days`, which only says how long an answer is awaited, and the kinds of asked day and gap
# and of what is counted, each of which some set that ships has.
LOOSER: Mapping[str, Looser] = {
    "late.first_hour_minutes": Looser.HIGHER,
    "late.later_minutes": Looser.HIGHER,
    "block.threshold": Looser.LOWER,
    "block.partial_threshold": Looser.LOWER,
    "block.in_a_row": Looser.LOWER,
    "block.low_baseline": Looser.LOWER,
    "block.fewest_readings": Looser.LOWER,
    "block.after_minute": Looser.LOWER,
    "block.hold_minutes": Looser.HIGHER,
    "block.analgesic_minutes": Looser.LOWER,
    "block.apart_minutes": Looser.LOWER,
    "steroid.threshold": Looser.LOWER,
    "steroid.fewest_days_before": Looser.LOWER,
    "steroid.low_baseline": Looser.LOWER,
    "steroid.baselines_differ": Looser.HIGHER,
    "steroid.onset_by_day": Looser.HIGHER,
    "steroid.onset_passes": Looser.LOWER,
    "steroid.end_points": Looser.HIGHER,
    "steroid.hole_days": Looser.HIGHER,
    "steroid.daily_until": Looser.LOWER,
    "steroid.slots_until": Looser.LOWER,
    "steroid.good_percent": Looser.LOWER,
    "steroid.limited_percent": Looser.LOWER,
    "steroid.functional_threshold": Looser.LOWER,
    "steroid.asked.months": Looser.LOWER,
    "steroid.asked.days_after_onset": Looser.LOWER,
    "steroid.asked.day": Looser.LOWER,
    "repeat.steroid_effect_days": Looser.LOWER,
    "repeat.gap.months": Looser.LOWER,
    "repeat.gap.days": Looser.LOWER,
    "repeat.sessions.most": Looser.HIGHER,
    "repeat.blocks.most": Looser.HIGHER,
}
LOOSER_MINUTES: Mapping[str, Looser] = {
    "onset": Looser.LOWER,
    "hold": Looser.LOWER,
    "usual_end": Looser.HIGHER,
    "tail_end": Looser.HIGHER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Loosening:
    """A place where a set asks for less than every set that ships.

    ``shipped`` is the least that any of those asks there: None for an agent that none of them knows. For a list of
    rules both are the rules that every one of them asks and this set does not.
    """

    place: str
    value: Value
    shipped: Value | None


def loosened(rules: RuleSet) -> tuple[Loosening, ...]:
    """Where a set leaves what the sets that ship ask for, towards asking less. Empty for each of those."""
    return (*_loosened_numbers(rules), *_missing_rules(rules), *_loosened_agents(rules))


def _shipped_sets() -> list[RuleSet]:
    return [shipped(name) for name in shipped_names()]


def _loosened_numbers(rules: RuleSet) -> Iterator[Loosening]:
    for place, direction in LOOSER.items():
        value = value_at(rules, place)
        known = [number for one in _shipped_sets() if isinstance(number := value_at(one, place), int)]
        if isinstance(value, int) and _is_looser(value, known, direction):
            yield Loosening(place=place, value=value, shipped=_loosest(known, direction))


def _loosest(known: list[int], direction: Looser) -> int:
    return min(known) if direction is Looser.LOWER else max(known)


def _is_looser(value: int, known: list[int], direction: Looser) -> bool:
    loosest = _loosest(known, direction)
    return value < loosest if direction is Looser.LOWER else value > loosest


def _missing_rules(rules: RuleSet) -> Iterator[Loosening]:
    """The rules that every shipped set asks which asks any: without them "fits the rules" would say little."""
    for place in ("repeat.therapeutic", "repeat.diagnostic"):
        listed = _listed(rules, place)
        asked = [there for one in _shipped_sets() if (there := _listed(one, place))]
        missing = tuple(rule for rule in asked[0] if all(rule in there for there in asked) and rule not in listed)
        if listed and missing:
            yield Loosening(place=place, value=missing, shipped=missing)


def _listed(rules: RuleSet, place: str) -> tuple[Rule, ...]:
    return rules.repeat.therapeutic if place == "repeat.therapeutic" else rules.repeat.diagnostic


def _loosened_agents(rules: RuleSet) -> Iterator[Loosening]:
    """An agent that no shipped set knows, and one whose window is wider than in any of them."""
    for agent in rules.agents:
        known = [there for one in _shipped_sets() for name in (agent.name, *agent.also) if (there := one.agent(name))]
        if not known:
            yield Loosening(place=f"agents.{agent.name}", value=agent, shipped=None)
        for column, direction in LOOSER_MINUTES.items() if known else ():
            # Where its names stand for several agents of the shipped sets, it is measured by the strictest of them.
            others = [getattr(there, column) for there in known]
            strictest = max(others) if direction is Looser.LOWER else min(others)
            value: int = getattr(agent, column)
            if _is_looser(value, [strictest], direction):
                yield Loosening(place=f"agents.{agent.name}.{column}", value=value, shipped=strictest)
