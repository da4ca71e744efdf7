"""The block: response in the anaesthetic window, judged from scores that were taken live.

The rules are under "The block" in ``docs/reference/judgement.md``; every number comes from the rule set.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from uuid import UUID

from diary.domain.diary import Injection, Instrument, Purpose
from diary.domain.in_force import InForce
from diary.domain.readings import Course, Excluded, Reading, course_of, courses
from diary.domain.relief import Interval, fails, passes, relief
from diary.domain.rulesets import RuleSet
from diary.domain.rulesets.parts import Window


class BlockVerdict(StrEnum):
    MEETS = "meets"
    PARTLY = "partly"
    DOES_NOT_MEET = "does-not-meet"
    CANNOT_TELL = "cannot-tell"


class BlockReason(StrEnum):
    """Why a block cannot be told, in the order in which reasons are listed."""

    NO_AGENT = "no-agent"
    NO_BASELINE = "no-baseline"
    LOW_BASELINE = "low-baseline"
    TOO_FEW_READINGS = "too-few-readings"
    NONE_AFTER_AN_HOUR = "none-after-an-hour"
    NONE_AT_HOLD = "none-at-hold"


class Fit(StrEnum):
    """How the duration of relief fits the agent that was given."""

    FITS = "fits"
    SHORTER = "shorter"
    LONGER = "longer"
    UNKNOWN = "unknown"


class BlockCaution(StrEnum):
    """What to know beside the verdict, in the order in which it is told."""

    SEDATION = "sedation"
    ANALGESIC_CHANGES_VERDICT = "analgesic-changes-verdict"
    SHORTER_THAN_AGENT = "shorter-than-agent"
    SINGLE_AGENT_BLOCK = "single-agent-block"
    STEROID_IN_BLOCK = "steroid-in-block"


class PairResult(StrEnum):
    NOT_COMPARABLE = "not-comparable"
    NOT_CONFIRMED = "not-confirmed"
    CANNOT_TELL = "cannot-tell"
    CONCORDANT = "concordant"
    DISCORDANT = "discordant"
    INDETERMINATE = "indeterminate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """Relief in percent at the lowest reading, and the first minute at which it was reached."""

    relief: Fraction
    score: int
    minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The verdict on one injection's block, with everything that it rests on."""

    injection: Injection
    verdict: BlockVerdict
    reasons: tuple[BlockReason, ...]
    series: Instrument
    baseline: int | None
    threshold: int
    window: Window | None
    readings: tuple[Reading, ...]
    excluded: tuple[Excluded, ...]
    peak: Peak | None
    borderline: bool
    with_confounded: BlockVerdict
    duration: Interval | None
    fit: Fit
    cautions: tuple[BlockCaution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two diagnostic blocks of one side and target, by time."""

    first: Injection
    second: Injection
    result: PairResult


def judge_blocks(standing: InForce, rules: RuleSet) -> tuple[tuple[Block, ...], tuple[Pair, ...]]:
    """The block of every injection in force, in their order, and the pairs of diagnostic ones."""
    alone = tuple(_judge(course, rules) for course in courses(standing, rules))
    pairs = _pairs(alone)
    confirmed = {
        injection.id
        for pair in pairs
        if pair.result is PairResult.CONCORDANT
        for injection in (pair.first, pair.second)
    }
    return tuple(replace(block, cautions=_cautions(block, confirmed)) for block in alone), pairs


def judge_block(injection: Injection, standing: InForce, rules: RuleSet) -> Block:
    """The block of one injection in force, looked at alone: no other block confirms it."""
    block = _judge(course_of(injection, standing, rules), rules)
    return replace(block, cautions=_cautions(block, set()))


def _judge(course: Course, rules: RuleSet) -> Block:
    readings, excluded = course.readings()
    case = _Case(rules, course.window, course.baseline, readings, course.scores())
    regardless = course.regardless_of_analgesics()
    case_regardless = _Case(rules, course.window, course.baseline, regardless.readings()[0], regardless.scores())
    return Block(
        injection=course.injection,
        verdict=case.verdict(),
        reasons=case.reasons(),
        series=course.series,
        baseline=course.baseline,
        threshold=rules.block.threshold,
        window=course.window,
        readings=readings,
        excluded=excluded,
        peak=case.peak(),
        borderline=case.borderline(),
        with_confounded=case_regardless.verdict(),
        duration=case.duration(),
        fit=case.fit(),
        cautions=(),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """The numbers that a verdict is computed from; moved by a point, they show whether it is borderline."""

    rules: RuleSet
    window: Window | None
    baseline: int | None
    readings: tuple[Reading, ...]
    scores: tuple[Reading, ...]

    def verdict(self) -> BlockVerdict:
        if self.reasons():
            return BlockVerdict.CANNOT_TELL
        if self._in_a_row(self._passes) and (not self.rules.block.sustained or self._sustained()):
            return BlockVerdict.MEETS
        if self._in_a_row(lambda x: passes(x, self.baseline, self.rules.block.partial_threshold)):
            return BlockVerdict.PARTLY
        return BlockVerdict.DOES_NOT_MEET

    def reasons(self) -> tuple[BlockReason, ...]:
        rules, minutes = self.rules.block, [reading.minute for reading in self.readings]
        hold = self.window.hold if self.window else None
        applies = {
            BlockReason.NO_AGENT: self.window is None,
            BlockReason.NO_BASELINE: self.baseline is None,
            BlockReason.LOW_BASELINE: self.baseline is not None and self.baseline < rules.low_baseline,
            BlockReason.TOO_FEW_READINGS: len(minutes) < rules.fewest_readings,
            BlockReason.NONE_AFTER_AN_HOUR: all(minute < rules.after_minute for minute in minutes),
            BlockReason.NONE_AT_HOLD: rules.sustained
            and not any(hold is not None and hold <= minute <= hold + rules.hold_minutes for minute in minutes),
        }
        return tuple(reason for reason, does in applies.items() if does)

    def peak(self) -> Peak | None:
        lowest = self._lowest()
        if lowest is None or (percent := relief(lowest.score, self.baseline)) is None:
            return None
        return Peak(relief=percent, score=lowest.score, minute=lowest.minute)

    def borderline(self) -> bool:
        verdict, lowest = self.verdict(), self._lowest()
        if verdict is BlockVerdict.CANNOT_TELL or lowest is None or self.baseline is None:
            return False
        moved = [
            replace(self, baseline=self.baseline + step)
            for step in (-1, 1)
            if self.rules.block.low_baseline <= self.baseline + step <= 10
        ]
        moved += [self._with_lowest(lowest, lowest.score + step) for step in (-1, 1) if 0 <= lowest.score + step <= 10]
        return any(case.verdict() is not verdict for case in moved)

    def duration(self) -> Interval | None:
        first = self._first_passing()
        if first is None:
            return None
        last_passing, failing = first.minute, None
        for score in self.scores:
            if score.at <= first.at:
                continue
            if score.confounded:
                break
            if fails(score.score, self.baseline, self.rules.block.threshold):
                failing = score.minute
                break
            last_passing = score.minute
        return Interval(
            at_least=last_passing - first.minute, at_most=None if failing is None else failing - first.minute
        )

    def fit(self) -> Fit:
        duration = self.duration()
        if duration is None or self.window is None:
            return Fit.UNKNOWN
        expected = self.window.hold - self.window.onset
        if duration.at_most is not None and duration.at_most < expected:
            return Fit.SHORTER
        if duration.at_least > self.window.tail_end:
            return Fit.LONGER
        return Fit.UNKNOWN if duration.at_least < expected else Fit.FITS

    def _sustained(self) -> bool:
        first = self._first_passing()
        if first is None or self.window is None or first.minute >= self.window.hold:
            return False
        until_hold = (r for r in self.readings if first.minute < r.minute < self.window.hold)
        at_hold = next((r for r in self.readings if r.minute >= self.window.hold), None)
        return (
            all(self._passes(reading.score) for reading in until_hold)
            and at_hold is not None
            and self._passes(at_hold.score)
            and self.fit() is not Fit.SHORTER
        )

    def _passes(self, score: int) -> bool:
        return passes(score, self.baseline, self.rules.block.threshold)

    def _in_a_row(self, holds: Callable[[int], bool]) -> bool:
        run = 0
        for reading in self.readings:
            run = run + 1 if holds(reading.score) else 0
            if run >= self.rules.block.in_a_row:
                return True
        return False

    def _first_passing(self) -> Reading | None:
        return next((reading for reading in self.readings if self._passes(reading.score)), None)

    def _lowest(self) -> Reading | None:
        return min(self.readings, key=lambda reading: (reading.score, reading.at), default=None)

    def _with_lowest(self, lowest: Reading, score: int) -> "_Case":
        def moved(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
            return tuple(replace(r, score=score) if r.at == lowest.at else r for r in readings)

        return replace(self, readings=moved(self.readings), scores=moved(self.scores))


def _cautions(block: Block, confirmed: set[UUID]) -> tuple[BlockCaution, ...]:
    applies = {
        BlockCaution.SEDATION: bool(block.injection.sedation),
        BlockCaution.ANALGESIC_CHANGES_VERDICT: block.with_confounded is not block.verdict,
        BlockCaution.SHORTER_THAN_AGENT: block.fit is Fit.SHORTER,
        BlockCaution.SINGLE_AGENT_BLOCK: block.injection.id not in confirmed,
        BlockCaution.STEROID_IN_BLOCK: block.injection.steroid is not None,
    }
    return tuple(caution for caution, does in applies.items() if does)


def _pairs(blocks: Sequence[Block]) -> tuple[Pair, ...]:
    diagnostic = [block for block in blocks if block.injection.purpose is Purpose.DIAGNOSTIC]
    return tuple(
        Pair(first=one.injection, second=other.injection, result=_compare(one, other))
        for one, other in combinations(diagnostic, 2)
        if one.injection.side is other.injection.side and one.injection.target is other.injection.target
    )


def _compare(one: Block, other: Block) -> PairResult:
    if one.window is None or other.window is None or one.window.usual_end == other.window.usual_end:
        return PairResult.NOT_COMPARABLE
    verdicts = {one.verdict, other.verdict}
    if BlockVerdict.DOES_NOT_MEET in verdicts:
        return PairResult.NOT_CONFIRMED
    if BlockVerdict.CANNOT_TELL in verdicts:
        return PairResult.CANNOT_TELL
    long, short = (one, other) if one.window.usual_end > other.window.usual_end else (other, one)
    if _lasts_longer(long.duration, short.duration):
        return PairResult.CONCORDANT
    if _lasts_longer(short.duration, long.duration):
        return PairResult.DISCORDANT
    return PairResult.INDETERMINATE


def _lasts_longer(one: Interval | None, other: Interval | None) -> bool:
    """Whether one surely lasted longer than the other."""
    return one is not None and other is not None and other.at_most is not None and one.at_least > other.at_most
