"""The repeat, and a doctor's reading and plan: the words for them."""

from collections.abc import Mapping
from typing import assert_never

from diary.domain.diary import Purpose
from diary.domain.repeat import Outcome, Overall, Repeat
from diary.domain.rulesets import RuleSet
from diary.domain.rulesets.parts import Rule
from diary.domain.sign_off import BlockReading, NextStep
from diary.words.times import in_words

RULES: Mapping[Rule, str] = {
    Rule.BLOCK: "Diagnostic block",
    Rule.RESPONSE: "Response to the last treatment",
    Rule.GAP: "Time since the last injection",
    Rule.SESSIONS: "Number of sessions",
    Rule.FIRST_BLOCK: "First block",
    Rule.BLOCKS: "Number of diagnostic sessions",
}
# A mark that is read without its colour; the words always stand beside it.
MARKS: Mapping[Outcome, str] = {Outcome.MET: "✓", Outcome.NOT_MET: "✗", Outcome.UNKNOWN: "?"}
READINGS: Mapping[BlockReading, str] = {
    BlockReading.POSITIVE: "Positive",
    BlockReading.NEGATIVE: "Negative",
    BlockReading.UNSURE: "Unsure",
    BlockReading.NOT_READ: "Not read",
}
NEXT_STEPS: Mapping[NextStep, str] = {
    NextStep.REPEAT: "Repeat the injection",
    NextStep.SECOND_BLOCK: "Second diagnostic block",
    NextStep.WAIT: "Wait and look again",
    NextStep.OTHER: "Other treatment",
    NextStep.DISCHARGE: "Discharge",
}


def next_in_words(purpose: Purpose) -> str:
    """Next treatment, or next diagnostic block."""
    match purpose:
        case Purpose.THERAPEUTIC:
            return "Next treatment injection"
        case Purpose.DIAGNOSTIC:
            return "Next diagnostic block"
        case _:
            assert_never(purpose)


def overall_in_words(repeat: Repeat, rules: RuleSet) -> str:
    """Fits rule set us-medicare-sij v1, dated 14-May-2025; check your payer."""
    named = f"rule set {rules.name} v{rules.version}, dated {in_words(rules.source_date)}"
    if not repeat.rules:
        return f"Cannot tell: {named}, has no rules of repeat for this injection."
    match repeat.overall:
        case Overall.FITS:
            return f"Fits {named}; check your payer."
        case Overall.DOES_NOT_FIT:
            return f"Does not fit {named}."
        case Overall.CANNOT_TELL:
            return f"Cannot tell by {named}."
        case _:
            assert_never(repeat.overall)
