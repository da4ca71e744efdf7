"""Plain makers of what tests need, with visible defaults: the fixed cast and their diaries."""

from datetime import date, datetime
from uuid import UUID, uuid4

from diary.domain.access import Actor, Role
from diary.domain.diary import Diary, Entry, Injection, Kind, Medicine, Patient, Purpose, Scores, Side, Source
from diary.store.clinics import Clinic
from diary.store.diaries import add_entries, add_injections, add_medicines
from diary.store.patients import PatientRow
from diary.store.work import writing

NOON = datetime.fromisoformat("2026-03-02T12:00:00-05:00")
OPERATOR = Actor(role=Role.OPERATOR, id="tests", clinic_id=None)


def an_injection(performed_at: str = "2026-03-02T10:30:00-05:00", **changes: object) -> Injection:
    """Ana's first: right, diagnostic."""
    values: dict[str, object] = {
        "id": uuid4(),
        "performed_at": datetime.fromisoformat(performed_at),
        "side": Side.RIGHT,
        "purpose": Purpose.DIAGNOSTIC,
    }
    return Injection(**{**values, **changes})  # type: ignore[arg-type]  # the fields are checked by the dataclass


def a_moment(at: str, *, recorded_at: str | None = None, **changes: object) -> Entry:
    """A moment entry with pain 4 on movement, recorded at once."""
    values: dict[str, object] = {
        "id": uuid4(),
        "kind": Kind.MOMENT,
        "at": datetime.fromisoformat(at),
        "recorded_at": datetime.fromisoformat(recorded_at or at),
        "scores": Scores(movement=4),
        "source": Source.PATIENT,
    }
    return Entry(**{**values, **changes})  # type: ignore[arg-type]  # the fields are checked by the dataclass


def a_day(day: str, *, recorded_at: str | None = None, **changes: object) -> Entry:
    """A daily entry with average pain 4, recorded that evening in New York's winter."""
    values: dict[str, object] = {
        "id": uuid4(),
        "kind": Kind.DAILY,
        "day": date.fromisoformat(day),
        "recorded_at": datetime.fromisoformat(recorded_at or f"{day}T19:00:00-05:00"),
        "scores": Scores(average=4),
        "source": Source.PATIENT,
    }
    return Entry(**{**values, **changes})  # type: ignore[arg-type]  # the fields are checked by the dataclass


def a_medicine(taken_at: str, **changes: object) -> Medicine:
    """Ibuprofen as rescue, recorded at once."""
    values: dict[str, object] = {
        "id": uuid4(),
        "taken_at": datetime.fromisoformat(taken_at),
        "recorded_at": datetime.fromisoformat(taken_at),
        "name": "ibuprofen",
        "dose": "400 mg",
        "rescue": True,
    }
    return Medicine(**{**values, **changes})  # type: ignore[arg-type]  # the fields are checked by the dataclass


def a_diary(*records: Injection | Entry | Medicine, time_zone: str = "America/New_York") -> Diary:
    """Ana's diary with these records in this order."""
    return Diary(
        patient=Patient(name="Ana Cruz", born=date(1960, 4, 9), time_zone=time_zone, language="en"),
        injections=tuple(record for record in records if isinstance(record, Injection)),
        entries=tuple(record for record in records if isinstance(record, Entry)),
        medicines=tuple(record for record in records if isinstance(record, Medicine)),
    )


def a_clinic(name: str = "Riverside Pain Clinic", *, now: datetime = NOON) -> Clinic:
    """A stored clinic in New York."""
    clinic = Clinic(
        id=uuid4(),
        name=name,
        country="US",
        time_zone="America/New_York",
        telephone="+1 212 555 0100",
        opening_hours="Monday to Friday 9am to 5pm",
        rule_set="us-medicare-sij",
        created_at=now,
    )
    with writing(OPERATOR, now=now) as work:
        work.session.add(clinic)
        work.audit("clinic.add", clinic_id=clinic.id)
    return clinic


def a_patient(
    clinic: Clinic,
    name: str = "Ana Cruz",
    *,
    born: date = date(1960, 4, 9),
    time_zone: str = "America/New_York",
    **details: object,
) -> PatientRow:
    """A stored patient of the clinic; ``details`` are further columns."""
    patient = PatientRow(
        id=uuid4(),
        clinic_id=clinic.id,
        name=name,
        born=born,
        time_zone=time_zone,
        created_at=NOON,
        **{"conditions": [], "language": "en", **details},
    )
    with writing(OPERATOR, now=NOON) as work:
        work.session.add(patient)
        work.audit("patient.add", owner=patient.owner)
    return patient


def keep(patient: PatientRow, diary: Diary) -> None:
    """Store a diary for this patient."""
    with writing(OPERATOR, now=NOON) as work:
        add_injections(work, patient.owner, diary.injections)
        add_entries(work, patient.owner, diary.entries)
        add_medicines(work, patient.owner, diary.medicines)


def staff_of(clinic_id: UUID, role: Role, *, id_: str = "1") -> Actor:
    """Somebody of the clinic's staff, as the services see them."""
    return Actor(role=role, id=id_, clinic_id=clinic_id)
