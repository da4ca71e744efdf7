"""Clinics: the tenant to which every row belongs."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.clinics import ClinicDetails
from diary.store.base import Id, Instant, Model
from diary.store.work import Work


class Clinic(Model):
    """``country`` is the ISO 3166 code, which sets emergency numbers; ``invented`` marks a demo on every page.

    ``rule_set`` is the name of the set in use, ``rule_set_version`` the version of the clinic's own set of that name;
    None where the set is one that ships with the diary.
    """

    __tablename__ = "clinics"

    id: Mapped[Id]
    name: Mapped[str]
    country: Mapped[str]
    time_zone: Mapped[str]
    telephone: Mapped[str | None]
    opening_hours: Mapped[str | None]
    rule_set: Mapped[str]
    rule_set_version: Mapped[int | None]
    invented: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Instant]


def find_clinic(session: Session, clinic_id: UUID) -> Clinic | None:
    return session.get(Clinic, clinic_id)


def existing_clinic(session: Session, clinic_id: UUID) -> Clinic:
    """A clinic that is known to be there."""
    return session.get_one(Clinic, clinic_id)


def hold_clinic(session: Session, clinic_id: UUID) -> Clinic | None:
    """The clinic, with nobody else changing it or its rule sets until this transaction ends."""
    held = select(Clinic).where(Clinic.id == clinic_id).with_for_update()
    return session.scalar(held.execution_options(populate_existing=True))


def add_clinic_row(work: Work, clinic: Clinic) -> None:
    """Add a clinic, with its audit row."""
    work.session.add(clinic)
    work.audit("clinic.add", clinic_id=clinic.id, subject=f"clinic:{clinic.id}", invented=clinic.invented)


def change_clinic_row(work: Work, clinic: Clinic, details: ClinicDetails) -> None:
    """Set the details, with an audit row that names those which changed; nothing is written where none did."""
    changed = {name: value for name, value in details.as_columns().items() if getattr(clinic, name) != value}
    for name, value in changed.items():
        setattr(clinic, name, value)
    if changed:
        work.audit("clinic.change", clinic_id=clinic.id, subject=f"clinic:{clinic.id}", fields=sorted(changed))
