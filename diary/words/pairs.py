"""Two blocks of one side compared: what the result is called and what it means, as a flag for the doctor.

Source: ``docs/reference/judgement.md``, "Pairs"; comparative blocks after Barnsley and Lord.
"""

from collections.abc import Mapping

from diary.domain.block import Block, BlockVerdict, PairResult

PAIR_RESULTS: Mapping[PairResult, str] = {
    PairResult.CONCORDANT: "concordant",
    PairResult.DISCORDANT: "discordant",
    PairResult.INDETERMINATE: "indeterminate",
    PairResult.NOT_CONFIRMED: "not confirmed",
    PairResult.CANNOT_TELL: "cannot tell",
    PairResult.NOT_COMPARABLE: "not comparable",
}

_MEANINGS: Mapping[PairResult, str] = {
    PairResult.CONCORDANT: "relief lasted longer with the longer agent, as it would if each block numbed the source "
    "of the pain",
    PairResult.DISCORDANT: "relief lasted longer with the shorter agent, which the agents do not explain",
    PairResult.INDETERMINATE: "which of the two lasted longer cannot be said, because the ranges overlap or an end was "
    "not seen",
}


def pair_meaning(result: PairResult, first: Block, second: Block) -> str:
    """What a result means, or why there is none, for the two blocks by time."""
    match result:
        case PairResult.NOT_COMPARABLE:
            return _why_not_comparable(first, second)
        case PairResult.NOT_CONFIRMED:
            return f"{_which(first, second, BlockVerdict.DOES_NOT_MEET)} not meet the rule"
        case PairResult.CANNOT_TELL:
            return f"{_which(first, second, BlockVerdict.CANNOT_TELL)} not have a verdict"
        case _:
            return _MEANINGS[result]


def _why_not_comparable(first: Block, second: Block) -> str:
    if first.window is None and second.window is None:
        return "neither block has an anaesthetic that the rule set knows"
    if first.window is None or second.window is None:
        return f"the {'first' if first.window is None else 'second'} block has no anaesthetic that the rule set knows"
    return "the agents usually last equally long, so the two cannot be told apart by their duration"


def _which(first: Block, second: Block, verdict: BlockVerdict) -> str:
    if first.verdict is second.verdict:
        return "both blocks do"
    return f"the {'first' if first.verdict is verdict else 'second'} block does"
