"""Sharing in words: for the patient, who looked; for the guest, what was injected and the scores before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from diary.domain.diary import Injection
from diary.services.profiles import PatientProfile
from diary.services.shares import Guest
from diary.web.presenters.days import moment_called
from diary.web.presenters.patients import born_of
from diary.words.injections import SIDES, drugs_of
from diary.words.language import gettext as _
from diary.words.times import in_words, instant_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line about the patient or an injection: what it is, and its words."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestLine:
    """Who looked by a code, and when."""

    name: str
    when: str


def present_guest(guest: Guest, zone: ZoneInfo, *, now: datetime) -> GuestLine:
    """The look with its time as the patient says it: "today, 9.20am"."""
    return GuestLine(name=guest.name, when=moment_called(guest.at, zone, now=now))


def facts_of(shown: PatientProfile) -> Iterator[Fact]:
    """Who it is and what was injected; the chart number, conditions and visits stay with the clinic."""
    yield Fact(name=_("Born"), words=born_of(shown.judged.patient))
    yield Fact(name=_("Clinic"), words=shown.judged.clinic.name)
    if shown.injection is not None:
        yield from _facts_of_injection(shown.injection)


def _facts_of_injection(injection: Injection) -> Iterator[Fact]:
    yield Fact(name=_("Injected"), words=instant_in_words(injection.performed_at))
    yield Fact(name=_("Side"), words=" ".join([SIDES[injection.side], injection.target or ""]).strip())
    yield Fact(name=_("Purpose"), words=injection.purpose.value)
    yield Fact(name=_("Drugs"), words=drugs_of(injection))
    if injection.sedation:
        yield Fact(name=_("Sedation"), words=_("yes"))
    if injection.guidance:
        yield Fact(name=_("Guidance"), words=injection.guidance)


def injection_called(injection: Injection) -> str:
    """As in "02-Mar-2026, RIGHT"."""
    return f"{in_words(injection.performed_at.date())}, {SIDES[injection.side]}"


def start_scores_of(shown: PatientProfile) -> tuple[Fact, ...]:
    """The scores that the picture compares with, and where each comes from; the same one once."""
    panels = shown.profile.panels if shown.profile else ()
    starts = [start for panel in panels for start in (panel.start, panel.difficulty_start) if start is not None]
    return tuple(Fact(name=start.label, words=start.origin) for start in dict.fromkeys(starts))
