"""Rule sets: what ships, and that a mistake in one is refused with its key and its line."""

import re
from datetime import date

import pytest

from diary.domain.errors import InvalidValue
from diary.domain.rulesets import SHIPPED, RuleSet, parse, shipped, shipped_names
from diary.domain.rulesets.lines import line_of
from diary.domain.rulesets.parts import (
    Agent,
    AskedDay,
    BlockCap,
    BlockRules,
    BlocksWithin,
    Gap,
    Late,
    RepeatRules,
    Rule,
    SessionCap,
    SessionsOf,
    SteroidRules,
)

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


# Every number with an asterisk in the rules, set by set: judgement.md, sections 1 to 4.
MEDICARE_REPEAT = RepeatRules(
    steroid_effect_days=84,
    therapeutic=(Rule.BLOCK, Rule.RESPONSE, Rule.SESSIONS),
    diagnostic=(Rule.FIRST_BLOCK, Rule.BLOCKS),
    functional_response_counts=True,
    sessions=SessionCap(most=4, of=SessionsOf.THERAPEUTIC),
    blocks=BlockCap(most=2, within=BlocksWithin.TWELVE_MONTHS),
)
EVICORE_REPEAT = RepeatRules(
    steroid_effect_days=84,
    therapeutic=(Rule.BLOCK, Rule.RESPONSE, Rule.GAP, Rule.SESSIONS),
    diagnostic=(Rule.FIRST_BLOCK, Rule.GAP),
    gap=Gap(months=2),
    sessions=SessionCap(most=4, of=SessionsOf.SIDE),
)
NORFOLK_REPEAT = RepeatRules(
    steroid_effect_days=84,
    therapeutic=(Rule.BLOCK, Rule.RESPONSE, Rule.GAP),
    diagnostic=(Rule.FIRST_BLOCK, Rule.BLOCKS, Rule.GAP),
    gap=Gap(days=56),
    blocks=BlockCap(most=2, within=BlocksWithin.EVER),
)


@pytest.mark.parametrize(
    ("name", "block", "sustained", "steroid", "asked", "repeat"),
    [
        ("us-medicare-sij", 75, True, 50, AskedDay(months=3), MEDICARE_REPEAT),
        ("evicore-cmm-203", 75, False, 75, AskedDay(days_after_onset=14), EVICORE_REPEAT),
        ("norfolk-icb", 50, False, 50, AskedDay(day=56), NORFOLK_REPEAT),
        ("trial-50", 50, False, 50, AskedDay(months=3), RepeatRules(steroid_effect_days=84)),
    ],
)
def test_the_numbers_of_a_set_are_those_of_the_design(
    name: str, block: int, *, sustained: bool, steroid: int, asked: AskedDay, repeat: RepeatRules
) -> None:
    rules = shipped(name)
    assert rules.late == Late(first_hour_minutes=15, later_minutes=60)
    assert rules.block == BlockRules(
        threshold=block,
        partial_threshold=50,
        sustained=sustained,
        in_a_row=2,
        low_baseline=4,
        fewest_readings=4,
        after_minute=60,
        hold_minutes=60,
        analgesic_minutes=360,
        apart_minutes=5,
    )
    assert rules.steroid == SteroidRules(
        threshold=steroid,
        fewest_days_before=4,
        low_baseline=4,
        baselines_differ=2,
        onset_by_day=14,
        onset_passes=3,
        end_points=2,
        hole_days=14,
        daily_until=14,
        slots_until=28,
        good_percent=70,
        limited_percent=40,
        functional_threshold=50,
        ongoing_days=7,
        asked=asked,
    )
    assert rules.repeat == repeat


@pytest.mark.parametrize("name", ["us-medicare-sij", "evicore-cmm-203", "norfolk-icb", "trial-50"])
def test_every_set_knows_the_four_agents_of_the_design(name: str) -> None:
    slow = {"onset": 30, "hold": 120, "usual_end": 360, "tail_end": 720}
    assert shipped(name).agents == (
        Agent(name="lidocaine", onset=15, hold=60, usual_end=120, tail_end=240, also=("lignocaine", "xylocaine")),
        Agent(name="mepivacaine", onset=15, hold=90, usual_end=180, tail_end=360, also=("carbocaine",)),
        Agent(name="bupivacaine", **slow, also=("marcaine", "sensorcaine")),
        Agent(name="ropivacaine", **slow, also=("naropin",)),
    )


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


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        ("partial_threshold = 50", "partial_threshold = 60", "60 is more than the threshold"),
        ("in_a_row = 2", "in_a_row = 5", "5 is more than fewest_readings"),
        ("later_minutes = 60", "later_minutes = 14", "15 is more than later_minutes"),
        ("limited_percent = 40", "limited_percent = 80", "80 is more than good_percent"),
        ("slots_until = 28", "slots_until = 10", "14 is more than slots_until"),
        ("{ months = 3 }", "{ months = 3, day = 90 }", "give one of months, days_after_onset and day"),
        ("{ months = 3 }", "{}", "give one of months, days_after_onset and day"),
        ('name = "trial-50"', 'name = " "', "is empty"),
        ("onset = 15\nhold = 60", "onset = 60\nhold = 60", "lidocaine: onset, hold, usual_end and tail_end must rise"),
        ("hold = 60", "hold = 120", "lidocaine: onset, hold, usual_end and tail_end must rise"),
        ("usual_end = 120", "usual_end = 240", "lidocaine: onset, hold, usual_end and tail_end must rise"),
        ('also = ["carbocaine"]', 'also = ["mepivacaine"]', "'mepivacaine' names two agents, or one twice"),
        ('name = "ropivacaine"', 'name = "--"', "is empty"),
    ],
)
def test_a_mistake_is_told_in_words_and_with_its_line(was: str, becomes: str, reason: str) -> None:
    assert was in TRIAL
    told = refused(TRIAL.replace(was, becomes, 1)).reason
    assert re.fullmatch(rf"{re.escape(reason)} \(line \d+\)", told)


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        ('"block", "response", "sessions"]', '"block", "sessions"]', "is only for a set that lists the rule response"),
        (
            '"response", "sessions"]',
            '"response"]',
            "is either listed as a rule and given its numbers, or neither",
        ),
        ('"response", "sessions"]', '"response", "response", "sessions"]', "response stands twice"),
        (
            '["first-block", "blocks"]',
            '["first-block", "blocks", "response"]',
            "response is no rule of a next diagnostic injection",
        ),
    ],
)
def test_rules_of_a_repeat_that_do_not_go_together_are_told_in_words(was: str, becomes: str, reason: str) -> None:
    told = refused(MEDICARE.replace(was, becomes, 1)).reason
    assert re.fullmatch(rf"{re.escape(reason)} \(line \d+\)", told)


def test_a_gap_is_told_in_months_or_in_days() -> None:
    for numbers in ({}, {"months": 2, "days": 56}):
        with pytest.raises(InvalidValue, match=r"^give one of months and days$") as error:
            Gap(**numbers)
        assert error.value.place == ""
    assert Gap(months=2).days is None
    assert Gap(days=56).months is None


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("later_minutes = 60", "later_minutes = 15"),
        ("fewest_readings = 4", "fewest_readings = 2"),
        ("limited_percent = 40", "limited_percent = 70"),
        ("slots_until = 28", "slots_until = 14"),
    ],
)
def test_two_numbers_that_must_not_cross_may_be_equal(was: str, becomes: str) -> None:
    assert was in TRIAL
    assert parse(TRIAL.replace(was, becomes, 1)).name == "trial-50"


def test_an_agent_whose_name_is_a_salt_keeps_it() -> None:
    found = parse(TRIAL.replace('also = ["carbocaine"]', 'also = ["Carbonate"]')).agent("carbonate hydrochloride")
    assert found is not None
    assert found.name == "mepivacaine"


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
    assert str(refused(without_agents)) == "agents: is missing"  # nowhere, so without a line
    assert str(refused("agents = []\n" + without_agents)) == "agents: is empty (line 1)"


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("", "name", "is missing"),
        ("threshold =", "", "is not TOML: "),
        ("[block\n", "", "is not TOML: "),
        ("a = " + "[" * 10_000, "", "is nested too deeply to be a rule set"),
        ("\0", "", "is not TOML: "),
    ],
    ids=["nothing", "no value", "no end", "too deep", "no text"],
)
def test_what_is_no_rule_set_is_refused(text: str, place: str, reason: str) -> None:
    error = refused(text)
    assert error.place == place
    assert error.reason.startswith(reason)
    assert str(error).count("\n") == 0


def test_the_line_that_is_wrong_is_told() -> None:
    text = TRIAL.replace("onset_passes = 3", "onset_passes = 30")
    line = text.splitlines().index("onset_passes = 30") + 1
    assert str(refused(text)) == f"steroid.onset_passes: 30 is not between 1 and 5 (line {line})"


def test_a_place_is_found_in_its_table_and_an_inner_one_at_its_key() -> None:
    text = 'name = "a"\n[block]\nname = 1\n[[agents]]\nname = "b"\n[[agents]]\nalso = ["x",\n"y"]\n[[agents]]\n'
    places = {
        "name": 1,
        "block.name": 3,
        "block.missing": 2,
        "agents[0].name": 5,
        "agents[1].also[1]": 7,
        "agents[2].name": 9,
        "repeat.gap": None,
    }
    assert {place: line_of(place, text) for place in places} == places


@pytest.mark.parametrize("key", ['"a]b"', '"]"', '"["', '"a."', '"."', "'[0]'"])
def test_a_key_in_quotes_is_refused_whatever_it_holds(key: str) -> None:
    assert "is not a known key" in refused(f"{key} = 1").reason


def test_a_number_of_thousands_of_digits_is_refused() -> None:
    assert refused(f"version = {'1' * 5000}").reason == "holds a number that is too long to be read"


def test_a_text_that_is_longer_than_any_rule_set_is_refused_before_it_is_read() -> None:
    assert refused("#" * 20_001).reason == "has 20001 characters, more than 20000"


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
