"""Get help now: the order of the questions, where they end, and whom to call. Expected values from screens.md S9."""

import pytest

from diary.domain.safety import (
    QUESTIONS,
    EmergencyNumber,
    HelpQuestion,
    HelpResult,
    Level,
    emergency_number,
    next_question,
    out_of_hours_number,
    result_of,
)


def test_the_most_serious_is_asked_first_and_nothing_after_the_sixth() -> None:
    asked: list[str] = []
    question: HelpQuestion | None = HelpQuestion.BREATHING
    while question is not None:
        asked.append(question.value)
        question = next_question(question)
    assert asked == ["breathing", "control", "numb-skin", "legs", "shivery", "site"]


def test_no_question_is_more_urgent_than_one_before_it() -> None:
    order = list(Level)
    levels = [order.index(result_of(question, minutes_since_injection=None).level) for question in QUESTIONS]
    assert levels == sorted(levels)


@pytest.mark.parametrize(
    ("yes", "level"),
    [
        (HelpQuestion.BREATHING, Level.EMERGENCY),
        (HelpQuestion.CONTROL, Level.EMERGENCY),
        (HelpQuestion.NUMB_SKIN, Level.EMERGENCY),
        (HelpQuestion.LEGS, Level.EMERGENCY),
        (HelpQuestion.SHIVERY, Level.URGENT),
        (HelpQuestion.SITE, Level.URGENT),
        (None, Level.NOT_URGENT),
    ],
)
def test_each_yes_has_its_level_and_six_times_no_is_not_urgent(yes: HelpQuestion | None, level: Level) -> None:
    assert result_of(yes, minutes_since_injection=24 * 60).level is level


@pytest.mark.parametrize(
    ("minutes", "result", "level"),
    [
        (0, HelpResult.LEGS_AT_FIRST, Level.URGENT),
        (359, HelpResult.LEGS_AT_FIRST, Level.URGENT),
        (360, HelpResult.LEGS, Level.EMERGENCY),
        (-1, HelpResult.LEGS, Level.EMERGENCY),  # the injection lies ahead
        (None, HelpResult.LEGS, Level.EMERGENCY),  # nobody knows when it was
    ],
)
def test_weak_legs_wait_for_the_numbing_medicine_in_the_first_six_hours_alone(
    minutes: int | None, result: HelpResult, level: Level
) -> None:
    found = result_of(HelpQuestion.LEGS, minutes_since_injection=minutes)
    assert (found, found.level) == (result, level)


@pytest.mark.parametrize("yes", [question for question in QUESTIONS if question is not HelpQuestion.LEGS])
def test_everything_but_the_legs_is_as_urgent_in_the_first_hours(yes: HelpQuestion) -> None:
    assert result_of(yes, minutes_since_injection=30) is result_of(yes, minutes_since_injection=None)


@pytest.mark.parametrize(
    ("country", "digits", "known"),
    [
        *[("US", "911", True), ("us", "911", True), ("CA", "911", True), ("GB", "999", True), ("AU", "000", True)],
        *[("NZ", "111", True), ("DE", "112", True), ("IE", "112", True), ("ZZ", "112", False), ("", "112", False)],
        (None, "112", False),
    ],
)
def test_an_emergency_is_called_by_the_countrys_number_and_elsewhere_by_112(
    country: str | None, digits: str, known: bool
) -> None:
    assert emergency_number(country) == EmergencyNumber(digits=digits, known=known)


def test_only_a_country_that_has_a_number_for_closed_hours_gets_one() -> None:
    assert (out_of_hours_number("gb"), out_of_hours_number("US"), out_of_hours_number(None)) == ("111", None, None)
