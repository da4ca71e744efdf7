"""What would turn an unknown rule into an answer, by hand: what is missing, and whether it can still be had."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain, product
from pathlib import Path

import pytest

from diary.domain.assessment import judge
from diary.domain.diary import Anaesthetic, Entry, Injection, Medicine, Purpose, Side
from diary.domain.form import read_diary
from diary.domain.in_force import in_force
from diary.domain.repeat import Outcome
from diary.domain.rulesets import RuleSet, shipped, shipped_names
from diary.domain.rulesets.parts import AskedDay, Rule
from diary.domain.steroid_figures import DayRange
from diary.domain.to_settle import Need, Remedy, Step, steps_to_settle
from diary.words.settling import step_in_words
from tests.domain.judging import NOON, TRIAMCINOLONE, a_block, course, on_day, readings, scored, treated, until
from tests.factories import a_diary

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("[0-9]*.json"))
US = shipped("us-medicare-sij")
FOUR_READINGS = {20: 2, 40: 2, 70: 2, 90: 2}
# Enough days, but no five of them up to day 18 hold the three points of an onset.
SPARSE = {1: 8, 3: 8, 5: 8, 7: 8, 8: 8, 9: 8, 14: 8, 16: 8, **dict.fromkeys(range(21, 92, 7), 8)}


def steps(
    *records: Injection | Entry | Medicine,
    as_of: str = "2026-06-30",
    rules: str | RuleSet = "us-medicare-sij",
    purpose: Purpose = Purpose.THERAPEUTIC,
) -> dict[Rule, tuple[Step, ...]]:
    """The steps for the next injection of one kind on the right."""
    standing = in_force(a_diary(*records), as_of=date.fromisoformat(as_of))
    assessment = judge(standing, shipped(rules) if isinstance(rules, str) else rules)
    repeat = next(one for one in assessment.repeats if one.side is Side.RIGHT and one.next is purpose)
    return dict(steps_to_settle(repeat, assessment, standing))


def needs(found: tuple[Step, ...]) -> list[tuple[Need, Remedy]]:
    return [(step.need, step.remedy) for step in found]


def words(step: Step) -> str:
    return step_in_words(step, US)


# --- the block --------------------------------------------------------------------------------------------------------


def test_what_is_met_or_not_met_needs_no_step() -> None:
    assert steps(a_block(), *readings(FOUR_READINGS)) == {}


def test_an_anaesthetic_that_was_not_written_down_is_added_to_the_injection() -> None:
    block = a_block(anaesthetic=())
    found = steps(block, *readings(FOUR_READINGS))[Rule.BLOCK]
    assert needs(found) == [(Need.AGENT, Remedy.CORRECT_INJECTION)]
    assert found[0].injection == block
    assert "Write down which anaesthetic was given on 02-Mar-2026" in words(found[0])


def test_an_anaesthetic_that_the_rules_do_not_know_is_named() -> None:
    block = a_block(anaesthetic=(Anaesthetic(agent="lidocaine with adrenaline"),))
    (step,) = steps(block, *readings(FOUR_READINGS))[Rule.BLOCK]
    assert "It does not know what is written there: lidocaine with adrenaline." in words(step)


def test_a_score_that_was_not_taken_before_is_for_the_next_injection_unless_it_is_on_paper() -> None:
    (step,) = steps(a_block(baseline=None), *readings(FOUR_READINGS))[Rule.BLOCK]
    assert (step.need, step.remedy) == (Need.BLOCK_BASELINE, Remedy.CORRECT_INJECTION)
    assert "score pain on movement just before the next injection" in words(step)


def test_too_little_pain_before_cannot_be_mended() -> None:
    (step,) = steps(a_block(baseline=3), *readings(FOUR_READINGS))[Rule.BLOCK]
    assert (step.need, step.remedy) == (Need.BLOCK_BASELINE_LOW, Remedy.NEXT_TIME)
    assert words(step).startswith(
        "This cannot be settled any more for the injection of 02-Mar-2026: pain before it was"
    )


def test_readings_are_told_with_the_minutes_of_the_agent() -> None:
    (step,) = steps(a_block(), *readings({20: 2, 40: 2}))[Rule.BLOCK]
    assert (step.need, step.remedy) == (Need.READINGS, Remedy.NEXT_TIME)
    assert (
        "at least 4 readings between minute 15 and minute 120 (2 h), one of them at 1 h or later, "
        "one between minute 60 and minute 120" in words(step)
    )


def test_readings_can_still_be_taken_on_the_day_of_the_injection() -> None:
    (step,) = steps(a_block(), *readings({20: 2, 40: 2}), as_of="2026-03-02")[Rule.BLOCK]
    assert step.remedy is Remedy.SCORE
    assert words(step).startswith("For the injection of 02-Mar-2026, score now: at least 4 readings")


def test_a_window_past_midnight_is_open_the_next_day_but_not_after_another_injection() -> None:
    evening = datetime.fromisoformat("2026-03-02T20:00:00-05:00")  # bupivacaine usually ends 6 hours later, at 2 a.m.
    block = a_block("bupivacaine", performed_at=evening)
    other = a_block(performed_at=evening + timedelta(minutes=30), side=Side.LEFT)
    assert steps(block, as_of="2026-03-03")[Rule.BLOCK][0].remedy is Remedy.SCORE
    assert steps(block, as_of="2026-03-04")[Rule.BLOCK][0].remedy is Remedy.NEXT_TIME
    assert steps(block, other, as_of="2026-03-03")[Rule.BLOCK][0].remedy is Remedy.NEXT_TIME


def test_of_several_blocks_the_one_that_can_be_mended_is_told() -> None:
    nameless = a_block(anaesthetic=())
    unread = a_block(performed_at=NOON + timedelta(days=30))
    found = steps(nameless, unread, *readings(FOUR_READINGS))[Rule.BLOCK]
    assert [(step.need, step.injection.id) for step in found] == [(Need.AGENT, nameless.id)]


def test_where_no_block_can_be_mended_only_the_last_one_is_told() -> None:
    last = a_block(performed_at=NOON + timedelta(days=30))
    found = steps(a_block(), last)[Rule.BLOCK]
    assert [(step.need, step.remedy, step.injection.id) for step in found] == [
        (Need.READINGS, Remedy.NEXT_TIME, last.id)
    ]


def test_the_next_diagnostic_block_hangs_on_the_last_one_alone() -> None:
    nameless = a_block(anaesthetic=())
    unread = a_block(performed_at=NOON + timedelta(days=30))
    found = steps(nameless, unread, *readings(FOUR_READINGS), purpose=Purpose.DIAGNOSTIC)
    assert [(step.need, step.injection.id) for step in found[Rule.FIRST_BLOCK]] == [(Need.READINGS, unread.id)]


def test_two_blocks_that_differ_are_settled_by_another_one() -> None:
    second = NOON + timedelta(days=30)
    failing = [scored(minute, 8, start=second) for minute in FOUR_READINGS]
    found = steps(a_block(), *readings(FOUR_READINGS), a_block(performed_at=second), *failing)
    assert needs(found[Rule.BLOCK]) == [(Need.ANOTHER_BLOCK, Remedy.NEXT_TIME)]


def test_two_blocks_that_contradict_each_other_are_for_the_doctor_to_read() -> None:
    second = NOON + timedelta(days=30)
    # Lidocaine held at least 170 minutes, the longer bupivacaine at most 100: the wrong way round.
    long = [scored(minute, 2) for minute in (20, 40, 70, 110, 190)]
    short = [scored(minute, score, start=second) for minute, score in ((40, 2), (60, 2), (130, 8), (150, 8))]
    found = steps(a_block(), *long, a_block("bupivacaine", performed_at=second), *short, rules="evicore-cmm-203")
    assert needs(found[Rule.BLOCK]) == [(Need.CONTRADICTION, Remedy.CORRECT_INJECTION)]
    assert "read the blocks yourself" in words(found[Rule.BLOCK][0])


def test_what_several_blocks_leave_open_is_told_with_the_last_of_them() -> None:
    second, third = NOON + timedelta(days=30), NOON + timedelta(days=60)
    failing = [scored(minute, 8, start=start) for start in (second, third) for minute in FOUR_READINGS]
    last = a_block(performed_at=third)
    differ = steps(a_block(), *readings(FOUR_READINGS), a_block(performed_at=second), last, *failing)
    assert [(step.need, step.injection) for step in differ[Rule.BLOCK]] == [(Need.ANOTHER_BLOCK, last)]
    # As above: lidocaine held longer than bupivacaine; the third did nothing.
    long = [scored(minute, 2) for minute in (20, 40, 70, 110, 190)]
    short = [scored(minute, score, start=second) for minute, score in ((40, 2), (60, 2), (130, 8), (150, 8))]
    nothing = [scored(minute, 8, start=third) for minute in FOUR_READINGS]
    records: tuple[Injection | Entry, ...] = (
        a_block(),
        *long,
        a_block("bupivacaine", performed_at=second),
        *short,
        last,
        *nothing,
    )
    contradict = steps(*records, rules="evicore-cmm-203")
    assert [(step.need, step.injection) for step in contradict[Rule.BLOCK]] == [(Need.CONTRADICTION, last)]


# --- the steroid ------------------------------------------------------------------------------------------------------


def response(*records: Injection | Entry, as_of: str, rules: str | RuleSet = "us-medicare-sij") -> list[Step]:
    return list(steps(*records, as_of=as_of, rules=rules)[Rule.RESPONSE])


def test_a_treatment_without_a_steroid_asks_which_was_given() -> None:
    (step,) = response(treated(steroid=None), as_of=until(100))
    assert (step.need, step.remedy) == (Need.STEROID, Remedy.CORRECT_INJECTION)
    assert words(step).startswith("Write down which steroid was given on 02-Mar-2026, by correcting the injection.")


def test_without_an_average_before_it_is_the_next_weeks_before_that_count() -> None:
    (step,) = response(treated(baseline=None), *course({1: 3, 2: 3}), as_of=until(100))
    assert (step.need, step.remedy) == (Need.AVERAGE, Remedy.CORRECT_INJECTION)
    assert "on at least 4 of the 7 days before" in words(step)


def test_an_average_before_that_was_too_low_cannot_be_mended() -> None:
    (step,) = response(treated(baseline=3), *course({1: 3, 2: 3}), as_of=until(100))
    assert (step.need, step.remedy) == (Need.AVERAGE_LOW, Remedy.NEXT_TIME)


def test_too_early_names_the_date_from_which_it_can_be_told() -> None:
    injection = treated()
    (step,) = response(injection, *course({1: 6, 2: 6}), as_of=until(2))
    # Day 14 is the last of an onset, its five days end on day 18: on day 19, 21 March, it can be told.
    assert (step.need, step.remedy, step.from_on) == (Need.TIME, Remedy.WAIT, date(2026, 3, 21))
    assert (step.injection, step.days) == (injection, DayRange(first=1, last=18))
    assert words(step) == "Have the average scored each day until day 18. Judge again from 21-Mar-2026 at the latest."


def test_too_few_days_can_still_be_scored_while_enough_can_come() -> None:
    found = response(treated(), *course({1: 3, 2: 3, 3: 3}), as_of=until(14))
    # Medicare asks until 2 June, day 92: 14 days and 11 weeks. 3 are filled and 11 can come; 40% of 25 are 10.
    assert needs(tuple(found)) == [(Need.DAYS, Remedy.SCORE), (Need.DAYS, Remedy.WRITE_DOWN_DAYS)]
    assert found[0].days == DayRange(first=14, last=91)
    assert "each day from now on until day 91 (01-Jun-2026)" in words(found[0])


def test_too_few_days_that_are_over_can_only_come_from_paper() -> None:
    (step,) = response(treated(), *course({1: 3, 2: 3, 3: 3}), as_of=until(120))
    assert (step.remedy, step.days) == (Remedy.WRITE_DOWN_DAYS, DayRange(first=1, last=120))
    assert "Else this cannot be settled for it" in words(step)


@pytest.mark.parametrize(
    ("filled", "on", "can_come"),
    [
        # Of 25 slots until day 91, 10 are 40%. On day 34 16 have passed: 1 and 9 to come are 10.
        (1, 34, True),
        (1, 35, False),  # 17 have passed
        (2, 35, True),
        (9, 90, True),  # the last one makes the tenth
        (9, 91, False),
    ],
)
def test_scores_are_asked_for_as_long_as_every_slot_to_come_would_make_them_enough(
    filled: int, on: int, can_come: bool
) -> None:
    found = response(treated(), *course(dict.fromkeys(range(1, filled + 1), 3)), as_of=until(on))
    to_score = [step.days for step in found if step.remedy is Remedy.SCORE]
    assert to_score == ([DayRange(first=on, last=91)] if can_come else [])
    assert found[-1].days == DayRange(first=1, last=on)


def test_a_third_of_a_percent_too_little_is_too_little() -> None:
    # Asked until day 360: 14 days and 49 weeks. On day 189 39 slots have passed, 1 is filled, 24 can come: 25 of 63 are
    # 39.7%.
    rules = replace(US, steroid=replace(US.steroid, asked=AskedDay(day=360)))
    (step,) = response(treated(), *course({1: 3}), as_of=until(189), rules=rules)
    assert (step.remedy, step.days) == (Remedy.WRITE_DOWN_DAYS, DayRange(first=1, last=189))


def test_an_onset_that_nobody_could_see_asks_for_the_first_days() -> None:
    (step,) = response(treated(), *course(SPARSE), as_of=until(91))
    assert (step.remedy, step.days) == (Remedy.WRITE_DOWN_DAYS, DayRange(first=1, last=18))


def test_a_course_that_the_next_injection_ended_cannot_be_mended() -> None:
    first = treated(purpose=Purpose.DIAGNOSTIC, baseline=8)
    # The later block had no steroid, so the response is that to the first.
    second = a_block(performed_at=NOON + timedelta(days=20))
    (step,) = response(first, second, *course(dict.fromkeys(range(1, 20), 3)), as_of=until(100))
    assert (step.need, step.remedy) == (Need.CUT_SHORT, Remedy.NEXT_TIME)
    assert "the next injection of this side came first" in words(step)


def test_a_hole_after_the_onset_asks_for_its_days_on_paper() -> None:
    days = dict.fromkeys((*range(1, 41), *range(60, 100)), 3)
    (step,) = response(treated(), *course(days), as_of=until(100))
    assert (step.remedy, step.days) == (Remedy.WRITE_DOWN_DAYS, DayRange(first=41, last=59))


def test_a_hole_up_to_today_asks_for_its_days_too() -> None:
    (step,) = response(treated(), *course(dict.fromkeys(range(1, 81), 3)), as_of=until(110))
    assert (step.remedy, step.days) == (Remedy.WRITE_DOWN_DAYS, DayRange(first=81, last=110))


def test_scores_that_stopped_a_little_before_the_asked_day_go_on_now() -> None:
    # Asked until day 92; the last score is of day 88, and day 100 is less than 14 days later.
    (step,) = response(treated(), *course(dict.fromkeys(range(1, 89), 3)), as_of=until(100))
    assert (step.need, step.remedy, step.days) == (Need.DAYS, Remedy.SCORE, None)
    assert step.from_on == date(2026, 6, 10)  # day 100, the date of the judgement
    assert words(step) == "Have the average scored each day from now on, after the injection of 02-Mar-2026."


def test_an_end_that_may_lie_before_or_after_the_asked_day_asks_for_the_days_between() -> None:
    # Better until day 85, worse from day 96 on: whether it lasted to day 92 stands in the days between.
    days = {**dict.fromkeys(range(1, 86), 3), **dict.fromkeys(range(96, 111), 8)}
    (step,) = response(treated(), *course(days), as_of=until(110))
    assert (step.remedy, step.days) == (Remedy.WRITE_DOWN_DAYS, DayRange(first=86, last=95))


def test_an_end_after_which_nothing_was_written_asks_for_the_days_before_it() -> None:
    # Worse on day 96 alone, which a set may take for the end, and no score since.
    days = {**dict.fromkeys(range(1, 86), 3), 96: 8}
    rules = replace(US, steroid=replace(US.steroid, end_points=1))
    (step,) = response(treated(), *course(days), as_of=until(115), rules=rules)
    assert (step.remedy, step.days) == (Remedy.WRITE_DOWN_DAYS, DayRange(first=86, last=95))


def test_scores_that_stopped_before_the_next_injection_are_asked_for_until_it() -> None:
    # Asked until day 92; the last score is of day 88, and a block on day 95 ended the period.
    block = a_block(performed_at=NOON + timedelta(days=95))
    (step,) = response(treated(), block, *course(dict.fromkeys(range(1, 89), 3)), as_of=until(110))
    assert (step.remedy, step.days) == (Remedy.WRITE_DOWN_DAYS, DayRange(first=89, last=94))


ON_PAPER = {
    "too little": {1: 3, 2: 3, 3: 3},
    "too sparse for an onset": SPARSE,
    "a hole": dict.fromkeys((*range(1, 41), *range(60, 121)), 3),
    "a hole up to today": dict.fromkeys(range(1, 81), 3),
    "an end that may lie on either side": {**dict.fromkeys(range(1, 86), 3), **dict.fromkeys(range(96, 121), 8)},
}


@pytest.mark.parametrize("name", ON_PAPER)
@pytest.mark.parametrize("score", [3, 8])
def test_days_that_are_written_down_as_asked_give_the_answer(name: str, score: int) -> None:
    scores = ON_PAPER[name]
    (step,) = response(treated(), *course(scores), as_of=until(120))
    assert step.remedy is Remedy.WRITE_DOWN_DAYS
    assert step.days is not None
    asked = [day for day in range(step.days.first, step.days.last + 1) if day not in scores]
    from_paper = [on_day(day, score, recorded_at=f"{until(120)}T12:00:00-04:00") for day in asked]
    assert Rule.RESPONSE not in steps(treated(), *course(scores), *from_paper, as_of=until(120))


def test_every_step_of_a_steroid_is_about_the_last_treatment_of_the_side() -> None:
    last = treated(performed_at=NOON + timedelta(days=40), steroid=None)
    (step,) = response(treated(steroid=TRIAMCINOLONE), last, as_of=until(100))
    assert step.injection.id == last.id


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_open_question_of_the_worked_cases_has_its_step_in_words_on_every_day(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    diary, last = read_diary(case["diary"]), date.fromisoformat(case["as_of"])
    for back, name in product((0, 1, 20, 60, 90, 100, 120), shipped_names()):
        rules = shipped(name)
        standing = in_force(diary, as_of=last - timedelta(days=back))
        assessment = judge(standing, rules)
        for repeat in assessment.repeats:
            unknown = {result.rule for result in repeat.rules if result.result is Outcome.UNKNOWN}
            found = steps_to_settle(repeat, assessment, standing)
            assert found.keys() == unknown
            for step in chain.from_iterable(found.values()):
                assert step_in_words(step, rules).endswith(".")
                assert step.days is None or 1 <= step.days.first <= step.days.last
            assert all(found.values())


def test_a_set_without_rules_of_repeat_leaves_nothing_to_settle() -> None:
    assert steps(a_block(anaesthetic=(), baseline=None), rules="trial-50") == {}
