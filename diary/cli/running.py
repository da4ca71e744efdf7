"""What several commands share: the database opened, who acts, a password read, the answer printed."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diary.config import Settings, from_environment
from diary.domain.access import Actor, Role
from diary.domain.errors import DiaryError, InvalidValue

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # argparse names it in private only

OPERATOR = Actor(role=Role.OPERATOR, id="command", clinic_id=None, name="Operator of the server")
DONE, WRONG = 0, 1


class CannotRead(DiaryError):
    """A file that was named and cannot be read."""


def with_json(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """The same parser with --json."""
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    return parser


class NotMigrated(DiaryError):
    """The database is not at the version that this program needs."""


@contextmanager
def opened() -> Iterator[Settings]:
    """The diary's database at this program's version, open for services (`NotMigrated`)."""
    from diary.store.condition import missing_version

    with opened_as_it_is() as settings:
        if missing := missing_version():
            raise NotMigrated(f"The database {missing}. Run python -m diary migrate.")
        yield settings


@contextmanager
def opened_as_it_is() -> Iterator[Settings]:
    """The database in whatever state it is, for who looks at that state."""
    from diary.store import database

    settings = from_environment()
    with database.opened(url=settings.database_url, wait=settings.database_wait):
        yield settings


def day(written: str) -> date:
    """A day as YYYY-MM-DD, for an argument."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is not a day such as 1961-04-09") from None


def password_from_input() -> str:
    """The first line of standard input: a password on a command line would be seen by everybody on the machine."""
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise InvalidValue("password", "Give the password on standard input, one line.")
    return password


def read_file(file: Path) -> bytes:
    """What the file holds; `CannotRead` names one that is not there or not ours to read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise CannotRead(f"{file} cannot be read: {error.strerror}.") from None


def answer(arguments: argparse.Namespace, values: dict[str, Any], words: str) -> int:
    """Print the answer, for a program or for a person."""
    print(json.dumps(values) if arguments.json else words)
    return DONE
