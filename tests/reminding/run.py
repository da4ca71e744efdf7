"""One run of the reminders as a process of its own: ``python -m tests.reminding.run URL INSTANCE MAIL NOW``."""

import sys
from datetime import datetime
from pathlib import Path

from diary.config import Settings
from diary.services.reminders import send_reminders
from diary.store import database


def main(url: str, instance: str, mail: str, now: str) -> None:
    """Send what is due and print how many were sent."""
    settings = Settings(
        database_url=url,
        instance=Path(instance),
        secret_key="a secret of the tests, long enough to sign with",
        base_url="http://127.0.0.1:8000",
        mail_url=mail,
    )
    with database.opened(url=url, wait=20):
        print(send_reminders(settings, now=datetime.fromisoformat(now)).sent, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
