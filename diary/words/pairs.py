"""Two blocks of one side compared: what the result is called and what it means, as a flag for the doctor.

Source: ``docs/reference/judgement.md``, "Pairs"; comparative blocks after Barnsley and Lord.
"""

from collections.abc import Mapping

from diary.domain.block import Block, BlockVerdict, PairResult
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext
from diary.words.vocabulary import Vocabulary

PAIR_RESULTS: Mapping[PairResult, str] = Vocabulary(
    {
        PairResult.CONCORDANT: lazy_gettext("concordant"),
        PairResult.DISCORDANT: lazy_gettext("discordant"),
        PairResult.INDETERMINATE: lazy_gettext("indeterminate"),
        PairResult.NOT_CONFIRMED: lazy_gettext("not confirmed"),
        PairResult.CANNOT_TELL: lazy_gettext("cannot tell"),
        PairResult.NOT_COMPARABLE: lazy_gettext("not comparable"),
    }
)

_MEANINGS: Mapping[PairResult, str] = Vocabulary(
    {
        PairResult.CONCORDANT: lazy_gettext(
            "relief lasted longer with the longer agent, as it would if each block numbed the source of the pain"
        ),
        PairResult.DISCORDANT: lazy_gettext(
            "relief lasted longer with the shorter agent, which the agents do not explain"
        ),
        PairResult.INDETERMINATE: lazy_gettext(
            "which of the two lasted longer cannot be said, because the ranges overlap or an end was not seen"
        ),
    }
)


def pair_meaning(result: PairResult, first: Block, second: Block) -> str:
    """What a result means, or why there is none, for the two blocks by time."""
    match result:
        case PairResult.NOT_COMPARABLE:
            return _why_not_comparable(first, second)
        case PairResult.NOT_CONFIRMED:
            return _not_confirmed(first, second)
        case PairResult.CANNOT_TELL:
            return _no_verdict(first, second)
        case told:
            return _MEANINGS[told]


def _why_not_comparable(first: Block, second: Block) -> str:
    if first.window is None and second.window is None:
        return _("neither block has an anaesthetic that the rule set knows")
    if first.window is None:
        return _("the first block has no anaesthetic that the rule set knows")
    if second.window is None:
        return _("the second block has no anaesthetic that the rule set knows")
    return _("the agents usually last equally long, so the two cannot be told apart by their duration")


def _not_confirmed(first: Block, second: Block) -> str:
    if first.verdict is second.verdict:
        return _("both blocks do not meet the rule")
    if first.verdict is BlockVerdict.DOES_NOT_MEET:
        return _("the first block does not meet the rule")
    return _("the second block does not meet the rule")


def _no_verdict(first: Block, second: Block) -> str:
    if first.verdict is second.verdict:
        return _("both blocks do not have a verdict")
    if first.verdict is BlockVerdict.CANNOT_TELL:
        return _("the first block does not have a verdict")
    return _("the second block does not have a verdict")
