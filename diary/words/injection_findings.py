"""Everything found of one injection, from the judgement of the whole diary."""

from uuid import UUID

from diary.domain.assessment import Assessment
from diary.domain.block import Block, BlockCaution, BlockVerdict, PairResult
from diary.domain.diary import Side
from diary.domain.in_force import InForce
from diary.domain.readings import courses
from diary.domain.rulesets import RuleSet
from diary.domain.steroid_period import period_after
from diary.domain.timeline import day_zero
from diary.words.block_findings import ONE_BLOCK, block_box
from diary.words.findings import Findings, as_sentence
from diary.words.landmark_findings import average_landmarks, moving_findings
from diary.words.language import gettext as _
from diary.words.pairs import PAIR_RESULTS
from diary.words.repeat_findings import repeat_box
from diary.words.steroid_findings import steroid_box
from diary.words.times import in_words


def findings_of(injection_id: UUID, assessment: Assessment, standing: InForce) -> Findings:
    """The three verdicts on one injection in force, with numbers, landmarks and moving; `KeyError` for any other.

    ``standing`` is what the assessment was made from.
    """
    rules = assessment.rules
    block = {one.injection.id: one for one in assessment.blocks}[injection_id]
    steroid = {one.injection.id: one for one in assessment.steroids}[injection_id]
    course = {one.injection.id: one for one in courses(standing, rules)}[injection_id]
    period, figures = period_after(block.injection, standing), steroid.figures
    side = block.injection.side
    return Findings(
        injection_id=injection_id,
        block=block_box(block, course, rules, pairs=_pairs(injection_id, assessment)),
        steroid=steroid_box(steroid, period, rules),
        repeats=tuple(
            repeat_box(repeat, rules, as_of=assessment.as_of)
            for repeat in assessment.repeats
            if side in (repeat.side, Side.BOTH)
        ),
        landmarks=None if figures is None else average_landmarks(figures, period),
        moving=None if figures is None else moving_findings(figures, period, rules.steroid),
        rule_set=rule_set_words(rules),
        unchecked=rules.unchecked,
        one_block=str(ONE_BLOCK) if _stands_alone(block) else None,
    )


def _stands_alone(block: Block) -> bool:
    """Whether it is a positive that no second block with another agent has borne out."""
    return block.verdict is BlockVerdict.MEETS and BlockCaution.SINGLE_AGENT_BLOCK in block.cautions


def _pairs(injection_id: UUID, assessment: Assessment) -> list[str]:
    """What each pair with this block came to, where the two were compared."""
    told = []
    for pair in assessment.pairs:
        others = [one for one in (pair.first, pair.second) if one.id != injection_id]
        if len(others) == 1 and pair.result in (PairResult.CONCORDANT, PairResult.DISCORDANT):
            on = in_words(day_zero(others[0]))
            told.append(
                _(
                    "%(result)s with the block of %(date)s: a flag for the doctor",
                    result=as_sentence(PAIR_RESULTS[pair.result]),
                    date=on,
                )
            )
    return told


def rule_set_words(rules: RuleSet) -> str:
    """us-medicare-sij v3, dated 14-May-2025."""
    return _(
        "%(title)s (%(name)s v%(version)s), source dated %(date)s",
        title=rules.title,
        name=rules.name,
        version=rules.version,
        date=in_words(rules.source_date),
    )
