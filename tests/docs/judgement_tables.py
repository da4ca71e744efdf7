"""The tables of docs/reference/judgement.md, made from the rule sets that ship.

``python -m tests.docs.judgement_tables`` writes them; with ``--check`` it only says whether they are as they should be.
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from diary.domain.rulesets import RuleSet, shipped, shipped_names
from diary.domain.rulesets.changes import LOOSER, LOOSER_MINUTES
from diary.domain.rulesets.parts import AskedDay, BlockCap, BlocksWithin, Gap, SessionCap, SessionsOf
from diary.domain.rulesets.places import places
from diary.words.rule_meanings import AGENT_MEANINGS, MEANINGS
from diary.words.rules import agent_range_in_words, range_in_words

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "judgement.md"
PLACE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page_with_tables(page: str) -> str:
    """The page with each table made anew."""
    sets = [shipped(name) for name in shipped_names()]
    tables = {"agents": _agents(sets), "sets": _sets(sets), "doubts": _doubts(sets), "ranges": _ranges()}
    return PLACE.sub(lambda place: f"{place[1]}{tables[place[2]]}{place[3]}", page)


def _agents(sets: Sequence[RuleSet]) -> str:
    (agents,) = {rules.agents for rules in sets}
    head = ("agent", "onset", "hold", "usual end", "tail end", "also called")
    rows = [
        (agent.name, agent.onset, agent.hold, agent.usual_end, agent.tail_end, ", ".join(agent.also))
        for agent in agents
    ]
    return _table(head, rows)


def _sets(sets: Sequence[RuleSet]) -> str:
    head = ("", *(f"`{rules.name}`" for rules in sets))
    return _table(
        head,
        [
            ("what it is", *(rules.title for rules in sets)),
            ("version, date of the source", *(f"{rules.version}, {rules.source_date}" for rules in sets)),
            ("block: threshold, partial", *(f"{r.block.threshold}%, {r.block.partial_threshold}%" for r in sets)),
            ("block: relief must be sustained", *("yes" if rules.block.sustained else "no" for rules in sets)),
            ("steroid: threshold", *(f"{rules.steroid.threshold}%" for rules in sets)),
            ("steroid: asked day", *(_asked(rules.steroid.asked) for rules in sets)),
            ("next therapeutic: rules", *(", ".join(rules.repeat.therapeutic) or "none" for rules in sets)),
            ("next diagnostic: rules", *(", ".join(rules.repeat.diagnostic) or "none" for rules in sets)),
            ("functional response counts", *(_yes_or_no(rules) for rules in sets)),
            ("gap", *(_gap(rules.repeat.gap) for rules in sets)),
            ("sessions", *(_sessions(rules.repeat.sessions) for rules in sets)),
            ("blocks", *(_blocks(rules.repeat.blocks) for rules in sets)),
        ],
    )


def _doubts(sets: Sequence[RuleSet]) -> str:
    return _table(
        ("set", "source", "what could not be checked"),
        [(f"`{rules.name}`", rules.source, rules.unchecked) for rules in sets],
    )


def _ranges() -> str:
    """Every number of a set, with the range that its record gives it and the direction in which it asks for less."""
    rows = [
        (f"`{place}`", MEANINGS[place].name, range_in_words(leaf.within, MEANINGS[place].unit), LOOSER.get(place, ""))
        for place, leaf in places().items()
        if leaf.within is not None
    ]
    agents = [
        (f"`agents.{column}`", f"{AGENT_MEANINGS[column].name} of an agent", agent_range_in_words(column), looser)
        for column, looser in LOOSER_MINUTES.items()
    ]
    return _table(("key", "what it is", "may be", "asks for less where"), [*rows, *agents])


def _asked(asked: AskedDay) -> str:
    if asked.months is not None:
        return f"the same calendar day {asked.months} months later, or that month's last"
    if asked.day is not None:
        return f"day {asked.day}"
    return f"{asked.days_after_onset} days after the onset"


def _yes_or_no(rules: RuleSet) -> str:
    return "yes" if rules.repeat.functional_response_counts else "no"


def _gap(gap: Gap | None) -> str:
    if gap is None:
        return "none"
    return f"{gap.days} days" if gap.months is None else f"{gap.months} calendar months"


def _sessions(cap: SessionCap | None) -> str:
    if cap is None:
        return "none"
    counted = "therapeutic, any side" if cap.of is SessionsOf.THERAPEUTIC else "any purpose, the side"
    return f"at most {cap.most} in 12 months ({counted})"


def _blocks(cap: BlockCap | None) -> str:
    if cap is None:
        return "none"
    counted = "in 12 months (any side)" if cap.within is BlocksWithin.TWELVE_MONTHS else "ever (the side)"
    return f"at most {cap.most} {counted}"


def _table(head: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines)


def main(arguments: Sequence[str]) -> int:
    """Write the page, or with ``--check`` compare it."""
    page = PAGE.read_text(encoding="utf-8")
    right = page_with_tables(page)
    if "--check" not in arguments:
        PAGE.write_text(right, encoding="utf-8")
    elif page != right:
        sys.stderr.write(f"{PAGE.name} is not what the rule sets say: run python -m tests.docs.judgement_tables\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
