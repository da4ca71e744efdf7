"""An assessment as it was kept beside a signature, in words, and what is different today.

What was kept is plain (`diary.exchange.assessment.write_assessment`), so it stays readable when the rule set that made
it is no longer the clinic's.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from diary.domain.block import BlockReason, BlockVerdict
from diary.domain.diary import Purpose, Side
from diary.domain.repeat import Outcome, Overall
from diary.domain.rulesets.parts import Rule
from diary.domain.steroid import SteroidReason, SteroidVerdict
from diary.words.language import gettext as _
from diary.words.language import ngettext
from diary.words.repeat_findings import repeat_title as title_of
from diary.words.times import listed
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
_COUNTED: tuple[Callable[[int], str], ...] = (
    lambda num: ngettext("1 injection", "%(num)s injections", num),
    lambda num: ngettext("1 entry", "%(num)s entries", num),
    lambda num: ngettext("1 medicine", "%(num)s medicines", num),
    lambda num: ngettext("1 steroid given elsewhere", "%(num)s steroids given elsewhere", num),
    lambda num: ngettext("1 correction", "%(num)s corrections", num),
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
    return ", ".join(
        [
            ngettext("1 reading", "%(num)s readings", block["readings"]),
            _("no score before") if block["baseline"] is None else _("%(score)s before", score=block["baseline"]),
            _("%(percent)s%% asked", percent=block["threshold"]),
        ]
    )


def steroid_figures(steroid: Plain) -> str:
    """12 of 14 expected days and weeks scored, 50% asked; nothing where no steroid was given."""
    data = steroid.get("data")
    if data is None:
        return ""
    return _(
        "%(n)s of %(of)s expected days and weeks scored, %(percent)s%% asked",
        n=data["filled"],
        of=data["slots"],
        percent=steroid["threshold"],
    )


def repeat_title(repeat: Plain) -> str:
    """Next therapeutic injection, right."""
    return title_of(Purpose(repeat["next"]), Side(repeat["side"]))


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
        counted(after - before) for before, after, counted in zip(then, now, _COUNTED, strict=True) if after > before
    ]
    return _("Signed on %(records)s fewer than there are now.", records=_and(added)) if added else None


def _and(words: Sequence[str]) -> str:
    """One and another and a third."""
    first, *others = words
    for other in others:
        first = listed([first, other])
    return first


def records_in_words(counts: Sequence[int]) -> str:
    """1 injection, 40 entries, 0 medicines, 0 steroids given elsewhere, 2 corrections."""
    return ", ".join(counted(count) for count, counted in zip(counts, _COUNTED, strict=True))


def differences(then: Plain, now: Plain, *, judged_then: str, judged_now: str) -> Iterator[str]:
    """Each verdict on an injection and each rule of a repeat that is another one today, in a sentence."""
    before, after = judged_injection(then, judged_then), judged_injection(now, judged_now)
    was, now_is = block_in_words(before["block"]), block_in_words(after["block"])
    if was != now_is:
        yield _("The block's verdict was “%(was)s”, now “%(now)s”.", was=was, now=now_is)
    was, now_is = steroid_in_words(before["steroid"]), steroid_in_words(after["steroid"])
    if was != now_is:
        yield _("The steroid's verdict was “%(was)s”, now “%(now)s”.", was=was, now=now_is)
    today = {(repeat["side"], repeat["next"]): repeat for repeat in now["repeat"]}
    for repeat in then["repeat"]:
        yield from _of_repeat(repeat, today.get((repeat["side"], repeat["next"])))


def _of_repeat(then: Plain, now: Plain | None) -> Iterator[str]:
    title = repeat_title(then)
    if now is None:
        yield _(
            "%(title)s: was “%(was)s”, no longer judged now, since no injection of this side stands.",
            title=title,
            was=overall_of(then),
        )
        return
    if then["overall"] != now["overall"]:
        yield _("%(title)s: was “%(was)s”, now “%(now)s”.", title=title, was=overall_of(then), now=overall_of(now))
    results = {rule["rule"]: rule for rule in now["rules"]}
    for rule in then["rules"]:
        today = results.get(rule["rule"])
        if today is None:
            yield _(
                "%(title)s, %(rule)s: was “%(was)s”; today's rule set does not ask it.",
                title=title,
                rule=rule_name(rule),
                was=outcome_of(rule),
            )
        elif today["result"] != rule["result"]:
            yield _(
                "%(title)s, %(rule)s: was “%(was)s”, now “%(now)s”.",
                title=title,
                rule=rule_name(rule),
                was=outcome_of(rule),
                now=outcome_of(today),
            )


def _with_reasons(verdict: str, reasons: Iterator[str]) -> str:
    why = ", ".join(reasons)
    return f"{verdict} ({why})" if why else verdict
