"""The linear rules of an edition as a system to solve: which cells are free, which follow, what must hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from disclosure_spec.rules import LinearTest, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Equation, Relation, Rule

Number: TypeAlias = int | Decimal
Numbers: TypeAlias = "Mapping[str, Number]"

_ROUNDS: Final = 12
"""How often the constraints are gone through: one repaired may push another."""


class UnsolvableError(Exception):
    """The constraints cannot be met from these numbers."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """Relate a weighted sum of leaves and a constant to zero."""

    terms: tuple[tuple[str, int], ...]
    relation: Relation
    constant: Number = 0

    def total(self, leaves: Numbers) -> Number:
        """Return the sum; a leaf that is not given is zero."""
        total = self.constant
        for pointer, coefficient in self.terms:
            if pointer in leaves:
                total += coefficient * leaves[pointer]
        return total

    def gap(self, leaves: Numbers) -> Number:
        """Return what must be added to the sum for the relation to hold; zero if it does."""
        total = self.total(leaves)
        return {"=": -total, "<=": min(-total, 0), ">=": max(-total, 0)}[self.relation]

    @property
    def zeroes(self) -> bool:
        """Tell whether every leaf must be zero, since none can outweigh another."""
        return self.relation == "=" and not self.constant and len({c > 0 for _, c in self.terms}) == 1


class System:
    """Hold the binding equations of one edition, ordered for solving.

    An equation that makes one cell the sum of others defines that cell; cells that none defines are leaves.
    What other equations ask is put in terms of leaves, and met by raising one.

    Attributes:
        leaves: The pointers of the leaves in form order.
        leaf_set: The same.
        above: The totals that a leaf is part of, and how often.
        limits: The range the schema gives each cell, in form order.
        met: What the equations ask of the leaves, by definition or beyond.
        binding: What they ask beyond the definitions, none following from the rest.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        equations = [one for rule in edition.rules if _binds(rule) for one in own_equations(rule)]
        self._definitions: dict[str, tuple[Term, ...]] = {}
        for equation in equations:
            self._define(equation)
        self.leaves = tuple(one.pointer for one in edition.cells if one.pointer not in self._definitions)
        self.leaf_set = frozenset(self.leaves)
        self.met = tuple(map(self.constraint, equations))
        self.binding = tuple(_independent(self.met))
        self.above: dict[str, list[tuple[str, int]]] = {}
        for total in self._definitions:
            for leaf, coefficient in self._expand([Term(1, total)]).items():
                self.above.setdefault(leaf, []).append((total, coefficient))
        limits = {kind: edition.schema["$defs"][kind] for kind in {cell.type for cell in edition.cells}}
        self.limits: dict[str, tuple[int, int]] = {
            cell.pointer: (limits[cell.type]["minimum"], limits[cell.type]["maximum"])
            for cell in edition.cells
        }

    def constraint(self, equation: Equation) -> Constraint:
        """Return what an equation over cells asks of the leaves."""
        return self.weighed(equation.terms, equation.relation)

    def weighed(self, terms: Iterable[Term], relation: Relation, constant: Number = 0) -> Constraint:
        """Return a constraint on a weighted sum of cells."""
        expanded = self._expand(terms)
        return Constraint(tuple((one, c) for one, c in expanded.items() if c), relation, constant)

    def cells(self, leaves: Numbers) -> dict[str, Number]:
        """Return the number of every cell, in form order; a leaf that is not given is zero."""
        values: dict[str, Number] = {**dict.fromkeys(self.limits, 0), **leaves}
        # From the leaves up: most are zero, and no total needs to be told so.
        for leaf, value in leaves.items():
            if value:
                for pointer, times in self.above.get(leaf, ()):
                    values[pointer] += times * value
        for pointer in self._definitions:
            total = values[pointer]
            if isinstance(total, Decimal):
                values[pointer] = _bare(total)
        return values

    def within(self, cells: Numbers) -> bool:
        """Tell whether every cell is in the range the schema gives it."""
        limits = self.limits
        return all(limits[one][0] <= value <= limits[one][1] for one, value in cells.items())

    def solve(
        self, leaves: Numbers, constraints: Sequence[Constraint], pins: Numbers, pick: int
    ) -> dict[str, Number]:
        """Return leaves that meet every constraint, as few as can be changed.

        Args:
            leaves: Where to start.
            constraints: What must hold.
            pins: Leaves that keep these numbers.
            pick: Tells which leaf gives way where several can.

        Raises:
            UnsolvableError: The constraints cannot be met that way.
        """
        values = {**leaves, **pins}
        for constraint in constraints:  # a leaf with a number of its own has no choice
            if constraint.relation == "=" and len(constraint.terms) == 1:
                values[constraint.terms[0][0]] = values.get(constraint.terms[0][0], 0)
                self._move(values, constraint, constraint.gap(values), pins, pick)
                pins = {**pins, constraint.terms[0][0]: values[constraint.terms[0][0]]}
        for _ in range(_ROUNDS):
            gaps = [(one, gap) for one in constraints if (gap := one.gap(values))]
            if not gaps:
                return values
            for constraint, _ in gaps:
                self._move(values, constraint, constraint.gap(values), pins, pick)
        raise UnsolvableError

    def _move(
        self, values: dict[str, Number], constraint: Constraint, gap: Number, pins: Numbers, pick: int
    ) -> None:
        """Close the gap by raising one leaf or, where none can rise, lowering one."""
        if not gap:
            return
        free = [(one, c) for one, c in constraint.terms if abs(c) == 1 and one not in pins]
        # Raised where one can be: no number falls below the least the schema allows.
        rising = [one for one, c in free if (c > 0) == (gap > 0)]
        size = max(gap, -gap)
        if not rising:
            rising = [one for one, _ in free if values.get(one, 0) - size >= self.limits[one][0]]
            size = -size
        if not rising:
            raise UnsolvableError
        chosen = rising[pick % len(rising)]
        values[chosen] = values.get(chosen, 0) + size

    def _define(self, equation: Equation) -> None:
        for sign in (1, -1):
            side = [term for term in equation.terms if term.coefficient * sign > 0]
            others = tuple(
                Term(-sign * term.coefficient, term.pointer) for term in equation.terms if term not in side
            )
            if len(side) == 1 and side[0].coefficient == sign and others:
                pointer = side[0].pointer
                # A second equation for the same total, or one that runs in a circle, is left to be solved.
                if pointer not in self._definitions and not self._reaches(others, pointer):
                    self._definitions[pointer] = others
                    return

    def _reaches(self, terms: Iterable[Term], pointer: str) -> bool:
        return any(
            term.pointer == pointer or self._reaches(self._definitions.get(term.pointer, ()), pointer)
            for term in terms
        )

    def _expand(self, terms: Iterable[Term]) -> dict[str, int]:
        total: dict[str, int] = {}
        for term in terms:
            inner = self._definitions.get(term.pointer)
            parts = self._expand(inner) if inner else {term.pointer: 1}
            for pointer, coefficient in parts.items():
                total[pointer] = total.get(pointer, 0) + term.coefficient * coefficient
        return total


def _bare(number: Decimal) -> Number:
    """Return a sum as people write it: 1.5 and 0.5 make 2, not 2.0."""
    if number == number.to_integral_value():
        return int(number)
    return Decimal(f"{number:f}".rstrip("0"))


def own_equations(rule: Rule) -> Iterator[Equation]:
    """Yield the equations of a rule that speak of one report only."""
    if isinstance(rule.test, LinearTest):
        for equation in rule.test.equations:
            if all(term.of == "document" for term in equation.terms):
                yield equation


def _binds(rule: Rule) -> bool:
    if rule.status != "active" or rule.severity != "error" or rule.applies_when:
        return False
    return isinstance(rule.test, LinearTest) and all(one.relation == "=" for one in rule.test.equations)


def _independent(constraints: Iterable[Constraint]) -> Iterator[Constraint]:
    """Yield the constraints that do not follow from shorter ones."""
    reduced: list[dict[str, Fraction]] = []
    for constraint in sorted(constraints, key=lambda one: len(one.terms)):
        # Exact: as floats, rows that follow from others would leave a remainder.
        row = {pointer: Fraction(coefficient) for pointer, coefficient in constraint.terms}
        for other in reduced:
            pivot = next(iter(other))
            factor = row.get(pivot, Fraction(0)) / other[pivot]
            row = {key: row.get(key, 0) - factor * other.get(key, 0) for key in {**row, **other}}
        row = {key: value for key, value in row.items() if value}
        if row:
            reduced.append(row)
            yield constraint
