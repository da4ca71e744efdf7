"""From a clock on the wall to an instant: what was typed as date and time in a zone, with the offset of that day."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from diary.domain.errors import InvalidValue


def in_zone(instant: datetime, zone: ZoneInfo) -> datetime:
    """The same instant with the zone's offset at that moment, as a fixed offset that travels with it."""
    offset = instant.astimezone(zone).utcoffset() or timedelta(0)
    return instant.astimezone(timezone(offset))


def today_in(zone: ZoneInfo, *, now: datetime) -> date:
    """The date on the calendar in a zone."""
    return now.astimezone(zone).date()


def instant_of(typed: datetime, zone: ZoneInfo, *, now: datetime) -> datetime:
    """The instant that a typed local date and time names, with its offset.

    An hour that the clocks skip names none and is refused (`InvalidValue`). Of an hour that comes twice the later is
    meant, unless that is still to come while the earlier has passed.
    """
    earlier, later = (in_zone(typed.replace(tzinfo=zone, fold=fold).astimezone(UTC), zone) for fold in (0, 1))
    if earlier.replace(tzinfo=None) != typed and later.replace(tzinfo=None) != typed:
        raise InvalidValue("", "The clocks skipped %(time)s on that day. Choose another time.", time=f"{typed:%H:%M}")
    return earlier if later > now >= earlier else later
