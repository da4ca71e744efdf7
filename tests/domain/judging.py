"""Short ways to say a course of scores, for the tests of the judgement."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from diary.domain.assessment import Assessment, assess
from diary.domain.block import Block
from diary.domain.diary import Anaesthetic, Entry, Injection, Medicine, Purpose, Scores, Steroid
from diary.domain.rulesets import RuleSet, shipped
from diary.domain.steroid import Figures, SteroidCourse
from tests.factories import a_day, a_diary, a_medicine, a_moment, an_injection

NOON = datetime.fromisoformat("2026-03-02T12:00:00-05:00")
TRIAMCINOLONE = Steroid(agent="triamcinolone", mg=40)

Record = Injection | Entry | Medicine


def a_block(*agents: str, performed_at: datetime = NOON, baseline: int | None = 8, **changes: Any) -> Injection:
    """A diagnostic injection at noon of 2 March 2026 in New York with lidocaine, pain on movement 8 before."""
    values: dict[str, object] = {
        "anaesthetic": tuple(Anaesthetic(agent=agent) for agent in agents or ("lidocaine",)),
        "baseline": Scores(movement=baseline),
    }
    return an_injection(performed_at.isoformat(), **{**values, **changes})


def scored(minute: float, score: int | None, *, start: datetime = NOON, after: float = 0, **changes: object) -> Entry:
    """Pain on movement so many minutes from the start, recorded so many minutes after that."""
    at = start + timedelta(minutes=minute)
    values: dict[str, object] = {"scores": Scores(movement=score)}
    return a_moment(at.isoformat(), recorded_at=(at + timedelta(minutes=after)).isoformat(), **{**values, **changes})


def readings(by_minute: Mapping[float, int] | Mapping[int, int]) -> list[Entry]:
    """Pain on movement at these minutes, each recorded at once."""
    return [scored(minute, score) for minute, score in by_minute.items()]


def taken(minute: float, **changes: object) -> Medicine:
    """A rescue medicine so many minutes from the injection."""
    return a_medicine((NOON + timedelta(minutes=minute)).isoformat(), **changes)


def block_of(*records: Record, rules: str = "us-medicare-sij", as_of: str = "2026-12-31") -> Block:
    """The first injection's block."""
    return judged(*records, rules=rules, as_of=as_of).blocks[0]


def treated(baseline: int | None = 8, **changes: object) -> Injection:
    """A therapeutic injection with a steroid at noon of 2 March 2026, average pain 8 before."""
    values: dict[str, object] = {
        "purpose": Purpose.THERAPEUTIC,
        "steroid": TRIAMCINOLONE,
        "baseline": Scores(average=baseline),
    }
    return replace(an_injection(NOON.isoformat()), **{**values, **changes})  # type: ignore[arg-type]  # the fields are checked by the dataclass


def on_day(number: int, average: int | None = None, **changes: object) -> Entry:
    """The daily entry of a day since 2 March 2026, recorded that evening."""
    day = NOON.date() + timedelta(days=number)
    values: dict[str, object] = {"scores": Scores(average=average), "recorded_at": f"{day}T19:00:00-05:00"}
    return a_day(day.isoformat(), **{**values, **changes})  # type: ignore[arg-type]  # recorded_at is a text


def course(averages: Mapping[int, int]) -> list[Entry]:
    """Average pain on these days since the injection, each recorded in the evening."""
    return [on_day(number, average) for number, average in averages.items()]


def until(number: int) -> str:
    """The date of a day since 2 March 2026."""
    return (NOON.date() + timedelta(days=number)).isoformat()


def steroid_of(*records: Record, rules: str = "trial-50", as_of: str) -> SteroidCourse:
    """The first injection's steroid."""
    return judged(*records, rules=rules, as_of=as_of).steroids[0]


def figures_of(*records: Record, rules: str = "trial-50", as_of: str) -> Figures:
    """What is said of the first injection's steroid beside the verdict."""
    figures = steroid_of(*records, rules=rules, as_of=as_of).figures
    assert figures is not None
    return figures


def judged(*records: Record, rules: str | RuleSet = "us-medicare-sij", as_of: str) -> Assessment:
    """The whole judgement of Ana's diary."""
    rule_set = shipped(rules) if isinstance(rules, str) else rules
    return assess(a_diary(*records), rule_set, as_of=date.fromisoformat(as_of))
