"""The smallest changes of cells that break one equation."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Final

from disclosure_spec.testing.conditions import applies, number_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.rules import Equation, Rule, Term
    from disclosure_spec.testing.conditions import Flat
    from disclosure_spec.testing.kit import Kit
    from disclosure_spec.testing.linear import Number, Numbers

_HOLDS: Final = {"=": operator.eq, "<=": operator.le, ">=": operator.ge}


def least_moves(kit: Kit, rule: Rule, equation: Equation, flat: Flat, size: int) -> list[dict[str, Number]]:
    """Return the changes that break this equation, and of the others fewest.

    A change is of one cell; or of a leaf and the totals above it, so that they stay right.

    Args:
        kit: The edition.
        rule: The rule the equation is of; it must still apply.
        equation: What is to be broken, and no other equation of the rule.
        flat: A consistent document.
        size: How far to miss.
    """
    numbers = {one: number_at(flat, one) for one in kit.system.limits}
    ranked: dict[tuple[int, int], list[dict[str, Number]]] = {}
    for move in _moves(kit, equation, numbers, size):
        if kit.system.within(move):
            broken = _broken(kit, {**flat, **move}, move)
            if [one for owner, one in broken if owner == rule.id] == [equation]:
                ranked.setdefault((len(broken), len(move)), []).append(move)
    return ranked[min(ranked)] if ranked else []


def _moves(kit: Kit, equation: Equation, numbers: Numbers, size: int) -> Iterator[dict[str, Number]]:
    total = _total(equation, numbers)
    wanted = {"=": (size, -size), "<=": (size - total,), ">=": (-size - total,)}[equation.relation]
    for term in equation.terms:
        for step in wanted:
            yield _one_cell(term, step, numbers)
    for pointer, coefficient in kit.system.constraint(equation).terms:
        for step in wanted:
            rise = step if coefficient > 0 else -step
            above = kit.system.above.get(pointer, ())
            yield {one: numbers[one] + times * rise for one, times in ((pointer, 1), *above)}


def _one_cell(term: Term, step: Number, numbers: Numbers) -> dict[str, Number]:
    return {term.pointer: numbers[term.pointer] + (step if term.coefficient > 0 else -step)}


def _broken(kit: Kit, after: Flat, move: Numbers) -> list[tuple[str, Equation]]:
    """Return the equations that look at a changed cell and do not hold, with the ids of their rules."""
    touched = {found.where: found for pointer in move for found in kit.uses.get(pointer, ())}
    return [
        (one.rule.id, one.equation)
        for one in touched.values()
        if applies(one.rule, after) and not _HOLDS[one.equation.relation](_total(one.equation, after), 0)
    ]


def _total(equation: Equation, flat: Flat) -> Number:
    total: Number = 0
    for term in equation.terms:
        total += term.coefficient * number_at(flat, term.pointer)
    return total
