"""One entry with all that it was before and became after."""

from datetime import datetime
from uuid import UUID

from diary.domain.access import Actor, Role, check_can_read_diary
from diary.domain.diary import Entry
from diary.domain.errors import NotFound
from diary.store.diaries import find_entry, load_history
from diary.store.work import Work, reading, writing


def load_entry(actor: Actor, entry_id: UUID, *, now: datetime) -> tuple[Entry, tuple[Entry, ...]]:
    """The entry with this id, and its original with every correction, oldest first.

    `NotFound` where it is not there or not theirs, `NotAllowed` for who reads no diary. Staff leave an audit row.
    """
    if actor.role is Role.PATIENT:
        with reading(actor, now=now) as work:
            return _load(work, entry_id)
    with writing(actor, now=now) as work:
        return _load(work, entry_id)


def _load(work: Work, entry_id: UUID) -> tuple[Entry, tuple[Entry, ...]]:
    found = find_entry(work, entry_id)
    if found is None:
        raise NotFound("There is no such entry.")
    entry, owner = found
    try:
        check_can_read_diary(work.actor, owner)
    except NotFound:
        raise NotFound("There is no such entry.") from None
    if work.actor.role is not Role.PATIENT:
        work.audit("entry.read", owner=owner, subject=str(entry_id))
    return entry, load_history(work, owner, entry_id)
