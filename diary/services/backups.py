"""Backups: a consistent copy under load, and a database from it."""

from pathlib import Path

from diary.services.versions import migrate
from diary.store.backups import copy_into, restore_into, sqlite_file


def back_up(database_url: str, file: Path) -> None:
    """Copy the database into a new file, 0600. For PostgreSQL the error says which of its own tools to use."""
    copy_into(sqlite_file(database_url, instead="pg_dump --format=custom --file FILE DATABASE-URL"), file)


def restore(database_url: str, file: Path) -> str | None:
    """Make the database from a backup where there is none yet, and bring it to this version; its number."""
    restore_into(file, sqlite_file(database_url, instead="pg_restore --dbname DATABASE-URL FILE, into a new database"))
    return migrate(database_url)
