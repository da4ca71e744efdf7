"""What to record so that a rule of the repeat that cannot be told gets its answer, and what can no longer be mended.

A pure function of the judgement and of what stands: the engine's own reasons decide. Days and minutes are since the
injection that a need is about.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from diary.domain.assessment import Assessment
from diary.domain.block import Block, BlockReason, BlockVerdict, PairResult
from diary.domain.diary import Injection, Purpose, Side
from diary.domain.in_force import InForce
from diary.domain.repeat import Outcome, Repeat, RuleResult
from diary.domain.rulesets.parts import Rule, SteroidRules, Window
from diary.domain.steroid import Figures, SteroidCourse, SteroidReason, SteroidVerdict
from diary.domain.steroid_figures import DayRange
from diary.domain.steroid_period import Period, period_after
from diary.domain.steroid_relief import ONSET_SPAN, Scored
from diary.domain.timeline import day_zero


class Need(StrEnum):
    """What is missing."""

    AGENT = "agent"
    BLOCK_BASELINE = "block-baseline"
    BLOCK_BASELINE_LOW = "block-baseline-low"
    READINGS = "readings"
    CONTRADICTION = "contradiction"
    ANOTHER_BLOCK = "another-block"
    STEROID = "steroid"
    AVERAGE = "average"
    AVERAGE_LOW = "average-low"
    DAYS = "days"
    CUT_SHORT = "cut-short"
    TIME = "time"


class Remedy(StrEnum):
    """How it can still be had: by correcting the injection, from the patient's paper, by scores to come, by waiting.

    ``NEXT_TIME``: not any more for this injection.
    """

    CORRECT_INJECTION = "correct-injection"
    WRITE_DOWN_DAYS = "write-down-days"
    SCORE = "score"
    WAIT = "wait"
    NEXT_TIME = "next-time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to record, or why it cannot be any more, for one injection.

    ``days`` are those whose scores would tell, ``from_on`` the date from which the answer is there; ``window`` is that
    of the agent, for readings.
    """

    need: Need
    remedy: Remedy
    injection: Injection
    days: DayRange | None = None
    from_on: date | None = None
    window: Window | None = None


def steps_to_settle(repeat: Repeat, assessment: Assessment, standing: InForce) -> Mapping[Rule, tuple[Step, ...]]:
    """For each rule of a repeat that is unknown, what would turn it into an answer."""
    open_questions = _OpenQuestions(repeat.side, assessment, standing)
    return {
        result.rule: tuple(open_questions.steps(result)) for result in repeat.rules if result.result is Outcome.UNKNOWN
    }


@dataclass(frozen=True, slots=True)
class _OpenQuestions:
    """What was done on one side, and what of it cannot be told."""

    side: Side
    assessment: Assessment
    standing: InForce

    def steps(self, result: RuleResult) -> Iterator[Step]:
        asked: Mapping[Rule, Callable[[], Iterator[Step]]] = {
            Rule.BLOCK: self._for_a_block,
            Rule.FIRST_BLOCK: self._for_the_last_block,
            Rule.RESPONSE: self._for_the_response,
        }
        return asked[result.rule]()

    # --- the block ---

    def _for_a_block(self) -> Iterator[Step]:
        blocks = self._blocks()
        if any(pair.result is PairResult.DISCORDANT and self._is_here(pair.first) for pair in self.assessment.pairs):
            yield Step(need=Need.CONTRADICTION, remedy=Remedy.CORRECT_INJECTION, injection=blocks[-1].injection)
        elif any(block.verdict is not BlockVerdict.CANNOT_TELL for block in blocks):
            yield Step(need=Need.ANOTHER_BLOCK, remedy=Remedy.NEXT_TIME, injection=blocks[-1].injection)
        else:
            yield from self._for_the_best_of(blocks)

    def _for_the_best_of(self, blocks: Sequence[Block]) -> Iterator[Step]:
        """The blocks that can still be mended, the latest first; where there is none, what the last one lacks."""
        lacking = [tuple(self._for_block(block)) for block in reversed(blocks)]
        mendable = [steps for steps in lacking if all(step.remedy is not Remedy.NEXT_TIME for step in steps)]
        for steps in mendable or lacking[:1]:
            yield from steps

    def _for_the_last_block(self) -> Iterator[Step]:
        return self._for_block(self._blocks()[-1])

    def _for_block(self, block: Block) -> Iterator[Step]:
        injection = block.injection
        reasons = set(block.reasons)
        if BlockReason.NO_AGENT in reasons:
            yield Step(need=Need.AGENT, remedy=Remedy.CORRECT_INJECTION, injection=injection)
        if BlockReason.NO_BASELINE in reasons:
            yield Step(need=Need.BLOCK_BASELINE, remedy=Remedy.CORRECT_INJECTION, injection=injection)
        if BlockReason.LOW_BASELINE in reasons:
            yield Step(need=Need.BLOCK_BASELINE_LOW, remedy=Remedy.NEXT_TIME, injection=injection)
        # Without an agent or a baseline nobody knows yet which scores are readings: that may be all that is needed.
        if block.window is not None and block.baseline is not None and reasons & _ABOUT_READINGS:
            remedy = Remedy.SCORE if self._is_within(block.window, injection) else Remedy.NEXT_TIME
            yield Step(need=Need.READINGS, remedy=remedy, injection=injection, window=block.window)

    def _is_within(self, window: Window, injection: Injection) -> bool:
        """Whether a reading may still be taken on the date of the judgement."""
        last = (injection.performed_at + timedelta(minutes=window.usual_end)).date()
        followed = any(other.performed_at > injection.performed_at for other in self.standing.injections)
        return self.assessment.as_of <= last and not followed

    def _blocks(self) -> list[Block]:
        return [
            block
            for block in self.assessment.blocks
            if self._is_here(block.injection) and block.injection.purpose is Purpose.DIAGNOSTIC
        ]

    # --- the response ---

    def _for_the_response(self) -> Iterator[Step]:
        course = self._last_treatment()
        if course.verdict is SteroidVerdict.TOO_EARLY:
            # By this day an onset was seen or can be no more.
            day = self.assessment.rules.steroid.onset_by_day + ONSET_SPAN
            on = day_zero(course.injection) + timedelta(days=day)
            yield Step(
                need=Need.TIME,
                remedy=Remedy.WAIT,
                injection=course.injection,
                days=DayRange(first=1, last=day - 1),
                from_on=on,
            )
        for reason in course.reasons:
            yield from self._for_steroid(course, reason)

    def _for_steroid(self, course: SteroidCourse, reason: SteroidReason) -> Iterator[Step]:
        injection = course.injection
        match reason:
            case SteroidReason.NO_STEROID:
                yield Step(need=Need.STEROID, remedy=Remedy.CORRECT_INJECTION, injection=injection)
            case SteroidReason.NO_BASELINE:
                yield Step(need=Need.AVERAGE, remedy=Remedy.CORRECT_INJECTION, injection=injection)
            case SteroidReason.LOW_BASELINE:
                yield Step(need=Need.AVERAGE_LOW, remedy=Remedy.NEXT_TIME, injection=injection)
            case SteroidReason.CUT_SHORT:
                yield Step(need=Need.CUT_SHORT, remedy=Remedy.NEXT_TIME, injection=injection)
            case SteroidReason.LATE_ONSET | SteroidReason.TOO_SPARSE_FOR_ONSET:
                yield from self._days_on_paper(course, first=1, last=self._last_chance_of_onset())
            case SteroidReason.TOO_LITTLE_DATA:
                yield from self._for_more_days(course)
            case SteroidReason.GAP:
                yield from self._for_the_gap(course)
            case _:
                assert_never(reason)

    def _for_more_days(self, course: SteroidCourse) -> Iterator[Step]:
        period, figures = self._period(course), _figures(course)
        if not period.cut_short and _enough_can_come(figures, self.assessment.rules.steroid):
            until = _last_slot_day(figures, self.assessment.rules.steroid)
            yield Step(
                need=Need.DAYS,
                remedy=Remedy.SCORE,
                injection=course.injection,
                days=DayRange(first=period.day_of_judgement, last=until),
            )
        yield from self._days_on_paper(course, first=1, last=period.last_day)

    def _for_the_gap(self, course: SteroidCourse) -> Iterator[Step]:
        period, figures = self._period(course), _figures(course)
        scored = Scored(
            points=figures.points,
            baseline=figures.baseline,
            last_day=period.last_day,
            rules=self.assessment.rules.steroid,
        )
        hole, end = scored.hole_after(figures.onset), figures.end
        if end is None and hole is None and not period.cut_short:
            yield Step(need=Need.DAYS, remedy=Remedy.SCORE, injection=course.injection, from_on=self.assessment.as_of)
        elif end is not None and (hole is None or hole >= end.last):
            yield from self._days_on_paper(course, first=end.first, last=end.last - 1)
        else:
            last_known = hole or figures.points[-1].day
            following = (point.day - 1 for point in figures.points if point.day > last_known)
            yield from self._days_on_paper(course, first=last_known + 1, last=min(following, default=period.last_day))

    def _days_on_paper(self, course: SteroidCourse, *, first: int, last: int) -> Iterator[Step]:
        yield Step(
            need=Need.DAYS,
            remedy=Remedy.WRITE_DOWN_DAYS,
            injection=course.injection,
            days=DayRange(first=first, last=last),
        )

    def _last_chance_of_onset(self) -> int:
        return self.assessment.rules.steroid.onset_by_day + ONSET_SPAN - 1

    def _last_treatment(self) -> SteroidCourse:
        return [
            course
            for course in self.assessment.steroids
            if self._is_here(course.injection)
            and (course.injection.purpose is Purpose.THERAPEUTIC or course.injection.steroid is not None)
        ][-1]

    def _period(self, course: SteroidCourse) -> Period:
        return period_after(course.injection, self.standing)

    def _is_here(self, injection: Injection) -> bool:
        return injection.side in (self.side, Side.BOTH)


_ABOUT_READINGS = {BlockReason.TOO_FEW_READINGS, BlockReason.NONE_AFTER_AN_HOUR, BlockReason.NONE_AT_HOLD}


def _figures(course: SteroidCourse) -> Figures:
    if course.figures is None:
        raise AssertionError("a steroid that was given has its figures")
    return course.figures


def _last_slot_day(figures: Figures, rules: SteroidRules) -> int:
    """The last day of the last slot that will be expected, as far as it is known."""
    last = rules.slots_until if figures.asked_day is None else figures.asked_day
    return min(last, rules.daily_until) + max(last - rules.daily_until, 0) // 7 * 7


def _enough_can_come(figures: Figures, rules: SteroidRules) -> bool:
    """Whether the slots still to come, all filled, would make the data enough."""
    last = _last_slot_day(figures, rules)
    slots = min(last, rules.daily_until) + max(last - rules.daily_until, 0) // 7
    to_come = slots - figures.data.slots
    return to_come > 0 and 100 * (figures.data.filled + to_come) >= rules.limited_percent * slots
