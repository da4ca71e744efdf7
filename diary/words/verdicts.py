"""Verdicts, reasons, cautions and outcomes, each in the few words that stand for it everywhere."""

from collections.abc import Mapping

from diary.domain.block import BlockCaution, BlockReason, BlockVerdict, Fit
from diary.domain.readings import SetAside
from diary.domain.repeat import Outcome, Overall, Warning_
from diary.domain.rulesets.parts import Rule
from diary.domain.steroid import BaselineFrom, SteroidCaution, SteroidReason, SteroidVerdict
from diary.domain.steroid_figures import Badge, ImmpactClass, Untold

BLOCK_VERDICTS: Mapping[BlockVerdict, str] = {
    BlockVerdict.MEETS: "meets rule",
    BlockVerdict.PARTLY: "partly",
    BlockVerdict.DOES_NOT_MEET: "does not meet",
    BlockVerdict.CANNOT_TELL: "cannot tell",
}
BLOCK_REASONS: Mapping[BlockReason, str] = {
    BlockReason.NO_AGENT: "no known anaesthetic is written down",
    BlockReason.NO_BASELINE: "no score was taken before the injection",
    BlockReason.LOW_BASELINE: "pain before was too low to measure relief",
    BlockReason.TOO_FEW_READINGS: "too few readings",
    BlockReason.NONE_AFTER_AN_HOUR: "no reading an hour or later",
    BlockReason.NONE_AT_HOLD: "no reading when the agent should still hold",
}
BLOCK_CAUTIONS: Mapping[BlockCaution, str] = {
    BlockCaution.SEDATION: "sedation was given",
    BlockCaution.ANALGESIC_CHANGES_VERDICT: "with scores after pain medicine counted the verdict differs",
    BlockCaution.SHORTER_THAN_AGENT: "relief was shorter than the agent explains",
    BlockCaution.SINGLE_AGENT_BLOCK: "not confirmed by a second block with another agent",
    BlockCaution.STEROID_IN_BLOCK: "a steroid was given too, which can hide when the block wore off",
}
FITS: Mapping[Fit, str] = {
    Fit.FITS: "as long as the agent explains",
    Fit.SHORTER: "shorter than the agent explains",
    Fit.LONGER: "longer than the agent explains",
    Fit.UNKNOWN: "whether that fits the agent cannot be told",
}
SET_ASIDE: Mapping[SetAside, str] = {
    SetAside.AFTER_NEXT_INJECTION: "after the next injection",
    SetAside.NO_SCORE: "without this score",
    SetAside.BEFORE_ONSET: "before the onset",
    SetAside.LATE: "late",
    SetAside.ANALGESIC: "after pain medicine",
    SetAside.TOO_CLOSE: "too close to the one before",
}
STEROID_VERDICTS: Mapping[SteroidVerdict, str] = {
    SteroidVerdict.MEETS: "meets rule",
    SteroidVerdict.PARTLY: "partly",
    SteroidVerdict.DOES_NOT_MEET: "does not meet",
    SteroidVerdict.CANNOT_TELL: "cannot tell",
    SteroidVerdict.ONGOING: "still working",
    SteroidVerdict.TOO_EARLY: "too early",
}
STEROID_REASONS: Mapping[SteroidReason, str] = {
    SteroidReason.NO_STEROID: "no steroid is written down",
    SteroidReason.NO_BASELINE: "no average pain from before the injection",
    SteroidReason.LOW_BASELINE: "pain before was too low to measure relief",
    SteroidReason.TOO_LITTLE_DATA: "too few days were scored",
    SteroidReason.CUT_SHORT: "the next injection came first",
    SteroidReason.LATE_ONSET: "relief began later than a steroid explains",
    SteroidReason.TOO_SPARSE_FOR_ONSET: "too few scores in the days when relief should begin",
    SteroidReason.GAP: "a gap in the scores hides how long relief lasted",
}
STEROID_CAUTIONS: Mapping[SteroidCaution, str] = {
    SteroidCaution.ONE_SCORE_BASELINE: "the baseline is one score",
    SteroidCaution.BASELINES_DIFFER: "the two baselines differ by 2 points or more",
    SteroidCaution.OTHER_SIDE_INJECTION: "the other side was injected in this time",
    SteroidCaution.LAST_SCORE_BELOW: "the last score is below the threshold of relief",
}
BADGES: Mapping[Badge, str] = {Badge.GOOD: "good", Badge.LIMITED: "limited", Badge.TOO_LITTLE: "too little"}
BASELINES: Mapping[BaselineFrom, str] = {
    BaselineFrom.DAYS_BEFORE: "median of the days before",
    BaselineFrom.ONE_SCORE: "one score, taken before the injection",
}
IMMPACT: Mapping[ImmpactClass, str] = {
    ImmpactClass.NONE: "none",
    ImmpactClass.MINIMAL: "minimal",
    ImmpactClass.MODERATE: "moderate",
    ImmpactClass.SUBSTANTIAL: "substantial",
}
UNTOLD: Mapping[Untold, str] = {
    Untold.NO_BASELINE: "no score of moving from before the injection",
    Untold.LOW_BASELINE: "moving was too easy before to measure a change",
    Untold.TOO_LITTLE_DATA: "too few days were scored",
    Untold.BEFORE_ASKED_DAY: "the day until which relief is asked has not come or is not known",
    Untold.TOO_FEW_AT_FUNCTION: "fewer than 2 scores around day 84",
}
OVERALL: Mapping[Overall, str] = {
    Overall.FITS: "fits the rules",
    Overall.DOES_NOT_FIT: "does not fit the rules",
    Overall.CANNOT_TELL: "cannot tell",
}
OUTCOMES: Mapping[Outcome, str] = {Outcome.MET: "met", Outcome.NOT_MET: "not met", Outcome.UNKNOWN: "unknown"}
START_TOO_LOW = "From so low a start one point is a large share: these days and percentages are shown and not judged"
RULES: Mapping[Rule, str] = {
    Rule.BLOCK: "a block that meets the rule",
    Rule.RESPONSE: "the response to the last injection",
    Rule.GAP: "the time since the last injection",
    Rule.SESSIONS: "the number of sessions in 12 months",
    Rule.FIRST_BLOCK: "the last block, if any, meets the rule",
    Rule.BLOCKS: "the number of diagnostic blocks",
}
WARNINGS: Mapping[Warning_, str] = {
    Warning_.STEROID_EFFECT: "the last steroid on this side may still act",
    Warning_.RELIEF_CONTINUES: "relief after the last steroid on this side still goes on",
}
