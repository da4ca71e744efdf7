"""Verdicts, reasons, cautions and outcomes, each in the few words that stand for it everywhere."""

from collections.abc import Mapping

from diary.domain.block import BlockCaution, BlockReason, BlockVerdict, Fit
from diary.domain.readings import SetAside
from diary.domain.repeat import Outcome, Overall, Warning_
from diary.domain.rulesets.parts import Rule
from diary.domain.steroid import BaselineFrom, SteroidCaution, SteroidReason, SteroidVerdict
from diary.domain.steroid_figures import Badge, ImmpactClass, Untold
from diary.words.language import lazy_gettext as _
from diary.words.vocabulary import Vocabulary

BLOCK_VERDICTS: Mapping[BlockVerdict, str] = Vocabulary(
    {
        BlockVerdict.MEETS: _("meets rule"),
        BlockVerdict.PARTLY: _("partly"),
        BlockVerdict.DOES_NOT_MEET: _("does not meet"),
        BlockVerdict.CANNOT_TELL: _("cannot tell"),
    }
)
BLOCK_REASONS: Mapping[BlockReason, str] = Vocabulary(
    {
        BlockReason.NO_AGENT: _("no known anaesthetic is written down"),
        BlockReason.NO_BASELINE: _("no score was taken before the injection"),
        BlockReason.LOW_BASELINE: _("pain before was too low to measure relief"),
        BlockReason.TOO_FEW_READINGS: _("too few readings"),
        BlockReason.NONE_AFTER_AN_HOUR: _("no reading an hour or later"),
        BlockReason.NONE_AT_HOLD: _("no reading when the agent should still hold"),
    }
)
BLOCK_CAUTIONS: Mapping[BlockCaution, str] = Vocabulary(
    {
        BlockCaution.SEDATION: _("sedation was given"),
        BlockCaution.ANALGESIC_CHANGES_VERDICT: _("with scores after pain medicine counted the verdict differs"),
        BlockCaution.SHORTER_THAN_AGENT: _("relief was shorter than the agent explains"),
        BlockCaution.SINGLE_AGENT_BLOCK: _("not confirmed by a second block with another agent"),
        BlockCaution.STEROID_IN_BLOCK: _("a steroid was given too, which can hide when the block wore off"),
    }
)
FITS: Mapping[Fit, str] = Vocabulary(
    {
        Fit.FITS: _("as long as the agent explains"),
        Fit.SHORTER: _("shorter than the agent explains"),
        Fit.LONGER: _("longer than the agent explains"),
        Fit.UNKNOWN: _("whether that fits the agent cannot be told"),
    }
)
SET_ASIDE: Mapping[SetAside, str] = Vocabulary(
    {
        SetAside.AFTER_NEXT_INJECTION: _("after the next injection"),
        SetAside.NO_SCORE: _("without this score"),
        SetAside.BEFORE_ONSET: _("before the onset"),
        SetAside.LATE: _("late"),
        SetAside.ANALGESIC: _("after pain medicine"),
        SetAside.TOO_CLOSE: _("too close to the one before"),
    }
)
STEROID_VERDICTS: Mapping[SteroidVerdict, str] = Vocabulary(
    {
        SteroidVerdict.MEETS: _("meets rule"),
        SteroidVerdict.PARTLY: _("partly"),
        SteroidVerdict.DOES_NOT_MEET: _("does not meet"),
        SteroidVerdict.CANNOT_TELL: _("cannot tell"),
        SteroidVerdict.ONGOING: _("still working"),
        SteroidVerdict.TOO_EARLY: _("too early"),
    }
)
STEROID_REASONS: Mapping[SteroidReason, str] = Vocabulary(
    {
        SteroidReason.NO_STEROID: _("no steroid is written down"),
        SteroidReason.NO_BASELINE: _("no average pain from before the injection"),
        SteroidReason.LOW_BASELINE: _("pain before was too low to measure relief"),
        SteroidReason.TOO_LITTLE_DATA: _("too few days were scored"),
        SteroidReason.CUT_SHORT: _("the next injection came first"),
        SteroidReason.LATE_ONSET: _("relief began later than a steroid explains"),
        SteroidReason.TOO_SPARSE_FOR_ONSET: _("too few scores in the days when relief should begin"),
        SteroidReason.GAP: _("a gap in the scores hides how long relief lasted"),
    }
)
STEROID_CAUTIONS: Mapping[SteroidCaution, str] = Vocabulary(
    {
        SteroidCaution.ONE_SCORE_BASELINE: _("the baseline is one score"),
        SteroidCaution.BASELINES_DIFFER: _("the two baselines differ by 2 points or more"),
        SteroidCaution.OTHER_SIDE_INJECTION: _("the other side was injected in this time"),
        SteroidCaution.LAST_SCORE_BELOW: _("the last score is below the threshold of relief"),
    }
)
BADGES: Mapping[Badge, str] = Vocabulary(
    {Badge.GOOD: _("good"), Badge.LIMITED: _("limited"), Badge.TOO_LITTLE: _("too little")}
)
BASELINES: Mapping[BaselineFrom, str] = Vocabulary(
    {
        BaselineFrom.DAYS_BEFORE: _("median of the days before"),
        BaselineFrom.ONE_SCORE: _("one score, taken before the injection"),
    }
)
IMMPACT: Mapping[ImmpactClass, str] = Vocabulary(
    {
        ImmpactClass.NONE: _("none"),
        ImmpactClass.MINIMAL: _("minimal"),
        ImmpactClass.MODERATE: _("moderate"),
        ImmpactClass.SUBSTANTIAL: _("substantial"),
    }
)
UNTOLD: Mapping[Untold, str] = Vocabulary(
    {
        Untold.NO_BASELINE: _("no score of moving from before the injection"),
        Untold.LOW_BASELINE: _("moving was too easy before to measure a change"),
        Untold.TOO_LITTLE_DATA: _("too few days were scored"),
        Untold.BEFORE_ASKED_DAY: _("the day until which relief is asked has not come or is not known"),
        Untold.TOO_FEW_AT_FUNCTION: _("fewer than 2 scores around day 84"),
    }
)
OVERALL: Mapping[Overall, str] = Vocabulary(
    {
        Overall.FITS: _("fits the rules"),
        Overall.DOES_NOT_FIT: _("does not fit the rules"),
        Overall.CANNOT_TELL: _("cannot tell"),
    }
)
OUTCOMES: Mapping[Outcome, str] = Vocabulary(
    {Outcome.MET: _("met"), Outcome.NOT_MET: _("not met"), Outcome.UNKNOWN: _("unknown")}
)
START_TOO_LOW = _("From so low a start one point is a large share: these days and percentages are shown and not judged")
RULES: Mapping[Rule, str] = Vocabulary(
    {
        Rule.BLOCK: _("a block that meets the rule"),
        Rule.RESPONSE: _("the response to the last injection"),
        Rule.GAP: _("the time since the last injection"),
        Rule.SESSIONS: _("the number of sessions in 12 months"),
        Rule.FIRST_BLOCK: _("the last block, if any, meets the rule"),
        Rule.BLOCKS: _("the number of diagnostic blocks"),
    }
)
WARNINGS: Mapping[Warning_, str] = Vocabulary(
    {
        Warning_.STEROID_EFFECT: _("the last steroid on this side may still act"),
        Warning_.RELIEF_CONTINUES: _("relief after the last steroid on this side still goes on"),
    }
)
