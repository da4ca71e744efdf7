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
from diary.words.language import gettext as _
from diary.words.language import lazy_gettext, ngettext
from diary.words.steroid_numbers import day_of, lasted_words, score_or_none, steroid_numbers
from diary.words.times import in_words, listed, percent_in_words
from diary.words.verdicts import START_TOO_LOW, STEROID_CAUTIONS, STEROID_REASONS, STEROID_VERDICTS

_HOLES_TOLD = 3
_SAME_DAY = lazy_gettext("This side was injected twice on this day: the days after it belong to both")


def steroid_box(course: SteroidCourse, period: Period, rules: RuleSet) -> Box:
    """The second of the three boxes. ``period`` is of the same injection: it has the days that the figures rest on."""
    figures = course.figures
    return Box(
        kind=BoxKind.STEROID,
        title=_("Steroid"),
        verdict=course.verdict,
        words=as_sentence(STEROID_VERDICTS[course.verdict]),
        lead=_lead(course),
        reasons=tuple(_reason(reason, figures, period, rules.steroid) for reason in course.reasons),
        sentences=tuple(_sentences(course, period)),
        numbers=() if figures is None else tuple(steroid_numbers(figures, period)),
        data=None if figures is None else data_badge(figures.data),
        not_judged=str(START_TOO_LOW) if SteroidReason.LOW_BASELINE in course.reasons else None,
        cautions=() if figures is None else tuple(as_sentence(STEROID_CAUTIONS[one]) for one in figures.cautions),
    )


def data_badge(data: Completeness) -> DataBadge:
    """The engine's slots."""
    return DataBadge(
        badge=data.badge,
        n=data.filled,
        of=data.slots,
        counted=_("%(n)s of %(of)s expected days and weeks", n=data.filled, of=data.slots),
        nothing=_("no day was due yet"),
    )


def _lead(course: SteroidCourse) -> str:
    figures = course.figures
    if figures is None:
        return _("Cannot tell")
    rule = _("≥%(percent)s%%", percent=figures.threshold)
    if figures.asked_day is not None:
        asked = day_zero(course.injection) + timedelta(days=figures.asked_day)
        rule = _(
            "≥%(percent)s%% until day %(day)s, %(date)s",
            percent=figures.threshold,
            day=figures.asked_day,
            date=in_words(asked),
        )
    match course.verdict:
        case SteroidVerdict.MEETS:
            return _("Meets your rule (%(rule)s)", rule=rule)
        case SteroidVerdict.PARTLY:
            return _("Meets your rule (%(rule)s) partly: relief came and ended before", rule=rule)
        case SteroidVerdict.DOES_NOT_MEET:
            return _("Does not meet your rule (%(rule)s): no lasting relief began", rule=rule)
        case SteroidVerdict.CANNOT_TELL:
            return _("Cannot tell")
        case SteroidVerdict.ONGOING:
            return _("Relief goes on; your rule (%(rule)s) can be judged then", rule=rule)
        case SteroidVerdict.TOO_EARLY:
            return _("Too early to tell by your rule (%(rule)s)", rule=rule)


def _reason(reason: SteroidReason, figures: Figures | None, period: Period, rules: SteroidRules) -> str:
    if figures is None:
        return _("No steroid is written down for this injection")
    match reason:
        case SteroidReason.NO_BASELINE:
            before = len(scored_before(period.injection, period.days_before.values()))
            return _(
                "No start score: %(n)s of the 7 days before have an average, %(least)s are needed, and none was taken "
                "in the clinic",
                n=before,
                least=rules.fewest_days_before,
            )
        case SteroidReason.LOW_BASELINE:
            start = score_or_none(figures.baseline)
            return _(
                "Start %(score)s: too low to measure relief (%(least)s or more is needed)",
                score=start,
                least=rules.low_baseline,
            )
        case SteroidReason.TOO_LITTLE_DATA:
            return _(
                "Only %(n)s of %(of)s expected days and weeks hold a score",
                n=figures.data.filled,
                of=figures.data.slots,
            )
        case SteroidReason.CUT_SHORT:
            return _(
                "The next injection of this side came first, on %(day)s",
                day=day_of(period.injection, period.last_day + 1),
            )
        case SteroidReason.LATE_ONSET:
            return _("Relief began after day %(day)s, later than a steroid explains", day=rules.onset_by_day)
        case SteroidReason.TOO_SPARSE_FOR_ONSET:
            return _("Too few scores around day %(day)s to see whether relief began", day=rules.onset_by_day)
        case SteroidReason.GAP if figures.holes:
            return _("%(gaps)s: how long relief lasted is not known", gaps=as_sentence(_holes(figures.holes)))
        case SteroidReason.GAP if figures.asked_day is not None:
            return _("The scores leave open whether relief lasted until day %(day)s", day=figures.asked_day)
        case _:
            return as_sentence(STEROID_REASONS[reason])


# --- the sentences ----------------------------------------------------------------------------------------------------


def _sentences(course: SteroidCourse, period: Period) -> list[str]:
    figures = course.figures
    if figures is None:
        return []
    twice = [str(_SAME_DAY)] if period.injected_twice else []
    if not figures.points:
        none = _("No average pain was scored from day 1 to %(day)s", day=day_of(period.injection, period.last_day))
        return [*twice, none] if period.last_day >= 1 else twice
    said = [_course(figures)] if figures.baseline and SteroidReason.LOW_BASELINE not in course.reasons else []
    if figures.holes and SteroidReason.GAP not in course.reasons:
        said.append(as_sentence(_holes(figures.holes)))
    last = figures.points[-1]
    start, now = score_or_none(figures.baseline), score_or_none(last.score)
    ends = _(
        "Start %(start)s, last score %(score)s on %(day)s",
        start=start,
        score=now,
        day=day_of(period.injection, last.day),
    )
    return [*twice, *said, ends]


def _course(figures: Figures) -> str:
    """Relief of half or more began on day 5 to 6, ended on day 105 to 112: lasted 99 to 107 days, ...."""
    kind, on = threshold_words(figures.threshold), _recorded_days(figures)
    if figures.onset is None or figures.relief_days is None:
        return _("No onset of relief of %(kind)s seen; %(kind)s on %(days)s", kind=kind, days=on)
    began, lasted = _days(figures.onset), lasted_words(figures.relief_days)
    if figures.end is None:
        return _(
            "Relief of %(kind)s began on %(began)s, no end seen: lasted %(lasted)s, on %(days)s",
            kind=kind,
            began=began,
            lasted=lasted,
            days=on,
        )
    return _(
        "Relief of %(kind)s began on %(began)s, ended on %(ended)s: lasted %(lasted)s, on %(days)s",
        kind=kind,
        began=began,
        ended=_days(figures.end),
        lasted=lasted,
        days=on,
    )


def _recorded_days(figures: Figures) -> str:
    """84 of 96 recorded days (88%)."""
    share = figures.days_at_threshold
    if share is None or not share.of:
        return ngettext("1 recorded day", "%(num)s recorded days", len(figures.points))
    part = percent_in_words(Fraction(100 * share.n, share.of), decimals=0)
    return ngettext(
        "%(n)s of 1 recorded day (%(percent)s)",
        "%(n)s of %(num)s recorded days (%(percent)s)",
        share.of,
        n=share.n,
        percent=part,
    )


def _holes(holes: Sequence[DayRange]) -> str:
    told = listed([_("%(first)s to %(last)s", first=hole.first, last=hole.last) for hole in holes[:_HOLES_TOLD]])
    more = len(holes) - _HOLES_TOLD
    if more <= 0:
        return _("no scores on days %(days)s", days=told)
    return ngettext(
        "no scores on days %(days)s, and 1 more gap",
        "no scores on days %(days)s, and %(num)s more gaps",
        more,
        days=told,
    )


def threshold_words(percent: int) -> str:
    """half or more, 75% or more."""
    return _("half or more") if percent == 50 else _("%(percent)s%% or more", percent=percent)


def _days(days: DayRange) -> str:
    if days.first == days.last:
        return _("day %(day)s", day=days.last)
    return _("day %(first)s to %(last)s", first=days.first, last=days.last)
