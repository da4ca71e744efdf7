"""Requests of patients to have their diary deleted, and the deletion itself."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Delete, ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.store.base import Id, Instant, Model, OptionalInstant, db
from diary.store.devices import DeviceRow, DeviceUse
from diary.store.work import Work


class Answer(StrEnum):
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"
    ERASED = "erased"


class ErasureRequest(Model):
    """One request; no ``answer`` while it waits. It outlives the patient's row and holds no word about them then."""

    __tablename__ = "erasure_requests"

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    patient_id: Mapped[UUID] = mapped_column(index=True)
    asked_at: Mapped[Instant]
    answer: Mapped[str | None]
    reason: Mapped[str | None]
    answered_at: Mapped[OptionalInstant]

    @property
    def owner(self) -> Owner:
        return Owner(clinic_id=self.clinic_id, patient_id=self.patient_id)


# What stays of a patient whose diary was deleted: that it was, and who did what; neither holds a name or a score.
KEPT = frozenset({"audit_events", "erasure_requests"})


def add_request(work: Work, request: ErasureRequest) -> None:
    """A new request, with the audit row."""
    work.session.add(request)
    work.audit("erasure.ask", owner=request.owner, subject=f"erasure:{request.id}")


def answer_request(work: Work, request: ErasureRequest, answer: Answer, *, reason: str | None = None) -> None:
    """What became of a request, with the audit row."""
    request.answer, request.reason, request.answered_at = answer.value, reason, work.now
    work.audit(f"erasure.{answer.value}", owner=request.owner, subject=f"erasure:{request.id}")


def last_request(session: Session, patient_id: UUID) -> ErasureRequest | None:
    """What the patient asked last."""
    found = select(ErasureRequest).where(ErasureRequest.patient_id == patient_id)
    return session.scalars(found.order_by(ErasureRequest.asked_at.desc(), ErasureRequest.id).limit(1)).first()


def requests_of(session: Session, patient_id: UUID) -> Sequence[ErasureRequest]:
    """Everything that the patient asked, in the order of time."""
    found = select(ErasureRequest).where(ErasureRequest.patient_id == patient_id)
    return session.scalars(found.order_by(ErasureRequest.asked_at, ErasureRequest.id)).all()


def find_request(session: Session, request_id: UUID) -> ErasureRequest | None:
    return session.get(ErasureRequest, request_id)


def waiting_requests(session: Session, clinic_id: UUID, *, patient_id: UUID | None = None) -> Sequence[ErasureRequest]:
    """Those that nobody has answered yet, the oldest first; of one patient where asked."""
    found = select(ErasureRequest).where(ErasureRequest.clinic_id == clinic_id, ErasureRequest.answer.is_(None))
    if patient_id is not None:
        found = found.where(ErasureRequest.patient_id == patient_id)
    return session.scalars(found.order_by(ErasureRequest.asked_at, ErasureRequest.id)).all()


def erase_records(work: Work, owner: Owner) -> int:
    """Delete every row of the patient from every table but `KEPT`; how many there were. The audit row is here too."""
    session = work.session
    phones = select(DeviceRow.id).where(DeviceRow.patient_id == owner.patient_id)
    count = _deleted(session, delete(DeviceUse).where(DeviceUse.device_id.in_(phones)))
    for table in reversed(db.metadata.sorted_tables):
        if table.name in KEPT:
            continue
        if table.name == "patients":
            count += _deleted(session, delete(table).where(table.c.id == owner.patient_id))
        elif "patient_id" in table.c:
            count += _deleted(session, delete(table).where(table.c.patient_id == owner.patient_id))
    session.expire_all()
    work.audit("patient.erase", owner=owner, rows=count)
    return count


def forget_words_of_answers(work: Work, owner: Owner) -> None:
    """Reasons are somebody's words about the patient: they go with the rest."""
    for request in work.session.scalars(select(ErasureRequest).where(ErasureRequest.patient_id == owner.patient_id)):
        request.reason = None


def _deleted(session: Session, statement: Delete) -> int:
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return int(getattr(result, "rowcount", 0))


def empty_write_ahead_log() -> bool:
    """Take what was deleted out of SQLite's write-ahead log; False where a reader still holds it. The file itself is
    overwritten by `secure_delete`. PostgreSQL has its own ways, and nothing is done there.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        found = cursor.fetchone()  # whether it was kept from it, then pages of the log
    finally:
        connection.close()
    return found is not None and not found[0]
