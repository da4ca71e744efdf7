"""Attempts to sign in, counted where every process sees them. All functions are for `work.keeping_house`."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Index, delete, func, insert, select, update
from sqlalchemy.orm import Mapped, Session

from diary.store.base import Id, Instant, Model

KEPT = timedelta(days=30)


class SignInAttempt(Model):
    """One attempt. ``account`` is a hash, since people type passwords where the e-mail address belongs."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        Index("ix_sign_in_attempts_account_at", "account", "at"),
        Index("ix_sign_in_attempts_address_at", "address", "at"),
    )

    id: Mapped[Id]
    account: Mapped[str]
    address: Mapped[str]
    at: Mapped[Instant]
    succeeded: Mapped[bool]


def add_attempt(session: Session, *, account: str, address: str, now: datetime) -> UUID:
    """An attempt, counted as a failure until `mark_succeeded`, so that twenty at once cannot all pass."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - KEPT))
    id_ = uuid4()
    session.execute(insert(SignInAttempt).values(id=id_, account=account, address=address, at=now, succeeded=False))
    return id_


def mark_succeeded(session: Session, attempt: UUID) -> None:
    session.execute(update(SignInAttempt).where(SignInAttempt.id == attempt).values(succeeded=True))


def forget_failures(session: Session, account: str) -> None:
    """Begin anew for an account whose owner has proved themselves in another way."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.account == account))


def failures_in_a_row(session: Session, account: str) -> tuple[int, datetime | None]:
    """How many failures since the last success, and when the last of them was."""
    success = select(func.max(SignInAttempt.at)).where(SignInAttempt.account == account, SignInAttempt.succeeded)
    since = session.scalar(success)
    of_failures = select(func.count(), func.max(SignInAttempt.at)).where(
        SignInAttempt.account == account, ~SignInAttempt.succeeded
    )
    if since is not None:
        of_failures = of_failures.where(SignInAttempt.at > since)
    count, last = session.execute(of_failures).one()
    return count, last


def failures_from(session: Session, address: str, *, since: datetime) -> int:
    """How many failures came from this address."""
    return (
        session.scalar(
            select(func.count()).where(
                SignInAttempt.address == address, SignInAttempt.at > since, ~SignInAttempt.succeeded
            )
        )
        or 0
    )
