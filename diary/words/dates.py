"""Days, times and numbers as patients read them in the language spoken: "Thursday 6 August", "7.05pm", "3,5"."""

from datetime import date, datetime, time

from diary.words.language import ENGLISH, spoken

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def weekday(day: date) -> str:
    """Thursday, jueves."""
    return WEEKDAYS[day.weekday()] if spoken() is ENGLISH else _formatted(day, "EEEE")


def long_day(day: date) -> str:
    """Thursday 6 August, jueves 6 de agosto."""
    language = spoken()
    if language is ENGLISH:
        return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return _formatted(day, language.long_day)


def long_day_and_year(day: date) -> str:
    """Thursday 6 August 2026, jueves 6 de agosto de 2026."""
    language = spoken()
    return f"{long_day(day)} {day.year}" if language is ENGLISH else _formatted(day, language.long_day_and_year)


def short_day(day: date) -> str:
    """Thu 6 Aug, jue 6 ago: for tables."""
    language = spoken()
    if language is ENGLISH:
        return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}"
    return _formatted(day, language.short_day)


def day_and_month(day: date) -> str:
    """3 May, 3 de mayo."""
    language = spoken()
    return f"{day.day} {MONTHS[day.month - 1]}" if language is ENGLISH else _formatted(day, language.day_and_month)


def day_month_and_year(day: date) -> str:
    """3 May 2026, 3 de mayo de 2026."""
    language = spoken()
    return f"{day_and_month(day)} {day.year}" if language is ENGLISH else _formatted(day, language.day_month_and_year)


def month_name(day: date) -> str:
    """August, agosto."""
    return MONTHS[day.month - 1] if spoken() is ENGLISH else _formatted(day, "LLLL")


def clock_time(at: time | datetime) -> str:
    """7.05pm, 7pm, midday, midnight; in Spanish 19:05."""
    language = spoken()
    if language is not ENGLISH:
        from babel.dates import format_time

        return format_time(time(at.hour, at.minute), language.clock, locale=language.formats)
    if at.minute == 0 and at.hour % 12 == 0:
        return "midday" if at.hour else "midnight"
    minutes = f".{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


def number(value: float, *, decimals: int = 1) -> str:
    """3.5, 3, in Spanish 3,5: at most so many decimals, none where there are none."""
    language, rounded = spoken(), round(value, decimals)
    if language is ENGLISH:
        return str(int(rounded)) if rounded == int(rounded) else str(rounded)
    from babel.numbers import format_decimal

    return format_decimal(rounded, locale=language.formats, group_separator=False)


def _formatted(day: date, pattern: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=spoken().formats)
