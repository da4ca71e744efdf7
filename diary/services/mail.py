"""Letters to staff, by the server that `DIARY_MAIL_URL` names. None says anything about a patient."""

import logging
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

log = logging.getLogger(__name__)
SECONDS_TO_WAIT = 10


def sends(mail_url: str) -> bool:
    """Whether letters leave this machine; with ``console:`` they are only noted in the log."""
    return urlsplit(mail_url).scheme in {"smtp", "smtps"}


def send(mail_url: str, *, to: str, subject: str, text: str) -> bool:
    """Whether the letter was handed over. One that cannot be sent stops nothing: the log says why."""
    if not sends(mail_url):
        log.info("A letter would go to %s: %s", to, subject)  # its links open accounts, so they stay out of the log
        return False
    try:
        _hand_over(mail_url, _letter(mail_url, to=to, subject=subject, text=text))
    except (OSError, smtplib.SMTPException) as error:
        log.warning("The mail server took no letter: %s", type(error).__name__)
        return False
    return True


def _letter(mail_url: str, *, to: str, subject: str, text: str) -> EmailMessage:
    parts = urlsplit(mail_url)
    user = unquote(parts.username or "")
    letter = EmailMessage()
    letter["From"] = user if "@" in user else f"diary@{parts.hostname}"
    letter["To"] = to
    letter["Subject"] = subject
    letter.set_content(text)
    return letter


def _hand_over(mail_url: str, letter: EmailMessage) -> None:
    parts = urlsplit(mail_url)
    host = parts.hostname or ""
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SECONDS_TO_WAIT, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=SECONDS_TO_WAIT)
    with server:
        if parts.scheme == "smtp" and "tls=start" in parts.query:
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(letter)
