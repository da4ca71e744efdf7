"""What a server keeps about a patient beside the diary, as the patient takes it along: JSON in UTF-8."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import orjson


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """That somebody agreed, or took it back: to which text, in which language, who said so."""

    at: datetime
    act: str
    version: str
    language: str
    given_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPhone:
    """A phone that was linked; its keys and its PIN are kept as hashes only, and are of no use to anybody."""

    kind: str
    helper: bool
    has_pin: bool
    added_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeForPhone:
    """A code that the clinic showed to link a phone, and what became of it."""

    shown_at: datetime
    used_at: datetime | None
    declined_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A code by which the patient shared the diary, and how many browsers used it."""

    at: datetime
    until: datetime
    ended_at: datetime | None
    browsers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpUsed:
    """A finished use of "Get help now" with what was answered, and who of the clinic saw to it."""

    at: datetime
    level: str
    result: str
    handled_at: datetime | None
    handled_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPrinted:
    """A diary on paper that was printed, with its first day and the activities that stand on it."""

    printed_at: datetime
    language: str
    begins: date
    activities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionAsked:
    """A request to delete the diary, and what the clinic answered."""

    asked_at: datetime
    answer: str | None
    reason: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """How the patient is reminded, as chosen last: ``at`` on the clocks of ``time_zone``, or of the diary's."""

    channel: str
    at: time
    time_zone: str | None
    email: str | None
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesTaken:
    """That a browser took messages; its keys are for sealing messages to it, and of no use to anybody."""

    added_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSent:
    """One reminder, the first or its repeat, and what became of it."""

    due_at: datetime
    nth: int
    channel: str
    outcome: str
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the audit about this patient: who did or saw what."""

    at: datetime
    role: str
    name: str
    action: str
    subject: str | None
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Who the patient is to the clinic."""

    name: str | None
    born: date | None
    number: str | None
    telephone: str | None
    language: str | None
    time_zone: str
    conditions: tuple[str, ...]
    pain_named: str | None
    pain_side: str | None
    pain_spot: str | None
    painful_movement: str | None
    activities: tuple[str, ...]
    next_visit: datetime | None
    next_visit_with: str | None
    last_visit_at: datetime | None
    added_at: datetime
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPatient:
    """All of it; lists are in the order of time."""

    made_at: datetime
    clinic: str
    details: Details
    agreements: tuple[Agreement, ...]
    phones: tuple[LinkedPhone, ...]
    codes_for_phones: tuple[CodeForPhone, ...]
    shared: tuple[Shared, ...]
    help_used: tuple[HelpUsed, ...]
    paper_printed: tuple[PaperPrinted, ...]
    deletion_asked: tuple[DeletionAsked, ...]
    reminders: Reminders | None
    messages_taken: tuple[MessagesTaken, ...]
    reminders_sent: tuple[ReminderSent, ...]
    events: tuple[Event, ...]


def write_about_patient(about: AboutPatient) -> bytes:
    """Indented JSON with every field under its name; instants are in UTC."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z
    return orjson.dumps(about, option=options)
