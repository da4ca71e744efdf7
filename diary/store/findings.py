"""What was found of each patient when they were judged last: kept so that a clinic's whole list can be sorted by it.

All of it is derived: the table may be emptied at any time and is filled again. Whatever is added to a diary counts
``additions`` up in the same transaction, and what was found bears the count at which it was judged. So a judgement that
was under way while something was added is out of date as soon as it is kept, on either database, without a lock.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.access import Owner
from diary.domain.block import BlockVerdict
from diary.domain.findings import Findings, MedicineWeeks, Return
from diary.domain.rulesets import RuleSet
from diary.domain.steroid import SteroidVerdict
from diary.domain.steroid_figures import Badge, DayRange
from diary.domain.steroid_period import Share
from diary.domain.timeline import start_of_day
from diary.store.base import Id, Model, OptionalInstant, offset_of, with_offset
from diary.store.clinics import Clinic
from diary.store.patients import PatientRow

# Findings are kept by a session of their own: another that has loaded them before must not show them as they were.
AS_STORED = {"populate_existing": True}


class FindingsRow(Model):
    """One patient's; without foreign keys, for its row is locked by whoever adds to the diary and by whoever judges it.

    ``judged_additions`` is None until the patient is judged, and so is all below it. ``rules`` names the rule set with
    its version, ``good_until`` is the end of the day *as of* in ``time_zone``.
    """

    __tablename__ = "findings"

    patient_id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(index=True)
    additions: Mapped[int]
    judged_additions: Mapped[int | None]
    rules: Mapped[str | None]
    time_zone: Mapped[str | None]
    good_until: Mapped[OptionalInstant]
    as_of: Mapped[date | None]
    injection_id: Mapped[UUID | None]
    block: Mapped[str | None]
    steroid_id: Mapped[UUID | None]
    steroid: Mapped[str | None]
    badge: Mapped[str | None]
    filled: Mapped[int | None]
    slots: Mapped[int | None]
    end_first: Mapped[int | None]
    end_last: Mapped[int | None]
    returned_since: Mapped[date | None]
    returned_of: Mapped[UUID | None]
    cannot_tell: Mapped[bool | None]
    is_quiet: Mapped[bool | None]
    medicine_has_risen: Mapped[bool | None]
    medicine_last: Mapped[int | None]
    medicine_last_of: Mapped[int | None]
    medicine_before: Mapped[int | None]
    medicine_before_of: Mapped[int | None]
    pain_back_at: Mapped[OptionalInstant]
    pain_back_offset: Mapped[int | None]

    def as_findings(self) -> Findings | None:
        """What was found when the patient was judged last, be it out of date; None where that never was."""
        if self.judged_additions is None or self.as_of is None:
            return None
        end = None
        if self.end_first is not None and self.end_last is not None:
            end = DayRange(first=self.end_first, last=self.end_last)
        returned = None
        if self.returned_since is not None and self.returned_of is not None:
            returned = Return(since=self.returned_since, injection_id=self.returned_of)
        pain_back_at = None
        if self.pain_back_at is not None and self.pain_back_offset is not None:
            pain_back_at = with_offset(self.pain_back_at, self.pain_back_offset)
        return Findings(
            as_of=self.as_of,
            injection_id=self.injection_id,
            block=BlockVerdict(self.block) if self.block else None,
            steroid_id=self.steroid_id,
            steroid=SteroidVerdict(self.steroid) if self.steroid else None,
            data=Badge(self.badge) if self.badge else None,
            filled=self.filled,
            slots=self.slots,
            end=end,
            returned=returned,
            cannot_tell=bool(self.cannot_tell),
            is_quiet=bool(self.is_quiet),
            medicine=MedicineWeeks(
                last=Share(n=self.medicine_last or 0, of=self.medicine_last_of or 0),
                before=Share(n=self.medicine_before or 0, of=self.medicine_before_of or 0),
            ),
            pain_back_at=pain_back_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What one patient was found to be, by which rules, at which count of additions."""

    patient: PatientRow
    rules: str
    additions: int
    findings: Findings


def name_of_rules(clinic: Clinic, rules: RuleSet) -> str:
    """A rule set with its version; a clinic's own is told from one that ships under the same name."""
    return f"{rules.name} {rules.version}{' own' if clinic.rule_set_version is not None else ''}"


# --- what is out of date ----------------------------------------------------------------------------------------------


def is_current(row: FindingsRow | None, patient: PatientRow, *, rules: str, now: datetime) -> bool:
    """Whether what was found of a patient still holds: `current`, for a row that is at hand."""
    return (
        row is not None
        and row.judged_additions == row.additions
        and row.rules == rules
        and row.time_zone == patient.time_zone
        and row.good_until is not None
        and row.good_until > now
    )


def current(*, rules: str, now: datetime) -> ColumnElement[bool]:
    """The same in SQL, of patients with their findings joined to them from outside."""
    return and_(
        FindingsRow.patient_id.is_not(None),
        FindingsRow.judged_additions.is_not(None),
        FindingsRow.judged_additions == FindingsRow.additions,
        FindingsRow.rules == rules,
        FindingsRow.time_zone == PatientRow.time_zone,
        FindingsRow.good_until > now,
    )


def out_of_date(*, rules: str, now: datetime) -> ColumnElement[bool]:
    """What `current` is not, with null for no."""
    return not_(func.coalesce(current(rules=rules, now=now), False))


def count_out_of_date(clinic_id: UUID, *, rules: str, now: datetime) -> Any:
    """How many of a clinic's patients have to be judged (again), as a part of another query."""
    return (
        select(func.count())
        .select_from(PatientRow)
        .outerjoin(FindingsRow, FindingsRow.patient_id == PatientRow.id)
        .where(PatientRow.clinic_id == clinic_id, out_of_date(rules=rules, now=now))
        .scalar_subquery()
    )


def find_out_of_date(
    session: Session, clinic_id: UUID, *, first: Collection[UUID], rules: str, now: datetime, most: int
) -> Sequence[tuple[PatientRow, int]]:
    """Patients to judge with their count of additions: those named first, then by their next visit."""
    rows = session.execute(
        select(PatientRow, func.coalesce(FindingsRow.additions, 0))
        .outerjoin(FindingsRow, FindingsRow.patient_id == PatientRow.id)
        .where(PatientRow.clinic_id == clinic_id, out_of_date(rules=rules, now=now))
        .order_by(
            PatientRow.id.not_in(first),
            or_(PatientRow.next_visit_at.is_(None), PatientRow.next_visit_at < now - timedelta(days=1)),
            PatientRow.next_visit_at,
            PatientRow.id,
        )
        .limit(most)
    )
    return [(patient, additions) for patient, additions in rows]


# --- keeping ----------------------------------------------------------------------------------------------------------


def count_addition(session: Session, owner: Owner) -> None:
    """Say that something was added to a patient's diary: one statement by the primary key."""
    connection = session.connection()
    counted = {"patient_id": owner.patient_id, "clinic_id": owner.clinic_id, "additions": 1}
    connection.execute(_one_more(connection.dialect.name), counted)


@cache  # every entry that is saved passes here, and building the statement costs more than sending it
def _one_more(dialect: str) -> Any:
    return _insert(dialect).on_conflict_do_update(
        index_elements=[FindingsRow.patient_id], set_={"additions": FindingsRow.additions + 1}
    )


def keep_findings(session: Session, judged: Sequence[Judgement]) -> None:
    """Keep what was found. In the order of the ids, so that two who keep at once do not wait for each other."""
    dialect = session.get_bind().dialect.name
    for one in sorted(judged, key=lambda one: one.patient.id):
        values = _values(one)
        upsert = _insert(dialect).values(
            patient_id=one.patient.id, clinic_id=one.patient.clinic_id, additions=one.additions, **values
        )
        session.execute(upsert.on_conflict_do_update(index_elements=[FindingsRow.patient_id], set_=values))


def _insert(dialect: str) -> Any:
    """An INSERT that can turn into an UPDATE: both databases have the same, each under its own name."""
    return (postgresql if dialect == "postgresql" else sqlite).insert(FindingsRow)


def _values(judged: Judgement) -> dict[str, Any]:
    found = judged.findings
    return {
        "judged_additions": judged.additions,
        "rules": judged.rules,
        "time_zone": judged.patient.time_zone,
        "good_until": start_of_day(found.as_of + timedelta(days=1), judged.patient.as_patient().zone),
        "as_of": found.as_of,
        "injection_id": found.injection_id,
        "block": found.block and found.block.value,
        "steroid_id": found.steroid_id,
        "steroid": found.steroid and found.steroid.value,
        "badge": found.data and found.data.value,
        "filled": found.filled,
        "slots": found.slots,
        "end_first": found.end.first if found.end else None,
        "end_last": found.end.last if found.end else None,
        "returned_since": found.returned.since if found.returned else None,
        "returned_of": found.returned.injection_id if found.returned else None,
        "cannot_tell": found.cannot_tell,
        "is_quiet": found.is_quiet,
        "medicine_has_risen": found.medicine.has_risen,
        "medicine_last": found.medicine.last.n,
        "medicine_last_of": found.medicine.last.of,
        "medicine_before": found.medicine.before.n,
        "medicine_before_of": found.medicine.before.of,
        "pain_back_at": found.pain_back_at,
        "pain_back_offset": offset_of(found.pain_back_at) if found.pain_back_at else None,
    }


# --- flags, in SQL ----------------------------------------------------------------------------------------------------


def pain_is_back(*, now: datetime) -> ColumnElement[bool]:
    """The patient said so, and has not been at the clinic since: the flag stands until the next visit has passed."""
    seen_since = or_(
        and_(PatientRow.next_visit_at <= now, PatientRow.next_visit_at > FindingsRow.pain_back_at),
        PatientRow.last_visit_at > FindingsRow.pain_back_at,
    )
    return and_(FindingsRow.pain_back_at.is_not(None), not_(func.coalesce(seen_since, False)))


def is_quiet() -> ColumnElement[bool]:
    """No entries for seven days though they were asked for, by somebody who has not stopped the diary."""
    return and_(FindingsRow.is_quiet.is_(True), PatientRow.stopped_at.is_(None))


def has_flag(*, now: datetime) -> ColumnElement[bool]:
    """Whether there is any flag at all."""
    return or_(
        FindingsRow.returned_since.is_not(None),
        pain_is_back(now=now),
        FindingsRow.medicine_has_risen.is_(True),
        is_quiet(),
    )
