"""The database's version."""

from diary.store.migrations import upgrade


def migrate(database_url: str) -> str | None:
    """Bring the database to the version of this program; its number."""
    return upgrade(database_url)
