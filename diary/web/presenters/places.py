"""The places that stand at the head of every staff page, for each role."""

from dataclasses import dataclass

from diary.domain.access import CARE_TEAM, Role
from diary.words.language import lazy_gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One link of the navigation: what it is called and the endpoint it leads to."""

    name: str
    endpoint: str


_PATIENTS = (
    Place(name=lazy_gettext("Patients"), endpoint="clinic.patients"),
    Place(name=lazy_gettext("In the room now"), endpoint="clinic.monitoring"),
)
# An admin adds people and links phones, and reads no diary: the list of patients shows scores.
_CLINIC = (
    Place(name=lazy_gettext("Clinic"), endpoint="admin.overview"),
    Place(name=lazy_gettext("People"), endpoint="admin.people"),
    Place(name=lazy_gettext("Rule sets"), endpoint="admin.rules"),
    Place(name=lazy_gettext("Add a patient"), endpoint="clinic.new_patient"),
    Place(name=lazy_gettext("To delete"), endpoint="admin.erasures"),
    Place(name=lazy_gettext("Audit"), endpoint="admin.audit"),
)
_ACCOUNT = Place(name=lazy_gettext("My account"), endpoint="account.overview")


def places_for(role: Role) -> tuple[Place, ...]:
    """Where somebody of the staff can go from anywhere; nowhere for a patient, whose phone has its own three places."""
    if role in CARE_TEAM:
        return (*_PATIENTS, _ACCOUNT)
    return (*_CLINIC, _ACCOUNT) if role is Role.ADMIN else ()
