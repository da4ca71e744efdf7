"""Messages to phones (web push): the server's own key, which addresses it writes to, and the sending.

A message is sealed for one browser; the push service in between reads neither its words nor whom it is for.
"""

import json
import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from diary.config import Settings
from diary.domain.errors import InvalidValue
from diary.services.mail import NotSent, Refused, Unreachable

SECONDS_TO_WAIT = 10
KEPT_FOR = 2 * 60 * 60  # seconds that a push service keeps it for a phone that is off: as long as it is not too old
LONGEST_ENDPOINT = 2000
GONE = frozenset({404, 410})
LATER = frozenset({408, 425, 429})


class Gone(NotSent):
    """The browser takes no messages any more: it was removed, or the person said so there."""


def public_key(settings: Settings) -> str:
    """What a browser needs to take messages from this server and from nobody else."""
    point = _key(settings).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).decode().rstrip("=")


def check_subscription(endpoint: str, p256dh: str, auth: str, *, services: tuple[str, ...]) -> None:
    """Refuse (`InvalidValue`) what no push service gave: the server writes to no address that a phone makes up."""
    if len(endpoint) > LONGEST_ENDPOINT or not any(_is_of(endpoint, service) for service in services):
        raise InvalidValue("endpoint", "This browser's messages cannot be sent. Choose another way.")
    if not (_is_point(p256dh) and re.fullmatch(r"[\w-]{22}(==)?", auth, re.ASCII)):
        raise InvalidValue("endpoint", "This browser's messages cannot be sent. Choose another way.")


def send(settings: Settings, *, endpoint: str, p256dh: str, auth: str, message: Mapping[str, str], topic: str) -> None:
    """Hand one message over: `Gone`, `Refused`, or `Unreachable` where it may be tried again.

    A message with the same ``topic`` takes the place of the one before, so a second try is never seen twice.
    """
    from pywebpush import WebPushException, webpush  # half a second that no page has to wait for
    from requests import RequestException, Session

    if not any(_is_of(endpoint, service) for service in settings.push_services):
        raise Refused("the address is of no push service that is allowed (DIARY_PUSH_SERVICES)")
    with Session() as session:
        session.max_redirects = 0
        try:
            webpush(
                {"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}},
                data=json.dumps(message),
                vapid_private_key=_key(settings),
                vapid_claims={"sub": _contact(settings)},
                ttl=KEPT_FOR,
                timeout=SECONDS_TO_WAIT,
                headers={"Topic": topic, "Urgency": "normal"},
                requests_session=session,
            )
        except WebPushException as error:
            raise _fault(getattr(error.response, "status_code", None)) from None
        except RequestException as error:
            raise Unreachable(f"the push service did not answer ({type(error).__name__})") from None


def _fault(status: int | None) -> NotSent:
    if status in GONE:
        return Gone("the browser takes no messages any more")
    if status is None or status in LATER or status >= 500:
        return Unreachable(f"the push service answered {status}")
    return Refused(f"the push service answered {status}")


def _contact(settings: Settings) -> str:
    """Whom a push service may ask: with HTTPS the address of this diary."""
    return settings.base_url if settings.secure else f"mailto:diary@{urlsplit(settings.base_url).hostname}"


def _is_of(endpoint: str, service: str) -> bool:
    try:
        given, allowed = urlsplit(endpoint), urlsplit(service)
        same_place = (given.scheme, given.port, given.username) == (allowed.scheme, allowed.port, None)
    except ValueError:
        return False
    plain = re.fullmatch(r"[a-z0-9.-]+", given.hostname or "") is not None
    return same_place and plain and fnmatchcase(given.hostname or "", allowed.hostname or "")


def _is_point(p256dh: str) -> bool:
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), urlsafe_b64decode(p256dh + "=" * (-len(p256dh) % 4)))
    except (ValueError, UnsupportedAlgorithm):
        return False
    return True


# --- the server's own key ---------------------------------------------------------------------------------------------


def _key(settings: Settings) -> Vapid02:
    """The key that the settings give, else the one in the instance folder, made when it is first needed."""
    if settings.push_key:
        return Vapid02.from_string(settings.push_key)
    kept = settings.instance / "push-key"
    if not kept.exists():
        _make_key(kept)
    return Vapid02.from_pem(kept.read_bytes())


def _make_key(kept: Path) -> None:
    """Written whole under another name first: whoever comes second finds a whole key, never half of one."""
    key = Vapid02()
    key.generate_keys()
    with NamedTemporaryFile(dir=kept.parent, prefix="push-key-", delete=True) as file:  # 0600
        file.write(key.private_pem())
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, kept)
        except FileExistsError:
            return
