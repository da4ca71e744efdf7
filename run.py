"""Serve the diary on this machine: ``python run.py [--host H] [--port P]``.

This process checks the settings, migrates the database and, while there is no admin, prints a new set-up link; then it
starts the worker that serves, and ends it when it is ended.
"""

import argparse
import os
import socket
import sys

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server import MPServer

from diary import clock
from diary.config import Settings, from_environment
from diary.domain.errors import DiaryError
from diary.services.setting_up import new_setup_link
from diary.services.versions import migrate
from diary.store import database

WRONG_INPUT = 2
THREADS = 4
SECONDS_FOR_A_HEADER = 20


def main() -> int:
    """Serve until ended; 2, with one line on standard error, where a setting or an argument is wrong."""
    arguments = _parser().parse_args()
    os.environ.setdefault("DIARY_BASE_URL", _own_address(arguments.host, arguments.port))
    try:
        settings = from_environment()
        _check_free(arguments.host, arguments.port)
        migrate(settings.database_url)
        _print_setup_link(settings)
    except DiaryError as error:
        print(error, file=sys.stderr)
        return WRONG_INPUT
    print(f"The injection diary is at {settings.base_url}", flush=True)
    _server(arguments.host, arguments.port).serve()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Serve the injection diary.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", default=8000, type=int, help="the port to listen on (8000)")
    return parser


def _own_address(host: str, port: int) -> str:
    everywhere = host in {"0.0.0.0", "::"}  # noqa: S104 — compared, not listened on
    return f"http://{'127.0.0.1' if everywhere else host}:{port}"


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except (OSError, OverflowError) as error:
            raise DiaryError(f"Cannot listen on {host}, port {port}: {error}. Choose another with --port.") from None


def _print_setup_link(settings: Settings) -> None:
    with database.opened(url=settings.database_url, wait=settings.database_wait):
        link = new_setup_link(base_url=settings.base_url, now=clock.now())
    if link:
        print("There is no admin yet. This link sets up your clinic; it works once, for 24 hours:")
        print(f"  {link}")
        print("Or look at invented patients first: python -m diary demo", flush=True)


def _server(host: str, port: int) -> MPServer:
    return MPServer(
        "diary.web.serving:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=SECONDS_FOR_A_HEADER * 1000),
        websockets=False,
        respawn_failed_workers=True,
    )


if __name__ == "__main__":
    sys.exit(main())
