"""The commands as a clinic's scripts call them."""

import io
import json
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from diary.cli import main
from diary.domain.form import write_diary
from diary.exchange.diary_file import write_diary_file
from diary.exchange.invented.courses import COURSES
from diary.exchange.invented.diaries import invent_diary


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance folder of this test's own, named by the environment as on a server."""
    folder = tmp_path / "instance"
    monkeypatch.setenv("DIARY_INSTANCE", str(folder))
    for name in ("DIARY_DATABASE_URL", "DIARY_BASE_URL", "DIARY_MAIL_URL", "DIARY_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def run(instance: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:  # noqa: ARG001
    """Run one command in this process."""

    def command(*arguments: str, given: str = "") -> Answer:
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        try:
            status = main(arguments)
        except SystemExit as ended:
            status = int(ended.code or 0)
        printed = capsys.readouterr()
        return Answer(status, printed.out, printed.err)

    return command


def add_clinic(run: Run) -> str:
    run("migrate")
    return run("clinic", "add", "--name", "Riverside", "--country", "us", "--time-zone", "America/Chicago").out.strip()


def rows(instance: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(instance / "diary.sqlite3")) as connection:
        return connection.execute(query).fetchall()


def test_migrate_brings_an_empty_place_to_this_version_and_says_so_again(run: Run) -> None:
    first, second = run("migrate", "--json"), run("migrate", "--json")
    assert (first.status, first.err) == (0, "")
    assert json.loads(first.out)["version"] == json.loads(second.out)["version"] is not None


def test_the_database_can_be_read_by_its_owner_alone(run: Run, instance: Path) -> None:
    run("migrate")
    assert stat.S_IMODE((instance / "diary.sqlite3").stat().st_mode) == 0o600


def test_a_clinic_and_its_staff_are_added_by_their_ids(run: Run, instance: Path) -> None:
    clinic = add_clinic(run)
    who = ("--clinic", clinic, "--email", "chen@example.org", "--role", "doctor", "--password-stdin")
    user = run("user", "add", *who, given="seven quiet herons\n")
    assert str(UUID(clinic)) == clinic
    assert (user.status, user.err) == (0, "")
    assert rows(instance, "SELECT id, email, role FROM users") == [(int(user.out), "chen@example.org", "doctor")]
    assert ("seven quiet herons",) not in rows(instance, "SELECT password FROM users")
    assert ("operator",) in rows(instance, "SELECT actor_role FROM audit_events WHERE action = 'user.add'")


def test_a_password_comes_from_standard_input_or_not_at_all(run: Run) -> None:
    who = ("--clinic", str(UUID(int=1)), "--email", "chen@example.org", "--role", "doctor")
    assert run("user", "add", *who, "--password", "x").status == 2
    assert run("user", "add", *who).status == 2
    missing = run("user", "add", *who, "--password-stdin", given="")
    assert (missing.status, missing.err) == (2, "password: Give the password on standard input, one line.\n")


A_PATIENT = ("patient", "add", "--clinic", str(UUID(int=1)), "--name", "Ana", "--time-zone", "America/Chicago")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("clinic", "add", "--name", "R", "--country", "USA", "--time-zone", "America/Chicago"), "country"),
        (("clinic", "add", "--name", "R", "--country", "US", "--time-zone", "Mars/Phobos"), "time_zone"),
        (("clinic", "add", "--name", "R"), "--country"),
        (("demo", "--patients", "0"), "patients"),
        (("demo", "--patients", "many"), "--patients"),
        (("restore", "not-there"), "not-there"),
        ((*A_PATIENT, "--born", "1961-13-01"), "'1961-13-01' is not a day such as 1961-04-09"),
        ((*A_PATIENT, "--born", "1961-04-09", "--email", "ana@example.org", "--password-stdin"), "--email"),
        (("nonsense",), "nonsense"),
        ((), "COMMAND"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_bad_input_is_one_line_on_standard_error_and_exit_2(run: Run, arguments: tuple[str, ...], says: str) -> None:
    run("migrate")
    answer = run(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    assert says in answer.err


def test_a_wrong_setting_is_named_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIARY_DATABASE_URL", "mysql://nowhere")
    answer = run("migrate")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("DIARY_DATABASE_URL: ")
    assert answer.err.count("\n") == 1


def test_a_postgresql_that_is_not_there_is_said_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIARY_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/diary")
    answer = run("migrate")
    assert answer.status == 2
    assert answer.err == "The database cannot be used just now: PostgreSQL cannot be reached.\n"


def test_demo_says_who_can_sign_in_and_marks_the_clinic_as_invented(run: Run, instance: Path) -> None:
    run("migrate")
    made = json.loads(run("demo", "--patients", "3", "--json").out)
    assert {user["role"] for user in made["users"]} == {"admin", "doctor", "nurse"}
    assert rows(instance, "SELECT invented FROM clinics") == [(1,)]
    assert rows(instance, "SELECT count(*) FROM patients") == [(3,)]
    assert {(user["email"],) for user in made["users"]} == set(rows(instance, "SELECT email FROM users"))


def test_a_second_demo_stands_beside_the_first_and_beside_a_real_clinic(run: Run, instance: Path) -> None:
    add_clinic(run)
    first, second = (json.loads(run("demo", "--patients", "4", "--json").out) for _ in range(2))
    assert first["clinic"] != second["clinic"]
    assert not {user["password"] for user in first["users"]} & {user["password"] for user in second["users"]}
    assert rows(instance, "SELECT count(*) FROM clinics WHERE invented") == [(2,)]
    average = "SELECT average, day FROM entries WHERE clinic_id = ? ORDER BY position, patient_id"
    with closing(sqlite3.connect(instance / "diary.sqlite3")) as connection:
        per_clinic = [
            sorted(connection.execute(average, (UUID(made["clinic"]).hex,)).fetchall(), key=str)
            for made in (first, second)
        ]
    assert per_clinic[0] == per_clinic[1] != []


def test_check_says_a_line_for_each_thing_and_exits_0_where_all_is_right(run: Run) -> None:
    run("migrate")
    answer = run("check")
    assert answer.status == 0, answer.out
    assert [line.split(":")[0] for line in answer.out.splitlines()] == [
        "ok    settings",
        "ok    phones",
        "ok    database settings",
        "ok    database version",
        "ok    database write",
        "ok    clock",
        "ok    disk",
        "ok    mail",
    ]


def test_check_exits_1_and_names_what_is_wrong(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("migrate")
    monkeypatch.setenv("DIARY_BASE_URL", "http://diary.example.org")
    monkeypatch.setenv("DIARY_MAIL_URL", "smtp://127.0.0.1:1")
    answer = run("check", "--json")
    assert answer.status == 1
    assert {finding["name"] for finding in json.loads(answer.out) if not finding["ok"]} == {
        "settings",
        "phones",
        "mail",
    }


def test_check_says_what_phones_can_do_over_https(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("migrate")
    monkeypatch.setenv("DIARY_BASE_URL", "https://diary.example.org")
    answer = run("check")
    assert answer.status == 0
    assert "ok    phones: without signal, home screen and reminders on the phone work, over HTTPS" in answer.out


@pytest.mark.parametrize(
    "arguments",
    [(*A_PATIENT, "--born", "1961-04-09"), ("export", "--patient", str(UUID(int=1))), ("demo",)],
    ids=lambda arguments: arguments[0],
)
def test_a_database_that_was_never_migrated_is_said_in_one_line(run: Run, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("The database is at version none")
    assert answer.err.endswith(" Run python -m diary migrate.\n")
    assert answer.err.count("\n") == 1


def test_check_says_that_a_database_was_never_migrated(run: Run) -> None:
    answer = run("check")
    assert answer.status == 1
    assert "WRONG database version" in answer.out
    assert "python -m diary migrate" in answer.out


def test_a_clock_behind_what_is_already_recorded_is_wrong(run: Run, instance: Path) -> None:
    add_clinic(run)
    with closing(sqlite3.connect(instance / "diary.sqlite3")) as connection, connection:
        connection.execute("UPDATE audit_events SET at = '2199-01-01 00:00:00.000000'")
    answer = run("check")
    assert answer.status == 1
    assert "WRONG clock" in answer.out


def test_a_backup_restores_what_was_there_into_an_empty_place(
    run: Run, instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("migrate")
    run("demo", "--patients", "2")
    backup, other = tmp_path / "backup", tmp_path / "other"
    assert run("backup", str(backup)).status == 0
    run("demo", "--patients", "1")

    monkeypatch.setenv("DIARY_INSTANCE", str(other))
    assert run("restore", str(backup)).status == 0

    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert stat.S_IMODE((other / "diary.sqlite3").stat().st_mode) == 0o600
    assert rows(other, "SELECT count(*) FROM patients") == [(2,)]
    assert rows(instance, "SELECT count(*) FROM patients") == [(3,)]
    assert run("check").status == 0


def test_a_backup_is_taken_while_somebody_writes(run: Run, instance: Path, tmp_path: Path) -> None:
    run("migrate")
    run("demo", "--patients", "1")
    with closing(sqlite3.connect(instance / "diary.sqlite3", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM entries")
        assert run("backup", str(tmp_path / "backup")).status == 0
        writer.execute("ROLLBACK")
    with closing(sqlite3.connect(tmp_path / "backup")) as copy:
        [(kept,)] = copy.execute("SELECT count(*) FROM entries").fetchall()
    assert [(kept,)] == rows(instance, "SELECT count(*) FROM entries")


def test_nothing_is_overwritten_by_a_backup_or_a_restore(run: Run, instance: Path, tmp_path: Path) -> None:
    run("migrate")
    backup = tmp_path / "backup"
    run("backup", str(backup))
    before = backup.read_bytes(), (instance / "diary.sqlite3").read_bytes()
    again, over = run("backup", str(backup)), run("restore", str(backup))
    assert (again.status, over.status) == (2, 2)
    assert "exists" in again.err
    assert "empty place" in over.err
    assert (backup.read_bytes(), (instance / "diary.sqlite3").read_bytes()) == before


def test_what_is_no_backup_is_refused_and_leaves_nothing(run: Run, instance: Path, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear clinic")
    answer = run("restore", str(tmp_path / "letter"))
    assert (answer.status, answer.err.count("\n")) == (2, 1)
    assert not (instance / "diary.sqlite3").exists()


def test_for_postgresql_backup_and_restore_name_its_own_tools(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIARY_DATABASE_URL", "postgresql://diary@localhost/diary")
    assert "pg_dump" in run("backup", "file").err
    assert "pg_restore" in run("restore", "file").err


@pytest.mark.parametrize(
    "arguments",
    [(), ("migrate",), ("clinic", "add"), ("user", "add"), ("patient", "add"), ("convert",), ("demo",), ("check",)],
    ids=" ".join,
)
def test_every_command_explains_itself(run: Run, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments, "--help")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.startswith("usage: python -m diary")


def test_help_starts_without_the_framework() -> None:
    code = (
        "import sys\nfrom diary.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print('loaded:', sorted({'flask', 'sqlalchemy', 'plotly', 'alembic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("loaded: []\n")


def add_patient(run: Run, clinic: str, name: str = "Ana Cruz") -> str:
    who = ("--clinic", clinic, "--name", name, "--born", "1960-04-09", "--time-zone", "America/Chicago")
    return run("patient", "add", *who).out.strip()


def test_a_diary_goes_out_and_into_another_server_the_same(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = add_patient(run, add_clinic(run))
    diary = invent_diary(COURSES[0], seed=1, injected_on=date(2026, 3, 2))
    (tmp_path / "ana.json").write_bytes(write_diary_file(diary))
    first = run("import", str(tmp_path / "ana.json"), "--patient", ana)
    again = json.loads(run("import", str(tmp_path / "ana.json"), "--patient", ana, "--json").out)
    assert (first.status, first.err) == (0, "")
    assert again["added"] == 0 < again["already_there"]

    (tmp_path / "out.json").write_text(run("export", "--patient", ana).out)
    monkeypatch.setenv("DIARY_INSTANCE", str(tmp_path / "elsewhere"))
    other = add_patient(run, add_clinic(run))
    assert run("import", str(tmp_path / "out.json"), "--patient", other).status == 0
    given, got = (
        json.loads(text) for text in ((tmp_path / "out.json").read_text(), run("export", "--patient", other).out)
    )
    assert (given["injections"], given["entries"]) == (got["injections"], got["entries"])


def test_a_diary_file_with_one_bad_value_adds_nothing_and_names_the_place(
    run: Run, instance: Path, tmp_path: Path
) -> None:
    ana = add_patient(run, add_clinic(run))
    plain = write_diary(invent_diary(COURSES[0], seed=1, injected_on=date(2026, 3, 2)))
    plain["entries"][3]["scores"]["moving"] = 11
    (tmp_path / "bad.json").write_text(json.dumps(plain))
    answer = run("import", str(tmp_path / "bad.json"), "--patient", ana)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "entries[3].scores.moving: 11 is not between 0 and 10\n"
    assert rows(instance, "SELECT count(*) FROM entries") == [(0,)]


def test_a_file_or_a_patient_that_is_not_there_is_said_in_one_line(run: Run, tmp_path: Path) -> None:
    add_clinic(run)
    missing = run("import", str(tmp_path / "none.json"), "--patient", str(UUID(int=7)))
    nobody = run("export", "--patient", str(UUID(int=7)))
    assert (missing.status, nobody.status) == (2, 2)
    assert "none.json cannot be read" in missing.err
    assert nobody.err == "There is no such patient.\n"


MAP = """
name = "a table of days"
[patient]
name = "Synthetic Person"
time_zone = "America/New_York"

[day]
column = "date"
format = "%d.%m.%Y"

[recorded]
time = "21:00"

[scores]
average = "pain"
"""


def test_convert_prints_a_diary_file_and_says_by_line_what_was_left_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pain.csv").write_text("date,pain\n02.03.2026,4\n31.02.2026,5\n03.03.2026,12\n")
    (tmp_path / "map.toml").write_text(MAP)
    answer = run("convert", str(tmp_path / "pain.csv"), "--map", str(tmp_path / "map.toml"))
    assert answer.status == 0, answer.err
    [entry] = json.loads(answer.out)["entries"]
    assert (entry["day"], entry["scores"]["average"]) == ("2026-03-02", 4)
    assert [line.split(":")[0] for line in answer.err.splitlines()] == ["line 3", "line 4"]


def test_convert_refuses_a_map_that_it_cannot_use_in_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pain.csv").write_text("date,pain\n02.03.2026,4\n")
    (tmp_path / "map.toml").write_text("[[[")
    answer = run("convert", str(tmp_path / "pain.csv"), "--map", str(tmp_path / "map.toml"))
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)


def test_convert_starts_without_the_framework_and_the_database(tmp_path: Path) -> None:
    (tmp_path / "pain.csv").write_text("date,pain\n02.03.2026,4\n")
    (tmp_path / "map.toml").write_text(MAP)
    code = (
        "import sys\nfrom diary.cli import main\n"
        f"main(['convert', {str(tmp_path / 'pain.csv')!r}, '--map', {str(tmp_path / 'map.toml')!r}])\n"
        "print('loaded:', sorted({'flask', 'sqlalchemy', 'plotly', 'alembic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("loaded: []\n")
