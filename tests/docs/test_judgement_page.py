"""The page of the rules says what the code says."""

import re

import pytest

from diary.domain.block import BlockCaution, BlockReason, BlockVerdict, Fit, PairResult
from diary.domain.readings import SetAside
from diary.domain.repeat import Outcome, Overall, Warning_
from diary.domain.rulesets.parts import Rule
from diary.domain.steroid import SteroidCaution, SteroidReason, SteroidVerdict
from diary.domain.steroid_figures import LANDMARKS, Badge
from tests.docs.judgement_tables import PAGE, main, page_with_tables

TEXT = PAGE.read_text(encoding="utf-8")


def test_its_tables_are_those_of_the_rule_sets() -> None:
    assert page_with_tables(TEXT) == TEXT
    assert TEXT.count("<!-- end -->") == 4


def test_a_table_that_was_changed_by_hand_is_made_anew() -> None:
    changed = TEXT.replace("| lidocaine | 15 |", "| lidocaine | 20 |")
    assert changed != TEXT
    assert page_with_tables(changed) == TEXT
    assert main(["--check"]) == 0


@pytest.mark.parametrize(
    "words",
    [
        *(BlockVerdict, BlockReason, BlockCaution, Fit, PairResult, SetAside),
        *(SteroidVerdict, SteroidReason, SteroidCaution, Badge, Outcome, Overall, Warning_, Rule),
    ],
)
def test_every_word_of_the_engine_is_explained(words: type) -> None:
    known = set(re.findall(r"`([a-z-]+)`", TEXT))
    assert {word.value for word in words} - known == set()  # type: ignore[attr-defined]  # all are StrEnums


def test_every_landmark_stands_with_its_window() -> None:
    for day, (first, last) in LANDMARKS.items():
        assert f"{day} ({first} to {last})" in TEXT
