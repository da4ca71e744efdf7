"""What tests of the printed diary share: Ana with an injection behind her, and a sheet printed on its day."""

from datetime import datetime
from uuid import UUID

from diary.domain.access import Actor, Role
from diary.domain.diary import Anaesthetic, Diary, Injection, Purpose, Scores, Side, Steroid
from diary.services.paper import print_sheet
from diary.store.diaries import load_diary
from diary.store.patients import PatientRow
from diary.store.work import writing
from tests.factories import OPERATOR, a_diary, an_injection, keep

# Monday 2 March 2026, 10.30am in New York; the fortnight ends on 16 March, and the clocks go forward on the 8th.
INJECTED = "2026-03-02T10:30:00-05:00"
PRINTED = datetime.fromisoformat("2026-03-02T11:30:00-05:00")
VISIT = datetime.fromisoformat("2026-03-24T09:00:00-04:00")
ACTIVITIES = ("Getting out of the car", "Stairs")


def ana_s_injection(**changes: object) -> Injection:
    """Right side, lidocaine and a steroid, start scores 8 on movement and 7 on average."""
    values: dict[str, object] = {
        "side": Side.RIGHT,
        "purpose": Purpose.DIAGNOSTIC,
        "anaesthetic": (Anaesthetic(agent="lidocaine", percent=2, ml=1.5),),
        "steroid": Steroid(agent="triamcinolone", mg=40),
        "baseline": Scores(movement=8, average=7, moving=7, activities=(8, 7)),
        "activities": ACTIVITIES,
    }
    return an_injection(INJECTED, **{**values, **changes})


def noor_of(patient: PatientRow) -> Actor:
    """The clinic's nurse, by name."""
    return Actor(role=Role.NURSE, id="noor", clinic_id=patient.clinic_id, name="Noor")


def a_sheet(patient: PatientRow, *, now: datetime = PRINTED) -> UUID:
    """A sheet printed for the patient at this instant."""
    return print_sheet(noor_of(patient), patient.id, now=now)


def inject(patient: PatientRow, **changes: object) -> Injection:
    """Record Ana's injection."""
    injection = ana_s_injection(**changes)
    keep(patient, a_diary(injection))
    return injection


def diary_now(patient: PatientRow) -> Diary:
    """All that is recorded."""
    with writing(OPERATOR, now=VISIT) as work:
        return load_diary(work, patient)
