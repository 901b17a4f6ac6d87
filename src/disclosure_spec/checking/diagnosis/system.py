"""Linear equations over the changes of cells, solved in whole numbers."""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Row(NamedTuple):
    """One equation: the weighted changes of its cells must add up to what is wanted.

    Attributes:
        weights: Of each cell, by its position in form order; never zero.
        wanted: What must be added for the equation to hold; zero if it does.
    """

    weights: Mapping[int, int]
    wanted: int


def eliminate(rows: Iterable[Row], cell: int, pivot: Row) -> list[Row]:
    """Return the rows freed of one cell with the help of another row that contains it."""
    # Most rows do not contain the cell and are shared, not copied.
    return [_freed(row, cell, pivot) if cell in row.weights else row for row in rows]


def _freed(row: Row, cell: int, pivot: Row) -> Row:
    own, others = row.weights[cell], pivot.weights[cell]
    # Both sides are multiplied instead of one divided: whole numbers stay whole.
    shared = gcd(own, others)
    times, minus = others // shared, own // shared
    weights = {one: times * weight for one, weight in row.weights.items()}
    for one, weight in pivot.weights.items():
        left = weights.get(one, 0) - minus * weight
        if left:
            weights[one] = left
        else:
            del weights[one]
    return Row(weights, times * row.wanted - minus * pivot.wanted)


def solve_for(cell: int, row: Row, changes: Mapping[int, int | Fraction]) -> Fraction:
    """Return the change of a cell that the row asks for, given the changes of others; all else stays."""
    rest: int | Fraction = row.wanted
    for one, weight in row.weights.items():
        if one != cell and one in changes:
            rest -= weight * changes[one]
    return Fraction(rest) / row.weights[cell]


def connected(rows: Sequence[Row]) -> Iterator[list[int]]:
    """Yield groups of positions of rows that have cells in common, directly or through other rows."""
    left = dict.fromkeys(range(len(rows)))
    by_cell: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        for cell in row.weights:
            by_cell.setdefault(cell, []).append(at)
    while left:
        group, waiting = [], [next(iter(left))]
        del left[waiting[0]]
        while waiting:
            at = waiting.pop()
            group.append(at)
            for other in {other for cell in rows[at].weights for other in by_cell[cell]} & left.keys():
                del left[other]
                waiting.append(other)
        yield sorted(group)


class Settled(NamedTuple):
    """A system freed of its unknown cells.

    Attributes:
        rows: What is still asked of the known cells.
        defining: For each unknown cell that some row contains, the row that gives its value.
    """

    rows: list[Row]
    defining: Mapping[int, Row]


def settle(rows: Iterable[Row], unknown: Iterable[int]) -> Settled:
    """Free a system of the cells of which no number is known: these may take any value."""
    rest = list(rows)
    defining: dict[int, Row] = {}
    for cell in unknown:
        having = [row for row in rest if cell in row.weights]
        if having:
            # The shortest row spreads the fewest cells into others.
            pivot = min(having, key=lambda row: len(row.weights))
            rest = eliminate((row for row in rest if row is not pivot), cell, pivot)
            # Earlier unknowns too, so that in the end each is told by known cells alone where it can be.
            told = eliminate(defining.values(), cell, pivot)
            defining = dict(zip(defining, told, strict=True)) | {cell: pivot}
    return Settled(rest, defining)
