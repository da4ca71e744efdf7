"""What an admin sees and sets about the clinic: its details, and who did what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from diary.domain.access import Actor, check_can_administer
from diary.domain.clinics import ClinicDetails
from diary.domain.errors import NotFound
from diary.store.audit import AuditLine, list_audit
from diary.store.clinics import change_clinic_row, find_clinic
from diary.store.users import names_of
from diary.store.work import looking_up, writing

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Lines of the audit, the newest first; ``names`` are those of the staff who did them, by id."""

    lines: Sequence[AuditLine]
    names: dict[str, str]
    has_more: bool


def change_clinic(actor: Actor, clinic_id: UUID, details: ClinicDetails, *, now: datetime) -> None:
    """Set the clinic's details; the audit names the fields that changed."""
    check_can_administer(actor, clinic_id)
    with writing(actor, now=now) as work:
        clinic = find_clinic(work.session, clinic_id)
        if clinic is None:
            raise NotFound("There is no such clinic.")
        change_clinic_row(work, clinic, details)


def read_audit(
    actor: Actor,
    clinic_id: UUID,
    *,
    page: int,
    patient_id: UUID | None = None,
    user_id: str | None = None,
) -> AuditPage:
    """One page of 50 lines of the clinic's audit: ids, counts and names of fields, nothing about anybody's health."""
    check_can_administer(actor, clinic_id)
    with looking_up() as session:
        lines = list_audit(
            session, clinic_id, first=(page - 1) * PAGE, most=PAGE + 1, patient_id=patient_id, actor_id=user_id
        )
        return AuditPage(lines=lines[:PAGE], names=names_of(session, clinic_id), has_more=len(lines) > PAGE)
