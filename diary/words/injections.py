"""What was injected, where and by whom, in words."""

from collections.abc import Mapping

from diary.domain.diary import Anaesthetic, Injection, Purpose, ReactionKind, Side, SteroidElsewhere, Target
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, lazy_pgettext
from diary.words.offered import offered_words
from diary.words.times import in_words, quantity_in_words
from diary.words.vocabulary import Vocabulary

SIDES: Mapping[str, str] = Vocabulary(
    {"left": lazy_gettext("LEFT"), "right": lazy_gettext("RIGHT"), "both": lazy_gettext("BOTH SIDES")}
)
# As the side of one joint, in running words; `SIDE_NAMES` as a phrase of its own.
SIDES_IN_TEXT: Mapping[Side, str] = Vocabulary(
    {
        Side.LEFT: lazy_pgettext("side", "left"),
        Side.RIGHT: lazy_pgettext("side", "right"),
        Side.BOTH: lazy_pgettext("side", "both"),
    }
)
SIDE_NAMES: Mapping[Side, str] = Vocabulary(
    {
        Side.LEFT: lazy_gettext("left side"),
        Side.RIGHT: lazy_gettext("right side"),
        Side.BOTH: lazy_gettext("both sides"),
    }
)
TARGETS: Mapping[Target, str] = Vocabulary(
    {Target.JOINT: lazy_pgettext("target", "joint"), Target.LIGAMENT: lazy_pgettext("target", "ligament")}
)
PURPOSES: Mapping[Purpose, str] = Vocabulary(
    {
        Purpose.DIAGNOSTIC: lazy_pgettext("purpose", "diagnostic"),
        Purpose.THERAPEUTIC: lazy_pgettext("purpose", "therapeutic"),
    }
)
_REACTIONS: Mapping[ReactionKind, str] = Vocabulary(
    {
        ReactionKind.FAINT: lazy_pgettext("reaction", "faint"),
        ReactionKind.RASH: lazy_pgettext("reaction", "rash"),
        ReactionKind.WEAK_LEG: lazy_pgettext("reaction", "weak leg"),
        ReactionKind.NUMB_LEG: lazy_pgettext("reaction", "numb leg"),
        ReactionKind.BREATHING: lazy_pgettext("reaction", "breathing"),
        ReactionKind.OTHER: lazy_pgettext("reaction", "other"),
    }
)


def steroid_words(steroid: SteroidElsewhere) -> str:
    """20-Nov-2025: methylprednisolone 40 mg, right shoulder."""
    agent = " ".join([offered_words(steroid.agent), _amount(steroid.mg, " mg")]).strip()
    return f"{in_words(steroid.on)}: {agent}" + (f", {steroid.where}" if steroid.where else "")


def side_and_target(side: Side, target: Target | None) -> str:
    """LEFT joint, BOTH SIDES."""
    return _("%(side)s %(target)s", side=SIDES[side], target=TARGETS[target]) if target else SIDES[side]


def drugs_of(injection: Injection) -> str:
    """Triamcinolone 40 mg, lidocaine 2% 1.5 mL."""
    given = [_anaesthetic(one) for one in injection.anaesthetic]
    if injection.steroid is not None:
        given.insert(
            0, " ".join([offered_words(injection.steroid.agent), _amount(injection.steroid.mg, " mg")]).strip()
        )
    return ", ".join(given) or _("not written down")


def anaesthetics_of(injection: Injection) -> str:
    """Lidocaine 2% 1.5 mL."""
    return ", ".join(map(_anaesthetic, injection.anaesthetic)) or _("not written down")


def strength_in_words(percent: float) -> str:
    """2%, 0.25%."""
    return _("%(number)s%%", number=quantity_in_words(percent))


def _anaesthetic(given: Anaesthetic) -> str:
    strength = "" if given.percent is None else strength_in_words(given.percent)
    return " ".join(part for part in (offered_words(given.agent), strength, _amount(given.ml, " mL")) if part)


def _amount(number: float | None, unit: str) -> str:
    return "" if number is None else f"{quantity_in_words(number)}{unit}"


def reactions_of(injection: Injection) -> str:
    """Each reaction with its time and note, or that none was written down."""
    reactions = [
        _("%(reaction)s at %(time)s", reaction=_REACTIONS[reaction.kind], time=f"{reaction.at:%H:%M}")
        + (f" ({reaction.note})" if reaction.note else "")
        for reaction in injection.reactions
    ]
    return ", ".join(reactions) or _("none written down")
