"""Phones as words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.services.devices import Phone, Pin
from diary.words.dates import day_month_and_year
from diary.words.language import lazy_gettext

PINS = {
    Pin.NONE: lazy_gettext("no PIN yet"),
    Pin.SET: lazy_gettext("PIN set"),
    Pin.LOCKED: lazy_gettext("PIN locked after 5 wrong tries"),
}
# As `diary.web.devices` writes them down; every other kind is a name.
KINDS = {"Computer": lazy_gettext("Computer"), "Android phone": lazy_gettext("Android phone")}


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneLine:
    """One line of a list of phones."""

    id: UUID
    kind: str
    helper: bool
    pin: str
    added: str
    seen: str
    ended: str


def present_phone(phone: Phone, zone: ZoneInfo) -> PhoneLine:
    """The phone with its times in the reader's zone."""
    return PhoneLine(
        id=phone.id,
        kind=kind_called(phone.kind),
        helper=phone.helper,
        pin=PINS[phone.pin],
        added=_moment(phone.added_at, zone),
        seen=_moment(phone.last_seen_at, zone),
        ended=_moment(phone.ended_at, zone) if phone.ended_at else "",
    )


def kind_called(kind: str) -> str:
    """What a kind of phone is called: "iPhone", "Computer"."""
    return str(KINDS.get(kind, kind))


def in_fours(code: str) -> str:
    """The code as it is read aloud, four letters at a time."""
    return f"{code[:4]} {code[4:]}"


def clock_time(at: datetime, zone: ZoneInfo) -> str:
    """The time of day in the reader's zone."""
    return f"{at.astimezone(zone):%H:%M}"


def _moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{day_month_and_year(local.date())}, {local:%H:%M}"
