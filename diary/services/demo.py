"""A clinic of invented people beside the real ones, marked as invented on every page."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from diary.domain.access import Actor, Owner, Role
from diary.domain.clinics import ClinicDetails
from diary.domain.diary import Diary, Purpose, Side, Target
from diary.domain.errors import InvalidValue, NotAllowed
from diary.domain.planning import PlannedInjection, PlanState
from diary.exchange.invented.clinic import InventedPatient, invent_clinic
from diary.exchange.invented.courses import COURSES, LIDOCAINE
from diary.exchange.invented.diaries import ACTIVITIES
from diary.services.accounts import add_clinic_in, add_user_in
from diary.store.base import offset_of
from diary.store.diaries import add_entries, add_injections, add_medicines, add_steroids_elsewhere
from diary.store.patients import PatientRow, add_patient_row
from diary.store.planned_injections import add_version
from diary.store.work import Work, writing

CLINIC = ClinicDetails.of(
    name="Example Pain Clinic (invented)",
    country="US",
    time_zone="America/New_York",
    telephone="+1 202 555 0100",
    opening_hours="Monday to Friday 9am to 5pm",
)
STAFF = (("Ada Example", Role.ADMIN), ("Dr Chen Example", Role.DOCTOR), ("Noor Example", Role.NURSE))
MOST_PATIENTS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoUser:
    """Somebody who can sign in to the demo, with a password made for this run."""

    name: str
    role: Role
    email: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoClinic:
    """The clinic that was made, who can sign in, and how many patients it has."""

    clinic_id: UUID
    users: tuple[DemoUser, ...]
    patients: int


def add_demo(actor: Actor, *, now: datetime, patients: int = len(COURSES), seed: int = 1) -> DemoClinic:
    """A new clinic of invented people in one transaction: run again, it makes another one beside it.

    Only the operator adds clinics (`NotAllowed`). The people and their scores are the same for the same ``seed`` on
    the same day; ids and passwords are new each time.
    """
    if actor.role is not Role.OPERATOR:
        raise NotAllowed("Clinics are added on the server.")
    if not 1 <= patients <= MOST_PATIENTS:
        raise InvalidValue("patients", "Choose a number from 1 to %(most)s.", most=MOST_PATIENTS)
    people = invent_clinic(patients=patients, seed=seed, now=now, ids_under=uuid4())
    with writing(actor, now=now) as work:
        clinic_id = add_clinic_in(work, CLINIC, invented=True)
        users = tuple(_add_user(work, clinic_id, name, role) for name, role in STAFF)
        for person in people:
            _add_patient(work, clinic_id, person)
    return DemoClinic(clinic_id=clinic_id, users=users, patients=len(people))


def _add_user(work: Work, clinic_id: UUID, name: str, role: Role) -> DemoUser:
    # The address is tied to this clinic, since each may be used once in the whole server.
    user = DemoUser(
        name=name,
        role=role,
        email=f"{role.value}-{clinic_id.hex[:8]}@demo.example.org",
        password=secrets.token_urlsafe(12),
    )
    add_user_in(work, clinic_id=clinic_id, email=user.email, name=name, role=role, password=user.password)
    return user


def _add_patient(work: Work, clinic_id: UUID, person: InventedPatient) -> None:
    diary = person.diary
    visit = person.next_visit_at
    patient = PatientRow(
        id=uuid4(),
        clinic_id=clinic_id,
        name=diary.patient.name,
        born=diary.patient.born,
        time_zone=diary.patient.time_zone,
        language=diary.patient.language,
        number=diary.patient.number,
        telephone=person.telephone,
        conditions=[condition.value for condition in diary.patient.conditions],
        pain_named=diary.injections[0].pain_named if diary.injections else None,
        pain_side=diary.injections[0].side.value if diary.injections else None,
        painful_movement=ACTIVITIES[0],
        activities=list(ACTIVITIES),
        set_up_at=work.now,
        next_visit_at=visit,
        next_visit_offset=offset_of(visit) if visit else None,
        next_visit_with="Dr Chen Example" if visit else None,
        created_at=work.now,
    )
    add_patient_row(work, patient)
    work.session.flush()
    _add_records(work, patient.owner, diary)
    if person.planned_at is not None:
        add_version(work, patient.owner, _plan(person.planned_at), state=PlanState.OPEN, after=0)


def _plan(planned_at: datetime) -> PlannedInjection:
    return PlannedInjection(
        id=uuid4(),
        side=Side.RIGHT,
        purpose=Purpose.DIAGNOSTIC,
        target=Target.JOINT,
        planned_at=planned_at,
        anaesthetic=(LIDOCAINE,),
        activities=ACTIVITIES,
        guidance="fluoroscopy",
        operator="Dr Chen Example",
    )


def _add_records(work: Work, owner: Owner, diary: Diary) -> None:
    add_injections(work, owner, diary.injections)
    add_entries(work, owner, diary.entries)
    add_medicines(work, owner, diary.medicines)
    add_steroids_elsewhere(work, owner, diary.steroids_elsewhere)
