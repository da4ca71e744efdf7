"""`make mutants`: change the domain one thing at a time, and tell which changes no test noticed.

mutmut makes and runs the mutants (`[tool.mutmut]` in ``pyproject.toml``); this tells what came of them, by module.
What is given on the command line goes to it, such as ``diary.domain.relief.*`` to run the mutants of one module.
"""

import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

MUTMUT = [sys.executable, "-m", "mutmut"]
NOTICED = {"killed", "timeout", "segfault", "suspicious"}  # a test that never ends, or dies, has noticed
RESULT = re.compile(r"\s*diary\.domain\.(?P<module>[\w.]+)\.(?P<mutant>x[^.]+): (?P<came_of_it>[a-z ]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    module: str
    name: str
    came_of_it: str

    @property
    def full_name(self) -> str:
        return f"diary.domain.{self.module}.{self.name}"


def main() -> None:
    subprocess.run([*MUTMUT, "run", *sys.argv[1:]], check=True)
    mutants = results(said("results", "--all", "true"))
    print_table(mutants)
    for mutant in mutants:
        if mutant.came_of_it in {"survived", "no tests"}:
            print(f"\n{mutant.full_name}: {mutant.came_of_it}")
            print("\n".join(changed_lines(said("show", mutant.full_name))))


def said(*command: str) -> str:
    return subprocess.run([*MUTMUT, *command], check=True, capture_output=True, text=True).stdout


def results(text: str) -> list[Mutant]:
    """The mutants in what ``mutmut results`` says."""
    return [
        Mutant(module=found["module"], name=found["mutant"], came_of_it=found["came_of_it"])
        for line in text.splitlines()
        if (found := RESULT.fullmatch(line))
    ]


def print_table(mutants: Iterable[Mutant]) -> None:
    by_module: dict[str, Counter[str]] = defaultdict(Counter)
    for mutant in mutants:
        for module in (mutant.module, "all"):
            by_module[module][mutant.came_of_it] += 1
    print("\n\n| module | mutants | noticed | survived | without a test | not run |")
    print("| --- | --- | --- | --- | --- | --- |")
    for module, counted in sorted(by_module.items(), key=lambda item: (item[0] == "all", item[0])):
        noticed = sum(counted[each] for each in NOTICED)
        numbers = (counted.total(), noticed, counted["survived"], counted["no tests"], counted["not checked"])
        print(f"| `{module}` | {' | '.join(map(str, numbers))} |")


def changed_lines(diff: str) -> list[str]:
    """Only what was taken away and what was put in its place."""
    return [line for line in diff.splitlines() if re.match(r"[+-](?![+-])", line)]


if __name__ == "__main__":
    main()
