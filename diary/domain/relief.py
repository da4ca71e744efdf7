"""Relief in exact arithmetic: no verdict ever hangs on how a float was rounded."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

Number = int | Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """How long relief lasted: at least so long; at most so long, or None where nothing says when it ended."""

    at_least: int
    at_most: int | None


def relief(score: Number, baseline: Number | None) -> Fraction | None:
    """R = 100 (b - x) / b percent, negative where worse; None without a baseline or with 0."""
    if not baseline:
        return None
    return Fraction(100) * (baseline - score) / baseline


def passes(score: Number, baseline: Number | None, percent: int) -> bool:
    """Whether 100 (b - x) >= p b. Without a baseline, or with 0, nothing passes."""
    if not baseline:
        return False
    # The same inequality times both denominators: whole numbers are many times faster than fractions.
    b, x = baseline.numerator * score.denominator, score.numerator * baseline.denominator
    return 100 * (b - x) >= percent * b


def fails(score: Number, baseline: Number | None, percent: int) -> bool:
    """Whether there is a baseline to judge by and the score does not pass. Without one nothing fails either."""
    return bool(baseline) and not passes(score, baseline, percent)


def score_needed(baseline: Number, percent: int) -> int:
    """The highest whole score that is at least so many percent less than the baseline."""
    return int(Fraction(baseline) * (100 - percent) // 100)


def median(scores: Sequence[Number]) -> Fraction:
    """The middle one, or the mean of the middle two, of at least one score."""
    ordered = sorted(scores)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return Fraction(ordered[middle - 1] + ordered[middle]) / 2


def rounded(number: Fraction, decimals: int) -> float:
    """To so many decimals, half away from zero."""
    scale: int = 10**decimals
    size = floor(abs(number) * scale + Fraction(1, 2))
    return (size if number >= 0 else -size) / scale
