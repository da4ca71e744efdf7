"""The half hour in the room: scores at their true minutes, reactions, leaving."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from diary.domain.access import Actor, check_can_record_injection
from diary.domain.diary import (
    NO_SCORES,
    BloodPressure,
    Diary,
    Discharge,
    Entry,
    Injection,
    Kind,
    Reaction,
    Scores,
    State,
)
from diary.domain.errors import Conflict, InvalidValue, NotAllowed
from diary.domain.local_time import in_zone
from diary.domain.monitoring import IN_THE_ROOM_FOR, Watch, mistakable, watch
from diary.domain.timeline import Chain, injections_in_force
from diary.services.entries import AlreadyRecorded, same_answers, save_entry
from diary.services.injections import check_in_force, clinic_zone, next_version, open_injection, source_of
from diary.store.diaries import add_entries, add_injections
from diary.store.patients import PatientRow
from diary.store.room import load_room
from diary.store.work import Work, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPatient:
    """One patient who is being monitored; ``name_alert`` where another in the room has a similar name."""

    patient: PatientRow
    watch: Watch
    name_alert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedInjection:
    """All that the monitoring page of one injection shows. ``original_id`` is the address that never changes."""

    patient: PatientRow
    zone: ZoneInfo
    watch: Watch
    original_id: UUID
    last_entry: Entry | None


def in_the_room(actor: Actor, *, now: datetime) -> list[WatchedPatient]:
    """Everyone with an injection in the last two hours who has not left, the reading due first at the top."""
    if actor.clinic_id is None:
        raise NotAllowed("Monitoring belongs to a clinic.")
    since = now - IN_THE_ROOM_FOR
    with writing(actor, now=now) as work:
        watched = [
            WatchedPatient(patient=patient, watch=watch(diary, injection, now=now))
            for patient, diary in load_room(work, actor.clinic_id, since=since)
            for injection in injections_in_force(diary)
            if since <= injection.performed_at <= now and injection.discharge.left_at is None
        ]
    names = [(one.patient.id, one.patient.name or "") for one in watched]
    flagged = [
        replace(
            one,
            name_alert=any(id_ != one.patient.id and mistakable(name, one.patient.name or "") for id_, name in names),
        )
        for one in watched
    ]
    return sorted(flagged, key=_by_due)


def _by_due(one: WatchedPatient) -> tuple[int, str, str]:
    late_by = one.watch.late_by
    return (-late_by if late_by is not None else 10_000, one.patient.name or "", str(one.patient.id))


def watch_injection(actor: Actor, injection_id: UUID, *, now: datetime) -> WatchedInjection:
    """How the monitoring of one injection stands; `Conflict` for one that was withdrawn."""
    with writing(actor, now=now) as work:
        patient, diary, chain = open_injection(work, injection_id)
        return _watched(work, patient, diary, chain)


def _watched(work: Work, patient: PatientRow, diary: Diary, chain: Chain[Injection]) -> WatchedInjection:
    check_in_force(chain, chain.end.id)
    watched = watch(diary, chain.end, now=work.now)
    return WatchedInjection(
        patient=patient,
        zone=clinic_zone(work, patient),
        watch=watched,
        original_id=chain.original.id,
        last_entry=watched.readings[-1].entry if watched.readings else None,
    )


def save_score(
    actor: Actor, injection_id: UUID, *, entry_id: UUID, scores: Scores, state: State | None, now: datetime
) -> None:
    """Keep a score at this very moment, or why there is none. The same ``entry_id`` twice is one tap."""
    if not scores.given() and state is None:
        raise InvalidValue("pain", "Choose a number from 0 to 10 for the pain, or say why there is none.")
    if scores.given() and state is not None:
        raise InvalidValue("pain", "Either score, or say why there is no score.")
    found = watch_injection(actor, injection_id, now=now)
    _check_one_score_for_each_activity(found.watch.injection, scores)
    entry = _entry(actor, in_zone(now, found.zone), id_=entry_id, scores=scores, state=state)
    try:
        save_entry(actor, entry, patient_id=found.patient.id, now=now)
    except AlreadyRecorded as there:
        if not same_answers(there.entry, entry):
            raise


def _check_one_score_for_each_activity(injection: Injection, scores: Scores) -> None:
    if scores.activities is not None and len(scores.activities) != len(injection.activities):
        raise InvalidValue("activities", "Score each of the activities, or leave all of them empty.")


def _entry(
    actor: Actor,
    at: datetime,
    *,
    id_: UUID,
    scores: Scores = NO_SCORES,
    state: State | None = None,
    blood_pressure: BloodPressure | None = None,
) -> Entry:
    return Entry(
        id=id_,
        kind=Kind.MOMENT,
        at=at,
        recorded_at=at,
        scores=scores,
        state=state,
        blood_pressure=blood_pressure,
        source=source_of(actor),
        recorded_by=actor.name or None,
    )


def undo_score(actor: Actor, injection_id: UUID, entry_id: UUID, *, now: datetime) -> None:
    """Withdraw the last score; it stays in the history. `Conflict` once another came after it."""
    found = watch_injection(actor, injection_id, now=now)
    last = found.last_entry
    if last is None or last.id != entry_id:
        raise Conflict("Another score came after it, so it cannot be undone here.")
    withdrawn = Entry(
        id=uuid4(),
        kind=last.kind,
        at=last.at,
        recorded_at=max(in_zone(now, found.zone), last.recorded_at),
        scores=NO_SCORES,
        revises=last.id,
        withdrawn=True,
        source=source_of(actor),
        recorded_by=actor.name or None,
    )
    save_entry(actor, withdrawn, patient_id=found.patient.id, now=now)


def add_reaction(actor: Actor, injection_id: UUID, reaction: Reaction, *, now: datetime) -> None:
    """Add a reaction to whatever version is in force: in a hurry nobody is asked to look again first."""
    if reaction.at > now + timedelta(minutes=1):
        raise InvalidValue("at", "This time is still to come.")
    with writing(actor, now=now) as work:
        patient, _, chain = open_injection(work, injection_id)
        check_can_record_injection(actor, patient.owner)
        check_in_force(chain, chain.end.id)
        if reaction.at < chain.end.performed_at:
            raise InvalidValue("at", "This is before the injection. Check the time.")
        reactions = (*chain.end.reactions, reaction)
        add_injections(work, patient.owner, [next_version(work, patient, chain.end, reactions=reactions)])


def record_leaving(
    actor: Actor, version_id: UUID, discharge: Discharge, *, blood_pressure: BloodPressure | None, now: datetime
) -> None:
    """Keep how and when somebody left, as a new version of the injection; blood pressure as an entry of that moment.

    `Conflict` if ``version_id`` is no longer the version in force.
    """
    left_at = discharge.left_at
    if left_at is None:
        raise InvalidValue("left_at", "Give the time of leaving.")
    if left_at > now:
        raise InvalidValue("left_at", "This time is still to come.")
    with writing(actor, now=now) as work:
        patient, _, chain = open_injection(work, version_id)
        check_in_force(chain, version_id)
        if left_at < chain.end.performed_at:
            raise InvalidValue("left_at", "This is before the injection. Check the time.")
        add_injections(work, patient.owner, [next_version(work, patient, chain.end, discharge=discharge)])
        if blood_pressure is not None:
            at = in_zone(left_at, clinic_zone(work, patient))
            entry = _entry(actor, at, id_=uuid4(), blood_pressure=blood_pressure)
            add_entries(work, patient.owner, [replace(entry, recorded_at=in_zone(now, clinic_zone(work, patient)))])
