"""What to know before the findings are read: both sides, what came in one syringe, what was left out or not checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diary.domain.diary import Injection, Side
from diary.domain.sides import other_side
from diary.domain.timeline import day_since, day_zero, injections_in_force, standing
from diary.services.judgement import Judged
from diary.services.profiles import PatientProfile
from diary.words.injections import SIDES_IN_TEXT
from diary.words.language import gettext as _
from diary.words.language import ngettext
from diary.words.times import day_in_words, in_words

MOST_DAYS_NAMED = 5
LONG = 160  # characters: about two lines of the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchecked:
    """What could not be checked of the rule set against its original text."""

    rules: str
    words: str

    @property
    def long(self) -> bool:
        """Whether it is better folded away."""
        return len(self.words) > LONG


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """``beyond_cautions`` are those lines that no caution of a verdict says too."""

    lines: tuple[str, ...]
    beyond_cautions: tuple[str, ...]
    unchecked: Unchecked


def notices_of(shown: PatientProfile) -> Notices:
    """Only what applies to the injection that is looked at and to the diary, and always what was not checked."""
    judged = shown.judged
    injection = shown.injection
    of_sides = () if injection is None else tuple(_of_sides(injection, judged))
    of_syringe = () if injection is None else tuple(_of_syringe(injection))
    of_diary = tuple(_of_diary(judged))
    return Notices(
        lines=(*of_sides, *of_syringe, *of_diary),
        beyond_cautions=(*of_sides, *of_diary),
        unchecked=Unchecked(
            rules=_("%(name)s, version %(version)s", name=judged.rules.name, version=judged.rules.version),
            words=judged.rules.unchecked,
        ),
    )


def _of_sides(injection: Injection, judged: Judged) -> Iterator[str]:
    if injection.side is Side.BOTH:
        yield _("Both sides were injected at once: scores do not tell the sides apart.")
    yield from _of_other_side(injection, judged)


def _of_syringe(injection: Injection) -> Iterator[str]:
    if injection.steroid is not None and injection.anaesthetic:
        yield _(
            "A block and a steroid came in one syringe: early relief (minutes to hours) and late relief (days) are "
            "read as two phases, and the steroid can hide when the block wore off."
        )
    if injection.sedation:
        yield _("Sedation was given: it can ease pain by itself in the hours of the block.")


def _of_other_side(injection: Injection, judged: Judged) -> Iterator[str]:
    other = other_side(injection, judged.standing, acts_days=judged.rules.repeat.steroid_effect_days)
    if other.acting or other.within:
        when = _named([_dated(one) for one in (*other.acting, *other.within)])
        yield _(
            "Both sides are active in this time (%(when)s): scores do not tell the sides apart until the diary asks "
            "each side's average.",
            when=when,
        )
    if other.within:
        days = _named([_on_day(injection, one) for one in other.within])
        yield _(
            "The other side was injected within this period, on %(days)s: relief after it may be its own.", days=days
        )


def _of_diary(judged: Judged) -> Iterator[str]:
    early = judged.assessment.early
    if early:
        yield ngettext(
            "1 daily entry is left out, recorded before the day had begun: %(days)s.",
            "%(num)s daily entries are left out, recorded before the day had begun: %(days)s.",
            len(early),
            days=_named([in_words(day) for day in sorted(entry.local_day for entry in early)]),
        )
    if typed := [chain for chain in standing(judged.diary.entries) if chain.original.transcribed]:
        yield ngettext(
            "%(num)s entry was typed in from paper. It counts as late, never as written at the time.",
            "%(num)s entries were typed in from paper. They count as late, never as written at the time.",
            len(typed),
        )
    ahead = [one for one in injections_in_force(judged.diary) if day_zero(one) > judged.as_of]
    if ahead:
        yield ngettext(
            "1 injection on file lies after today and is not judged yet: %(injections)s.",
            "%(num)s injections on file lie after today and are not judged yet: %(injections)s.",
            len(ahead),
            injections=_named([_dated(one) for one in ahead]),
        )


def _dated(injection: Injection) -> str:
    return f"{SIDES_IN_TEXT[injection.side]} {in_words(day_zero(injection))}"


def _on_day(injection: Injection, other: Injection) -> str:
    return day_in_words(day_zero(injection), day_since(injection, day_zero(other)))


def _named(days: Sequence[str]) -> str:
    """The first few by name, the others counted."""
    named = ", ".join(days[:MOST_DAYS_NAMED])
    more = len(days) - MOST_DAYS_NAMED
    return _("%(named)s and %(more)s more", named=named, more=more) if more > 0 else named
