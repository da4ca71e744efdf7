"""Reminders in words: for the patient, and for the clinic that wants to know whether they arrive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from diary.domain.reminding import REPEAT, Channel
from diary.services.reminder_choices import OwnReminders
from diary.store.reminders import Fault, ReminderRow, State
from diary.web.presenters.days import clock
from diary.words.times import instant_in_words

CHANNELS: Mapping[Channel, str] = {
    Channel.EMAIL: "E-mail",
    Channel.PUSH: "This phone",
    Channel.CALENDAR: "My calendar",
    Channel.NONE: "Do not remind me",
}
HOURS: Mapping[time, str] = {time(9): "9am", time(13): "1pm", time(19): "7pm"}

# --- for the patient --------------------------------------------------------------------------------------------------


def hour_called(at: time) -> str:
    """As in "7pm", whatever the day."""
    return clock(datetime.combine(date(2026, 1, 1), at, tzinfo=ZoneInfo("UTC")), ZoneInfo("UTC"))


def reminded_words(own: OwnReminders) -> str:
    """How the patient is reminded now, in one sentence."""
    chosen = own.chosen
    if chosen is None or chosen.channel is Channel.NONE:
        return "We do not remind you."
    at = hour_called(chosen.at)
    match chosen.channel:
        case Channel.EMAIL:
            return f"We send you an e-mail at {at}, on days when there is something to fill in."
        case Channel.PUSH:
            return f"We send a message to your phone at {at}, on days when there is something to fill in."
        case Channel.CALENDAR:
            return f"Your calendar reminds you at {at}, on days when there is something to fill in."


def trouble_words(own: OwnReminders) -> tuple[str, ...]:
    """What keeps reminders from arriving, and what to do about it."""
    if own.chosen is None:
        return ()
    if own.chosen.channel is Channel.PUSH and own.phones == 0:
        if own.it_is_gone:
            return ("This phone no longer takes our messages.", "Allow them again, or choose another way.")
        return ("No phone takes our messages yet.", "Allow them on this phone, or choose another way.")
    if own.not_arrived and own.chosen.channel is Channel.EMAIL:
        return ("Our last e-mail may not have reached you.", "Check your e-mail address.")
    if own.not_arrived and own.chosen.channel is Channel.PUSH:
        return ("Our last message may not have reached your phone.",)
    return ()


def journey_words(own: OwnReminders) -> str:
    """By which clocks, where they are not those of the diary."""
    place = own.zone.key.rpartition("/")[2].replace("_", " ")
    return f"Reminders follow the clocks of {place}."


# --- for the clinic ---------------------------------------------------------------------------------------------------

STATES: Mapping[State, str] = {
    State.CLAIMED: "being sent",
    State.WAITING: "not sent yet, will be tried again",
    State.SENT: "sent",
    State.FAILED: "not sent",
    State.DROPPED: "not needed any more",
    State.LOST: "perhaps sent",
}
FAULTS: Mapping[Fault, str] = {
    Fault.UNREACHABLE: "the server did not answer",
    Fault.REFUSED: "the address was refused",
    Fault.NO_PHONE: "no phone takes messages any more",
}
WHY_PERHAPS = "the sending ended without an answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLine:
    """One reminder in the clinic's table."""

    due: str
    what: str
    channel: str
    outcome: str
    failed: bool


def reminder_line(row: ReminderRow, zone: ZoneInfo) -> ReminderLine:
    """One reminder, on the clinic's clock."""
    state = State(row.state)
    return ReminderLine(
        due=instant_in_words(row.due_at.astimezone(zone)),
        what="repeat" if row.nth == REPEAT else "reminder",
        channel=CHANNELS[Channel(row.channel)],
        outcome=outcome_words(state, Fault(row.fault) if row.fault else None),
        failed=state in {State.FAILED, State.LOST},
    )


def outcome_words(state: State, fault: Fault | None) -> str:
    """As in "not sent: the address was refused"."""
    if state is State.LOST:
        return f"{STATES[state]}: {WHY_PERHAPS}"
    return f"{STATES[state]}: {FAULTS[fault]}" if fault else STATES[state]
