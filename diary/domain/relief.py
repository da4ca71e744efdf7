"""Relief in exact arithmetic: no verdict ever hangs on how a float was rounded."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

Number = int | Fraction


def relief(score: Number, baseline: Number | None) -> Fraction | None:
    """R = 100 (b - x) / b percent, negative where worse; None without a baseline or with 0."""
    if not baseline:
        return None
    return Fraction(100) * (baseline - score) / baseline


def passes(score: Number, baseline: Number | None, percent: int) -> bool:
    """Whether 100 (b - x) >= p b. Without a baseline, or with 0, nothing passes."""
    return bool(baseline) and baseline is not None and 100 * (baseline - score) >= percent * baseline


def fails(score: Number, baseline: Number | None, percent: int) -> bool:
    """Whether there is a baseline to judge by and the score does not pass. Without one nothing fails either."""
    return bool(baseline) and not passes(score, baseline, percent)


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
