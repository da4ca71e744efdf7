"""A doctor's reading and plan, and how a rule's result is marked: the words for them."""

from collections.abc import Mapping

from diary.domain.repeat import Outcome
from diary.domain.sign_off import BlockReading, NextStep
from diary.words.language import lazy_gettext as _
from diary.words.vocabulary import Vocabulary

# A mark that is read without its colour; the words always stand beside it.
MARKS: Mapping[Outcome, str] = {Outcome.MET: "✓", Outcome.NOT_MET: "✗", Outcome.UNKNOWN: "?"}
READINGS: Vocabulary[BlockReading] = Vocabulary(
    {
        BlockReading.POSITIVE: _("Positive"),
        BlockReading.NEGATIVE: _("Negative"),
        BlockReading.UNSURE: _("Unsure"),
        BlockReading.NOT_READ: _("Not read"),
    }
)
NEXT_STEPS: Vocabulary[NextStep] = Vocabulary(
    {
        NextStep.REPEAT: _("Therapeutic injection"),
        NextStep.SECOND_BLOCK: _("Second diagnostic block"),
        NextStep.WAIT: _("Wait and look again"),
        NextStep.OTHER: _("Other treatment"),
        NextStep.DISCHARGE: _("Discharge"),
    }
)
