"""The steroid of one injection in words. Days are days since the injection."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from diary.domain.rulesets import RuleSet
from diary.domain.rulesets.parts import SteroidRules
from diary.domain.steroid import Figures, SteroidCourse, SteroidReason, SteroidVerdict
from diary.domain.steroid_figures import Completeness, DayRange
from diary.domain.steroid_period import Period
from diary.domain.timeline import day_zero, scored_before
from diary.words.findings import Box, BoxKind, DataBadge, as_sentence
from diary.words.steroid_numbers import day_of, lasted_words, score_or_none, steroid_numbers
from diary.words.times import counted, in_words, listed, percent_in_words
from diary.words.verdicts import START_TOO_LOW, STEROID_CAUTIONS, STEROID_REASONS, STEROID_VERDICTS

_HOLES_TOLD = 3
_SAME_DAY = "This side was injected twice on this day: the days after it belong to both"


def steroid_box(course: SteroidCourse, period: Period, rules: RuleSet) -> Box:
    """The second of the three boxes. ``period`` is of the same injection: it has the days that the figures rest on."""
    figures = course.figures
    return Box(
        kind=BoxKind.STEROID,
        title="Steroid",
        verdict=course.verdict,
        words=as_sentence(STEROID_VERDICTS[course.verdict]),
        lead=_lead(course),
        reasons=tuple(_reason(reason, figures, period, rules.steroid) for reason in course.reasons),
        sentences=tuple(_sentences(course, period)),
        numbers=() if figures is None else tuple(steroid_numbers(figures, period)),
        data=None if figures is None else data_badge(figures.data),
        not_judged=START_TOO_LOW if SteroidReason.LOW_BASELINE in course.reasons else None,
        cautions=() if figures is None else tuple(as_sentence(STEROID_CAUTIONS[one]) for one in figures.cautions),
    )


def data_badge(data: Completeness) -> DataBadge:
    """The engine's slots."""
    return DataBadge(
        badge=data.badge,
        n=data.filled,
        of=data.slots,
        what="expected days and weeks",
        nothing="no day was due yet",
    )


def _lead(course: SteroidCourse) -> str:
    figures = course.figures
    if figures is None:
        return "Cannot tell"
    rule = f"≥{figures.threshold}%"
    if figures.asked_day is not None:
        asked = day_zero(course.injection) + timedelta(days=figures.asked_day)
        rule += f" until day {figures.asked_day}, {in_words(asked)}"
    match course.verdict:
        case SteroidVerdict.MEETS:
            return f"Meets your rule ({rule})"
        case SteroidVerdict.PARTLY:
            return f"Meets your rule ({rule}) partly: relief came and ended before"
        case SteroidVerdict.DOES_NOT_MEET:
            return f"Does not meet your rule ({rule}): no lasting relief began"
        case SteroidVerdict.CANNOT_TELL:
            return "Cannot tell"
        case SteroidVerdict.ONGOING:
            return f"Relief goes on; your rule ({rule}) can be judged then"
        case SteroidVerdict.TOO_EARLY:
            return f"Too early to tell by your rule ({rule})"


def _reason(reason: SteroidReason, figures: Figures | None, period: Period, rules: SteroidRules) -> str:
    if figures is None:
        return "No steroid is written down for this injection"
    match reason:
        case SteroidReason.NO_BASELINE:
            before = len(scored_before(period.injection, period.days_before.values()))
            return (
                f"No start score: {before} of the 7 days before have an average, {rules.fewest_days_before} are "
                "needed, and none was taken in the clinic"
            )
        case SteroidReason.LOW_BASELINE:
            start = score_or_none(figures.baseline)
            return f"Start {start}: too low to measure relief ({rules.low_baseline} or more is needed)"
        case SteroidReason.TOO_LITTLE_DATA:
            return f"Only {figures.data.filled} of {figures.data.slots} expected days and weeks hold a score"
        case SteroidReason.CUT_SHORT:
            return f"The next injection of this side came first, on {day_of(period.injection, period.last_day + 1)}"
        case SteroidReason.LATE_ONSET:
            return f"Relief began after day {rules.onset_by_day}, later than a steroid explains"
        case SteroidReason.TOO_SPARSE_FOR_ONSET:
            return f"Too few scores around day {rules.onset_by_day} to see whether relief began"
        case SteroidReason.GAP if figures.holes:
            return as_sentence(f"{_holes(figures.holes)}: how long relief lasted is not known")
        case SteroidReason.GAP if figures.asked_day is not None:
            return f"The scores leave open whether relief lasted until day {figures.asked_day}"
        case _:
            return as_sentence(STEROID_REASONS[reason])


# --- the sentences ----------------------------------------------------------------------------------------------------


def _sentences(course: SteroidCourse, period: Period) -> list[str]:
    figures = course.figures
    if figures is None:
        return []
    twice = [_SAME_DAY] if period.injected_twice else []
    if not figures.points:
        none = f"No average pain was scored from day 1 to {day_of(period.injection, period.last_day)}"
        return [*twice, none] if period.last_day >= 1 else twice
    said = [_course(figures)] if figures.baseline and SteroidReason.LOW_BASELINE not in course.reasons else []
    if figures.holes and SteroidReason.GAP not in course.reasons:
        said.append(as_sentence(_holes(figures.holes)))
    last = figures.points[-1]
    start, now = score_or_none(figures.baseline), score_or_none(last.score)
    return [*twice, *said, f"Start {start}, last score {now} on {day_of(period.injection, last.day)}"]


def _course(figures: Figures) -> str:
    """Relief of half or more began on day 5 to 6, ended on day 105 to 112: lasted 99 to 107 days, ...."""
    kind, on = threshold_words(figures.threshold), _recorded_days(figures)
    if figures.onset is None or figures.relief_days is None:
        return f"No onset of relief of {kind} seen; {kind} on {on}"
    ended = "no end seen" if figures.end is None else f"ended {_days(figures.end)}"
    return (
        f"Relief of {kind} began {_days(figures.onset)}, {ended}: lasted {lasted_words(figures.relief_days)}, on {on}"
    )


def _recorded_days(figures: Figures) -> str:
    """84 of 96 recorded days (88%)."""
    share = figures.days_at_threshold
    if share is None or not share.of:
        return counted(len(figures.points), "recorded day", "recorded days")
    part = percent_in_words(Fraction(100 * share.n, share.of), decimals=0)
    return f"{share.n} of {counted(share.of, 'recorded day', 'recorded days')} ({part})"


def _holes(holes: Sequence[DayRange]) -> str:
    told = listed([f"{hole.first} to {hole.last}" for hole in holes[:_HOLES_TOLD]])
    more = len(holes) - _HOLES_TOLD
    return f"no scores on days {told}" + (
        f", and {more} more gaps" if more > 1 else ", and 1 more gap" if more == 1 else ""
    )


def threshold_words(percent: int) -> str:
    """half or more, 75% or more."""
    return "half or more" if percent == 50 else f"{percent}% or more"


def _days(days: DayRange) -> str:
    return f"on day {days.last}" if days.first == days.last else f"on day {days.first} to {days.last}"
