"""Saving what a patient, a helper or a nurse recorded: the pages and the offline sync call the same functions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.access import ONES_OWN, Actor, Owner, check_can_add_entry
from diary.domain.clinic_limits import above_limits, is_measured
from diary.domain.diary import Diary, Entry, Kind, Medicine
from diary.domain.errors import Conflict, InvalidValue, NotAllowed, NotFound
from diary.domain.form import unusable_id
from diary.domain.phone_clock import CLOCKS_MAY_DIFFER, says_the_same
from diary.domain.said import say
from diary.domain.schedule import days_that_can_be_scored, fills_in
from diary.domain.timeline import chains, standing
from diary.store.clinic_limits import add_above_limit, find_limits
from diary.store.diaries import add_entries, add_medicines, find_entry, find_medicines, load_day, load_history
from diary.store.patients import PatientRow, hold_patient
from diary.store.work import Work, reading, writing

CHANGE_WITHIN = timedelta(hours=48)


class Outcome(StrEnum):
    """What became of an entry that was sent; the words are those of POST /api/v1/entries."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Saved:
    """The entry as it is recorded now, and whether it was there already."""

    entry: Entry
    outcome: Outcome


class AlreadyRecorded(Conflict):
    """Something else is recorded under this id: ``entry`` is what is there."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(say("You saved this already, with other answers. Change what is there."))
        self.entry = entry


def save_entry(
    actor: Actor, entry: Entry, *, patient_id: UUID, now: datetime, medicines: Sequence[Medicine] = ()
) -> Saved:
    """Record one entry, with the medicines that were given on its page; safe to call again with the same.

    The entry's own id makes it one: the same again is a duplicate, other content under the id is `AlreadyRecorded`.
    A correction of what is no longer in force is a `Conflict`. What the patient's own phone sends must be about a day
    that could be scored when it was recorded, and corrects only what was recorded within 48 hours (`InvalidValue`,
    `NotAllowed`). Nothing is written unless all is.
    """
    with writing(actor, now=now) as work:
        patient = patient_to_write(work, patient_id)
        saved = save(work, patient, entry)
        if saved.outcome is Outcome.ACCEPTED:
            add_medicines(work, patient.owner, medicines)
        return saved


def save_day(actor: Actor, entry: Entry, *, patient_id: UUID, now: datetime) -> Saved:
    """As `save_entry`, for a page: a day that another entry fills in already is `AlreadyRecorded` with that entry."""
    with writing(actor, now=now) as work:
        patient = patient_to_write(work, patient_id)
        for chain in standing(load_day(work, patient.owner, entry.local_day)):
            if fills_in(chain.end) and entry.id not in {record.id for record in chain.records}:
                raise AlreadyRecorded(chain.end)
        return save(work, patient, entry)


def save(work: Work, patient: PatientRow, entry: Entry) -> Saved:
    """As `save_entry`, inside a transaction that does more; raises before anything of this entry is written."""
    if there := find_entry(work, entry.id):
        return _as_recorded(there, entry, patient.owner)
    _check_times(work.actor, entry, patient.as_patient().zone, work.now)
    if entry.revises:
        _check_correction(work, patient, entry)
    add_entries(work, patient.owner, [entry])
    if is_measured(entry) and (above := above_limits(entry, find_limits(work.session, patient.clinic_id))):
        add_above_limit(work, patient.owner, entry, above)
    return Saved(entry, Outcome.ACCEPTED)


def save_medicines(actor: Actor, medicines: Sequence[Medicine], *, patient_id: UUID, now: datetime) -> None:
    """Record these medicines; those that are there with the same name and dose are left (`Conflict` otherwise)."""
    with writing(actor, now=now) as work:
        patient = patient_to_write(work, patient_id)
        there = {found.id: (found, owner) for found, owner in find_medicines(work, [m.id for m in medicines])}
        for medicine in medicines:
            if medicine.taken_at > now + CLOCKS_MAY_DIFFER:
                raise InvalidValue("taken_at", "is in the future")
            if medicine.id in there:
                _check_same_medicine(medicine, *there[medicine.id], patient.owner)
        add_medicines(work, patient.owner, [medicine for medicine in medicines if medicine.id not in there])


def entry_to_change(actor: Actor, entry_id: UUID, *, patient_id: UUID, now: datetime) -> Entry:
    """The entry in force in this one's chain, for its owner to correct (`NotFound`, `NotAllowed` after 48 hours)."""
    with reading(actor, now=now) as work:
        found = find_entry(work, entry_id)
        if found is None or found[1].patient_id != patient_id:
            raise NotFound("There is no such entry.")
        check_can_add_entry(actor, found[1])
        (chain,) = chains(load_history(work, found[1], entry_id))
        check_recent(actor, chain.original, now)
        return chain.end


def same_answers(one: Entry, other: Entry) -> bool:
    """Whether two entries say the same, whenever they were recorded: a page that was sent twice."""
    return replace(one, recorded_at=other.recorded_at, received_at=other.received_at, at=other.at) == other


def patient_to_write(work: Work, patient_id: UUID) -> PatientRow:
    """The patient, held so that nobody else writes to the diary meanwhile (`NotFound`, `NotAllowed`)."""
    patient = hold_patient(work.session, patient_id)
    if patient is None:
        raise NotFound("There is no such patient.")
    check_can_add_entry(work.actor, patient.owner)
    return patient


def _as_recorded(there: tuple[Entry, Owner], sent: Entry, owner: Owner) -> Saved:
    recorded, its_owner = there
    if its_owner != owner:
        raise unusable_id("id", str(sent.id))
    if not says_the_same(recorded, sent):
        raise AlreadyRecorded(recorded)
    return Saved(recorded, Outcome.DUPLICATE)


def _check_same_medicine(sent: Medicine, recorded: Medicine, its_owner: Owner, owner: Owner) -> None:
    if its_owner != owner:
        raise unusable_id("id", str(sent.id))
    if (recorded.name, recorded.dose, recorded.rescue) != (sent.name, sent.dose, sent.rescue):
        raise Conflict("You saved this medicine already, with another name or number.")


def _check_times(actor: Actor, entry: Entry, zone: ZoneInfo, now: datetime) -> None:
    if entry.recorded_at > now + CLOCKS_MAY_DIFFER:
        raise InvalidValue("recorded_at", "is in the future. Set the clock of this phone, then send it again")
    if actor.role not in ONES_OWN or entry.revises:
        return
    day = entry.local_day if entry.kind is Kind.DAILY else entry.instant.astimezone(zone).date()
    if day not in days_that_can_be_scored(entry.recorded_at, zone):
        raise InvalidValue("day", "Choose today, yesterday or the day before")


def _check_correction(work: Work, patient: PatientRow, correction: Entry) -> None:
    history = load_history(work, patient.owner, correction.revises) if correction.revises else ()
    # The diary's own checks: a correction names what is there, and keeps its kind and its day or instant.
    Diary(patient=patient.as_patient(), injections=(), entries=(*history, correction))
    (chain,) = chains(history)
    if chain.end.id != correction.revises:
        raise Conflict("This was changed in between. Look at what is there now, then change that.")
    check_recent(work.actor, chain.original, correction.recorded_at)


def check_recent(actor: Actor, original: Entry | Medicine, now: datetime) -> None:
    """Patients change what is not older than 48 hours (`NotAllowed`); the care team changes any."""
    if actor.role in ONES_OWN and now - original.recorded_at > CHANGE_WITHIN:
        raise NotAllowed("This is older than 2 days. Ask your clinic to change it.")
