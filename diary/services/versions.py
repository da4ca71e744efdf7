"""The database's version."""

from diary.domain.errors import DiaryError
from diary.store.base import db
from diary.store.migrations import newest, upgrade, version_of


class AnotherVersion(DiaryError):
    """A database that this program cannot work with until it is migrated."""


def migrate(database_url: str) -> str | None:
    """Bring the database to the version of this program; its number."""
    return upgrade(database_url)


def check_version() -> None:
    """Refuse (`AnotherVersion`) an open database that is not at the version of this program."""
    with db.engine.connect() as connection:
        found = version_of(connection)
    if found != newest():
        state = f"at version {found}" if found else "empty"
        raise AnotherVersion(f"The database is {state}, this program needs {newest()}: run python -m diary migrate.")
