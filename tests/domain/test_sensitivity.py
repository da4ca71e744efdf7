"""How the verdicts hang on threshold and rule set: expected values are worked out by hand from the rules."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from diary.domain.block import BlockVerdict, judge_block, judge_blocks
from diary.domain.diary import Diary, Entry
from diary.domain.in_force import in_force
from diary.domain.rulesets import RuleSet, shipped, shipped_names
from diary.domain.sensitivity import Look, Sensitivity, at_threshold, sensitivity
from diary.domain.steroid import SteroidVerdict, judge_steroid, judge_steroids
from tests.domain.judging import Record, a_block, course, readings, taken, treated, until
from tests.domain.test_laws import moments
from tests.factories import a_diary
from tests.strategies import diaries

US = shipped("us-medicare-sij")
# Of a baseline of 8, 50% is passed by 4 and lower, 75% by 2, 80% by 1.
STEADY: dict[float, int] = {15: 2, 30: 1, 45: 1, 60: 2, 90: 2}
# Of an average of 8, 3 passes 50% and fails 75%; each of the first days and weeks until past three months.
RELIEF = dict.fromkeys([*range(1, 15), *range(21, 99, 7)], 3)


def sensitivity_of(*records: Record, rules: RuleSet = US, as_of: str = "2026-12-31") -> Sensitivity:
    """That of the first injection."""
    standing = in_force(a_diary(*records), as_of=date.fromisoformat(as_of))
    return sensitivity(standing.injections[0], standing, rules, others=map(shipped, shipped_names()))


def block_at(percent: int, *records: Record, sustained: bool = True) -> BlockVerdict:
    """The block's verdict by the American set with another threshold."""
    rules = replace(US, block=replace(US.block, sustained=sustained))
    standing = in_force(a_diary(*records), as_of=date(2026, 12, 31))
    return judge_block(standing.injections[0], standing, at_threshold(rules, percent)).verdict


def blocks(looks: tuple[Look, ...]) -> list[BlockVerdict]:
    return [look.block.verdict for look in looks]


def steroids(looks: tuple[Look, ...]) -> list[SteroidVerdict]:
    return [look.steroid.verdict for look in looks]


def test_a_block_that_just_meets_hangs_on_the_threshold_alone() -> None:
    found = sensitivity_of(a_block(), *readings(STEADY))
    assert blocks(found.at_thresholds) == [BlockVerdict.MEETS, BlockVerdict.MEETS, BlockVerdict.PARTLY]
    assert blocks(found.under_sets) == [BlockVerdict.MEETS] * 3
    assert [look.threshold for look in found.by_threshold] == [80]
    assert (found.by_set, found.by_analgesics, found.stable) == ((), (), False)


def test_a_block_without_pain_left_is_stable() -> None:
    found = sensitivity_of(a_block(), *readings({15: 0, 30: 0, 45: 0, 60: 0, 90: 0}))
    assert found.stable
    assert blocks(found.looks) == [BlockVerdict.MEETS] * 7


def test_a_steroid_that_eases_by_half_hangs_on_threshold_and_rule_set() -> None:
    found = sensitivity_of(treated(8), *course(RELIEF), as_of=until(100))
    assert found.own.steroid.verdict is SteroidVerdict.MEETS
    assert steroids(found.at_thresholds) == [
        SteroidVerdict.MEETS,
        SteroidVerdict.DOES_NOT_MEET,
        SteroidVerdict.DOES_NOT_MEET,
    ]
    assert [look.rules.name for look in found.by_set] == ["evicore-cmm-203"]
    assert [look.threshold for look in found.by_threshold] == [75, 80]


def test_a_medicine_in_the_window_is_seen_under_every_look() -> None:
    # The readings at 15 and 30 are left: too few for any set. With the others counted the block meets.
    found = sensitivity_of(a_block(), *readings({15: 0, 30: 0, 45: 0, 60: 0, 90: 0}), taken(40))
    assert blocks(found.looks) == [BlockVerdict.CANNOT_TELL] * 7
    assert found.by_analgesics == found.looks
    assert not found.stable


def test_the_clinics_own_set_is_not_told_twice_and_a_changed_one_is_beside_the_shipped() -> None:
    names = [look.rules.name for look in sensitivity_of(a_block()).under_sets]
    assert names == ["evicore-cmm-203", "norfolk-icb", "trial-50"]
    changed = replace(US, version=2, block=replace(US.block, threshold=60))
    assert len(sensitivity_of(a_block(), rules=changed).under_sets) == 4


def test_another_threshold_leaves_a_valid_set_and_changes_nothing_else() -> None:
    odd = replace(US, block=replace(US.block, partial_threshold=60))
    for percent, partial in ((50, 50), (75, 60), (80, 60)):
        moved = at_threshold(odd, percent)
        assert (moved.block.threshold, moved.block.partial_threshold) == (percent, partial)
        assert moved.steroid.threshold == percent
        back = replace(moved, block=odd.block, steroid=replace(moved.steroid, threshold=odd.steroid.threshold))
        assert back == odd


# --- laws -------------------------------------------------------------------------------------------------------------


@given(diaries(), st.sampled_from(shipped_names()).map(shipped))
def test_one_injection_alone_is_judged_as_among_all(diary: Diary, rules: RuleSet) -> None:
    standing = in_force(diary, as_of=date(2020, 2, 20))
    for injection, block, steroid in zip(
        standing.injections,
        judge_blocks(standing, rules)[0],
        judge_steroids(standing, rules.steroid),
        strict=True,
    ):
        # A pair can confirm a block: that caution alone needs the others.
        assert replace(judge_block(injection, standing, rules), cautions=block.cautions) == block
        assert judge_steroid(injection, standing, rules.steroid) == steroid


thresholds = st.tuples(st.integers(30, 100), st.integers(30, 100)).map(sorted)


@given(moments(), st.integers(1, 10), thresholds)
def test_asking_more_never_helps_a_block_that_does_not_meet(
    found: list[Entry], baseline: int, asked: list[int]
) -> None:
    lower, higher = (block_at(percent, a_block(baseline=baseline), *found) for percent in asked)
    assert (lower is BlockVerdict.CANNOT_TELL) == (higher is BlockVerdict.CANNOT_TELL)
    if lower is BlockVerdict.DOES_NOT_MEET:
        assert higher is BlockVerdict.DOES_NOT_MEET


@given(moments(), st.integers(4, 10), thresholds)
def test_without_sustained_relief_asking_more_never_helps(found: list[Entry], baseline: int, asked: list[int]) -> None:
    lower, higher = (block_at(percent, a_block(baseline=baseline), *found, sustained=False) for percent in asked)
    order = list(BlockVerdict)
    assert order.index(lower) <= order.index(higher)


def test_where_relief_must_be_sustained_asking_more_can_help() -> None:
    # Of 10, 50% is passed by 5: from minute 15 on, but 20 fails. 75% is passed by 2: from minute 30 on, and all pass.
    records: list[Record] = [a_block(baseline=10), *readings({15: 5, 20: 7, 30: 2, 40: 2, 60: 2})]
    assert block_at(50, *records) is BlockVerdict.PARTLY
    assert block_at(75, *records) is BlockVerdict.MEETS
