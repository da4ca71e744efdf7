"""What to record so that an open question gets its answer, in words that tell a person what to do."""

from collections.abc import Callable, Mapping

from diary.domain.rulesets import RuleSet
from diary.domain.timeline import day_zero
from diary.domain.to_settle import Need, Remedy, Step
from diary.words.times import day_in_words, in_words, minute_in_words

NOT_ANY_MORE = "This cannot be settled any more for the injection of"


def step_in_words(step: Step, rules: RuleSet) -> str:
    """An instruction in whole sentences; what can no longer be mended says so, and what to record at the next one."""
    return _WORDS[step.need](step, rules)


def _given(step: Step) -> str:
    return in_words(day_zero(step.injection))


# --- the block --------------------------------------------------------------------------------------------------------


def _agent(step: Step, rules: RuleSet) -> str:
    known = f"The rule set knows {', '.join(agent.name for agent in rules.agents)}."
    if step.injection.anaesthetic:
        written = ", ".join(given.agent for given in step.injection.anaesthetic)
        known = f"It does not know what is written there: {written}. {known}"
    return f"Write down which anaesthetic was given on {_given(step)}, by correcting the injection. {known}"


def _block_baseline(step: Step, _rules: RuleSet) -> str:
    return (
        f"If pain was scored just before the injection of {_given(step)}, add that score by correcting the injection. "
        "Else this cannot be settled for it: score pain on movement just before the next injection."
    )


def _block_baseline_low(step: Step, rules: RuleSet) -> str:
    return (
        f"{NOT_ANY_MORE} {_given(step)}: pain before it was below {rules.block.low_baseline}. Before the next one, "
        "score pain while doing the movement that hurts most."
    )


def _readings(step: Step, rules: RuleSet) -> str:
    window = step.window
    if window is None:
        raise AssertionError("readings are asked for in the window of an agent")
    asked = (
        f"at least {rules.block.fewest_readings} readings between minute {window.onset} and minute {window.usual_end} "
        f"({minute_in_words(window.usual_end)}), one of them at {minute_in_words(rules.block.after_minute)} or later"
    )
    if rules.block.sustained:
        asked += f", one between minute {window.hold} and minute {window.hold + rules.block.hold_minutes}"
    if step.remedy is Remedy.SCORE:
        return f"For the injection of {_given(step)}, score now: {asked}, each recorded at once."
    return f"{NOT_ANY_MORE} {_given(step)}. At the next one, record {asked}, each at once."


def _contradiction(_step: Step, _rules: RuleSet) -> str:
    return (
        "Check that the anaesthetics, times and sides of both blocks are written down rightly. If they are, no record "
        "settles this: read the blocks yourself, and give your reason below."
    )


def _another_block(_step: Step, _rules: RuleSet) -> str:
    return (
        "The blocks of this side differ. Another diagnostic block that can be judged would settle it: record its "
        "anaesthetic, the score before and its readings."
    )


# --- the steroid ------------------------------------------------------------------------------------------------------


def _steroid(step: Step, _rules: RuleSet) -> str:
    return (
        f"Write down which steroid was given on {_given(step)}, by correcting the injection. If none was given, this "
        "cannot be settled for it."
    )


def _average(step: Step, rules: RuleSet) -> str:
    return (
        f"If the average pain of the week before {_given(step)} was asked then, add it by correcting the injection. "
        "Else this cannot be settled for it: before the next one, have the average scored on at least "
        f"{rules.steroid.fewest_days_before} of the 7 days before."
    )


def _average_low(step: Step, rules: RuleSet) -> str:
    return (
        f"{NOT_ANY_MORE} {_given(step)}: average pain before it was below {rules.steroid.low_baseline}, too low to "
        "measure relief. Before the next one, have the average scored in the week before."
    )


def _cut_short(step: Step, _rules: RuleSet) -> str:
    return (
        f"{NOT_ANY_MORE} {_given(step)}: the next injection of this side came first. After that one, have the average "
        "scored each day."
    )


def _time(step: Step, _rules: RuleSet) -> str:
    if step.from_on is None or step.days is None:
        raise AssertionError("what time settles has its days and its date")
    return (
        f"Have the average scored each day until day {step.days.last}. "
        f"Judge again from {in_words(step.from_on)} at the latest."
    )


def _days(step: Step, _rules: RuleSet) -> str:
    if step.remedy is Remedy.SCORE:
        until = f" until {day_in_words(day_zero(step.injection), step.days.last)}" if step.days else ""
        return f"Have the average scored each day from now on{until}, after the injection of {_given(step)}."
    if step.days is None:
        raise AssertionError("days on paper are named")
    first, last = step.days.first, step.days.last
    span = f"day {first}" if first == last else f"days {first} to {last}"
    return (
        f"If the patient kept scores on paper for {span} after the injection of {_given(step)}, write those days down. "
        "Else this cannot be settled for it: after the next one, have the average scored each day."
    )


_WORDS: Mapping[Need, Callable[[Step, RuleSet], str]] = {
    Need.AGENT: _agent,
    Need.BLOCK_BASELINE: _block_baseline,
    Need.BLOCK_BASELINE_LOW: _block_baseline_low,
    Need.READINGS: _readings,
    Need.CONTRADICTION: _contradiction,
    Need.ANOTHER_BLOCK: _another_block,
    Need.STEROID: _steroid,
    Need.AVERAGE: _average,
    Need.AVERAGE_LOW: _average_low,
    Need.DAYS: _days,
    Need.CUT_SHORT: _cut_short,
    Need.TIME: _time,
}
