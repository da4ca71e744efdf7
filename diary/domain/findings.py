"""What a list of patients says of one of them: the judgement in a few values, and what deserves a look.

A pure function of a diary and its assessment. The two numbers that are ours and no rule set's, when a diary has gone
quiet and when extra medicine has gone up, stand here and are said on the page.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from diary.domain.assessment import Assessment
from diary.domain.block import Block, BlockVerdict
from diary.domain.diary import Diary, Kind, Purpose
from diary.domain.in_force import InForce
from diary.domain.schedule import DAYS_BACK, is_answered, is_asked
from diary.domain.steroid import SteroidCourse, SteroidReason, SteroidVerdict
from diary.domain.steroid_figures import Badge, DayRange
from diary.domain.steroid_period import Share
from diary.domain.timeline import chains, day_since, day_zero, next_of_same_side

QUIET_DAYS = 7
# The last landmark's window ends here: whoever stops writing later is not asked why.
EXPECTED_UNTIL_DAY = 196
WEEK = 7
MORE_MEDICINE_DAYS = 2
# Of seven days: with fewer answers a week cannot be compared with another.
FEWEST_ANSWERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """That relief after a steroid has ended, and no injection of that side was given since.

    ``since`` is the first day on which it may have ended. ``injection_id`` is the injection's first record, which stays
    the same however often it is corrected.
    """

    since: date
    injection_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineWeeks:
    """On how many days extra medicine was taken, of those that say whether: the last 7 days, and the 7 before."""

    last: Share
    before: Share

    @property
    def has_risen(self) -> bool:
        """Two days more than in the week before, where both weeks say so on four days or more."""
        enough = min(self.last.of, self.before.of) >= FEWEST_ANSWERS
        return enough and self.last.n >= self.before.n + MORE_MEDICINE_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """One patient on one date.

    ``block`` is the verdict on the last injection; ``steroid`` and what follows on the last one with a steroid (``end``
    in days since it). ``pain_back_at`` is when the patient last said that the pain is back. ``is_quiet``: none of the
    last seven days holds an entry, though days were asked for after the injection.
    """

    as_of: date
    injection_id: UUID | None
    block: BlockVerdict | None
    steroid_id: UUID | None
    steroid: SteroidVerdict | None
    data: Badge | None
    filled: int | None
    slots: int | None
    end: DayRange | None
    returned: Return | None
    cannot_tell: bool
    is_quiet: bool
    medicine: MedicineWeeks
    pain_back_at: datetime | None


def findings_of(diary: Diary, standing: InForce, assessment: Assessment) -> Findings:
    """What the list says of a patient whose whole diary was judged."""
    block = assessment.blocks[-1] if assessment.blocks else None
    course = next((course for course in reversed(assessment.steroids) if course.figures is not None), None)
    figures = course.figures if course else None
    return Findings(
        as_of=standing.as_of,
        injection_id=block.injection.id if block else None,
        block=block.verdict if block else None,
        steroid_id=course.injection.id if course else None,
        steroid=course.verdict if course else None,
        data=figures.data.badge if figures else None,
        filled=figures.data.filled if figures else None,
        slots=figures.data.slots if figures else None,
        end=_end(course) if course else None,
        returned=_return(diary, standing, course) if course else None,
        cannot_tell=_cannot_tell(block, course),
        is_quiet=_is_quiet(diary, standing),
        medicine=MedicineWeeks(
            last=_extra_medicine(standing, back=0),
            before=_extra_medicine(standing, back=WEEK),
        ),
        pain_back_at=_pain_back_at(standing),
    )


def _end(course: SteroidCourse) -> DayRange | None:
    """The end of relief; of a start too low to measure relief by, one point up or down would be taken for one."""
    if course.figures is None or SteroidReason.LOW_BASELINE in course.reasons:
        return None
    return course.figures.end


def _return(diary: Diary, standing: InForce, course: SteroidCourse) -> Return | None:
    end = _end(course)
    if end is None:
        return None
    if next_of_same_side(course.injection, standing.injections) is not None:
        return None
    chain = next(chain for chain in chains(diary.injections) if chain.end.id == course.injection.id)
    since = day_zero(course.injection) + timedelta(days=end.first)
    return Return(since=since, injection_id=chain.original.id)


def _cannot_tell(block: Block | None, course: SteroidCourse | None) -> bool:
    """Whether what the last injection was for, or the last steroid, cannot be judged."""
    of_block = (
        block is not None
        and block.injection.purpose is Purpose.DIAGNOSTIC
        and block.verdict is BlockVerdict.CANNOT_TELL
    )
    return of_block or (course is not None and course.verdict is SteroidVerdict.CANNOT_TELL)


def _is_quiet(diary: Diary, standing: InForce) -> bool:
    """Nothing for seven days, and a day that was asked for can no longer be filled in."""
    if not standing.injections:
        return False
    number = day_since(standing.injections[-1], standing.as_of)
    if not QUIET_DAYS < number <= EXPECTED_UNTIL_DAY:
        return False
    answered = {day.day for day in standing.days if is_answered(day)}
    answered |= {moment.at.date() for moment in standing.moments if moment.scores}
    first = standing.as_of - timedelta(days=QUIET_DAYS)
    if any(day >= first for day in answered):
        return False
    closed = [first - timedelta(days=DAYS_BACK) + timedelta(days=ahead) for ahead in range(QUIET_DAYS)]
    recent = _days_since(diary, closed[0] - timedelta(days=WEEK))
    return any(day not in answered and is_asked(recent, day) for day in closed)


def _days_since(diary: Diary, first: date) -> Diary:
    """The daily entries from a day on; a correction is about the day of its original, so no chain is cut."""
    entries = tuple(entry for entry in diary.entries if entry.kind is Kind.DAILY and entry.local_day >= first)
    return replace(diary, entries=entries)


def _extra_medicine(standing: InForce, *, back: int) -> Share:
    """Of the seven days that end so many days before the date."""
    last = standing.as_of - timedelta(days=back)
    within = (day for day in reversed(standing.days) if last - timedelta(days=WEEK) < day.day <= last)
    said = [day.analgesic for day in within if day.analgesic is not None]
    return Share(n=sum(said), of=len(said))


def _pain_back_at(standing: InForce) -> datetime | None:
    of_days = (chain for day in standing.days for chain in day.chains)
    of_moments = (chain for moment in standing.moments for chain in moment.chains)
    return max(
        (
            next(record.recorded_at for record in chain.records if record.pain_is_back)
            for both in (of_days, of_moments)
            for chain in both
            if chain.end.pain_is_back
        ),
        default=None,
    )
