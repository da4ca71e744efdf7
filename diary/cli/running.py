"""What several commands share: the database opened, who acts, a password read, the answer printed."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def opened() -> Iterator[Settings]:
    """The diary's database, open for services, whatever state it is in."""
    from diary.store import database

    settings = from_environment()
    with database.opened(url=settings.database_url, wait=settings.database_wait):
        yield settings


@contextmanager
def opened_current() -> Iterator[Settings]:
    """The diary's database at the version of this program (`AnotherVersion` says how to bring it there)."""
    with opened() as settings:
        from diary.services.versions import check_version

        check_version()
        yield settings


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
