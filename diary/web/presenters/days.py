"""Days and times in the words that patients read: "Thursday 6 August", "yesterday", "7.05pm"."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def weekday(day: date) -> str:
    """The name of the day of the week: "Thursday"."""
    return WEEKDAYS[day.weekday()]


def long_day(day: date) -> str:
    """As in "Thursday 6 August"."""
    return f"{weekday(day)} {day.day} {MONTHS[day.month - 1]}"


def short_day(day: date) -> str:
    """As in "Thu 6 Aug": for tables."""
    return f"{weekday(day)[:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def day_called(day: date, today: date | None) -> str:
    """What a recent day is called: "today", "yesterday", "tomorrow", else its name, "Tuesday".

    With ``today`` None, which is in the small hours, its name: nobody is sure then which day today is.
    """
    if today is None:
        return weekday(day)
    near = {today: "today", today - timedelta(days=1): "yesterday", today + timedelta(days=1): "tomorrow"}
    return near.get(day, weekday(day))


def on_day(day: date, today: date | None) -> str:
    """The same inside a sentence: "today", "yesterday", "on Tuesday"."""
    called = day_called(day, today)
    return f"on {called}" if called == weekday(day) else called


def clock(instant: datetime, zone: ZoneInfo) -> str:
    """As in "7.05pm", "7pm", "midday", "midnight"."""
    local = instant.astimezone(zone)
    if local.minute == 0 and local.hour % 12 == 0:
        return "midday" if local.hour else "midnight"
    minutes = f".{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def greeting(now: datetime, zone: ZoneInfo) -> str:
    """For the time of the day."""
    hour = now.astimezone(zone).hour
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 18 else "Good evening"


def moment_called(at: datetime, zone: ZoneInfo, *, now: datetime) -> str:
    """As in "today, 9.20am" and "Thursday 6 August 2026, 7.05pm"."""
    day, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    near = (today - day).days in {0, 1}
    called = day_called(day, today) if near else f"{long_day(day)} {day.year}"
    return f"{called}, {clock(at, zone)}"
