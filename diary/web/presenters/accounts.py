"""Accounts in words: sessions, roles, lines of the audit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from diary.domain.access import Role
from diary.store.browser_sessions import LiveSession

ROLE_NAMES = {Role.ADMIN: "Admin", Role.DOCTOR: "Doctor", Role.NURSE: "Nurse"}
# The first that a browser's own line names; Chromium's relatives name Chrome and Safari too, so they come first.
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSession:
    """One browser in the list of those signed in."""

    id: UUID
    browser: str
    since: str
    seen: str
    is_this: bool


def present_session(session: LiveSession, *, current: UUID | None, now: datetime) -> ShownSession:
    return ShownSession(
        id=session.id,
        browser=name_browser(session.browser),
        since=f"{session.created_at:%d-%b-%Y %H:%M} UTC",
        seen=_ago(now - session.seen_at),
        is_this=session.id == current,
    )


def name_browser(line: str) -> str:
    """ "Firefox on Windows" for a browser's own line; what it does not tell stays unknown."""
    browser = next((name for mark, name in BROWSERS if mark in line), "A browser")
    system = next((name for mark, name in SYSTEMS if mark in line), None)
    return f"{browser} on {system}" if system else browser


def _ago(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    if minutes < 1:
        return "now"
    return "1 minute ago" if minutes == 1 else f"{minutes} minutes ago"
