"""The worked cases of the judgement, whole: what the engine says must hold every key and value that they expect."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from diary.domain.assessment import assess
from diary.domain.form import read_diary
from diary.domain.rulesets import shipped
from diary.exchange.assessment import write_assessment

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("[0-9]*.json"))
RULE_SETS = ("us-medicare-sij", "evicore-cmm-203", "norfolk-icb", "trial-50")


@pytest.mark.parametrize("rule_set", RULE_SETS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_engine_says_what_the_worked_case_expects(path: Path, rule_set: str) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    assessment = assess(read_diary(case["diary"]), shipped(rule_set), as_of=date.fromisoformat(case["as_of"]))
    assert_holds(write_assessment(assessment), case["expected"][rule_set], at="")


def assert_holds(said: Any, expected: Any, *, at: str) -> None:
    """Every key and value of ``expected`` stands in ``said``, which may say more."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert key in said, f"{at}.{key} is missing"
            assert_holds(said[key], value, at=f"{at}.{key}")
    elif isinstance(expected, list):
        assert len(said) == len(expected), at
        for index, value in enumerate(expected):
            assert_holds(said[index], value, at=f"{at}[{index}]")
    else:
        assert (type(said), said) == (type(expected), expected), at


def test_there_are_all_worked_cases() -> None:
    assert [path.stem for path in EXAMPLES] == [f"{number:02}" for number in range(1, 22)]
