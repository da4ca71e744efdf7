"""Injections before they are done: each change of a plan is a new version, and only the newest counts."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, Select, UniqueConstraint, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.domain.errors import Conflict
from diary.domain.form import read, write
from diary.domain.planning import PlannedInjection, PlanState
from diary.store.base import Details, Id, Instant, Model, OptionalInstant
from diary.store.work import Work

CHANGED_MEANWHILE = (
    "Somebody changed this while you had it open. Look at what is there now, then make your change again."
)


class PlannedInjectionRow(Model):
    """One version of a plan. ``injection_id`` is the id that the injection will have; ``version`` counts from 1."""

    __tablename__ = "planned_injections"
    __table_args__ = (
        UniqueConstraint("injection_id", "version"),
        Index("ix_planned_injections_patient_id_state", "patient_id", "state"),
    )

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"))
    injection_id: Mapped[UUID]
    version: Mapped[int]
    state: Mapped[str]
    planned_at: Mapped[OptionalInstant]
    saved_at: Mapped[Instant]
    saved_by: Mapped[str]
    details: Mapped[Details]

    @property
    def owner(self) -> Owner:
        return Owner(clinic_id=self.clinic_id, patient_id=self.patient_id)

    @property
    def planned(self) -> PlannedInjection:
        """The plan as it stood in this version."""
        return read(PlannedInjection, dict(self.details))

    @property
    def is_open(self) -> bool:
        return self.state == PlanState.OPEN


def add_version(work: Work, owner: Owner, planned: PlannedInjection, *, state: PlanState, after: int) -> int:
    """Add the version that follows ``after`` (0 for a new plan) with its audit row; the new version's number.

    `Conflict` if ``after`` is no longer the newest: two people who prepare the same injection do not undo each other.
    """
    newest = find_plan(work.session, planned.id)
    if (newest.version if newest else 0) != after:
        raise Conflict(CHANGED_MEANWHILE)
    work.session.add(
        PlannedInjectionRow(
            id=uuid4(),
            clinic_id=owner.clinic_id,
            patient_id=owner.patient_id,
            injection_id=planned.id,
            version=after + 1,
            state=state.value,
            planned_at=planned.planned_at,
            saved_at=work.now,
            saved_by=work.actor.name or work.actor.id,
            details=write(planned),
        )
    )
    work.audit(
        f"planned-injection.{state}",
        owner=owner,
        subject=str(planned.id),
        version=after + 1,
        changed=_changed(newest.details if newest else {}, write(planned)),
    )
    try:
        work.session.flush()
    except IntegrityError as error:
        raise Conflict(CHANGED_MEANWHILE) from error
    return after + 1


def _changed(before: Any, after: Any) -> list[str]:
    """The names of the fields that differ; never what they hold."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def find_plan(session: Session, injection_id: UUID) -> PlannedInjectionRow | None:
    """The newest version of a plan."""
    return session.scalars(
        select(PlannedInjectionRow)
        .where(PlannedInjectionRow.injection_id == injection_id)
        .order_by(PlannedInjectionRow.version.desc())
        .limit(1)
    ).first()


def open_plans_of_patient(session: Session, patient_id: UUID) -> list[PlannedInjectionRow]:
    """A patient's plans that are neither done nor cancelled, the soonest first."""
    return list(session.scalars(_open().where(PlannedInjectionRow.patient_id == patient_id)))


def open_plans_of_clinic(session: Session, clinic_id: UUID, *, until: datetime) -> list[PlannedInjectionRow]:
    """A clinic's plans up to an instant, and those without a time, the soonest first."""
    soon = (PlannedInjectionRow.planned_at <= until) | PlannedInjectionRow.planned_at.is_(None)
    return list(session.scalars(_open().where(PlannedInjectionRow.clinic_id == clinic_id, soon)))


def _open() -> Select[PlannedInjectionRow]:
    newest = (
        select(PlannedInjectionRow.injection_id, func.max(PlannedInjectionRow.version).label("version"))
        .group_by(PlannedInjectionRow.injection_id)
        .subquery()
    )
    return (
        select(PlannedInjectionRow)
        .join(
            newest,
            (newest.c.injection_id == PlannedInjectionRow.injection_id)
            & (newest.c.version == PlannedInjectionRow.version),
        )
        .where(PlannedInjectionRow.state == PlanState.OPEN.value)
        .order_by(PlannedInjectionRow.planned_at, PlannedInjectionRow.saved_at, PlannedInjectionRow.id)
    )
