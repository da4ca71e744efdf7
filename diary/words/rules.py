"""A rule set in words: every number with its unit, its range and its meaning, and what differs between two sets."""

from dataclasses import dataclass
from datetime import date

from diary.domain.limits import Within
from diary.domain.rulesets import RuleSet
from diary.domain.rulesets.changes import Difference, Loosening
from diary.domain.rulesets.parts import Agent, Rule
from diary.domain.rulesets.places import AGENT_COLUMNS, Value, agent_range, places, value_at
from diary.words.language import gettext as _
from diary.words.language import ngettext
from diary.words.rule_meanings import AGENT_MEANINGS, CHOICES, MEANINGS, PARTS, RULES, Unit
from diary.words.times import in_words


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
            return _("none")
        case bool():
            return _("yes") if value else _("no")
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
    match unit:
        case Unit.PERCENT:
            return _("%(number)s%%", number=number)
        case Unit.MINUTE:
            return ngettext("1 minute", "%(num)s minutes", number)
        case Unit.DAY:
            return ngettext("1 day", "%(num)s days", number)
        case Unit.MONTH:
            return ngettext("1 calendar month", "%(num)s calendar months", number)
        case Unit.POINT:
            return ngettext("1 point", "%(num)s points", number)
        case Unit.READING:
            return ngettext("1 reading", "%(num)s readings", number)
        case Unit.SCORE:
            return ngettext("1 score", "%(num)s scores", number)
        case Unit.SESSION:
            return ngettext("1 session", "%(num)s sessions", number)
        case Unit.NONE:
            return str(number)


def range_in_words(within: Within, unit: Unit) -> str:
    """30% to 100%, 1 to 60 minutes."""
    least, most = f"{within.least:g}", f"{within.most:g}"
    if unit is Unit.PERCENT:
        return _("%(least)s%% to %(most)s%%", least=least, most=most)
    # Every range ends above one, so that its last number bears the unit.
    return _("%(least)s to %(most)s", least=least, most=quantity_in_words(int(within.most), unit))


def agent_range_in_words(column: str) -> str:
    """1 to 2880 minutes."""
    return range_in_words(agent_range(column), AGENT_MEANINGS[column].unit)


def difference_in_words(difference: Difference) -> str:
    """Block threshold: 75% → 80%."""
    name, unit = _called(difference.place)
    was, now = value_in_words(difference.was, unit), value_in_words(difference.now, unit)
    return _("%(name)s: %(was)s → %(now)s", name=name, was=was, now=now)


def loosening_in_words(found: Loosening) -> str:
    """Block threshold: 40%. No set that ships goes below 50%."""
    name, unit = _called(found.place)
    if isinstance(found.value, Agent):
        return _("%(name)s: no set that ships knows it. A block with it is judged by your numbers alone.", name=name)
    value = value_in_words(found.value, unit)
    if isinstance(found.value, tuple):
        return _("%(name)s: without “%(value)s”, which every set that ships asks.", name=name, value=value)
    limit = value_in_words(found.shipped, unit)
    if isinstance(found.value, int) and isinstance(found.shipped, int) and found.value < found.shipped:
        return _("%(name)s: %(value)s. No set that ships goes below %(limit)s.", name=name, value=value, limit=limit)
    return _("%(name)s: %(value)s. No set that ships goes above %(limit)s.", name=name, value=value, limit=limit)


def _called(place: str) -> tuple[str, Unit]:
    if place in MEANINGS:
        return MEANINGS[place].name, MEANINGS[place].unit
    agent, _, column = place.removeprefix("agents.").rpartition(".")
    if agent and column in AGENT_MEANINGS:
        return f"{agent}, {AGENT_MEANINGS[column].name.lower()}", AGENT_MEANINGS[column].unit
    return place.removeprefix("agents."), Unit.NONE
