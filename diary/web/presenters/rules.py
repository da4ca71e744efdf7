"""Rule sets in words: the lines of their list, where one came from, and what putting one in use changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from diary.domain.rulesets import RuleSet
from diary.domain.rulesets.changes import Difference, loosened
from diary.services.rule_sets import OwnVersion, RuleSetLine, RuleSetShown
from diary.words.language import gettext as _
from diary.words.language import told
from diary.words.rules import ShownPart, difference_in_words, loosening_in_words, parts_of
from diary.words.times import in_words, instant_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One set as the list and its own page name it; ``name`` and ``version`` are those of its address."""

    name: str
    version: int
    heading: str
    title: str
    source: str
    unchecked: str
    made: str
    why: str
    fault: str
    is_in_use: bool
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownComparison:
    """What differs from another set, a line each."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAgent:
    """One row of the agents' table."""

    name: str
    minutes: tuple[int, ...]
    also: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRuleSet:
    """The page of one set."""

    line: ShownLine
    parts: tuple[ShownPart, ...]
    agents: tuple[ShownAgent, ...]
    compared: tuple[ShownComparison, ...]
    loosened: tuple[str, ...]


def present_line(line: RuleSetLine, zone: ZoneInfo) -> ShownLine:
    rules, own = line.rules, line.own
    return ShownLine(
        name=line.name,
        version=line.version,
        heading=called(line.name, line.version),
        title=rules.title if rules else "",
        source=f"{rules.source} ({in_words(rules.source_date)})" if rules else "",
        unchecked=rules.unchecked if rules else "",
        made=_made(own, zone) if own else "",
        why=own.why if own else "",
        fault=told(line.fault or ""),
        is_in_use=line.is_in_use,
        is_own=own is not None,
    )


def _made(own: OwnVersion, zone: ZoneInfo) -> str:
    who, when = own.made_by, instant_in_words(own.made_at.astimezone(zone))
    if own.copied_from is None:
        return f"{who}, {when}"
    return _("%(who)s, %(when)s, out of %(rules)s", who=who, when=when, rules=called(*own.copied_from))


def present_rule_set(shown: RuleSetShown, zone: ZoneInfo) -> ShownRuleSet:
    rules = shown.line.rules
    return ShownRuleSet(
        line=present_line(shown.line, zone),
        parts=parts_of(rules) if rules else (),
        agents=_agents_of(rules) if rules else (),
        compared=tuple(
            ShownComparison(
                title=_("Different from %(rules)s", rules=called(one.name, one.version)),
                lines=difference_lines(one.differences),
            )
            for one in shown.compared
        ),
        loosened=loosened_lines(rules) if rules else (),
    )


def called(name: str, version: int) -> str:
    """riverside-75, version 2."""
    return _("%(name)s, version %(version)s", name=name, version=version)


def loosened_lines(rules: RuleSet) -> tuple[str, ...]:
    """Where a set asks for less than every set that ships, a line each."""
    return tuple(loosening_in_words(found) for found in loosened(rules))


def difference_lines(found: Sequence[Difference]) -> tuple[str, ...]:
    """What differs between two sets, a line each."""
    return tuple(difference_in_words(difference) for difference in found) or (_("No number is different."),)


def _agents_of(rules: RuleSet) -> tuple[ShownAgent, ...]:
    return tuple(
        ShownAgent(
            name=agent.name,
            minutes=(agent.onset, agent.hold, agent.usual_end, agent.tail_end),
            also=", ".join(agent.also),
        )
        for agent in rules.agents
    )
