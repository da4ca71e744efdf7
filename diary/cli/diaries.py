"""Commands about diaries: import, export."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from diary.cli.running import DONE, OPERATOR, answer, opened, read_file, with_json

if TYPE_CHECKING:
    from diary.cli.running import Commands


def add_commands(commands: "Commands") -> None:
    """Add the commands with their arguments."""
    take = with_json(
        commands.add_parser("import", help="take a diary file into a patient's diary, whole or not at all")
    )
    take.add_argument("file", type=Path, metavar="FILE", help="a diary file")
    take.add_argument("--patient", required=True, type=UUID, metavar="ID")
    take.set_defaults(run=_import)

    give = with_json(commands.add_parser("export", help="print a patient's diary as a diary file"))
    give.add_argument("--patient", required=True, type=UUID, metavar="ID")
    give.set_defaults(run=_export)


def _import(arguments: argparse.Namespace) -> int:
    from diary.clock import now
    from diary.services.exchange import import_file

    content = read_file(arguments.file)
    with opened():
        plan = import_file(OPERATOR, arguments.patient, content, now=now())
    words = f"Added {plan.adds} records; {plan.already_there} were there already."
    return answer(arguments, {"added": plan.adds, "already_there": plan.already_there}, words)


def _export(arguments: argparse.Namespace) -> int:
    from diary.clock import now
    from diary.services.exchange import export_diary

    with opened():
        content = export_diary(OPERATOR, arguments.patient, now=now())
    sys.stdout.write(content.decode())
    return DONE
