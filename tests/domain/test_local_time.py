"""What was typed on the clinic's clock, as an instant."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from diary.domain.errors import InvalidValue
from diary.domain.local_time import in_zone, instant_of

NEW_YORK = ZoneInfo("America/New_York")
LATER = datetime.fromisoformat("2026-12-31T12:00:00+00:00")


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2026-03-07T12:00", "2026-03-07T12:00:00-05:00"),
        ("2026-03-08T12:00", "2026-03-08T12:00:00-04:00"),
        ("2026-11-01T03:00", "2026-11-01T03:00:00-05:00"),
    ],
)
def test_the_offset_is_that_of_the_day(typed: str, instant: str) -> None:
    assert instant_of(datetime.fromisoformat(typed), NEW_YORK, now=LATER).isoformat() == instant


def test_a_skipped_hour_names_no_instant() -> None:
    with pytest.raises(InvalidValue) as refused:
        instant_of(datetime.fromisoformat("2026-03-08T02:30"), NEW_YORK, now=LATER)
    assert str(refused.value) == "The clocks skipped 02:30 on that day. Choose another time."
    assert refused.value.place == ""


@pytest.mark.parametrize(
    ("now", "instant"),
    [
        ("2026-11-01T01:45:00-04:00", "2026-11-01T01:30:00-04:00"),  # the hour has come once
        ("2026-11-01T01:45:00-05:00", "2026-11-01T01:30:00-05:00"),  # it has come twice
        ("2026-11-01T01:00:00-04:00", "2026-11-01T01:30:00-05:00"),  # it has not come: refused later as to come
        ("2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-04:00"),  # it comes just now, once
        ("2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-05:00"),  # and twice
    ],
)
def test_of_an_hour_that_comes_twice_the_last_that_has_come_is_meant(now: str, instant: str) -> None:
    typed = datetime.fromisoformat("2026-11-01T01:30")
    assert instant_of(typed, NEW_YORK, now=datetime.fromisoformat(now)).isoformat() == instant


def test_an_instant_keeps_the_offset_of_its_own_day() -> None:
    summer = in_zone(datetime.fromisoformat("2026-07-01T12:00:00+00:00"), NEW_YORK)
    assert summer.isoformat() == "2026-07-01T08:00:00-04:00"


def test_an_instant_of_a_zone_without_an_offset_has_none() -> None:
    winter = in_zone(datetime.fromisoformat("2026-01-01T12:00:00-05:00"), ZoneInfo("Europe/London"))
    assert winter.isoformat() == "2026-01-01T17:00:00+00:00"
