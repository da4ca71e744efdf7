"""The commands: each reads its arguments, calls one service and prints. What a command needs is imported inside it.

Results go to standard output, as JSON with ``--json``; errors are one line on standard error. Exit 2: bad input.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from diary.cli import clinics, diaries, judgement, server
from diary.domain.errors import DiaryError

BAD_INPUT = 2


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments and help."""
    root = OneLineParser(prog="python -m diary", description="The injection diary's commands.")
    commands = root.add_subparsers(metavar="COMMAND", required=True)
    for group in (server, clinics, diaries, judgement):
        group.add_commands(commands)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; answers with its exit status."""
    arguments = parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
    except DiaryError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return BAD_INPUT
    return status
