"""Patients as staff see them at the head of a page and in a list."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID
from zoneinfo import available_timezones

from diary.domain.access import CARE_TEAM, Actor
from diary.services.patients import pain_of
from diary.store.patients import PatientRow
from diary.web.presenters.pain import words_for_pain
from diary.words.language import gettext as _
from diary.words.times import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLine:
    """One patient among others, told apart by birth date and chart number."""

    id: UUID
    name: str
    born: str
    number: str
    telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientHeading:
    """Whose page this is. ``pain`` is empty for those who may not read about health."""

    id: UUID
    name: str
    born: str
    number: str
    pain: str
    of_care_team: bool
    stopped: bool
    visit_planned: bool


def name_of(patient: PatientRow) -> str:
    """The name, or that there is none."""
    return patient.name or _("No name")


def born_of(patient: PatientRow) -> str:
    return in_words(patient.born) if patient.born else _("not known")


def line_of(patient: PatientRow) -> PatientLine:
    """The patient in a list."""
    return PatientLine(
        id=patient.id,
        name=patient.name or _("No name"),
        born=day_of(patient.born),
        number=patient.number or "",
        telephone=patient.telephone or "",
    )


def heading_of(patient: PatientRow, actor: Actor) -> PatientHeading:
    """The patient at the head of a page, for whoever looks."""
    of_care_team = actor.role in CARE_TEAM
    return PatientHeading(
        id=patient.id,
        name=patient.name or _("No name"),
        born=day_of(patient.born),
        number=patient.number or "",
        pain=words_for_pain(pain_of(patient)) if of_care_team else "",
        of_care_team=of_care_team,
        stopped=patient.stopped_at is not None,
        visit_planned=patient.next_visit_at is not None,
    )


def day_of(day: date | None) -> str:
    """A date that no country reads in another order: 06-Aug-2026."""
    return in_words(day) if day else _("birth date not known")


@cache
def time_zones() -> list[str]:
    """The names of the time zones to choose from."""
    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/")))
