"""``make bench``: what the diary costs beside the least that could be done, and how it grows. Prints ratios.

Whatever is compared is asked by turns, over HTTP, of servers on this machine; docs/benchmarks.md says how to read it.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from diary.clock import now
from tests.bench.forms import answered, as_new
from tests.bench.judged import make_folder
from tests.bench.measuring import ACTOR, Browser, compare, serving
from tests.bench.places import Place, make_place, taking_turns

FILES = 1000
LOG = "/me/now"
LIST = "/clinic/patients"
PROFILE = "/clinic/patients/{patient}"
SAVED = frozenset({200, 302, 303})


@dataclass(frozen=True, slots=True)
class Diary:
    """The diary served over one place."""

    place: Place
    browser: Browser
    turns: Iterator[UUID]
    typed: dict[str, str]

    def save(self) -> None:
        """One patient after the other saves how bad it is right now."""
        self._save(next(self.turns))

    def list(self) -> None:
        """The first page of the clinic's patients."""
        self._open(LIST)

    def profile(self, patient: UUID) -> Callable[[], None]:
        """A patient's page."""
        return lambda: self._open(PROFILE.format(patient=patient))

    def first_look(self, patient: UUID) -> Callable[[], None]:
        """A patient's page after something was added: the whole diary is read and judged again."""

        def save_and_look() -> None:
            self._save(patient)
            self._open(PROFILE.format(patient=patient))

        return save_and_look

    def _save(self, patient: UUID) -> None:
        answer = self.browser.post(LOG, as_new(self.typed), {ACTOR: self.place.as_patient(patient)})
        _check(answer.status, LOG)

    def _open(self, path: str) -> None:
        _check(self.browser.get(path, {ACTOR: self.place.as_doctor()}).status, path)


def _check(status: int, path: str) -> None:
    if status not in SAVED:
        raise RuntimeError(f"{path} answered {status}: there is nothing to measure")


def main() -> None:
    """Make the places, serve them, measure, print."""
    arguments = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    arguments.add_argument("--times", type=int, default=40, help="how often each is asked in each of the rounds")
    arguments.add_argument("--largest", type=int, default=100, choices=(1, 10, 100), help="how many times 25 patients")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        scales = [scale for scale in (1, 10, 100) if scale <= given.largest]
        print("Making", ", ".join(str(25 * scale) for scale in scales), "patients with their diaries …", flush=True)
        places = [make_place(Path(folder) / str(scale), times=scale, now=now()) for scale in scales]
        diaries = [stack.enter_context(_served(place)) for place in places]
        environment = {"BARE_DATABASE": f"{folder}/bare.sqlite3", "DIARY_DATABASE": str(places[0].database)}
        bare = stack.enter_context(serving("tests.bench.bare:app", **environment))
        _beside_the_least(diaries[0], bare, given.times)
        _growth(diaries, given.times)
        _judging(Path(folder) / "files")


@contextmanager
def _served(place: Place) -> Iterator[Diary]:
    """The diary over a place, with one page of the log opened."""
    with serving("tests.bench.served:app", DIARY_INSTANCE=str(place.folder)) as browser:
        turns = taking_turns(place.patients)
        page = browser.get(LOG, {ACTOR: place.as_patient(next(turns))})
        _check(page.status, LOG)
        yield Diary(place, browser, turns, answered(page.text))


def _beside_the_least(diary: Diary, bare: Browser, times: int) -> None:
    place = diary.place
    row = {"day": "2026-03-03", "average": "4"}
    least = {
        "save": lambda: bare.post("/save", row, {}),
        "list": lambda: bare.get(f"/patients/{place.clinic_id.hex}", {}),
        "1 year": lambda: bare.get(f"/entries/{place.one_year.hex}", {}),
        "10 years": lambda: bare.get(f"/entries/{place.ten_years.hex}", {}),
    }
    print("\nBeside the least that could be done, over HTTP under the same server")
    print("save an entry / commit one row by sqlite3    ", compare(diary.save, least["save"], times=times))
    print("list of 25 / its rows by orjson              ", compare(diary.list, least["list"], times=times))
    one, ten = diary.profile(place.one_year), diary.profile(place.ten_years)
    print("profile, 1 year of days / its rows by orjson ", compare(one, least["1 year"], times=times))
    print("profile, 10 years of days / by orjson        ", compare(ten, least["10 years"], times=times))
    print("profile, 10 years / 1 year                   ", compare(ten, one, times=times))
    one, ten = diary.first_look(place.one_year), diary.first_look(place.ten_years)
    print("an entry, then its profile, 10 years / 1 year", compare(ten, one, times=max(1, times // 4)))


def _growth(diaries: list[Diary], times: int) -> None:
    smallest = diaries[0]
    for diary, scale in zip(diaries[1:], (10, 100), strict=False):
        print(f"\nWith {scale} times the patients and entries in the database")
        print("save an entry            ", compare(diary.save, smallest.save, times=times))
        print("list of 25               ", compare(diary.list, smallest.list, times=times))
        profiles = diary.profile(diary.place.one_year), smallest.profile(smallest.place.one_year)
        print("profile, 1 year of days  ", compare(*profiles, times=times))


def _judging(path: Path) -> None:
    folder = make_folder(path, diaries=FILES)
    print(f"\nA folder of {FILES} diary files of 200 entries each")
    judged = compare(folder.judge, folder.read, times=1)
    print("judge it / merely read the same files        ", judged)
    print("judge it / merely parse their JSON by orjson ", compare(folder.judge, folder.parse, times=1))
    print(f"diaries judged in a second                    {FILES / judged.first_ms * 1000:6.0f}")


if __name__ == "__main__":
    main()
