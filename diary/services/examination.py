"""Look at everything the diary stands on, one finding each: settings, database, clock, disk, mail."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from diary.config import Settings
from diary.domain.errors import DiaryError
from diary.services import mail
from diary.store.condition import last_audited_at, missing_version, write_and_take_back, wrong_settings

LEAST_FREE_MB = 200
# The diary was written after this day: a clock before it is wrong.
WRITTEN_AT = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at, whether it is as it should be, and what was seen."""

    name: str
    right: bool
    seen: str


def examine(settings: Settings, *, now: datetime) -> tuple[Finding, ...]:
    """What was found, in a fixed order. One that is wrong does not keep the others from being looked at."""
    looks: tuple[tuple[str, Callable[[], tuple[bool, str]]], ...] = (
        ("settings", lambda: _settings(settings)),
        ("phones", lambda: _phones(settings)),
        ("database settings", _database_settings),
        ("database version", _database_version),
        ("database write", _database_write),
        ("clock", lambda: _clock(now)),
        ("disk", lambda: _disk(settings.instance)),
        ("mail", lambda: _mail(settings.mail_url)),
    )
    return tuple(_finding(name, look) for name, look in looks)


def _finding(name: str, look: Callable[[], tuple[bool, str]]) -> Finding:
    try:
        right, seen = look()
    except DiaryError as error:
        right, seen = False, str(error)
    return Finding(name=name, right=right, seen=seen)


def _settings(settings: Settings) -> tuple[bool, str]:
    if settings.lacks_https:
        return False, f"DIARY_BASE_URL is {settings.base_url}: over plain HTTP anybody on the way reads along"
    return True, f"{settings.base_url}, instance folder {settings.instance}"


def _phones(settings: Settings) -> tuple[bool, str]:
    """What needs HTTPS in a phone's browser."""
    if settings.lacks_https:
        return False, "without HTTPS no diary without signal, no home screen and no reminders on the phone (README)"
    if settings.on_this_machine_alone:
        return True, "none can reach it: the address is this machine's alone (README, On real phones)"
    return True, "without signal, home screen and reminders on the phone work, over HTTPS"


def _database_settings() -> tuple[bool, str]:
    wrong = wrong_settings()
    return not wrong, "; ".join(wrong) or "durable, with foreign keys on"


def _database_version() -> tuple[bool, str]:
    missing = missing_version()
    return missing is None, f"{missing}: run python -m diary migrate" if missing else "the newest"


def _database_write() -> tuple[bool, str]:
    return True, f"written and taken back in {write_and_take_back():.0f} ms"


def _clock(now: datetime) -> tuple[bool, str]:
    last = None if missing_version() else last_audited_at()
    behind = max(WRITTEN_AT, last or WRITTEN_AT)
    if now < behind - timedelta(minutes=5):
        return False, f"says {now:%Y-%m-%d %H:%M} UTC, which is before {behind:%Y-%m-%d %H:%M} UTC, already recorded"
    return True, f"{now:%Y-%m-%d %H:%M} UTC"


def _disk(folder: Path) -> tuple[bool, str]:
    free = shutil.disk_usage(folder).free // 1_000_000
    return free >= LEAST_FREE_MB, f"{free} MB free at {folder}"


def _mail(url: str) -> tuple[bool, str]:
    if not mail.sends(url):
        return True, "printed on the console, not sent (DIARY_MAIL_URL)"
    try:
        return True, f"{mail.check_server(url)} answers"
    except mail.Unreachable as error:
        return False, f"{urlsplit(url).hostname} does not answer as it should: {error}"
