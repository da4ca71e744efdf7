"""What a record refuses for its length or its range; the limits are those of the diary file's schema."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any
from uuid import uuid4

import pytest

from diary.domain.diary import (
    Anaesthetic,
    BloodPressure,
    Glucose,
    GlucoseUnit,
    Patient,
    Purpose,
    Reaction,
    ReactionKind,
    Side,
    Steroid,
    SteroidElsewhere,
)
from diary.domain.errors import DatabaseBusy, InvalidValue, TooManyTries
from diary.domain.limits import AtMost, Longest, Within, limits_of
from diary.domain.pain import HardThings, NamedPain
from diary.domain.planning import PlannedInjection
from tests.factories import NOON, a_day, a_medicine, an_injection

MEDICINE = a_medicine("2026-03-02T10:30:00-05:00")


# --- one limit --------------------------------------------------------------------------------------------------------


def test_a_text_may_have_its_most_characters_and_not_one_more() -> None:
    assert Longest(3).fault("abc") is None
    assert Longest(3).fault("abcd") == "4 characters are more than 3"
    assert Longest(3).fault("a\0") == "holds a NUL character, which cannot be stored"
    for half in ("\ud800", "\udfff"):
        assert Longest(3).fault(half) == "holds half a character, which cannot be stored"
    assert Longest(3).fault("é\ud7ff\ue000") is None


def test_a_quantity_lies_between_two_ends_that_count() -> None:
    within = Within(least=1, most=5)
    assert [within.fault(quantity) for quantity in (1, 5)] == [None, None]
    assert within.fault(0) == "0 is not between 1 and 5"
    assert within.fault(5.5) == "5.5 is not between 1 and 5"
    assert Within(least=0, most=10).fault(0) is None


def test_a_quantity_above_an_end_that_does_not_count() -> None:
    within = Within(above=2, most=5)
    assert [within.fault(quantity) for quantity in (2.25, 5)] == [None, None]
    assert within.fault(2) == "2 is not above 2 and at most 5"
    assert within.fault(6) == "6 is not above 2 and at most 5"
    assert Within(most=5).fault(0) == "0 is not above 0 and at most 5"


def test_a_huge_quantity_is_not_written_out() -> None:
    assert Within(least=0, most=5).fault(10**15) == "a huge number is not between 0 and 5"
    assert Within(least=0, most=5).fault(-(10**15)) == "a huge number is not between 0 and 5"
    assert Within(least=0, most=5).fault(10**15 - 1) == "999999999999999 is not between 0 and 5"


def test_a_list_may_have_its_most_items_and_not_one_more() -> None:
    assert AtMost(2).fault(("a", "b")) is None
    assert AtMost(2).fault(("a", "b", "c")) == "3 are more than 2"


# --- where limits stand -----------------------------------------------------------------------------------------------


class Described:
    """One field for each place in which a limit may stand."""

    plain: Annotated[str, Longest(1)]
    twice: Annotated[Annotated[str, Longest(2)], Longest(3)]
    optional: Annotated[str, Longest(4)] | None
    inside_and_out: Annotated[Annotated[str, Longest(9)] | None, Longest(10)]
    listed: tuple[Annotated[str, Longest(5)], ...]
    listed_at_most: Annotated[tuple[Annotated[str, Longest(6)], ...], AtMost(7)]
    listed_or_not: tuple[Annotated[str, Longest(8)], ...] | None
    free: str


def test_limits_are_found_wherever_they_stand() -> None:
    assert limits_of(Described) == (
        ("plain", (Longest(1),), ()),
        ("twice", (Longest(2), Longest(3)), ()),
        ("optional", (Longest(4),), ()),
        ("inside_and_out", (Longest(9), Longest(10)), ()),
        ("listed", (), (Longest(5),)),
        ("listed_at_most", (AtMost(7),), (Longest(6),)),
        ("listed_or_not", (), (Longest(8),)),
    )


# --- every record checks its own --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "changes", "words"),
    [
        (Patient, {"time_zone": "UTC", "number": "x" * 61}, "number: 61 characters are more than 60"),
        (Anaesthetic, {"agent": "x" * 61}, "agent: 61 characters are more than 60"),
        (Anaesthetic, {"agent": "lidocaine", "ml": 0}, "ml: 0 is not above 0 and at most 100"),
        (Steroid, {"agent": "x" * 61}, "agent: 61 characters are more than 60"),
        (Steroid, {"agent": "triamcinolone", "mg": 1001}, "mg: 1001 is not above 0 and at most 1000"),
        (
            Reaction,
            {"at": NOON, "kind": ReactionKind.FAINT, "note": "x" * 1001},
            "note: 1001 characters are more than 1000",
        ),
        (BloodPressure, {"systolic": 39, "diastolic": 80}, "systolic: 39 is not between 40 and 300"),
        (BloodPressure, {"systolic": 301, "diastolic": 80}, "systolic: 301 is not between 40 and 300"),
        (BloodPressure, {"systolic": 120, "diastolic": 19}, "diastolic: 19 is not between 20 and 200"),
        (BloodPressure, {"systolic": 120, "diastolic": 201}, "diastolic: 201 is not between 20 and 200"),
        (
            Glucose,
            {"value": 2001, "unit": GlucoseUnit.MG_DL},
            "value: 2001 is not above 0 and at most 2000",
        ),
        (
            SteroidElsewhere,
            {"on": NOON.date(), "agent": "triamcinolone", "where": "x" * 121},
            "where: 121 characters are more than 120",
        ),
        (NamedPain, {"words": "x" * 201}, "words: 201 characters are more than 200"),
        (HardThings, {"movement": "x" * 101}, "movement: 101 characters are more than 100"),
        (
            PlannedInjection,
            {"id": uuid4(), "side": Side.LEFT, "purpose": Purpose.DIAGNOSTIC, "guidance": "x" * 41},
            "guidance: 41 characters are more than 40",
        ),
    ],
)
def test_a_record_refuses_what_is_beyond_its_limits(make: Any, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        make(**changes)
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("record", "changes", "words"),
    [
        (an_injection(), {"guidance": "x" * 41}, "guidance: 41 characters are more than 40"),
        (an_injection(), {"activities": ("x", "x" * 101)}, "activities[1]: 101 characters are more than 100"),
        (an_injection(), {"activities": ("x",) * 6}, "activities: 6 are more than 5"),
        (a_day("2026-03-02"), {"side_effects": ("x" * 61,)}, "side_effects[0]: 61 characters are more than 60"),
        (MEDICINE, {"name": "x" * 121}, "name: 121 characters are more than 120"),
        (MEDICINE, {"dose": "x" * 61}, "dose: 61 characters are more than 60"),
    ],
)
def test_a_changed_record_refuses_it_too(record: Any, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        replace(record, **changes)
    assert str(refused.value) == words


# --- the errors themselves --------------------------------------------------------------------------------------------


def test_an_error_says_its_place_before_its_reason_and_grows_outwards() -> None:
    inner = InvalidValue("rest", "11 is not between 0 and 10")
    assert str(inner) == "rest: 11 is not between 0 and 10"
    assert str(inner.within("scores").within("[3]").within("entries")) == (
        "entries[3].scores.rest: 11 is not between 0 and 10"
    )
    assert str(InvalidValue("", "Choose a number.")) == "Choose a number."
    assert InvalidValue("", "Choose a number.").within("scores").place == "scores"


def test_what_is_busy_says_why_and_what_was_tried_too_often_how_long_to_wait() -> None:
    assert str(DatabaseBusy("it is locked")) == "The database cannot be used just now: it is locked."
    tried = TooManyTries("Wait a minute.", wait=timedelta(minutes=1))
    assert (str(tried), tried.wait) == ("Wait a minute.", timedelta(minutes=1))
