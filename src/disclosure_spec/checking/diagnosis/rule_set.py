"""What the equations of an edition can tell and cannot: rank, what follows, what no equation sees."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from disclosure_spec._values import dataclass
from disclosure_spec.checking.diagnosis.minimal import Search
from disclosure_spec.checking.diagnosis.system import Row, eliminate, settle
from disclosure_spec.rules import LinearTest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.edition import Cell, Edition, Section
    from disclosure_spec.rules import Equation, Rule
    from disclosure_spec.wording import Wording

LARGEST: Final = 4
"""Cells in a set of errors that cancel each other, up to which such sets are counted."""

EXAMPLES: Final = 3
STEPS: Final = 3_000_000
"""Equations looked at for one table before the count is given up: some seconds."""


class Named(NamedTuple):
    """An equation and the rule it belongs to."""

    rule: str
    equation: Equation


@dataclass(frozen=True, slots=True)
class Dependent:
    """An equation that holds whenever others do, so that it adds no knowledge of its own."""

    one: Named
    follows_from: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Unseen:
    """Sets of cells that can be wrong together while every equation holds, none with such a set inside.

    Attributes:
        size: Cells in each set.
        count: How many sets there are.
        examples: The first of them in form order, as pointers.
    """

    size: int
    count: int
    examples: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TableDiagnosis:
    """What the binding equations over one table amount to.

    Attributes:
        pointer: The section of the table.
        heading: Its heading.
        cells: How many cells it has.
        equations: How many equations bind them within one report.
        rank: How many of these are independent.
        dependent: Those that follow from others; equations of totals alone are named before others.
        duplicates: Groups of equations that say the same.
        fixed: Cells that can only be nought, by equations and limits together.
        uncovered: Cells in no binding equation.
        indistinguishable: Groups of cells in the same equations with the same weights: an error in one can
            as well be one in another.
        unseen: By size, from one cell up, what errors cancel each other out.
        complete: Whether these were all gone through.
    """

    pointer: str
    heading: Wording
    cells: int
    equations: int
    rank: int
    dependent: tuple[Dependent, ...]
    duplicates: tuple[tuple[Named, ...], ...]
    fixed: tuple[str, ...]
    uncovered: tuple[str, ...]
    indistinguishable: tuple[tuple[str, ...], ...]
    unseen: tuple[Unseen, ...]
    complete: bool

    @property
    def smallest_unseen(self) -> Unseen | None:
        """Return the smallest errors that no equation sees; None if there are none so small."""
        return next((one for one in self.unseen if one.count), None)


@dataclass(frozen=True, slots=True)
class RuleSetDiagnosis:
    """What the linear rules of one edition amount to.

    Attributes:
        spec_version: Version of the specification.
        form_edition: Edition of the form.
        tables: One for each table, in form order.
        apart: Linear rules that are not counted, since they bind only at times: with how many equations
            each, by id. They have a condition, only warn, are on trial, speak of another report or are
            inequalities.
    """

    spec_version: str
    form_edition: str
    tables: tuple[TableDiagnosis, ...]
    apart: Mapping[str, int]


def diagnose_rules(edition: Edition) -> RuleSetDiagnosis:
    """Return what the linear rules of an edition amount to."""
    binding: list[Named] = []
    limits: list[Equation] = []
    apart: dict[str, int] = {}
    for rule in edition.rules:
        if isinstance(rule.test, LinearTest):
            always = [one for one in rule.test.equations if _binds(rule, one)]
            equal = [one for one in always if one.relation == "="]
            binding += [Named(rule.id, one) for one in equal]
            limits += [one for one in always if one.relation != "="]
            if len(equal) < len(rule.test.equations):
                apart[rule.id] = len(rule.test.equations) - len(equal)
    tables = (one for one in edition.sections if one.rows)
    return RuleSetDiagnosis(
        edition.spec_version,
        edition.name,
        tuple(_Table(edition, one, binding, limits).diagnosis() for one in tables),
        apart,
    )


def _binds(rule: Rule, equation: Equation) -> bool:
    """Tell whether an equation holds in every report without error."""
    always = rule.status == "active" and rule.severity == "error" and not rule.applies_when
    return always and all(term.of == "document" for term in equation.terms)


class _Table:
    """The equations that a cell of one table is in."""

    def __init__(
        self, edition: Edition, section: Section, binding: Sequence[Named], limits: Sequence[Equation]
    ) -> None:
        self._edition = edition
        self._section = section
        self._cells = [cell for row in section.rows for cell in row.cells]
        here = {cell.pointer for cell in self._cells}
        self._equations = [one for one in binding if any(term.pointer in here for term in one.equation.terms)]
        self._rows = [self._row(one.equation) for one in self._equations]
        self._limits = [
            (self._row(one), one.relation)
            for one in limits
            if any(term.pointer in here for term in one.terms)
        ]

    def _row(self, equation: Equation) -> Row:
        index = self._edition.cell_at
        return Row({index[term.pointer].index: term.coefficient for term in equation.terms}, 0)

    def diagnosis(self) -> TableDiagnosis:
        """Return what they amount to."""
        dependent = tuple(self._dependent())
        unseen, complete = self._unseen()
        covered = {cell for row in self._rows for cell in row.weights}
        fixed = self._fixed(covered)
        return TableDiagnosis(
            pointer=self._section.pointer,
            heading=self._section.heading,
            cells=len(self._cells),
            equations=len(self._rows),
            rank=len(self._rows) - len(dependent),
            dependent=dependent,
            duplicates=self._duplicates(),
            fixed=tuple(cell.pointer for cell in self._cells if cell.index in fixed),
            uncovered=tuple(cell.pointer for cell in self._cells if cell.index not in covered),
            indistinguishable=self._alike(),
            unseen=unseen,
            complete=complete,
        )

    def _dependent(self) -> Iterator[Dependent]:
        """Yield the equations that follow from those gone through before."""
        totals = {self._lone(row) for row in self._rows}
        often = Counter(one.rule for one in self._equations)
        # Totals of totals last, and first the rule of most equations, which stays whole where it can.
        order = sorted(
            range(len(self._rows)),
            key=lambda at: (self._rows[at].weights.keys() <= totals, -often[self._equations[at].rule]),
        )
        pivots: list[tuple[int, Row]] = []
        for at in order:
            # A mark of its own, no cell, tells in the end which equations went into a combination.
            row = Row({**self._rows[at].weights, ~at: 1}, 0)
            for cell, pivot in pivots:
                (row,) = eliminate([row], cell, pivot)
            cell = max(row.weights)
            if cell >= 0:
                pivots.append((cell, row))
            else:
                others = sorted(~mark for mark in row.weights if ~mark != at)
                yield Dependent(self._equations[at], tuple(self._equations[other] for other in others))

    def _lone(self, row: Row) -> int | None:
        """Return the cell that an equation makes the sum of others."""
        left = [cell for cell, weight in row.weights.items() if weight > 0]
        return left[0] if len(left) == 1 and len(row.weights) > 1 else None

    def _duplicates(self) -> tuple[tuple[Named, ...], ...]:
        groups: dict[object, list[Named]] = {}
        for named, row in zip(self._equations, self._rows, strict=True):
            terms = sorted(row.weights.items())
            # The same equation may be written the other way round.
            same = max(terms, sorted((cell, -weight) for cell, weight in terms))
            groups.setdefault(tuple(same), []).append(named)
        return tuple(tuple(group) for group in groups.values() if len(group) > 1)

    def _fixed(self, covered: Iterable[int]) -> set[int]:
        """Return the cells that must be nought: no other solution, or no term to outweigh another."""
        solved = settle(self._rows, sorted(covered)).defining
        fixed = {cell for cell, row in solved.items() if row.weights.keys() == {cell}}
        signed = {
            cell.index
            for cell in self._edition.cells
            if self._edition.schema["$defs"][cell.type]["minimum"] < 0
        }
        rows = [*((row, "=") for row in (*self._rows, *solved.values())), *self._limits]
        while True:
            left = [({c: w for c, w in row.weights.items() if c not in fixed}, sign) for row, sign in rows]
            found = {cell for rest, sign in left if _is_squeezed(rest, sign, signed) for cell in rest}
            if not found:
                return fixed
            fixed |= found

    def _alike(self) -> tuple[tuple[str, ...], ...]:
        groups: dict[object, list[str]] = {}
        for cell in self._cells:
            column = tuple(
                (at, row.weights[cell.index])
                for at, row in enumerate(self._rows)
                if cell.index in row.weights
            )
            if column:
                # Up to the sign: an error of 5 here is one of -5 there.
                same = max(column, tuple((at, -weight) for at, weight in column))
                groups.setdefault(same, []).append(cell.pointer)
        return tuple(tuple(group) for group in groups.values() if len(group) > 1)

    def _unseen(self) -> tuple[tuple[Unseen, ...], bool]:
        """Count, by size, the sets of cells whose errors can cancel each other."""
        # One allowance for the whole table, so that a large one ends in time too.
        steps = STEPS
        counted: list[Unseen] = []
        for size in range(1, LARGEST + 1):
            found: list[tuple[str, ...]] = []
            for cell in self._cells:
                search = Search([self._moved(row, cell) for row in self._rows], steps)
                found += [
                    tuple(self._edition.cells[one].pointer for one in (cell.index, *others))
                    for others in self._cancelling(search, cell, size - 1)
                ]
                steps = search.left
                if search.given_up:
                    return tuple(counted), False
            counted.append(Unseen(size, len(found), tuple(found[:EXAMPLES])))
        return tuple(counted), True

    def _moved(self, row: Row, cell: Cell) -> Row:
        return Row(row.weights, -row.weights.get(cell.index, 0))

    def _cancelling(self, search: Search, cell: Cell, others: int) -> Iterator[Sequence[int]]:
        """Yield the sets of so many later cells that undo an error of one in this cell."""
        if not others:
            # Alone an error is unseen only in a cell that no equation knows.
            if not any(cell.index in row.weights for row in self._rows):
                yield ()
            return
        # Later cells only: each set is met once, at its first cell.
        for solution in search.of_size(others, without=range(cell.index + 1)):
            yield tuple(solution)


def _is_squeezed(rest: Mapping[int, int], sign: str, signed: set[int]) -> bool:
    # A cell that may be negative can outweigh any other.
    if not rest or not signed.isdisjoint(rest):
        return False
    least, most = min(rest.values()), max(rest.values())
    return (sign != ">=" and least > 0) or (sign != "<=" and most < 0)
