"""A clinic's own rule sets: every version that it ever made, none of them changed afterwards."""

from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from diary.domain.form import read
from diary.domain.rulesets import RuleSet, shipped
from diary.store.base import Id, Instant, Model
from diary.store.clinics import Clinic


class RuleSetRow(Model):
    """One version of one set. ``content`` is the whole set as plain values, ``copied_from`` what it was made out of."""

    __tablename__ = "rule_sets"
    __table_args__ = (UniqueConstraint("clinic_id", "name", "version"),)

    id: Mapped[Id]
    clinic_id: Mapped[UUID] = mapped_column(ForeignKey("clinics.id"))
    name: Mapped[str]
    version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    copied_from: Mapped[str]
    made_at: Mapped[Instant]
    made_by: Mapped[str]

    def as_rule_set(self) -> RuleSet:
        """The set, checked again as it is read."""
        return read(RuleSet, self.content)


def rules_in_use(clinic: Clinic, own: RuleSetRow | None) -> RuleSet:
    """The set that a clinic judges by: a version of its own, or one that ships with the diary."""
    return shipped(clinic.rule_set) if own is None else own.as_rule_set()
