"""A push service of our own: it takes messages for one browser, opens them, and checks who sealed them."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02


def in_base64url(given: bytes) -> str:
    return base64.urlsafe_b64encode(given).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class PushService:
    """The service and the browser behind it. ``answers`` are the statuses of the next messages, then 201."""

    url: str
    key: EllipticCurvePrivateKey = field(default_factory=lambda: generate_private_key(SECP256R1()))
    auth: bytes = b"sixteen bytes of"
    answers: list[int] = field(default_factory=list)
    headers: list[Message] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def p256dh(self) -> str:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return in_base64url(point)

    def subscription(self, name: str = "ana") -> dict[str, str]:
        """What the browser was given."""
        return {"endpoint": f"{self.url}/{name}", "p256dh": self.p256dh, "auth": in_base64url(self.auth)}

    def opened(self) -> list[dict[str, str]]:
        """Every message as the browser reads it."""
        return [json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth)) for body in self.bodies]

    def claims(self, number: int = -1) -> tuple[dict[str, Any], str]:
        """Who says to have sent a message, checked against the key that it names; and that key."""
        kind, _, rest = self.headers[number]["Authorization"].partition(" ")
        assert kind == "vapid"
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        assert Vapid02.verify(self.headers[number]["Authorization"])
        claims: dict[str, Any] = json.loads(from_base64url(parts["t"].split(".")[1]))
        return claims, parts["k"]


@contextmanager
def taking_messages() -> Iterator[PushService]:
    """The service at a port that was free."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = service.answers.pop(0) if service.answers else 201
            if status < 300:
                service.headers.append(self.headers)
                service.bodies.append(body)
            service.paths.append(self.path)
            self.send_response(status)
            if status == 307:
                self.send_header("Location", f"{service.url}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = PushService(url=f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
