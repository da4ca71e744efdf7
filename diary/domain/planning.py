"""An injection before it is done: what is planned and prepared, until the needle makes it an `Injection`."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from diary.domain.diary import (
    NO_SCORES,
    Anaesthetic,
    BloodPressure,
    Entry,
    Injection,
    Kind,
    Name,
    Preparation,
    Purpose,
    Scores,
    Side,
    Source,
    Steroid,
    Target,
)
from diary.domain.errors import InvalidValue
from diary.domain.limits import AtMost, Longest, Within, check_limits
from diary.domain.timeline import minute_of_the_clock

NOT_ASKED = Preparation()


class PlanState(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedInjection:
    """The fields of an `Injection` as far as they are known before it, under the id that the injection will have.

    ``blood_pressure``, ``rescue_taken`` (extra pain medicine in the 6 hours before: True, False, None where nobody
    asked) and ``baseline_by`` have no place on an injection: `before_entry` keeps them as a moment entry.
    """

    id: UUID
    side: Side
    purpose: Purpose
    planned_at: datetime | None = None
    target: Target | None = None
    cause: Name | None = None
    anaesthetic: tuple[Anaesthetic, ...] = ()
    steroid: Steroid | None = None
    contrast_ml: Annotated[float | None, Within(least=0, most=100)] = None
    guidance: Annotated[str | None, Longest(40)] = None
    sedation: bool | None = None
    baseline: Scores = NO_SCORES
    activities: Annotated[tuple[Annotated[str, Longest(100)], ...], AtMost(5)] = ()
    operator: Annotated[str | None, Longest(120)] = None
    pain_named: Name | None = None
    baseline_at: datetime | None = None
    baseline_before_sedation: bool | None = None
    preparation: Preparation = NOT_ASKED
    blood_pressure: BloodPressure | None = None
    rescue_taken: bool | None = None
    baseline_by: Annotated[str | None, Longest(120)] = None

    def __post_init__(self) -> None:
        check_limits(self)


SHARED_FIELDS = tuple(
    field.name
    for field in fields(PlannedInjection)
    if field.name in {own.name for own in fields(Injection)} and field.name != "id"
)


def check_ready(planned: PlannedInjection) -> None:
    """Refuse (`InvalidValue`) to start without the score that the readings will be compared with."""
    if planned.baseline.movement is None and planned.baseline.rest is None:
        raise InvalidValue("", "Record the pain before the injection, at rest or on movement, before you start.")


def carried_out(
    planned: PlannedInjection, *, performed_at: datetime, recorded_at: datetime, recorded_by: str | None
) -> Injection:
    """The injection that a plan became; before scores later than ``performed_at`` are refused (`InvalidValue`)."""
    if planned.baseline_at is not None and planned.baseline_at > performed_at:
        raise InvalidValue("", "The before scores are later than this injection. Check the time of both.")
    return Injection(
        id=planned.id,
        performed_at=performed_at,
        recorded_at=recorded_at,
        recorded_by=recorded_by,
        **{name: getattr(planned, name) for name in SHARED_FIELDS},
    )


def before_entry(
    planned: PlannedInjection, *, id_: UUID, performed_at: datetime, recorded_at: datetime, source: Source
) -> Entry | None:
    """What was asked and measured before that an injection has no place for, as a moment entry without scores.

    None where there is nothing to keep. "Yes" to extra medicine is not repeated here: the medicines bear their own
    times, and a second one at this minute would be invented.
    """
    no_rescue = False if planned.rescue_taken is False else None
    if planned.blood_pressure is None and no_rescue is None and planned.baseline_by is None:
        return None
    return Entry(
        id=id_,
        kind=Kind.MOMENT,
        at=_measured_at(planned, performed_at),
        recorded_at=recorded_at,
        scores=NO_SCORES,
        analgesic=no_rescue,
        blood_pressure=planned.blood_pressure,
        recorded_by=planned.baseline_by,
        source=source,
    )


def _measured_at(planned: PlannedInjection, performed_at: datetime) -> datetime:
    """When it was measured; at the injection itself where only its minute is known, or nothing.

    One minute of the clock stands at the instant of what was recorded first in it. A time typed as 10:00 would draw the
    nurse's first score after an injection at 10:00:20 to before it.
    """
    at = planned.baseline_at
    if at is None or minute_of_the_clock(at) == minute_of_the_clock(performed_at):
        return performed_at
    return at
