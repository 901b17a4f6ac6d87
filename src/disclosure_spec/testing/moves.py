"""The smallest changes of cells that break one equation."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Final

from hypothesis import assume

from disclosure_spec.testing.choices import below, picked
from disclosure_spec.testing.conditions import applies, number_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hypothesis import strategies as st

    from disclosure_spec.rules import Equation, Report, Term
    from disclosure_spec.testing.conditions import Flat
    from disclosure_spec.testing.kit import Kit, Use
    from disclosure_spec.testing.linear import Number, Numbers

_HOLDS: Final = {"=": operator.eq, "<=": operator.le, ">=": operator.ge}
_FARTHEST: Final = 9
"""How far at most an equation is missed by."""


class Mover:
    """Look for changes of one consistent report.

    Args:
        kit: The edition.
        rule: The id of the rule to be broken; it must still apply afterwards.
        flat: The report.
        others: The numbers of the reports it is held against: last year's, or the sums of its parts.
    """

    def __init__(self, kit: Kit, rule: str, flat: Flat, others: Mapping[Report, Numbers]) -> None:
        self._kit = kit
        self._rule = rule
        self._flat = flat
        self._others = others
        self._numbers = {one: number_at(flat, one) for one in kit.system.limits}
        self._uses: dict[str, list[Use]] = {}
        for of in ("document", *others):
            for pointer, uses in kit.uses(of).items():
                self._uses[pointer] = [*self._uses.get(pointer, ()), *uses]

    def draw(self, draw: st.DrawFn, equations: Sequence[Equation]) -> dict[str, Number]:
        """Draw a change that breaks one of the equations, the first from some place on that can be broken."""
        start = draw(below(len(equations)))
        size = 1 + draw(below(_FARTHEST))
        for equation in (*equations[start:], *equations[:start]):
            moves = self.least(equation, size)
            if moves:
                return picked(draw, moves)
        assume(condition=False)
        raise AssertionError(self._rule)

    def least(self, equation: Equation, size: int) -> list[dict[str, Number]]:
        """Return the changes that break this equation, no other of its rule, and of the rest fewest.

        A change is of one cell; or of a leaf and the totals above it, so that they stay right.
        """
        ranked: dict[tuple[int, int], list[dict[str, Number]]] = {}
        for move in self._moves(equation, size):
            if self._kit.system.within(move):
                broken = self._broken({**self._flat, **move}, move)
                if [one for owner, one in broken if owner == self._rule] == [equation]:
                    ranked.setdefault((len(broken), len(move)), []).append(move)
        return ranked[min(ranked)] if ranked else []

    def _moves(self, equation: Equation, size: int) -> Iterator[dict[str, Number]]:
        numbers, system = self._numbers, self._kit.system
        total = self._total(equation, numbers)
        # Past a bound, not onto it: an inequality with nothing to spare still holds.
        wanted = {"=": (size, -size), "<=": (size - total,), ">=": (-size - total,)}[equation.relation]
        own = [term for term in equation.terms if term.of == "document"]
        for term in own:
            for step in wanted:
                yield {term.pointer: numbers[term.pointer] + _rise(step, term.coefficient)}
        # A wrong number may also have been carried into its totals: then they are no witnesses.
        for pointer, coefficient in system.weighed(own, "=").terms:
            for step in wanted:
                rise = _rise(step, coefficient)
                above = system.above.get(pointer, ())
                yield {one: numbers[one] + times * rise for one, times in ((pointer, 1), *above)}

    def _broken(self, after: Flat, move: Numbers) -> list[tuple[str, Equation]]:
        """Return the equations that look at a changed cell and do not hold, with the ids of their rules."""
        # By identity: an equation is met at each of the changed cells that it looks at.
        touched = {id(found): found for pointer in move for found in self._uses.get(pointer, ())}
        return [
            (one.rule.id, one.equation)
            for one in touched.values()
            if applies(one.rule, after)
            and not _HOLDS[one.equation.relation](self._total(one.equation, after), 0)
        ]

    def _total(self, equation: Equation, flat: Flat) -> Number:
        total: Number = 0
        for term in equation.terms:
            total += term.coefficient * self._number(term, flat)
        return total

    def _number(self, term: Term, flat: Flat) -> Number:
        return number_at(flat, term.pointer) if term.of == "document" else self._others[term.of][term.pointer]


def _rise(step: Number, coefficient: int) -> Number:
    """Return by how much a number must rise for its multiple to rise by a step at least."""
    size, times = max(step, -step), abs(coefficient)
    rise = size if times == 1 else size // times
    rise += rise * times < size
    return rise if (step > 0) == (coefficient > 0) else -rise
