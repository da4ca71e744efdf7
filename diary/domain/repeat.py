"""The repeat: what the clinic's rule set says of a next injection, for each side and each kind.

The rules are under "The repeat" in ``docs/reference/judgement.md``. They say whether a clinic's own rule is
met, never that something is approved.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from itertools import count
from typing import assert_never

from diary.domain.block import Block, BlockReason, BlockVerdict, Pair, PairResult
from diary.domain.calendar import months_later
from diary.domain.diary import Injection, Purpose, Side
from diary.domain.relief import passes
from diary.domain.rulesets import RuleSet
from diary.domain.rulesets.parts import BlocksWithin, Rule, SessionsOf
from diary.domain.said import Said, say
from diary.domain.steroid import SteroidCourse, SteroidReason, SteroidVerdict, asked_on
from diary.domain.timeline import day_since, day_zero

RELIEF_CONTINUES_DAYS = 14


class Outcome(StrEnum):
    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"


class Overall(StrEnum):
    FITS = "fits"
    DOES_NOT_FIT = "does-not-fit"
    CANNOT_TELL = "cannot-tell"


class Warning_(StrEnum):  # noqa: N801 — Warning is Python's own
    STEROID_EFFECT = "steroid-effect"
    RELIEF_CONTINUES = "relief-continues"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """One rule's answer, a sentence with its numbers, and the first date on which time alone would meet it.

    ``why`` is English with ISO dates for programs; `diary.words.repeat_findings.why_in_words` tells it to people.
    """

    rule: Rule
    result: Outcome
    why: str
    earliest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """What the rules say of a next injection of one purpose on one side."""

    side: Side
    next: Purpose
    overall: Overall
    earliest: date | None
    warnings: tuple[Warning_, ...]
    rules: tuple[RuleResult, ...]


def judge_repeats(
    blocks: Sequence[Block], pairs: Sequence[Pair], courses: Sequence[SteroidCourse], rules: RuleSet, *, as_of: date
) -> tuple[Repeat, ...]:
    """For each side that was ever injected, left then right, the next therapeutic and the next diagnostic one."""
    found = []
    for side in (Side.LEFT, Side.RIGHT):
        history = _History(side, blocks, pairs, courses, rules, as_of)
        if history.injections:
            found += [history.judge(Purpose.THERAPEUTIC), history.judge(Purpose.DIAGNOSTIC)]
    return tuple(found)


class _History:
    """What was done on one side until the date of the judgement."""

    def __init__(
        self,
        side: Side,
        blocks: Sequence[Block],
        pairs: Sequence[Pair],
        courses: Sequence[SteroidCourse],
        rules: RuleSet,
        as_of: date,
    ) -> None:
        self.side, self.rules, self.as_of = side, rules, as_of
        self.everywhere = [block.injection for block in blocks]
        self.injections = [injection for injection in self.everywhere if _is_of(injection, side)]
        self.blocks = [
            block for block in blocks if _is_of(block.injection, side) and block.injection.purpose is Purpose.DIAGNOSTIC
        ]
        self.discordant = any(pair.result is PairResult.DISCORDANT for pair in pairs if _is_of(pair.first, side))
        self.courses = [course for course in courses if _is_of(course.injection, side)]

    def judge(self, purpose: Purpose) -> Repeat:
        asked = self.rules.repeat.therapeutic if purpose is Purpose.THERAPEUTIC else self.rules.repeat.diagnostic
        results = tuple(self._apply(rule) for rule in asked)
        return Repeat(
            side=self.side,
            next=purpose,
            overall=_overall(results),
            earliest=_earliest(results, self.as_of),
            warnings=self._warnings(),
            rules=results,
        )

    def _apply(self, rule: Rule) -> RuleResult:
        judged: dict[Rule, Callable[[], RuleResult]] = {
            Rule.BLOCK: self._block,
            Rule.RESPONSE: self._response,
            Rule.GAP: self._gap,
            Rule.SESSIONS: self._sessions,
            Rule.FIRST_BLOCK: self._first_block,
            Rule.BLOCKS: self._blocks,
        }
        return judged[rule]()

    # --- the rules ---

    def _block(self) -> RuleResult:
        told = [block for block in self.blocks if block.verdict is not BlockVerdict.CANNOT_TELL]
        meets = [block for block in told if block.verdict is BlockVerdict.MEETS]
        percent = self.rules.block.threshold
        if self.discordant:
            return _unknown(Rule.BLOCK, say("Two diagnostic blocks of this side contradict each other."))
        if not self.blocks:
            return _not_met(Rule.BLOCK, say("No diagnostic block of this side is recorded."))
        if not told:
            return _unknown(
                Rule.BLOCK,
                say("Of the diagnostic blocks of this side (n %(n)s) none could be judged.", n=len(self.blocks)),
            )
        last = told[-1]
        of = {"date": day_zero(last.injection), "percent": percent}
        if last.verdict is BlockVerdict.MEETS:
            return _met(
                Rule.BLOCK,
                say(
                    "The last diagnostic block that could be judged, of %(date)s, meets the rule of %(percent)s%%.",
                    **of,
                ),
            )
        if meets:
            return _unknown(
                Rule.BLOCK,
                say(
                    "The last diagnostic block that could be judged, of %(date)s, does not meet the rule of "
                    "%(percent)s%%, but an earlier one does.",
                    **of,
                ),
            )
        return _not_met(
            Rule.BLOCK,
            say(
                "The last diagnostic block that could be judged, of %(date)s, does not meet the rule of %(percent)s%%.",
                **of,
            ),
        )

    def _response(self) -> RuleResult:
        treated = [
            course
            for course in self.courses
            if course.injection.purpose is Purpose.THERAPEUTIC or course.injection.steroid is not None
        ]
        if not treated:
            return _met(Rule.RESPONSE, say("No injection of this side was therapeutic or had a steroid yet."))
        last = treated[-1]
        on = day_zero(last.injection)
        if last.verdict is SteroidVerdict.MEETS:
            return _met(
                Rule.RESPONSE,
                say(
                    "Relief after the injection of %(date)s lasted as long as is asked: %(days)s.",
                    date=on,
                    days=_days(last),
                ),
            )
        if self._functional_response(last):
            percent = self.rules.steroid.functional_threshold
            return _met(
                Rule.RESPONSE,
                say(
                    "Moving was easier by %(percent)s%% or more at every landmark after the injection of %(date)s.",
                    percent=percent,
                    date=on,
                ),
            )
        match last.verdict:
            case SteroidVerdict.CANNOT_TELL:
                return _unknown(
                    Rule.RESPONSE,
                    say(
                        "Whether the injection of %(date)s worked cannot be told: %(reasons)s.",
                        date=on,
                        reasons=_in_words(last.reasons),
                    ),
                )
            case SteroidVerdict.TOO_EARLY:
                return _unknown(
                    Rule.RESPONSE, say("It is too early to tell whether the injection of %(date)s works.", date=on)
                )
            case SteroidVerdict.ONGOING:
                return _not_met(
                    Rule.RESPONSE,
                    say("Relief after the injection of %(date)s still goes on: %(days)s.", date=on, days=_days(last)),
                    earliest=asked_on(last),
                )
            case SteroidVerdict.PARTLY:
                return _not_met(
                    Rule.RESPONSE,
                    say(
                        "Relief after the injection of %(date)s did not last as long as is asked: %(days)s.",
                        date=on,
                        days=_days(last),
                    ),
                )
            case SteroidVerdict.DOES_NOT_MEET:
                percent = self.rules.steroid.threshold
                return _not_met(
                    Rule.RESPONSE,
                    say(
                        "No lasting relief of %(percent)s%% came after the injection of %(date)s.",
                        percent=percent,
                        date=on,
                    ),
                )
            case _:
                assert_never(last.verdict)

    def _functional_response(self, course: SteroidCourse) -> bool:
        counts = self.rules.repeat.functional_response_counts
        return counts and course.figures is not None and course.figures.moving.functional_response is True

    def _gap(self) -> RuleResult:
        gap = self.rules.repeat.gap
        if gap is None:
            raise AssertionError("a rule set that lists the gap gives its numbers")
        last = max(day_zero(injection) for injection in self.injections)
        if gap.months is not None:
            due, asked = months_later(last, gap.months), say("%(number)s months", number=gap.months)
        else:
            due, asked = last + timedelta(days=gap.days or 0), say("%(number)s days", number=gap.days)
        passed = say(
            "%(days)s days have passed since the injection of %(date)s; %(asked)s are asked.",
            days=(self.as_of - last).days,
            date=last,
            asked=asked,
        )
        if self.as_of >= due:
            return _met(Rule.GAP, passed)
        return _not_met(Rule.GAP, passed, earliest=due)

    def _sessions(self) -> RuleResult:
        cap = self.rules.repeat.sessions
        if cap is None:
            raise AssertionError("a rule set that lists the sessions gives their numbers")
        if cap.of is SessionsOf.THERAPEUTIC:
            therapeutic = _sessions(other for other in self.everywhere if other.purpose is Purpose.THERAPEUTIC)
            why = say(
                "Therapeutic sessions in 12 months with this one: %(n)s, at most %(most)s.",
                n=_in_twelve_months(therapeutic, self.as_of),
                most=cap.most,
            )
            return self._capped(Rule.SESSIONS, therapeutic, cap.most, why)
        of_side = _sessions(self.injections)
        why = say(
            "Sessions of this side in 12 months with this one: %(n)s, at most %(most)s.",
            n=_in_twelve_months(of_side, self.as_of),
            most=cap.most,
        )
        return self._capped(Rule.SESSIONS, of_side, cap.most, why)

    def _first_block(self) -> RuleResult:
        if not self.blocks:
            return _met(Rule.FIRST_BLOCK, say("This would be the first diagnostic block of this side."))
        last = self.blocks[-1]
        on = day_zero(last.injection)
        match last.verdict:
            case BlockVerdict.MEETS:
                return _met(
                    Rule.FIRST_BLOCK,
                    say("The last diagnostic block of this side, of %(date)s, meets the rule.", date=on),
                )
            case BlockVerdict.CANNOT_TELL:
                return _unknown(
                    Rule.FIRST_BLOCK,
                    say(
                        "The last diagnostic block of this side, of %(date)s, cannot be judged: %(reasons)s.",
                        date=on,
                        reasons=_in_words(last.reasons),
                    ),
                )
            case _:
                return _not_met(
                    Rule.FIRST_BLOCK,
                    say("The last diagnostic block of this side, of %(date)s, does not meet the rule.", date=on),
                )

    def _blocks(self) -> RuleResult:
        cap = self.rules.repeat.blocks
        if cap is None:
            raise AssertionError("a rule set that lists the blocks gives their numbers")
        if cap.within is BlocksWithin.TWELVE_MONTHS:
            counted = _sessions(other for other in self.everywhere if other.purpose is Purpose.DIAGNOSTIC)
            why = say(
                "Diagnostic sessions in 12 months with this one: %(n)s, at most %(most)s.",
                n=_in_twelve_months(counted, self.as_of),
                most=cap.most,
            )
            return self._capped(Rule.BLOCKS, counted, cap.most, why)
        sessions = _sessions(block.injection for block in self.blocks) | {self.as_of}
        why = say(
            "Diagnostic sessions of this side with this one: %(n)s, at most %(most)s.", n=len(sessions), most=cap.most
        )
        return _met(Rule.BLOCKS, why) if len(sessions) <= cap.most else _not_met(Rule.BLOCKS, why)

    def _capped(self, rule: Rule, sessions: set[date], most: int, why: str) -> RuleResult:
        if _in_twelve_months(sessions, self.as_of) <= most:
            return _met(rule, why)
        days = (self.as_of + timedelta(days=ahead) for ahead in count(1))
        return _not_met(rule, why, earliest=next(day for day in days if _in_twelve_months(sessions, day) <= most))

    # --- warnings ---

    def _warnings(self) -> tuple[Warning_, ...]:
        with_steroid = [course for course in self.courses if course.injection.steroid is not None]
        if not with_steroid:
            return ()
        last = with_steroid[-1]
        since = day_since(last.injection, self.as_of)
        applies = {
            Warning_.STEROID_EFFECT: since < self.rules.repeat.steroid_effect_days,
            Warning_.RELIEF_CONTINUES: self._relief_continues(last, since),
        }
        return tuple(warning for warning, does in applies.items() if does)

    def _relief_continues(self, course: SteroidCourse, since: int) -> bool:
        figures = course.figures
        if figures is None or figures.onset is None or figures.end is not None:
            return False
        last = figures.points[-1]
        return passes(last.score, figures.baseline, figures.threshold) and since - last.day <= RELIEF_CONTINUES_DAYS


def _days(course: SteroidCourse) -> Said:
    """How long relief lasted and how long it should have, in days since the injection."""
    figures = course.figures
    if figures is None or figures.relief_days is None:
        raise AssertionError("relief that lasted has its days")
    lasted = figures.relief_days
    of = {"least": lasted.at_least, "percent": figures.threshold, "asked": figures.asked_day}
    if lasted.at_most is None:
        return say("at least %(least)s days at %(percent)s%% or better, day %(asked)s is asked", **of)
    return say(
        "at least %(least)s and at most %(most)s days at %(percent)s%% or better, day %(asked)s is asked",
        most=lasted.at_most,
        **of,
    )


# Those of the block and those of the steroid; one that both have is the same.
_REASONS: Mapping[str, Said] = {
    BlockReason.NO_AGENT: say("no agent"),
    BlockReason.NO_BASELINE: say("no baseline"),
    BlockReason.LOW_BASELINE: say("low baseline"),
    BlockReason.TOO_FEW_READINGS: say("too few readings"),
    BlockReason.NONE_AFTER_AN_HOUR: say("none after an hour"),
    BlockReason.NONE_AT_HOLD: say("none at hold"),
    SteroidReason.NO_STEROID: say("no steroid"),
    SteroidReason.TOO_LITTLE_DATA: say("too little data"),
    SteroidReason.CUT_SHORT: say("cut short"),
    SteroidReason.LATE_ONSET: say("late onset"),
    SteroidReason.TOO_SPARSE_FOR_ONSET: say("too sparse for onset"),
    SteroidReason.GAP: say("gap"),
}


def _in_words(reasons: Iterable[StrEnum]) -> Said:
    return reduce(lambda one, other: say("%(one)s, %(other)s", one=one, other=other), map(_reason, reasons))


def _reason(reason: StrEnum) -> Said:
    return _REASONS[reason]


def _is_of(injection: Injection, side: Side) -> bool:
    return injection.side in (side, Side.BOTH)


def _sessions(injections: Iterable[Injection]) -> set[date]:
    return {day_zero(injection) for injection in injections}


def _in_twelve_months(sessions: set[date], day: date) -> int:
    """How many sessions the 12 months up to a day hold, with one on that day."""
    after = months_later(day, -12)
    return len({session for session in sessions if after < session <= day} | {day})


def _met(rule: Rule, why: str) -> RuleResult:
    return RuleResult(rule=rule, result=Outcome.MET, why=why)


def _not_met(rule: Rule, why: str, *, earliest: date | None = None) -> RuleResult:
    return RuleResult(rule=rule, result=Outcome.NOT_MET, why=why, earliest=earliest)


def _unknown(rule: Rule, why: str) -> RuleResult:
    return RuleResult(rule=rule, result=Outcome.UNKNOWN, why=why)


def _overall(results: Sequence[RuleResult]) -> Overall:
    outcomes = {result.result for result in results}
    if Outcome.NOT_MET in outcomes:
        return Overall.DOES_NOT_FIT
    if Outcome.UNKNOWN in outcomes or not outcomes:
        return Overall.CANNOT_TELL
    return Overall.FITS


def _earliest(results: Sequence[RuleResult], as_of: date) -> date | None:
    if not results or any(result.result is not Outcome.MET and result.earliest is None for result in results):
        return None
    return max([as_of, *(result.earliest for result in results if result.earliest)])
