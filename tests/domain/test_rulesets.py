"""Rule sets: what ships, and that a mistake in one is refused with its key and its line."""

import re
from datetime import date

import pytest

from diary.domain.errors import InvalidValue
from diary.domain.rulesets import SHIPPED, RuleSet, parse, shipped, shipped_names
from diary.domain.rulesets.lines import line_of
from diary.domain.rulesets.parts import Rule

TRIAL = (SHIPPED / "trial-50.toml").read_text(encoding="utf-8")
MEDICARE = (SHIPPED / "us-medicare-sij.toml").read_text(encoding="utf-8")


def test_four_sets_ship_each_under_its_own_name_with_source_and_doubt() -> None:
    assert shipped_names() == ("evicore-cmm-203", "norfolk-icb", "trial-50", "us-medicare-sij")
    for name in shipped_names():
        rules = shipped(name)
        assert (rules.name, rules.version) == (name, 1)
        assert rules.source
        assert rules.unchecked
        assert date(2000, 1, 1) < rules.source_date < date(2026, 12, 31)


@pytest.mark.parametrize(
    ("name", "block", "sustained", "steroid"),
    [
        ("us-medicare-sij", 75, True, 50),
        ("evicore-cmm-203", 75, False, 75),
        ("norfolk-icb", 50, False, 50),
        ("trial-50", 50, False, 50),
    ],
)
def test_the_thresholds_are_those_of_the_design(name: str, block: int, *, sustained: bool, steroid: int) -> None:
    rules = shipped(name)
    assert (rules.block.threshold, rules.block.sustained, rules.steroid.threshold) == (block, sustained, steroid)
    assert rules.block.partial_threshold == 50


def test_a_name_that_does_not_ship_is_refused_with_those_that_do() -> None:
    with pytest.raises(InvalidValue, match="us-medicare-sij"):
        shipped("../trial-50")


def refused(text: str) -> InvalidValue:
    with pytest.raises(InvalidValue) as error:
        parse(text)
    return error.value


@pytest.mark.parametrize(
    ("was", "becomes", "place"),
    [
        ("threshold = 50", "threshold = 5", "block.threshold"),
        ("threshold = 50", "threshold = 50.5", "block.threshold"),
        ("threshold = 50", "threshold = true", "block.threshold"),
        ("partial_threshold = 50", "partial_threshold = 60", "block.partial_threshold"),
        ("sustained = false", "sustained = 0", "block.sustained"),
        ("in_a_row = 2", "in_a_row = 0", "block.in_a_row"),
        ("in_a_row = 2", "in_a_row = 5", "block.in_a_row"),
        ("first_hour_minutes = 15", "first_hour_minutes = 150", "late.first_hour_minutes"),
        ("later_minutes = 60", "later_minutes = 14", "late.first_hour_minutes"),
        ("analgesic_minutes = 360", "analgesic_minutes = 6", "block.analgesic_minutes"),
        ("fewest_days_before = 4", "fewest_days_before = 8", "steroid.fewest_days_before"),
        ("hole_days = 14", "hole_days = 1400", "steroid.hole_days"),
        ("limited_percent = 40", "limited_percent = 80", "steroid.limited_percent"),
        ("slots_until = 28", "slots_until = 10", "steroid.daily_until"),
        ("asked = { months = 3 }", "asked = { months = 3, day = 90 }", "steroid.asked"),
        ("asked = { months = 3 }", "asked = { weeks = 12 }", "steroid.asked.weeks"),
        ("steroid_effect_days = 84", "steroid_effect_days = -84", "repeat.steroid_effect_days"),
        ("steroid_effect_days = 84", "steroid_effect_day = 84", "repeat.steroid_effect_day"),
        ("version = 1", "version = 0", "version"),
        ("version = 1", "colour = 1", "colour"),
        ('name = "trial-50"', 'name = " "', "name"),
        ('source_date = "2016-01-01"', 'source_date = "2016"', "source_date"),
        ("onset = 15\nhold = 60", "onset = 61\nhold = 60", "agents[0]"),
        ("onset = 15\nhold = 90", "onset = 15\nhold = 9000", "agents[1].hold"),
        ('also = ["carbocaine"]', 'also = ["Lidocaine HCl"]', "agents[1].also[0]"),
        ('also = ["carbocaine"]', 'also = ["mepivacaine"]', "agents[1].also[0]"),
        ('name = "ropivacaine"', 'name = "lignocaine"', "agents[3].name"),
        ('name = "ropivacaine"', 'name = "--"', "agents[3].name"),
    ],
)
def test_a_mistake_is_refused_with_its_key(was: str, becomes: str, place: str) -> None:
    assert was in TRIAL
    error = refused(TRIAL.replace(was, becomes, 1))
    assert error.place == place
    assert str(error).count("\n") == 0


@pytest.mark.parametrize(
    ("was", "becomes", "place"),
    [
        (
            'therapeutic = ["block", "response", "sessions"]',
            'therapeutic = ["block", "sessions"]',
            "functional_response_counts",
        ),
        ('"response", "sessions"]', '"response", "sessions", "gap"]', "gap"),
        ('"response", "sessions"]', '"response"]', "sessions"),
        ('"response", "sessions"]', '"response", "response", "sessions"]', "therapeutic[2]"),
        (
            'diagnostic = ["first-block", "blocks"]',
            'diagnostic = ["first-block", "blocks", "response"]',
            "diagnostic[2]",
        ),
        ('diagnostic = ["first-block", "blocks"]', 'diagnostic = ["first-block", "blockade"]', "diagnostic[1]"),
        ("most = 4", "most = 40", "sessions.most"),
        ('within = "12-months"', 'within = "a year"', "blocks.within"),
    ],
)
def test_rules_of_a_repeat_that_do_not_go_together_are_refused(was: str, becomes: str, place: str) -> None:
    assert was in MEDICARE
    assert refused(MEDICARE.replace(was, becomes, 1)).place == f"repeat.{place}"


@pytest.mark.parametrize("name", ["trial-50", "us-medicare-sij", "evicore-cmm-203", "norfolk-icb"])
def test_every_number_of_a_set_has_a_range(name: str) -> None:
    text = (SHIPPED / f"{name}.toml").read_text(encoding="utf-8")
    numbers = list(re.finditer(r"= (\d+)\b", text))
    assert len(numbers) > 35
    for number in numbers:
        for wrong in ("0", "-1", "1000000"):
            error = refused(text[: number.start(1)] + wrong + text[number.end(1) :])
            assert error.place


def test_a_key_that_is_missing_is_named() -> None:
    assert refused(TRIAL.replace("hole_days = 14\n", "")).place == "steroid.hole_days"
    without_agents = TRIAL[: TRIAL.index("[[agents]]")]
    assert refused(without_agents).place == "agents"
    assert refused("agents = []\n" + without_agents).place == "agents"


@pytest.mark.parametrize("text", ["", "threshold =", "[block\n", "a = " + "[" * 10_000, "\0"])
def test_what_is_no_rule_set_is_refused(text: str) -> None:
    assert str(refused(text)).count("\n") == 0


def test_the_line_that_is_wrong_is_told() -> None:
    text = TRIAL.replace("onset_passes = 3", "onset_passes = 30")
    line = text.splitlines().index("onset_passes = 30") + 1
    assert str(refused(text)) == f"steroid.onset_passes: 30 is not between 1 and 5 (line {line})"


def test_a_place_is_found_in_its_table_and_an_inner_one_at_its_key() -> None:
    text = 'name = "a"\n[block]\nname = 1\n[[agents]]\nname = "b"\n[[agents]]\nalso = ["x",\n"y"]\n'
    places = {
        "name": 1,
        "block.name": 3,
        "block.missing": 2,
        "agents[0].name": 5,
        "agents[1].also[1]": 7,
        "repeat.gap": None,
    }
    assert {place: line_of(place, text) for place in places} == places


def test_a_clinic_may_write_a_date_as_toml_does_and_an_agent_of_several_words() -> None:
    text = TRIAL.replace('"2016-01-01"', "2016-01-01").replace('also = ["naropin"]', 'also = ["Naropin Polyamp"]')
    rules = parse(text)
    assert rules.source_date == date(2016, 1, 1)
    found = rules.agent("naropin polyamp HCl")
    assert found is not None
    assert found.name == "ropivacaine"
    assert rules.agent("naropin") is None


def test_rules_are_listed_only_for_the_kind_of_injection_they_are_about() -> None:
    medicare: RuleSet = shipped("us-medicare-sij")
    assert Rule.FIRST_BLOCK not in medicare.repeat.therapeutic
    assert medicare.repeat.functional_response_counts
