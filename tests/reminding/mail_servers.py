"""Mail servers of our own, at a port that was free: one that takes letters, and some that do not behave."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

NAME, PASSWORD = "diary@clinic.example", "p@ss:word"
WITH_SIGN_IN = "diary%40clinic.example:p%40ss%3Aword@"


@dataclass
class Letters:
    """What arrived. ``refuses`` answers what is said of an address, None where it is taken."""

    refuses: Callable[[str], str | None] = lambda _address: None
    taken: list[EmailMessage] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    signed_in: list[bool] = field(default_factory=list)
    sealed: list[bool] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 — the name is aiosmtpd's
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if refusal := self.refuses(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.taken.append(BytesParser(policy=default).parsebytes(content))
        self.receivers.extend(envelope.rcpt_tos)
        self.signed_in.append(session.authenticated)
        self.sealed.append(session.ssl is not None)
        return "250 OK"


@contextmanager
def taking_letters(letters: Letters) -> Iterator[str]:
    """A plain server; the value for DIARY_MAIL_URL."""
    controller = Controller(letters, hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


@contextmanager
def taking_sealed_letters(letters: Letters, certificate: Path) -> Iterator[int]:
    """A server that wants STARTTLS and a sign-in before anything else; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: LoginPassword) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (NAME.encode(), PASSWORD.encode()))

    controller = Controller(
        letters,
        hostname="127.0.0.1",
        port=_free_port(),
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=check,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def answering(script: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that treats each caller by this script; the value for DIARY_MAIL_URL."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=_scripted, args=(script, caller), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"smtp://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.close()


def _scripted(script: Callable[[socket.socket], None], caller: socket.socket) -> None:
    with caller:
        try:
            script(caller)
        except OSError:
            return


def hangs_up_after_the_letter(caller: socket.socket) -> None:
    """Take the whole letter and go away without a word."""
    caller.sendall(b"220 here\r\n")
    heard = b""
    while chunk := caller.recv(4096):
        heard += chunk
        if b"\r\n.\r\n" in heard:
            return
        caller.sendall(b"354 go on\r\n" if heard.upper().endswith(b"DATA\r\n") else b"250 OK\r\n")


def says_nothing(caller: socket.socket) -> None:
    """Take the call and never greet."""
    caller.recv(1)


def closed_port() -> str:
    """The value of DIARY_MAIL_URL for a server that is down."""
    return f"smtp://127.0.0.1:{_free_port()}"


def a_certificate(folder: Path) -> Path:
    """A certificate for this machine with its key, good for a day, in one file."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    sealed = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(certificate.public_bytes(Encoding.PEM) + sealed)
    return file


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
