"""The score that each panel compares with, and the scores that a given relief needs.

Everything in whole numbers and fractions: x passes p percent where 100 (b - x) >= p b (``judgement.md``, section 1).
"""

from collections.abc import Sequence
from fractions import Fraction

from diary.charts.picture import Start, Threshold
from diary.domain.diary import Injection, Instrument
from diary.domain.relief import median, score_needed
from diary.domain.timeline import DayInForce, averages_before
from diary.words.entries import INSTRUMENTS
from diary.words.language import gettext as _
from diary.words.language import ngettext
from diary.words.times import or_lower, score_in_words


def series_now(injection: Injection) -> Instrument:
    """Which score of right now is the series: `movement` where it has a baseline, else `rest`."""
    return Instrument.REST if injection.baseline.movement is None else Instrument.MOVEMENT


def start_now(injection: Injection) -> Start | None:
    """The score taken in the clinic just before, on the instrument of the series."""
    instrument = series_now(injection)
    score = injection.baseline.movement if instrument is Instrument.MOVEMENT else injection.baseline.rest
    if score is None:
        return None
    return _start(
        Fraction(score), _("pain right now (%(instrument)s), just before", instrument=INSTRUMENTS[instrument])
    )


def start_of_average(injection: Injection, days: Sequence[DayInForce], *, least_days: int) -> Start | None:
    """The median of the averages of days -7 to -1 where at least ``least_days`` have one, else the one score."""
    before = averages_before(injection, days)
    if len(before) >= least_days:
        origin = ngettext(
            "median of 1 day of the week before", "median of %(num)s days of the week before", len(before)
        )
        return _start(median(before), origin)
    if injection.baseline.average is None:
        return None
    return _start(Fraction(injection.baseline.average), _("average pain, one score taken before"))


def has_own_activities(injection: Injection) -> bool:
    """Whether the activities have names and a baseline of equal length; a list of another length is not used."""
    baseline = injection.baseline.activities
    return bool(injection.activities) and baseline is not None and len(baseline) == len(injection.activities)


def start_of_difficulty(injection: Injection) -> Start | None:
    """The mean of the activities' baseline, else that of moving about."""
    baseline = injection.baseline
    if has_own_activities(injection) and baseline.activities:
        mean = Fraction(sum(baseline.activities), len(baseline.activities))
        return _start(mean, _("mean of the patient's own activities, just before"))
    if baseline.moving is None:
        return None
    return _start(Fraction(baseline.moving), _("how hard it was to move about, just before"))


def _start(score: Fraction, origin: str) -> Start:
    return Start(score=score, label=_("Start: %(score)s", score=score_in_words(score)), origin=origin)


def thresholds_for(
    start: Start | None, *, half: int, good: tuple[int, int], lowest_start: int
) -> tuple[Threshold, ...]:
    """The line of ``half`` percent less and the band of ``good``; none where the start is too low for percentages."""
    if start is None or start.score < lowest_start:
        return ()
    low, high = good
    return (
        _threshold(start.score, half, half, _less(half, score_needed(start.score, half))),
        _threshold(start.score, low, high, _words_of_band(start.score, low, high)),
    )


def _threshold(start: Fraction, least: int, most: int, label: str) -> Threshold:
    return Threshold(low=start * (100 - most) / 100, high=start * (100 - least) / 100, label=label)


def _words_of_band(start: Fraction, low: int, high: int) -> str:
    at_low, at_high = score_needed(start, low), score_needed(start, high)
    if at_low == at_high:
        return _("%(low)s to %(high)s%% less (%(needed)s)", low=low, high=high, needed=or_lower(at_low))
    return f"{_less(low, at_low)}, {_less(high, at_high)}"


def _less(percent: int, needed: int) -> str:
    return _("%(percent)s%% less (%(needed)s)", percent=percent, needed=or_lower(needed))
