"""The doctor's own reading of an injection and the plan that follows, as signed beside the assessment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from diary.domain.diary import Purpose, Side
from diary.domain.errors import InvalidValue
from diary.domain.limits import Longest, Within, check_limits
from diary.domain.repeat import Outcome, Repeat, RuleResult
from diary.domain.said import Said

FURTHEST = timedelta(days=3653)
MOST_WEEKS = 104
Words = Annotated[str, Longest(2000)]


class BlockReading(StrEnum):
    """How the doctor reads the block, whatever the rule says."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"
    NOT_READ = "not-read"


class NextStep(StrEnum):
    REPEAT = "repeat"
    SECOND_BLOCK = "second-block"
    WAIT = "wait"
    OTHER = "other"
    DISCHARGE = "discharge"


# Which next injection a step is: the rules for it are those that the step can go against.
NEXT_INJECTION = {NextStep.REPEAT: Purpose.THERAPEUTIC, NextStep.SECOND_BLOCK: Purpose.DIAGNOSTIC}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """What a doctor signs. ``on`` is the date of what is planned; a review has that or ``in_weeks``.

    ``against`` is why the plan goes against a rule that is not met.
    """

    reading: BlockReading
    next_step: NextStep
    on: date | None = None
    in_weeks: Annotated[int | None, Within(least=1, most=MOST_WEEKS)] = None
    reason: Words | None = None
    against: Words | None = None

    def __post_init__(self) -> None:
        check_limits(self)
        if self.next_step is NextStep.WAIT and self.on is None and self.in_weeks is None:
            raise InvalidValue("in_weeks", "Say when to look again: in how many weeks, or on which date.")
        if self.on is not None and self.in_weeks is not None:
            raise InvalidValue("in_weeks", "Give the weeks or the date, not both.")
        if self.next_step is not NextStep.WAIT and self.in_weeks is not None:
            raise InvalidValue("in_weeks", "Weeks are for waiting. Give the date of what you plan instead.")

    def due_on(self, signed_on: date) -> date | None:
        """The date of what is planned, counted from the day of signing where it was given in weeks."""
        return self.on if self.in_weeks is None else signed_on + timedelta(weeks=self.in_weeks)


def repeats_of(step: NextStep, side: Side, repeats: Sequence[Repeat]) -> tuple[Repeat, ...]:
    """What the rules say of the next injection that a step is, for each side of the injection that it follows.

    Empty for a step that is no injection.
    """
    purpose = NEXT_INJECTION.get(step)
    return tuple(repeat for repeat in repeats if repeat.next is purpose and side in (repeat.side, Side.BOTH))


def rules_against(step: NextStep, side: Side, repeats: Sequence[Repeat]) -> tuple[RuleResult, ...]:
    """The rules that a step goes against: those of its next injection that are not met; an unknown one is not."""
    return tuple(
        result
        for repeat in repeats_of(step, side, repeats)
        for result in repeat.rules
        if result.result is Outcome.NOT_MET
    )


def check_explained(sign_off: SignOff, side: Side, repeats: Sequence[Repeat]) -> None:
    """Refuse (`InvalidValue`) a plan that goes against a rule without saying why."""
    against = rules_against(sign_off.next_step, side, repeats)
    if against and not sign_off.against:
        reasons = {f"rule_{number}": why for number, why in enumerate(dict.fromkeys(result.why for result in against))}
        sentences = Said(" ".join(f"%({name})s" for name in reasons), reasons)
        raise InvalidValue("against", "Say why: this plan goes against a rule. %(rules)s", rules=sentences)


def check_date(sign_off: SignOff, *, today: date) -> None:
    """Refuse (`InvalidValue`) a plan for a day that has passed, and one that is further away than anybody plans."""
    if sign_off.on is None:
        return
    if sign_off.on < today:
        raise InvalidValue("on", "This day has passed. Give today or a later day.")
    if sign_off.on > today + FURTHEST:
        raise InvalidValue("on", "This day is more than 10 years away. Check the year.")
