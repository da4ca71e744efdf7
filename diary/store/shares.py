"""What a patient shares: a code that opens the diary for a quarter of an hour, and who looked by it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, Index, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.store.base import Id, Instant, Model, OptionalInstant
from diary.store.work import Work


class ShareRow(Model):
    """One code, found by ``code_seal``. ``device_id`` is the phone that showed it, ``browsers`` how many used it."""

    __tablename__ = "shares"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"), index=True)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id"))
    code_seal: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[Instant]
    expires_at: Mapped[Instant]
    ended_at: Mapped[OptionalInstant]
    browsers: Mapped[int] = mapped_column(default=0)

    @property
    def owner(self) -> Owner:
        return Owner(clinic_id=self.clinic_id, patient_id=self.patient_id)


class GuestRow(Model):
    """One browser that used a code. ``name`` is what somebody typed there: nobody has checked it."""

    __tablename__ = "guests"
    __table_args__ = (Index("ix_guests_patient_id_at", "patient_id", "at"),)

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"))
    share_id: Mapped[UUID] = mapped_column(ForeignKey("shares.id"))
    name: Mapped[str]
    at: Mapped[Instant]


def add_share(work: Work, share: ShareRow) -> None:
    """A new code, with the audit row; the one before ends."""
    end_open_shares(work, share.owner)
    work.session.add(share)
    work.audit("share.begin", owner=share.owner, subject=f"share:{share.id}")


def end_open_shares(work: Work, owner: Owner) -> None:
    """No code of the patient opens anything any more, nor any browser that used one; audited where there was one."""
    still_open = select(ShareRow).where(ShareRow.patient_id == owner.patient_id, _is_open(work.now))
    for share in work.session.scalars(still_open).all():
        share.ended_at = work.now
        work.audit("share.end", owner=owner, subject=f"share:{share.id}")


def find_open_share(session: Session, patient_id: UUID, *, now: datetime) -> ShareRow | None:
    """What the patient shares at this moment."""
    found = select(ShareRow).where(ShareRow.patient_id == patient_id, _is_open(now))
    return session.scalars(found.order_by(ShareRow.created_at.desc(), ShareRow.id).limit(1)).first()


def find_open_share_by_code(session: Session, code_seal: str, *, now: datetime) -> ShareRow | None:
    """What this code opens at this moment."""
    found = select(ShareRow).where(ShareRow.code_seal == code_seal, _is_open(now))
    return session.scalars(found.order_by(ShareRow.created_at.desc(), ShareRow.id).limit(1)).first()


def add_guest(work: Work, share: ShareRow, guest: GuestRow, *, most: int) -> bool:
    """Let one more browser in, with the audit row; False where the code ended or ``most`` have used it."""
    counted = (
        update(ShareRow)
        .where(ShareRow.id == share.id, _is_open(work.now), ShareRow.browsers < most)
        .values(browsers=ShareRow.browsers + 1)
        .returning(ShareRow.id)
    )
    if work.session.scalar(counted) is None:
        return False
    work.session.add(guest)
    work.audit("share.open", owner=share.owner, subject=f"share:{share.id}")
    return True


def find_guest(session: Session, guest_id: UUID, *, now: datetime) -> GuestRow | None:
    """Whoever used a code that still works."""
    found = select(GuestRow).join(ShareRow, ShareRow.id == GuestRow.share_id)
    return session.scalars(found.where(GuestRow.id == guest_id, _is_open(now))).first()


def shares_of(session: Session, patient_id: UUID) -> Sequence[ShareRow]:
    """Every code by which the patient shared the diary, in the order of time."""
    found = select(ShareRow).where(ShareRow.patient_id == patient_id)
    return session.scalars(found.order_by(ShareRow.created_at, ShareRow.id)).all()


def names_of_guests(session: Session, patient_id: UUID) -> dict[str, str]:
    """The names that the patient's guests typed, by the guest's id."""
    found = select(GuestRow.id, GuestRow.name).where(GuestRow.patient_id == patient_id)
    return {str(id_): name for id_, name in session.execute(found)}


def guests_of(session: Session, patient_id: UUID, *, most: int) -> Sequence[GuestRow]:
    """Who used the patient's codes, the newest first."""
    found = select(GuestRow).where(GuestRow.patient_id == patient_id)
    return session.scalars(found.order_by(GuestRow.at.desc(), GuestRow.id).limit(most)).all()


def _is_open(now: datetime) -> ColumnElement[bool]:
    return ShareRow.ended_at.is_(None) & (ShareRow.expires_at > now)
