"""Consents: what a patient agreed to, in which words, and when it was taken back. Rows are only ever added."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.store.base import Id, Instant, Model
from diary.store.work import Work

GIVEN = "given"
WITHDRAWN = "withdrawn"


class ConsentRow(Model):
    """``version`` names the text that was shown, ``given_by`` who agreed: patient, helper or staff."""

    __tablename__ = "consents"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"), index=True)
    device_id: Mapped[UUID | None] = mapped_column(ForeignKey("devices.id"))
    at: Mapped[Instant]
    act: Mapped[str]
    version: Mapped[str]
    language: Mapped[str]
    given_by: Mapped[str]


def add_consent(
    work: Work, owner: Owner, *, act: str, version: str, language: str, given_by: str, device_id: UUID | None
) -> None:
    """Record that somebody agreed or took it back, with the audit row."""
    consent = ConsentRow(
        id=uuid4(),
        clinic_id=owner.clinic_id,
        patient_id=owner.patient_id,
        device_id=device_id,
        at=work.now,
        act=act,
        version=version,
        language=language,
        given_by=given_by,
    )
    work.session.add(consent)
    work.audit(f"consent.{act}", owner=owner, subject=str(consent.id), version=version, language=language)


def last_consent(session: Session, patient_id: UUID) -> ConsentRow | None:
    """What the patient said last."""
    found = select(ConsentRow).where(ConsentRow.patient_id == patient_id)
    return session.scalars(found.order_by(ConsentRow.at.desc(), ConsentRow.id).limit(1)).first()


def consents_of(session: Session, patient_id: UUID) -> Sequence[ConsentRow]:
    """Everything the patient agreed to or took back, in the order of time."""
    found = select(ConsentRow).where(ConsentRow.patient_id == patient_id)
    return session.scalars(found.order_by(ConsentRow.at, ConsentRow.id)).all()
