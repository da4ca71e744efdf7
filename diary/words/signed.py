"""An assessment as it was kept beside a signature, in words, and what is different today.

What was kept is plain (`diary.exchange.assessment.write_assessment`), so it stays readable when the rule set that made
it is no longer the clinic's.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from diary.domain.block import BlockReason, BlockVerdict
from diary.domain.repeat import Outcome, Overall
from diary.domain.rulesets.parts import Rule
from diary.domain.steroid import SteroidReason, SteroidVerdict
from diary.words.times import counted
from diary.words.verdicts import (
    BLOCK_REASONS,
    BLOCK_VERDICTS,
    OUTCOMES,
    OVERALL,
    RULES,
    STEROID_REASONS,
    STEROID_VERDICTS,
)

Plain = Mapping[str, Any]

# The kinds of records, in the order in which they are counted.
_COUNTED = (
    ("injection", "injections"),
    ("entry", "entries"),
    ("medicine", "medicines"),
    ("steroid given elsewhere", "steroids given elsewhere"),
    ("correction", "corrections"),
)


def judged_injection(assessment: Plain, injection_id: str) -> Plain:
    """What the assessment says of one injection."""
    found: Plain = next(one for one in assessment["injections"] if one["id"] == injection_id)
    return found


def block_in_words(block: Plain) -> str:
    """Cannot tell: too few readings."""
    verdict = BLOCK_VERDICTS[BlockVerdict(block["verdict"])]
    return _with_reasons(verdict, (BLOCK_REASONS[BlockReason(reason)] for reason in block["reasons"]))


def steroid_in_words(steroid: Plain) -> str:
    """Meets the rule."""
    verdict = STEROID_VERDICTS[SteroidVerdict(steroid["verdict"])]
    return _with_reasons(verdict, (STEROID_REASONS[SteroidReason(reason)] for reason in steroid["reasons"]))


def block_figures(block: Plain) -> str:
    """5 readings, 8 before, 75% asked."""
    before = "no score before" if block["baseline"] is None else f"{block['baseline']} before"
    return f"{counted(block['readings'], 'reading', 'readings')}, {before}, {block['threshold']}% asked"


def steroid_figures(steroid: Plain) -> str:
    """12 of 14 expected days and weeks scored, 50% asked; nothing where no steroid was given."""
    data = steroid.get("data")
    if data is None:
        return ""
    return f"{data['filled']} of {data['slots']} expected days and weeks scored, {steroid['threshold']}% asked"


def repeat_title(repeat: Plain) -> str:
    """Next therapeutic injection, right."""
    return f"Next {repeat['next']} injection, {repeat['side']}"


def overall_of(repeat: Plain) -> str:
    return OVERALL[Overall(repeat["overall"])]


def rule_name(rule: Plain) -> str:
    return RULES[Rule(rule["rule"])]


def outcome_of(rule: Plain) -> str:
    return OUTCOMES[Outcome(rule["result"])]


# --- what is different today ------------------------------------------------------------------------------------------


def fewer_in_words(then: Sequence[int], now: Sequence[int]) -> str | None:
    """Signed on 3 entries and 1 medicine fewer than there are now; None where nothing was added."""
    added = [
        counted(after - before, one, many)
        for before, after, (one, many) in zip(then, now, _COUNTED, strict=True)
        if after > before
    ]
    return f"Signed on {' and '.join(added)} fewer than there are now." if added else None


def records_in_words(counts: Sequence[int]) -> str:
    """1 injection, 40 entries, 0 medicines, 0 steroids given elsewhere, 2 corrections."""
    return ", ".join(counted(count, one, many) for count, (one, many) in zip(counts, _COUNTED, strict=True))


def differences(then: Plain, now: Plain, *, judged_then: str, judged_now: str) -> Iterator[str]:
    """Each verdict on an injection and each rule of a repeat that is another one today, in a sentence."""
    before, after = judged_injection(then, judged_then), judged_injection(now, judged_now)
    for name, words in (("block", block_in_words), ("steroid", steroid_in_words)):
        if words(before[name]) != words(after[name]):
            yield f"The {name}'s verdict was “{words(before[name])}”, now “{words(after[name])}”."
    today = {(repeat["side"], repeat["next"]): repeat for repeat in now["repeat"]}
    for repeat in then["repeat"]:
        yield from _of_repeat(repeat, today.get((repeat["side"], repeat["next"])))


def _of_repeat(then: Plain, now: Plain | None) -> Iterator[str]:
    title = repeat_title(then)
    if now is None:
        yield f"{title}: was “{overall_of(then)}”, no longer judged now, since no injection of this side stands."
        return
    if then["overall"] != now["overall"]:
        yield f"{title}: was “{overall_of(then)}”, now “{overall_of(now)}”."
    results = {rule["rule"]: rule for rule in now["rules"]}
    for rule in then["rules"]:
        today = results.get(rule["rule"])
        if today is None:
            yield f"{title}, {rule_name(rule)}: was “{outcome_of(rule)}”; today's rule set does not ask it."
        elif today["result"] != rule["result"]:
            yield f"{title}, {rule_name(rule)}: was “{outcome_of(rule)}”, now “{outcome_of(today)}”."


def _with_reasons(verdict: str, reasons: Iterator[str]) -> str:
    why = ", ".join(reasons)
    return f"{verdict} ({why})" if why else verdict
