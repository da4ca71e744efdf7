"""Reminders in words: for the patient, and for the clinic that wants to know whether they arrive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.reminding import REPEAT, Channel
from diary.domain.schedule import Rhythm, Schedule
from diary.services.reminder_choices import OwnReminders
from diary.services.reminder_failures import RemindersOfClinic
from diary.store.patients import PatientRow
from diary.store.reminder_choices import ReminderChoice
from diary.store.reminders import Fault, ReminderRow, State
from diary.web.presenters.patients import name_of
from diary.words.dates import clock_time
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, ngettext
from diary.words.times import instant_in_words

CHANNELS: Mapping[Channel, str] = {
    Channel.EMAIL: lazy_gettext("E-mail"),
    Channel.PUSH: lazy_gettext("This phone"),
    Channel.CALENDAR: lazy_gettext("My calendar"),
    Channel.NONE: lazy_gettext("Do not remind me"),
}
HOURS = (time(9), time(13), time(19))

# --- for the patient --------------------------------------------------------------------------------------------------


def reminded_words(own: OwnReminders) -> str:
    """How the patient is reminded now, in one sentence."""
    chosen = own.chosen
    if chosen is None or chosen.channel is Channel.NONE:
        return _("We do not remind you.")
    at = clock_time(chosen.at)
    match chosen.channel:
        case Channel.EMAIL:
            return _("We send you an e-mail at %(at)s, on days when there is something to fill in.", at=at)
        case Channel.PUSH:
            return _("We send a message to your phone at %(at)s, on days when there is something to fill in.", at=at)
        case Channel.CALENDAR:
            return _("Your calendar reminds you at %(at)s, on days when there is something to fill in.", at=at)


def trouble_words(own: OwnReminders) -> tuple[str, ...]:
    """What keeps reminders from arriving, and what to do about it."""
    if own.chosen is None:
        return ()
    if own.chosen.channel is Channel.PUSH and own.phones == 0:
        if own.it_is_gone:
            return (_("This phone no longer takes our messages."), _("Allow them again, or choose another way."))
        return (_("No phone takes our messages yet."), _("Allow them on this phone, or choose another way."))
    if own.not_arrived and own.chosen.channel is Channel.EMAIL:
        return (_("Our last e-mail may not have reached you."), _("Check your e-mail address."))
    if own.not_arrived and own.chosen.channel is Channel.PUSH:
        return (_("Our last message may not have reached your phone."),)
    return ()


def journey_words(own: OwnReminders) -> str:
    """By which clocks, where they are not those of the diary."""
    place = own.zone.key.rpartition("/")[2].replace("_", " ")
    return _("Reminders follow the clocks of %(place)s.", place=place)


# --- for the clinic ---------------------------------------------------------------------------------------------------

CHANNELS_TOLD: Mapping[Channel, str] = {
    Channel.EMAIL: lazy_gettext("e-mail"),
    Channel.PUSH: lazy_gettext("message to the phone"),
    Channel.CALENDAR: lazy_gettext("own calendar"),
    Channel.NONE: lazy_gettext("no reminders"),
}
STATES: Mapping[State, str] = {
    State.CLAIMED: lazy_gettext("being sent"),
    State.WAITING: lazy_gettext("not sent yet, will be tried again"),
    State.SENT: lazy_gettext("sent"),
    State.FAILED: lazy_gettext("not sent"),
    State.DROPPED: lazy_gettext("not needed any more"),
    State.LOST: lazy_gettext("perhaps sent"),
}
FAULTS: Mapping[Fault, str] = {
    Fault.UNREACHABLE: lazy_gettext("the server did not answer"),
    Fault.REFUSED: lazy_gettext("the address was refused"),
    Fault.NO_PHONE: lazy_gettext("no phone takes messages any more"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLine:
    """One reminder in the clinic's table."""

    patient_id: UUID
    name: str
    due: str
    what: str
    channel: str
    outcome: str
    failed: bool


def reminder_line(row: ReminderRow, patient: PatientRow, zone: ZoneInfo) -> ReminderLine:
    """One reminder, on the clinic's clock."""
    state = State(row.state)
    return ReminderLine(
        patient_id=patient.id,
        name=name_of(patient),
        due=instant_in_words(row.due_at.astimezone(zone)),
        what=_("repeat") if row.nth == REPEAT else _("reminder"),
        channel=str(CHANNELS_TOLD[Channel(row.channel)]),
        outcome=outcome_words(state, Fault(row.fault) if row.fault else None),
        failed=state in {State.FAILED, State.LOST},
    )


def outcome_words(state: State, fault: Fault | None) -> str:
    """As in "not sent: the address was refused"."""
    if state is State.LOST:
        return _("perhaps sent: the sending ended without an answer")
    if fault is None:
        return str(STATES[state])
    return _("%(state)s: %(why)s", state=STATES[state], why=FAULTS[fault])


def reminded_by(choice: ReminderChoice | None, *, phones: int) -> str:
    """How a patient is reminded, for the care team."""
    if choice is None:
        return _("The patient has not chosen reminders yet.")
    match Channel(choice.channel):
        case Channel.NONE:
            return _("The patient wants no reminders.")
        case Channel.EMAIL:
            return _("By e-mail to %(email)s, at %(at)s.", email=choice.email, at=f"{choice.at:%H:%M}")
        case Channel.CALENDAR:
            return _("By the patient's own calendar, at %(at)s.", at=f"{choice.at:%H:%M}")
        case Channel.PUSH:
            return ngettext(
                "By messages to 1 phone, at %(at)s.",
                "By messages to %(num)s phones, at %(at)s.",
                phones,
                at=f"{choice.at:%H:%M}",
            )


def schedule_words(schedule: Schedule, *, own: Rhythm | None = None) -> tuple[str, ...]:
    """What is asked and when, a sentence for each stretch; ``own`` is one patient's rhythm after day 14."""
    hours = schedule.hourly // timedelta(hours=1)
    later = own or schedule.later
    return (
        ngettext(
            "Before a planned injection: each day, for 1 day.",
            "Before a planned injection: each day, for %(num)s days.",
            schedule.days_before,
        ),
        _("In the clinic: every 5 minutes for 30 minutes, on the nurse's board."),
        ngettext(
            "On the day of the injection: every hour, until %(bedtime)s or 2 hours after the anaesthetic usually ends.",
            "On the day of the injection: every %(num)s hours, until %(bedtime)s or 2 hours after the anaesthetic "
            "usually ends.",
            hours,
            bedtime=f"{schedule.bedtime:%H:%M}",
        ),
        _("To day 14: each day."),
        _("After day 14: each day.")
        if later is Rhythm.DAILY
        else _(
            "After day 14: each week; and each day for 7 days when a score crosses half of the start or rises by 2 "
            "or more."
        ),
    )


def mail_words(*, sends: bool) -> str:
    """Whether this server can send letters."""
    if sends:
        return _("E-mail is set up. The command check says whether the mail server answers.")
    return _("E-mail is not set up on this server, so patients cannot choose it (DIARY_MAIL_URL).")


def chosen_words(found: RemindersOfClinic) -> tuple[str, ...]:
    """How many patients chose each way."""
    return tuple(
        _("%(channel)s: %(count)s", channel=CHANNELS_TOLD[channel], count=found.chosen.get(channel.value, 0))
        for channel in Channel
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """How many reminders by one channel became one thing."""

    channel: str
    outcome: str
    count: int


def outcome_rows(found: RemindersOfClinic) -> tuple[OutcomeRow, ...]:
    """The reminders of the last week, in numbers, in a fixed order."""
    return tuple(
        OutcomeRow(
            channel=str(CHANNELS_TOLD[Channel(channel)]),
            outcome=outcome_words(State(state), Fault(fault) if fault else None),
            count=count,
        )
        for (channel, state, fault), count in sorted(
            found.by_outcome.items(), key=lambda one: (one[0][0], one[0][1], one[0][2] or "")
        )
    )
