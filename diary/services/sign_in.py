"""How often somebody may try to sign in: per account and per address, and never so that one locks out another.

Five failures in a row are free; then the wait doubles from a minute to an hour; after a hundred in a row the account
takes no more until its owner comes with a new invitation (NIST SP 800-63B-4, 3.2.2). Unknown accounts count alike, so
that the answer does not tell who exists.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from diary.domain.errors import TooManyTries
from diary.domain.said import Said, say_many
from diary.store import sign_in_attempts
from diary.store.work import keeping_house

FREE_FAILURES = 5
MOST_IN_A_ROW = 100
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
FAILURES_OF_AN_ADDRESS = 30
OF_AN_ADDRESS_WITHIN = timedelta(minutes=1)


@dataclass(slots=True)
class Attempt:
    """One try in progress; what is not marked as succeeded counts as a failure."""

    succeeded: bool = False


@contextmanager
def trying(account: str, *, address: str, now: datetime) -> Iterator[Attempt]:
    """Let one try through, or raise `TooManyTries`. It is counted before it is made, so that none slips past."""
    key = account_key(account)
    with keeping_house() as session:
        _check_address(sign_in_attempts.failures_from(session, address, since=now - OF_AN_ADDRESS_WITHIN))
        _check_account(*sign_in_attempts.failures_in_a_row(session, key), now=now)
        id_ = sign_in_attempts.add_attempt(session, account=key, address=address, now=now)
    attempt = Attempt()
    yield attempt
    if attempt.succeeded:
        with keeping_house() as session:
            sign_in_attempts.mark_succeeded(session, id_)


def open_again(account: str) -> None:
    """Forget the failures of an account whose owner proved themselves by an invitation."""
    with keeping_house() as session:
        sign_in_attempts.forget_failures(session, account_key(account))


def account_key(account: str) -> str:
    """What stands for an account in the table."""
    return sha256(account.strip().lower().encode()).hexdigest()


def wait_after(failures: int) -> timedelta:
    """How long nobody may try after so many failures in a row."""
    if failures < FREE_FAILURES:
        return timedelta()
    doublings = min(failures - FREE_FAILURES, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _check_address(failures: int) -> None:
    if failures >= FAILURES_OF_AN_ADDRESS:
        raise TooManyTries(
            "Too many tries from your network. Wait a minute, then try again.", wait=OF_AN_ADDRESS_WITHIN
        )


def _check_account(failures: int, last: datetime | None, *, now: datetime) -> None:
    if last is None:
        return
    if failures >= MOST_IN_A_ROW:
        raise TooManyTries("Too many tries. Ask an admin of your clinic for a new invitation.", wait=timedelta(days=1))
    wait = last + wait_after(failures) - now
    if wait > timedelta():
        minutes = max(1, round(wait.total_seconds() / 60))
        raise TooManyTries(wait_words(minutes), wait=wait)


def wait_words(minutes: int) -> Said:
    """How long to wait after too many tries."""
    return say_many(
        "Too many tries. Wait a minute, then try again.",
        "Too many tries. Wait %(num)s minutes, then try again.",
        minutes,
    )
