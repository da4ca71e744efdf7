"""A plan and the injection that it becomes."""

from dataclasses import fields
from datetime import datetime
from typing import get_type_hints
from uuid import uuid4

import pytest

from diary.domain.diary import BloodPressure, Injection, Purpose, Scores, Side, Source
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


def test_a_plan_without_a_before_score_is_not_ready() -> None:
    with pytest.raises(InvalidValue, match="Record the pain before the injection"):
        check_ready(a_plan(baseline=Scores(average=7)))


def test_before_scores_cannot_be_later_than_the_injection() -> None:
    plan = a_plan(baseline_at=datetime.fromisoformat("2026-03-02T10:31:00-05:00"))
    with pytest.raises(InvalidValue, match="later than this injection"):
        carried_out(plan, performed_at=DONE, recorded_at=DONE, recorded_by=None)


def test_yes_to_extra_medicine_is_not_written_down_as_one_more_medicine() -> None:
    plan = a_plan(rescue_taken=True, baseline_by="Noor", baseline_at=DONE)
    entry = before_entry(plan, id_=uuid4(), performed_at=DONE, recorded_at=DONE, source=Source.NURSE)
    assert entry is not None
    assert (entry.analgesic, entry.recorded_by) == (None, "Noor")


def test_nothing_asked_makes_no_entry() -> None:
    assert before_entry(a_plan(), id_=uuid4(), performed_at=DONE, recorded_at=DONE, source=Source.NURSE) is None
