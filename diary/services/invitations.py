"""Invitations of staff: a link for 72 hours, good once, that ends in a password and a second factor.

Whoever is invited again begins again: a new password, a new authenticator app, every session ended.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from diary.domain.access import STAFF, Actor, Role, check_can_administer
from diary.domain.clinics import check_email, check_person_name
from diary.domain.errors import Conflict, InvalidValue, NotFound
from diary.services.accounts import add_user_in
from diary.services.passwords import check_password, hash_password
from diary.services.sign_in import open_again
from diary.services.staff import end_sessions
from diary.store.clinics import find_clinic
from diary.store.keys_to_accounts import (
    INVITED_FOR,
    Invitation,
    add_invitation,
    find_invitation,
    find_invitation_by_token,
    find_open_invitation_of,
    hash_key,
    list_waiting,
)
from diary.store.users import User, begin_again, find_user_by_email
from diary.store.work import Work, looking_up, writing

TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An invitation as its link shows it, before it is taken up."""

    clinic_name: str
    email: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An invitation that nobody has taken up yet."""

    id: UUID
    email: str
    role: Role
    expires_at: datetime
    works: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A link just made: the only time that its token is known."""

    email: str
    address: str


def invite(actor: Actor, *, email: str, role: Role, base_url: str, now: datetime) -> NewLink:
    """Invite somebody to the actor's clinic. Who is there already begins again with it; another clinic's is refused."""
    if actor.clinic_id is None:
        raise NotFound("There is no such clinic.")
    check_can_administer(actor, actor.clinic_id)
    email = check_email(email)
    if role not in STAFF:
        raise InvalidValue("role", "Choose admin, doctor or nurse.")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with writing(actor, now=now) as work:
        _check_free_or_ours(work, actor.clinic_id, email)
        earlier = find_open_invitation_of(work.session, actor.clinic_id, email, now=now)
        if earlier:
            earlier.cancelled_at = now
        add_invitation(work, clinic_id=actor.clinic_id, email=email, role=role, token=token)
    return NewLink(email=email, address=_address(base_url, token))


def send_again(actor: Actor, invitation_id: UUID, *, base_url: str, now: datetime) -> NewLink:
    """A new link for another 72 hours; the one sent before is of no use any more."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with writing(actor, now=now) as work:
        invitation = _find_waiting(work, invitation_id)
        invitation.token_hash = hash_key(token)
        invitation.expires_at = now + INVITED_FOR
        work.audit("invitation.again", clinic_id=invitation.clinic_id, subject=f"invitation:{invitation.id}")
        return NewLink(email=invitation.email, address=_address(base_url, token))


def cancel(actor: Actor, invitation_id: UUID, *, now: datetime) -> str:
    """End an invitation, and answer whose it was."""
    with writing(actor, now=now) as work:
        invitation = _find_waiting(work, invitation_id)
        invitation.cancelled_at = now
        work.audit("invitation.cancel", clinic_id=invitation.clinic_id, subject=f"invitation:{invitation.id}")
        return invitation.email


def list_invitations(actor: Actor, clinic_id: UUID, *, now: datetime) -> Sequence[Waiting]:
    """Who has not come yet, the newest first."""
    check_can_administer(actor, clinic_id)
    with looking_up() as session:
        return [
            Waiting(
                id=row.id, email=row.email, role=Role(row.role), expires_at=row.expires_at, works=row.expires_at > now
            )
            for row in list_waiting(session, clinic_id)
        ]


def look_at(token: str, *, now: datetime) -> Invited:
    """What a link invites to, or `NotFound`. Looking does not use it up: mail scanners look too."""
    with looking_up() as session:
        invitation = find_invitation_by_token(session, token, now=now)
        clinic = find_clinic(session, invitation.clinic_id) if invitation else None
        if invitation is None or clinic is None:
            raise _no_longer_works()
        return Invited(clinic_name=clinic.name, email=invitation.email, role=Role(invitation.role))


def redeem(token: str, *, name: str, password: str, now: datetime) -> int:
    """Take up the invitation, and answer the user's id. `InvalidValue`: the link still works."""
    invited = look_at(token, now=now)
    newcomer = Actor(role=Role.OPERATOR, id="invitation", clinic_id=None)
    with writing(newcomer, now=now) as work:
        invitation = find_invitation_by_token(work.session, token, now=now)
        if invitation is None:
            raise _no_longer_works()
        invitation.redeemed_at = now
        user = _make_user(work, invitation, clinic_name=invited.clinic_name, name=name, password=password)
        work.audit(
            "invitation.redeem",
            clinic_id=invitation.clinic_id,
            subject=f"invitation:{invitation.id}",
            user=user.id,
        )
    end_sessions(user.id)
    open_again(user.email)
    open_again(f"code:{user.id}")
    return user.id


def _make_user(work: Work, invitation: Invitation, *, clinic_name: str, name: str, password: str) -> User:
    role = Role(invitation.role)
    user = find_user_by_email(work.session, invitation.email)
    if user is None:
        return add_user_in(
            work, clinic_id=invitation.clinic_id, email=invitation.email, name=name, role=role, password=password
        )
    _check_free_or_ours(work, invitation.clinic_id, invitation.email)
    name = check_person_name(name)
    check_password(password, own_words=(name, user.email.split("@")[0], clinic_name))
    begin_again(work, user, name=name, role=role, password_hash=hash_password(password))
    return user


def _check_free_or_ours(work: Work, clinic_id: UUID, email: str) -> None:
    user = find_user_by_email(work.session, email)
    if user is not None and user.clinic_id != clinic_id:
        raise Conflict("Somebody signs in with this e-mail address already. Choose another.")


def _find_waiting(work: Work, invitation_id: UUID) -> Invitation:
    invitation = find_invitation(work.session, invitation_id)
    if invitation is None or invitation.redeemed_at or invitation.cancelled_at:
        raise NotFound("There is no such invitation.")
    check_can_administer(work.actor, invitation.clinic_id)
    return invitation


def _address(base_url: str, token: str) -> str:
    return f"{base_url}/account/invitation/{token}"


def _no_longer_works() -> NotFound:
    return NotFound("This link no longer works. Ask an admin of your clinic for a new one.")
