"""Short ways to ask what a rule set says of a next injection, for the tests of the repeat."""

from datetime import date, timedelta
from typing import Any

from diary.domain.diary import Injection, Purpose, Side
from diary.domain.repeat import Repeat, RuleResult
from diary.domain.rulesets.parts import Rule
from tests.domain.judging import NOON, Record, a_block, judged, scored
from tests.factories import an_injection

MEETS = {15: 2, 30: 2, 45: 2, 60: 2}
FAILS = {15: 8, 30: 8, 45: 8, 60: 8}
DAILY = dict.fromkeys(range(1, 15), 3)
WEEKLY = dict.fromkeys((21, 28, 35, 42, 49, 56, 63, 70, 77, 84, 91), 3)


def repeat_of(
    *records: Record,
    as_of: str,
    rules: str = "us-medicare-sij",
    side: Side = Side.RIGHT,
    purpose: Purpose = Purpose.THERAPEUTIC,
) -> Repeat:
    [found] = [
        repeat
        for repeat in judged(*records, rules=rules, as_of=as_of).repeats
        if (repeat.side, repeat.next) == (side, purpose)
    ]
    return found


def rule_of(rule: Rule, *records: Record, **asked: object) -> RuleResult:
    repeat = repeat_of(*records, **asked)  # type: ignore[arg-type]  # passed on
    return next(result for result in repeat.rules if result.rule is rule)


def block_on(day: int, by_minute: dict[int, int], *agents: str, **changes: Any) -> list[Record]:
    at = NOON + timedelta(days=day)
    given: list[Record] = [a_block(*agents, performed_at=at, **changes)]
    return given + [scored(minute, score, start=at) for minute, score in by_minute.items()]


def session(day: date, **changes: object) -> Injection:
    values: dict[str, object] = {"purpose": Purpose.THERAPEUTIC}
    return an_injection(f"{day}T09:00:00-05:00", **{**values, **changes})
