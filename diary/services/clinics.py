"""The clinic that somebody belongs to."""

from zoneinfo import ZoneInfo

from diary.domain.access import Actor
from diary.store.base import db
from diary.store.clinics import Clinic, find_clinic


def clinic_of(actor: Actor) -> Clinic | None:
    """The actor's own clinic; None for the operator."""
    return find_clinic(db.session(), actor.clinic_id) if actor.clinic_id else None


def zone_of(actor: Actor) -> ZoneInfo:
    """The zone in which the actor's clinic tells times; UTC for the operator."""
    clinic = clinic_of(actor)
    return ZoneInfo(clinic.time_zone if clinic else "UTC")
