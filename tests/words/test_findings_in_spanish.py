"""The findings, the picture and the text of every worked case in Spanish: other words, the same numbers."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from diary.charts.profile import ProfileRules, build_profile
from diary.domain.assessment import judge
from diary.domain.diary import Diary
from diary.domain.form import read_diary
from diary.domain.in_force import InForce, in_force
from diary.domain.rulesets import shipped
from diary.exchange.assessment import write_assessment
from diary.exchange.assessment_text import describe
from diary.words.injection_findings import findings_of
from diary.words.language import in_language
from diary.words.repeat_findings import why_in_words

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("[0-9]*.json"))
RULE_SETS = ("us-medicare-sij", "evicore-cmm-203", "norfolk-icb", "trial-50")
ENGLISH = re.compile(
    r"\b(?:the|and|less|score|day|days|relief|block|of|with|is|no score|reading|entry)\b", re.IGNORECASE
)


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> tuple[Diary, InForce]:
    plain = json.loads(request.param.read_text(encoding="utf-8"))
    diary = read_diary(plain["diary"])
    return diary, in_force(diary, as_of=date.fromisoformat(plain["as_of"]))


@pytest.mark.parametrize("rules", RULE_SETS)
def test_the_findings_carry_the_same_numbers(case: tuple[Diary, InForce], rules: str) -> None:
    _diary, standing = case
    assessment = judge(standing, shipped(rules))
    english = [list(told_in(findings_of(one.id, assessment, standing))) for one in standing.injections]
    with in_language("es"):
        spanish = [list(told_in(findings_of(one.id, assessment, standing))) for one in standing.injections]
    check_same_numbers(english, spanish)


@pytest.mark.parametrize("rules", RULE_SETS)
def test_the_engine_s_reasons_carry_the_same_numbers(case: tuple[Diary, InForce], rules: str) -> None:
    assessment = judge(case[1], shipped(rules))
    whys = [result.why for repeat in assessment.repeats for result in repeat.rules]
    with in_language("es"):
        spanish = [why_in_words(why) for why in whys]
        kept = write_assessment(assessment)
    check_same_numbers([[why_in_words(why) for why in whys]], [spanish])
    assert not any(ENGLISH.search(why) for why in spanish)
    assert kept == write_assessment(assessment), "what programs read and what is signed stays as it is"


def test_the_picture_carries_the_same_numbers(case: tuple[Diary, InForce]) -> None:
    _diary, standing = case
    assessment = judge(standing, shipped("us-medicare-sij"))
    rules = ProfileRules(late=assessment.rules.late.after)
    english, spanish = [], []
    for block, course in zip(assessment.blocks, assessment.steroids, strict=True):
        english.append(
            list(told_in(build_profile(standing, block.injection, rules=rules, block=block, steroid=course)))
        )
        with in_language("es"):
            spanish.append(
                list(told_in(build_profile(standing, block.injection, rules=rules, block=block, steroid=course)))
            )
    check_same_numbers(english, spanish)


@pytest.mark.parametrize("rules", RULE_SETS)
def test_the_text_of_the_assessment_carries_the_same_numbers(case: tuple[Diary, InForce], rules: str) -> None:
    diary, standing = case
    assessment = judge(standing, shipped(rules))
    english = describe(assessment, patient=diary.patient).splitlines()
    with in_language("es"):
        spanish = describe(assessment, patient=diary.patient).splitlines()
    check_same_numbers([english], [spanish])


def check_same_numbers(english: list[list[str]], spanish: list[list[str]]) -> None:
    for before, after in zip(english, spanish, strict=True):
        assert len(before) == len(after)
        for one, other in zip(before, after, strict=True):
            assert numbers_in(one) == numbers_in(other), (one, other)


def told_in(found: object) -> Iterator[str]:
    """Every word of a record of words, in its order."""
    if isinstance(found, str) and not isinstance(found, StrEnum):
        yield found
    elif isinstance(found, tuple):
        for one in found:
            yield from told_in(one)
    elif is_dataclass(found):
        for field in fields(found):
            yield from told_in(getattr(found, field.name))


def numbers_in(words: str) -> list[str]:
    """The numbers of a sentence in no order, since languages have their own: 3.5 and 3,5 are the same."""
    return sorted(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d)", ".", words)))
