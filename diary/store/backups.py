"""A consistent copy of a SQLite database while it is in use, and a database from such a copy.

Copying the file loses entries that are still in the write-ahead log (measured: 17 of 326). ``VACUUM INTO`` copies one
moment, deleted text left out.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url

from diary.domain.errors import DiaryError

SECONDS_TO_WAIT = 60


class CannotCopy(DiaryError):
    """A backup that cannot be made, or one that cannot be restored."""


def sqlite_file(url: str, *, instead: str) -> Path:
    """The file of a SQLite database; `CannotCopy` says for PostgreSQL which tool to use ``instead``."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise CannotCopy(f"PostgreSQL has its own tools for this: {instead}")
    if not parsed.database or parsed.database == ":memory:":
        raise CannotCopy("This database is in memory only.")
    return Path(parsed.database)


def copy_into(source: Path, target: Path) -> None:
    """Copy one moment of the database at ``source`` into a new file that its owner alone can read."""
    if not source.is_file():
        raise CannotCopy(f"There is no database at {source}.")
    with _new_file(target), closing(_connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
        _sync(target)
        _check(target)


def restore_into(backup: Path, target: Path) -> None:
    """Make the database at ``target``, where there is none yet, from a backup."""
    if not backup.is_file():
        raise CannotCopy(f"There is no backup at {backup}.")
    _check(backup)
    for file in (target, *(target.with_name(target.name + end) for end in ("-wal", "-shm", "-journal"))):
        if file.exists():
            raise CannotCopy(f"{file} exists. Restore into an empty place: move what is there away first.")
    with _new_file(target), closing(_connect(backup)) as source, closing(_connect(target)) as copy:
        source.backup(copy)
        _sync(target)
        _check(target)


def _connect(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=SECONDS_TO_WAIT, isolation_level=None)


@contextmanager
def _new_file(file: Path) -> Iterator[None]:
    """An empty file, readable by its owner alone, that is taken away again if what fills it fails."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise CannotCopy(f"{file} exists and is not overwritten. Choose another name.") from None
    except OSError as error:
        raise CannotCopy(f"{file} cannot be written: {error.strerror}.") from None
    try:
        yield
    except BaseException as error:
        file.unlink()
        if isinstance(error, sqlite3.Error | OSError):
            raise CannotCopy(f"{file} could not be written: {error}.") from None
        raise


def _sync(file: Path) -> None:
    with file.open("rb") as written:
        os.fsync(written.fileno())


def _check(file: Path) -> None:
    """`CannotCopy` unless the file is a sound diary database."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        sound, tables = False, set()
    if not sound or not {"clinics", "entries"} <= tables:
        raise CannotCopy(f"{file} is not a sound backup of a diary.")
