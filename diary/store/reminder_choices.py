"""How each patient wants to be reminded, and the phones that take messages."""

from collections.abc import Sequence
from datetime import time
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.domain.reminding import SENT_BY_US, Channel, Wish
from diary.store.base import Id, Instant, Model, OptionalInstant
from diary.store.clinics import Clinic
from diary.store.devices import DeviceRow
from diary.store.patients import PatientRow
from diary.store.work import Work


class ReminderChoice(Model):
    """What one patient chose last. ``at`` is an hour on the clocks of ``time_zone``, or of the diary's where None.

    ``calendar_key`` is in the secret address of the calendar; another one takes its place to end the address.
    """

    __tablename__ = "reminder_choices"
    __table_args__ = (Index("ix_reminder_choices_channel", "channel"),)

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"), unique=True)
    channel: Mapped[str]
    at: Mapped[time]
    time_zone: Mapped[str | None]
    email: Mapped[str | None]
    calendar_key: Mapped[UUID | None] = mapped_column(unique=True)
    since: Mapped[Instant]

    @property
    def owner(self) -> Owner:
        return Owner(clinic_id=self.clinic_id, patient_id=self.patient_id)

    def as_wish(self, patient: PatientRow) -> Wish:
        """The wish in the patient's own zone, or in the one of a journey."""
        zone = patient.as_patient().zone
        return Wish(
            channel=Channel(self.channel),
            at=self.at,
            zone=type(zone)(self.time_zone) if self.time_zone else zone,
            since=self.since,
        )


class PushSubscription(Model):
    """One browser that takes messages: where they are sent, and the keys that they are sealed with for it."""

    __tablename__ = "push_subscriptions"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"), index=True)
    device_id: Mapped[UUID] = mapped_column(ForeignKey("devices.id"))
    endpoint: Mapped[str]
    p256dh: Mapped[str]
    auth: Mapped[str]
    added_at: Mapped[Instant]
    ended_at: Mapped[OptionalInstant]
    is_gone: Mapped[bool] = mapped_column(default=False)

    @property
    def owner(self) -> Owner:
        return Owner(clinic_id=self.clinic_id, patient_id=self.patient_id)


def find_choice(session: Session, patient_id: UUID) -> ReminderChoice | None:
    """What the patient chose; None where nothing was ever chosen."""
    return session.scalar(select(ReminderChoice).where(ReminderChoice.patient_id == patient_id))


def channel_of(session: Session, patient_id: UUID) -> str | None:
    """The channel that the patient has chosen at this moment."""
    return session.scalar(select(ReminderChoice.channel).where(ReminderChoice.patient_id == patient_id))


def choice_by_id(session: Session, choice_id: UUID) -> ReminderChoice | None:
    return session.get(ReminderChoice, choice_id)


def choice_by_calendar(session: Session, calendar_key: UUID) -> ReminderChoice | None:
    """Whose calendar has this key now."""
    return session.scalar(select(ReminderChoice).where(ReminderChoice.calendar_key == calendar_key))


def keep_choice(work: Work, choice: ReminderChoice, *, action: str) -> None:
    """Keep a choice, new or changed, with its audit row: the channel, never an address."""
    work.session.add(choice)
    work.audit(action, owner=choice.owner, channel=choice.channel)


def choices_to_send(
    session: Session, *, after: UUID | None, most: int
) -> Sequence[tuple[ReminderChoice, PatientRow, Clinic]]:
    """Patients whom the server reminds and whose diary goes on, by id from ``after`` on, so many at once."""
    found = (
        select(ReminderChoice, PatientRow, Clinic)
        .join(PatientRow, PatientRow.id == ReminderChoice.patient_id)
        .join(Clinic, Clinic.id == ReminderChoice.clinic_id)
        .where(ReminderChoice.channel.in_([channel.value for channel in SENT_BY_US]), PatientRow.stopped_at.is_(None))
        .order_by(ReminderChoice.id)
        .limit(most)
    )
    if after is not None:
        found = found.where(ReminderChoice.id > after)
    return [(row[0], row[1], row[2]) for row in session.execute(found)]


def count_by_channel(session: Session, clinic_id: UUID) -> dict[str, int]:
    """How many patients of the clinic, whose diaries go on, chose each way."""
    found = (
        select(ReminderChoice.channel, func.count())
        .join(PatientRow, PatientRow.id == ReminderChoice.patient_id)
        .where(ReminderChoice.clinic_id == clinic_id, PatientRow.stopped_at.is_(None))
        .group_by(ReminderChoice.channel)
    )
    return {row[0]: row[1] for row in session.execute(found)}


# --- phones that take messages ----------------------------------------------------------------------------------------


def open_subscriptions(session: Session, patient_id: UUID) -> Sequence[PushSubscription]:
    """Where messages to this patient go: browsers that take them, on phones that are linked, the oldest first."""
    found = (
        select(PushSubscription)
        .join(DeviceRow, DeviceRow.id == PushSubscription.device_id)
        .where(
            PushSubscription.patient_id == patient_id,
            PushSubscription.ended_at.is_(None),
            DeviceRow.ended_at.is_(None),
        )
    )
    return session.scalars(found.order_by(PushSubscription.added_at, PushSubscription.id)).all()


def subscriptions_of(session: Session, patient_id: UUID) -> Sequence[PushSubscription]:
    """Every one that the patient ever had, the oldest first."""
    found = select(PushSubscription).where(PushSubscription.patient_id == patient_id)
    return session.scalars(found.order_by(PushSubscription.added_at, PushSubscription.id)).all()


def subscription_of_device(session: Session, device_id: UUID) -> PushSubscription | None:
    """The one of this phone that is or was last in use."""
    found = select(PushSubscription).where(PushSubscription.device_id == device_id)
    return session.scalars(found.order_by(PushSubscription.added_at.desc(), PushSubscription.id).limit(1)).first()


def add_subscription(work: Work, subscription: PushSubscription) -> None:
    """A new one, with the audit row; the one before on the same phone ends."""
    before = subscription_of_device(work.session, subscription.device_id)
    if before is not None and before.ended_at is None:
        before.ended_at = work.now
    work.session.add(subscription)
    work.audit("push.begin", owner=subscription.owner, subject=f"device:{subscription.device_id}")


def end_subscription(work: Work, subscription: PushSubscription) -> None:
    """No more messages there, with the audit row."""
    subscription.ended_at = work.now
    work.audit("push.end", owner=subscription.owner, subject=f"device:{subscription.device_id}")


def end_gone_subscription(work: Work, subscription_id: UUID) -> None:
    """The push service said that this browser takes no messages any more; the audit row says so."""
    subscription = work.session.get(PushSubscription, subscription_id)
    if subscription is not None and subscription.ended_at is None:
        subscription.ended_at, subscription.is_gone = work.now, True
        work.audit("push.gone", owner=subscription.owner, subject=f"device:{subscription.device_id}")
