"""Combinations of options so that every pair of values comes together at least once, in few rows."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import combinations, product

Row = dict[str, Hashable]
Pair = tuple[str, Hashable, str, Hashable]
Allows = Callable[[Mapping[str, Hashable]], bool]


def everything(_row: Mapping[str, Hashable]) -> bool:
    """All that can be combined may be."""
    return True


def in_pairs(options: Mapping[str, Sequence[Hashable]], *, allows: Allows = everything) -> list[Row]:
    """Rows in which every pair of values that ``allows`` lets stand together does, always the same ones.

    ``allows`` looks at rows that are not whole yet too. Where an option can win no pair any more, a row takes its first
    value: let the first be the cheapest to look at. Where several win as many, pairs that are rare so far come first.
    """
    left = dict.fromkeys(_pairs(options, allows))
    together: Counter[Pair] = Counter()
    rows = []
    while left:
        row = _row_with(next(iter(left)), options, left, together, allows)
        rows.append(row)
        for pair in pairs_of(row):
            left.pop(pair, None)
            together[pair] += 1
    return rows


def all_with_all(options: Mapping[str, Sequence[Hashable]], *, allows: Allows = everything) -> Iterator[Row]:
    """Every row that can be made and is allowed."""
    for values in product(*options.values()):
        row = dict(zip(options, values, strict=True))
        if allows(row):
            yield row


def pairs_of(row: Mapping[str, Hashable]) -> Iterator[Pair]:
    """The pairs of values that stand together in a row."""
    return ((one, row[one], other, row[other]) for one, other in combinations(row, 2))


def _pairs(options: Mapping[str, Sequence[Hashable]], allows: Allows) -> Iterator[Pair]:
    for one, other in combinations(options, 2):
        for first, second in product(options[one], options[other]):
            if allows({one: first, other: second}):
                yield one, first, other, second


def _row_with(
    pair: Pair,
    options: Mapping[str, Sequence[Hashable]],
    left: Mapping[Pair, None],
    together: Mapping[Pair, int],
    allows: Allows,
) -> Row:
    """A row around this pair; every further option takes the value that brings most pairs still to be won."""
    row: Row = {pair[0]: pair[1], pair[2]: pair[3]}
    for option in options:
        if option in row:
            continue
        ranked = []
        for place, value in enumerate(options[option]):
            if allows({**row, option: value}):
                pairs = [_in_order(pair, (option, value), list(options)) for pair in row.items()]
                won = sum(pair in left for pair in pairs)
                ranked.append((-won, sum(together[pair] for pair in pairs) if won else 0, place, value))
        row[option] = min(ranked, key=lambda rank: rank[:3])[3]
    return {option: row[option] for option in options}


def _in_order(one: tuple[str, Hashable], other: tuple[str, Hashable], order: Sequence[str]) -> Pair:
    first, second = sorted((one, other), key=lambda pair: order.index(pair[0]))
    return *first, *second
