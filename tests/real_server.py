"""The server that ships, in processes of its own that can be killed, over a database as migrations make it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

from diary.config import Settings
from diary.services.versions import migrate

PROJECT = Path(__file__).parents[1]
SECONDS_TO_START = 60


def migrated(folder: Path) -> Settings:
    """A database in this folder that the server will not touch at its start."""
    url = f"sqlite:///{folder / 'diary.sqlite3'}"
    migrate(url)
    secret = "a secret of the tests, long enough to sign with"
    return Settings(
        database_url=url, instance=folder, secret_key=secret, base_url="http://127.0.0.1:8000", testing=True
    )


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(settings: Settings, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The server, ready to answer, until the end of the block."""
    server = start(settings, port)
    try:
        yield server
    finally:
        kill(server)


def start(settings: Settings, port: int, *, project: Path = PROJECT) -> subprocess.Popen[bytes]:
    """The server, ready to answer, in a group of processes of its own; whoever starts it kills it."""
    environment = {
        **os.environ,
        "DIARY_DATABASE_URL": settings.database_url,
        "DIARY_INSTANCE": str(settings.instance),
        "DIARY_SECRET_KEY": settings.secret_key,
        "DIARY_DATABASE_WAIT": str(settings.database_wait),
    }
    server = subprocess.Popen(
        [sys.executable, "run.py", "--port", str(port)], cwd=project, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_until_it_answers(server, port)
    except BaseException:
        kill(server)
        raise
    return server


def _wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def kill(server: subprocess.Popen[bytes]) -> None:
    """End the server and its worker at once, as the loss of power does to processes."""
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()
