"""Sending what is due: each reminder is claimed in the database first, and sent once, by whoever claimed it.

A claim is a row that can be there only once: whoever adds it sends, everybody else finds it there. Where a sender ends
between claim and answer nobody knows whether the message left, and it is not sent a second time.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from diary.config import Settings
from diary.domain.errors import Conflict, DatabaseBusy
from diary.domain.reminding import Channel, Due, due_now, may_be_due, wait_after
from diary.services.asking import asking_of
from diary.services.sending import NOBODY_KNOWS, SENDER, TRY_AGAIN, Addressee, Outcome, send
from diary.store.diaries import load_diary_to_remind
from diary.store.reminder_choices import channel_of, choices_to_send
from diary.store.reminders import (
    Claim,
    Fault,
    State,
    claim_first_try,
    claim_next_try,
    find_reminder,
    note_outcome,
    patients_injected_since,
    patients_with_waiting,
    unfinished,
    waiting_of,
)
from diary.store.work import Work, looking_up, writing

log = logging.getLogger(__name__)

LOST_AFTER = timedelta(minutes=15)
HOURS_OF_DAY_0 = timedelta(hours=24)
AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What one run did, in reminders. ``lost``: a run claimed them and ended before it said what became of them."""

    sent: int
    waiting: int
    failed: int
    dropped: int
    lost: int


def send_reminders(settings: Settings, *, now: datetime) -> Sent:
    """Send all that is due now and was not claimed yet, and try again what failed before and has waited long enough."""
    run = _Run(settings, now)
    run.close_unfinished()
    for addressee in _whom_to_look_at(now):
        run.look_at(addressee)
    return run.told()


def _whom_to_look_at(now: datetime) -> Iterator[Addressee]:
    """Those for whom something could be due at this hour, page by page."""
    with looking_up() as session:
        at_any_hour = patients_with_waiting(session) | patients_injected_since(session, now - HOURS_OF_DAY_0)
    after: UUID | None = None
    while True:
        with looking_up() as session:
            found = choices_to_send(session, after=after, most=AT_ONCE)
        for choice, patient, clinic in found:
            wish = choice.as_wish(patient)
            if patient.id in at_any_hour or may_be_due(wish, now=now):
                yield Addressee(choice=choice, patient=patient, clinic=clinic, wish=wish)
        if len(found) < AT_ONCE:
            return
        after = found[-1][0].id


class _Run:
    """One run: what became of each reminder, and whether the mail server answers, so that nobody waits for it again."""

    def __init__(self, settings: Settings, now: datetime) -> None:
        self._settings = settings
        self._now = now
        self._mail_is_silent = False
        self._counts = Counter[State]()

    def told(self) -> Sent:
        """What the run did."""
        return Sent(
            sent=self._counts[State.SENT],
            waiting=self._counts[State.WAITING],
            failed=self._counts[State.FAILED],
            dropped=self._counts[State.DROPPED],
            lost=self._counts[State.LOST],
        )

    def close_unfinished(self) -> None:
        """Say of reminders that nobody will finish what is known of them."""
        with looking_up() as session:
            rows = unfinished(session, claimed_before=self._now - LOST_AFTER, now=self._now)
        for row in rows:
            too_old = Outcome(state=State.FAILED, fault=Fault.UNREACHABLE)
            self._note(row.id, too_old if row.state == State.WAITING else NOBODY_KNOWS)

    def look_at(self, to: Addressee) -> None:
        """Send one patient at most one message, whatever is due; trouble with one does not hold up the others."""
        if self._mail_is_silent and to.wish.channel is Channel.EMAIL:
            return
        try:
            with looking_up() as session:
                dues = _due(Work(session, SENDER, self._now), to)
            self._drop_what_is_answered(to, dues)
            for due in dues:
                if claim := self._claim(to, due):
                    self._send(to, due, claim)
                    return
        except DatabaseBusy:
            log.warning("The database was busy: the reminders of patient %s wait for the next run.", to.patient.id)

    def _drop_what_is_answered(self, to: Addressee, dues: tuple[Due, ...]) -> None:
        still_due = {(due.about, due.nth) for due in dues}
        with looking_up() as session:
            rows = waiting_of(session, to.patient.id)
        for row in rows:
            if (row.about, row.nth) not in still_due:
                self._note(row.id, Outcome(state=State.DROPPED))

    def _claim(self, to: Addressee, due: Due) -> Claim | None:
        """The claim, if the reminder is ours to send now. An answer that came meanwhile is seen here."""
        try:
            with writing(SENDER, now=self._now) as work:
                if channel_of(work.session, to.patient.id) != to.wish.channel or due not in _due(work, to):
                    return None
                row = find_reminder(work.session, to.patient.id, due)
                if row is None:
                    return claim_first_try(work, to.patient.owner, due, to.wish.channel)
                return claim_next_try(work, row)
        except Conflict:
            return None

    def _send(self, to: Addressee, due: Due, claim: Claim) -> None:
        outcome = send(self._settings, to, due, now=self._now)
        if outcome == TRY_AGAIN:
            self._mail_is_silent |= to.wish.channel is Channel.EMAIL
            wait = wait_after(claim.tries)
            if wait is None or self._now + wait >= due.until:
                self._note(claim.id, Outcome(state=State.FAILED, fault=outcome.fault))
            else:
                self._note(claim.id, outcome, try_again_at=self._now + wait)
        else:
            self._note(claim.id, outcome)

    def _note(self, reminder_id: UUID, outcome: Outcome, *, try_again_at: datetime | None = None) -> None:
        with writing(SENDER, now=self._now) as work:
            note_outcome(work, reminder_id, outcome.state, fault=outcome.fault, try_again_at=try_again_at)
        self._counts[outcome.state] += 1


def _due(work: Work, to: Addressee) -> tuple[Due, ...]:
    load = partial(load_diary_to_remind, work.session, to.patient)
    return due_now(asking_of(work, to.patient, load), to.wish, now=work.now)
