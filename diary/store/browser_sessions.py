"""Browser sessions are rows: ended here, they are dead at the next request, wherever the cookie is.

The cookie holds a random token and nothing else; the row holds its SHA-256, so that the table opens nothing to whoever
reads it. All functions are for `diary.store.work.keeping_house`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, ForeignKey, and_, delete, insert, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.store.base import Id, Instant, Model

LONGEST = timedelta(hours=12)
IDLE_OF_STAFF = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)


class BrowserSession(Model):
    """One session. ``content`` is JSON; ``user_id`` is set while a member of staff is signed in."""

    __tablename__ = "browser_sessions"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    content: Mapped[str]
    browser: Mapped[str]
    created_at: Mapped[Instant]
    seen_at: Mapped[Instant]
    expires_at: Mapped[Instant] = mapped_column(index=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSession:
    """A session that has neither ended nor run out."""

    id: UUID
    user_id: int | None
    content: str
    browser: str
    created_at: datetime
    seen_at: datetime


def hash_token(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def find_live(session: Session, token: str, *, now: datetime) -> LiveSession | None:
    """The session of a cookie; None where it ended, is older than 12 hours, or staff left it for 15 minutes."""
    row = session.execute(
        select(*_COLUMNS).where(BrowserSession.token_hash == hash_token(token), _is_live(now))
    ).one_or_none()
    return None if row is None else LiveSession(**row._mapping)


def list_live(session: Session, user_id: int, *, now: datetime) -> Sequence[LiveSession]:
    """The user's sessions, the one used last first."""
    rows = session.execute(
        select(*_COLUMNS)
        .where(BrowserSession.user_id == user_id, _is_live(now))
        .order_by(BrowserSession.seen_at.desc(), BrowserSession.id)
    )
    return [LiveSession(**row._mapping) for row in rows]


def begin(session: Session, token: str, *, user_id: int | None, content: str, browser: str, now: datetime) -> UUID:
    """A new session under this token. What has run out is swept away on the way."""
    session.execute(delete(BrowserSession).where(BrowserSession.expires_at <= now))
    id_ = uuid4()
    session.execute(
        insert(BrowserSession).values(
            id=id_,
            token_hash=hash_token(token),
            user_id=user_id,
            content=content,
            browser=browser,
            created_at=now,
            seen_at=now,
            expires_at=now + LONGEST,
        )
    )
    return id_


def keep(session: Session, id_: UUID, *, content: str, now: datetime) -> None:
    """Store the content. A session that was ended meanwhile stays ended."""
    session.execute(update(BrowserSession).where(BrowserSession.id == id_).values(content=content, seen_at=now))


def touch(session: Session, id_: UUID, *, now: datetime) -> None:
    session.execute(update(BrowserSession).where(BrowserSession.id == id_).values(seen_at=now))


def end(session: Session, id_: UUID) -> None:
    session.execute(delete(BrowserSession).where(BrowserSession.id == id_))


def end_one_of(session: Session, user_id: int, id_: UUID) -> int:
    """How many ended: 1, or 0 where it is another user's or no longer there."""
    ended = delete(BrowserSession).where(BrowserSession.id == id_, BrowserSession.user_id == user_id)
    return len(session.execute(ended.returning(BrowserSession.id)).fetchall())


def end_all_of(session: Session, user_id: int, *, but: UUID | None = None) -> int:
    """How many of the user's sessions ended; ``but`` is the one to leave."""
    ended = delete(BrowserSession).where(BrowserSession.user_id == user_id)
    if but is not None:
        ended = ended.where(BrowserSession.id != but)
    return len(session.execute(ended.returning(BrowserSession.id)).fetchall())


_COLUMNS = (
    BrowserSession.id,
    BrowserSession.user_id,
    BrowserSession.content,
    BrowserSession.browser,
    BrowserSession.created_at,
    BrowserSession.seen_at,
)


def _is_live(now: datetime) -> ColumnElement[bool]:
    return and_(
        BrowserSession.expires_at > now,
        or_(BrowserSession.user_id.is_(None), BrowserSession.seen_at > now - IDLE_OF_STAFF),
    )
