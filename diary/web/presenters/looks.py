"""Who looked into a diary, in the patient's words."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from diary.domain.access import Role
from diary.services.looks import Look
from diary.web.presenters.days import moment_called

ROLES = {
    Role.ADMIN: "admin",
    Role.DOCTOR: "doctor",
    Role.NURSE: "nurse",
    Role.GUEST: "with your code",
    Role.OPERATOR: "runs the server",
}
# In the order of weight: what left the server is said before what was only seen.
DONE = {
    "diary.export": "took a copy",
    "report.print": "made a report",
    "diary.import": "looked to add a file",
    "sign-off.read": "read the plans",
    "diary.read": "looked",
}
WITHOUT_A_NAME = "Somebody"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookLine:
    """One line: who, as what, what they did, and when."""

    name: str
    role: str
    done: str
    when: str


def present_look(look: Look, zone: ZoneInfo, *, now: datetime) -> LookLine:
    """The look with its time in the patient's zone."""
    return LookLine(
        name=look.name or WITHOUT_A_NAME,
        role=ROLES.get(look.role, look.role.value),
        done=next((words for action, words in DONE.items() if action in look.actions), "looked"),
        when=moment_called(look.at, zone, now=now),
    )
