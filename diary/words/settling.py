"""What to record so that an open question gets its answer, in words that tell a person what to do."""

from collections.abc import Callable, Mapping

from diary.domain.rulesets import RuleSet
from diary.domain.timeline import day_zero
from diary.domain.to_settle import Need, Remedy, Step
from diary.words.language import gettext as _
from diary.words.offered import offered_words
from diary.words.times import day_in_words, in_words, minute_in_words


def step_in_words(step: Step, rules: RuleSet) -> str:
    """An instruction in whole sentences; what can no longer be mended says so, and what to record at the next one."""
    return _WORDS[step.need](step, rules)


def _given(step: Step) -> str:
    return in_words(day_zero(step.injection))


# --- the block --------------------------------------------------------------------------------------------------------


def _agent(step: Step, rules: RuleSet) -> str:
    known = ", ".join(offered_words(agent.name) for agent in rules.agents)
    if step.injection.anaesthetic:
        return _(
            "Write down which anaesthetic was given on %(date)s, by correcting the injection. It does not know what is "
            "written there: %(written)s. The rule set knows %(known)s.",
            date=_given(step),
            written=", ".join(given.agent for given in step.injection.anaesthetic),
            known=known,
        )
    return _(
        "Write down which anaesthetic was given on %(date)s, by correcting the injection. The rule set knows "
        "%(known)s.",
        date=_given(step),
        known=known,
    )


def _block_baseline(step: Step, _rules: RuleSet) -> str:
    return _(
        "If pain was scored just before the injection of %(date)s, add that score by correcting the injection. "
        "Else this cannot be settled for it: score pain on movement just before the next injection.",
        date=_given(step),
    )


def _block_baseline_low(step: Step, rules: RuleSet) -> str:
    return _(
        "This cannot be settled any more for the injection of %(date)s: pain before it was below %(least)s. Before the "
        "next one, score pain while doing the movement that hurts most.",
        date=_given(step),
        least=rules.block.low_baseline,
    )


def _readings(step: Step, rules: RuleSet) -> str:
    window = step.window
    if window is None:
        raise AssertionError("readings are asked for in the window of an agent")
    asked = _(
        "at least %(least)s readings between minute %(onset)s and minute %(end)s (%(length)s), one of them at "
        "%(after)s or later",
        least=rules.block.fewest_readings,
        onset=window.onset,
        end=window.usual_end,
        length=minute_in_words(window.usual_end),
        after=minute_in_words(rules.block.after_minute),
    )
    if rules.block.sustained:
        asked = _(
            "%(readings)s, one between minute %(first)s and minute %(last)s",
            readings=asked,
            first=window.hold,
            last=window.hold + rules.block.hold_minutes,
        )
    if step.remedy is Remedy.SCORE:
        return _(
            "For the injection of %(date)s, score now: %(readings)s, each recorded at once.",
            date=_given(step),
            readings=asked,
        )
    return _(
        "This cannot be settled any more for the injection of %(date)s. At the next one, record %(readings)s, each at "
        "once.",
        date=_given(step),
        readings=asked,
    )


def _contradiction(_step: Step, _rules: RuleSet) -> str:
    return _(
        "Check that the anaesthetics, times and sides of both blocks are written down rightly. If they are, no record "
        "settles this: read the blocks yourself, and give your reason below."
    )


def _another_block(_step: Step, _rules: RuleSet) -> str:
    return _(
        "The blocks of this side differ. Another diagnostic block that can be judged would settle it: record its "
        "anaesthetic, the score before and its readings."
    )


# --- the steroid ------------------------------------------------------------------------------------------------------


def _steroid(step: Step, _rules: RuleSet) -> str:
    return _(
        "Write down which steroid was given on %(date)s, by correcting the injection. If none was given, this "
        "cannot be settled for it.",
        date=_given(step),
    )


def _average(step: Step, rules: RuleSet) -> str:
    return _(
        "If the average pain of the week before %(date)s was asked then, add it by correcting the injection. Else this "
        "cannot be settled for it: before the next one, have the average scored on at least %(least)s of the 7 days "
        "before.",
        date=_given(step),
        least=rules.steroid.fewest_days_before,
    )


def _average_low(step: Step, rules: RuleSet) -> str:
    return _(
        "This cannot be settled any more for the injection of %(date)s: average pain before it was below %(least)s, "
        "too low to measure relief. Before the next one, have the average scored in the week before.",
        date=_given(step),
        least=rules.steroid.low_baseline,
    )


def _cut_short(step: Step, _rules: RuleSet) -> str:
    return _(
        "This cannot be settled any more for the injection of %(date)s: the next injection of this side came first. "
        "After that one, have the average scored each day.",
        date=_given(step),
    )


def _time(step: Step, _rules: RuleSet) -> str:
    if step.from_on is None or step.days is None:
        raise AssertionError("what time settles has its days and its date")
    return _(
        "Have the average scored each day until day %(day)s. Judge again from %(date)s at the latest.",
        day=step.days.last,
        date=in_words(step.from_on),
    )


def _days(step: Step, _rules: RuleSet) -> str:
    if step.remedy is Remedy.SCORE:
        if step.days is None:
            return _(
                "Have the average scored each day from now on, after the injection of %(date)s.", date=_given(step)
            )
        return _(
            "Have the average scored each day from now on until %(day)s, after the injection of %(date)s.",
            day=day_in_words(day_zero(step.injection), step.days.last),
            date=_given(step),
        )
    if step.days is None:
        raise AssertionError("days on paper are named")
    first, last = step.days.first, step.days.last
    span = _("day %(day)s", day=first) if first == last else _("days %(first)s to %(last)s", first=first, last=last)
    return _(
        "If the patient kept scores on paper for %(days)s after the injection of %(date)s, write those days down. "
        "Else this cannot be settled for it: after the next one, have the average scored each day.",
        days=span,
        date=_given(step),
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
