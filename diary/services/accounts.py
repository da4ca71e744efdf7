"""Clinics and their staff: who is added, changed and removed, each with its audit."""

from datetime import datetime
from uuid import UUID, uuid4

from diary.domain.access import STAFF, Actor, Role, check_can_administer
from diary.domain.clinics import RULE_SETS, ClinicDetails, check_email, check_person_name, check_rule_set
from diary.domain.errors import Conflict, InvalidValue, NotAllowed, NotFound
from diary.services.passwords import check_password, hash_password
from diary.store.clinics import Clinic, add_clinic_row, find_clinic
from diary.store.users import User, add_user_row, find_user_by_email
from diary.store.work import Work, writing


def add_clinic(
    actor: Actor,
    *,
    name: str,
    country: str,
    time_zone: str,
    now: datetime,
    telephone: str | None = None,
    opening_hours: str | None = None,
    rule_set: str | None = None,
    invented: bool = False,
) -> UUID:
    """A new clinic's id. `InvalidValue` names the detail that is wrong; only the operator adds clinics."""
    if actor.role is not Role.OPERATOR:
        raise NotAllowed("Clinics are added on the server.")
    details = ClinicDetails.of(
        name=name,
        country=country,
        time_zone=time_zone,
        telephone=telephone,
        opening_hours=opening_hours,
    )
    with writing(actor, now=now) as work:
        return add_clinic_in(work, details, rule_set=rule_set, invented=invented)


def add_clinic_in(work: Work, details: ClinicDetails, *, rule_set: str | None = None, invented: bool = False) -> UUID:
    """The same inside a transaction that does more; without a rule set it starts with the first that ships."""
    chosen = check_rule_set(rule_set or RULE_SETS[0])
    clinic = Clinic(id=uuid4(), created_at=work.now, invented=invented, rule_set=chosen, **details.as_columns())
    add_clinic_row(work, clinic)
    return clinic.id


def add_user(actor: Actor, *, clinic_id: UUID, email: str, name: str, role: Role, password: str, now: datetime) -> int:
    """A new member of staff's id. `InvalidValue` names what is wrong, `Conflict` an e-mail that is taken."""
    check_can_administer(actor, clinic_id)
    with writing(actor, now=now) as work:
        return add_user_in(work, clinic_id=clinic_id, email=email, name=name, role=role, password=password).id


def add_user_in(work: Work, *, clinic_id: UUID, email: str, name: str, role: Role, password: str) -> User:
    """The same inside a transaction that does more."""
    if role not in STAFF:
        raise InvalidValue("role", "Choose admin, doctor or nurse.")
    clinic = find_clinic(work.session, clinic_id)
    if clinic is None:
        raise NotFound("There is no such clinic.")
    email = check_email(email)
    name = check_person_name(name)
    check_password(password, own_words=(name, email.split("@")[0], clinic.name))
    if find_user_by_email(work.session, email):
        raise Conflict("Somebody signs in with this e-mail address already.")
    return add_user_row(
        work, clinic_id=clinic_id, email=email, name=name, role=role, password_hash=hash_password(password)
    )
