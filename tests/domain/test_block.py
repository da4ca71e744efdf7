"""The block, section 2 of the rules: every expected value is worked out by hand from the text."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

import pytest

from diary.domain.block import Block, BlockCaution, BlockReason, BlockVerdict, Fit, PairResult, Peak
from diary.domain.diary import Purpose, Scores, Side, Target
from diary.domain.readings import SetAside
from diary.domain.relief import Interval
from diary.domain.rulesets import shipped
from diary.domain.rulesets.parts import Agent
from tests.domain.judging import NOON, TRIAMCINOLONE, Record, a_block, block_of, judged, readings, scored, taken

# Lidocaine: onset 15, hold 60, usual end 120, tail end 240. Of a baseline of 8, 75% is passed by 2 and lower.
STEADY: dict[float, int] = {15: 2, 30: 1, 45: 1, 60: 2, 90: 2}


def reasons_aside(block: Block) -> list[SetAside]:
    return [excluded.reason for excluded in block.excluded]


# --- readings ---------------------------------------------------------------------------------------------------------


def test_readings_go_from_onset_to_usual_end_both_included() -> None:
    block = block_of(a_block(), *readings({-1: 5, 0: 8, 14: 7, 15: 2, 120: 2, 121: 2}))
    assert [reading.minute for reading in block.readings] == [15, 120]
    assert [(excluded.minute, excluded.reason) for excluded in block.excluded] == [
        (0, SetAside.BEFORE_ONSET),
        (14, SetAside.BEFORE_ONSET),
    ]


def test_a_minute_is_rounded_down() -> None:
    block = block_of(a_block(), *readings({14.99: 2, 120.99: 2}))
    assert [reading.minute for reading in block.readings] == [120]


@pytest.mark.parametrize(
    ("minute", "after", "late"), [(60, 15, False), (60, 15.02, True), (61, 60, False), (61, 60.02, True)]
)
def test_late_is_more_than_15_minutes_until_minute_60_and_more_than_60_after(
    minute: int, after: float, late: bool
) -> None:
    block = block_of(a_block(), scored(minute, 2, after=after))
    assert reasons_aside(block) == ([SetAside.LATE] if late else [])


def test_a_late_correction_makes_a_score_late_only_where_it_changes_or_adds_it() -> None:
    first, same = scored(20, 2), scored(30, 2)
    changed = replace(first, id=scored(0, 0).id, revises=first.id, recorded_at=first.recorded_at + timedelta(hours=1))
    changed = replace(changed, scores=Scores(movement=3))
    kept = replace(same, id=scored(0, 0).id, revises=same.id, recorded_at=same.recorded_at + timedelta(hours=1))
    kept = replace(kept, scores=Scores(movement=2, rest=1))
    block = block_of(a_block(), first, same, changed, kept)
    assert [reading.minute for reading in block.readings] == [30]
    assert [(excluded.entry_id, excluded.reason) for excluded in block.excluded] == [(changed.id, SetAside.LATE)]


def test_a_correction_in_time_counts_and_is_not_late() -> None:
    first = scored(20, 8)
    second = replace(first, id=scored(0, 0).id, revises=first.id, recorded_at=first.recorded_at + timedelta(minutes=15))
    [reading] = block_of(a_block(), first, replace(second, scores=Scores(movement=2))).readings
    assert (reading.score, reading.entry_id) == (2, second.id)


@pytest.mark.parametrize(("taken_at", "confounded"), [(-329, True), (-330, False), (30, True), (31, False)])
def test_a_rescue_medicine_confounds_the_six_hours_from_its_minute_on(taken_at: int, confounded: bool) -> None:
    block = block_of(a_block(), scored(30, 2), taken(taken_at))
    assert reasons_aside(block) == ([SetAside.ANALGESIC] if confounded else [])


def test_only_rescue_confounds_and_a_withdrawn_medicine_does_not() -> None:
    mistake = taken(10)
    withdrawn = replace(mistake, id=scored(0, 0).id, revises=mistake.id, withdrawn=True)
    block = block_of(a_block(), scored(30, 2), taken(0, rescue=False), mistake, withdrawn)
    assert reasons_aside(block) == []


def test_a_moment_that_says_a_medicine_was_taken_confounds_itself_and_what_follows() -> None:
    block = block_of(a_block(), scored(20, 2), scored(30, 2, analgesic=True), scored(40, 2), scored(50, 2))
    assert reasons_aside(block) == [SetAside.ANALGESIC] * 3


def test_a_reading_needs_five_minutes_from_the_reading_before_not_from_what_was_set_aside() -> None:
    block = block_of(a_block(), *readings({20: 2, 24: 2, 25: 2, 29: 2}))
    assert [reading.minute for reading in block.readings] == [20, 25]
    assert reasons_aside(block) == [SetAside.TOO_CLOSE, SetAside.TOO_CLOSE]


def test_from_the_next_injection_of_any_side_on_nothing_counts() -> None:
    other = a_block(performed_at=NOON + timedelta(minutes=40), side=Side.LEFT)
    block = block_of(a_block(), other, scored(39, 2), scored(40, None), scored(60, 2))
    assert [reading.minute for reading in block.readings] == [39]
    assert reasons_aside(block) == [SetAside.AFTER_NEXT_INJECTION] * 2


def test_an_injection_at_the_same_instant_is_not_a_next_one() -> None:
    block = block_of(a_block(), a_block(side=Side.LEFT), scored(30, 2))
    assert len(block.readings) == 1


def test_no_score_is_listed_under_the_entry_that_stands_and_before_every_later_reason() -> None:
    silent = scored(5, None, after=90)
    [excluded] = block_of(a_block(), silent).excluded
    assert (excluded.entry_id, excluded.reason) == (silent.id, SetAside.NO_SCORE)


def test_what_is_set_aside_is_listed_under_the_entry_that_gives_the_score() -> None:
    at_rest = scored(5, None, scores=Scores(rest=7))
    on_movement = scored(5, 7, after=1)
    [excluded] = block_of(a_block(), at_rest, on_movement).excluded
    assert (excluded.entry_id, excluded.reason) == (on_movement.id, SetAside.BEFORE_ONSET)


def test_a_medicine_of_a_later_local_date_is_not_used() -> None:
    # Ten past noon in New York is the third of March on Kiritimati, whose offset this medicine bears.
    medicine = taken(10)
    there = replace(medicine, taken_at=medicine.taken_at.astimezone(timezone(timedelta(hours=14))))
    assert block_of(a_block(), scored(30, 2), there, as_of="2026-03-02").excluded == ()
    assert reasons_aside(block_of(a_block(), scored(30, 2), there, as_of="2026-03-03")) == [SetAside.ANALGESIC]


def test_an_agent_that_acts_beyond_the_day_is_read_to_its_own_end() -> None:
    rules = shipped("trial-50")
    liposomal = Agent(name="liposomal bupivacaine", onset=30, hold=600, usual_end=2000, tail_end=2800)
    slow = replace(rules, agents=(*rules.agents, liposomal))
    scores = readings({1439: 2, 1500: 2, 2000: 2, 2001: 2})
    [block] = judged(a_block("liposomal bupivacaine"), *scores, rules=slow, as_of="2026-03-31").blocks
    assert [reading.minute for reading in block.readings] == [1439, 1500, 2000]


def test_what_was_written_first_stands_for_its_minute_whatever_the_offset() -> None:
    first = scored(30, 2)
    again = scored(30.5, 9, after=1)
    elsewhere = replace(
        again, at=(again.at or NOON).astimezone(datetime.fromisoformat("2026-01-01T00:00+05:30").tzinfo)
    )
    [reading] = block_of(a_block(), elsewhere, first).readings
    assert (reading.score, reading.minute, reading.entry_id) == (2, 30, first.id)


def test_the_series_is_movement_where_it_has_a_baseline_else_rest_and_never_both() -> None:
    both = [scored(minute, 2, scores=Scores(movement=2, rest=1)) for minute in (20, 30)]
    on_movement = block_of(a_block(), *both, scored(40, None, scores=Scores(rest=1)))
    at_rest = block_of(replace(a_block(), baseline=Scores(rest=6)), *both)
    assert (on_movement.series, on_movement.baseline, len(on_movement.readings)) == ("movement", 8, 2)
    assert (at_rest.series, at_rest.baseline, [r.score for r in at_rest.readings]) == ("rest", 6, [1, 1])


def test_without_a_known_agent_there_is_no_window_and_nothing_is_listed() -> None:
    block = block_of(a_block("articaine"), *readings(STEADY))
    assert (block.readings, block.excluded, block.window) == ((), (), None)
    assert block.reasons == (
        BlockReason.NO_AGENT,
        BlockReason.TOO_FEW_READINGS,
        BlockReason.NONE_AFTER_AN_HOUR,
        BlockReason.NONE_AT_HOLD,
    )


@pytest.mark.parametrize(
    ("agents", "window"),
    [
        (("LIDOCAINE Hydrochloride",), (15, 60, 120, 240)),
        (("lignocaine HCl",), (15, 60, 120, 240)),
        (("Carbocaine",), (15, 90, 180, 360)),
        (("Marcaine",), (30, 120, 360, 720)),
        (("naropin",), (30, 120, 360, 720)),
        (("lidocaine", "bupivacaine"), (15, 120, 360, 720)),
        (("articaine", "mepivacaine"), (15, 90, 180, 360)),
        (("lidocaine with adrenaline",), None),
        (("levobupivacaine",), None),
        ((" ",), None),
    ],
)
def test_an_agents_window_goes_by_its_name_and_a_mixture_takes_the_widest(
    agents: tuple[str, ...], window: tuple[int, ...] | None
) -> None:
    found = shipped("trial-50").window(a_block(*agents).anaesthetic)
    assert (found and (found.onset, found.hold, found.usual_end, found.tail_end)) == window


# --- verdict ----------------------------------------------------------------------------------------------------------


def test_a_sustained_block_meets_the_rule() -> None:
    block = block_of(a_block(), *readings({**STEADY, 180: 7}))
    assert (block.verdict, block.reasons, block.fit) == (BlockVerdict.MEETS, (), Fit.FITS)
    assert block.duration == Interval(at_least=75, at_most=165)
    assert block.peak == Peak(relief=Fraction(175, 2), score=1, minute=30)


@pytest.mark.parametrize(
    ("baseline", "by_minute", "reasons"),
    [
        (3, STEADY, {BlockReason.LOW_BASELINE}),
        (0, STEADY, {BlockReason.LOW_BASELINE}),
        (8, {15: 2, 30: 1, 60: 2}, {BlockReason.TOO_FEW_READINGS}),
        (8, {15: 2, 30: 1, 45: 2, 59: 2}, {BlockReason.NONE_AFTER_AN_HOUR, BlockReason.NONE_AT_HOLD}),
    ],
)
def test_what_cannot_be_told_says_every_reason(
    baseline: int, by_minute: dict[float, int], reasons: set[BlockReason]
) -> None:
    block = block_of(a_block(baseline=baseline), *readings(by_minute))
    assert (block.verdict, set(block.reasons)) == (BlockVerdict.CANNOT_TELL, reasons)
    assert not block.borderline


def test_without_any_baseline_pain_at_rest_is_read_and_nothing_is_compared() -> None:
    at_rest = [scored(minute, None, scores=Scores(rest=1)) for minute in STEADY]
    block = block_of(a_block(baseline=None), *at_rest)
    assert (block.series, len(block.readings), block.reasons) == ("rest", 5, (BlockReason.NO_BASELINE,))


def test_a_reading_at_hold_may_come_up_to_an_hour_after_it_where_relief_must_last() -> None:
    mepivacaine = a_block("mepivacaine")  # hold 90: from 90 to 150
    early = {15: 2, 30: 2, 45: 2, 89: 2}
    assert block_of(mepivacaine, *readings({**early, 150: 2})).verdict is BlockVerdict.MEETS
    assert block_of(mepivacaine, *readings({**early, 151: 2})).reasons == (BlockReason.NONE_AT_HOLD,)
    assert block_of(mepivacaine, *readings({**early, 151: 2}), rules="evicore-cmm-203").reasons == ()


@pytest.mark.parametrize(
    ("by_minute", "verdict"),
    [
        ({15: 2, 30: 3, 45: 2, 60: 2}, BlockVerdict.PARTLY),  # a failure between the first and hold
        ({15: 8, 30: 2, 45: 2, 60: 3, 61: 2}, BlockVerdict.PARTLY),  # the first at hold fails
        ({15: 8, 30: 8, 60: 2, 75: 2}, BlockVerdict.PARTLY),  # the first passes at hold, not before
        ({15: 8, 30: 8, 59: 2, 64: 2}, BlockVerdict.MEETS),
        ({15: 8, 30: 4, 45: 5, 60: 4}, BlockVerdict.DOES_NOT_MEET),  # half, but never two in a row
        ({15: 8, 30: 4, 45: 4, 60: 5}, BlockVerdict.PARTLY),
        ({15: 8, 30: 8, 45: 8, 60: 8}, BlockVerdict.DOES_NOT_MEET),
    ],
)
def test_sustained_relief_of_75_percent(by_minute: dict[float, int], verdict: BlockVerdict) -> None:
    assert block_of(a_block(), *readings(by_minute)).verdict is verdict


def test_without_sustained_relief_any_two_in_a_row_are_enough() -> None:
    by_minute: dict[float, int] = {15: 8, 30: 8, 60: 2, 75: 2}
    assert block_of(a_block(), *readings(by_minute), rules="evicore-cmm-203").verdict is BlockVerdict.MEETS


def test_relief_that_wore_off_before_hold_minus_onset_is_shorter_and_never_sustained() -> None:
    # A score of 4 minutes after a reading is no reading (too close), but it ends the duration: 44 < 60 - 15.
    by_minute: dict[float, int] = {15: 2, 20: 2, 40: 2, 55: 2, 59: 8, 60: 2}
    block = block_of(a_block(), *readings(by_minute))
    assert block.duration == Interval(at_least=40, at_most=44)
    assert (block.fit, block.verdict) == (Fit.SHORTER, BlockVerdict.PARTLY)
    assert BlockCaution.SHORTER_THAN_AGENT in block.cautions


@pytest.mark.parametrize(
    ("by_minute", "fit"),
    [
        ({15: 2, 59: 2, 60: 8}, Fit.UNKNOWN),  # at least 44, at most 45: not shorter than 45, not surely 45
        ({15: 2, 60: 2, 61: 8}, Fit.FITS),
        ({15: 2, 255: 2}, Fit.FITS),  # 240 is not more than the tail end
        ({15: 2, 256: 2}, Fit.LONGER),
        ({15: 8}, Fit.UNKNOWN),
        ({15: 2, 58: 2, 59: 8}, Fit.SHORTER),
    ],
)
def test_how_the_duration_fits_the_agent(by_minute: dict[float, int], fit: Fit) -> None:
    assert block_of(a_block(), *readings(by_minute)).fit is fit


def test_a_duration_goes_to_minute_1440_and_stops_at_a_confounded_score() -> None:
    assert block_of(a_block(), *readings({15: 2, 1440: 2, 1441: 8})).duration == Interval(at_least=1425, at_most=None)
    stopped = block_of(a_block(), *readings({15: 2, 100: 2, 300: 2, 320: 8}), taken(250))
    assert stopped.duration == Interval(at_least=85, at_most=None)


def test_a_duration_passes_over_late_scores_and_missing_ones() -> None:
    block = block_of(a_block(), *readings({15: 2, 100: 2}), scored(50, 8, after=16), scored(60, None), scored(130, 8))
    assert block.duration == Interval(at_least=85, at_most=115)


def test_a_later_score_of_the_same_minute_still_ends_relief() -> None:
    injected = NOON + timedelta(seconds=30)  # 12:20:40 and 12:21:10 are two clock minutes, both minute 20
    block = block_of(a_block(performed_at=injected), scored(20.7, 2), scored(21.2, 8))
    assert block.duration == Interval(at_least=0, at_most=0)


# --- beside the verdict -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("baseline", "by_minute", "borderline"),
    [
        (8, {15: 2, 30: 2, 45: 2, 60: 2}, True),  # 75% of 7 asks for 1
        (8, {15: 1, 30: 1, 45: 1, 60: 1}, False),  # the lowest at 2 still passes, as does a baseline of 7
        (8, {15: 8, 30: 8, 45: 8, 60: 8}, False),
        (4, {15: 4, 30: 4, 50: 1, 60: 1}, True),  # the lowest at 2 leaves one alone; 3 would be no baseline
    ],
)
def test_borderline_is_where_one_point_would_change_the_class(
    baseline: int, by_minute: dict[float, int], borderline: bool
) -> None:
    assert block_of(a_block(baseline=baseline), *readings(by_minute)).borderline is borderline


@pytest.mark.parametrize(
    ("threshold", "in_a_row", "baseline", "by_minute", "borderline"),
    [
        # A baseline of 8 still passes with 2; one of 7, which would not, is two points away.
        (75, 2, 9, {15: 2, 30: 2, 45: 2, 60: 2}, False),
        # 80% of 4 asks for 0, and 4 is not below the lowest that counts.
        (80, 2, 5, {15: 1, 30: 1, 45: 1, 60: 1}, True),
        # Half of 10 is 5.
        (75, 2, 9, {15: 5, 30: 5, 45: 5, 60: 5}, True),
        # 3 would pass 72% of 11, but no scale goes there.
        (72, 2, 10, {15: 3, 30: 3, 45: 3, 60: 3}, False),
        # 80% of 4 asks for 0: the earliest 0 raised to 1 leaves the other alone.
        (80, 2, 4, {15: 0, 30: 0, 45: 4, 60: 4}, True),
        # Where one reading is enough, 3 lowered to 2 passes 75% of 8.
        (75, 1, 8, {15: 3, 30: 3, 45: 3, 60: 3}, True),
        # 4 lowered by one does not, by two it would; half of 8, of 9 and of 10 it passes all the same.
        (75, 1, 9, {15: 4, 30: 4, 45: 4, 60: 4}, False),
        # 100% asks for 0, and 1 lowered is 0.
        (100, 1, 8, {15: 1, 30: 1, 45: 1, 60: 1}, True),
    ],
)
def test_borderline_moves_baseline_and_lowest_by_one_point_and_no_further(
    threshold: int, in_a_row: int, baseline: int, by_minute: dict[float, int], borderline: bool
) -> None:
    rules = shipped("evicore-cmm-203")
    changed = replace(rules, block=replace(rules.block, threshold=threshold, in_a_row=in_a_row))
    [block] = judged(a_block(baseline=baseline), *readings(by_minute), rules=changed, as_of="2026-03-31").blocks
    assert block.borderline is borderline


def test_what_a_medicine_hides_is_told_beside_the_verdict() -> None:
    block = block_of(a_block(sedation=True, steroid=TRIAMCINOLONE), *readings(STEADY), taken(40))
    assert (block.verdict, block.with_confounded) == (BlockVerdict.CANNOT_TELL, BlockVerdict.MEETS)
    assert block.cautions == (
        BlockCaution.SEDATION,
        BlockCaution.ANALGESIC_CHANGES_VERDICT,
        BlockCaution.SINGLE_AGENT_BLOCK,
        BlockCaution.STEROID_IN_BLOCK,
    )


def test_without_the_analgesic_the_duration_is_not_stopped_either() -> None:
    # Minute 58 is too close to be a reading; counted, it makes the relief shorter than the agent explains.
    by_minute: dict[float, int] = {15: 2, 25: 2, 35: 2, 55: 2, 58: 8, 60: 2}
    block = block_of(a_block(), *readings(by_minute), taken(57))
    assert block.duration == Interval(at_least=40, at_most=None)
    assert block.with_confounded is BlockVerdict.PARTLY


@pytest.mark.parametrize("score", range(11))
def test_relief_of_no_baseline_or_0_is_never_a_figure(score: int) -> None:
    for baseline in (None, 0):
        block = block_of(a_block(baseline=baseline), *readings(dict.fromkeys((15, 30, 45, 60), score)))
        assert (block.peak, block.duration, block.fit) == (None, None, Fit.UNKNOWN)


# --- pairs ------------------------------------------------------------------------------------------------------------

SHORT = [scored(minute, score) for minute, score in {15: 2, 30: 2, 45: 2, 60: 2, 75: 8}.items()]
LATER = NOON + timedelta(days=14)


def long_block(by_minute: dict[float, int], **changes: Any) -> list[Record]:
    given: list[Record] = [a_block("bupivacaine", performed_at=LATER, **changes)]
    return given + [scored(minute, score, start=LATER) for minute, score in by_minute.items()]


@pytest.mark.parametrize(
    ("by_minute", "result"),
    [
        ({30: 2, 60: 2, 91: 2, 130: 2}, PairResult.CONCORDANT),  # at least 100 against at most 60
        ({30: 2, 60: 2, 89: 2, 90: 2, 120: 8}, PairResult.INDETERMINATE),  # at least 60 is not more than 60
        ({30: 2, 35: 2, 60: 8, 120: 8}, PairResult.DISCORDANT),  # at least 45 against at most 30
        ({30: 8, 35: 8, 60: 8, 120: 8}, PairResult.NOT_CONFIRMED),
        ({30: 2, 35: 2, 60: 2}, PairResult.CANNOT_TELL),
    ],
)
def test_two_blocks_are_compared_by_how_long_each_agent_held(by_minute: dict[float, int], result: PairResult) -> None:
    [pair] = judged(a_block(), *SHORT, *long_block(by_minute), rules="evicore-cmm-203", as_of="2026-04-01").pairs
    assert pair.result is result


def test_a_block_that_a_second_agent_confirms_is_no_longer_single() -> None:
    assessment = judged(
        a_block(), *SHORT, *long_block({30: 2, 60: 2, 91: 2, 130: 2}), rules="trial-50", as_of="2026-04-01"
    )
    assert [BlockCaution.SINGLE_AGENT_BLOCK in block.cautions for block in assessment.blocks] == [False, False]


def test_the_same_agent_twice_or_an_unknown_one_cannot_be_compared() -> None:
    for agent in ("xylocaine", "articaine"):
        assessment = judged(a_block(), a_block(agent, performed_at=LATER), as_of="2026-04-01")
        assert [pair.result for pair in assessment.pairs] == [PairResult.NOT_COMPARABLE]


@pytest.mark.parametrize(
    "other",
    [{"side": Side.BOTH}, {"side": Side.LEFT}, {"target": Target.JOINT}, {"purpose": Purpose.THERAPEUTIC}],
    ids=str,
)
def test_only_diagnostic_injections_of_equal_side_and_target_are_pairs(other: dict[str, object]) -> None:
    assert judged(a_block(), *long_block({}, **other), as_of="2026-04-01").pairs == ()


# --- as of ------------------------------------------------------------------------------------------------------------


def test_what_is_of_a_later_local_date_is_not_used() -> None:
    late_at_night = datetime.fromisoformat("2026-03-02T23:30:00-05:00")
    records = (
        a_block(performed_at=late_at_night),
        scored(20, 2, start=late_at_night),
        scored(40, 2, start=late_at_night),
    )
    assert [r.minute for r in block_of(*records, as_of="2026-03-02").readings] == [20]
    assert [r.minute for r in block_of(*records, as_of="2026-03-03").readings] == [20, 40]
    assert judged(*records, as_of="2026-03-01").blocks == ()


def test_an_injection_in_the_future_does_not_cut_what_was_before() -> None:
    tomorrow = a_block(performed_at=NOON + timedelta(days=1))
    block = block_of(a_block(), tomorrow, *readings(STEADY), as_of="2026-03-02")
    assert block.verdict is BlockVerdict.MEETS


def test_an_empty_diary_has_no_verdicts() -> None:
    assessment = judged(as_of="2026-03-02")
    assert (assessment.blocks, assessment.pairs, assessment.steroids, assessment.repeats) == ((), (), (), ())
