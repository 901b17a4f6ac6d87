"""The tables of a form whose rows all have the same columns, and the sums that each row and column obeys.

A sum is taken for a law of all rows, or of all columns, when it stands for most of them: what a form prints
once for a table holds in each of its columns. So one equation that is wrong in the rules does not go unseen.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations, product
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from disclosure_spec.rules import LinearTest
from disclosure_spec.testing.judging import Fault
from disclosure_spec.testing.properties.reports import sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.edition import Edition, Section
    from disclosure_spec.rules import Equation, Rule
    from disclosure_spec.testing.properties.reports import Number

Line: TypeAlias = tuple[tuple[int, int], ...]
"""Coefficients by row or column, in order; those that are zero are left out."""

_LONGEST_STEP: Final = 3


class Sum(NamedTuple):
    """Hold a sum that every row, or every column, obeys: the coefficients, and the rule that says so."""

    line: Line
    rule: Rule


@dataclass(frozen=True)
class Table:
    """Cells in rows and columns.

    Attributes:
        cells: Pointers by row and column.
        in_rows: What each row obeys, over its columns.
        in_columns: What each column obeys, over its rows.
    """

    cells: tuple[tuple[str, ...], ...]
    in_rows: tuple[Sum, ...]
    in_columns: tuple[Sum, ...]

    @cached_property
    def down(self) -> tuple[Line, ...]:
        """Return the small changes down a column that keep what columns obey."""
        return steps(len(self.cells), [one.line for one in self.in_columns])

    @cached_property
    def across(self) -> tuple[Line, ...]:
        """Return the small changes across a row that keep what rows obey."""
        return steps(len(self.cells[0]), [one.line for one in self.in_rows])

    @cached_property
    def summed(self) -> tuple[tuple[int, int], ...]:
        """Return row and column of each cell that is in a sum."""
        rows = {at for one in self.in_columns for at, _ in one.line}
        columns = {at for one in self.in_rows for at, _ in one.line}
        every = product(range(len(self.cells)), range(len(self.cells[0])))
        return tuple((row, column) for row, column in every if row in rows or column in columns)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules the sums are of."""
        return tuple(dict.fromkeys(one.rule for one in (*self.in_columns, *self.in_rows)))

    def change(self, down: Line, across: Line, size: int = 1) -> dict[str, int]:
        """Return by how much each cell changes when each of some columns changes alike."""
        return {self.cells[row][column]: a * b * size for row, a in down for column, b in across}

    def faults(self, values: Mapping[str, Number]) -> frozenset[Fault]:
        """Return what must be found in these numbers."""
        return frozenset(
            Fault.at(rule.id, rule.severity, pointers)
            for rule, line, pointers in self._sums()
            if sum(factor * values[one] for (_, factor), one in zip(line, pointers, strict=True))
        )

    def _sums(self) -> Iterator[tuple[Rule, Line, list[str]]]:
        for one in self.in_rows:
            for row in self.cells:
                yield one.rule, one.line, [row[at] for at, _ in one.line]
        for one in self.in_columns:
            for column in zip(*self.cells, strict=True):
                yield one.rule, one.line, [column[at] for at, _ in one.line]


@lru_cache(maxsize=64)
def tables(edition: Edition) -> tuple[Table, ...]:
    """Return the tables of an edition in which rows or columns obey sums."""
    found = [_table(edition, cells) for section in edition.sections for cells in _blocks(section)]
    return tuple(one for one in found if one.in_rows or one.in_columns)


def classes(size: int, lines: Iterable[Line]) -> list[list[int]]:
    """Return the rows or columns that can stand for each other, in groups of two or more."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for at in range(size):
        groups.setdefault(tuple(dict(line).get(at, 0) for line in lines), []).append(at)
    # Places in no sum at all could be exchanged too, but nothing would be proved by it.
    return [group for factors, group in groups.items() if len(group) > 1 and any(factors)]


@lru_cache(maxsize=64)
def _steps(size: int, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    found: list[Line] = []
    weights = [dict(line) for line in lines]
    for length in range(1, _LONGEST_STEP + 1):
        for places in combinations(range(size), length):
            # Whatever holds a smaller step is that step and another.
            if any({at for at, _ in one} <= {*places} for one in found):
                continue
            # The first sign stays: a step and its opposite are one.
            for signs in product((1, -1), repeat=length - 1):
                step = tuple(zip(places, (1, *signs), strict=True))
                if all(not sum(factor * by.get(at, 0) for at, factor in step) for by in weights):
                    found.append(step)
    return tuple(found)


def steps(size: int, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the smallest changes by one, of up to three places, that no sum sees."""
    return _steps(size, tuple(lines))


def _blocks(section: Section) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Yield the cells of a section whose rows have the same columns; one long row is cut at its headers."""
    rows: dict[int, list[Mapping[str, object]]] = {}
    for cell in section.grid["cells"] if section.grid else ():
        if cell["kind"] == "input":
            rows.setdefault(cell["row"], []).append(cell)
    alike: dict[tuple[object, ...], list[list[str]]] = {}
    for row in rows.values():
        alike.setdefault(tuple(map(_path, row)), []).append([str(cell["pointer"]) for cell in row])
    for columns, block in alike.items():
        # A single row of many columns prints its groups side by side instead of below each other.
        if len(block) > 1:
            yield tuple(map(tuple, block))
        else:
            yield from _cut(columns, block[0])


def _cut(columns: tuple[object, ...], row: list[str]) -> Iterator[tuple[tuple[str, ...], ...]]:
    groups: dict[tuple[object, ...], list[tuple[object, str]]] = {}
    for path, pointer in zip(columns, row, strict=True):
        *above, label = path if isinstance(path, tuple) else (path,)
        groups.setdefault(tuple(above), []).append((label, pointer))
    alike: dict[tuple[object, ...], list[tuple[str, ...]]] = {}
    for group in groups.values():
        labels, pointers = zip(*group, strict=True)
        alike.setdefault(labels, []).append(pointers)
    for block in alike.values():
        yield tuple(block)


def _path(cell: Mapping[str, object]) -> tuple[str, ...]:
    path = cell["column_path"]
    return tuple(path["zh"]) if isinstance(path, dict) else ()


def _table(edition: Edition, cells: tuple[tuple[str, ...], ...]) -> Table:
    place = {one: (row, column) for row, line in enumerate(cells) for column, one in enumerate(line)}
    in_rows: Counter[Sum] = Counter()
    in_columns: Counter[Sum] = Counter()
    for rule in sums(edition):
        for equation in rule.test.equations if isinstance(rule.test, LinearTest) else ():
            places = [place[term.pointer] for term in equation.terms if term.pointer in place]
            rows, columns = {row for row, _ in places}, {column for _, column in places}
            # An equation that leaves the table says nothing of its rows and columns alone.
            if len(places) < len(equation.terms):
                continue
            if len(rows) == 1:
                in_rows[Sum(_line(equation, [column for _, column in places]), rule)] += 1
            elif len(columns) == 1:
                in_columns[Sum(_line(equation, [row for row, _ in places]), rule)] += 1
    return Table(cells, _most(in_rows, len(cells)), _most(in_columns, len(cells[0])))


def _line(equation: Equation, places: list[int]) -> Line:
    line = sorted(zip(places, (term.coefficient for term in equation.terms), strict=True))
    # Written either way round an equation is the same.
    return tuple((at, factor if line[0][1] > 0 else -factor) for at, factor in line)


def _most(counted: Counter[Sum], lines: int) -> tuple[Sum, ...]:
    # Of most lines is enough: a form may have a line that such a sum leaves out.
    return tuple(one for one, times in counted.items() if 2 * times > lines)
