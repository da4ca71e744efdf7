"""Phones bound to a patient's diary. What they are is audited; when they were last used is machinery."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.store.base import Id, Instant, Model, OptionalInstant
from diary.store.patients import PatientRow
from diary.store.work import Work


class DeviceRow(Model):
    """One phone, by the hash of its token. ``helper`` marks one that somebody else fills in for the patient."""

    __tablename__ = "devices"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    helper: Mapped[bool]
    kind: Mapped[str]
    pin_hash: Mapped[str | None]
    added_at: Mapped[Instant]
    ended_at: Mapped[OptionalInstant]

    @property
    def owner(self) -> Owner:
        return Owner(clinic_id=self.clinic_id, patient_id=self.patient_id)


class DeviceUse(Model):
    """How a phone is used: the binding ends at ``expires_at`` unless used, reading at ``unlocked_until``."""

    __tablename__ = "device_uses"

    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id"), primary_key=True)
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    last_seen_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    unlocked_until: Mapped[OptionalInstant]
    tries: Mapped[int] = mapped_column(default=0)


Device = tuple[DeviceRow, DeviceUse]


def add_device(work: Work, device: DeviceRow, *, expires_at: datetime) -> None:
    """A new phone, with the audit row."""
    work.session.add(device)
    work.session.flush()
    work.session.add(
        DeviceUse(device_id=device.id, clinic_id=device.clinic_id, last_seen_at=work.now, expires_at=expires_at)
    )
    work.audit("device.add", owner=device.owner, subject=str(device.id), helper=device.helper)


def find_device_by_token(session: Session, token_hash: str) -> tuple[Device, str | None] | None:
    """The phone that holds this token, ended or not, with the language of its patient."""
    found = (
        select(DeviceRow, DeviceUse, PatientRow.language)
        .join(DeviceUse)
        .join(PatientRow, PatientRow.id == DeviceRow.patient_id)
        .where(DeviceRow.token_hash == token_hash)
    )
    row = session.execute(found).one_or_none()
    return ((row[0], row[1]), row[2]) if row else None


def find_device(session: Session, device_id: UUID) -> Device | None:
    """The phone with this id, ended or not."""
    return _one(session, DeviceRow.id == device_id)


def devices_of(session: Session, patient_id: UUID) -> Sequence[Device]:
    """Every phone the patient ever had, the newest first."""
    found = (
        select(DeviceRow, DeviceUse)
        .join(DeviceUse)
        .where(DeviceRow.patient_id == patient_id)
        .order_by(DeviceRow.added_at.desc(), DeviceRow.id)
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def end_device_row(work: Work, device: DeviceRow) -> None:
    """The token opens nothing any more, from the next request on."""
    if device.ended_at is None:
        device.ended_at = work.now
        work.audit("device.end", owner=device.owner, subject=str(device.id))


def set_pin(work: Work, device: DeviceRow, pin_hash: str) -> None:
    """Store a new PIN's hash, with the audit row."""
    device.pin_hash = pin_hash
    work.audit("device.set-pin", owner=device.owner, subject=str(device.id))


def count_try(work: Work, device_id: UUID, *, most: int) -> bool:
    """Count a try at the PIN before it is made; False where no try is left. Two at once both count."""
    counted = (
        update(DeviceUse)
        .where(DeviceUse.device_id == device_id, DeviceUse.tries < most)
        .values(tries=DeviceUse.tries + 1)
        .returning(DeviceUse.device_id)
    )
    return work.session.scalar(counted) is not None


def note_use(work: Work, device_id: UUID, **values: datetime | int | None) -> None:
    """Set when the phone was seen, until when it is bound or open, and its tries."""
    work.session.execute(update(DeviceUse).where(DeviceUse.device_id == device_id).values(**values))


def _one(session: Session, condition: ColumnElement[bool]) -> Device | None:
    row = session.execute(select(DeviceRow, DeviceUse).join(DeviceUse).where(condition)).one_or_none()
    return (row[0], row[1]) if row else None
