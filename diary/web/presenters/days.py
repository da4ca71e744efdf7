"""Days and times in the words that patients read: "Thursday 6 August", "yesterday", "7.05pm"."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from diary.words.dates import clock_time, long_day_and_year, weekday
from diary.words.language import gettext as _
from diary.words.language import pgettext


def day_called(day: date, today: date | None) -> str:
    """What a recent day is called: "today", "yesterday", "tomorrow", else its name, "Tuesday".

    With ``today`` None, which is in the small hours, its name: nobody is sure then which day today is.
    """
    return _near(day, today) or pgettext("name of a day", "%(weekday)s", weekday=weekday(day))


def on_day(day: date, today: date | None) -> str:
    """The same inside a sentence: "today", "yesterday", "on Tuesday"."""
    return _near(day, today) or _("on %(weekday)s", weekday=weekday(day))


def _near(day: date, today: date | None) -> str | None:
    if today is None:
        return None
    near = {today: _("today"), today - timedelta(days=1): _("yesterday"), today + timedelta(days=1): _("tomorrow")}
    return near.get(day)


def clock(instant: datetime, zone: ZoneInfo) -> str:
    """As in "7.05pm", "7pm", "midday", "midnight"."""
    return clock_time(instant.astimezone(zone))


def greeting(now: datetime, zone: ZoneInfo) -> str:
    """For the time of the day."""
    hour = now.astimezone(zone).hour
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")


def moment_called(at: datetime, zone: ZoneInfo, *, now: datetime) -> str:
    """As in "today, 9.20am" and "Thursday 6 August 2026, 7.05pm"."""
    day, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    near = (today - day).days in {0, 1}
    called = day_called(day, today) if near else long_day_and_year(day)
    return _("%(day)s, %(time)s", day=called, time=clock(at, zone))
