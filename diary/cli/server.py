"""Commands about the server: migrate, backup, restore, check, remind, demo."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from diary.cli.running import DONE, OPERATOR, WRONG, answer, opened, opened_as_it_is, with_json

if TYPE_CHECKING:
    from diary.cli.running import Commands


def add_commands(commands: "Commands") -> None:
    """Add the commands with their arguments."""
    migrate = with_json(commands.add_parser("migrate", help="bring the database to this version"))
    migrate.set_defaults(run=_migrate)

    backup = with_json(commands.add_parser("backup", help="copy the database into a new file while it is in use"))
    backup.add_argument("file", type=Path, metavar="FILE", help="a file that is not there yet")
    backup.set_defaults(run=_backup)

    restore = with_json(commands.add_parser("restore", help="make the database from a backup, into an empty place"))
    restore.add_argument("file", type=Path, metavar="FILE", help="a backup")
    restore.set_defaults(run=_restore)

    check = with_json(commands.add_parser("check", help="look at settings, database, clock, disk and mail"))
    check.set_defaults(run=_check)

    remind = with_json(commands.add_parser("remind", help="send the reminders that are due; safe to run twice at once"))
    remind.set_defaults(run=_remind)

    demo = with_json(commands.add_parser("demo", help="add a clinic of invented people"))
    demo.add_argument("--patients", type=int, default=26, metavar="N", help="how many (26: one of every course)")
    demo.add_argument("--seed", type=int, default=1, metavar="S", help="the same people for the same number")
    demo.set_defaults(run=_demo)


def _migrate(arguments: argparse.Namespace) -> int:
    from diary.config import from_environment
    from diary.services.versions import migrate

    version = migrate(from_environment().database_url)
    return answer(arguments, {"version": version}, f"The database is at version {version}.")


def _backup(arguments: argparse.Namespace) -> int:
    from diary.config import from_environment
    from diary.services.backups import back_up

    back_up(from_environment().database_url, arguments.file)
    return answer(arguments, {"file": str(arguments.file)}, f"Copied to {arguments.file}.")


def _restore(arguments: argparse.Namespace) -> int:
    from diary.config import from_environment
    from diary.services.backups import restore

    version = restore(from_environment().database_url, arguments.file)
    return answer(arguments, {"version": version}, f"Restored from {arguments.file}, at version {version}.")


def _check(arguments: argparse.Namespace) -> int:
    from diary.clock import now
    from diary.services.examination import examine

    with opened_as_it_is() as settings:
        findings = examine(settings, now=now())
    if arguments.json:
        print(json.dumps([{"name": f.name, "ok": f.right, "seen": f.seen} for f in findings]))
    else:
        for finding in findings:
            print(f"{'ok   ' if finding.right else 'WRONG'} {finding.name}: {finding.seen}")
    return DONE if all(finding.right for finding in findings) else WRONG


def _remind(arguments: argparse.Namespace) -> int:
    from dataclasses import asdict

    from diary.clock import now
    from diary.services.reminders import send_reminders

    with opened() as settings:
        run = asdict(send_reminders(settings, now=now()))
    return answer(arguments, run, ", ".join(f"{count} {became}" for became, count in run.items()))


def _demo(arguments: argparse.Namespace) -> int:
    from diary.clock import now
    from diary.services.demo import add_demo

    with opened():
        demo = add_demo(OPERATOR, now=now(), patients=arguments.patients, seed=arguments.seed)
    users = [{"name": u.name, "role": u.role.value, "email": u.email, "password": u.password} for u in demo.users]
    lines = [f"A clinic of {demo.patients} invented people. Who can sign in, with passwords made for this run:"]
    lines += [f"  {u['role']:<6}  {u['email']}  {u['password']}" for u in users]
    return answer(
        arguments, {"clinic": str(demo.clinic_id), "patients": demo.patients, "users": users}, "\n".join(lines)
    )
