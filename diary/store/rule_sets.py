"""A clinic's own rule sets: every version that it ever made, none of them changed afterwards."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, and_, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from diary.domain.errors import InvalidValue, UnreadableRules
from diary.domain.form import read
from diary.domain.rulesets import RuleSet, shipped
from diary.store.base import Id, Instant, Model
from diary.store.clinics import Clinic
from diary.store.work import Work


class RuleSetRow(Model):
    """One version of one set, and why it was made.

    ``content`` is the whole set as plain values; ``copied_from`` what it was made out of, as ``us-medicare-sij/1``.
    """

    __tablename__ = "rule_sets"
    __table_args__ = (UniqueConstraint("clinic_id", "name", "version"),)

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    name: Mapped[str]
    version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    copied_from: Mapped[str]
    why: Mapped[str]
    made_at: Mapped[Instant]
    made_by: Mapped[str]

    def as_rule_set(self) -> RuleSet:
        """The set, checked again as it is read (`UnreadableRules` where it does not hold any more)."""
        try:
            rules = read(RuleSet, self.content)
        except InvalidValue as error:
            raise UnreadableRules(self.name, version=self.version, reason=str(error)) from None
        if (rules.name, rules.version) != (self.name, self.version):
            raise UnreadableRules(self.name, version=self.version, reason="it says that it is another one")
        return rules


OWN_IN_USE = and_(
    RuleSetRow.clinic_id == Clinic.id,
    RuleSetRow.name == Clinic.rule_set,
    RuleSetRow.version == Clinic.rule_set_version,
)


def rules_in_use(clinic: Clinic, own: RuleSetRow | None) -> RuleSet:
    """The set that a clinic judges by: a version of its own, or one that ships with the diary.

    `UnreadableRules` where it is not there or cannot be read: nothing is ever judged by another one in its place.
    """
    if own is not None:
        return own.as_rule_set()
    if clinic.rule_set_version is not None:
        raise UnreadableRules(clinic.rule_set, version=clinic.rule_set_version, reason="it is not there")
    try:
        return shipped(clinic.rule_set)
    except InvalidValue as error:
        raise UnreadableRules(clinic.rule_set, version=None, reason=error.reason) from None


def list_own_rule_sets(session: Session, clinic_id: UUID) -> Sequence[RuleSetRow]:
    """Every version of every set of this clinic's own, by name and the newest first."""
    of_clinic = select(RuleSetRow).where(RuleSetRow.clinic_id == clinic_id)
    return session.scalars(of_clinic.order_by(RuleSetRow.name, RuleSetRow.version.desc())).all()


def find_own_rule_set(session: Session, clinic_id: UUID, name: str, version: int) -> RuleSetRow | None:
    """One version of a set of this clinic's own."""
    return session.scalar(
        select(RuleSetRow).where(
            RuleSetRow.clinic_id == clinic_id, RuleSetRow.name == name, RuleSetRow.version == version
        )
    )


def newest_own_version(session: Session, clinic_id: UUID, name: str) -> int:
    """The number of the newest version of a set of this clinic's own; 0 where there is none of the name."""
    of_name = select(func.max(RuleSetRow.version)).where(RuleSetRow.clinic_id == clinic_id, RuleSetRow.name == name)
    return session.scalar(of_name) or 0


def add_rule_set(work: Work, row: RuleSetRow, *, changed: Sequence[str]) -> None:
    """Add one version, with its audit row; ``changed`` are the places that differ from what it was copied from."""
    work.session.add(row)
    work.audit(
        "rule-set.make",
        clinic_id=row.clinic_id,
        subject=f"rule-set:{row.name}",
        version=row.version,
        copied_from=row.copied_from,
        changed=list(changed),
    )


def put_rule_set_in_use(work: Work, clinic: Clinic, name: str, own_version: int | None) -> None:
    """Make a set the one that this clinic judges by, with its audit row; ``own_version`` is None for a shipped one."""
    work.audit(
        "rule-set.use",
        clinic_id=clinic.id,
        subject=f"rule-set:{name}",
        version=own_version,
        was=clinic.rule_set,
        was_version=clinic.rule_set_version,
    )
    clinic.rule_set, clinic.rule_set_version = name, own_version
