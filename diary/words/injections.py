"""What was injected, where and by whom, in words."""

from diary.domain.diary import Anaesthetic, Injection, SteroidElsewhere
from diary.words.times import in_words

SIDES = {"left": "LEFT", "right": "RIGHT", "both": "BOTH SIDES"}


def steroid_words(steroid: SteroidElsewhere) -> str:
    """20-Nov-2025: methylprednisolone 40 mg, right shoulder."""
    agent = " ".join([steroid.agent, _amount(steroid.mg, " mg")]).strip()
    return f"{in_words(steroid.on)}: {agent}" + (f", {steroid.where}" if steroid.where else "")


def drugs_of(injection: Injection) -> str:
    """Triamcinolone 40 mg, lidocaine 2% 1.5 mL."""
    given = [_anaesthetic(one) for one in injection.anaesthetic]
    if injection.steroid is not None:
        given.insert(0, " ".join([injection.steroid.agent, _amount(injection.steroid.mg, " mg")]).strip())
    return ", ".join(given) or "not written down"


def anaesthetics_of(injection: Injection) -> str:
    """Lidocaine 2% 1.5 mL."""
    return ", ".join(map(_anaesthetic, injection.anaesthetic)) or "not written down"


def _anaesthetic(given: Anaesthetic) -> str:
    strength, volume = _amount(given.percent, "%"), _amount(given.ml, " mL")
    return " ".join(part for part in (given.agent, strength, volume) if part)


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
