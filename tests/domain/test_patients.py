"""Who a patient is, and who looks like one that the clinic already has."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from diary.domain.diary import Side
from diary.domain.errors import InvalidValue
from diary.domain.pain import HardThings, NamedPain, Spot, lines, one_line
from diary.domain.patients import NextVisit, PatientDetails, birth_dates_like, initials, names_alike

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Cruz", "ana cruz"),
        ("Ana Cruz", "Cruz, Ana".replace(",", "")),
        ("Ana Cruz", "Ana María Cruz"),
        ("Zoë Müller", "Zoe Muller"),
        ("Ana Cruz", "Ana Crux"),
        ("Sean O'Neill", "Sean ONeill"),
        ("Ana Cruz-Diaz", "Diaz Ana Cruz"),
        ("Cruz-Ana", "Ana Cruz"),
        ("Jan 't Hooft", "Jan T Hooft"),
        ("D'Oz", "Doz"),
        ("Ann", "Anna"),
        ("abcd efghi", "abxd efxhi"),  # 8 of 10 signs in the same order: 0.8 itself
    ],
)
def test_names_of_one_person_are_alike(one: str, other: str) -> None:
    assert names_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ana Cruz", "Ben Okafor"), ("Ana Cruz", ""), ("Ana Cruz", "Ana Lindqvist")]
)
def test_names_of_two_people_are_not_alike(one: str, other: str) -> None:
    assert not names_alike(one, other)


def test_a_birth_date_is_also_looked_for_with_day_and_month_swapped() -> None:
    assert birth_dates_like(date(1960, 4, 9)) == (date(1960, 4, 9), date(1960, 9, 4))
    assert birth_dates_like(date(1960, 4, 29)) == (date(1960, 4, 29),)
    assert birth_dates_like(date(1960, 4, 4)) == (date(1960, 4, 4),)


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"born": date(2026, 3, 3)}, "born", "The birth date is in the future. Check the year."),
        ({"born": date(1899, 12, 31)}, "born", "Enter a birth date after 1899. Check the year."),
        ({"number": "x" * 61}, "number", "Use at most 60 characters."),
        ({"number": "a\0b"}, "number", "Use at most 60 characters."),
        ({"name": " "}, "name", "Enter the name."),
        ({"telephone": "none"}, "telephone", "Enter a telephone number, such as +1 312 555 0100."),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(changes: dict[str, object], place: str, words: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        details(**changes)
    assert (refused.value.place, refused.value.reason) == (place, words)


def details(**changes: Any) -> PatientDetails:
    return PatientDetails.of(
        **{
            "name": "Ana Cruz",
            "born": date(1960, 4, 9),
            "time_zone": "America/New_York",
            "today": TODAY,
            **changes,
        }
    )


def test_details_hold_what_was_typed() -> None:
    found = details(born=date(1900, 1, 1), number="x" * 60, telephone="+1 212 555 0100", language="es")
    assert found.as_columns() == {
        "name": "Ana Cruz",
        "born": date(1900, 1, 1),
        "time_zone": "America/New_York",
        "number": "x" * 60,
        "telephone": "+1 212 555 0100",
        "language": "es",
    }
    assert details().language == "en"


def test_a_visit_needs_a_time_zone_and_a_name_of_at_most_200_characters() -> None:
    at = datetime.fromisoformat("2026-03-16T09:00:00-04:00")
    assert NextVisit(at=at).doctor is None
    assert NextVisit(at=at, doctor="x" * 200).at == at
    for changes, place, words in (
        ({"at": at.replace(tzinfo=None)}, "at", "The visit needs its time zone."),
        ({"doctor": "x" * 201}, "doctor", "Use at most 200 characters."),
    ):
        with pytest.raises(InvalidValue) as refused:
            replace(NextVisit(at=at), **changes)
        assert (refused.value.place, refused.value.reason) == (place, words)


def test_what_was_typed_is_trimmed() -> None:
    details = PatientDetails.of(
        name="  Ana   Cruz ", born=TODAY, time_zone=" America/New_York ", today=TODAY, number=" ", telephone=" "
    )
    assert (details.name, details.time_zone, details.number, details.telephone) == (
        "Ana Cruz",
        "America/New_York",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("name", "short"), [("Ana Cruz", "A.C."), ("Ana María de la Cruz", "A.C."), ("Ana", "A."), ("", "")]
)
def test_initials_are_the_first_and_the_last(name: str, short: str) -> None:
    assert initials(name) == short


def test_a_spot_on_the_other_side_is_refused() -> None:
    for side, spot in ((Side.LEFT, Spot.RIGHT_JOINT), (Side.RIGHT, Spot.LEFT_THIGH)):
        with pytest.raises(InvalidValue) as refused:
            NamedPain(side=side, spot=spot)
        assert (refused.value.place, refused.value.reason) == (
            "spot",
            "The spot is on the other side. Choose the side and the spot again.",
        )
    assert NamedPain(side=Side.BOTH, spot=Spot.RIGHT_JOINT).spot is Spot.RIGHT_JOINT
    assert NamedPain(side=Side.LEFT, spot=Spot.TAILBONE).spot is Spot.TAILBONE


def test_activities_are_at_most_five_and_each_is_named_once() -> None:
    with pytest.raises(InvalidValue, match="more than 5"):
        HardThings(activities=("a", "b", "c", "d", "e", "f"))
    with pytest.raises(InvalidValue) as refused:
        HardThings(activities=("Stairs", "stairs"))
    assert (refused.value.place, refused.value.reason) == (
        "activities",
        "You named one activity twice. Name each once.",
    )
    assert HardThings(activities=("Stairs", "Driving")).activities == ("Stairs", "Driving")


def test_what_was_typed_is_one_line_or_nothing() -> None:
    assert one_line("  low on \n the right ") == "low on the right"
    assert [one_line(text) for text in ("", "  ", None)] == [None] * 3
    assert lines(["  Stairs ", "", None, "Turning  in bed"]) == ("Stairs", "Turning in bed")
