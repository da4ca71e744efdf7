"""Who a patient is, and who looks like one that the clinic already has."""

from datetime import date

import pytest

from diary.domain.diary import Side
from diary.domain.errors import InvalidValue
from diary.domain.pain import HardThings, NamedPain, Spot
from diary.domain.patients import PatientDetails, birth_dates_like, initials, names_alike

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
    ("born", "words"),
    [(date(2026, 3, 3), "in the future"), (date(1899, 12, 31), "after 1899")],
)
def test_an_impossible_birth_date_is_refused_with_what_to_do(born: date, words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        PatientDetails.of(name="Ana Cruz", born=born, time_zone="America/New_York", today=TODAY)


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
    with pytest.raises(InvalidValue, match="other side"):
        NamedPain(side=Side.LEFT, spot=Spot.RIGHT_JOINT)
    assert NamedPain(side=Side.BOTH, spot=Spot.RIGHT_JOINT).spot is Spot.RIGHT_JOINT
    assert NamedPain(side=Side.LEFT, spot=Spot.TAILBONE).spot is Spot.TAILBONE


def test_activities_are_at_most_five_and_each_is_named_once() -> None:
    with pytest.raises(InvalidValue, match="more than 5"):
        HardThings(activities=("a", "b", "c", "d", "e", "f"))
    with pytest.raises(InvalidValue, match="twice"):
        HardThings(activities=("Stairs", "stairs"))
