"""Taking in what a phone kept in its outbox while it had no signal: each record once, and none held up by another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from diary.domain.access import Actor
from diary.domain.clinic_limits import above_limits, is_measured
from diary.domain.diary import Entry, Kind, Medicine, Records, Source
from diary.domain.errors import Conflict, DiaryError, InvalidValue, NotAllowed
from diary.domain.form import unusable_id
from diary.domain.phone_clock import (
    CLOCKS_MAY_DIFFER,
    is_same_medicine,
    keep_time_of,
    put_medicine_right,
    put_right,
    shift_of,
)
from diary.domain.schedule import fills_in
from diary.domain.timeline import chains, standing
from diary.exchange.outbox import Outbox, Sent
from diary.services.entries import Outcome, check_recent, patient_to_write, save
from diary.store.clinic_limits import find_limits
from diary.store.diaries import add_medicines, find_entry, find_medicines, ids_of_others, load_day, load_medicines
from diary.store.patients import PatientRow
from diary.store.work import Work, writing

OF_A_PHONE = frozenset({Source.PATIENT, Source.HELPER})

Record = TypeVar("Record", Entry, Medicine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one record: its id as the phone wrote it, and why it was not taken where it was not.

    ``again``: the day that it fills in was filled in already, by another phone or another page. ``above_limit``: a
    measurement in it is above the number at which the clinic wants to be called.
    """

    id: str | None
    outcome: Outcome
    fault: DiaryError | None = None
    again: bool = False
    above_limit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The answers in the order of the batch, entries first; ``shift`` is what was added to the phone's times."""

    answers: tuple[Answer, ...]
    shift: timedelta


def take_in(actor: Actor, outbox: Outbox, *, patient_id: UUID, written_by: Source, now: datetime) -> Taken:
    """Take one batch into the diary of the phone's patient, in one transaction: durable as a whole when it returns.

    The same batch again, whole or in parts, changes nothing. What a record lacks or breaks is its own answer;
    `NotFound` and `NotAllowed` are about the patient, and `DatabaseBusy` means that nothing of the batch was written.
    ``written_by`` stands where a record does not say who wrote it.
    """
    shift = shift_of(outbox.sent_at, now)
    with writing(actor, now=now) as work:
        patient = patient_to_write(work, patient_id)
        taking = _Taking(work, patient, shift, written_by, _ids_of_others(work, patient, outbox))
        entries = [taking.answer(sent, taking.take_entry) for sent in outbox.entries]
        medicines = [taking.answer(sent, taking.take_medicine) for sent in outbox.medicines]
        return Taken(answers=(*entries, *medicines), shift=shift)


def _ids_of_others(work: Work, patient: PatientRow, outbox: Outbox) -> frozenset[UUID]:
    records = Records(
        patient=patient.as_patient(),
        injections=(),
        entries=tuple(sent.record for sent in outbox.entries if isinstance(sent.record, Entry)),
        medicines=tuple(sent.record for sent in outbox.medicines if isinstance(sent.record, Medicine)),
    )
    return ids_of_others(work, patient.owner, records)


@dataclass(frozen=True, slots=True)
class _Taking:
    """One batch in its transaction."""

    work: Work
    patient: PatientRow
    shift: timedelta
    written_by: Source
    of_others: frozenset[UUID]

    def answer(self, sent: Sent[Record], take: Callable[[Record], Outcome]) -> Answer:
        """The answer to one record; trouble with the database is not its own and goes on up."""
        try:
            record = self._from_phone(sent)
            outcome = take(record)
            above = self._is_above_limit(record)
            return Answer(id=sent.id, outcome=outcome, again=self._is_again(record), above_limit=above)
        except Conflict as fault:
            return Answer(id=sent.id, outcome=Outcome.CONFLICT, fault=fault)
        except (InvalidValue, NotAllowed) as fault:
            return Answer(id=sent.id, outcome=Outcome.REJECTED, fault=fault)

    def _from_phone(self, sent: Sent[Record]) -> Record:
        """The record as a phone may state it: what only a server says (``received_at``, ``clock``) is not taken."""
        if isinstance(sent.record, InvalidValue):
            raise sent.record
        record = sent.record
        if record.id in self.of_others:
            raise unusable_id("id", str(record.id))
        source = record.source or self.written_by
        if source not in OF_A_PHONE:
            raise InvalidValue("source", "what a phone sends is the patient's own or a helper's")
        if isinstance(record, Entry):
            return replace(record, source=source, received_at=None, clock=None)
        return replace(record, source=source, received_at=None)

    def take_entry(self, sent: Entry) -> Outcome:
        entry = put_right(sent, shift=self.shift)
        corrected = find_entry(self.work, sent.revises) if sent.revises else None
        if corrected and corrected[1] == self.patient.owner:
            entry = keep_time_of(corrected[0], entry, sent=sent)
        return save(self.work, self.patient, entry).outcome

    def _is_again(self, record: Entry | Medicine) -> bool:
        if not isinstance(record, Entry) or record.kind is not Kind.DAILY or record.revises or not fills_in(record):
            return False
        day = put_right(record, shift=self.shift).local_day
        there = standing(load_day(self.work, self.patient.owner, day))
        return any(fills_in(chain.end) for chain in there if chain.original.id != record.id)

    def _is_above_limit(self, record: Entry | Medicine) -> bool:
        if not isinstance(record, Entry) or not is_measured(record):
            return False
        return bool(above_limits(record, find_limits(self.work.session, self.patient.clinic_id)))

    def take_medicine(self, sent: Medicine) -> Outcome:
        for recorded, _ in find_medicines(self.work, [sent.id]):
            if not is_same_medicine(recorded, sent, shift=self.shift):
                raise Conflict("You saved this medicine already, with other words or another time.")
            return Outcome.DUPLICATE
        medicine = put_medicine_right(sent, shift=self.shift)
        for place, instant in (("taken_at", medicine.taken_at), ("recorded_at", medicine.recorded_at)):
            if instant > self.work.now + CLOCKS_MAY_DIFFER:
                raise InvalidValue(place, "is in the future. Set the clock of this phone, then send it again")
        if medicine.revises:
            self._check_correction(medicine, load_medicines(self.work, self.patient.owner))
        add_medicines(self.work, self.patient.owner, [medicine])
        return Outcome.ACCEPTED

    def _check_correction(self, correction: Medicine, recorded: Sequence[Medicine]) -> None:
        if correction.revises not in {medicine.id for medicine in recorded}:
            raise InvalidValue("revises", "%(id)s is not among the %(place)s", id=correction.revises, place="medicines")
        (found,) = (one for one in chains(recorded) if correction.revises in {record.id for record in one.records})
        if found.end.id != correction.revises:
            raise Conflict("This was changed in between. Look at what is there now, then change that.")
        check_recent(self.work.actor, found.original, correction.recorded_at)
