"""Every command and every setting stands in the documentation, and nothing there that is not in the program."""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from diary.cli import parser

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
PROGRAM = Path(__file__).resolve().parents[2] / "diary"


def commands(of: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Each command that can be run, with its words as they are typed."""
    groups = [action for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield before.strip(), of
    for group in groups:
        for name, command in group.choices.items():
            yield from commands(command, f"{before} {name}")


def documented_commands() -> dict[str, str]:
    """What stands in code at the start of each row of the tables, by the command's words."""
    rows = re.findall(r"^\| `([a-z][^`]*)` \|", (REFERENCE / "commands.md").read_text(), re.MULTILINE)
    return {re.split(r" (?:[A-Z\[-])", row)[0]: row for row in rows}


def test_every_command_is_documented_and_no_other() -> None:
    assert set(documented_commands()) == {name for name, _parser in commands(parser())}


def test_every_option_of_a_command_stands_in_its_row() -> None:
    rows = documented_commands()
    missing = [
        f"{name} {option}"
        for name, command in commands(parser())
        for action in command._actions
        for option in action.option_strings
        if option not in {"-h", "--help", "--json"} and option not in rows[name]
    ]
    assert missing == []


def test_every_setting_is_documented_and_no_other() -> None:
    read = set(re.findall(r"\bDIARY_[A-Z_]+\b", (PROGRAM / "config.py").read_text()))
    told = set(re.findall(r"^\| `(DIARY_[A-Z_]+)` \|", (REFERENCE / "settings.md").read_text(), re.MULTILINE))
    assert told == read
