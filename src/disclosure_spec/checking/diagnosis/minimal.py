"""The smallest sets of cells whose change makes every equation hold.

The search branches over the cells of one broken equation: one of them must have changed. A cell chosen is
eliminated, and the equations that are left ask the same question about fewer cells. So every set is met once,
none is missed, and all numbers are exact; how much may be searched is counted in steps, not in seconds.
"""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Final, TypeAlias

from disclosure_spec._values import dataclass
from disclosure_spec.checking.diagnosis.system import Row, eliminate, solve_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

Changes: TypeAlias = "Mapping[int, int]"
"""What is added to each cell, by its position in form order."""

Solution: TypeAlias = "Mapping[int, int | Fraction]"
"""The same, where the equations alone decide."""

LARGEST: Final = 6
"""Cells in a set; more numbers wrong at once are for a person with the source in hand."""

STEPS: Final = 200_000
"""Equations looked at before the search is given up: about a tenth of a second."""

_MOST_PATTERNS: Final = 1_000
_MOST_SETS: Final = 50
"""Sets of a size to keep for the next time; one wrong cell never has so many explanations."""


@dataclass(frozen=True, slots=True)
class Smallest:
    """What a search found.

    Attributes:
        sets: Every set of the smallest size, in form order; what was found so far if it was given up.
        at_least: So many cells must change; the size of the sets if there are any.
        complete: Whether the search came to its end.
    """

    sets: tuple[Changes, ...]
    at_least: int
    complete: bool


def smallest(rows: Sequence[Row], accept: Callable[[Changes], bool], steps: int = STEPS) -> Smallest:
    """Find the smallest sets of cells that can be changed so that every row holds.

    Args:
        rows: The equations, those that hold too.
        accept: Whether the form allows the numbers that a set of changes leads to.
        steps: How much may be searched.
    """
    return Enumeration(rows, steps).smallest(accept)


class Enumeration:
    """The sets of cells that explain a system, by size; what was found once is found.

    Args:
        rows: The equations.
        steps: How much may be searched.
    """

    def __init__(self, rows: Sequence[Row], steps: int = STEPS) -> None:
        self._rows = rows
        # Smaller sets need not be tried at all.
        self._fewest = _fewest(rows)
        self._left = {self._fewest: steps}
        self._kept: dict[int, Sequence[Solution]] = {}
        self._sole: dict[int, bool] = {}

    def smallest(self, accept: Callable[[Changes], bool], times: int = 1) -> Smallest:
        """Return the smallest sets that are accepted.

        Args:
            accept: As for the function of this name.
            times: How many times as much is wanted of each row.
        """
        size = self._fewest
        while size <= LARGEST:
            whole = [_whole(one, times) for one in self._of_size(size)]
            sets = [changes for changes in whole if changes and accept(changes)]
            given_up = self._left[size + 1] < 0
            if sets or given_up:
                return Smallest(tuple(sorted(sets, key=tuple)), size, not given_up)
            size += 1
        return Smallest((), size, complete=False)

    def is_sole(self, cell: int) -> bool:
        """Tell whether no other cell and no two others explain the system, whatever their numbers."""
        if cell not in self._sole:
            search = Search(self._rows)
            rivals = (rival for size in (1, 2) for rival in search.of_size(size, without=[cell]))
            self._sole[cell] = next(rivals, None) is None and not search.given_up
        return self._sole[cell]

    def _of_size(self, size: int) -> Sequence[Solution]:
        if size in self._kept:
            return self._kept[size]
        # What is left of the steps goes on to the next size.
        search = Search(self._rows, self._left[size])
        found = [*search.of_size(size)]
        self._left[size + 1] = search.left
        if len(found) <= _MOST_SETS:
            self._kept[size] = found
        return found


class Patterns:
    """Searches over equations of which some are broken, each made once for all that differ by a factor.

    Where every broken one is off by three times as much, the same cells explain it, each by three times the
    change.

    Args:
        kept: The equations as they stand when they hold, by position.
    """

    def __init__(self, kept: Mapping[int, Row]) -> None:
        self._kept = kept
        self._known: dict[tuple[tuple[int, int], ...], Enumeration] = {}

    def of(self, wanted: Mapping[int, int]) -> tuple[Enumeration, int]:
        """Return the search for broken equations, and how many times what it finds must be taken.

        Args:
            wanted: What must be added for each to hold, by position.
        """
        times = gcd(*wanted.values())
        pattern = tuple([(at, by // times) for at, by in wanted.items()])
        if pattern not in self._known:
            if len(self._known) >= _MOST_PATTERNS:
                self._known.clear()
            off = dict(pattern)
            rows = [Row(row.weights, off.get(at, 0)) for at, row in self._kept.items()]
            self._known[pattern] = Enumeration(rows)
        return self._known[pattern], times


def _fewest(rows: Sequence[Row]) -> int:
    """Count broken equations without a common cell: each needs a change of its own."""
    # Short ones first: more of them have no cell in common.
    taken: set[int] = set()
    count = 0
    for row in sorted((row for row in rows if row.wanted), key=lambda row: len(row.weights)):
        if taken.isdisjoint(row.weights):
            taken |= row.weights.keys()
            count += 1
    return count


class Search:
    """Enumerate the sets of one size.

    Args:
        rows: The equations.
        steps: How many rows may be looked at before it is given up.

    Attributes:
        left: How many of the steps are left.
    """

    def __init__(self, rows: Sequence[Row], steps: int = STEPS) -> None:
        self._rows = rows
        self.left = steps
        self._chosen: list[tuple[int, Row]] = []
        self._excluded: set[int] = set()

    @property
    def given_up(self) -> bool:
        """Return whether the steps did not suffice."""
        return self.left < 0

    def of_size(self, size: int, without: Iterable[int] = ()) -> Iterator[Solution]:
        """Yield each set of so many cells whose changes follow, none of them zero; any sign, any fraction.

        Args:
            size: How many cells.
            without: Cells that must not change.
        """
        self._excluded = set(without)
        return self._extend(self._rows, size)

    def _extend(self, rows: Sequence[Row], size: int) -> Iterator[Solution]:
        self.left -= len(rows)
        broken = [row for row in rows if row.wanted]
        # Nothing left to explain: these cells are dispensable, or their values would not follow.
        if not broken or self.given_up:
            return
        # The shortest has the fewest suspects, so the fewest branches.
        row = min(broken, key=lambda one: len(one.weights))
        passed = [
            cell for cell in sorted(row.weights.keys() - self._excluded) if _may_leave(broken, cell, size - 1)
        ]
        for cell in passed:
            self._chosen.append((cell, row))
            yield from self._go_on(cell, row, rows, size)
            self._chosen.pop()
            # Sets with this cell are all found; later ones do without it.
            self._excluded.add(cell)
        self._excluded.difference_update(passed)

    def _go_on(self, cell: int, row: Row, rows: Sequence[Row], size: int) -> Iterator[Solution]:
        if size > 1:
            rest = eliminate((one for one in rows if one is not row), cell, row)
            yield from self._extend(rest, size - 1)
        elif _settles(cell, row, rows):
            changes = _solve(self._chosen)
            if changes:
                yield changes


def _may_leave(broken: Sequence[Row], cell: int, others: int) -> bool:
    """Tell whether so many other cells can be in all the broken rows that this one is not in."""
    if others > 1:
        return True
    rest = [row.weights.keys() for row in broken if cell not in row.weights]
    if not rest:
        return True
    return others == 1 and bool(set(rest[0]).intersection(*rest[1:]))


def _settles(cell: int, row: Row, rows: Sequence[Row]) -> bool:
    """Tell whether the change of one cell that a row asks for is what all others ask for."""
    wanted, weight = row.wanted, row.weights[cell]
    # Two fractions compared crosswise, so that nothing is divided.
    return all(one.wanted * weight == wanted * one.weights.get(cell, 0) for one in rows)


def _solve(chosen: Sequence[tuple[int, Row]]) -> Solution | None:
    changes: dict[int, int | Fraction] = {}
    # The last one chosen stands alone in its row, each before it only with later ones.
    for cell, row in reversed(chosen):
        change = solve_for(cell, row, changes)
        if not change:
            return None
        # Whole as nearly all are: a fraction is slow to reckon with.
        changes[cell] = int(change) if change.denominator == 1 else change
    return dict(sorted(changes.items()))


def _whole(solution: Solution, times: int) -> Changes | None:
    changes = {cell: change * times for cell, change in solution.items()}
    if any(change.denominator > 1 for change in changes.values()):
        return None
    return {cell: int(change) for cell, change in changes.items()}
