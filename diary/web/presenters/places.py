"""The places that stand at the head of every staff page, for each role."""

from dataclasses import dataclass

from diary.domain.access import CARE_TEAM, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One link of the navigation: what it is called and the endpoint it leads to."""

    name: str
    endpoint: str


_PATIENTS = (
    Place(name="Patients", endpoint="clinic.patients"),
    Place(name="In the room now", endpoint="clinic.monitoring"),
)
# An admin adds people and links phones, and reads no diary: the list of patients shows scores.
_CLINIC = (
    Place(name="Clinic", endpoint="admin.overview"),
    Place(name="People", endpoint="admin.people"),
    Place(name="Rule sets", endpoint="admin.rules"),
    Place(name="Add a patient", endpoint="clinic.new_patient"),
    Place(name="To delete", endpoint="admin.erasures"),
    Place(name="Audit", endpoint="admin.audit"),
)
_ACCOUNT = Place(name="My account", endpoint="account.overview")


def places_for(role: Role) -> tuple[Place, ...]:
    """Where somebody of the staff can go from anywhere; nowhere for a patient, whose phone has its own three places."""
    if role in CARE_TEAM:
        return (*_PATIENTS, _ACCOUNT)
    return (*_CLINIC, _ACCOUNT) if role is Role.ADMIN else ()
