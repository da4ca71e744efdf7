"""The clinic that somebody belongs to."""

from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.access import Actor
from diary.store.base import db
from diary.store.clinics import Clinic, find_clinic


def clinic_of(actor: Actor) -> Clinic | None:
    """The actor's own clinic; None for the operator."""
    return find_clinic(db.session(), actor.clinic_id) if actor.clinic_id else None


def clinic_by_id(clinic_id: UUID) -> Clinic | None:
    """The clinic with this id, for what anybody may know of it: its name, country, number and opening hours."""
    return find_clinic(db.session(), clinic_id)


def zone_of(actor: Actor) -> ZoneInfo:
    """The zone in which the actor's clinic tells times; UTC for the operator."""
    clinic = clinic_of(actor)
    return ZoneInfo(clinic.time_zone if clinic else "UTC")
