"""A doctor's reading and plan, and how a rule's result is marked: the words for them."""

from collections.abc import Mapping

from diary.domain.repeat import Outcome
from diary.domain.sign_off import BlockReading, NextStep

# A mark that is read without its colour; the words always stand beside it.
MARKS: Mapping[Outcome, str] = {Outcome.MET: "✓", Outcome.NOT_MET: "✗", Outcome.UNKNOWN: "?"}
READINGS: Mapping[BlockReading, str] = {
    BlockReading.POSITIVE: "Positive",
    BlockReading.NEGATIVE: "Negative",
    BlockReading.UNSURE: "Unsure",
    BlockReading.NOT_READ: "Not read",
}
NEXT_STEPS: Mapping[NextStep, str] = {
    NextStep.REPEAT: "Therapeutic injection",
    NextStep.SECOND_BLOCK: "Second diagnostic block",
    NextStep.WAIT: "Wait and look again",
    NextStep.OTHER: "Other treatment",
    NextStep.DISCHARGE: "Discharge",
}
