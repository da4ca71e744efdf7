"""When: minutes and days since an injection, what stands after corrections, and what was recorded late.

The words are those of ``docs/reference/record.md``. Everything here is a pure function of records.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Generic, Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from diary.domain.diary import Correctable, Diary, Entry, Injection, Instrument, Kind, Medicine

MINUTES_A_DAY = 24 * 60


# --- the two scales of time -------------------------------------------------------------------------------------------


def minute_since(start: datetime, instant: datetime) -> int:
    """Whole minutes from ``start`` to ``instant``, rounded down; negative before it."""
    return (instant - start) // timedelta(minutes=1)


def day_zero(injection: Injection) -> date:
    """The date of the injection in the offset that its own time bears; it never moves."""
    return injection.performed_at.date()


def day_since(injection: Injection, day: date) -> int:
    """Day D of an injection: 0 is the day of the injection."""
    return (day - day_zero(injection)).days


def minute_of_the_clock(instant: datetime) -> datetime:
    """The UTC minute that an instant falls into."""
    return instant.astimezone(UTC).replace(second=0, microsecond=0)


# --- what stands after corrections ------------------------------------------------------------------------------------


class Recorded(Correctable, Protocol):
    @property
    def recorded_at(self) -> datetime | None: ...
    @property
    def withdrawn(self) -> bool: ...


R = TypeVar("R", bound=Recorded)


@dataclass(frozen=True, slots=True)
class Chain(Generic[R]):
    """An original and the corrections that lead to the one that counts, oldest first.

    ``position`` is the place of the original in the diary: at equal times the earlier one counts.
    """

    records: tuple[R, ...]
    position: int

    @property
    def original(self) -> R:
        return self.records[0]

    @property
    def end(self) -> R:
        return self.records[-1]

    @property
    def corrected(self) -> bool:
        return len(self.records) > 1


def chains(records: Sequence[R]) -> tuple[Chain[R], ...]:
    """Every original with the corrections that lead to its last recorded end, in the order of the originals.

    Withdrawn ones are among them, so that histories can be shown; `standing` leaves them out.
    """
    if not any(record.revises for record in records):
        return tuple(Chain((record,), index) for index, record in enumerate(records))
    position = {record.id: index for index, record in enumerate(records)}
    revised = {record.revises for record in records if record.revises}
    best: dict[UUID, tuple[R, ...]] = {}
    for record in records:
        if record.id in revised:
            continue
        path = [record]
        while (before := path[-1].revises) is not None:
            path.append(records[position[before]])
        candidate = tuple(reversed(path))
        rival = best.get(candidate[0].id)
        if rival is None or _recorded_order(candidate[-1], position) > _recorded_order(rival[-1], position):
            best[candidate[0].id] = candidate
    return tuple(
        Chain(path, position[original]) for original, path in sorted(best.items(), key=lambda item: position[item[0]])
    )


def _recorded_order(record: Recorded, position: Mapping[UUID, int]) -> tuple[float, int]:
    """Which of several ends was recorded last; one without a time counts as recorded first."""
    recorded_at = record.recorded_at
    return (recorded_at.timestamp() if recorded_at else float("-inf"), position[record.id])


def standing(records: Sequence[R]) -> tuple[Chain[R], ...]:
    """The chains whose end was not withdrawn: what is in force."""
    return tuple(chain for chain in chains(records) if not chain.end.withdrawn)


def original_of(record: R, records: Sequence[R]) -> R:
    """The first version of a record among all that there are: it names the thing, whatever was corrected since."""
    by_id = {other.id: other for other in records}
    step = record
    while step.revises is not None:
        step = by_id[step.revises]
    return step


def injections_in_force(diary: Diary, *, as_of: date | None = None) -> tuple[Injection, ...]:
    """The injections that stand (each under the id of its end), by time; those after ``as_of`` left out."""
    ends = (chain.end for chain in standing(diary.injections))
    return tuple(
        sorted(
            (end for end in ends if as_of is None or end.performed_at.date() <= as_of),
            key=lambda injection: injection.performed_at,
        )
    )


def medicines_in_force(diary: Diary, *, as_of: date | None = None) -> tuple[Medicine, ...]:
    """The medicines that stand, by time taken; those after ``as_of`` left out."""
    ends = (chain.end for chain in standing(diary.medicines))
    return tuple(
        sorted(
            (end for end in ends if as_of is None or end.taken_at.date() <= as_of),
            key=lambda medicine: medicine.taken_at,
        )
    )


# --- entries of one minute or one day ---------------------------------------------------------------------------------

Answer = int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScoreInForce:
    """One instrument's score with the chain of entries that gives it.

    ``settled_at`` is when it was recorded, for lateness: the original's time, or that of a later correction in its
    chain which changed this instrument's score or added it where there was none.
    """

    score: Answer
    chain: Chain[Entry] = field(repr=False)
    settled_at: datetime

    @property
    def entry(self) -> Entry:
        """The entry that stands."""
        return self.chain.end

    @property
    def original(self) -> Entry:
        """What was recorded first."""
        return self.chain.original

    @property
    def corrected(self) -> bool:
        return self.chain.corrected


@dataclass(frozen=True, slots=True)
class MomentInForce:
    """All that stands for one minute of the clock (UTC). ``at`` is the instant of its first recorded original."""

    at: datetime
    scores: Mapping[Instrument, ScoreInForce]
    analgesic: bool | None
    chains: tuple[Chain[Entry], ...]

    @property
    def first(self) -> Entry:
        """The first recorded original of the minute."""
        return self.chains[0].original


@dataclass(frozen=True, slots=True)
class DayInForce:
    """All that stands for one day of the patient's life."""

    day: date
    scores: Mapping[Instrument, ScoreInForce]
    analgesic: bool | None
    chains: tuple[Chain[Entry], ...] = field(repr=False)

    @property
    def first(self) -> Entry:
        """The first recorded original of the day."""
        return self.chains[0].original


def moments_in_force(diary: Diary, *, as_of: date | None = None) -> tuple[MomentInForce, ...]:
    """What stands for each minute that has a moment entry, by time.

    Entries of a later local date than ``as_of`` (in the offset that they bear) are left out.
    """
    minutes: dict[datetime, list[Chain[Entry]]] = defaultdict(list)
    for chain in standing(diary.entries):
        if chain.end.kind is not Kind.MOMENT:
            continue
        if as_of is None or chain.end.instant.date() <= as_of:
            minutes[minute_of_the_clock(chain.end.instant)].append(chain)
    return tuple(_moment(minutes[minute]) for minute in sorted(minutes))


def _moment(of_one_minute: list[Chain[Entry]]) -> MomentInForce:
    ordered = _by_recording(of_one_minute)
    return MomentInForce(ordered[0].original.instant, _merged_scores(ordered), _merged_analgesic(ordered), ordered)


def days_in_force(
    diary: Diary, *, as_of: date | None = None
) -> tuple[tuple[DayInForce, ...], tuple[Chain[Entry], ...]]:
    """What stands for each day that has a daily entry, by day, and the early ones, which are left out.

    Early: the original was recorded before its day began in the patient's zone.
    """
    zone = diary.patient.zone
    days: dict[date, list[Chain[Entry]]] = defaultdict(list)
    early: list[Chain[Entry]] = []
    for chain in standing(diary.entries):
        if chain.end.kind is not Kind.DAILY:
            continue
        day = chain.end.local_day
        if as_of is not None and day > as_of:
            continue
        if is_early(chain.original, zone):
            early.append(chain)
        else:
            days[day].append(chain)
    return tuple(_day(day, days[day]) for day in sorted(days)), tuple(early)


def _day(day: date, of_one_day: list[Chain[Entry]]) -> DayInForce:
    ordered = _by_recording(of_one_day)
    return DayInForce(day, _merged_scores(ordered), _merged_analgesic(ordered), ordered)


def _by_recording(together: list[Chain[Entry]]) -> tuple[Chain[Entry], ...]:
    if len(together) == 1:
        return tuple(together)
    return tuple(sorted(together, key=lambda chain: (chain.original.recorded_at, chain.position)))


def _merged_scores(ordered: tuple[Chain[Entry], ...]) -> dict[Instrument, ScoreInForce]:
    """Each instrument from the chain recorded first among those that have it."""
    merged: dict[Instrument, ScoreInForce] = {}
    for chain in ordered:
        for instrument, score in chain.end.scores.given().items():
            if instrument not in merged:
                merged[instrument] = ScoreInForce(score, chain, _settled_at(chain, instrument))
    return merged


def _settled_at(chain: Chain[Entry], instrument: Instrument) -> datetime:
    latest = chain.original.recorded_at
    if not chain.corrected:
        return latest
    for before, after in pairwise(chain.records):
        changed = after.scores.get(instrument)
        if changed is not None and changed != before.scores.get(instrument):
            latest = max(latest, after.recorded_at)
    return latest


def _merged_analgesic(ordered: tuple[Chain[Entry], ...]) -> bool | None:
    return next((c.end.analgesic for c in ordered if c.end.analgesic is not None), None)


# --- late and early ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LateAfter:
    """When a moment entry is late, in minutes after its instant. The numbers come from a rule set."""

    first_hour: int
    later: int


def moment_is_late(settled_at: datetime, at: datetime, *, minute: int, rule: LateAfter) -> bool:
    """Whether a score of minute t was recorded too long after its instant."""
    allowed = rule.first_hour if minute <= 60 else rule.later
    return settled_at - at > timedelta(minutes=allowed)


@lru_cache(maxsize=4096)  # one day is asked for again by each injection and each series
def day_deadline(day: date, zone: ZoneInfo) -> datetime:
    """Noon of the next day in the patient's zone: a daily entry recorded after it is late."""
    return datetime.combine(day + timedelta(days=1), time(12), tzinfo=zone).astimezone(UTC)


def day_is_late(settled_at: datetime, day: date, zone: ZoneInfo) -> bool:
    """Whether a score of a day was recorded after noon of the next day in the patient's zone."""
    return settled_at > day_deadline(day, zone)


def is_early(entry: Entry, zone: ZoneInfo) -> bool:
    """Whether a daily entry was recorded before its day began in the patient's zone."""
    return entry.recorded_at < start_of_day(entry.local_day, zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day begins in a zone, also where midnight is skipped by a clock change."""
    return datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC)


# --- an injection among its neighbours --------------------------------------------------------------------------------


def same_side(one: Injection, other: Injection) -> bool:
    """Equal, or one of the two is both."""
    return one.side == other.side or "both" in (one.side, other.side)


def next_of_same_side(injection: Injection, injections: Iterable[Injection]) -> Injection | None:
    """The first injection of the same side on a later date, which ends this one's period."""
    later = (other for other in injections if day_zero(other) > day_zero(injection) and same_side(injection, other))
    return min(later, key=lambda other: (day_zero(other), other.performed_at), default=None)


def averages_before(injection: Injection, days: Iterable[DayInForce]) -> tuple[int, ...]:
    """The averages of days -7 to -1 of an injection, by day: those that `scored_before` finds."""
    found = (score.score for _, score in scored_before(injection, days))
    return tuple(score for score in found if isinstance(score, int))


def scored_before(injection: Injection, days: Iterable[DayInForce]) -> tuple[tuple[int, ScoreInForce], ...]:
    """Days -7 to -1 of an injection that count for its baseline, each with its average.

    A day counts only if every entry in the chain of its average was recorded before the injection.
    """
    numbered = ((day_since(injection, day.day), day) for day in days)
    given = (
        (number, found)
        for number, day in numbered
        if -7 <= number < 0 and (found := day.scores.get(Instrument.AVERAGE))
    )
    return tuple(
        (number, found)
        for number, found in given
        if all(entry.recorded_at < injection.performed_at for entry in found.chain.records)
    )
