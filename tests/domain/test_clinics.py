"""What a clinic, a person and an address may be called."""

from typing import Any

import pytest

from diary.domain.clinics import (
    ClinicDetails,
    check_email,
    check_person_name,
    check_rule_set,
    check_telephone,
    check_time_zone,
)
from diary.domain.errors import InvalidValue
from diary.domain.rulesets import shipped_names


def details(**changes: Any) -> ClinicDetails:
    return ClinicDetails.of(**{"name": "Riverside", "country": "US", "time_zone": "America/New_York", **changes})


def test_what_was_typed_is_trimmed_and_what_was_left_out_is_nothing() -> None:
    found = details(name="  Riverside \t Pain  Clinic ", country=" us ", time_zone=" Asia/Kathmandu ", telephone=" ")
    assert found.as_columns() == {
        "name": "Riverside Pain Clinic",
        "country": "US",
        "time_zone": "Asia/Kathmandu",
        "telephone": None,
        "opening_hours": None,
    }
    whole = details(telephone=" +1 212 555 0100 ", opening_hours=" Monday  to Friday ")
    assert (whole.telephone, whole.opening_hours) == ("+1 212 555 0100", "Monday to Friday")


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"name": "  "}, "name", "Enter the clinic's name."),
        ({"name": "x" * 201}, "name", "Use at most 200 characters."),
        ({"name": "a\0b"}, "name", "Use at most 200 characters."),
        ({"opening_hours": "x" * 201}, "opening_hours", "Use at most 200 characters."),
        ({"country": "USA"}, "country", "Enter the two letters of the country, such as US."),
        ({"country": "1A"}, "country", "Enter the two letters of the country, such as US."),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "Choose a time zone, such as America/Chicago."),
        ({"time_zone": "../etc"}, "time_zone", "Choose a time zone, such as America/Chicago."),
        ({"time_zone": "America"}, "time_zone", "Choose a time zone, such as America/Chicago."),
        ({"telephone": "call me"}, "telephone", "Enter a telephone number, such as +1 312 555 0100."),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(changes: dict[str, str], place: str, words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        details(**changes)
    assert (refused.value.place, refused.value.reason) == (place, words)


def test_a_name_may_have_200_characters() -> None:
    assert details(name="x" * 200).name == "x" * 200
    assert check_person_name(" Ana  Cruz ") == "Ana Cruz"
    with pytest.raises(InvalidValue) as refused:
        check_person_name(" ")
    assert (refused.value.place, refused.value.reason) == ("name", "Enter the name.")


@pytest.mark.parametrize("typed", ["+1 (312) 555-0100", "0115 496 0999", "555/0100 x12", "112", "1.2.3"])
def test_a_telephone_number_is_taken_as_people_write_it(typed: str) -> None:
    assert check_telephone(typed) == typed


@pytest.mark.parametrize("typed", ["12", "++1 312 555", "312 555 0100 ext 5", "1" * 31, "555 0100 x"])
def test_what_cannot_be_dialled_is_refused(typed: str) -> None:
    with pytest.raises(InvalidValue):
        check_telephone(typed)


def test_a_telephone_number_may_have_30_characters_and_there_may_be_none() -> None:
    assert check_telephone("1" * 30) == "1" * 30
    assert check_telephone(None) is None


def test_an_address_is_trimmed_and_in_lower_case() -> None:
    assert check_email("  Ana.Cruz@Example.ORG ") == "ana.cruz@example.org"
    assert check_email("a" * 242 + "@example.org") == "a" * 242 + "@example.org"  # 254 characters


@pytest.mark.parametrize(
    "typed", ["", "ana", "ana@", "@example.org", "ana@example", "ana cruz@example.org", "a" * 243 + "@example.org"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_email(typed)
    assert (refused.value.place, refused.value.reason) == (
        "email",
        "Enter an e-mail address, such as name@example.org.",
    )


def test_a_time_zone_is_known_by_its_name() -> None:
    assert check_time_zone(" America/Chicago ") == "America/Chicago"


def test_a_rule_set_that_does_not_ship_is_refused_with_those_that_do() -> None:
    with pytest.raises(InvalidValue) as refused:
        check_rule_set("our-own")
    assert refused.value.place == "rule_set"
    assert refused.value.reason == "Choose one of us-medicare-sij, evicore-cmm-203, norfolk-icb, trial-50."


def test_every_rule_set_that_ships_can_be_chosen() -> None:
    assert [check_rule_set(name) for name in shipped_names()] == list(shipped_names())
