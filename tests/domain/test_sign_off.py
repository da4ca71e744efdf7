"""A doctor's reading and plan: which dates it may bear, and which rules it goes against."""

from datetime import date
from typing import Any

import pytest

from diary.domain.diary import Purpose, Side
from diary.domain.errors import InvalidValue
from diary.domain.form import read, write
from diary.domain.repeat import Outcome, Overall, Repeat, RuleResult
from diary.domain.rulesets.parts import Rule
from diary.domain.sign_off import BlockReading, NextStep, SignOff, check_date, check_explained, rules_against

TODAY = date(2026, 6, 30)
CAP = RuleResult(rule=Rule.SESSIONS, result=Outcome.NOT_MET, why="5 sessions, at most 4.")
OPEN = RuleResult(rule=Rule.RESPONSE, result=Outcome.UNKNOWN, why="It is too early to tell.")
FINE = RuleResult(rule=Rule.BLOCK, result=Outcome.MET, why="It meets the rule.")


def signed(next_step: NextStep = NextStep.DISCHARGE, **changes: Any) -> SignOff:
    return SignOff(**{"reading": BlockReading.POSITIVE, "next_step": next_step, **changes})


def a_repeat(*rules: RuleResult, side: Side = Side.RIGHT, purpose: Purpose = Purpose.THERAPEUTIC) -> Repeat:
    return Repeat(side=side, next=purpose, overall=Overall.CANNOT_TELL, earliest=None, warnings=(), rules=rules)


def test_waiting_needs_weeks_or_a_date() -> None:
    with pytest.raises(InvalidValue) as refused:
        signed(NextStep.WAIT)
    assert str(refused.value) == "in_weeks: Say when to look again: in how many weeks, or on which date."
    assert signed(NextStep.WAIT, in_weeks=6).due_on(TODAY) == date(2026, 8, 11)
    assert signed(NextStep.WAIT, on=date(2026, 9, 1)).due_on(TODAY) == date(2026, 9, 1)
    assert signed().due_on(TODAY) is None


ONE_OF_BOTH = "in_weeks: Give the weeks or the date, not both."
NO_WEEKS = "in_weeks: Weeks are for waiting. Give the date of what you plan instead."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"in_weeks": 0}, "in_weeks: 0 is not between 1 and 104"),
        ({"in_weeks": 105}, "in_weeks: 105 is not between 1 and 104"),
        ({"in_weeks": 6, "reason": "x" * 2001}, "reason: 2001 characters are more than 2000"),
        ({"in_weeks": 6, "against": "x" * 2001}, "against: 2001 characters are more than 2000"),
    ],
)
def test_what_is_signed_keeps_to_its_limits(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        signed(NextStep.WAIT, **changes)
    assert str(refused.value) == words


def test_two_years_and_long_reasons_can_be_signed() -> None:
    assert signed(NextStep.WAIT, in_weeks=104, reason="x" * 2000, against="y" * 2000).in_weeks == 104
    assert signed(NextStep.WAIT, in_weeks=1).due_on(TODAY) == date(2026, 7, 7)


@pytest.mark.parametrize(("step", "words"), [(NextStep.WAIT, ONE_OF_BOTH), (NextStep.REPEAT, NO_WEEKS)])
def test_weeks_and_a_date_do_not_contradict_each_other(step: NextStep, words: str) -> None:
    on = date(2026, 9, 1) if step is NextStep.WAIT else None
    with pytest.raises(InvalidValue) as refused:
        signed(step, in_weeks=6, on=on)
    assert str(refused.value) == words


PASSED = "on: This day has passed. Give today or a later day."
TOO_FAR = "on: This day is more than 10 years away. Check the year."


@pytest.mark.parametrize(
    ("on", "words"), [(date(2026, 6, 29), PASSED), (date(2036, 7, 2), TOO_FAR), (date(9999, 12, 31), TOO_FAR)]
)
def test_a_plan_is_for_today_or_one_of_the_next_ten_years(on: date, words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_date(signed(on=on), today=TODAY)
    assert str(refused.value) == words
    check_date(signed(on=TODAY), today=TODAY)
    check_date(signed(on=date(2036, 6, 30)), today=TODAY)
    check_date(signed(), today=TODAY)


@pytest.mark.parametrize(
    ("step", "purpose", "against"),
    [
        (NextStep.REPEAT, Purpose.THERAPEUTIC, True),
        (NextStep.REPEAT, Purpose.DIAGNOSTIC, False),
        (NextStep.SECOND_BLOCK, Purpose.DIAGNOSTIC, True),
        (NextStep.SECOND_BLOCK, Purpose.THERAPEUTIC, False),
        (NextStep.WAIT, Purpose.THERAPEUTIC, False),
        (NextStep.OTHER, Purpose.THERAPEUTIC, False),
        (NextStep.DISCHARGE, Purpose.DIAGNOSTIC, False),
    ],
)
def test_a_plan_goes_against_the_rules_of_the_injection_that_it_is(
    step: NextStep, purpose: Purpose, against: bool
) -> None:
    assert bool(rules_against(step, Side.RIGHT, [a_repeat(CAP, purpose=purpose)])) is against


def test_only_a_rule_that_is_not_met_asks_why() -> None:
    repeats = [a_repeat(FINE, OPEN)]
    check_explained(signed(NextStep.REPEAT), Side.RIGHT, repeats)
    with pytest.raises(InvalidValue, match=r"goes against a rule\. 5 sessions, at most 4\.") as refused:
        check_explained(signed(NextStep.REPEAT), Side.RIGHT, [a_repeat(FINE, CAP)])
    assert refused.value.place == "against"
    check_explained(signed(NextStep.REPEAT, against="She cannot travel."), Side.RIGHT, [a_repeat(FINE, CAP)])


def test_each_rule_that_a_plan_goes_against_is_told_once() -> None:
    gap = RuleResult(rule=Rule.GAP, result=Outcome.NOT_MET, why="It is too early.")
    repeats = [a_repeat(CAP, gap, side=Side.LEFT), a_repeat(CAP, side=Side.RIGHT)]
    with pytest.raises(InvalidValue) as refused:
        check_explained(signed(NextStep.REPEAT), Side.BOTH, repeats)
    assert str(refused.value) == (
        "against: Say why: this plan goes against a rule. 5 sessions, at most 4. It is too early."
    )


def test_an_injection_of_both_sides_goes_by_the_rules_of_both_and_each_side_by_its_own() -> None:
    repeats = [a_repeat(CAP, side=Side.LEFT), a_repeat(FINE, side=Side.RIGHT)]
    assert rules_against(NextStep.REPEAT, Side.BOTH, repeats) == (CAP,)
    assert rules_against(NextStep.REPEAT, Side.LEFT, repeats) == (CAP,)
    assert rules_against(NextStep.REPEAT, Side.RIGHT, repeats) == ()


def test_what_is_signed_is_read_back_as_it_was() -> None:
    whole = signed(NextStep.REPEAT, on=TODAY, reason="Good relief", against="Cap of the payer")
    assert read(SignOff, write(whole)) == whole
