"""Write the next migration: ``python -m diary.store.migrations "Say what changes"``, then read what it wrote."""

import sys
import tempfile
from pathlib import Path

from diary.store.migrations import newest, upgrade, write_revision


def main(message: str) -> None:
    """Compare the newest version, made in a database for the moment, with the models as they are."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'diary.sqlite3'}"
        upgrade(url)
        write_revision(url, message=message, number=f"{int(newest() or 0) + 1:04d}")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or sys.exit("Say in a few words what changes."))
