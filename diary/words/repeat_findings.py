"""The next injection of a side in two or three lines: what the clinic's rules say of it."""

from collections.abc import Mapping
from datetime import date

from diary.domain.diary import Purpose, Side
from diary.domain.repeat import Outcome, Overall, Repeat, RuleResult
from diary.domain.rulesets import RuleSet
from diary.words.findings import Box, BoxKind, as_sentence
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, told
from diary.words.times import dates_in_words, in_words
from diary.words.verdicts import OVERALL, WARNINGS
from diary.words.vocabulary import Vocabulary

_TITLES: Mapping[tuple[Purpose, Side], str] = Vocabulary(
    {
        (Purpose.DIAGNOSTIC, Side.LEFT): lazy_gettext("Next diagnostic injection, left"),
        (Purpose.DIAGNOSTIC, Side.RIGHT): lazy_gettext("Next diagnostic injection, right"),
        (Purpose.DIAGNOSTIC, Side.BOTH): lazy_gettext("Next diagnostic injection, both"),
        (Purpose.THERAPEUTIC, Side.LEFT): lazy_gettext("Next therapeutic injection, left"),
        (Purpose.THERAPEUTIC, Side.RIGHT): lazy_gettext("Next therapeutic injection, right"),
        (Purpose.THERAPEUTIC, Side.BOTH): lazy_gettext("Next therapeutic injection, both"),
    }
)


def repeat_title(purpose: Purpose, side: Side) -> str:
    """Next therapeutic injection, right."""
    return _TITLES[purpose, side]


def why_in_words(why: str) -> str:
    """The engine's own sentence in the language spoken, with its dates as 06-Aug-2026."""
    return dates_in_words(told(why))


def repeat_box(repeat: Repeat, rules: RuleSet, *, as_of: date) -> Box:
    """One of the third boxes: a side and a kind of next injection, with the first date."""
    return Box(
        kind=BoxKind.REPEAT,
        title=repeat_title(repeat.next, repeat.side),
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
    named = {"name": rules.name, "version": rules.version, "date": in_words(rules.source_date)}
    match repeat.overall:
        case Overall.FITS:
            return _("Fits rule set %(name)s v%(version)s, dated %(date)s; check your payer", **named)
        case Overall.DOES_NOT_FIT:
            return _("Does not fit rule set %(name)s v%(version)s, dated %(date)s", **named)
        case Overall.CANNOT_TELL if not repeat.rules:
            return _("Cannot tell: rule set %(name)s v%(version)s, dated %(date)s, has no rule about it", **named)
        case Overall.CANNOT_TELL:
            return _("Cannot tell by rule set %(name)s v%(version)s, dated %(date)s", **named)


def _sentences(repeat: Repeat, as_of: date) -> list[str]:
    if not repeat.rules:
        return []
    said = []
    # The engine's own sentence: "no diagnostic block is recorded" is not "the block does not meet the rule".
    said += [_("Not met: %(why)s", why=why) for why in _whys(repeat, Outcome.NOT_MET)]
    said += [_("Not known: %(why)s", why=why) for why in _whys(repeat, Outcome.UNKNOWN)]
    met = sum(result.result is Outcome.MET for result in repeat.rules)
    said.append(_("%(n)s of %(of)s rules met", n=met, of=len(repeat.rules)))
    return [*said, *_first_date(repeat, as_of)]


def _whys(repeat: Repeat, outcome: Outcome) -> list[str]:
    whys = (_why(result) for result in repeat.rules if result.result is outcome)
    return [f"{why[0].lower()}{why[1:]}" for why in whys]


def _why(result: RuleResult) -> str:
    why = why_in_words(result.why).removesuffix(".")
    return _("%(why)s (first met on %(date)s)", why=why, date=in_words(result.earliest)) if result.earliest else why


def _first_date(repeat: Repeat, as_of: date) -> list[str]:
    if repeat.earliest is None:
        return [_("No first date can be given")]
    return [] if repeat.earliest <= as_of else [_("First date: %(date)s", date=in_words(repeat.earliest))]
