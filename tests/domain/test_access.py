"""Who may do what to whom: every role against every check, in its own clinic, in another's, for another patient."""

from collections.abc import Callable
from uuid import UUID

import pytest

from diary.domain.access import (
    Actor,
    Owner,
    Role,
    check_can_add_entry,
    check_can_administer,
    check_can_describe_pain,
    check_can_enrol,
    check_can_read_diary,
    check_can_read_rules,
    check_can_record_injection,
    check_same_owner,
)
from diary.domain.errors import NotAllowed, NotFound

RIVERSIDE, HILLTOP = UUID(int=1), UUID(int=2)
ANA, BEN = UUID(int=11), UUID(int=12)

# What the docstrings of `diary.domain.access` say, role by role, inside the actor's own clinic or own diary.
LET_IN: dict[Callable[[Actor, Owner], None], set[Role]] = {
    check_same_owner: set(Role),
    check_can_read_diary: {Role.DOCTOR, Role.NURSE, Role.PATIENT, Role.OPERATOR},
    check_can_add_entry: {Role.DOCTOR, Role.NURSE, Role.PATIENT, Role.DEVICE, Role.OPERATOR},
    check_can_record_injection: {Role.DOCTOR, Role.NURSE, Role.OPERATOR},
    check_can_describe_pain: {Role.DOCTOR, Role.NURSE, Role.PATIENT, Role.DEVICE, Role.OPERATOR},
}
IN_THE_CLINIC: dict[Callable[[Actor, UUID], None], set[Role]] = {
    check_can_enrol: {Role.ADMIN, Role.DOCTOR, Role.NURSE, Role.OPERATOR},
    check_can_administer: {Role.ADMIN, Role.OPERATOR},
    check_can_read_rules: {Role.ADMIN, Role.DOCTOR, Role.NURSE, Role.OPERATOR},
}


def somebody(role: Role, *, clinic_id: UUID = RIVERSIDE, patient_id: UUID = ANA) -> Actor:
    """An actor of Riverside; patients and their phones are Ana's."""
    of_a_patient = role in {Role.PATIENT, Role.DEVICE}
    return Actor(
        role=role,
        id="1",
        clinic_id=None if role is Role.OPERATOR else clinic_id,
        patient_id=patient_id if of_a_patient else None,
    )


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("check", LET_IN, ids=lambda check: check.__name__)
def test_a_diary_lets_in_who_it_says(check: Callable[[Actor, Owner], None], role: Role) -> None:
    anas = Owner(clinic_id=RIVERSIDE, patient_id=ANA)
    if role in LET_IN[check]:
        check(somebody(role), anas)
    else:
        with pytest.raises(NotAllowed, match=r"^Your role does not [a-z' ]+\.$"):
            check(somebody(role), anas)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
@pytest.mark.parametrize("check", LET_IN, ids=lambda check: check.__name__)
def test_another_clinics_patient_is_not_there(check: Callable[[Actor, Owner], None], role: Role) -> None:
    with pytest.raises(NotFound, match=r"^There is no such patient\.$"):
        check(somebody(role, clinic_id=HILLTOP), Owner(clinic_id=RIVERSIDE, patient_id=ANA))


@pytest.mark.parametrize("role", [Role.PATIENT, Role.DEVICE])
@pytest.mark.parametrize("check", LET_IN, ids=lambda check: check.__name__)
def test_another_patient_of_the_clinic_is_not_there_either(check: Callable[[Actor, Owner], None], role: Role) -> None:
    with pytest.raises(NotFound, match=r"^There is no such patient\.$"):
        check(somebody(role, patient_id=BEN), Owner(clinic_id=RIVERSIDE, patient_id=ANA))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("check", IN_THE_CLINIC, ids=lambda check: check.__name__)
def test_a_clinic_lets_in_who_it_says(check: Callable[[Actor, UUID], None], role: Role) -> None:
    if role in IN_THE_CLINIC[check]:
        check(somebody(role), RIVERSIDE)
    else:
        with pytest.raises(NotAllowed, match=r"^(Your role does not (enrol|open)|Only an admin of the clinic can)"):
            check(somebody(role), RIVERSIDE)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OPERATOR])
@pytest.mark.parametrize("check", IN_THE_CLINIC, ids=lambda check: check.__name__)
def test_another_clinic_is_not_there(check: Callable[[Actor, UUID], None], role: Role) -> None:
    with pytest.raises(NotFound, match=r"^There is no such clinic\.$"):
        check(somebody(role, clinic_id=HILLTOP), RIVERSIDE)


def test_who_may_not_read_a_clinics_rules_is_told_why() -> None:
    with pytest.raises(NotFound) as elsewhere:
        check_can_read_rules(somebody(Role.DOCTOR), HILLTOP)
    assert str(elsewhere.value) == "There is no such clinic."
    with pytest.raises(NotAllowed) as patient:
        check_can_read_rules(somebody(Role.PATIENT), RIVERSIDE)
    assert str(patient.value) == "Your role does not open the rule sets."
