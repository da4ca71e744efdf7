"""What a phone is told about each record that it sent, in words for the patient."""

from datetime import timedelta

from diary.domain.diary import Instrument
from diary.domain.errors import InvalidValue
from diary.services.outbox import Answer
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, ngettext, told

CALLED = {
    f"scores.{Instrument.REST}": lazy_gettext("Your pain at rest"),
    f"scores.{Instrument.MOVEMENT}": lazy_gettext("Your pain as you move"),
    f"scores.{Instrument.AVERAGE}": lazy_gettext("Your pain over the day"),
    f"scores.{Instrument.WORST}": lazy_gettext("Your worst pain"),
    f"scores.{Instrument.SORENESS}": lazy_gettext("How sore it was"),
    f"scores.{Instrument.MOVING}": lazy_gettext("How hard it was to move"),
    "recorded_at": lazy_gettext("The time on this phone"),
    "at": lazy_gettext("The time"),
    "taken_at": lazy_gettext("The time you took it"),
    "note": lazy_gettext("Your note"),
    "name": lazy_gettext("The name of the medicine"),
    "dose": lazy_gettext("How much you took"),
    "blood_pressure.systolic": lazy_gettext("The first number of your blood pressure"),
    "blood_pressure.diastolic": lazy_gettext("The second number of your blood pressure"),
    "glucose.value": lazy_gettext("Your blood sugar"),
}


def message(answer: Answer, *, shift: timedelta) -> str:
    """The sentences for one record; that the phone's clock is wrong is told with what was saved."""
    if answer.fault is None:
        again = _("You filled in this day on another phone too. Both are kept.") if answer.again else ""
        above = (
            _("This is above the number that your clinic set. Call your clinic today.") if answer.above_limit else ""
        )
        return " ".join(filter(None, (_("Saved."), above, again, clock_words(shift))))
    if isinstance(answer.fault, InvalidValue):
        return _("We could not save this. %(fault)s", fault=_fault(answer.fault))
    return told(answer.fault)


def clock_words(shift: timedelta) -> str:
    """That the phone's clock is wrong and by how much, and what was done about it; empty where it is right."""
    if not shift:
        return ""
    apart = _long(abs(shift))
    if shift > timedelta():
        return _("The clock of this phone is %(apart)s slow. We put the time right. Please set the clock.", apart=apart)
    return _("The clock of this phone is %(apart)s fast. We put the time right. Please set the clock.", apart=apart)


def _long(apart: timedelta) -> str:
    minutes = round(apart.total_seconds() / 60)
    if minutes >= 24 * 60:
        return ngettext("%(num)s day", "%(num)s days", round(minutes / (24 * 60)))
    if minutes >= 60:
        return ngettext("%(num)s hour", "%(num)s hours", round(minutes / 60))
    return ngettext("%(num)s minute", "%(num)s minutes", minutes) if minutes else _("a little")


def _fault(fault: InvalidValue) -> str:
    reason = told(fault.reason)
    if fault.reason[:1].isupper():
        return f"{reason}."
    if fault.place in CALLED:
        return f"{CALLED[fault.place]}: {reason}."
    # Nothing that a patient typed: the words are for whoever is asked for help.
    return _("Please log it again. If this comes back, show it to your clinic: %(fault)s.", fault=told(fault))
