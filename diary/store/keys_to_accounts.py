"""Links that open the way to an account: a new server's set-up, and invitations of staff. Each is good once.

A link holds 128 random bits or more; the row holds their SHA-256, since whoever reads the table must not get in.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, ForeignKey, and_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Role
from diary.store.base import Id, Instant, Model, OptionalInstant
from diary.store.work import Work

SET_UP_WITHIN = timedelta(hours=24)
INVITED_FOR = timedelta(hours=72)


class SetupLink(Model):
    """A link printed at a start while there was no admin."""

    __tablename__ = "setup_links"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    used_at: Mapped[OptionalInstant]


class Invitation(Model):
    """An address that may become, or become again, a member of staff of the clinic."""

    __tablename__ = "invitations"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    email: Mapped[str]
    role: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    redeemed_at: Mapped[OptionalInstant]
    cancelled_at: Mapped[OptionalInstant]


def hash_key(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def add_setup_link(work: Work, token: str) -> None:
    """Add a set-up link, with its audit row."""
    link = SetupLink(id=uuid4(), token_hash=hash_key(token), created_at=work.now, expires_at=work.now + SET_UP_WITHIN)
    work.session.add(link)
    work.audit("setup-link.add", subject=f"setup-link:{link.id}")


def find_setup_link(session: Session, token: str, *, now: datetime) -> SetupLink | None:
    """The link if it still works."""
    return session.scalar(
        select(SetupLink).where(
            SetupLink.token_hash == hash_key(token), SetupLink.used_at.is_(None), SetupLink.expires_at > now
        )
    )


def add_invitation(work: Work, *, clinic_id: UUID, email: str, role: Role, token: str) -> Invitation:
    """Add an invitation, with its audit row."""
    invitation = Invitation(
        id=uuid4(),
        clinic_id=clinic_id,
        email=email,
        role=role.value,
        token_hash=hash_key(token),
        created_at=work.now,
        expires_at=work.now + INVITED_FOR,
    )
    work.session.add(invitation)
    work.audit("invitation.add", clinic_id=clinic_id, subject=f"invitation:{invitation.id}", role=role.value)
    return invitation


def find_invitation_by_token(session: Session, token: str, *, now: datetime) -> Invitation | None:
    """The invitation if its link still works."""
    return session.scalar(select(Invitation).where(Invitation.token_hash == hash_key(token), _is_open(now)))


def find_invitation(session: Session, invitation_id: UUID) -> Invitation | None:
    return session.get(Invitation, invitation_id)


def find_open_invitation_of(session: Session, clinic_id: UUID, email: str, *, now: datetime) -> Invitation | None:
    """The invitation of this address that still works."""
    return session.scalar(
        select(Invitation).where(Invitation.clinic_id == clinic_id, Invitation.email == email, _is_open(now))
    )


def list_waiting(session: Session, clinic_id: UUID) -> Sequence[Invitation]:
    """Invitations that nobody has taken up, the newest first; those that ran out too, so that they can be renewed."""
    return session.scalars(
        select(Invitation)
        .where(Invitation.clinic_id == clinic_id, Invitation.redeemed_at.is_(None), Invitation.cancelled_at.is_(None))
        .order_by(Invitation.created_at.desc(), Invitation.id)
    ).all()


def _is_open(now: datetime) -> ColumnElement[bool]:
    return and_(Invitation.redeemed_at.is_(None), Invitation.cancelled_at.is_(None), Invitation.expires_at > now)
