"""A plan and the injection that it becomes."""

from dataclasses import fields
from datetime import datetime
from typing import get_type_hints
from uuid import uuid4

import pytest

from diary.domain.diary import BloodPressure, Entry, Injection, Kind, Purpose, Scores, Side, Source
from diary.domain.errors import InvalidValue
from diary.domain.form import read, write
from diary.domain.planning import SHARED_FIELDS, PlannedInjection, before_entry, carried_out, check_ready

DONE = datetime.fromisoformat("2026-03-02T10:30:00-05:00")
ONLY_AFTERWARDS = {"id", "performed_at", "recorded_at", "revises", "withdrawn", "recorded_by", "discharge", "reactions"}


def a_plan(**changes: object) -> PlannedInjection:
    values: dict[str, object] = {"id": uuid4(), "side": Side.LEFT, "purpose": Purpose.DIAGNOSTIC}
    return PlannedInjection(**{**values, **changes})  # type: ignore[arg-type]  # checked by the dataclass


def test_a_plan_can_hold_every_fact_that_is_known_before_an_injection() -> None:
    assert {field.name for field in fields(Injection)} - set(SHARED_FIELDS) == ONLY_AFTERWARDS


def test_what_a_plan_shares_with_an_injection_has_the_same_types_and_limits() -> None:
    planned, done = (get_type_hints(record, include_extras=True) for record in (PlannedInjection, Injection))
    assert {name: planned[name] for name in SHARED_FIELDS} == {name: done[name] for name in SHARED_FIELDS}


def test_a_plan_survives_its_plain_form() -> None:
    plan = a_plan(baseline=Scores(movement=8), blood_pressure=BloodPressure(systolic=138, diastolic=84))
    assert read(PlannedInjection, write(plan)) == plan


def test_a_plan_becomes_the_injection_under_the_same_id() -> None:
    plan = a_plan(baseline=Scores(movement=8), operator="Dr Chen")
    injection = carried_out(plan, performed_at=DONE, recorded_at=DONE, recorded_by="Noor")
    assert (injection.id, injection.baseline, injection.operator) == (plan.id, Scores(movement=8), "Dr Chen")
    assert (injection.performed_at, injection.recorded_at, injection.recorded_by) == (DONE, DONE, "Noor")


def test_a_plan_without_a_before_score_is_not_ready() -> None:
    with pytest.raises(InvalidValue) as refused:
        check_ready(a_plan(baseline=Scores(average=7)))
    assert str(refused.value) == "Record the pain before the injection, at rest or on movement, before you start."
    assert refused.value.place == ""
    check_ready(a_plan(baseline=Scores(rest=7)))
    check_ready(a_plan(baseline=Scores(movement=7)))


def test_before_scores_cannot_be_later_than_the_injection() -> None:
    plan = a_plan(baseline_at=datetime.fromisoformat("2026-03-02T10:31:00-05:00"))
    with pytest.raises(InvalidValue) as refused:
        carried_out(plan, performed_at=DONE, recorded_at=DONE, recorded_by=None)
    assert str(refused.value) == "The before scores are later than this injection. Check the time of both."
    assert refused.value.place == ""
    at_once = a_plan(baseline_at=DONE)
    assert carried_out(at_once, performed_at=DONE, recorded_at=DONE, recorded_by=None).baseline_at == DONE


def test_yes_to_extra_medicine_is_not_written_down_as_one_more_medicine() -> None:
    plan = a_plan(rescue_taken=True, baseline_by="Noor", baseline_at=DONE)
    entry = before_entry(plan, id_=uuid4(), performed_at=DONE, recorded_at=DONE, source=Source.NURSE)
    assert entry is not None
    assert (entry.analgesic, entry.recorded_by) == (None, "Noor")


def test_what_an_injection_has_no_place_for_is_kept_as_a_moment_before_it() -> None:
    pressure = BloodPressure(systolic=138, diastolic=84)
    before, later = datetime.fromisoformat("2026-03-02T10:05:00-05:00"), DONE
    plan = a_plan(rescue_taken=False, blood_pressure=pressure, baseline_by="Noor", baseline_at=before)
    id_ = uuid4()
    assert before_entry(plan, id_=id_, performed_at=DONE, recorded_at=later, source=Source.NURSE) == Entry(
        id=id_,
        kind=Kind.MOMENT,
        at=before,
        recorded_at=later,
        scores=Scores(),
        analgesic=False,
        blood_pressure=pressure,
        recorded_by="Noor",
        source=Source.NURSE,
    )


@pytest.mark.parametrize(
    "asked",
    [
        {"rescue_taken": False},
        {"blood_pressure": BloodPressure(systolic=138, diastolic=84)},
        {"baseline_by": "Noor"},
    ],
    ids=["no extra medicine", "blood pressure", "who asked"],
)
def test_each_of_them_alone_makes_an_entry_and_without_a_time_of_its_own_it_is_that_of_the_injection(
    asked: dict[str, object],
) -> None:
    entry = before_entry(a_plan(**asked), id_=uuid4(), performed_at=DONE, recorded_at=DONE, source=Source.NURSE)
    assert entry is not None
    assert entry.at == DONE


def test_nothing_asked_makes_no_entry() -> None:
    assert before_entry(a_plan(), id_=uuid4(), performed_at=DONE, recorded_at=DONE, source=Source.NURSE) is None
