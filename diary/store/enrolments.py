"""Enrolments: a code that binds one phone to one patient, once, for a quarter of an hour."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.store.base import Id, Instant, Model, OptionalInstant
from diary.store.work import Work


class EnrolmentRow(Model):
    """``code_seal`` finds it by its code. ``confirmed_at`` is when the year of birth was given rightly.

    ``by_device_id`` is the patient's own phone that shows the code, for the app on its home screen; else staff do.
    """

    __tablename__ = "enrolments"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"), index=True)
    code_seal: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    tries: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[OptionalInstant]
    used_at: Mapped[OptionalInstant]
    declined_at: Mapped[OptionalInstant]
    device_id: Mapped[UUID | None] = mapped_column(ForeignKey("devices.id"))
    by_device_id: Mapped[UUID | None] = mapped_column(ForeignKey("devices.id"))

    @property
    def owner(self) -> Owner:
        return Owner(clinic_id=self.clinic_id, patient_id=self.patient_id)


def add_enrolment(work: Work, enrolment: EnrolmentRow) -> None:
    """A new code for the patient; those shown before end."""
    end_open_codes(work, enrolment.patient_id)
    work.session.add(enrolment)
    work.audit("enrolment.show-code", owner=enrolment.owner, subject=str(enrolment.id))


def end_open_codes(work: Work, patient_id: UUID) -> None:
    """No code of the patient works any more."""
    still_open = (EnrolmentRow.patient_id == patient_id, EnrolmentRow.used_at.is_(None))
    later = EnrolmentRow.expires_at > work.now
    work.session.execute(update(EnrolmentRow).where(*still_open, later).values(expires_at=work.now))
    work.session.execute(update(EnrolmentRow).where(*still_open).values(confirmed_at=None))


def find_enrolment(session: Session, enrolment_id: UUID) -> EnrolmentRow | None:
    return session.get(EnrolmentRow, enrolment_id)


def find_enrolments_by_code(session: Session, code_seal: str) -> Sequence[EnrolmentRow]:
    """Every enrolment that ever had this code, the newest first."""
    found = select(EnrolmentRow).where(EnrolmentRow.code_seal == code_seal)
    return session.scalars(found.order_by(EnrolmentRow.created_at.desc(), EnrolmentRow.id)).all()


def enrolments_of(session: Session, patient_id: UUID) -> Sequence[EnrolmentRow]:
    """Every code that was ever shown for the patient, in the order of time."""
    found = select(EnrolmentRow).where(EnrolmentRow.patient_id == patient_id)
    return session.scalars(found.order_by(EnrolmentRow.created_at, EnrolmentRow.id)).all()


def count_enrolment_try(work: Work, enrolment: EnrolmentRow, *, most: int) -> bool:
    """Count a try at the year of birth before it is looked at; False where no try is left."""
    counted = (
        update(EnrolmentRow)
        .where(EnrolmentRow.id == enrolment.id, EnrolmentRow.tries < most)
        .values(tries=EnrolmentRow.tries + 1)
        .returning(EnrolmentRow.id)
    )
    left = work.session.scalar(counted) is not None
    work.audit("enrolment.try", owner=enrolment.owner, subject=str(enrolment.id), left=left)
    return left


def use_enrolment(work: Work, enrolment: EnrolmentRow, *, device_id: UUID, confirmed_since: datetime) -> bool:
    """Take the enrolment for this phone; False where another was quicker, or the confirmation is too old."""
    used = (
        update(EnrolmentRow)
        .where(
            EnrolmentRow.id == enrolment.id,
            EnrolmentRow.used_at.is_(None),
            EnrolmentRow.declined_at.is_(None),
            EnrolmentRow.confirmed_at >= confirmed_since,
        )
        .values(used_at=work.now, device_id=device_id)
        .returning(EnrolmentRow.id)
    )
    return work.session.scalar(used) is not None
