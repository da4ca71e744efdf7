"""Relief, section 1 of the rules: exact, so that no verdict hangs on how a number was rounded."""

from fractions import Fraction

import pytest

from diary.domain.relief import fails, median, passes, relief, rounded, score_needed


@pytest.mark.parametrize(
    ("score", "baseline", "percent"),
    [
        (Fraction(1, 20), Fraction(10), 100),  # 99.5%
        (Fraction(2501, 1000), 10, 75),  # 74.99%
        (5, Fraction(999, 100), 50),  # 49.95%
        (Fraction(17, 3), Fraction(8), 30),  # 29.1666...%
    ],
)
def test_relief_a_hair_below_the_threshold_does_not_pass(
    score: int | Fraction, baseline: int | Fraction, percent: int
) -> None:
    assert not passes(score, baseline, percent)
    assert fails(score, baseline, percent)


@pytest.mark.parametrize(
    ("score", "baseline", "percent"),
    [(0, 1, 100), (Fraction(5, 2), 10, 75), (Fraction(11, 3), Fraction(22, 3), 50), (7, 10, 30)],
)
def test_relief_on_the_threshold_passes(score: int | Fraction, baseline: int | Fraction, percent: int) -> None:
    assert relief(score, baseline) == percent
    assert passes(score, baseline, percent)
    assert not fails(score, baseline, percent)


def test_without_a_baseline_or_with_0_nothing_passes_and_nothing_fails() -> None:
    for baseline in (None, 0, Fraction(0)):
        assert relief(0, baseline) is None
        assert not passes(0, baseline, 30)
        assert not fails(10, baseline, 30)


def test_relief_is_negative_where_it_is_worse() -> None:
    assert relief(10, 8) == -25
    assert relief(9, Fraction(20, 3)) == -35


def test_the_highest_whole_score_that_passes_is_that_of_the_table() -> None:
    """``evidence.md``, 4.2: by baseline from 1 to 10."""
    table = {
        30: [0, 1, 2, 2, 3, 4, 4, 5, 6, 7],
        50: [0, 1, 1, 2, 2, 3, 3, 4, 4, 5],
        75: [0, 0, 0, 1, 1, 1, 1, 2, 2, 2],
        80: [0, 0, 0, 0, 1, 1, 1, 1, 1, 2],
    }
    for percent, highest in table.items():
        for baseline, last in enumerate(highest, start=1):
            assert [score for score in range(11) if passes(score, baseline, percent)] == list(range(last + 1))
            assert score_needed(baseline, percent) == last


def test_a_score_needed_is_never_a_hair_above_what_passes() -> None:
    # 10 less 51% are 4.9, and 5 would be 50% less; 15/2 less 30% are 5.25.
    assert score_needed(10, 51) == 4
    assert score_needed(Fraction(15, 2), 30) == 5


def test_a_median_of_an_even_count_is_the_mean_of_the_middle_two() -> None:
    assert median([3]) == 3
    assert median([9, 1, 4]) == 4
    assert median([9, 1, 4, 3]) == Fraction(7, 2)
    assert median([Fraction(1, 3), Fraction(2, 3)]) == Fraction(1, 2)
    assert all(isinstance(median(scores), Fraction) for scores in ([3], [3, 3]))


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [("12.25", 1, 12.3), ("-12.25", 1, -12.3), ("12.2499", 1, 12.2), ("0.5", 0, 1), ("-0.5", 0, -1), ("0", 1, 0)],
)
def test_rounding_goes_half_away_from_zero(number: str, decimals: int, expected: float) -> None:
    assert rounded(Fraction(number), decimals) == expected
