"""A rule set in words: every number with its unit, its range and its meaning, and what differs between two sets."""

from dataclasses import dataclass
from datetime import date

from diary.domain.limits import Within
from diary.domain.rulesets import RuleSet
from diary.domain.rulesets.changes import Difference, Loosening
from diary.domain.rulesets.parts import Agent, Rule
from diary.domain.rulesets.places import AGENT_COLUMNS, Value, agent_range, places, value_at
from diary.words.rule_meanings import AGENT_MEANINGS, CHOICES, MEANINGS, PARTS, RULES, Unit
from diary.words.times import counted, in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNumber:
    """One line of a rule set's page."""

    name: str
    value: str
    range: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    title: str
    numbers: tuple[ShownNumber, ...]


def parts_of(rules: RuleSet) -> tuple[ShownPart, ...]:
    """Every number of a set with its unit, its range and what it means; what a set does not ask is left out."""
    return tuple(ShownPart(title=title, numbers=_numbers_of(rules, part)) for part, title in PARTS.items())


def _numbers_of(rules: RuleSet, part: str) -> tuple[ShownNumber, ...]:
    return tuple(
        ShownNumber(
            name=MEANINGS[place].name,
            value=value_in_words(value, MEANINGS[place].unit),
            range=range_in_words(leaf.within, MEANINGS[place].unit) if leaf.within else "",
            what=MEANINGS[place].what,
        )
        for place, leaf in places().items()
        if place.startswith(f"{part}.") and (value := value_at(rules, place)) is not None
    )


def value_in_words(value: Value | None, unit: Unit) -> str:
    """75%, 15 minutes, yes, none: what a set has at a place."""
    match value:
        case None | ():
            return "none"
        case bool():
            return "yes" if value else "no"
        case int():
            return quantity_in_words(value, unit)
        case Agent():
            return ", ".join(
                f"{AGENT_MEANINGS[column].name.lower()} {getattr(value, column)} min" for column in AGENT_COLUMNS
            )
        case date():
            return in_words(value)
        case tuple():
            return "; ".join(RULES[one] if isinstance(one, Rule) else one for one in value)
        case str():
            return CHOICES.get(value, value)


def quantity_in_words(number: int, unit: Unit) -> str:
    """75%, 1 minute, 15 minutes."""
    if unit is Unit.PERCENT:
        return f"{number}%"
    return counted(number, unit.value, f"{unit.value}s") if unit is not Unit.NONE else str(number)


def range_in_words(within: Within, unit: Unit) -> str:
    """30% to 100%, 1 to 60 minutes."""
    least, most = f"{within.least:g}", f"{within.most:g}"
    return f"{least}% to {most}%" if unit is Unit.PERCENT else f"{least} to {most} {unit.value}s"


def agent_range_in_words(column: str) -> str:
    """1 to 2880 minutes."""
    return range_in_words(agent_range(column), AGENT_MEANINGS[column].unit)


def difference_in_words(difference: Difference) -> str:
    """Block threshold: 75% → 80%."""
    name, unit = _called(difference.place)
    return f"{name}: {value_in_words(difference.was, unit)} → {value_in_words(difference.now, unit)}"


def loosening_in_words(found: Loosening) -> str:
    """Block threshold: 40%. No set that ships goes below 50%."""
    name, unit = _called(found.place)
    if isinstance(found.value, Agent):
        return f"{name}: no set that ships knows it. A block with it is judged by your numbers alone."
    if isinstance(found.value, tuple):
        return f"{name}: without “{value_in_words(found.value, unit)}”, which every set that ships asks."
    below = isinstance(found.value, int) and isinstance(found.shipped, int) and found.value < found.shipped
    limit = f"{'below' if below else 'above'} {value_in_words(found.shipped, unit)}"
    return f"{name}: {value_in_words(found.value, unit)}. No set that ships goes {limit}."


def _called(place: str) -> tuple[str, Unit]:
    if place in MEANINGS:
        return MEANINGS[place].name, MEANINGS[place].unit
    agent, _, column = place.removeprefix("agents.").rpartition(".")
    if agent and column in AGENT_MEANINGS:
        return f"{agent}, {AGENT_MEANINGS[column].name.lower()}", AGENT_MEANINGS[column].unit
    return place.removeprefix("agents."), Unit.NONE
