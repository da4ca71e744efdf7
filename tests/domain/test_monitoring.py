"""The half hour in the room: due, missed, never filled in as if on time."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from diary.domain.diary import BloodPressure, Instrument, Scores, State, Words
from diary.domain.monitoring import CellState, LeavingCheck, Watch, check_leaving, mistakable, watch
from tests.factories import a_day, a_diary, a_moment, an_injection

DONE = datetime.fromisoformat("2026-03-02T10:30:00-05:00")
BEFORE = Scores(movement=8, rest=6)


def watched(*minutes: int, now: int, baseline: Scores = BEFORE) -> Watch:
    """An injection of 10:30 with a score at each of these minutes, seen at minute ``now``."""
    injection = an_injection(baseline=baseline)
    moments = [a_moment((DONE + timedelta(minutes=minute, seconds=30)).isoformat()) for minute in minutes]
    return watch(a_diary(injection, *moments), injection, now=DONE + timedelta(minutes=now, seconds=45))


@pytest.mark.parametrize(
    ("minutes", "now", "due", "late_by"),
    [
        ((), 0, 5, -5),
        ((), 5, 5, 0),
        ((), 12, 5, 7),
        ((5,), 6, 10, -4),
        ((9,), 10, 10, 0),
        ((5, 15), 17, 20, -3),
        ((5, 15), 22, 20, 2),
        ((29,), 29, 30, -1),
    ],
)
def test_due_is_the_first_column_since_the_last_reading(
    minutes: tuple[int, ...], now: int, due: int, late_by: int
) -> None:
    seen = watched(*minutes, now=now)
    assert (seen.next_due, seen.late_by) == (due, late_by)


def test_nothing_is_due_once_the_last_column_is_scored() -> None:
    assert watched(30, now=31).next_due is None


def test_a_reading_at_minute_14_is_not_one_of_the_column_of_15() -> None:
    states = [cell.state for cell in watched(5, 14, now=16).cells]
    assert states == [
        CellState.SCORED,
        CellState.SCORED,
        CellState.DUE,
        CellState.COMING,
        CellState.COMING,
        CellState.COMING,
    ]


def test_a_column_without_a_reading_is_missed_and_stays_so() -> None:
    cells = watched(5, 26, now=27).cells
    assert [cell.state for cell in cells][1:4] == [CellState.MISSED] * 3
    assert [cell.reading.minute for cell in cells if cell.reading] == [5, 26]


def test_a_moment_that_says_asleep_is_a_reading_without_pain() -> None:
    injection = an_injection(baseline=Scores(movement=8))
    asleep = a_moment("2026-03-02T10:36:00-05:00", scores=Scores(), state=State.ASLEEP)
    seen = watch(a_diary(injection, asleep), injection, now=datetime.fromisoformat("2026-03-02T10:37:00-05:00"))
    assert [(reading.minute, reading.pain) for reading in seen.readings] == [(6, None)]
    assert seen.next_due == 10


@pytest.mark.parametrize(
    ("baseline", "asked", "before"),
    [
        (Scores(movement=8, rest=6), Instrument.MOVEMENT, 8),
        (Scores(rest=6), Instrument.REST, 6),
        (Scores(), Instrument.MOVEMENT, None),
    ],
)
def test_the_readings_are_asked_on_the_instrument_of_the_before_score(
    baseline: Scores, asked: Instrument, before: int | None
) -> None:
    seen = watched(now=3, baseline=baseline)
    assert (seen.pain_asked, seen.before) == (asked, before)


def test_pain_is_read_on_the_instrument_of_the_before_score() -> None:
    injection = an_injection(baseline=Scores(rest=6))
    both = a_moment("2026-03-02T10:36:00-05:00", scores=Scores(rest=3, movement=9))
    seen = watch(a_diary(injection, both), injection, now=datetime.fromisoformat("2026-03-02T10:37:00-05:00"))
    assert [reading.pain for reading in seen.readings] == [3]


def test_readings_are_the_moments_from_the_injection_until_now_that_say_something() -> None:
    injection = an_injection()
    pressure = BloodPressure(systolic=120, diastolic=80)
    moments = [
        a_moment("2026-03-02T10:29:59-05:00"),  # before it
        a_moment("2026-03-02T10:30:00-05:00"),
        a_moment("2026-03-02T10:31:00-05:00", scores=Scores(), blood_pressure=pressure),
        a_moment("2026-03-02T10:32:00-05:00", scores=Scores(), words=Words.MILD),
        a_moment("2026-03-02T10:40:00-05:00"),
        a_moment("2026-03-02T10:40:01-05:00"),  # still to come
    ]
    day = a_day("2026-03-02")
    seen = watch(a_diary(injection, day, *moments), injection, now=datetime.fromisoformat("2026-03-02T10:40:00-05:00"))
    assert [reading.minute for reading in seen.readings] == [0, 2, 10]


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ({"scores": Scores(movement=3)}, True),
        ({"scores": Scores(movement=3, moving=4)}, False),
        ({"scores": Scores(movement=3, activities=(4,))}, False),
        ({"scores": Scores(), "state": State.CANNOT_SAY}, False),
    ],
)
def test_difficulty_is_asked_until_somebody_says_it_or_why_not(said: dict[str, Any], *, due: bool) -> None:
    injection = an_injection(baseline=BEFORE)
    moment = a_moment("2026-03-02T10:46:00-05:00", **said)
    now = datetime.fromisoformat("2026-03-02T10:47:00-05:00")
    assert watch(a_diary(injection, moment), injection, now=now).difficulty_due is due


def test_a_column_falls_due_with_its_first_minute() -> None:
    cells = watched(5, 10, now=15).cells
    assert [cell.column for cell in cells] == [5, 10, 15, 20, 25, 30]
    assert [cell.state for cell in cells][2:4] == [CellState.DUE, CellState.COMING]


@pytest.mark.parametrize(("now", "due"), [(14, False), (15, True), (19, True), (20, False), (30, True)])
def test_difficulty_is_asked_at_15_and_at_30(now: int, due: bool) -> None:
    assert watched(now=now).difficulty_due is due


def test_leaving_asks_for_a_before_score_four_readings_and_a_late_one() -> None:
    early = check_leaving(watched(5, 10, 15, now=31))
    assert (early.before_score, early.enough_readings, early.last_is_late_enough) == (True, False, False)
    assert (early.readings, early.last_minute) == (3, 15)
    whole = check_leaving(watched(5, 10, 15, 25, now=29))
    assert (whole.before_score, whole.enough_readings, whole.last_is_late_enough) == (True, True, True)
    nothing = check_leaving(watched(now=31, baseline=Scores()))
    assert nothing == LeavingCheck(
        before_score=False, enough_readings=False, last_is_late_enough=False, readings=0, last_minute=None
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ana Cruz", "Maria Cruz", True),
        ("Joan Adams", "Joan Baker", True),
        ("Müller Eva", "Mueller Ewa", True),
        ("José Díaz", "Jose Diaz", True),
        ("Joan Adams", "Ali Baker", False),
        ("Li Wang", "Li Okonkwo", True),
        ("A Lindqvist", "A Okonkwo", False),  # one letter in common is none
    ],
)
def test_names_that_could_be_mistaken(one: str, other: str, expected: bool) -> None:
    assert mistakable(one, other) is expected
