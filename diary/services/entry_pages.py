"""Every entry of a patient, a page at a time, each with what was changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.access import Actor, check_can_read_diary
from diary.domain.diary import Diary, Entry, Injection
from diary.domain.errors import NotFound, UnreadableRules
from diary.domain.timeline import (
    Chain,
    LateAfter,
    chains,
    day_is_late,
    injections_in_force,
    is_early,
    minute_since,
    moment_is_late,
)
from diary.store.entry_pages import find_entry_page, find_place
from diary.store.patients import PatientRow
from diary.store.whole_diaries import find_patient_to_judge
from diary.store.work import Work, writing

A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryHistory:
    """One entry with what was changed, oldest first, and what is to be said about its time.

    ``late`` is None where the rules that say when a moment is late cannot be read.
    """

    chain: Chain[Entry]
    late: bool | None
    early: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """One page of all entries, the last recorded first; ``number`` counts from 1.

    ``asked`` is the original of the entry that was asked for, or None.
    ``without_rules`` says why it is not told which moments are late, where the rules in use cannot be read.
    """

    patient: PatientRow
    entries: tuple[EntryHistory, ...]
    number: int
    pages: int
    total: int
    asked: UUID | None
    without_rules: UnreadableRules | None


def list_entries(
    actor: Actor, patient_id: UUID, *, number: int, entry_id: UUID | None = None, now: datetime
) -> EntryPage:
    """Every entry of a patient with its history, 50 on a page; the read leaves its audit row.

    The page of this number, or the one that holds the entry asked for. `NotFound` for a patient who is not there or not
    this clinic's, and for an entry that is not the patient's.
    """
    with writing(actor, now=now) as work:
        found = find_patient_to_judge(work.session, patient_id)
        if found is None:
            raise NotFound("There is no such patient.")
        patient = found.patient
        check_can_read_diary(actor, patient.owner)
        work.audit("diary.read", owner=patient.owner)
        asked = None
        if entry_id is not None:
            asked, before = _place(work, patient, entry_id)
            number = before // A_PAGE + 1
        records, injections, total = find_entry_page(work, patient, first=(number - 1) * A_PAGE, most=A_PAGE)
    rule, without_rules = None, None
    try:
        rule = found.rules.late.after
    except UnreadableRules as error:
        without_rules = error
    standing = injections_in_force(Diary(patient=patient.as_patient(), injections=injections))
    newest_first = sorted(chains(records), key=lambda chain: chain.original.recorded_at, reverse=True)
    return EntryPage(
        patient=patient,
        entries=tuple(history_of(chain, patient.as_patient().zone, standing, rule=rule) for chain in newest_first),
        number=number,
        pages=max(1, -(-total // A_PAGE)),
        total=total,
        asked=asked,
        without_rules=without_rules,
    )


def _place(work: Work, patient: PatientRow, entry_id: UUID) -> tuple[UUID, int]:
    found = find_place(work, patient, entry_id)
    if found is None:
        raise NotFound("There is no such entry.")
    return found


def history_of(
    chain: Chain[Entry], zone: ZoneInfo, injections: Sequence[Injection], *, rule: LateAfter | None
) -> EntryHistory:
    """An entry with what is to be said about its time; ``injections`` are those that stand, by time."""
    original = chain.original
    if original.day is not None:
        late = day_is_late(original.recorded_at, original.day, zone)
        return EntryHistory(chain=chain, late=late, early=is_early(original, zone))
    if rule is None:
        return EntryHistory(chain=chain, late=None, early=False)
    before = [one for one in injections if one.performed_at <= original.instant]
    # A moment that follows no injection is measured like one at home.
    minute = minute_since(before[-1].performed_at, original.instant) if before else 24 * 60
    late = moment_is_late(original.recorded_at, original.instant, minute=minute, rule=rule)
    return EntryHistory(chain=chain, late=late, early=False)
