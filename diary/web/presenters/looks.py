"""Who looked into a diary, in the patient's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from diary.domain.access import Role
from diary.services.looks import Look
from diary.web.presenters.days import moment_called
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext

ROLES = {
    Role.ADMIN: lazy_gettext("admin"),
    Role.DOCTOR: lazy_gettext("doctor"),
    Role.NURSE: lazy_gettext("nurse"),
    Role.GUEST: lazy_gettext("with your code"),
    Role.OPERATOR: lazy_gettext("runs the server"),
}
# In the order of weight: what left the server is said before what was only seen.
DONE: Mapping[str, Callable[[str], str]] = {
    "diary.export": lambda when: _("took a copy %(when)s", when=when),
    "report.print": lambda when: _("made a report %(when)s", when=when),
    "diary.import": lambda when: _("looked to add a file %(when)s", when=when),
    "sign-off.read": lambda when: _("read the plans %(when)s", when=when),
    "diary.read": lambda when: _("looked %(when)s", when=when),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LookLine:
    """One line: who, as what, and what they did when."""

    name: str
    role: str
    words: str


def present_look(look: Look, zone: ZoneInfo, *, now: datetime) -> LookLine:
    """The look with its time in the patient's zone."""
    said = next((words for action, words in DONE.items() if action in look.actions), DONE["diary.read"])
    return LookLine(
        name=look.name or _("Somebody"),
        role=ROLES.get(look.role, look.role.value),
        words=said(moment_called(look.at, zone, now=now)),
    )
