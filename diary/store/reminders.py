"""Reminders that were claimed: each is sent by whoever added its row, and the row tells what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, ScalarSelect, UniqueConstraint, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.domain.errors import Conflict
from diary.domain.reminding import Channel, Due
from diary.store.base import Id, Instant, Model, OptionalInstant
from diary.store.patients import PatientRow
from diary.store.records import InjectionRow
from diary.store.work import Work

FAILURES_SHOWN_FOR = timedelta(days=7)  # it is said on the page


class State(StrEnum):
    """What became of a reminder. `LOST`: whoever claimed it ended before it said so; it may have been sent."""

    CLAIMED = "claimed"
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    LOST = "lost"


class Fault(StrEnum):
    """Why a reminder could not be sent."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    NO_PHONE = "no-phone"


class ReminderRow(Model):
    """One reminder; there is never a second one about the same thing with the same ``nth``."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("patient_id", "about", "nth"),
        Index("ix_reminders_state", "state"),
        Index("ix_reminders_clinic_id_due_at", "clinic_id", "due_at"),
    )

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"))
    about: Mapped[str]
    nth: Mapped[int]
    due_at: Mapped[Instant]
    until: Mapped[Instant]
    channel: Mapped[str]
    state: Mapped[str]
    tries: Mapped[int]
    claimed_at: Mapped[Instant]
    try_again_at: Mapped[OptionalInstant]
    ended_at: Mapped[OptionalInstant]
    fault: Mapped[str | None]

    @property
    def owner(self) -> Owner:
        return Owner(clinic_id=self.clinic_id, patient_id=self.patient_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to send one reminder now, for the ``tries``th time."""

    id: UUID
    tries: int


def find_reminder(session: Session, patient_id: UUID, due: Due) -> ReminderRow | None:
    found = select(ReminderRow).where(
        ReminderRow.patient_id == patient_id, ReminderRow.about == due.about, ReminderRow.nth == due.nth
    )
    return session.scalar(found.execution_options(populate_existing=True))


def claim_first_try(work: Work, owner: Owner, due: Due, channel: Channel) -> Claim:
    """Claim a reminder that nobody had claimed, with its audit row; `Conflict` where somebody just did."""
    row = ReminderRow(
        id=uuid4(),
        clinic_id=owner.clinic_id,
        patient_id=owner.patient_id,
        about=due.about,
        nth=due.nth,
        due_at=due.at,
        until=due.until,
        channel=channel.value,
        state=State.CLAIMED.value,
        tries=1,
        claimed_at=work.now,
    )
    work.session.add(row)
    work.audit("reminder.claim", owner=owner, subject=f"reminder:{row.id}", channel=channel.value, nth=due.nth)
    try:
        work.session.flush()
    except IntegrityError as error:
        raise Conflict("This reminder is being sent.") from error
    return Claim(id=row.id, tries=1)


def claim_next_try(work: Work, row: ReminderRow) -> Claim:
    """Claim one that failed before and has waited long enough; `Conflict` for every other."""
    claimed = work.session.execute(
        update(ReminderRow)
        .where(
            ReminderRow.id == row.id,
            ReminderRow.state == State.WAITING.value,
            ReminderRow.tries == row.tries,
            ReminderRow.try_again_at <= work.now,
        )
        .values(state=State.CLAIMED.value, tries=row.tries + 1, claimed_at=work.now),
        execution_options={"synchronize_session": False},
    )
    if not getattr(claimed, "rowcount", 0):
        raise Conflict("This reminder is being sent.")
    work.audit("reminder.claim", owner=row.owner, subject=f"reminder:{row.id}", channel=row.channel, nth=row.nth)
    return Claim(id=row.id, tries=row.tries + 1)


def note_outcome(
    work: Work, reminder_id: UUID, state: State, *, fault: Fault | None = None, try_again_at: datetime | None = None
) -> None:
    """What became of a reminder that was claimed, with its audit row."""
    row = work.session.get(ReminderRow, reminder_id, populate_existing=True)
    if row is None:  # the diary was deleted meanwhile
        return
    row.state, row.fault, row.try_again_at = state.value, fault.value if fault else None, try_again_at
    row.ended_at = None if state is State.WAITING else work.now
    work.audit(f"reminder.{state}", owner=row.owner, subject=f"reminder:{row.id}", channel=row.channel, tries=row.tries)


def unfinished(session: Session, *, claimed_before: datetime, now: datetime) -> Sequence[ReminderRow]:
    """Those that were claimed long ago and never told of, and those that waited until they were too old."""
    lost = (ReminderRow.state == State.CLAIMED.value) & (ReminderRow.claimed_at < claimed_before)
    too_old = (ReminderRow.state == State.WAITING.value) & (ReminderRow.until <= now)
    found = select(ReminderRow).where(lost | too_old)
    return session.scalars(found.order_by(ReminderRow.claimed_at, ReminderRow.id)).all()


def waiting_of(session: Session, patient_id: UUID) -> Sequence[ReminderRow]:
    """The patient's reminders that failed and are to be tried again."""
    found = select(ReminderRow).where(ReminderRow.patient_id == patient_id, ReminderRow.state == State.WAITING.value)
    return session.scalars(found.order_by(ReminderRow.due_at, ReminderRow.id)).all()


def patients_with_waiting(session: Session) -> frozenset[UUID]:
    """Whose reminders are to be tried again."""
    return frozenset(session.scalars(select(ReminderRow.patient_id).where(ReminderRow.state == State.WAITING.value)))


def patients_injected_since(session: Session, since: datetime) -> frozenset[UUID]:
    """Who had an injection since then, and so may be in the hours of day 0."""
    return frozenset(session.scalars(select(InjectionRow.patient_id).where(InjectionRow.performed_at > since)))


# --- told to the clinic -----------------------------------------------------------------------------------------------

NOT_SENT = (State.FAILED.value, State.LOST.value)


def last_reminders(session: Session, patient_id: UUID, *, most: int | None = None) -> Sequence[ReminderRow]:
    """A patient's reminders, the newest first; all of them where ``most`` is not given."""
    found = select(ReminderRow).where(ReminderRow.patient_id == patient_id)
    return session.scalars(found.order_by(ReminderRow.due_at.desc(), ReminderRow.id).limit(most)).all()


def failures_of_clinic(
    session: Session, clinic_id: UUID, *, since: datetime, most: int
) -> Sequence[tuple[ReminderRow, PatientRow]]:
    """Reminders of the clinic that may not have arrived, of diaries that go on, the newest first."""
    found = (
        select(ReminderRow, PatientRow)
        .join(PatientRow, PatientRow.id == ReminderRow.patient_id)
        .where(
            ReminderRow.clinic_id == clinic_id,
            ReminderRow.due_at > since,
            ReminderRow.state.in_(NOT_SENT),
            PatientRow.stopped_at.is_(None),
        )
        .order_by(ReminderRow.due_at.desc(), ReminderRow.id)
        .limit(most)
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def count_by_outcome(session: Session, clinic_id: UUID, *, since: datetime) -> dict[tuple[str, str, str | None], int]:
    """How many reminders of the clinic there were, by channel, state and fault."""
    found = (
        select(ReminderRow.channel, ReminderRow.state, ReminderRow.fault, func.count())
        .where(ReminderRow.clinic_id == clinic_id, ReminderRow.due_at > since)
        .group_by(ReminderRow.channel, ReminderRow.state, ReminderRow.fault)
    )
    return {(row[0], row[1], row[2]): row[3] for row in session.execute(found)}


def count_patients_not_reached(clinic_id: UUID, *, since: datetime) -> ScalarSelect[int]:
    """How many patients of a clinic had a reminder that may not have arrived, as a part of another query."""
    return (
        select(func.count(ReminderRow.patient_id.distinct()))
        .where(ReminderRow.clinic_id == clinic_id, ReminderRow.due_at > since, ReminderRow.state.in_(NOT_SENT))
        .scalar_subquery()
    )
