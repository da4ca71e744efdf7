"""The findings in words, against the worked cases: an independent source for every number that a page shows."""

import json
import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from diary.domain.assessment import judge
from diary.domain.form import read_diary
from diary.domain.in_force import in_force
from diary.domain.rulesets import shipped
from diary.words.findings import Box, Findings, Landmarks, Number
from diary.words.injection_findings import findings_of

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("[0-9]*.json"))
RULE_SETS = ("us-medicare-sij", "evicore-cmm-203", "norfolk-icb", "trial-50")

# The class names of screens.md, section 0.
CLASSES = {
    "meets": "Meets rule",
    "partly": "Partly",
    "does-not-meet": "Does not meet",
    "cannot-tell": "Cannot tell",
    "ongoing": "Still working",
    "too-early": "Too early",
}

Expected = dict[str, Any]


@pytest.mark.parametrize("rules", RULE_SETS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_number_is_the_worked_case_s(path: Path, rules: str) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    standing = in_force(read_diary(case["diary"]), as_of=date.fromisoformat(case["as_of"]))
    assessment = judge(standing, shipped(rules))
    expected = case["expected"][rules]
    for injection in expected["injections"]:
        found = findings_of(UUID(injection["id"]), assessment, standing)
        check_block(found.block, injection["block"])
        check_steroid(found, injection["steroid"])
    for repeat in expected["repeat"]:
        check_repeat(
            [box for one in standing.injections for box in findings_of(one.id, assessment, standing).repeats], repeat
        )


def check_block(box: Box, expected: Expected) -> None:
    assert box.words == CLASSES[expected["verdict"]]
    assert bool(box.reasons) == bool(expected["reasons"])
    assert (box.borderline is not None) == expected["borderline"]
    assert len(box.cautions) == len(expected["cautions"])
    numbers = by_label(box)
    assert numbers["Start"].words.startswith("none" if expected["baseline"] is None else f"{expected['baseline']} (")
    assert numbers["Threshold"].words.startswith(f"{expected['threshold']}% less")
    assert numbers["Readings"].words == f"{expected['readings']} of {expected['readings'] + len(expected['excluded'])}"
    assert len(numbers["Readings"].evidence) == expected["readings"]
    assert [str(one.entry_id) for one in numbers["Left out"].evidence] == [one["id"] for one in expected["excluded"]]
    assert numbers["With scores after pain medicine counted"].words == CLASSES[expected["with_confounded"]]
    if expected["peak"]:
        assert minutes(numbers["Lowest"].words) == [expected["peak"]["minute"]]
        assert relief(numbers["Lowest"].words) == expected["peak"]["relief"]
    lasted, duration = numbers[f"Relief of {expected['threshold']}% or more lasted"].words, expected["duration"]
    if duration is None:
        assert lasted == "none seen"
    elif duration["at_most"] is None:
        assert lasted.startswith("at least ")
        assert minutes(lasted) == [duration["at_least"]]
    else:
        assert minutes(lasted) == [duration["at_least"], duration["at_most"]]
    fit = {"fits": "as long as", "shorter": "shorter", "longer": "longer", "unknown": "cannot"}[expected["fit"]]
    assert numbers["Fit with the agent"].words.startswith(fit)


def check_steroid(found: Findings, expected: Expected) -> None:
    box = found.steroid
    assert box.words == CLASSES[expected["verdict"]]
    assert len(box.reasons) == len(expected["reasons"])
    if "threshold" not in expected:
        assert (box.numbers, found.landmarks, found.moving, box.data) == ((), None, None, None)
        return
    assert len(box.cautions) == len(expected["cautions"])
    numbers, data = by_label(box), expected["data"]
    start = "none" if expected["baseline"] is None else f"{decimal(expected['baseline'])} ("
    assert numbers["Start"].words.startswith(start)
    assert numbers["Threshold"].words.startswith(f"{expected['threshold']}% less")
    assert box.data is not None
    assert (box.data.words, box.data.n, box.data.of) == (
        data["badge"].replace("-", " ").upper(),
        data["filled"],
        data["slots"],
    )
    assert numbers["Scored"].words.endswith(f"; {data['late']} late")
    for label, days in (("Onset", expected["onset"]), ("End", expected["end"])):
        numbered = re.findall(r"day (\d+) \(", numbers[label].words.lower())
        assert numbered == ([] if days is None else [str(day) for day in sorted({days["from"], days["to"]})])
    lasted = expected["relief_days"]
    told = [] if lasted is None else [str(day) for day in lasted.values() if day is not None]
    assert re.findall(r"\d+", numbers["Relief lasted"].words) == told
    share = expected["days_at_threshold"]
    if share:
        label = f"Days at {expected['threshold']}% less or better"
        assert numbers[label].words.startswith(f"{share['n']} of {share['of']} recorded day")
        assert len(numbers[label].evidence) + numbers[label].more == (share["n"] or share["of"])
    check_beside(numbers, expected)
    assert found.landmarks is not None
    check_landmarks(found.landmarks, expected["landmarks"])
    assert found.moving is not None
    check_landmarks(found.moving.landmarks, expected["moving"]["landmarks"])
    answer = {True: "Yes", False: "No", None: "Not known"}[expected["moving"]["functional_response"]]
    assert found.moving.functional_response == answer
    moved = expected["moving"]["baseline"]
    begins = "no start score" if moved is None else f"start {decimal(moved)}"
    assert found.moving.landmarks.baseline.startswith(begins)


def check_beside(numbers: dict[str, Number], expected: Expected) -> None:
    area, soreness, taken = expected["area"], expected["soreness"], expected["analgesic_days"]
    if area:
        words = numbers["Pain relieved over time (SPID)"].words
        assert words.startswith(f"{decimal(area['spid'])} point-days, {abs(area['percent']):g}% ")
        assert ("more pain than before" in words) == (area["percent"] < 0)
        mean = numbers["Mean over time"].words
        assert mean == f"{decimal(area['mean'])}, over {round(100 * area['covered'], 1):g}% of the days"
    if expected["flare_days"] is not None:
        assert numbers["Flare in days 1 to 5"].words.startswith(f"{expected['flare_days']} of ")
    sore = numbers["Soreness where the needle went in"].words
    if soreness is None:
        assert sore == "not scored"
    elif soreness["last_day"] is None:
        assert sore == "none"
    else:
        assert sore == f"last on day {soreness['last_day']}, highest {soreness['highest']}"
    medicine = numbers["Extra pain medicine"]
    assert medicine.words.startswith(f"{taken['n']} of {taken['of']} day" if taken["of"] else "not answered")
    assert len(medicine.evidence) + medicine.more == (taken["n"] or taken["of"])


def check_landmarks(shown: Landmarks, expected: dict[str, Expected | None]) -> None:
    assert [str(row.day) for row in shown.rows] == list(expected)
    for row, landmark in zip(shown.rows, expected.values(), strict=True):
        if landmark is None:
            assert (row.median, row.n, row.evidence) == (None, 0, ())
            continue
        assert (row.median, row.n) == (decimal(landmark["median"]), landmark["n"])
        assert len(row.evidence) + row.more == landmark["n"]
        assert (None if row.relief is None else relief(row.relief)) == landmark["relief"]
        assert row.immpact == landmark.get("class")


def check_repeat(boxes: list[Box], expected: Expected) -> None:
    title = f"Next {expected['next']} injection, {expected['side']}"
    box = next(box for box in boxes if box.title == title)
    words = {"fits": "Fits the rules", "does-not-fit": "Does not fit the rules", "cannot-tell": "Cannot tell"}
    assert box.words == words[expected["overall"]]
    assert len(box.cautions) == len(expected["warnings"])
    met = sum(rule["result"] == "met" for rule in expected["rules"])
    if expected["rules"]:
        assert f"{met} of {len(expected['rules'])} rules met" in box.sentences


# --- reading words back -----------------------------------------------------------------------------------------------


def by_label(box: Box) -> dict[str, Number]:
    return {number.label: number for number in box.numbers}


def minutes(words: str) -> list[int]:
    """The lengths of time in words, in minutes; "2 and 3 h" shares its unit."""
    words = re.sub(r"(\d+) and (\d+) (min|h)\b", r"\1 \3 and \2 \3", words)
    return [
        60 * int(found["h"] or 0) + int(found["m"] or 0)
        for found in re.finditer(r"(?:(?P<h>\d+) h)?\s?(?:(?P<m>\d+) min)?", words)
        if found["h"] or found["m"]
    ]


def relief(words: str) -> float:
    if words.endswith("no change"):
        return 0.0
    found = re.search(r"([\d.]+)% (less|more)", words)
    assert found
    return float(found[1]) * (1 if found[2] == "less" else -1)


def decimal(fraction: str) -> str:
    """The lowest terms of the worked case with at most two decimals."""
    return f"{float(Fraction(fraction)):.2f}".rstrip("0").rstrip(".")
