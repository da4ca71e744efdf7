"""Databases of invented people to measure in: a clinic of 25, and ten and a hundred times that."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import select

from diary.config import from_environment
from diary.domain.access import Actor, Owner, Role
from diary.exchange.invented.courses import years_of_days
from diary.exchange.invented.diaries import invent_diary
from diary.services.demo import add_demo
from diary.services.patients import add_patient
from diary.store import database
from diary.store.diaries import add_entries, add_injections
from diary.store.migrations import upgrade
from diary.store.patients import PatientRow
from diary.store.work import writing

PATIENTS = 25
OPERATOR = Actor(role=Role.OPERATOR, id="bench", clinic_id=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One database: its folder, its clinic, the patients who save, and those with 1 and 10 years of days."""

    folder: Path
    clinic_id: UUID
    patients: tuple[UUID, ...]
    one_year: UUID
    ten_years: UUID

    @property
    def database(self) -> Path:
        return self.folder / "diary.sqlite3"

    def as_doctor(self) -> str:
        return f"{Role.DOCTOR.value}/{self.clinic_id}/"

    def as_patient(self, patient_id: UUID) -> str:
        return f"{Role.PATIENT.value}/{self.clinic_id}/{patient_id}"


def make_place(folder: Path, *, times: int, now: datetime) -> Place:
    """A database with so many times 25 patients."""
    folder.mkdir()
    settings = from_environment({**os.environ, "DIARY_INSTANCE": str(folder)})
    upgrade(settings.database_url)
    with database.opened(url=settings.database_url, wait=settings.database_wait):
        clinic_id = add_demo(OPERATOR, now=now, patients=PATIENTS * times).clinic_id
        with writing(OPERATOR, now=now) as work:
            of_clinic = select(PatientRow.id).where(PatientRow.clinic_id == clinic_id).order_by(PatientRow.name)
            patients = tuple(work.session.scalars(of_clinic))
        one, ten = (_add_years(clinic_id, years, now) for years in (1, 10))
    return Place(folder=folder, clinic_id=clinic_id, patients=patients, one_year=one, ten_years=ten)


def _add_years(clinic_id: UUID, years: int, now: datetime) -> UUID:
    patient_id = add_patient(
        OPERATOR,
        clinic_id=clinic_id,
        name=f"Zara Example {years}",
        born=datetime(1960, 4, 9).date(),  # noqa: DTZ001 — a day has no zone
        time_zone="America/New_York",
        now=now,
    )
    start = now.date() - timedelta(days=365 * years)
    diary = invent_diary(years_of_days(years), seed=years, injected_on=start, until=now, ids_under=uuid4())
    with writing(OPERATOR, now=now) as work:
        owner = Owner(clinic_id=clinic_id, patient_id=patient_id)
        add_injections(work, owner, diary.injections)
        add_entries(work, owner, diary.entries)
    return patient_id


def taking_turns(patients: tuple[UUID, ...]) -> Iterator[UUID]:
    """The patients, round and round."""
    while True:
        yield from patients
