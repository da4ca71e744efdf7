"""The repeat plan in words: what the rules say of each next injection, and what would settle what they leave open."""

from dataclasses import dataclass
from uuid import UUID

from diary.domain.repeat import Outcome, Overall, Repeat, RuleResult
from diary.domain.rulesets import RuleSet
from diary.domain.to_settle import Remedy, Step, steps_to_settle
from diary.services.judgement import Judged
from diary.words.findings import as_sentence
from diary.words.language import gettext as _
from diary.words.plans import MARKS
from diary.words.repeat_findings import repeat_box, why_in_words
from diary.words.settling import step_in_words
from diary.words.times import in_words
from diary.words.verdicts import OUTCOMES, RULES

_MARK_OF = {
    Overall.FITS: MARKS[Outcome.MET],
    Overall.DOES_NOT_FIT: MARKS[Outcome.NOT_MET],
    Overall.CANNOT_TELL: MARKS[Outcome.UNKNOWN],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """What to record, and where: ``corrects`` is the injection to correct, ``imports`` that days can be brought in."""

    words: str
    corrects: UUID | None
    imports: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    mark: str
    name: str
    result: str
    why: str
    first: str
    steps: tuple[StepLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatBox:
    """One next injection of one side."""

    title: str
    mark: str
    overall: str
    earliest: str
    warnings: tuple[str, ...]
    rules: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatPlan:
    """Every next injection that the rules speak of, with the rules' source and what could not be checked in it."""

    source: str
    unchecked: str
    short_source: str
    boxes: tuple[RepeatBox, ...]


def repeat_plan(judged: Judged) -> RepeatPlan:
    """The repeat plan of a patient, by the rule set that they are judged by."""
    rules = judged.rules
    return RepeatPlan(
        source=_(
            "%(title)s: %(source)s, dated %(date)s",
            title=rules.title,
            source=rules.source,
            date=in_words(rules.source_date),
        ),
        unchecked=rules.unchecked,
        short_source=_(
            "%(name)s v%(version)s, %(date)s",
            name=rules.name,
            version=rules.version,
            date=in_words(rules.source_date),
        ),
        boxes=tuple(_box(repeat, judged) for repeat in judged.assessment.repeats),
    )


def _box(repeat: Repeat, judged: Judged) -> RepeatBox:
    box = repeat_box(repeat, judged.rules, as_of=judged.as_of)
    steps = steps_to_settle(repeat, judged.assessment, judged.standing)
    return RepeatBox(
        title=box.title,
        mark=_MARK_OF[repeat.overall],
        overall=f"{box.lead}.",
        earliest=_earliest(repeat, judged),
        warnings=box.cautions,
        rules=tuple(_line(result, steps.get(result.rule, ()), judged.rules) for result in repeat.rules),
    )


def _earliest(repeat: Repeat, judged: Judged) -> str:
    """From when time alone would meet every rule, where that can be said at all."""
    if repeat.earliest is None:
        return _("No first date: time alone does not settle it.") if repeat.rules else ""
    if repeat.earliest == judged.as_of:
        return _("Earliest date: %(date)s, today.", date=in_words(repeat.earliest))
    return _("Earliest date: %(date)s.", date=in_words(repeat.earliest))


def _line(result: RuleResult, steps: tuple[Step, ...], rules: RuleSet) -> RuleLine:
    return RuleLine(
        mark=MARKS[result.result],
        name=as_sentence(RULES[result.rule]),
        result=OUTCOMES[result.result],
        why=why_in_words(result.why),
        first=_("First met on %(date)s.", date=in_words(result.earliest)) if result.earliest else "",
        steps=tuple(_step(step, rules) for step in steps),
    )


def _step(step: Step, rules: RuleSet) -> StepLine:
    return StepLine(
        words=step_in_words(step, rules),
        corrects=step.injection.id if step.remedy is Remedy.CORRECT_INJECTION else None,
        imports=step.remedy is Remedy.WRITE_DOWN_DAYS,
    )
