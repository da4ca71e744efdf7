"""What a diary refuses, so that one which exists is sound."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from diary.domain.diary import Diary, Entry, Instrument, Kind, Patient, Scores
from diary.domain.errors import InvalidValue
from tests.factories import a_day, a_diary, a_medicine, a_moment, an_injection

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


def refusal_of(*records: Any) -> str:
    with pytest.raises(InvalidValue) as refused:
        a_diary(*records)
    return str(refused.value)


def test_two_entries_with_one_id_are_refused() -> None:
    assert refusal_of(a_day("2026-03-03", id=ONE), a_day("2026-03-04", id=ONE)) == (
        f"entries[1].id: {ONE} stands twice in the file"
    )


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("injections", an_injection),
        ("medicines", lambda **changes: a_medicine("2026-03-02T15:00:00-05:00", **changes)),
        ("entries", lambda **changes: a_day("2026-03-03", **changes)),
    ],
)
def test_a_correction_names_one_of_its_own_kind_and_makes_no_circle(kind: str, make: Any) -> None:
    others = [an_injection(id=TWO), a_medicine("2026-03-02T15:00:00-05:00", id=TWO), a_day("2026-03-03", id=TWO)]
    others = [other for other in others if type(other) is not type(make(id=ONE))]
    assert refusal_of(*others, make(id=ONE, revises=TWO)) == f"{kind}[0].revises: {TWO} is not among the {kind}"
    assert refusal_of(make(id=ONE, revises=ONE)) == f"{kind}[0].revises: makes a circle"
    circle = (make(id=ONE, revises=THREE), make(id=TWO, revises=ONE), make(id=THREE, revises=TWO))
    assert refusal_of(*circle) == f"{kind}[0].revises: makes a circle"
    assert refusal_of(make(id=ONE), make(id=TWO, revises=THREE), make(id=THREE, revises=uuid4())).startswith(
        f"{kind}[2].revises: "
    )
    a_diary(make(id=TWO, revises=ONE), make(id=ONE))  # a correction may stand before what it corrects


def test_a_correction_of_a_correction_that_is_missing_is_refused_where_it_hangs_in_the_air() -> None:
    lost = uuid4()
    assert refusal_of(a_day("2026-03-03", id=ONE, revises=TWO), a_day("2026-03-03", id=TWO, revises=lost)) == (
        f"entries[1].revises: {lost} is not among the entries"
    )


def test_a_correction_keeps_the_kind_and_the_day_of_its_original() -> None:
    original = a_day("2026-03-03", id=ONE)
    assert refusal_of(original, a_day("2026-03-04", id=TWO, revises=ONE)).startswith("entries[1].day: a correction")
    assert refusal_of(original, a_moment("2026-03-03T10:00:00-05:00", id=TWO, revises=ONE)).startswith(
        "entries[1].kind"
    )


def test_a_correction_keeps_the_instant_of_its_original() -> None:
    original = a_moment("2026-03-03T10:00:00-05:00", id=ONE)
    moved = a_moment("2026-03-03T10:00:01-05:00", id=TWO, revises=ONE)
    assert refusal_of(original, moved).startswith("entries[1].at: a correction keeps the at of the entry")
    a_diary(original, a_moment("2026-03-03T15:00:00+00:00", id=TWO, revises=ONE))  # the same instant, told elsewhere


def test_a_moment_recorded_before_it_was_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"^recorded_at: is before the moment"):
        a_moment("2026-03-03T10:00:00-05:00", recorded_at="2026-03-03T09:59:59-05:00")
    a_moment("2026-03-03T10:00:00-05:00", recorded_at="2026-03-03T15:00:00+00:00")


def test_a_day_may_be_recorded_before_it_was_and_is_left_out_later() -> None:
    assert a_day("2026-03-03", recorded_at="2026-03-02T19:00:00-05:00").local_day == date(2026, 3, 3)


def test_an_entry_needs_the_time_of_its_kind() -> None:
    for kind, place in ((Kind.MOMENT, "at"), (Kind.DAILY, "day")):
        with pytest.raises(InvalidValue, match=rf"^{place}: "):
            Entry(id=ONE, kind=kind, recorded_at=datetime(2026, 3, 3, tzinfo=UTC), scores=Scores())


@pytest.mark.parametrize("score", [-1, 11])
@pytest.mark.parametrize("instrument", ["rest", "movement", "average", "worst", "soreness", "moving"])
def test_a_score_is_from_0_to_10(instrument: str, score: int) -> None:
    given: dict[str, Any] = {instrument: score}
    with pytest.raises(InvalidValue, match=rf"^{instrument}: {score} is not between 0 and 10$"):
        Scores(**given)
    given = {instrument: 0}
    assert Scores(**given).given() == {Instrument(instrument): 0}


def test_an_activity_is_scored_from_0_to_10_too_and_there_are_at_most_five() -> None:
    with pytest.raises(InvalidValue, match=r"^activities\[1\]: 11 is not between 0 and 10$"):
        Scores(activities=(0, 11))
    with pytest.raises(InvalidValue, match=r"^activities: 6 are more than 5$"):
        Scores(activities=(1,) * 6)


def test_a_dose_of_nothing_is_no_dose() -> None:
    with pytest.raises(InvalidValue, match=r"^contrast_ml: 100.5 is not between 0 and 100$"):
        replace(an_injection(), contrast_ml=100.5)
    assert replace(an_injection(), contrast_ml=0).contrast_ml == 0


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "America", "../../../etc/passwd", "/etc/localtime", "a\u00e9"])
def test_a_patient_lives_in_a_time_zone_that_there_is(zone: str) -> None:
    with pytest.raises(InvalidValue, match=r"^time_zone: "):
        Patient(time_zone=zone)


def test_a_diary_of_nobody_yet_is_a_diary() -> None:
    diary = Diary(patient=Patient(time_zone="Asia/Kathmandu"), injections=())
    assert (diary.entries, diary.medicines, diary.steroids_elsewhere) == ((), (), ())
