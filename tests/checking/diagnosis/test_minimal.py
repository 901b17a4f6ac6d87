"""The search itself, against every set of cells tried one by one."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.checking.diagnosis.minimal import Search, smallest
from disclosure_spec.checking.diagnosis.system import Row, connected, settle

if TYPE_CHECKING:
    from collections.abc import Sequence

CELLS = 7


def solution(rows: Sequence[Row], cells: Sequence[int]) -> dict[int, Fraction] | None:
    """Return the only solution in which all these cells change and no other, by plain elimination."""
    matrix = [[Fraction(row.weights.get(cell, 0)) for cell in cells] + [Fraction(row.wanted)] for row in rows]
    done = 0
    for column in range(len(cells)):
        pivot = next((at for at in range(done, len(matrix)) if matrix[at][column]), None)
        if pivot is None:
            return None  # not unique
        matrix[done], matrix[pivot] = matrix[pivot], matrix[done]
        matrix[done] = [one / matrix[done][column] for one in matrix[done]]
        for at in range(len(matrix)):
            if at != done:
                times = matrix[at][column]
                matrix[at] = [a - times * b for a, b in zip(matrix[at], matrix[done], strict=True)]
        done += 1
    if any(row[-1] for row in matrix[done:]):
        return None
    found = {cell: matrix[at][-1] for at, cell in enumerate(cells)}
    return found if all(found.values()) else None


def system(seed: int) -> list[Row]:
    """Return a few equations over a few cells, weights from -3 to 3."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    rows = []
    for _ in range(draw.randint(2, 5)):
        weights = {cell: draw.choice((0, 0, 1, 1, -1, 2, 3, -3)) for cell in range(CELLS)}
        rows.append(Row({cell: weight for cell, weight in weights.items() if weight}, draw.randint(-4, 4)))
    return rows


@pytest.mark.parametrize("seed", range(60))
def test_search_finds_what_trying_every_set_finds(seed: int) -> None:
    """Of each size, all sets whose changes follow are found once, with their values, and no other."""
    rows = system(seed)
    search = Search(rows)
    for size in range(1, 5):
        tried = {cells: solution(rows, cells) for cells in combinations(range(CELLS), size)}
        found = list(search.of_size(size))
        assert sorted(tuple(one) for one in found) == [cells for cells, one in tried.items() if one]
        assert all(one == tried[tuple(one)] for one in found)


@pytest.mark.parametrize("seed", range(60))
def test_smallest_sets_are_smallest(seed: int) -> None:
    """No set of fewer cells with whole numbers would do, and all of the same size are there."""
    rows = system(seed)
    whole = [
        (size, cells)
        for size in range(1, 5)
        for cells in combinations(range(CELLS), size)
        if (one := solution(rows, cells)) and all(by.denominator == 1 for by in one.values())
    ]
    if not whole or not any(row.wanted for row in rows):
        return
    found = smallest(rows, lambda _: True)
    fewest = min(size for size, _ in whole)
    assert found.at_least == fewest
    assert [tuple(one) for one in found.sets] == [cells for size, cells in whole if size == fewest]
    for changes in found.sets:
        assert all(
            sum(weight * changes.get(cell, 0) for cell, weight in row.weights.items()) == row.wanted
            for row in rows
        )


def test_search_is_given_up_after_so_many_steps() -> None:
    """With too few steps the search says that it was given up, the same way each time."""
    rows = [Row({first: 1, last: 1}, 10**first) for first, last in combinations(range(12), 2)]
    first, second = (smallest(rows, lambda _: True, steps=2000) for _ in range(2))
    assert first == second
    assert not first.complete
    assert first.sets == ()


def test_equations_apart_need_a_cell_each() -> None:
    """So many broken equations without a common cell, so many cells at least; nothing is searched."""
    rows = [Row({2 * at: 1, 2 * at + 1: 1}, 1) for at in range(30)]
    assert smallest(rows, lambda _: True, steps=0).at_least == 30


def test_rows_that_hang_together() -> None:
    """Rows with a common cell are one group, also over several others."""
    rows = [Row({1: 1, 2: 1}, 0), Row({8: 1}, 0), Row({3: 1, 4: -1}, 0), Row({2: 1, 3: 1}, 0)]
    assert list(connected(rows)) == [[0, 2, 3], [1]]


def test_unknown_cells_are_settled() -> None:
    """What is left after the unknown cells are eliminated is what the others must satisfy."""
    rows = [Row({0: 1, 1: 2}, 5), Row({0: 1, 2: 1}, 7), Row({1: 1, 3: 1}, 0)]
    settled = settle(rows, [0, 3])
    assert settled.rows in ([Row({1: 2, 2: -1}, -2)], [Row({2: 1, 1: -2}, 2)])
    assert set(settled.defining) == {0, 3}
    assert settled.defining[3] == Row({1: 1, 3: 1}, 0)
