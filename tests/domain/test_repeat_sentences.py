"""The sentences of the repeat: the words are the diary's own, their numbers and dates are worked out by hand."""

from datetime import date, datetime, timedelta

import pytest

from diary.domain.diary import Purpose
from diary.domain.rulesets import shipped
from diary.domain.rulesets.parts import Rule
from tests.domain.judging import NOON, a_block, course, judged, readings, treated, until
from tests.domain.repeating import DAILY, FAILS, MEETS, WEEKLY, block_on, rule_of, session


def test_every_rule_says_its_numbers_in_a_sentence() -> None:
    records = [
        *block_on(0, MEETS),
        *readings({}),
        treated(performed_at=datetime.fromisoformat("2026-04-01T09:00-04:00")),
    ]
    for name in ("us-medicare-sij", "evicore-cmm-203", "norfolk-icb"):
        for repeat in judged(*records, rules=name, as_of="2026-05-01").repeats:
            assert all(result.why.endswith(".") for result in repeat.rules)
    assert shipped("norfolk-icb").source


@pytest.mark.parametrize(
    ("courses", "block", "first_block"),
    [
        (
            [MEETS],
            "The last diagnostic block that could be judged, of 2026-03-02, meets the rule of 75%.",
            "The last diagnostic block of this side, of 2026-03-02, meets the rule.",
        ),
        (
            [FAILS],
            "The last diagnostic block that could be judged, of 2026-03-02, does not meet the rule of 75%.",
            "The last diagnostic block of this side, of 2026-03-02, does not meet the rule.",
        ),
        (
            [MEETS, FAILS],
            (
                "The last diagnostic block that could be judged, of 2026-03-09, does not meet the rule of 75%, but an "
                "earlier one does."
            ),
            "The last diagnostic block of this side, of 2026-03-09, does not meet the rule.",
        ),
        (
            [{}, {}],
            "Of the diagnostic blocks of this side (n 2) none could be judged.",
            (
                "The last diagnostic block of this side, of 2026-03-09, cannot be judged: too few readings, none after "
                "an hour, none at hold."
            ),
        ),
    ],
)
def test_what_is_said_of_the_blocks_names_the_one_that_decides(
    courses: list[dict[int, int]], block: str, first_block: str
) -> None:
    records = [record for index, by_minute in enumerate(courses) for record in block_on(index * 7, by_minute)]
    assert rule_of(Rule.BLOCK, *records, as_of=until(30)).why == block
    assert rule_of(Rule.FIRST_BLOCK, *records, as_of=until(30), purpose=Purpose.DIAGNOSTIC).why == first_block


def test_what_is_said_without_a_block_and_of_two_that_contradict_each_other() -> None:
    asked: dict[str, object] = {"as_of": until(60), "rules": "evicore-cmm-203"}
    none = "No diagnostic block of this side is recorded."
    assert rule_of(Rule.BLOCK, treated(), **asked).why == none
    first = "This would be the first diagnostic block of this side."
    assert rule_of(Rule.FIRST_BLOCK, treated(), **asked, purpose=Purpose.DIAGNOSTIC).why == first
    long_first = block_on(0, {30: 2, 35: 2, 60: 8, 120: 8}, "bupivacaine")
    short_then = block_on(7, {**MEETS, 90: 2})
    assert rule_of(Rule.BLOCK, *long_first, *short_then, **asked).why == (
        "Two diagnostic blocks of this side contradict each other."
    )


@pytest.mark.parametrize(
    ("averages", "as_of", "why"),
    [
        (
            {**DAILY, **WEEKLY, 92: 3},
            92,
            (
                "Relief after the injection of 2026-03-02 lasted as long as is asked: at least 92 days at 50% or "
                "better, day 92 is asked."
            ),
        ),
        (
            {**DAILY, **WEEKLY},
            92,
            (
                "Relief after the injection of 2026-03-02 still goes on: at least 91 days at 50% or better, "
                "day 92 is asked."
            ),
        ),
        (
            {**DAILY, 20: 8, 21: 8},
            30,
            (
                "Relief after the injection of 2026-03-02 did not last as long as is asked: at least 14 and at most 20 "
                "days at 50% or better, day 92 is asked."
            ),
        ),
        (dict.fromkeys(range(1, 20), 8), 30, "No lasting relief of 50% came after the injection of 2026-03-02."),
        ({1: 3}, 1, "It is too early to tell whether the injection of 2026-03-02 works."),
        ({}, 30, "Whether the injection of 2026-03-02 worked cannot be told: too little data."),
    ],
)
def test_what_is_said_of_the_response_has_its_days(averages: dict[int, int], as_of: int, why: str) -> None:
    assert rule_of(Rule.RESPONSE, treated(), *course(averages), as_of=until(as_of)).why == why


def test_what_is_said_where_nothing_was_treated() -> None:
    assert rule_of(Rule.RESPONSE, a_block(), as_of=until(9)).why == (
        "No injection of this side was therapeutic or had a steroid yet."
    )


@pytest.mark.parametrize(
    ("rules", "as_of", "why"),
    [
        (
            "evicore-cmm-203",
            "2026-03-14",
            "58 days have passed since the injection of 2026-01-15; 2 months are asked.",
        ),
        (
            "evicore-cmm-203",
            "2026-03-15",
            "59 days have passed since the injection of 2026-01-15; 2 months are asked.",
        ),
        ("norfolk-icb", "2026-03-12", "56 days have passed since the injection of 2026-01-15; 56 days are asked."),
    ],
)
def test_what_is_said_of_the_gap_counts_its_days(rules: str, as_of: str, why: str) -> None:
    assert rule_of(Rule.GAP, session(date(2026, 1, 15)), rules=rules, as_of=as_of).why == why


def test_what_is_said_of_sessions_counts_this_one_too() -> None:
    four = [session(date(2026, month, 1)) for month in (1, 2, 3, 4)]
    assert rule_of(Rule.SESSIONS, *four[:3], as_of="2026-09-01").why == (
        "Therapeutic sessions in 12 months with this one: 4, at most 4."
    )
    assert rule_of(Rule.SESSIONS, *four, as_of="2026-09-01").why == (
        "Therapeutic sessions in 12 months with this one: 5, at most 4."
    )
    assert rule_of(Rule.SESSIONS, *four, as_of="2026-09-01", rules="evicore-cmm-203").why == (
        "Sessions of this side in 12 months with this one: 5, at most 4."
    )


def test_what_is_said_of_blocks_counts_this_one_too() -> None:
    blocks = [a_block(performed_at=NOON), a_block(performed_at=NOON + timedelta(days=20))]
    asked: dict[str, object] = {"as_of": until(40), "purpose": Purpose.DIAGNOSTIC}
    assert rule_of(Rule.BLOCKS, *blocks, **asked).why == (
        "Diagnostic sessions in 12 months with this one: 3, at most 2."
    )
    assert rule_of(Rule.BLOCKS, *blocks[:1], **asked, rules="norfolk-icb").why == (
        "Diagnostic sessions of this side with this one: 2, at most 2."
    )
    assert rule_of(Rule.BLOCKS, *blocks, **asked, rules="norfolk-icb").why == (
        "Diagnostic sessions of this side with this one: 3, at most 2."
    )
