"""A folder of diary files judged by the command, beside merely reading the same files."""

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import orjson

from diary.cli import main
from diary.exchange.diary_file import read_diary_file, write_diary_file
from diary.exchange.invented.courses import years_of_days
from diary.exchange.invented.diaries import invent_diary

ENTRIES = 200
DIFFERENT = 20
INJECTED_ON, AS_OF = date(2025, 3, 3), date(2026, 3, 3)


@dataclass(frozen=True, slots=True)
class Folder:
    """Diary files of 200 entries each; of every twenty no two are the same person's."""

    path: Path
    files: tuple[Path, ...]

    def judge(self) -> None:
        """``assess --json`` over the whole folder, as it runs once it has started."""
        with redirect_stdout(io.StringIO()) as printed:
            status = main(["assess", str(self.path), "--rules", "us-medicare-sij", "--as-of", str(AS_OF), "--json"])
        if status or printed.getvalue().count("\n") != len(self.files):
            raise RuntimeError("a diary was not judged: there is nothing to measure")

    def read(self) -> None:
        """Each file into the value that everything works on, checked."""
        self._each(read_diary_file)

    def parse(self) -> None:
        """Each file's JSON and no more."""
        self._each(orjson.loads)

    def _each(self, action: Callable[[bytes], object]) -> None:
        for file in self.files:
            action(file.read_bytes())


def make_folder(path: Path, *, diaries: int) -> Folder:
    """So many files in a new folder."""
    path.mkdir()
    contents = [_content(seed) for seed in range(DIFFERENT)]
    files = tuple(path / f"{number:04}.json" for number in range(diaries))
    for number, file in enumerate(files):
        file.write_bytes(contents[number % DIFFERENT])
    return Folder(path, files)


def _content(seed: int) -> bytes:
    diary = invent_diary(years_of_days(1), seed=seed, injected_on=INJECTED_ON)
    if len(diary.entries) < ENTRIES:
        raise RuntimeError("the invented diary is too short to measure with")
    # By time of recording, so no correction is kept without what it corrects.
    return write_diary_file(replace(diary, entries=diary.entries[:ENTRIES]))
