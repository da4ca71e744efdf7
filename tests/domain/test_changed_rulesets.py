"""A clinic's own rule sets: written and read back, compared, and pointed out where they ask for less."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.errors import InvalidValue, UnreadableRules
from diary.domain.rulesets import SHIPPED, RuleSet, parse, shipped, shipped_names
from diary.domain.rulesets.changes import LOOSER, Difference, Loosening, differences, loosened
from diary.domain.rulesets.own import check_own_name, check_reason
from diary.domain.rulesets.parts import Agent, AskedDay, Gap, Rule, SessionCap
from diary.domain.rulesets.places import HEAD, places, value_at
from diary.domain.rulesets.written import write_toml
from diary.words.rule_meanings import MEANINGS, Unit
from diary.words.rules import difference_in_words, loosening_in_words, parts_of

MEDICARE = shipped("us-medicare-sij")
EVICORE = shipped("evicore-cmm-203")
PROCAINE = Agent(name="procaine", onset=5, hold=30, usual_end=60, tail_end=120, also=("novocaine",))


def with_block(**numbers: int) -> RuleSet:
    """The Medicare set with these numbers of the block."""
    return replace(MEDICARE, block=replace(MEDICARE.block, **numbers))  # type: ignore[arg-type]  # only numbers are given


def with_lidocaine(**numbers: int) -> RuleSet:
    """The Medicare set with these minutes of lidocaine."""
    lidocaine, *others = MEDICARE.agents
    return replace(MEDICARE, agents=(replace(lidocaine, **numbers), *others))  # type: ignore[arg-type]  # as above


# --- written as a file ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped_names())
def test_a_set_that_ships_is_written_as_its_file_is(name: str) -> None:
    assert write_toml(shipped(name)) == (SHIPPED / f"{name}.toml").read_text(encoding="utf-8")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=80))
def test_whatever_is_written_into_a_set_is_read_back(words: str) -> None:
    rules = replace(MEDICARE, title=f"x{words}", unchecked=f"{words}x", source=f'"{words}\\')
    assert parse(write_toml(rules)) == rules


def test_an_own_set_with_other_agents_and_days_is_read_back() -> None:
    rules = replace(
        EVICORE,
        agents=(*EVICORE.agents, PROCAINE),
        steroid=replace(EVICORE.steroid, asked=AskedDay(day=90)),
        repeat=replace(EVICORE.repeat, gap=Gap(days=60)),
    )
    assert parse(write_toml(rules)) == rules


# --- places -----------------------------------------------------------------------------------------------------------


def test_every_place_of_a_set_has_its_words_and_every_number_its_range_and_unit() -> None:
    assert {*places(), *HEAD} == set(MEANINGS)
    numbers = {place for place, leaf in places().items() if leaf.kind is int}
    assert {place for place, leaf in places().items() if leaf.within is not None} == numbers
    assert {place for place, meaning in MEANINGS.items() if meaning.unit is not Unit.NONE} == numbers


@pytest.mark.parametrize(
    ("place", "kind", "many", "needed"),
    [
        ("block.threshold", int, False, True),
        ("block.sustained", bool, False, True),
        ("steroid.asked.months", int, False, False),  # or a day, or days after the onset
        ("repeat.steroid_effect_days", int, False, True),
        ("repeat.therapeutic", Rule, True, False),
        ("repeat.sessions.most", int, False, False),  # a set may go without a cap
    ],
)
def test_a_place_says_what_stands_there_whether_several_do_and_whether_a_set_can_go_without(
    place: str, kind: type, many: bool, needed: bool
) -> None:
    leaf = places()[place]
    assert (leaf.kind, leaf.many, leaf.needed) == (kind, many, needed)


def test_every_number_says_in_which_direction_it_asks_for_less_but_one() -> None:
    numbers = {place for place, leaf in places().items() if leaf.within is not None}
    assert numbers - set(LOOSER) == {"steroid.ongoing_days"}


def test_a_page_tells_each_number_with_its_unit_and_range() -> None:
    late, block, steroid, repeat = parts_of(MEDICARE)
    assert [(one.name, one.value, one.range) for one in late.numbers] == [
        ("Late in the first hour", "15 minutes", "1 to 60 minutes"),
        ("Late after the first hour", "60 minutes", "1 to 240 minutes"),
    ]
    assert (block.numbers[0].value, block.numbers[0].range) == ("75%", "30% to 100%")
    assert ("Relief must be sustained", "yes") in [(one.name, one.value) for one in block.numbers]
    assert ("Relief wanted for months", "3 calendar months") in [(one.name, one.value) for one in steroid.numbers]
    assert ("Sessions counted", "therapeutic ones, of any side") in [(one.name, one.value) for one in repeat.numbers]
    assert "Gap in months" not in [one.name for one in repeat.numbers]


# --- differences ------------------------------------------------------------------------------------------------------


def test_equal_sets_differ_in_nothing_and_name_and_version_are_no_difference() -> None:
    assert differences(MEDICARE, replace(MEDICARE, name="riverside", version=4)) == ()


def test_a_changed_number_is_told_with_what_it_was() -> None:
    (found,) = differences(MEDICARE, with_block(threshold=80))
    assert found == Difference(place="block.threshold", was=75, now=80)
    assert difference_in_words(found) == "Block threshold: 75% → 80%"


def test_what_one_of_two_sets_lacks_is_none() -> None:
    repeat = replace(EVICORE.repeat, gap=None, sessions=None, therapeutic=(Rule.BLOCK,), diagnostic=(Rule.FIRST_BLOCK,))
    without = replace(EVICORE, repeat=repeat)
    found = {one.place: (one.was, one.now) for one in differences(EVICORE, without)}
    assert found["repeat.gap.months"] == (2, None)
    assert found["repeat.sessions.most"] == (4, None)
    assert found["repeat.diagnostic"] == ((Rule.FIRST_BLOCK, Rule.GAP), (Rule.FIRST_BLOCK,))
    assert "repeat.gap.days" not in found


def test_agents_that_come_go_or_change_are_told() -> None:
    lidocaine, *others = MEDICARE.agents
    changed = replace(MEDICARE, agents=(replace(lidocaine, onset=10, also=("lignocaine",)), *others[1:], PROCAINE))
    words = [difference_in_words(one) for one in differences(MEDICARE, changed)]
    assert words == [
        "lidocaine, onset: 15 minutes → 10 minutes",
        "lidocaine, also called: lignocaine; xylocaine → lignocaine",
        "mepivacaine: onset 15 min, hold 90 min, usual end 180 min, tail end 360 min → none",
        "procaine: none → onset 5 min, hold 30 min, usual end 60 min, tail end 120 min",
    ]


def test_another_title_or_date_is_a_difference_too() -> None:
    changed = replace(MEDICARE, title="Riverside", source_date=date(2026, 3, 2))
    assert [one.place for one in differences(MEDICARE, changed)] == ["title", "source_date"]


# --- asking for less --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped_names())
def test_no_set_that_ships_asks_for_less_than_those_that_ship(name: str) -> None:
    assert loosened(shipped(name)) == ()


@pytest.mark.parametrize(
    ("rules", "place", "value", "limit"),
    [
        (with_block(threshold=40, partial_threshold=40), "block.threshold", 40, 50),
        (with_block(analgesic_minutes=120), "block.analgesic_minutes", 120, 360),
        (with_block(in_a_row=1), "block.in_a_row", 1, 2),
        (replace(MEDICARE, late=replace(MEDICARE.late, later_minutes=90)), "late.later_minutes", 90, 60),
        (replace(MEDICARE, steroid=replace(MEDICARE.steroid, hole_days=30)), "steroid.hole_days", 30, 14),
        (replace(MEDICARE, steroid=replace(MEDICARE.steroid, asked=AskedDay(months=1))), "steroid.asked.months", 1, 3),
        (replace(EVICORE, repeat=replace(EVICORE.repeat, gap=Gap(months=1))), "repeat.gap.months", 1, 2),
        (replace(EVICORE, repeat=replace(EVICORE.repeat, gap=Gap(days=28))), "repeat.gap.days", 28, 56),
        (with_lidocaine(onset=5), "agents.lidocaine.onset", 5, 15),
        (with_lidocaine(usual_end=180), "agents.lidocaine.usual_end", 180, 120),
    ],
)
def test_a_number_that_asks_for_less_is_found(rules: RuleSet, place: str, value: int, limit: int) -> None:
    assert Loosening(place=place, value=value, shipped=limit) in loosened(rules)


def test_higher_caps_are_found_and_lower_ones_are_not() -> None:
    assert MEDICARE.repeat.sessions is not None
    caps = {
        most: loosened(
            replace(
                MEDICARE,
                repeat=replace(MEDICARE.repeat, sessions=SessionCap(most=most, of=MEDICARE.repeat.sessions.of)),
            )
        )
        for most in (3, 4, 6)
    }
    assert (caps[3], caps[4]) == ((), ())
    (found,) = caps[6]
    assert loosening_in_words(found) == (
        "Most sessions in 12 months: 6 sessions. No set that ships goes above 4 sessions."
    )


def test_asking_for_more_is_never_pointed_out() -> None:
    assert loosened(with_block(threshold=100, in_a_row=4, low_baseline=6, analgesic_minutes=720)) == ()


def test_an_agent_that_no_shipped_set_knows_is_pointed_out() -> None:
    (found,) = loosened(replace(MEDICARE, agents=(*MEDICARE.agents, PROCAINE)))
    assert (found.place, found.value, found.shipped) == ("agents.procaine", PROCAINE, None)
    assert "no set that ships knows it" in loosening_in_words(found)


def test_a_name_of_a_short_agent_on_a_long_one_is_pointed_out() -> None:
    lidocaine, mepivacaine, bupivacaine, ropivacaine = MEDICARE.agents
    swapped = replace(
        MEDICARE,
        agents=(
            replace(lidocaine, also=("lignocaine",)),
            mepivacaine,
            replace(bupivacaine, also=("marcaine", "xylocaine")),
            ropivacaine,
        ),
    )
    assert "agents.bupivacaine.usual_end" in [found.place for found in loosened(swapped)]


def test_a_set_whose_rules_leave_out_the_block_is_pointed_out_and_one_without_rules_is_not() -> None:
    repeat = replace(MEDICARE.repeat, therapeutic=(Rule.SESSIONS,), functional_response_counts=False)
    (found,) = loosened(replace(MEDICARE, repeat=repeat))
    assert (found.place, found.value) == ("repeat.therapeutic", (Rule.BLOCK, Rule.RESPONSE))
    assert "the last block of the side meets the rule" in loosening_in_words(found)


def test_a_set_whose_second_block_leaves_out_the_first_is_pointed_out() -> None:
    (found,) = loosened(replace(EVICORE, repeat=replace(EVICORE.repeat, diagnostic=(Rule.GAP,))))
    assert found == Loosening(place="repeat.diagnostic", value=(Rule.FIRST_BLOCK,), shipped=(Rule.FIRST_BLOCK,))


def test_limits_are_what_the_files_say() -> None:
    for place, direction in LOOSER.items():
        known = [value for name in shipped_names() if isinstance(value := value_at(shipped(name), place), int)]
        assert known, f"{place} is in no set that ships: {direction}"


# --- what is typed beside it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "Riverside", "a b", "../x", "a--b", "-a", "x" * 61, "trial-50", "ä"])
def test_a_name_that_is_no_short_name_or_ships_is_refused(name: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_own_name(name)
    assert refused.value.place == "name"


NO_SHORT_NAME = "name: Use small letters, digits and single hyphens, at most 60, such as riverside-75."
IT_SHIPS = "name: trial-50 ships with the diary and never changes. Choose a name of your own."


@pytest.mark.parametrize(("name", "words"), [("x" * 61, NO_SHORT_NAME), ("trial-50", IT_SHIPS)])
def test_who_types_a_name_that_is_refused_is_told_what_to_type(name: str, words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_own_name(name)
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (" \n", "why: Say why the set is made or changed. It is kept with this version."),
        ("x" * 1001, "why: Use at most 1000 characters."),
        ("a\0b", "why: Use at most 1000 characters."),
    ],
)
def test_a_reason_is_asked_for_and_kept_short(why: str, words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_reason(why)
    assert str(refused.value) == words


def test_a_name_of_60_and_a_reason_of_1000_characters_are_taken() -> None:
    assert check_own_name("x" * 60) == "x" * 60
    assert check_reason("x" * 1000) == "x" * 1000


@pytest.mark.parametrize(("version", "which"), [(None, "riverside"), (2, "riverside, version 2,")])
def test_a_set_that_cannot_be_read_is_told_with_its_version_and_what_to_do(version: int | None, which: str) -> None:
    refused = UnreadableRules("riverside", version=version, reason="no title")
    assert str(refused) == (
        f"The rule set {which} cannot be read (no title). Nothing is judged by another one in its place. "
        "Ask an admin of your clinic to choose a rule set that can be read."
    )
    assert refused.reason == "no title"


def test_a_short_name_and_a_reason_are_trimmed() -> None:
    assert check_own_name(" riverside-75 ") == "riverside-75"
    assert check_reason(" new policy\n") == "new policy"
    for nothing in ("", " \n", "x" * 1001, "a\0b"):
        with pytest.raises(InvalidValue):
            check_reason(nothing)
