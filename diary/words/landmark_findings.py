"""Average pain and difficulty of moving at the landmarks, in words with the entries behind each."""

from dataclasses import replace
from fractions import Fraction

from diary.domain.relief import score_needed
from diary.domain.rulesets.parts import SteroidRules
from diary.domain.steroid import Figures
from diary.domain.steroid_figures import FUNCTION_UNTIL, LANDMARKS, Landmark
from diary.domain.steroid_period import Period
from diary.words.evidence import DayEvidence
from diary.words.findings import LandmarkRow, Landmarks, MovingFindings, as_sentence, shortened
from diary.words.language import gettext as _
from diary.words.language import pgettext
from diary.words.steroid_findings import data_badge
from diary.words.times import or_lower, relief_in_words, score_in_words
from diary.words.verdicts import IMMPACT, UNTOLD


def average_landmarks(figures: Figures, period: Period) -> Landmarks:
    """Average pain, with the class of its change (IMMPACT 2008)."""
    return Landmarks(
        title=_("Average pain"),
        baseline=_baseline(figures.baseline, figures.threshold),
        change=_("Change (IMMPACT class)"),
        rows=tuple(_row(day, found, period) for day, found in figures.landmarks.items()),
    )


def moving_findings(figures: Figures, period: Period, rules: SteroidRules) -> MovingFindings:
    """Difficulty of moving at the same landmarks, and whether that is a functional response."""
    moving, asked = figures.moving, rules.functional_threshold
    title = (
        _("How hard it was to move (the patient's own activities, mean)")
        if period.injection.activities
        else _("How hard it was to move (moving about)")
    )
    answer = {True: _("yes"), False: _("no"), None: _("not known")}[moving.functional_response]
    if moving.functional_response is None:
        why = "; ".join(UNTOLD[reason] for reason in moving.untold)
    elif moving.functional_response:
        why = _(
            "every landmark up to day %(day)s that has scores is %(percent)s%% less or better",
            day=FUNCTION_UNTIL,
            percent=asked,
        )
    else:
        why = _(
            "not every landmark up to day %(day)s that has scores is %(percent)s%% less or better",
            day=FUNCTION_UNTIL,
            percent=asked,
        )
    return MovingFindings(
        landmarks=Landmarks(
            title=title,
            baseline=_baseline(moving.baseline, asked),
            change=pgettext("of scores", "Change"),
            # The classes of IMMPACT are of pain, not of moving.
            rows=tuple(replace(_row(day, found, period), immpact=None) for day, found in moving.landmarks.items()),
        ),
        functional_response=as_sentence(answer),
        why=as_sentence(why),
        data=data_badge(moving.data),
    )


def _baseline(baseline: Fraction | None, percent: int) -> str:
    if baseline is None:
        return _("no start score")
    start = score_in_words(baseline)
    if not baseline:
        return _("start %(score)s", score=start)
    return _(
        "start %(score)s; %(percent)s%% less: %(needed)s",
        score=start,
        percent=percent,
        needed=or_lower(score_needed(baseline, percent)),
    )


def _row(day: int, landmark: Landmark | None, period: Period) -> LandmarkRow:
    first, last = LANDMARKS[day]
    window = _("%(first)s to %(last)s", first=first, last=last)
    if landmark is None:
        return LandmarkRow(day=day, window=window, median=None, n=0, relief=None, immpact=None)
    evidence, more = shortened(landmark.points, DayEvidence(period).point)
    return LandmarkRow(
        day=day,
        window=window,
        median=score_in_words(landmark.median),
        n=len(landmark.points),
        relief=None if landmark.relief is None else relief_in_words(landmark.relief),
        immpact=None if landmark.immpact is None else IMMPACT[landmark.immpact],
        evidence=evidence,
        more=more,
    )
