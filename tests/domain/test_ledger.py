"""The ledger of steroids: what is counted, when, and under which agent."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.calendar import months_later
from diary.domain.diary import Diary, Injection, Side, Steroid, SteroidElsewhere, Target
from diary.domain.in_force import in_force
from diary.domain.ledger import AgentSum, Ledger, steroid_ledger
from tests.factories import a_diary, an_injection
from tests.strategies import diaries

TODAY = date(2026, 3, 2)


def given_on(day: str, agent: str = "triamcinolone", mg: float | None = 40, **changes: object) -> Injection:
    """An injection with a steroid."""
    return an_injection(f"{day}T10:30:00-05:00", steroid=Steroid(agent=agent, mg=mg), **changes)


def elsewhere_on(day: str, agent: str = "triamcinolone", mg: float | None = 40) -> SteroidElsewhere:
    return SteroidElsewhere(on=date.fromisoformat(day), agent=agent, mg=mg, where="right shoulder")


def ledger_of(*doses: Injection | SteroidElsewhere, as_of: date = TODAY) -> Ledger:
    return steroid_ledger(
        [dose for dose in doses if isinstance(dose, Injection)],
        [dose for dose in doses if isinstance(dose, SteroidElsewhere)],
        as_of=as_of,
    )


def test_every_dose_stands_in_it_the_newest_first() -> None:
    here = given_on("2026-01-10", "betamethasone", 5.7, side=Side.LEFT, target=Target.LIGAMENT)
    ledger = ledger_of(here, an_injection("2026-02-01T10:30:00-05:00"), elsewhere_on("2026-02-20"))
    elsewhere, dose = ledger.doses
    assert (dose.on, dose.agent, dose.mg) == (date(2026, 1, 10), "betamethasone", 5.7)
    assert (dose.side, dose.target, dose.injection_id, dose.elsewhere) == (Side.LEFT, Target.LIGAMENT, here.id, False)
    assert (elsewhere.on, elsewhere.where, elsewhere.elsewhere) == (date(2026, 2, 20), "right shoulder", True)


@pytest.mark.parametrize(
    ("as_of", "since", "out", "inside"),
    [
        ("2026-03-02", "2025-03-03", "2025-03-02", "2025-03-03"),
        ("2024-02-29", "2023-03-01", "2023-02-28", "2023-03-01"),
        ("2025-02-28", "2024-02-29", "2024-02-28", "2024-02-29"),
        ("2024-03-01", "2023-03-02", "2023-03-01", "2023-03-02"),
    ],
)
def test_the_12_months_begin_after_the_same_date_a_year_before(as_of: str, since: str, out: str, inside: str) -> None:
    today = date.fromisoformat(as_of)
    ledger = ledger_of(elsewhere_on(out), elsewhere_on(inside), given_on(as_of), as_of=today)
    assert (ledger.as_of, ledger.since) == (today, date.fromisoformat(since))
    assert [dose.on.isoformat() for dose in ledger.last_12_months] == [as_of, inside]
    assert [dose.on.isoformat() for dose in ledger.before] == [out]


def test_a_dose_of_a_later_date_is_not_counted_but_told() -> None:
    ledger = ledger_of(elsewhere_on("2026-03-03"), given_on("2026-03-03"), elsewhere_on("2026-03-02"))
    assert (len(ledger.doses), ledger.later) == (1, 2)


def test_an_agent_is_the_same_in_other_letters_and_with_a_salt() -> None:
    names = ("triamcinolone", "TRIAMCINOLONE acetonide", "Methylprednisolone acetate", "methylprednisolone")
    ledger = ledger_of(*(given_on(f"2026-01-{day:02d}", name) for day, name in enumerate(names, start=1)))
    assert ledger.sums == (
        AgentSum(agent="methylprednisolone", mg=Fraction(80), doses=2, without_mg=0),
        AgentSum(agent="TRIAMCINOLONE acetonide", mg=Fraction(80), doses=2, without_mg=0),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [("triamcinolone acetonide", "triamcinolone hexacetonide"), ("Kenalog", "triamcinolone"), ("?", "!")],
)
def test_other_agents_are_never_added_up(one: str, other: str) -> None:
    assert len(ledger_of(given_on("2026-01-01", one), given_on("2026-01-02", other)).sums) == 2


def test_a_dose_without_milligrams_is_counted_as_a_dose() -> None:
    [told] = ledger_of(given_on("2026-01-01"), given_on("2026-01-02", mg=None), elsewhere_on("2026-01-03")).sums
    assert told == AgentSum(agent="triamcinolone", mg=Fraction(80), doses=3, without_mg=1)


def test_milligrams_are_added_as_they_are_written() -> None:
    [told] = ledger_of(given_on("2026-01-01", mg=0.1), given_on("2026-01-02", mg=0.2)).sums
    assert told.mg == Fraction(3, 10)


def test_an_injection_of_both_sides_and_a_corrected_one_are_one_dose_each() -> None:
    both, first = given_on("2026-01-01", side=Side.BOTH), given_on("2026-02-01")
    corrected = replace(first, id=uuid4(), revises=first.id, steroid=Steroid(agent="triamcinolone", mg=80))
    standing = in_force(a_diary(both, first, corrected), as_of=TODAY)
    [told] = steroid_ledger(standing.injections, (), as_of=TODAY).sums
    assert told == AgentSum(agent="triamcinolone", mg=Fraction(120), doses=2, without_mg=0)


@given(diaries(), st.dates(date(2019, 12, 20), date(2021, 3, 5)))
def test_each_dose_is_counted_once_and_none_is_lost(diary: Diary, as_of: date) -> None:
    standing = in_force(diary, as_of=as_of)
    with_steroid = [injection for injection in standing.injections if injection.steroid]
    ledger = steroid_ledger(standing.injections, diary.steroids_elsewhere, as_of=as_of)
    assert len(ledger.doses) + ledger.later == len(with_steroid) + len(diary.steroids_elsewhere)
    assert sum(told.doses for told in ledger.sums) == len(ledger.last_12_months)
    known = [dose.mg for dose in ledger.last_12_months if dose.mg is not None]
    assert sum(told.mg for told in ledger.sums) == sum(Fraction(str(mg)) for mg in known)


@given(st.lists(st.integers(0, 1500), max_size=12), st.dates(date(2023, 1, 1), date(2026, 12, 31)))
def test_the_12_months_and_those_before_share_no_dose(ages: list[int], as_of: date) -> None:
    doses = [elsewhere_on((as_of - timedelta(days=age)).isoformat()) for age in ages]
    this, last = (ledger_of(*doses, as_of=day) for day in (as_of, months_later(as_of, -12)))
    assert last.doses == this.before
