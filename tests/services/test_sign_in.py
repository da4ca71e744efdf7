"""Guessing is slowed for each account and each address, and nobody is locked out by somebody else's tries."""

from datetime import timedelta

import pytest
from flask import Flask

from diary.domain.errors import TooManyTries
from diary.services.sign_in import open_again, trying, wait_after
from tests.factories import NOON

NOOR = "noor@example.org"


def fail(account: str, times: int, *, address: str = "192.0.2.1", at: timedelta = timedelta()) -> None:
    for _ in range(times):
        with trying(account, address=address, now=NOON + at):
            pass


def test_five_failures_are_free_and_then_one_waits(app: Flask) -> None:  # noqa: ARG001 — gives the database
    fail(NOOR, 5)

    with pytest.raises(TooManyTries) as told:
        fail(NOOR.upper(), 1)
    assert told.value.wait == timedelta(minutes=1)
    fail(NOOR, 1, at=timedelta(minutes=1))
    with pytest.raises(TooManyTries) as told:
        fail(NOOR, 1, at=timedelta(minutes=2))
    assert str(told.value) == "Too many tries. Wait a minute, then try again."


def test_the_wait_doubles_up_to_an_hour() -> None:
    assert [wait_after(failures).total_seconds() / 60 for failures in (4, 5, 6, 7, 10, 11, 99)] == [
        0,
        1,
        2,
        4,
        32,
        60,
        60,
    ]


def test_others_are_not_locked_out_and_success_begins_anew(app: Flask) -> None:  # noqa: ARG001
    fail(NOOR, 4)
    fail("chen@example.org", 5)
    with trying(NOOR, address="192.0.2.1", now=NOON + timedelta(seconds=1)) as attempt:
        attempt.succeeded = True

    fail(NOOR, 4, at=timedelta(seconds=2))


def test_a_hundred_failures_in_a_row_need_a_new_invitation(app: Flask) -> None:  # noqa: ARG001
    for hour in range(100):
        fail(NOOR, 1, at=timedelta(hours=2 * hour))

    with pytest.raises(TooManyTries, match="new invitation"):
        fail(NOOR, 1, at=timedelta(hours=210))
    open_again(NOOR)
    fail(NOOR, 1, at=timedelta(hours=211))


def test_one_address_tries_thirty_times_a_minute(app: Flask) -> None:  # noqa: ARG001
    for number in range(30):
        fail(f"{number}@example.org", 1)

    with pytest.raises(TooManyTries, match="network"):
        fail("another@example.org", 1)
    fail("another@example.org", 1, address="192.0.2.2")
    fail("another@example.org", 1, at=timedelta(minutes=1, seconds=1))
