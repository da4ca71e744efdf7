"""A phone's clock that is wrong: its times put right by the server's, its own kept beside them.

A phone says what its clock shows as it sends (``sent_at``). Where that differs from the server's clock by more than
five minutes, the whole batch is shifted by that one difference (`diary-file.md`, ``recorded_at``).
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from diary.domain.diary import Entry, Medicine, PhoneClock
from diary.domain.errors import InvalidValue
from diary.domain.form import EARLIEST_YEAR, LATEST_YEAR

CLOCKS_MAY_DIFFER = timedelta(minutes=5)
# A page whose answer was lost on the way is kept by the phone and sent again: with its own clock's time, and later.
ANSWER_LOST_WITHIN = timedelta(minutes=10)
NO_SHIFT = timedelta()

Times = tuple[datetime | None, date | None, datetime]


def shift_of(sent_at: datetime, now: datetime) -> timedelta:
    """What to add to the times of a phone: positive where its clock is slow, nothing within five minutes."""
    difference = now - sent_at
    return difference if abs(difference) > CLOCKS_MAY_DIFFER else NO_SHIFT


def put_right(entry: Entry, *, shift: timedelta) -> Entry:
    """The entry with its times shifted and the phone's own under ``clock``; unchanged where there is no shift.

    A phone with a wrong date asks about the wrong day: the day moves by as many days as the date of recording does, in
    the offset that the phone gave.
    """
    if not shift:
        return entry
    recorded_at = _shifted("recorded_at", entry.recorded_at, shift)
    days = recorded_at.date() - entry.recorded_at.date()
    return replace(
        entry,
        at=_shifted("at", entry.at, shift) if entry.at else None,
        day=entry.day + days if entry.day else None,
        recorded_at=recorded_at,
        clock=PhoneClock(at=entry.at, day=entry.day, recorded_at=entry.recorded_at),
    )


def put_medicine_right(medicine: Medicine, *, shift: timedelta) -> Medicine:
    """The medicine with its times shifted; the form of the file has no place for the phone's own."""
    return replace(
        medicine,
        taken_at=_shifted("taken_at", medicine.taken_at, shift),
        recorded_at=_shifted("recorded_at", medicine.recorded_at, shift),
    )


def keep_time_of(corrected: Entry, correction: Entry, *, sent: Entry) -> Entry:
    """The correction with the very ``at`` and ``day`` of what it corrects, where the phone named the same.

    Two batches of one phone are shifted by differences that are seconds apart, and its clock may have been set in
    between: without this a correction would seem to move its entry. ``sent`` is the correction as the phone had it.
    """
    named = (sent.at, sent.day)
    if named not in {_phones_times(corrected)[:2], (corrected.at, corrected.day)}:
        return correction
    if (correction.at, correction.day) == (corrected.at, corrected.day):
        return correction
    clock = PhoneClock(at=sent.at, day=sent.day, recorded_at=sent.recorded_at)
    return replace(correction, at=corrected.at, day=corrected.day, clock=clock)


def says_the_same(recorded: Entry, sent: Entry) -> bool:
    """Whether what a phone sends is what is recorded: told by the phone's times, however either was shifted.

    The same answers on the same day within ten minutes are one act: the page was recorded by the server's clock, and
    the phone, which never heard so, kept it with its own.
    """
    at_one_time = not {_phones_times(recorded), _times(recorded)}.isdisjoint({_phones_times(sent), _times(sent)})
    if not (at_one_time or _is_nearly(recorded, sent)):
        return False
    at_its_times = replace(sent, at=recorded.at, day=recorded.day, recorded_at=recorded.recorded_at)
    return replace(at_its_times, received_at=None, clock=None) == replace(recorded, received_at=None, clock=None)


def _is_nearly(recorded: Entry, sent: Entry) -> bool:
    if recorded.day != sent.day or (recorded.at is None) != (sent.at is None):
        return False
    apart = [recorded.recorded_at - sent.recorded_at]
    if recorded.at and sent.at:
        apart.append(recorded.at - sent.at)
    return all(abs(one) <= ANSWER_LOST_WITHIN for one in apart)


def is_same_medicine(recorded: Medicine, sent: Medicine, *, shift: timedelta) -> bool:
    """Whether the medicine that a phone sends is the recorded one, at the times it gives or at those put right."""
    times = (recorded.taken_at, recorded.recorded_at)
    if replace(sent, taken_at=times[0], recorded_at=times[1]) != replace(recorded, received_at=None):
        return False
    apart = (times[0] - sent.taken_at, times[1] - sent.recorded_at)
    return apart == (NO_SHIFT, NO_SHIFT) or all(abs(one - shift) <= CLOCKS_MAY_DIFFER for one in apart)


def _phones_times(entry: Entry) -> Times:
    clock = entry.clock or PhoneClock()
    return (clock.at or entry.at, clock.day or entry.day, clock.recorded_at or entry.recorded_at)


def _times(entry: Entry) -> Times:
    return (entry.at, entry.day, entry.recorded_at)


def _shifted(place: str, instant: datetime, shift: timedelta) -> datetime:
    shifted = instant + shift
    if not EARLIEST_YEAR < shifted.year < LATEST_YEAR:
        raise InvalidValue(place, "is too far from today. Set the clock of this phone, then log it again")
    return shifted
