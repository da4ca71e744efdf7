"""What the rows of a printed diary are called, on the sheet, on the page to type it in and in its errors."""

from zoneinfo import ZoneInfo

from diary.domain.paper import PaperRow
from diary.words.dates import clock_time, long_day
from diary.words.language import gettext as _
from diary.words.language import ngettext


def name_of_row(row: PaperRow, zone: ZoneInfo) -> str:
    """The day or the printed hour; where neither was known, how far it is from the injection."""
    if row.at is not None:
        return clock_time(row.at.astimezone(zone))
    if row.hour is not None:
        return ngettext("%(num)s hour after", "%(num)s hours after", row.hour)
    if row.day is not None:
        return long_day(row.day)
    return _("Day %(number)s", number=row.number)
