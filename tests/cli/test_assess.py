"""``python -m diary assess`` as a clinic's scripts and a doctor at a terminal call it."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from diary.cli import main
from diary.domain.form import write_diary
from diary.domain.rulesets import SHIPPED
from tests.factories import a_day, a_diary, a_moment, an_injection

EXAMPLES = Path(__file__).parents[1] / "examples"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Answer]


@pytest.fixture
def assess(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: object, rules: object = "us-medicare-sij", as_of: str = "2026-09-01") -> Answer:
        try:
            status = main(["assess", *map(str, arguments), "--rules", str(rules), "--as-of", as_of])
        except SystemExit as ended:
            status = int(ended.code or 0)
        printed = capsys.readouterr()
        return Answer(status, printed.out, printed.err)

    return command


def worked_case(number: int) -> dict[str, Any]:
    case: dict[str, Any] = json.loads((EXAMPLES / f"{number:02}.json").read_text(encoding="utf-8"))
    return case


def a_file(folder: Path, name: str, plain: object) -> Path:
    file = folder / name
    file.write_text(json.dumps(plain), encoding="utf-8")
    return file


def anas_diary() -> dict[str, Any]:
    return write_diary(a_diary(an_injection(), a_moment("2026-03-02T11:00:00-05:00"), a_day("2026-03-03")))


def a_wrong_diary() -> dict[str, Any]:
    plain = anas_diary()
    plain["entries"][1]["scores"]["average"] = 11
    return plain


def test_one_file_gives_one_object_that_holds_the_worked_case(assess: Run, tmp_path: Path) -> None:
    case = worked_case(5)
    answer = assess(a_file(tmp_path, "diary.json", case["diary"]), "--json", as_of=case["as_of"])
    assert (answer.status, answer.err, answer.out.count("\n")) == (0, "", 1)
    said, expected = answer.lines[0], case["expected"]["us-medicare-sij"]
    assert said["rules"]["name"] == "us-medicare-sij"
    assert said["as_of"] == case["as_of"]
    block = expected["injections"][0]["block"]
    assert {key: said["injections"][0]["block"][key] for key in block} == block


def test_a_bad_file_is_one_line_with_the_place_and_nothing_on_standard_output(assess: Run, tmp_path: Path) -> None:
    answer = assess(a_file(tmp_path, "diary.json", a_wrong_diary()), "--json")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "entries[1].scores.average: 11 is not between 0 and 10\n"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe{}", b"[1, 2]", b'{"format": "other/1"}', b"[" * 100_000])
def test_what_is_no_diary_is_refused_in_one_line(assess: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "diary.json").write_bytes(content)
    for form in ((), ("--json",)):
        answer = assess(tmp_path / "diary.json", *form)
        assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)


def test_a_file_that_is_not_there_is_named(assess: Run, tmp_path: Path) -> None:
    answer = assess(tmp_path / "nowhere.json")
    assert (answer.status, answer.out) == (2, "")
    assert "nowhere.json" in answer.err


def test_several_files_give_a_line_each_in_order_and_a_bad_one_says_so_in_its_place(
    assess: Run, tmp_path: Path
) -> None:
    good, bad = a_file(tmp_path, "good.json", anas_diary()), a_file(tmp_path, "bad.json", a_wrong_diary())
    answer = assess(good, bad, tmp_path / "nowhere.json", good, "--json")
    assert answer.status == 2
    first, second, third, last = answer.lines
    assert second == {"file": str(bad), "error": "entries[1].scores.average: 11 is not between 0 and 10"}
    assert third["file"] == str(tmp_path / "nowhere.json")
    assert first == last == assess(good, "--json").lines[0]


def test_a_folder_gives_its_own_json_files_by_name_and_nothing_below(assess: Run, tmp_path: Path) -> None:
    for name in ("b.json", "a.json", "10.json", "note.txt", ".hidden.json"):
        plain = anas_diary()
        plain["injections"][0]["id"] = f"00000000-0000-4000-8000-{name.encode().hex()[:12].ljust(12, '0')}"
        a_file(tmp_path, name, plain)
    (tmp_path / "below").mkdir()
    a_file(tmp_path / "below", "c.json", anas_diary())
    answer = assess(tmp_path, "--json")
    assert answer.status == 0
    names = [bytes.fromhex(line["injections"][0]["id"][-12:]).rstrip(b"\0").decode() for line in answer.lines]
    assert names == ["10.jso", "a.json", "b.json"]


def test_a_folder_without_diaries_is_refused(assess: Run, tmp_path: Path) -> None:
    answer = assess(tmp_path)
    assert (answer.status, answer.out) == (2, "")
    assert "no *.json" in answer.err


def test_several_texts_stand_apart_and_errors_go_to_standard_error(assess: Run, tmp_path: Path) -> None:
    good, bad = a_file(tmp_path, "good.json", anas_diary()), a_file(tmp_path, "bad.json", a_wrong_diary())
    answer = assess(good, bad, good)
    assert answer.status == 2
    assert answer.out.count("\n\n") == 2
    assert answer.err == f"{bad}: entries[1].scores.average: 11 is not between 0 and 10\n"


def test_a_clinics_own_rules_come_from_a_file(assess: Run, tmp_path: Path) -> None:
    rules = (SHIPPED / "trial-50.toml").read_text(encoding="utf-8")
    own = tmp_path / "riverside.toml"
    own.write_text(rules.replace('name = "trial-50"', 'name = "riverside"').replace("version = 1", "version = 7"))
    said = assess(a_file(tmp_path, "diary.json", anas_diary()), "--json", rules=own).lines[0]
    assert (said["rules"]["name"], said["rules"]["version"]) == ("riverside", 7)


def test_a_mistake_in_a_clinics_rules_names_file_key_and_line(assess: Run, tmp_path: Path) -> None:
    own = tmp_path / "riverside.toml"
    rules = (SHIPPED / "trial-50.toml").read_text(encoding="utf-8")
    own.write_text(rules.replace("threshold = 50", "threshold = 5", 1))
    line = rules.splitlines().index("threshold = 50") + 1
    answer = assess(a_file(tmp_path, "diary.json", anas_diary()), rules=own)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == f"{own}: block.threshold: 5 is not between 30 and 100 (line {line})\n"


def test_rules_that_are_nowhere_are_refused_with_the_names_that_there_are(assess: Run, tmp_path: Path) -> None:
    answer = assess(a_file(tmp_path, "diary.json", anas_diary()), rules="medicare")
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "us-medicare-sij" in answer.err


@pytest.mark.parametrize("as_of", ["2026-9-1", "20260901", "2026-02-30", "today", "2026-09-01T00:00:00Z", "9999-01-01"])
def test_the_date_is_a_day_of_our_time(assess: Run, tmp_path: Path, as_of: str) -> None:
    answer = assess(a_file(tmp_path, "diary.json", anas_diary()), as_of=as_of)
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "--as-of" in answer.err


def test_rules_and_date_are_both_required(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for given in (["--rules", "trial-50"], ["--as-of", "2026-09-01"]):
        with pytest.raises(SystemExit) as ended:
            main(["assess", str(tmp_path), *given])
        assert ended.value.code == 2
        assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("number", range(1, 22))
@pytest.mark.parametrize("rules", ["us-medicare-sij", "evicore-cmm-203", "norfolk-icb", "trial-50"])
def test_the_text_fits_a_note_and_never_promises(assess: Run, tmp_path: Path, number: int, rules: str) -> None:
    case = worked_case(number)
    answer = assess(a_file(tmp_path, "diary.json", case["diary"]), rules=rules, as_of=case["as_of"])
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.count("\n") < 25
    assert rules in answer.out
    assert "This is not a diagnosis" in answer.out
    assert not [word for word in ("approved", "covered", "diagnosed", "None", "<", "**", "`") if word in answer.out]


def test_the_text_says_verdicts_numbers_reasons_and_n_of_n(assess: Run, tmp_path: Path) -> None:
    case = worked_case(5)
    said = assess(a_file(tmp_path, "diary.json", case["diary"]), as_of=case["as_of"]).out
    for words in (
        "as of 14-Jul-2025: Synthetic 9722, born 01-May-1960",
        "10-Jul-2025 17:00, right (joint), diagnostic: lidocaine 1% 1 ml and articaine 1% 1 ml; triamcinolone 40 mg",
        "Block: cannot tell: too few readings; no reading an hour or later; no reading when the agent should still",
        "Readings: 2 of 2 moments.",
        "Lowest 2 at minute 15, relief 71.4%.",
        "Steroid: too early.",
        "Scored 2 of 4 expected days and weeks (limited), 1 late.",
        "version 1",
        "14-May-2025",
    ):
        assert words in said


def test_a_diary_without_injections_says_so(assess: Run, tmp_path: Path) -> None:
    file = a_file(tmp_path, "diary.json", write_diary(a_diary()))
    assert "No injection is recorded up to this date." in assess(file).out
    said = assess(file, "--json").lines[0]
    assert (said["injections"], said["pairs"], said["repeat"]) == ([], [], [])


def test_many_injections_still_fit_a_note(assess: Run, tmp_path: Path) -> None:
    days = [f"2026-{month:02}-02T10:30:00-05:00" for month in range(1, 9)]
    file = a_file(tmp_path, "diary.json", write_diary(a_diary(*(an_injection(day) for day in days))))
    said = assess(file).out
    assert said.count("\n") < 25
    assert "Earlier injections: 02-Jan-2026 right diagnostic: block cannot tell" in said


def test_what_somebody_wrote_stays_on_its_line_and_commands_no_terminal(assess: Run, tmp_path: Path) -> None:
    plain = anas_diary()
    plain["patient"]["name"] = "Ana\nCruz\x1b[2J\u2028end"
    plain["injections"][0]["anaesthetic"] = [{"agent": "lido\r\ncaine"}]
    said = assess(a_file(tmp_path, "diary.json", plain)).out
    assert "Ana Cruz [2J end" in said
    assert "lido caine" in said
    assert "\x1b" not in said


def test_assess_loads_neither_framework_nor_database_nor_charts(tmp_path: Path) -> None:
    file = a_file(tmp_path, "diary.json", anas_diary())
    code = (
        "import sys\nfrom diary.cli import main\n"
        f"main(['assess', {str(file)!r}, '--rules', 'trial-50', '--as-of', '2026-09-01'])\n"
        "print('loaded:', sorted({'flask', 'werkzeug', 'sqlalchemy', 'plotly', 'wtforms', 'alembic', 'typst'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("loaded: []\n")
