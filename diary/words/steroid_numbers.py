"""The key figures of one injection's steroid in words, with the entries behind each. Days are days since it."""

from collections.abc import Sequence
from fractions import Fraction

from diary.domain.diary import Injection, Instrument
from diary.domain.relief import Interval, passes
from diary.domain.steroid import BaselineFrom, Figures
from diary.domain.steroid_figures import FLARE_DAYS, DayRange
from diary.domain.steroid_period import SORENESS_DAYS, Period, Point
from diary.domain.steroid_relief import END_SPAN, ONSET_SPAN
from diary.domain.timeline import day_zero, scored_before
from diary.words.evidence import DayEvidence, clinic_evidence
from diary.words.findings import Number, as_sentence
from diary.words.language import gettext as _
from diary.words.language import ngettext, pgettext
from diary.words.times import day_in_words, percent_in_words, score_in_words, threshold_in_words
from diary.words.verdicts import BASELINES


def steroid_numbers(figures: Figures, period: Period) -> list[Number]:
    """The key figures beside a steroid's verdict."""
    start = _start(figures, period)
    asked = _("hangs on the onset, which is not known")
    if figures.asked_day is not None:
        asked = as_sentence(day_of(period.injection, figures.asked_day))
    days = DayEvidence(period)
    scored = _(
        "%(n)s of %(of)s expected days and weeks; %(late)s late",
        n=figures.data.filled,
        of=figures.data.slots,
        late=figures.data.late,
    )
    if on_paper := sum(point.entry_id in days.from_paper for point in figures.points):
        scored = _("%(scored)s; %(number)s from paper", scored=scored, number=on_paper)
    return [
        start,
        Number(label=_("Threshold"), words=threshold_in_words(figures.baseline, figures.threshold)),
        Number(label=_("Relief asked until"), words=asked),
        Number.of(_("Onset"), _range(figures.onset, period.injection), _around_onset(figures), days.point),
        Number.of(
            pgettext("of relief", "End"), _range(figures.end, period.injection), _around_end(figures), days.point
        ),
        Number.of(_("Relief lasted"), _lasted(figures), _ends_of_relief(figures), days.point),
        _at_threshold(figures, days),
        Number.of(_("Scored"), scored, figures.points, days.point),
        *_areas(figures, days),
        _flare(figures, days),
        _soreness(figures, period, days),
        _analgesics(figures, period, days),
    ]


def _start(figures: Figures, period: Period) -> Number:
    if figures.baseline is None or figures.baseline_from is None:
        return Number(label=_("Start"), words=_("none"))
    words = f"{score_or_none(figures.baseline)} ({BASELINES[figures.baseline_from]})"
    if figures.baseline_from is BaselineFrom.ONE_SCORE:
        evidence = clinic_evidence(_("average pain"), figures.baseline)
        return Number(label=_("Start"), words=words, evidence=(evidence,))
    before = scored_before(period.injection, period.days_before.values())
    return Number.of(_("Start"), words, before, DayEvidence(period).score)


def _around_onset(figures: Figures) -> tuple[Point, ...]:
    """The point before the onset, and those of its five days."""
    onset = figures.onset
    if onset is None:
        return ()
    return _between(figures.points, onset.first - 1, onset.last + ONSET_SPAN - 1)


def _around_end(figures: Figures) -> tuple[Point, ...]:
    """The last passing point before the end, and those of its two weeks."""
    end = figures.end
    if end is None:
        return ()
    return _between(figures.points, end.first - 1, end.last + END_SPAN)


def _ends_of_relief(figures: Figures) -> tuple[Point, ...]:
    lasted = figures.relief_days
    if lasted is None:
        return ()
    return tuple(point for point in figures.points if point.day in {lasted.at_least, lasted.at_most})


def _between(points: Sequence[Point], first: int, last: int) -> tuple[Point, ...]:
    return tuple(point for point in points if first <= point.day <= last)


def _lasted(figures: Figures) -> str:
    return _("no onset seen") if figures.relief_days is None else lasted_words(figures.relief_days)


def _at_threshold(figures: Figures, days: DayEvidence) -> Number:
    share = figures.days_at_threshold
    label = _("Days at %(percent)s%% less or better", percent=figures.threshold)
    if share is None:
        return Number(label=label, words=_("cannot be told without a start score"))
    passing = [point for point in figures.points if passes(point.score, figures.baseline, figures.threshold)]
    part = f" ({percent_in_words(Fraction(100 * share.n, share.of))})" if share.of else ""
    words = ngettext("%(n)s of 1 recorded day", "%(n)s of %(num)s recorded days", share.of, n=share.n)
    return Number.of(label, words + part, passing or figures.points, days.point)


def _areas(figures: Figures, days: DayEvidence) -> list[Number]:
    area = figures.area
    if area is None:
        return [Number(label=_("Pain relieved over time"), words=_("cannot be told"))]
    covered, size = percent_in_words(100 * area.covered), percent_in_words(abs(area.percent))
    points = score_in_words(area.spid)
    relieved = (
        _("%(points)s point-days, %(percent)s of the most possible", points=points, percent=size)
        if area.percent >= 0
        else _("%(points)s point-days, %(percent)s more pain than before", points=points, percent=size)
    )
    mean = _("%(score)s, over %(percent)s of the days", score=score_in_words(area.mean), percent=covered)
    return [
        Number.of(_("Pain relieved over time (SPID)"), relieved, figures.points, days.point),
        Number.of(_("Mean over time"), mean, figures.points, days.point),
    ]


def _flare(figures: Figures, days: DayEvidence) -> Number:
    early = _between(figures.points, 1, FLARE_DAYS)
    label = _("Flare in days 1 to %(day)s", day=FLARE_DAYS)
    if figures.flare_days is None:
        return Number(label=label, words=_("cannot be told without a start score"))
    words = ngettext("%(n)s of 1 recorded day", "%(n)s of %(num)s recorded days", len(early), n=figures.flare_days)
    return Number.of(label, words, early, days.point)


def _soreness(figures: Figures, period: Period, days: DayEvidence) -> Number:
    label = _("Soreness where the needle went in")
    if figures.soreness is None:
        return Number(label=label, words=_("not scored"))
    given = [
        (day, found)
        for day, record in sorted({**period.days_before, **period.days}.items())
        if 0 <= day <= SORENESS_DAYS and (found := record.scores.get(Instrument.SORENESS))
    ]
    last, highest = figures.soreness.last_day, figures.soreness.highest
    words = _("none") if last is None else _("last on day %(day)s, highest %(score)s", day=last, score=highest)
    return Number.of(label, words, given, days.score)


def _analgesics(figures: Figures, period: Period, days: DayEvidence) -> Number:
    share = figures.analgesic_days
    answered = [(number, day) for number, day in sorted(period.days.items()) if day.analgesic is not None]
    taken = [(number, day) for number, day in answered if day.analgesic]
    words = _("not answered")
    if share.of:
        words = ngettext("%(n)s of 1 day that says", "%(n)s of %(num)s days that say", share.of, n=share.n)
    return Number.of(_("Extra pain medicine"), words, taken or answered, days.medicine)


# --- words ------------------------------------------------------------------------------------------------------------


def _range(days: DayRange | None, injection: Injection) -> str:
    if days is None:
        return _("none seen")
    last = day_of(injection, days.last)
    if days.first == days.last:
        return as_sentence(last)
    return as_sentence(_("%(first)s to %(last)s", first=day_of(injection, days.first), last=last))


def lasted_words(days: Interval) -> str:
    """99 to 107 days, at least 102 days: a range, never a guess."""
    if days.at_most is None:
        return ngettext("at least 1 day", "at least %(num)s days", days.at_least)
    return _("%(first)s to %(last)s days", first=days.at_least, last=days.at_most)


def day_of(injection: Injection, day: int) -> str:
    """Day 12 (18-Aug-2026) of an injection."""
    return day_in_words(day_zero(injection), day)


def score_or_none(score: int | Fraction | None) -> str:
    """7.5, or none."""
    return _("none") if score is None else score_in_words(Fraction(score))
