"""The staff of a clinic: who they are, what role they have, when their access ends, and where they are signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from diary.domain.access import STAFF, Actor, Role, check_can_administer
from diary.domain.errors import Conflict, InvalidValue, NotAllowed, NotFound
from diary.store import browser_sessions
from diary.store.browser_sessions import LiveSession
from diary.store.clinics import find_clinic
from diary.store.users import User, claim_code, count_admins, end_access, find_user, list_users, set_role
from diary.store.work import Work, keeping_house, looking_up, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of staff as the list of people shows them; ``second_factor`` is whether theirs is set up."""

    id: int
    name: str
    email: str
    role: Role
    second_factor: bool


def list_people(actor: Actor, clinic_id: UUID) -> Sequence[Person]:
    """Everybody with access to the clinic, by name."""
    check_can_administer(actor, clinic_id)
    with looking_up() as session:
        return [_person(user) for user in list_users(session, clinic_id)]


def find_person(actor: Actor, user_id: int) -> Person:
    """One of the people of the actor's clinic, or `NotFound`."""
    with looking_up() as session:
        return _person(_find_administered(actor, find_user(session, user_id)))


def change_role(actor: Actor, user_id: int, role: Role, *, now: datetime) -> None:
    """Give a colleague another role and end their sessions: what they may do changes with their next sign-in."""
    if role not in STAFF:
        raise InvalidValue("role", "Choose admin, doctor or nurse.")
    with writing(actor, now=now) as work:
        user = _find_other(work, user_id)
        if user.role == role.value:
            return
        _check_an_admin_stays(work, user)
        set_role(work, user, role)
    end_sessions(user_id)


def remove_person(actor: Actor, user_id: int, *, now: datetime) -> None:
    """End a colleague's access at once. Their records, and their name beside them, stay."""
    with writing(actor, now=now) as work:
        user = _find_other(work, user_id)
        _check_an_admin_stays(work, user)
        end_access(work, user)
    end_sessions(user_id)


def _find_other(work: Work, user_id: int) -> User:
    user = _find_administered(work.actor, find_user(work.session, user_id))
    if str(user.id) == work.actor.id:
        raise NotAllowed("Ask another admin: nobody changes their own role or access.")
    return user


def _find_administered(actor: Actor, user: User | None) -> User:
    if user is None or user.removed_at is not None:
        raise NotFound("There is no such person.")
    check_can_administer(actor, user.clinic_id)
    return user


def _check_an_admin_stays(work: Work, user: User) -> None:
    if user.role == Role.ADMIN.value and count_admins(work.session, user.clinic_id) == 1:
        raise Conflict("A clinic needs an admin. Make somebody else an admin first.")


def _person(user: User) -> Person:
    return Person(
        id=user.id,
        name=user.name,
        email=user.email,
        role=Role(user.role),
        second_factor=user.tf_totp_secret is not None,
    )


def own_words(user_id: int) -> tuple[str, ...]:
    """The words that must not be all of this person's password: their name and address, the clinic's name."""
    with looking_up() as session:
        user = find_user(session, user_id)
        clinic = find_clinic(session, user.clinic_id) if user else None
        return (user.name, user.email.split("@")[0], clinic.name) if user and clinic else ()


# --- signing in and out ----------------------------------------------------------------------------------------------


def note_sign_in(actor: Actor, *, now: datetime) -> None:
    with writing(actor, now=now) as work:
        work.audit("sign-in", subject=f"user:{actor.id}")


def note_sign_out(actor: Actor, *, now: datetime) -> None:
    with writing(actor, now=now) as work:
        work.audit("sign-out", subject=f"user:{actor.id}")


def use_code(actor: Actor, *, counter: int, used_last: int | None, now: datetime) -> bool:
    """Use up one code of the authenticator app; False where it was used meanwhile."""
    with writing(actor, now=now) as work:
        return claim_code(work, int(actor.id), counter=counter, used_last=used_last)


def list_sessions(actor: Actor, *, now: datetime) -> Sequence[LiveSession]:
    """Where the actor is signed in, the one used last first."""
    with looking_up() as session:
        return browser_sessions.list_live(session, int(actor.id), now=now)


def end_session(actor: Actor, session_id: UUID, *, now: datetime) -> None:
    """Sign the actor out of one browser; `NotFound` for one that is not theirs."""
    with keeping_house() as session:
        ended = browser_sessions.end_one_of(session, int(actor.id), session_id)
    if not ended:
        raise NotFound("That session has ended.")
    with writing(actor, now=now) as work:
        work.audit("session.end", subject=f"user:{actor.id}", count=1)


def end_other_sessions(actor: Actor, *, current: UUID | None, now: datetime) -> int:
    """Sign the actor out everywhere but here; how many sessions ended."""
    ended = end_sessions(int(actor.id), but=current)
    with writing(actor, now=now) as work:
        work.audit("session.end", subject=f"user:{actor.id}", count=ended)
    return ended


def end_sessions_of(actor: Actor, user_id: int, *, now: datetime) -> int:
    """Sign a colleague out everywhere; how many sessions ended."""
    with writing(actor, now=now) as work:
        _find_administered(actor, find_user(work.session, user_id))
        work.audit("session.end", subject=f"user:{user_id}")
    return end_sessions(user_id)


def end_sessions(user_id: int, *, but: UUID | None = None) -> int:
    """End a user's sessions as part of something that is audited for itself."""
    with keeping_house() as session:
        return browser_sessions.end_all_of(session, user_id, but=but)
