"""The half hour in the room, over the services: what the nurse taps is what the doctor sees, at the same minute."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from diary.charts.picture import PanelKey
from diary.domain.access import Role
from diary.domain.diary import Anaesthetic, BloodPressure, Preparation, Purpose, Scores, Side
from diary.domain.planning import PlannedInjection
from diary.services.injections import carry_out, plan_injection
from diary.services.monitoring import save_score, watch_injection
from diary.services.profiles import show_profile
from tests.factories import a_clinic, a_patient, staff_of

TEN = datetime.fromisoformat("2026-03-02T10:00:00-05:00")
SECONDS = timedelta(seconds=1)


@pytest.mark.parametrize("before_at", [TEN, None], ids=["before scores in the same minute", "before scores untimed"])
def test_a_score_in_the_first_minute_is_at_0_min_in_the_room_and_on_the_doctors_page(
    app: Flask,  # noqa: ARG001 — gives the database
    before_at: datetime | None,
) -> None:
    """The time of the before scores is typed, so it is a whole minute; the others bear their seconds."""
    clinic_row = a_clinic()
    ana, noor = a_patient(clinic_row), staff_of(clinic_row.id, Role.NURSE)
    plan = PlannedInjection(
        id=uuid4(),
        side=Side.RIGHT,
        purpose=Purpose.DIAGNOSTIC,
        anaesthetic=(Anaesthetic(agent="lidocaine", percent=2, ml=1.5),),
        preparation=Preparation(driver=True),
        blood_pressure=BloodPressure(systolic=130, diastolic=80),
        rescue_taken=False,
        baseline=Scores(movement=8),
        baseline_at=before_at,
        baseline_by="Noor Haddad",
    )
    plan_injection(noor, ana.id, plan, now=TEN)
    done, tapped = TEN + 20 * SECONDS, TEN + 50 * SECONDS
    carry_out(noor, plan.id, after=1, performed_at=done, reason="", now=done)
    save_score(noor, plan.id, entry_id=uuid4(), scores=Scores(movement=3), state=None, now=tapped)

    (reading,) = watch_injection(noor, plan.id, now=tapped).watch.readings
    profile = show_profile(noor, ana.id, now=tapped).profile

    assert reading.minute == 0
    assert profile is not None
    (moment,) = [row for row in profile.table if row.pain_now is not None]
    assert moment.when == "0 min after (10:00)"
    assert moment.pain_now == 3
    clinic = profile.panel(PanelKey.CLINIC)
    assert clinic is not None
    (pain,) = clinic.series
    assert [point.x for point in pain.points] == [0, 0]
    assert [point.score for point in pain.points] == [8, 3]
