"""Accounts in words: sessions, roles, lines of the audit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.access import Role
from diary.services.invitations import Waiting
from diary.store.audit import AuditLine
from diary.store.browser_sessions import LiveSession
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, ngettext
from diary.words.times import in_words, instant_in_words

ROLE_NAMES = {Role.ADMIN: lazy_gettext("Admin"), Role.DOCTOR: lazy_gettext("Doctor"), Role.NURSE: lazy_gettext("Nurse")}
RULE_SET_NAMES = {
    "us-medicare-sij": lazy_gettext("us-medicare-sij: United States, Medicare (block 75%%)"),
    "evicore-cmm-203": lazy_gettext("evicore-cmm-203: United States, eviCore (block 75%%)"),
    "norfolk-icb": lazy_gettext("norfolk-icb: United Kingdom, Norfolk (50%%)"),
    "trial-50": lazy_gettext("trial-50: as trials count it (50%%)"),
}
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
        since=f"{instant_in_words(session.created_at)} UTC",
        seen=_ago(now - session.seen_at),
        is_this=session.id == current,
    )


def name_browser(line: str) -> str:
    """ "Firefox on Windows" for a browser's own line; what it does not tell stays unknown."""
    browser = next((name for mark, name in BROWSERS if mark in line), _("A browser"))
    system = next((name for mark, name in SYSTEMS if mark in line), None)
    return _("%(browser)s on %(system)s", browser=browser, system=system) if system else browser


def _ago(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    if minutes < 1:
        return _("now")
    return ngettext("1 minute ago", "%(num)s minutes ago", minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownInvitation:
    """One invitation that waits."""

    id: UUID
    email: str
    role: str
    until: str


def present_invitation(invitation: Waiting, zone: ZoneInfo) -> ShownInvitation:
    ends = instant_in_words(invitation.expires_at.astimezone(zone))
    return ShownInvitation(
        id=invitation.id,
        email=invitation.email,
        role=ROLE_NAMES[invitation.role],
        until=_("works until %(time)s", time=ends) if invitation.works else _("ran out on %(time)s", time=ends),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAuditLine:
    """One line of the audit: who, what, to what, when."""

    at: str
    who: str
    action: str
    patient_id: UUID | None
    subject: str
    details: str


def present_audit_line(line: AuditLine, names: Mapping[str, str], zone: ZoneInfo) -> ShownAuditLine:
    local = line.at.astimezone(zone)
    return ShownAuditLine(
        at=f"{in_words(local.date())} {local:%H:%M:%S}",
        who=names.get(line.actor_id, "") if line.actor_role in ROLE_NAMES else f"{line.actor_role} {line.actor_id[:8]}",
        action=line.action,
        patient_id=line.patient_id,
        subject=line.subject or "",
        details=", ".join(f"{name}: {_plain(value)}" for name, value in line.details.items()),
    )


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
