"""The command that judges diary files, without a server or a database."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from diary.cli.running import DONE, CannotRead, read_file, with_json
from diary.domain.errors import DiaryError, InvalidValue

if TYPE_CHECKING:
    from diary.cli.running import Commands
    from diary.domain.rulesets import RuleSet

BAD_INPUT = 2


def add_commands(commands: "Commands") -> None:
    """Add the commands with their arguments."""
    assess = with_json(commands.add_parser("assess", help="judge diary files by a rule set"))
    assess.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a diary file, or a folder of *.json")
    assess.add_argument("--rules", required=True, metavar="R", help="the name of a rule set, or a TOML file")
    assess.add_argument("--as-of", required=True, type=_day, metavar="D", help="the date of the judgement, YYYY-MM-DD")
    assess.set_defaults(run=_assess)


def _day(text: str) -> date:
    from diary.domain.form import read_day

    try:
        return read_day(text)
    except InvalidValue as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _assess(arguments: argparse.Namespace) -> int:
    rules = _rules(arguments.rules)
    if len(arguments.files) == 1 and not arguments.files[0].is_dir():
        print(_judged(arguments.files[0], rules, arguments))
        return DONE
    status = DONE
    for file in _files(arguments.files):
        try:
            print(_judged(file, rules, arguments))
        except DiaryError as error:
            status = BAD_INPUT
            _tell_bad(file, " ".join(str(error).split()), arguments)
    return status


def _rules(name_or_path: str) -> "RuleSet":
    from diary.domain.rulesets import parse, shipped, shipped_names

    if name_or_path in shipped_names():
        return shipped(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        names = ", ".join(shipped_names())
        raise InvalidValue(
            "--rules", "%(given)s is neither a file nor one of %(names)s", given=repr(name_or_path), names=names
        )
    try:
        return parse(read_file(path).decode())
    except UnicodeDecodeError:
        raise InvalidValue(name_or_path, "is not text in UTF-8") from None
    except InvalidValue as error:
        raise InvalidValue(name_or_path, str(error)) from None


def _files(given: list[Path]) -> Iterator[Path]:
    """The files in order, a folder's by name; a folder without any stands for itself, to be refused in its place."""
    for path in given:
        # Hidden ones are what an operating system leaves beside files, never diaries.
        inside = (file for file in path.glob("*.json") if file.is_file() and not file.name.startswith("."))
        yield from sorted(inside) or [path]


def _judged(file: Path, rules: "RuleSet", arguments: argparse.Namespace) -> str:
    """One diary's assessment as it is printed: a line of JSON, or a text that ends in an empty line."""
    from diary.domain.assessment import assess
    from diary.exchange.assessment import write_assessment
    from diary.exchange.assessment_text import describe
    from diary.exchange.diary_file import read_diary_file

    if file.is_dir():
        raise CannotRead(f"{file} holds no *.json file.")
    diary = read_diary_file(read_file(file))
    assessment = assess(diary, rules, as_of=arguments.as_of)
    return json.dumps(write_assessment(assessment)) if arguments.json else describe(assessment, patient=diary.patient)


def _tell_bad(file: Path, error: str, arguments: argparse.Namespace) -> None:
    if arguments.json:
        print(json.dumps({"file": str(file), "error": error}))
    else:
        print(f"{file}: {error}", file=sys.stderr)
