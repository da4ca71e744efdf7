"""Who looked into a diary, for the patient whose it is: everybody but themselves, by name, to the minute."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from diary.domain.access import Actor, Role, check_holds_diary
from diary.services.patients import own_record
from diary.store.audit import AuditLine, list_looks
from diary.store.shares import names_of_guests
from diary.store.users import names_of
from diary.store.work import reading

PAGE = 50
ONE_LOOK = timedelta(minutes=1)  # a page, its picture and its table are fetched one after the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """That somebody looked at ``at``, and what they did (actions of the audit). A guest's ``name`` is unchecked."""

    role: Role
    name: str
    at: datetime
    actions: frozenset[str]
    actor_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """One page of those who looked, the newest first."""

    looks: tuple[Look, ...]
    has_more: bool


def looks_at_own_diary(actor: Actor, *, page: int = 1, now: datetime) -> Looks:
    """A page of up to 50 looks into the diary of the patient who asks (with the PIN: `NotAllowed`)."""
    patient = own_record(actor, now=now)
    check_holds_diary(actor, patient.owner)
    with reading(actor, now=now) as work:
        lines = list_looks(work.session, patient.id, first=(page - 1) * PAGE, most=PAGE + 1)
        names = names_of(work.session, patient.clinic_id) | names_of_guests(work.session, patient.id)
    return Looks(looks=tuple(_merged(lines[:PAGE], names)), has_more=len(lines) > PAGE)


def _merged(lines: Sequence[AuditLine], names: dict[str, str]) -> Iterator[Look]:
    """Lines of one person within a minute as one look, at the time of the first of them."""
    current: Look | None = None
    for line in lines:
        same = current is not None and current.actor_id == line.actor_id and current.role == line.actor_role
        if current is not None and same and current.at - line.at <= ONE_LOOK:
            current = replace(current, at=line.at, actions=current.actions | {line.action})
            continue
        if current is not None:
            yield current
        current = _look(line, names)
    if current is not None:
        yield current


def _look(line: AuditLine, names: dict[str, str]) -> Look:
    return Look(
        role=Role(line.actor_role),
        name=names.get(line.actor_id, ""),
        at=line.at,
        actions=frozenset({line.action}),
        actor_id=line.actor_id,
    )
