"""The next injection of a side in two or three lines: what the clinic's rules say of it."""

from datetime import date

from diary.domain.repeat import Outcome, Overall, Repeat, RuleResult
from diary.domain.rulesets import RuleSet
from diary.words.findings import Box, BoxKind, as_sentence
from diary.words.times import dates_in_words, in_words
from diary.words.verdicts import OVERALL, WARNINGS


def repeat_box(repeat: Repeat, rules: RuleSet, *, as_of: date) -> Box:
    """One of the third boxes: a side and a kind of next injection, with the first date."""
    return Box(
        kind=BoxKind.REPEAT,
        title=f"Next {repeat.next.value} injection, {repeat.side.value}",
        verdict=repeat.overall,
        words=as_sentence(OVERALL[repeat.overall]),
        lead=_lead(repeat, rules),
        reasons=(),
        sentences=tuple(_sentences(repeat, as_of)),
        numbers=(),
        data=None,
        cautions=tuple(as_sentence(WARNINGS[warning]) for warning in repeat.warnings),
    )


def _lead(repeat: Repeat, rules: RuleSet) -> str:
    named = f"rule set {rules.name} v{rules.version}, dated {in_words(rules.source_date)}"
    match repeat.overall:
        case Overall.FITS:
            return f"Fits {named}; check your payer"
        case Overall.DOES_NOT_FIT:
            return f"Does not fit {named}"
        case Overall.CANNOT_TELL if not repeat.rules:
            return f"Cannot tell: {named}, has no rule about it"
        case Overall.CANNOT_TELL:
            return f"Cannot tell by {named}"


def _sentences(repeat: Repeat, as_of: date) -> list[str]:
    if not repeat.rules:
        return []
    said = []
    for outcome, words in ((Outcome.NOT_MET, "Not met"), (Outcome.UNKNOWN, "Not known")):
        # The engine's own sentence: "no diagnostic block is recorded" is not "the block does not meet the rule".
        whys = (_why(result) for result in repeat.rules if result.result is outcome)
        said += [f"{words}: {why[0].lower()}{why[1:]}" for why in whys]
    met = sum(result.result is Outcome.MET for result in repeat.rules)
    said.append(f"{met} of {len(repeat.rules)} rules met")
    return [*said, *_first_date(repeat, as_of)]


def _why(result: RuleResult) -> str:
    first = f" (first met on {in_words(result.earliest)})" if result.earliest else ""
    return dates_in_words(result.why).removesuffix(".") + first


def _first_date(repeat: Repeat, as_of: date) -> list[str]:
    if repeat.earliest is None:
        return ["No first date can be given"]
    return [] if repeat.earliest <= as_of else [f"First date: {in_words(repeat.earliest)}"]
