"""``remind`` as cron calls it, and what ``check`` says of the mail server."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from diary.cli import main
from diary.config import from_environment
from diary.services.examination import examine
from diary.store import database
from diary.store.base import db
from diary.store.migrations import newest
from tests.reminding.mail_servers import Letters, answering, closed_port, says_nothing, taking_letters
from tests.reminding.wishes import EVENING, ana_of, wants_letters


@pytest.fixture
def server_of_diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An instance of this test's own at this program's version."""
    for name in ("DIARY_DATABASE_URL", "DIARY_BASE_URL", "DIARY_MAIL_URL", "DIARY_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DIARY_INSTANCE", str(tmp_path))
    with database.opened(url=from_environment().database_url, wait=5):
        db.create_all()
        with db.engine.begin() as connection:
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
            connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": newest()})


@pytest.mark.usefixtures("server_of_diary")
def test_it_says_what_it_sent_in_words_or_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    letters = Letters()
    monkeypatch.setattr("diary.clock.now", lambda: EVENING)
    with taking_letters(letters) as url:
        monkeypatch.setenv("DIARY_MAIL_URL", url)
        with database.opened(url=from_environment().database_url, wait=5):
            wants_letters(ana_of())
        assert main(["remind", "--json"]) == 0
        assert main(["remind"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert json.loads(first) == {"sent": 1, "waiting": 0, "failed": 0, "dropped": 0, "lost": 0}
    assert second == "0 sent, 0 waiting, 0 failed, 0 dropped, 0 lost"
    assert letters.receivers == ["ana@example.org"]


def test_a_place_without_a_database_is_told_to_migrate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIARY_INSTANCE", str(tmp_path))
    monkeypatch.delenv("DIARY_DATABASE_URL", raising=False)
    assert main(["remind"]) == 2
    assert "Run python -m diary migrate." in capsys.readouterr().err


@pytest.mark.usefixtures("server_of_diary")
def test_check_says_whether_the_mail_server_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def mail(url: str) -> tuple[bool, str]:
        monkeypatch.setenv("DIARY_MAIL_URL", url)
        settings = from_environment()
        with database.opened(url=settings.database_url, wait=5):
            (found,) = (one for one in examine(settings, now=EVENING) if one.name == "mail")
        return found.right, found.seen

    with taking_letters(Letters()) as url:
        assert mail(url) == (True, "127.0.0.1 answers")
        right, seen = mail(url.replace("//", "//somebody:secret@"))
        assert (right, "secret" in seen) == (False, False)  # it offers no sign-in
    assert mail(closed_port())[0] is False
    monkeypatch.setattr("diary.services.mail.SECONDS_TO_WAIT", 0.2)
    with answering(says_nothing) as silent:
        assert mail(silent)[0] is False


@pytest.mark.parametrize(
    "wrong", ["smtp://", "smtp://host:port", "smtp://host:0", "smtp://host?tls=yes", "mailto:x@example.org"]
)
def test_a_mail_server_that_is_none_stops_the_start(
    wrong: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DIARY_MAIL_URL", wrong)
    assert main(["check"]) == 2
    assert capsys.readouterr().err.startswith("DIARY_MAIL_URL: ")


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("DIARY_PUSH_KEY", "short"),
        ("DIARY_PUSH_SERVICES", "https://one.example/path"),
        ("DIARY_PUSH_SERVICES", "one.example"),
    ],
)
def test_a_push_setting_that_is_wrong_stops_the_start(
    name: str, wrong: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, wrong)
    assert main(["check"]) == 2
    assert capsys.readouterr().err.startswith(f"{name}: ")
