"""The recipe of the README, as it is: Caddy with the example's Caddyfile in front of ``python run.py``."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from diary.config import PROJECT
from tests.web.pages import TOKEN

CADDYFILE = PROJECT / "docs" / "examples" / "Caddyfile"
UNIT = PROJECT / "docs" / "examples" / "injection-diary.service"
NO_CADDY = "The recipe of the README needs Caddy, and none is on PATH. Install it (Debian: apt-get install caddy)."
SECONDS_TO_START = 60


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True, slots=True)
class Served:
    """The diary behind Caddy: the ports that phones come to, and the authority that they trust."""

    https: int
    http: int
    authority: Path

    def ask(
        self, path: str, *, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """What a browser is answered that trusts the certificate and nothing else."""
        trusted = ssl.create_default_context(cafile=str(self.authority))
        with closing(HTTPSConnection("localhost", self.https, context=trusted, timeout=20)) as connection:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())


def find_caddy() -> str:
    """Caddy on this machine, installed where it may be."""
    if shutil.which("caddy") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "caddy"]):
            subprocess.run(["apt-get", *command], env=quiet, stdin=subprocess.DEVNULL, check=False)
    return shutil.which("caddy") or pytest.fail(NO_CADDY)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    caddy, folder = find_caddy(), tmp_path_factory.mktemp("https")
    diary, https, http = free_port(), free_port(), free_port()
    words = CADDYFILE.read_text()
    for ours, here in (
        ("\n{\n", f"\n{{\n\tadmin off\n\thttp_port {http}\n\thttps_port {https}\n\tskip_install_trust\n"),
        ("diary.example.org {", "localhost {\n\ttls internal"),
        ("127.0.0.1:8000", f"127.0.0.1:{diary}"),
    ):
        assert ours in words
        words = words.replace(ours, here, 1)
    (folder / "Caddyfile").write_text(words)
    environment = {
        **os.environ,
        "XDG_DATA_HOME": str(folder),
        "DIARY_INSTANCE": str(folder / "instance"),
        "DIARY_BASE_URL": f"https://localhost:{https}",
        "DIARY_TRUSTED_PROXIES": "1",
    }
    processes = [
        _start(environment, sys.executable, "run.py", "--port", str(diary)),
        _start(environment, caddy, "run", "--config", str(folder / "Caddyfile")),
    ]
    served = Served(https, http, folder / "caddy" / "pki" / "authorities" / "local" / "root.crt")
    try:
        _wait_until_it_answers(served)
        yield served
    finally:
        for process in processes:
            process.terminate()
            process.wait(timeout=20)


def _start(environment: dict[str, str], *command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _wait_until_it_answers(served: Served) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            if served.ask("/healthz").status == 200:
                return
        except (OSError, ssl.SSLError):
            pass
        assert time.monotonic() < until, "Caddy and the diary did not start"
        time.sleep(0.2)


def test_pages_come_by_https_alone_and_cookies_are_bound_to_it(served: Served) -> None:
    page = served.ask("/login")
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-diary_session=")
    assert "Secure" in cookie
    assert b"Some things do not work at this address" not in served.ask("/join").body


def test_who_comes_without_https_is_sent_to_it(served: Served) -> None:
    with closing(HTTPConnection("localhost", served.http, timeout=20)) as connection:
        connection.request("GET", "/join?code=x")
        answer = connection.getresponse()
    assert answer.status == 308
    assert answer.headers["Location"] == "https://localhost/join?code=x"  # at the usual port, which is yours


def test_a_body_that_is_too_large_is_refused(served: Served) -> None:
    # It answers before all of it was sent, and may close.
    try:
        status = served.ask("/join", method="POST", body=b"x" * 12_000_001).status
    except OSError:
        status = 413
    assert status == 413


def test_what_somebody_says_of_their_own_address_is_not_believed(served: Served) -> None:
    """Thirty wrong tries a minute come from one address, whichever addresses it claims."""
    page = served.ask("/login")
    found = TOKEN.search(page.body.decode())
    assert found
    cookie = page.headers["Set-Cookie"].split(";")[0]
    tries = []
    for number in range(31):
        body = urlencode({"csrf_token": found[1], "email": f"nobody-{number}@example.org", "password": "wrong"})
        claimed = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"203.0.113.{number}",
        }
        tries.append(served.ask("/login", method="POST", body=body.encode(), headers=claimed).status)
    assert tries[0] == 200
    assert tries[-1] == 429


def test_the_service_runs_the_diary_behind_one_proxy() -> None:
    unit = UNIT.read_text()
    assert "Environment=DIARY_BASE_URL=https://diary.example.org\n" in unit
    assert "Environment=DIARY_TRUSTED_PROXIES=1\n" in unit
    for file in ("Caddyfile", "injection-diary.service"):
        assert f"docs/examples/{file}" in (PROJECT / "README.md").read_text()
