"""What a phone is told about each record that it sent, in words for the patient."""

from datetime import timedelta

from diary.domain.diary import Instrument
from diary.domain.errors import InvalidValue
from diary.services.outbox import Answer
from diary.words.language import gettext as _

CALLED = {
    f"scores.{Instrument.REST}": "Your pain at rest",
    f"scores.{Instrument.MOVEMENT}": "Your pain as you move",
    f"scores.{Instrument.AVERAGE}": "Your pain over the day",
    f"scores.{Instrument.WORST}": "Your worst pain",
    f"scores.{Instrument.SORENESS}": "How sore it was",
    f"scores.{Instrument.MOVING}": "How hard it was to move",
    "recorded_at": "The time on this phone",
    "at": "The time",
    "taken_at": "The time you took it",
    "note": "Your note",
    "name": "The name of the medicine",
    "dose": "How much you took",
    "blood_pressure.systolic": "The first number of your blood pressure",
    "blood_pressure.diastolic": "The second number of your blood pressure",
    "glucose.value": "Your blood sugar",
}


def message(answer: Answer, *, shift: timedelta) -> str:
    """The sentences for one record; that the phone's clock is wrong is told with what was saved."""
    if answer.fault is None:
        again = _("You filled in this day on another phone too. Both are kept.") if answer.again else ""
        return " ".join(filter(None, (_("Saved."), again, clock_words(shift))))
    if isinstance(answer.fault, InvalidValue):
        return f"We could not save this. {_fault(answer.fault)}"
    return str(answer.fault)


def clock_words(shift: timedelta) -> str:
    """That the phone's clock is wrong and by how much, and what was done about it; empty where it is right."""
    if not shift:
        return ""
    way = "slow" if shift > timedelta() else "fast"
    return f"The clock of this phone is {_long(abs(shift))} {way}. We put the time right. Please set the clock."


def _long(apart: timedelta) -> str:
    minutes = round(apart.total_seconds() / 60)
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = round(minutes / size)
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "a little"


def _fault(fault: InvalidValue) -> str:
    if fault.reason[:1].isupper():
        return f"{fault.reason}."
    if fault.place in CALLED:
        return f"{CALLED[fault.place]}: {fault.reason}."
    # Nothing that a patient typed: the words are for whoever is asked for help.
    return f"Please log it again. If this comes back, show it to your clinic: {fault}."
