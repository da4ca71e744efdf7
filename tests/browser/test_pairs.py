"""The rows that the matrix of pages takes: every pair in them, and not many more of them than there must be."""

from collections.abc import Mapping
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from tests.browser.pairs import all_with_all, in_pairs, pairs_of

OPTIONS = st.lists(st.integers(1, 5), min_size=2, max_size=6).map(
    lambda sizes: {f"option {place}": [f"{place}.{value}" for value in range(size)] for place, size in enumerate(sizes)}
)


@given(OPTIONS)
def test_every_pair_of_values_comes_together(options: dict[str, list[str]]) -> None:
    together = {pair for row in in_pairs(options) for pair in pairs_of(row)}

    assert together == {
        (one, first, other, second)
        for one, other in combinations(options, 2)
        for first, second in product(options[one], options[other])
    }


def test_what_may_not_stand_together_never_does_and_every_other_pair_still_does() -> None:
    def allows(row: Mapping[str, object]) -> bool:
        return not (row.get("page") == "sign-off" and row.get("role") == "nurse")

    options = {"page": ("list", "sign-off"), "role": ("doctor", "nurse"), "width": ("narrow", "wide")}
    rows = in_pairs(options, allows=allows)

    assert all(allows(row) for row in rows)
    assert {row["width"] for row in rows if row["page"] == "sign-off"} == {"narrow", "wide"}
    assert {(row["page"], row["role"]) for row in rows} == {
        ("list", "doctor"),
        ("list", "nurse"),
        ("sign-off", "doctor"),
    }


def test_few_rows_hold_all_pairs() -> None:
    ways = [4, 2, 2, 2, 2, 3, 3]
    options = {f"option {place}": list(range(size)) for place, size in enumerate(ways)}

    assert len(in_pairs(options)) <= 2 * 4 * 3  # the two largest options alone need 12 rows; all with all are 576
    assert len(list(all_with_all(options))) == 576


def test_a_value_that_wins_nothing_gives_way_to_the_first() -> None:
    rows = in_pairs({"page": list(range(40)), "width": [320, 1280], "by": ["touch", "keyboard"]})

    by_keyboard = [row for row in rows if row["by"] == "keyboard"]
    assert len(by_keyboard) == 40  # once for each page
