"""The reminders to come as a calendar that phones subscribe to: it says when, and nothing about health."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

from diary.domain.reminding import DAYS_AHEAD, Due
from diary.words import reminders as words

ASK_AGAIN_AFTER = timedelta(hours=6)
TAKES = timedelta(minutes=5)


def write_calendar(
    dues: Sequence[Due], *, whose: UUID, zone: ZoneInfo, stamp: datetime, address_of: Callable[[Due], str]
) -> bytes:
    """An iCalendar file (RFC 5545) with an event and its alarm for each reminder, on the clocks of ``zone``.

    The same reminders give the same bytes, and each keeps its ``UID``: an app that reads the calendar again moves
    events and does not double them. ``stamp`` is when the patient chose the calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Diary//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words.calendar_name())
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASK_AGAIN_AFTER)
    if dues:
        calendar.add_component(_zone(zone, first=dues[0].at))
    for due in dues:
        calendar.add_component(_event(due, whose=whose, zone=zone, stamp=stamp, address=address_of(due)))
    return bytes(calendar.to_ical())


def _zone(zone: ZoneInfo, *, first: datetime) -> Timezone:
    """The zone's rules for the weeks that the calendar is about, which is all that its reader needs."""
    day = first.astimezone(zone).date()
    return Timezone.from_tzinfo(
        zone, zone.key, first_date=day - timedelta(days=366), last_date=day + timedelta(days=DAYS_AHEAD + 366)
    )


def _event(due: Due, *, whose: UUID, zone: ZoneInfo, stamp: datetime, address: str) -> Event:
    event = Event()
    event.add("uid", f"{whose}-{due.about.replace(':', '-')}")
    event.add("dtstamp", stamp)
    event.add("dtstart", due.at.astimezone(zone))
    event.add("duration", TAKES)
    event.add("summary", words.calendar_name())
    event.add("description", words.event_text(address))
    event.add("url", address)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm())
    return event


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta())
    alarm.add("description", words.calendar_name())
    return alarm
