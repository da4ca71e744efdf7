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
from diary.words.steroid_findings import data_badge
from diary.words.times import or_lower, relief_in_words, score_in_words
from diary.words.verdicts import IMMPACT, UNTOLD


def average_landmarks(figures: Figures, period: Period) -> Landmarks:
    """Average pain, with the class of its change (IMMPACT 2008)."""
    return Landmarks(
        title="Average pain",
        baseline=_baseline(figures.baseline, figures.threshold),
        change="Change (IMMPACT class)",
        rows=tuple(_row(day, found, period) for day, found in figures.landmarks.items()),
    )


def moving_findings(figures: Figures, period: Period, rules: SteroidRules) -> MovingFindings:
    """Difficulty of moving at the same landmarks, and whether that is a functional response."""
    moving, asked = figures.moving, rules.functional_threshold
    own = "the patient's own activities, mean" if period.injection.activities else "moving about"
    answer = {True: "yes", False: "no", None: "not known"}[moving.functional_response]
    if moving.functional_response is None:
        why = "; ".join(UNTOLD[reason] for reason in moving.untold)
    elif moving.functional_response:
        why = f"every landmark up to day {FUNCTION_UNTIL} that has scores is {asked}% less or better"
    else:
        why = f"not every landmark up to day {FUNCTION_UNTIL} that has scores is {asked}% less or better"
    return MovingFindings(
        landmarks=Landmarks(
            title=f"How hard it was to move ({own})",
            baseline=_baseline(moving.baseline, asked),
            change="Change",
            # The classes of IMMPACT are of pain, not of moving.
            rows=tuple(replace(_row(day, found, period), immpact=None) for day, found in moving.landmarks.items()),
        ),
        functional_response=as_sentence(answer),
        why=as_sentence(why),
        data=data_badge(moving.data),
    )


def _baseline(baseline: Fraction | None, percent: int) -> str:
    if baseline is None:
        return "no start score"
    needed = f"; {percent}% less: {or_lower(score_needed(baseline, percent))}" if baseline else ""
    return f"start {score_in_words(baseline)}{needed}"


def _row(day: int, landmark: Landmark | None, period: Period) -> LandmarkRow:
    first, last = LANDMARKS[day]
    window = f"{first} to {last}"
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
