"""Who may do what to whom. ``check_can_x`` raises, ``can_x`` asks.

Another clinic's, another patient's and what is not there all look the same from outside: `NotFound`. What a role
does not give inside one's own clinic is `NotAllowed`.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from diary.domain.errors import NotAllowed, NotFound


class Role(StrEnum):
    ADMIN = "admin"
    DOCTOR = "doctor"
    NURSE = "nurse"
    PATIENT = "patient"  # with the diary opened: by PIN, or signed in
    DEVICE = "device"  # a patient's bound phone without its PIN: it adds scores and reads none
    GUEST = "guest"  # whoever typed the code that a patient shares: looks at that diary for a quarter of an hour
    OPERATOR = "operator"  # whoever runs a command on the server itself


STAFF = frozenset({Role.ADMIN, Role.DOCTOR, Role.NURSE})
CARE_TEAM = frozenset({Role.DOCTOR, Role.NURSE})
ONES_OWN = frozenset({Role.PATIENT, Role.DEVICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Whoever does something: the audit names them, and access goes by their role, clinic and patient.

    ``id`` is the user's or the device's id as text; ``patient_id`` is set for the two roles of a patient
    and for their guest; ``clinic_id`` is None only for the operator, who may act for every clinic.
    """

    role: Role
    id: str
    clinic_id: UUID | None
    patient_id: UUID | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """To whom a record belongs."""

    clinic_id: UUID
    patient_id: UUID


def check_same_owner(actor: Actor, owner: Owner) -> None:
    """`NotFound` for another clinic's record, and for another patient's where the actor is a patient."""
    if actor.role is Role.OPERATOR:
        return
    if actor.clinic_id != owner.clinic_id:
        raise NotFound("There is no such patient.")
    if actor.role not in STAFF and actor.patient_id != owner.patient_id:
        raise NotFound("There is no such patient.")


def check_can_read_diary(actor: Actor, owner: Owner) -> None:
    """Doctors and nurses of the clinic, and the patient with the diary opened. An admin and a bare phone may not.

    The patient's guest may, and no other check lets them in: which page that is, is the routes' to say.
    """
    check_same_owner(actor, owner)
    if actor.role not in CARE_TEAM | {Role.PATIENT, Role.GUEST, Role.OPERATOR}:
        raise NotAllowed("Your role does not open diaries.")


def check_holds_diary(actor: Actor, owner: Owner) -> None:
    """The patient alone, with the diary opened: sharing it, taking it along, seeing who looked, stopping it."""
    check_same_owner(actor, owner)
    if actor.role is not Role.PATIENT:
        raise NotAllowed("Your role does not hold this diary.")


def check_can_add_entry(actor: Actor, owner: Owner) -> None:
    """The care team, and the patient with the diary opened or by the bound phone."""
    check_same_owner(actor, owner)
    if actor.role not in CARE_TEAM | {Role.PATIENT, Role.DEVICE, Role.OPERATOR}:
        raise NotAllowed("Your role does not add scores.")


def check_can_type_in_paper(actor: Actor, owner: Owner) -> None:
    """The care team: older days than a phone may score come from paper, and somebody else must have seen that paper."""
    check_same_owner(actor, owner)
    if actor.role not in CARE_TEAM:
        raise NotAllowed("Your role does not type in a paper diary.")


def check_can_record_injection(actor: Actor, owner: Owner) -> None:
    """The care team."""
    check_same_owner(actor, owner)
    if actor.role not in CARE_TEAM | {Role.OPERATOR}:
        raise NotAllowed("Your role does not record injections.")


def check_can_sign_off(actor: Actor, owner: Owner) -> None:
    """Doctors of the clinic: reading a block and planning what follows is theirs alone."""
    check_same_owner(actor, owner)
    if actor.role is not Role.DOCTOR:
        raise NotAllowed("Only a doctor signs a reading and a plan.")


def check_can_handle_help(actor: Actor, owner: Owner) -> None:
    """The care team: a use of the help page is handled by whoever can call the patient and look into the diary."""
    check_same_owner(actor, owner)
    if actor.role not in CARE_TEAM:
        raise NotAllowed("Your role does not open diaries.")


def check_can_enrol(actor: Actor, clinic_id: UUID) -> None:
    """Staff of the clinic: a name, a birth date and a code are no medical notes."""
    if actor.role is not Role.OPERATOR and actor.clinic_id != clinic_id:
        raise NotFound("There is no such clinic.")
    if actor.role not in STAFF | {Role.OPERATOR}:
        raise NotAllowed("Your role does not enrol patients.")


def check_can_describe_pain(actor: Actor, owner: Owner) -> None:
    """The care team, and the patient or their bound phone: which pain, what it makes hard, which conditions."""
    check_same_owner(actor, owner)
    if actor.role not in CARE_TEAM | {Role.PATIENT, Role.DEVICE, Role.OPERATOR}:
        raise NotAllowed("Your role does not describe a patient's pain.")


def check_can_set_schedule(actor: Actor, owner: Owner) -> None:
    """The care team: how often a patient is asked is theirs to say, as it is what they ask."""
    check_same_owner(actor, owner)
    if actor.role not in CARE_TEAM:
        raise NotAllowed("Your role does not set what a patient is asked.")


def check_can_choose_reminders(actor: Actor, owner: Owner) -> None:
    """The patient, and their bound phone: who reminds whom, how and when, is theirs alone."""
    check_same_owner(actor, owner)
    if actor.role not in {Role.PATIENT, Role.DEVICE}:
        raise NotAllowed("Your role does not choose a patient's reminders.")


def check_can_read_rules(actor: Actor, clinic_id: UUID) -> None:
    """The clinic's staff: whoever works by the rules may read them."""
    if actor.role is not Role.OPERATOR and actor.clinic_id != clinic_id:
        raise NotFound("There is no such clinic.")
    if actor.role not in STAFF | {Role.OPERATOR}:
        raise NotAllowed("Your role does not open the rule sets.")


def check_can_administer(actor: Actor, clinic_id: UUID) -> None:
    """The clinic's admins."""
    if actor.role is not Role.OPERATOR and actor.clinic_id != clinic_id:
        raise NotFound("There is no such clinic.")
    if actor.role not in {Role.ADMIN, Role.OPERATOR}:
        raise NotAllowed("Only an admin of the clinic can do this.")
