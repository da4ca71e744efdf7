"""Many processes send what is due, and each reminder is sent once: on SQLite and on PostgreSQL."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from diary.config import Settings
from diary.services.reminders import Sent
from diary.store.base import db
from diary.store.reminders import ReminderRow
from tests.factories import a_clinic
from tests.reminding import mail_servers
from tests.reminding.mail_servers import Letters, answering, closed_port, taking_letters
from tests.reminding.wishes import EVENING, MORNING, ana_of, run, wants_letters

NOTHING = Sent(sent=0, waiting=0, failed=0, dropped=0, lost=0)


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def server(letters: Letters) -> Iterator[str]:
    """A mail server; the value for DIARY_MAIL_URL."""
    with taking_letters(letters) as url:
        yield url


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(ReminderRow.state).order_by(ReminderRow.due_at)))


def sent_by_processes(settings: Settings, server: str, now: datetime) -> list[int]:
    """What each of three processes, begun at once, says to have sent."""
    command = [sys.executable, "-m", "tests.reminding.run", settings.database_url, str(settings.instance), server]
    processes = [subprocess.Popen([*command, now.isoformat()], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    return [int(process.communicate(timeout=60)[0]) for process in processes]


@pytest.mark.usefixtures("app")
def test_several_processes_at_once_send_each_letter_once(settings: Settings, letters: Letters, server: str) -> None:
    clinic = a_clinic()
    for number in range(6):
        wants_letters(ana_of(clinic, f"Patient {number}"), f"patient-{number}@example.org")
    db.session.remove()
    command = [sys.executable, "-m", "tests.reminding.run", settings.database_url, str(settings.instance), server]
    processes = [subprocess.Popen([*command, EVENING.isoformat()], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    sent = [int(process.communicate(timeout=60)[0]) for process in processes]
    assert sum(sent) == 6
    assert sorted(letters.receivers) == [f"patient-{number}@example.org" for number in range(6)]
    assert states() == ["sent"] * 6


def test_a_sender_that_is_killed_in_between_leaves_one_that_is_not_sent_again_and_the_repeat_comes(
    app: Flask, settings: Settings, letters: Letters, server: str
) -> None:
    wants_letters(ana_of())
    db.session.remove()
    called = threading.Event()

    def waits_for_ever(caller: object) -> None:
        called.set()
        mail_servers.says_nothing(caller)  # type: ignore[arg-type]  # a socket

    with answering(waits_for_ever) as silent:
        command = [sys.executable, "-m", "tests.reminding.run", settings.database_url, str(settings.instance), silent]
        process = subprocess.Popen([*command, EVENING.isoformat()])
        assert called.wait(60)
        process.kill()
        process.wait(60)
    assert states() == ["claimed"]
    assert run(app, EVENING + timedelta(minutes=10), mail_url=server) == NOTHING
    assert run(app, EVENING + timedelta(minutes=20), mail_url=server).lost == 1
    assert run(app, EVENING + timedelta(minutes=30), mail_url=server) == NOTHING
    assert run(app, MORNING, mail_url=server).sent == 1
    assert states() == ["lost", "sent"]
    assert len(letters.taken) == 1


@pytest.mark.usefixtures("app")
def test_several_processes_at_once_try_again_what_failed_once(
    settings: Settings, letters: Letters, server: str
) -> None:
    wants_letters(ana_of())
    db.session.remove()
    assert sum(sent_by_processes(settings, closed_port(), EVENING)) == 0
    assert states() == ["waiting"]
    assert sum(sent_by_processes(settings, server, EVENING + timedelta(minutes=5))) == 1
    assert letters.receivers == ["ana@example.org"]
