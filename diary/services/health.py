"""The server's health, for those who watch it."""

from dataclasses import dataclass

from diary.store.health import try_to_write


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What is known of the database when all is well; ``schema`` is the version of its tables."""

    database: str
    schema: str | None


def check_health() -> Health:
    """The health after a real write that is taken back; `DatabaseBusy` when the database cannot be written."""
    database = try_to_write()
    return Health(database=database.name, schema=database.version)
