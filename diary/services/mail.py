"""Letters by the server that `DIARY_MAIL_URL` names: to staff, and reminders. None says anything about a patient."""

import logging
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

log = logging.getLogger(__name__)
SECONDS_TO_WAIT = 10
LATER, NEVER = 400, 500  # SMTP's families of answers


class NotSent(Exception):
    """Why a message is not known to have been sent."""


class Unreachable(NotSent):
    """Nobody took it this time. It was not sent, and may be tried again."""


class Refused(NotSent):
    """This will never be taken, however often it is tried."""


class Unsure(NotSent):
    """It was handed over and nobody said that it was taken: sending it again could send it twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter. ``sender`` is the name beside our address, ``headers`` are further ones."""

    to: str
    subject: str
    text: str
    sender: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def sends(mail_url: str) -> bool:
    """Whether letters leave this machine; with ``console:`` they are only noted in the log."""
    return urlsplit(mail_url).scheme in {"smtp", "smtps"}


def send(mail_url: str, *, to: str, subject: str, text: str) -> bool:
    """Whether the letter was handed over. One that cannot be sent stops nothing: the log says why."""
    if not sends(mail_url):
        log.info("A letter would go to %s: %s", to, subject)  # its links open accounts, so they stay out of the log
        return False
    try:
        deliver(mail_url, Letter(to=to, subject=subject, text=text))
    except NotSent as error:
        log.warning("The mail server took no letter: %s", error)
        return False
    return True


def deliver(mail_url: str, letter: Letter) -> None:
    """Hand a letter over to the server: `Unreachable`, `Refused` or `Unsure` where it did not take it."""
    sender, message = _message(mail_url, letter)
    with _connected(mail_url) as server:
        _check("sender", *server.mail(sender), refuses=False)
        _check("address", *_name_receiver(server, letter.to), refuses=True)
        try:
            answer = server.data(message.as_bytes(policy=SMTP))
        except smtplib.SMTPDataError as error:  # said before anything was handed over
            answer = (error.smtp_code, b"")
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            raise Unsure(f"the mail server ended without a word ({type(error).__name__})") from None
        _check("letter", *answer, refuses=True)
        _say_goodbye(server)


def _name_receiver(server: smtplib.SMTP, address: str) -> tuple[int, bytes]:
    try:
        return server.rcpt(address)
    except UnicodeError:
        raise Refused("the address has letters that this mail server cannot read") from None


def check_server(mail_url: str) -> str:
    """What the server is that answers, signed in to as for a letter, or `Unreachable` with what is wrong."""
    with _connected(mail_url) as server:
        _check("question", *server.noop(), refuses=False)
        _say_goodbye(server)
    return str(urlsplit(mail_url).hostname)


@contextmanager
def _connected(mail_url: str) -> Iterator[smtplib.SMTP]:
    """A server that was greeted, with encryption and sign-in as the address says."""
    parts = urlsplit(mail_url)
    context = ssl.create_default_context()
    try:
        server = _open(parts.scheme, parts.hostname or "", parts.port, context)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(_reason(error)) from None
    try:
        server.ehlo()
        if parts.scheme == "smtp" and "tls=start" in parts.query:
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(_reason(error)) from None
    finally:
        server.close()


def _open(scheme: str, host: str, port: int | None, context: ssl.SSLContext) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=SECONDS_TO_WAIT, context=context)
    return smtplib.SMTP(host, port or 587, timeout=SECONDS_TO_WAIT)


def _check(what: str, code: int, answer: bytes, *, refuses: bool) -> None:
    """Whether the server agreed; of what is about this letter alone, a 5xx is for good."""
    if code < LATER and code != -1:
        return
    words = f"the {what} was not taken ({code} {answer[:80].decode(errors='replace')})"
    if refuses and code >= NEVER:
        raise Refused(words)
    raise Unreachable(words)


def _say_goodbye(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):  # the letter was taken: a rude ending changes nothing
        log.debug("The mail server ended without a goodbye.")


def _reason(error: Exception) -> str:
    """What went wrong, without what was sent: neither addresses nor passwords stand in a log."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "it refused the name or the password"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered {error.smtp_code}"
    return f"{type(error).__name__}: {error}" if isinstance(error, OSError) else type(error).__name__


def _message(mail_url: str, letter: Letter) -> tuple[str, EmailMessage]:
    parts = urlsplit(mail_url)
    user = unquote(parts.username or "")
    sender = user if "@" in user else f"diary@{parts.hostname}"
    message = EmailMessage()
    message["From"] = Address(display_name=_one_line(letter.sender), addr_spec=sender) if letter.sender else sender
    message["To"] = letter.to
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    for name, value in letter.headers.items():
        message[name] = _one_line(value)
    message.set_content(letter.text)
    return sender, message


def _one_line(text: str) -> str:
    """A name that somebody typed begins no header of its own."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
