"""How the verdicts on one injection stand under other thresholds and other rule sets: whether they hang on the choice.

A verdict that changes where the threshold moves from 75 to 80% says more about the threshold than about the patient.
Only the one injection is judged, so a look costs about as much as one injection's share of a judgement each time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from diary.domain.block import Block, judge_block
from diary.domain.diary import Injection
from diary.domain.in_force import InForce
from diary.domain.rulesets import RuleSet
from diary.domain.rulesets.parts import SteroidRules
from diary.domain.steroid import SteroidCourse, judge_steroid

# The thresholds that policies and trials use: docs/reference/judgement.md, "How the verdicts hang on the rules".
THRESHOLDS = (50, 75, 80)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One injection under one set of rules; ``threshold`` is what stands in the place of the set's own, or None."""

    rules: RuleSet
    threshold: int | None
    block: Block
    steroid: SteroidCourse

    def differs_from(self, other: "Look") -> bool:
        """Whether one of the two verdicts is another."""
        return (self.block.verdict, self.steroid.verdict) != (other.block.verdict, other.steroid.verdict)

    @property
    def hangs_on_analgesics(self) -> bool:
        """Whether the block's verdict is another with the scores after pain medicine counted."""
        return self.block.with_confounded is not self.block.verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """An injection under the clinic's own set, under that set with other thresholds, and under other sets."""

    own: Look
    at_thresholds: tuple[Look, ...]
    under_sets: tuple[Look, ...]

    @property
    def looks(self) -> tuple[Look, ...]:
        """All of them, the clinic's own first."""
        return (self.own, *self.at_thresholds, *self.under_sets)

    @property
    def by_threshold(self) -> tuple[Look, ...]:
        """The thresholds at which a verdict is not that of the clinic's own set."""
        return tuple(look for look in self.at_thresholds if look.differs_from(self.own))

    @property
    def by_set(self) -> tuple[Look, ...]:
        """The sets under which a verdict is not that of the clinic's own."""
        return tuple(look for look in self.under_sets if look.differs_from(self.own))

    @property
    def by_analgesics(self) -> tuple[Look, ...]:
        """The looks under which scores after pain medicine change the block's verdict."""
        return tuple(look for look in self.looks if look.hangs_on_analgesics)

    @property
    def stable(self) -> bool:
        """Whether every look says the same, with and without the scores after pain medicine."""
        return not (self.by_threshold or self.by_set or self.by_analgesics)


def sensitivity(injection: Injection, standing: InForce, rules: RuleSet, *, others: Iterable[RuleSet]) -> Sensitivity:
    """Judge one injection in force by the clinic's rules, by them at each of the thresholds, and by each other set."""

    @cache
    def steroid(asked: SteroidRules) -> SteroidCourse:
        """Several sets ask the same of a steroid, whose course may have years of days."""
        return judge_steroid(injection, standing, asked)

    def look(under: RuleSet, threshold: int | None = None) -> Look:
        return Look(
            rules=under,
            threshold=threshold,
            block=judge_block(injection, standing, under),
            steroid=steroid(under.steroid),
        )

    return Sensitivity(
        own=look(rules),
        at_thresholds=tuple(look(at_threshold(rules, percent), percent) for percent in THRESHOLDS),
        under_sets=tuple(look(other) for other in others if other != rules),
    )


def at_threshold(rules: RuleSet, percent: int) -> RuleSet:
    """The same set, asking so much relief of block and steroid; less than that is no part of relief either."""
    partial = min(rules.block.partial_threshold, percent)
    return replace(
        rules,
        block=replace(rules.block, threshold=percent, partial_threshold=partial),
        steroid=replace(rules.steroid, threshold=percent),
    )
