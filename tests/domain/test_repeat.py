"""The repeat, section 4 of the rules: every expected value is worked out by hand from the text."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from diary.domain.calendar import months_later
from diary.domain.diary import Purpose, Scores, Side, Steroid
from diary.domain.repeat import Outcome, Overall, Warning_
from diary.domain.rulesets.parts import Rule
from tests.domain.judging import NOON, a_block, course, judged, treated, until
from tests.domain.repeating import DAILY, FAILS, MEETS, WEEKLY, block_on, repeat_of, rule_of, session

# --- which are told, in which order -----------------------------------------------------------------------------------


def test_left_is_told_before_right_and_therapeutic_before_diagnostic_where_both_were_injected() -> None:
    repeats = judged(a_block(side=Side.BOTH), as_of=until(1)).repeats
    assert [(repeat.side, repeat.next) for repeat in repeats] == [
        (Side.LEFT, Purpose.THERAPEUTIC),
        (Side.LEFT, Purpose.DIAGNOSTIC),
        (Side.RIGHT, Purpose.THERAPEUTIC),
        (Side.RIGHT, Purpose.DIAGNOSTIC),
    ]


@pytest.mark.parametrize(
    ("rules", "therapeutic", "diagnostic"),
    [
        ("us-medicare-sij", ["block", "response", "sessions"], ["first-block", "blocks"]),
        ("evicore-cmm-203", ["block", "response", "gap", "sessions"], ["first-block", "gap"]),
        ("norfolk-icb", ["block", "response", "gap"], ["first-block", "blocks", "gap"]),
        ("trial-50", [], []),
    ],
)
def test_each_set_tells_its_rules_in_order(rules: str, therapeutic: list[str], diagnostic: list[str]) -> None:
    found = [[result.rule.value for result in r.rules] for r in judged(a_block(), rules=rules, as_of=until(1)).repeats]
    assert found == [therapeutic, diagnostic]


def test_a_set_without_rules_cannot_tell() -> None:
    repeat = repeat_of(a_block(), rules="trial-50", as_of=until(1))
    assert (repeat.overall, repeat.earliest) == (Overall.CANNOT_TELL, None)


# --- block and first block --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("courses", "block", "first_block"),
    [
        ([MEETS], Outcome.MET, Outcome.MET),
        ([FAILS], Outcome.NOT_MET, Outcome.NOT_MET),
        ([{}], Outcome.UNKNOWN, Outcome.UNKNOWN),
        ([MEETS, {}], Outcome.MET, Outcome.UNKNOWN),
        ([MEETS, FAILS], Outcome.UNKNOWN, Outcome.NOT_MET),
        ([FAILS, MEETS], Outcome.MET, Outcome.MET),
        ([FAILS, {}], Outcome.NOT_MET, Outcome.UNKNOWN),
    ],
)
def test_the_last_block_that_could_be_judged_decides(
    courses: list[dict[int, int]], block: Outcome, first_block: Outcome
) -> None:
    records = [record for index, by_minute in enumerate(courses) for record in block_on(index * 7, by_minute)]
    assert rule_of(Rule.BLOCK, *records, as_of=until(30)).result is block
    assert rule_of(Rule.FIRST_BLOCK, *records, as_of=until(30), purpose=Purpose.DIAGNOSTIC).result is first_block


def test_without_any_diagnostic_block_the_rule_is_not_met_and_the_first_one_is_free() -> None:
    assert rule_of(Rule.BLOCK, treated(), as_of=until(1)).result is Outcome.NOT_MET
    assert rule_of(Rule.FIRST_BLOCK, treated(), as_of=until(1), purpose=Purpose.DIAGNOSTIC).result is Outcome.MET


def test_two_blocks_that_contradict_each_other_leave_it_unknown_though_the_last_meets() -> None:
    long_first = block_on(0, {30: 2, 35: 2, 60: 8, 120: 8}, "bupivacaine")
    short_then = block_on(7, {**MEETS, 90: 2})
    assert rule_of(Rule.BLOCK, *long_first, *short_then, rules="evicore-cmm-203", as_of=until(60)).result is (
        Outcome.UNKNOWN
    )


def test_a_block_of_both_sides_counts_for_each_and_of_the_other_for_none() -> None:
    both = block_on(0, MEETS, side=Side.BOTH)
    assert rule_of(Rule.BLOCK, *both, as_of=until(1), side=Side.LEFT).result is Outcome.MET
    left = session(NOON.date() + timedelta(days=3), side=Side.LEFT)
    assert rule_of(Rule.BLOCK, *block_on(0, MEETS), left, as_of=until(9), side=Side.LEFT).result is Outcome.NOT_MET


# --- response ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("averages", "as_of", "result", "earliest"),
    [
        ({**DAILY, **WEEKLY, 92: 3}, 92, Outcome.MET, None),
        ({**DAILY, **WEEKLY}, 92, Outcome.NOT_MET, until(92)),  # ongoing
        ({**DAILY, 20: 8, 21: 8}, 30, Outcome.NOT_MET, None),  # partly
        (dict.fromkeys(range(1, 20), 8), 30, Outcome.NOT_MET, None),
        ({1: 3}, 1, Outcome.UNKNOWN, None),  # too early
        ({}, 30, Outcome.UNKNOWN, None),
    ],
)
def test_response_is_that_to_the_last_therapeutic_injection(
    averages: dict[int, int], as_of: int, result: Outcome, earliest: str | None
) -> None:
    found = rule_of(Rule.RESPONSE, treated(), *course(averages), as_of=until(as_of))
    assert (found.result, found.earliest and found.earliest.isoformat()) == (result, earliest)


def test_response_is_met_where_nothing_was_treated_and_unknown_where_no_steroid_was_written_down() -> None:
    assert rule_of(Rule.RESPONSE, a_block(), as_of=until(9)).result is Outcome.MET
    assert rule_of(Rule.RESPONSE, session(NOON.date()), as_of=until(9)).result is Outcome.UNKNOWN


def test_a_diagnostic_injection_with_a_steroid_is_treatment_too() -> None:
    with_steroid = a_block(steroid=Steroid(agent="dexamethasone"))
    assert rule_of(Rule.RESPONSE, with_steroid, as_of=until(9)).result is Outcome.UNKNOWN


def test_functional_response_counts_for_us_medicare_alone() -> None:
    able = [
        replace(entry, scores=Scores(average=8, moving=2))
        for entry in course({**dict.fromkeys(range(1, 20), 8), **dict.fromkeys((21, 28, 35, 42, 49, 56, 63), 8)})
    ]
    able += [replace(entry, scores=Scores(average=8, moving=2)) for entry in course({70: 8, 77: 8, 84: 8, 91: 8})]
    injection = treated(activities=(), steroid=Steroid(agent="triamcinolone"))
    injection = replace(injection, baseline=Scores(average=8, moving=8))
    met = rule_of(Rule.RESPONSE, injection, *able, as_of=until(92))
    assert met.result is Outcome.MET
    assert met.why == "Moving was easier by 50% or more at every landmark after the injection of 2026-03-02."
    assert rule_of(Rule.RESPONSE, injection, *able, as_of=until(92), rules="norfolk-icb").result is Outcome.NOT_MET


# --- gap --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "last", "due"),
    [
        ("evicore-cmm-203", "2025-12-31", "2026-02-28"),
        ("evicore-cmm-203", "2023-12-31", "2024-02-29"),
        ("evicore-cmm-203", "2026-01-15", "2026-03-15"),
        ("norfolk-icb", "2026-01-15", "2026-03-12"),
    ],
)
def test_the_gap_is_met_on_its_last_day_and_not_the_day_before(rules: str, last: str, due: str) -> None:
    given, day = session(date.fromisoformat(last)), date.fromisoformat(due)
    before = rule_of(Rule.GAP, given, rules=rules, as_of=(day - timedelta(days=1)).isoformat())
    assert (before.result, before.earliest) == (Outcome.NOT_MET, day)
    assert rule_of(Rule.GAP, given, rules=rules, as_of=due).result is Outcome.MET


# --- sessions ---------------------------------------------------------------------------------------------------------


def test_medicare_counts_therapeutic_sessions_of_any_side_and_two_sides_on_a_date_as_one() -> None:
    days = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)]
    three = [session(day, side=Side.LEFT) for day in days[:3]]
    both_on_one = [session(days[2], side=Side.RIGHT)]
    assert rule_of(Rule.SESSIONS, *three, *both_on_one, as_of="2026-05-01").result is Outcome.MET
    found = rule_of(Rule.SESSIONS, *three, *both_on_one, session(days[3]), as_of="2026-05-01")
    # On the same calendar date a year later the first one no longer counts.
    assert (found.result, found.earliest) == (Outcome.NOT_MET, date(2027, 1, 1))


def test_a_session_on_the_day_itself_is_this_one() -> None:
    days = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)]
    assert rule_of(Rule.SESSIONS, *map(session, days), as_of="2026-04-01").result is Outcome.MET
    assert rule_of(Rule.SESSIONS, *map(session, days), as_of="2026-04-02").result is Outcome.NOT_MET


def test_twelve_months_before_29_february_begin_after_28_february() -> None:
    days = [date(2023, 2, 28), date(2023, 3, 1), date(2023, 6, 1), date(2023, 9, 1)]
    found = rule_of(Rule.SESSIONS, *map(session, days), as_of="2024-02-27")
    assert (found.result, found.earliest) == (Outcome.NOT_MET, date(2024, 2, 28))
    assert rule_of(Rule.SESSIONS, *map(session, days), as_of="2024-02-29").result is Outcome.MET
    assert months_later(date(2024, 2, 29), -12) == date(2023, 2, 28)


def test_evicore_counts_every_purpose_of_the_side_alone() -> None:
    four = [*(session(date(2026, month, 1)) for month in (1, 2, 3)), a_block(performed_at=NOON + timedelta(days=60))]
    left = [replace(injection, side=Side.LEFT) for injection in four]
    asked: dict[str, object] = {"rules": "evicore-cmm-203", "as_of": "2026-09-01"}
    assert rule_of(Rule.SESSIONS, *four, **asked).result is Outcome.NOT_MET
    assert rule_of(Rule.SESSIONS, *four[:3], left[3], **asked).result is Outcome.MET


def test_medicare_counts_blocks_of_12_months_and_norfolk_those_of_the_side_for_good() -> None:
    blocks = [a_block(performed_at=NOON), a_block(performed_at=NOON + timedelta(days=20))]
    asked: dict[str, object] = {"as_of": until(40), "purpose": Purpose.DIAGNOSTIC}
    medicare = rule_of(Rule.BLOCKS, *blocks, **asked)
    assert (medicare.result, medicare.earliest) == (Outcome.NOT_MET, date(2027, 3, 2))
    norfolk = rule_of(Rule.BLOCKS, *blocks, **asked, rules="norfolk-icb")
    assert (norfolk.result, norfolk.earliest) == (Outcome.NOT_MET, None)
    other_side = [blocks[0], replace(blocks[1], side=Side.LEFT)]
    assert rule_of(Rule.BLOCKS, *other_side, **asked).result is Outcome.NOT_MET
    assert rule_of(Rule.BLOCKS, *other_side, **asked, rules="norfolk-icb").result is Outcome.MET


# --- overall, earliest, warnings --------------------------------------------------------------------------------------


def test_earliest_is_the_latest_of_the_dates_and_never_before_the_judgement() -> None:
    records = [*block_on(0, MEETS), session(NOON.date() + timedelta(days=1), side=Side.LEFT)]
    waiting = repeat_of(*block_on(0, MEETS), rules="norfolk-icb", as_of=until(10))
    assert (waiting.overall, waiting.earliest) == (Overall.DOES_NOT_FIT, NOON.date() + timedelta(days=56))
    fits = repeat_of(*records, rules="norfolk-icb", as_of=until(60))
    assert (fits.overall, fits.earliest) == (Overall.FITS, NOON.date() + timedelta(days=60))
    never = repeat_of(*block_on(0, FAILS), rules="norfolk-icb", as_of=until(10))
    assert (never.overall, never.earliest) == (Overall.DOES_NOT_FIT, None)


def test_not_met_weighs_more_than_unknown() -> None:
    repeat = repeat_of(*block_on(0, {}), rules="norfolk-icb", as_of=until(10))
    assert {result.result for result in repeat.rules} == {Outcome.UNKNOWN, Outcome.MET, Outcome.NOT_MET}
    assert (repeat.overall, repeat.earliest) == (Overall.DOES_NOT_FIT, None)


@pytest.mark.parametrize(("as_of", "warned"), [(83, True), (84, False)])
def test_a_steroid_of_the_last_84_days_may_still_act(as_of: int, *, warned: bool) -> None:
    found = repeat_of(treated(), as_of=until(as_of)).warnings
    assert (Warning_.STEROID_EFFECT in found) is warned


@pytest.mark.parametrize(
    ("later", "as_of", "warned"), [({}, 28, True), ({}, 29, False), ({20: 8}, 20, False), ({20: 3}, 34, True)]
)
def test_relief_that_goes_on_is_told_for_14_days_after_the_last_score(
    later: dict[int, int], as_of: int, *, warned: bool
) -> None:
    found = repeat_of(treated(), *course({**DAILY, **later}), as_of=until(as_of)).warnings
    assert (Warning_.RELIEF_CONTINUES in found) is warned
