"""Doctors' readings and plans, each signed with the assessment as it was then; a later one is a new version.

The diary file has no place for them: they are the clinic's own, and stay when its rule set changes.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.domain.errors import Conflict
from diary.domain.form import read, write
from diary.domain.rulesets import RuleSet
from diary.domain.sign_off import SignOff
from diary.store.base import Details, Id, Instant, Model
from diary.store.work import Work

SIGNED_MEANWHILE = (
    "Somebody signed this injection while you had it open. Read what they signed, then sign yours after it."
)


class SignOffRow(Model):
    """One signed version for one injection, which is named by its first record: corrections do not part them.

    ``assessment`` is the whole of it as ``assess --json`` writes it, ``rules`` the whole set that it was made with,
    ``judged_id`` the version of the injection that it judged, ``records`` how many injections, entries, medicines,
    steroids elsewhere and corrections there were.
    """

    __tablename__ = "sign_offs"
    __table_args__ = (UniqueConstraint("injection_id", "version"),)

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"), index=True)
    patient_id: Mapped[UUID] = mapped_column(ForeignKey("patients.id"), index=True)
    injection_id: Mapped[UUID] = mapped_column(ForeignKey("injections.id"))
    judged_id: Mapped[UUID] = mapped_column(ForeignKey("injections.id"))
    version: Mapped[int]
    revises: Mapped[UUID | None] = mapped_column(ForeignKey("sign_offs.id"))
    signed_at: Mapped[Instant]
    signed_by: Mapped[str]
    signed_name: Mapped[str]
    as_of: Mapped[date]
    rule_set: Mapped[str]
    rule_set_version: Mapped[int]
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    assessment: Mapped[dict[str, Any]] = mapped_column(JSON)
    records: Mapped[list[int]] = mapped_column(JSON)
    details: Mapped[Details]

    @property
    def sign_off(self) -> SignOff:
        """The reading and the plan as they were signed."""
        return read(SignOff, dict(self.details))


def add_sign_off(
    work: Work,
    owner: Owner,
    sign_off: SignOff,
    *,
    injection_id: UUID,
    judged_id: UUID,
    assessment: dict[str, Any],
    rules: RuleSet,
    as_of: date,
    records: Sequence[int],
    after: int,
) -> SignOffRow:
    """Add the version that follows ``after`` (0 for the first) with its audit row.

    `Conflict` if ``after`` is no longer the newest: of two doctors at once the second reads what the first signed.
    """
    newest = find_newest_sign_off(work.session, injection_id)
    if (newest.version if newest else 0) != after:
        raise Conflict(SIGNED_MEANWHILE)
    row = SignOffRow(
        id=uuid4(),
        clinic_id=owner.clinic_id,
        patient_id=owner.patient_id,
        injection_id=injection_id,
        judged_id=judged_id,
        version=after + 1,
        revises=newest.id if newest else None,
        signed_at=work.now,
        signed_by=work.actor.id,
        signed_name=work.actor.name or work.actor.id,
        as_of=as_of,
        rule_set=rules.name,
        rule_set_version=rules.version,
        rules=write(rules),
        assessment=assessment,
        records=list(records),
        details=write(sign_off),
    )
    work.session.add(row)
    work.audit(
        "sign-off.add", owner=owner, subject=f"sign-off:{row.id}", version=row.version, given=sorted(row.details)
    )
    try:
        work.session.flush()
    except IntegrityError as error:
        raise Conflict(SIGNED_MEANWHILE) from error
    return row


def find_newest_sign_off(session: Session, injection_id: UUID) -> SignOffRow | None:
    """The version that stands for an injection, by the id of the injection's first record."""
    return session.scalars(
        select(SignOffRow).where(SignOffRow.injection_id == injection_id).order_by(SignOffRow.version.desc()).limit(1)
    ).first()


def sign_offs_of_patient(session: Session, patient_id: UUID) -> list[SignOffRow]:
    """Every version for every injection of a patient, the newest first."""
    return list(
        session.scalars(
            select(SignOffRow)
            .where(SignOffRow.patient_id == patient_id)
            .order_by(SignOffRow.signed_at.desc(), SignOffRow.version.desc(), SignOffRow.id)
        )
    )
