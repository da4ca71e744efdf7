"""What was injected, where and by whom, in words."""

from diary.domain.diary import Injection, SteroidElsewhere
from diary.words.times import in_words

SIDES = {"left": "LEFT", "right": "RIGHT", "both": "BOTH SIDES"}


def steroid_words(steroid: SteroidElsewhere) -> str:
    """20-Nov-2025: methylprednisolone 40 mg, right shoulder."""
    agent = " ".join([steroid.agent, _amount(steroid.mg, " mg")]).strip()
    return f"{in_words(steroid.on)}: {agent}" + (f", {steroid.where}" if steroid.where else "")


def drugs_of(injection: Injection) -> str:
    """Triamcinolone 40 mg, lidocaine 2% 1.5 mL."""
    given = []
    if injection.steroid is not None:
        given.append(" ".join([injection.steroid.agent, _amount(injection.steroid.mg, " mg")]).strip())
    for anaesthetic in injection.anaesthetic:
        strength, volume = _amount(anaesthetic.percent, "%"), _amount(anaesthetic.ml, " mL")
        given.append(" ".join(part for part in (anaesthetic.agent, strength, volume) if part))
    return ", ".join(given) or "not written down"


def _amount(number: float | None, unit: str) -> str:
    return "" if number is None else f"{number:g}{unit}"


def reactions_of(injection: Injection) -> str:
    """Each reaction with its time and note, or that none was written down."""
    reactions = [
        f"{reaction.kind.value.replace('-', ' ')} at {reaction.at:%H:%M}"
        + (f" ({reaction.note})" if reaction.note else "")
        for reaction in injection.reactions
    ]
    return ", ".join(reactions) or "none written down"
