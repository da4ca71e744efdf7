"""Settings from the environment. A wrong value stops the start with one line that names it."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from diary.domain.errors import DiaryError

# Where browsers say that messages to them be sent. A phone names the address, so the server writes to no other.
PUSH_SERVICES = (
    "https://fcm.googleapis.com",
    "https://*.push.services.mozilla.com",
    "https://*.push.apple.com",
    "https://*.notify.windows.com",
)
PROJECT = Path(__file__).resolve().parent.parent


class WrongSetting(DiaryError):
    """A setting that the diary cannot run with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that can be set.

    ``trusted_proxies`` is how many proxies in front are ours, ``database_wait`` how many seconds a request waits for a
    database that is locked.
    """

    database_url: str
    instance: Path
    secret_key: str
    base_url: str
    trusted_proxies: int = 0
    mail_url: str = "console:"
    push_key: str | None = None
    push_services: tuple[str, ...] = PUSH_SERVICES
    database_wait: float = 5.0
    testing: bool = False

    @property
    def secure(self) -> bool:
        """Whether the diary is served over HTTPS, so that cookies can be bound to it."""
        return self.base_url.startswith("https://")

    @property
    def on_this_machine_alone(self) -> bool:
        """Whether nobody else's phone can reach the diary, so that browsers ask for no HTTPS."""
        return urlsplit(self.base_url).hostname in {"127.0.0.1", "localhost", "::1"}

    @property
    def lacks_https(self) -> bool:
        """Whether phones reach the diary without HTTPS: they keep nothing without signal, show no reminders."""
        return not self.secure and not self.on_this_machine_alone


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read and check every setting (`WrongSetting` names the one that is wrong)."""
    instance = Path(environment.get("DIARY_INSTANCE") or PROJECT / "instance").absolute()
    _make_folder(instance)
    return Settings(
        database_url=_database_url(environment.get("DIARY_DATABASE_URL"), instance),
        instance=instance,
        secret_key=_secret_key(environment.get("DIARY_SECRET_KEY"), instance),
        base_url=_base_url(environment.get("DIARY_BASE_URL") or "http://127.0.0.1:8000"),
        trusted_proxies=_trusted_proxies(environment.get("DIARY_TRUSTED_PROXIES") or "0"),
        mail_url=_mail_url(environment.get("DIARY_MAIL_URL") or "console:"),
        push_key=_push_key(environment.get("DIARY_PUSH_KEY")),
        push_services=_push_services(environment.get("DIARY_PUSH_SERVICES")),
        database_wait=_database_wait(environment.get("DIARY_DATABASE_WAIT") or "5"),
    )


def _make_folder(instance: Path) -> None:
    try:
        instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(f"DIARY_INSTANCE: {instance} cannot be made: {error.strerror}") from None


def _database_url(given: str | None, instance: Path) -> str:
    url = given or f"sqlite:///{instance / 'diary.sqlite3'}"
    scheme = urlsplit(url).scheme
    if scheme in {"postgresql", "postgres"}:
        return f"postgresql+psycopg{url[len(scheme) :]}"
    if scheme in {"sqlite", "postgresql+psycopg"}:
        return url
    raise WrongSetting("DIARY_DATABASE_URL: starts with neither sqlite:/// nor postgresql://")


def _secret_key(given: str | None, instance: Path) -> str:
    if given is not None:
        if len(given) < 32:
            raise WrongSetting("DIARY_SECRET_KEY: needs at least 32 characters")
        return given
    kept = instance / "secret-key"
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text().strip()
    except OSError as error:
        raise WrongSetting(f"DIARY_INSTANCE: {kept} cannot be written: {error.strerror}") from None
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


def _base_url(given: str) -> str:
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise WrongSetting(f"DIARY_BASE_URL: {given!r} is not an address such as https://diary.example.org")
    return given.rstrip("/")


def _trusted_proxies(given: str) -> int:
    if not given.isdigit() or int(given) > 5:
        raise WrongSetting(f"DIARY_TRUSTED_PROXIES: {given!r} is not a number from 0 to 5")
    return int(given)


def _mail_url(given: str) -> str:
    parts = urlsplit(given)
    if parts.scheme not in {"smtp", "smtps", "console"}:
        raise WrongSetting("DIARY_MAIL_URL: starts with neither smtp://, smtps:// nor console:")
    if parts.scheme != "console" and not _names_server(parts):
        raise WrongSetting(
            "DIARY_MAIL_URL: names no server, such as smtp://user:password@mail.example.org:587?tls=start"
        )
    if parts.query not in {"", "tls=start"}:  # a slip here would send passwords in the clear
        raise WrongSetting("DIARY_MAIL_URL: what follows the ? can only be tls=start")
    return given


def _names_server(parts: SplitResult) -> bool:
    try:
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _push_key(given: str | None) -> str | None:
    if given and not re.fullmatch(r"[\w-]{43}=?", given, re.ASCII):
        raise WrongSetting("DIARY_PUSH_KEY: is not a private key of 32 bytes in base64url, 43 characters")
    return given or None


def _push_services(given: str | None) -> tuple[str, ...]:
    services = tuple(given.split()) if given else PUSH_SERVICES
    for service in services:
        parts = urlsplit(service)
        if parts.scheme not in {"http", "https"} or parts.path or not _names_server(parts):
            raise WrongSetting(f"DIARY_PUSH_SERVICES: {service!r} is not an address such as https://*.push.example.org")
    return services


def _database_wait(given: str) -> float:
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 60:
        raise WrongSetting(f"DIARY_DATABASE_WAIT: {given!r} is not a number of seconds from 0.1 to 60")
    return seconds
