"""One diary, one rule set, one date: everything that the engine says."""

from dataclasses import dataclass
from datetime import date

from diary.domain.block import Block, Pair, judge_blocks
from diary.domain.diary import Diary, Entry
from diary.domain.in_force import InForce, in_force
from diary.domain.repeat import Repeat, judge_repeats
from diary.domain.rulesets import RuleSet
from diary.domain.steroid import SteroidCourse, judge_steroids


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The judgement of a whole diary; ``blocks`` and ``steroids`` are by time, one of each for every injection.

    ``early`` are the daily entries left out because they were recorded before their day began.
    """

    rules: RuleSet
    as_of: date
    blocks: tuple[Block, ...]
    pairs: tuple[Pair, ...]
    steroids: tuple[SteroidCourse, ...]
    repeats: tuple[Repeat, ...]
    early: tuple[Entry, ...]


def assess(diary: Diary, rules: RuleSet, *, as_of: date) -> Assessment:
    """Judge a diary by a rule set as of a date: a pure function of the three."""
    return judge(in_force(diary, as_of=as_of), rules)


def judge(standing: InForce, rules: RuleSet) -> Assessment:
    """Judge what stands by a rule set, as of its date."""
    blocks, pairs = judge_blocks(standing, rules)
    steroids = judge_steroids(standing, rules.steroid)
    return Assessment(
        rules=rules,
        as_of=standing.as_of,
        blocks=blocks,
        pairs=pairs,
        steroids=steroids,
        repeats=judge_repeats(blocks, pairs, steroids, rules, as_of=standing.as_of),
        early=tuple(chain.end for chain in standing.early),
    )
