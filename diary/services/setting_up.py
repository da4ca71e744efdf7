"""A new server's first steps: a link good once, and with it the clinic and its admin."""

import secrets
from datetime import datetime

from diary.domain.access import Actor, Role
from diary.domain.clinics import ClinicDetails
from diary.domain.errors import NotFound
from diary.services.accounts import add_clinic_in, add_user_in
from diary.store.keys_to_accounts import SetupLink, add_setup_link, find_setup_link
from diary.store.users import has_an_admin
from diary.store.work import Work, looking_up, writing

TOKEN_BYTES = 24
SETUP = Actor(role=Role.OPERATOR, id="set-up", clinic_id=None)


def new_setup_link(*, base_url: str, now: datetime) -> str | None:
    """The address that sets up this server, good once for 24 hours; None when a clinic has its admin already."""
    with looking_up() as session:
        if has_an_admin(session):
            return None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with writing(SETUP, now=now) as work:
        add_setup_link(work, token)
    return f"{base_url}/account/set-up/{token}"


def check_setup_link(token: str, *, now: datetime) -> None:
    """`NotFound` if the link does not work. Looking does not use it up: mail scanners look too."""
    with looking_up() as session:
        if find_setup_link(session, token, now=now) is None or has_an_admin(session):
            raise _no_longer_works()


def set_up(
    token: str,
    details: ClinicDetails,
    *,
    rule_set: str | None,
    name: str,
    email: str,
    password: str,
    now: datetime,
) -> int:
    """Make the clinic and its admin, and answer the admin's id. The link, and every other, is then of no use."""
    with writing(SETUP, now=now) as work:
        link = _find_link(work, token)
        clinic_id = add_clinic_in(work, details, rule_set=rule_set)
        admin = add_user_in(work, clinic_id=clinic_id, email=email, name=name, role=Role.ADMIN, password=password)
        link.used_at = now
        work.audit("setup-link.use", clinic_id=clinic_id, subject=f"setup-link:{link.id}")
        return admin.id


def _find_link(work: Work, token: str) -> SetupLink:
    link = find_setup_link(work.session, token, now=work.now)
    if link is None or has_an_admin(work.session):
        raise _no_longer_works()
    return link


def _no_longer_works() -> NotFound:
    return NotFound("This link no longer works. Start the server again: while it has no admin, it prints a new one.")
