"""Commands about diaries: import, export, and convert, which needs neither database nor server."""

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

    convert = commands.add_parser("convert", help="print a table of someone's own as a diary file, by a map")
    convert.add_argument("file", type=Path, metavar="FILE.csv")
    convert.add_argument("--map", required=True, type=Path, metavar="MAP.toml", help="what stands in which column")
    convert.set_defaults(run=_convert)


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


def _convert(arguments: argparse.Namespace) -> int:
    from diary.exchange.table_map import read_table_map
    from diary.exchange.tables import convert

    converted = convert(read_file(arguments.file), read_table_map(read_file(arguments.map)))
    for remark in converted.remarks:
        print(remark, file=sys.stderr)
    sys.stdout.write(converted.as_file().decode())
    return DONE
