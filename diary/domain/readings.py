"""The readings of a block: which scores of the anaesthetic window count, and why any other is set aside.

The rules are under "The block" in ``docs/reference/judgement.md``. Minutes are whole minutes since the injection.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from diary.domain.diary import Injection, Instrument
from diary.domain.in_force import InForce
from diary.domain.rulesets import RuleSet
from diary.domain.rulesets.parts import Window
from diary.domain.timeline import (
    MINUTES_A_DAY,
    MomentInForce,
    ScoreInForce,
    minute_since,
    moment_is_late,
)


class SetAside(StrEnum):
    """Why a moment gives no reading: the first of these that applies."""

    AFTER_NEXT_INJECTION = "after-next-injection"
    NO_SCORE = "no-score"
    BEFORE_ONSET = "before-onset"
    LATE = "late"
    ANALGESIC = "analgesic"
    TOO_CLOSE = "too-close"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A score of the series at minute t, with the entry that gives it."""

    at: datetime
    minute: int
    score: int
    entry_id: UUID
    confounded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """A moment of the window that gives no reading, and why."""

    entry_id: UUID
    minute: int
    reason: SetAside


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What was recorded from one injection on: its window, its series, its moments with their minutes, by time.

    ``rescues`` are the minutes at which a rescue medicine was taken, before the injection too (negative).
    ``next_at`` is the first injection of any side at a later instant: what comes after it is no longer this one's.
    """

    injection: Injection
    rules: RuleSet
    window: Window | None
    moments: tuple[tuple[int, MomentInForce], ...]
    rescues: tuple[int, ...]
    next_at: datetime | None

    @property
    def series(self) -> Instrument:
        """Pain on movement where the injection has that baseline, else at rest: never one against the other's."""
        return Instrument.REST if self.injection.baseline.movement is None else Instrument.MOVEMENT

    @property
    def baseline(self) -> int | None:
        """The score taken in the clinic just before the injection, on the instrument of the series."""
        baseline = self.injection.baseline
        return baseline.rest if baseline.movement is None else baseline.movement

    def regardless_of_analgesics(self) -> "Course":
        """The same as if no rescue medicine had been taken."""
        return replace(self, rescues=())

    def readings(self) -> tuple[tuple[Reading, ...], tuple[Excluded, ...]]:
        """The readings, and every other moment from minute 0 to the usual end. No window: none of either."""
        readings: list[Reading] = []
        excluded: list[Excluded] = []
        if self.window is None:
            return (), ()
        for minute, moment in self.moments:
            if minute > self.window.usual_end:
                continue
            score = moment.scores.get(self.series)
            reason = self._set_aside(moment, minute, self.window, readings)
            if score is None or reason is not None:
                entry_id = score.entry.id if score else moment.chains[0].end.id
                excluded.append(Excluded(entry_id=entry_id, minute=minute, reason=reason or SetAside.NO_SCORE))
            else:
                readings.append(self._reading(moment, score, minute))
        return tuple(readings), tuple(excluded)

    def scores(self) -> tuple[Reading, ...]:
        """For the duration: the scores in force, not late, before the next injection, until minute 1440."""
        return tuple(
            self._reading(moment, score, minute)
            for minute, moment in self.moments
            if minute <= MINUTES_A_DAY
            and (score := moment.scores.get(self.series)) is not None
            and not self._after_next_injection(moment)
            and not self._late(score, minute)
        )

    def _set_aside(
        self, moment: MomentInForce, minute: int, window: Window, before: Sequence[Reading]
    ) -> SetAside | None:
        score = moment.scores.get(self.series)
        if self._after_next_injection(moment):
            return SetAside.AFTER_NEXT_INJECTION
        if score is None:
            return SetAside.NO_SCORE
        if minute < window.onset:
            return SetAside.BEFORE_ONSET
        if self._late(score, minute):
            return SetAside.LATE
        if self._confounded(minute):
            return SetAside.ANALGESIC
        if before and minute - before[-1].minute < self.rules.block.apart_minutes:
            return SetAside.TOO_CLOSE
        return None

    def _reading(self, moment: MomentInForce, score: ScoreInForce, minute: int) -> Reading:
        if not isinstance(score.score, int):
            raise TypeError("a series of the block has whole numbers")
        return Reading(
            at=moment.at,
            minute=minute,
            score=score.score,
            entry_id=score.entry.id,
            confounded=self._confounded(minute),
        )

    def _after_next_injection(self, moment: MomentInForce) -> bool:
        return self.next_at is not None and moment.at >= self.next_at

    def _late(self, score: ScoreInForce, minute: int) -> bool:
        return moment_is_late(score.settled_at, score.original.instant, minute=minute, rule=self.rules.late.after)

    def _confounded(self, minute: int) -> bool:
        return any(taken <= minute < taken + self.rules.block.analgesic_minutes for taken in self.rescues)


def courses(standing: InForce, rules: RuleSet) -> tuple[Course, ...]:
    """The course of every injection in force, in their order."""
    rescues = _rescues(standing)
    return tuple(_course(injection, standing, rescues, rules) for injection in standing.injections)


def course_of(injection: Injection, standing: InForce, rules: RuleSet) -> Course:
    """The course of one injection in force."""
    return _course(injection, standing, _rescues(standing), rules)


def _rescues(standing: InForce) -> list[datetime]:
    rescues = [medicine.taken_at for medicine in standing.medicines if medicine.rescue]
    return rescues + [moment.at for moment in standing.moments if moment.analgesic]


def _course(injection: Injection, standing: InForce, rescues: Sequence[datetime], rules: RuleSet) -> Course:
    window, start = rules.window(injection.anaesthetic), injection.performed_at
    last = max(MINUTES_A_DAY, window.usual_end if window else 0)
    with_minutes = ((minute_since(start, moment.at), moment) for moment in standing.moments)
    return Course(
        injection=injection,
        rules=rules,
        window=window,
        moments=tuple((minute, moment) for minute, moment in with_minutes if 0 <= minute <= last),
        rescues=tuple(minute_since(start, rescue) for rescue in rescues),
        next_at=min((other.performed_at for other in standing.injections if other.performed_at > start), default=None),
    )
