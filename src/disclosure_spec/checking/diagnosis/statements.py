"""The equations of an edition as they stand on one document: which hold and which do not."""

from __future__ import annotations

import operator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from disclosure_spec.checking.cells import decimal_places
from disclosure_spec.checking.conditions import obstacle
from disclosure_spec.checking.diagnosis.system import Row
from disclosure_spec.checking.equations import LinearEvaluator, sum_of
from disclosure_spec.checking.result import Reason, Status
from disclosure_spec.rules import LinearTest, Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_spec.checking.evaluation import Evaluation
    from disclosure_spec.checking.facts import Facts
    from disclosure_spec.checking.result import EquationFact, Result
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Equation, Rule, Severity

_HOLDS: Final = {"=": operator.eq, "<=": operator.le, ">=": operator.ge}
_ABSENT: Final = {
    Reason.OPERAND_BLANK,
    Reason.OPERAND_UNREAD,
    Reason.OPERAND_NOT_A_NUMBER,
    Reason.OPERAND_MISSING,
}
"""Reasons that leave an equation to tell a number, instead of being told by it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One equation or inequality on one document.

    Attributes:
        equation: As published.
        weights: Of the cells of this report, by position in form order.
        sum: What the numbers add up to now, those of other reports with them, in steps; a cell without a
            number counts nothing.
        finding: The position of its finding in the result; None if it holds or cannot be checked.
        binding: Whether it is an equality that a report without error keeps by itself; others only
            bear witness.
    """

    equation: Equation
    weights: Mapping[int, int]
    sum: int
    finding: int | None
    binding: bool = field(kw_only=True)

    @property
    def row(self) -> Row:
        """Return what it asks of the changes of its cells."""
        return Row(self.weights, -self.sum)

    @property
    def total(self) -> int | None:
        """Return the cell that the equation makes the sum of several others of this report, if it does."""
        left = [cell for cell, weight in self.weights.items() if weight > 0]
        # Last year's number beside it makes a cell no sum.
        others = len(self.equation.terms) - 1
        alone = len(left) == 1 and self.weights[left[0]] == 1 and others == len(self.weights) - 1
        return left[0] if alone and others > 1 else None

    def holds(self, changes: Mapping[int, int]) -> bool:
        """Tell whether it holds once the cells are changed."""
        moved = sum(weight * changes.get(cell, 0) for cell, weight in self.weights.items())
        return bool(_HOLDS[self.equation.relation](self.sum + moved, 0))


@dataclass(frozen=True, slots=True)
class Account:
    """All that the rules state about the numbers of one document.

    Attributes:
        statements: In the order of the catalogue.
        numbers: The number of each cell in form order, in steps; None where there is none.
        steps: How many steps make one: 100 where some amount has two decimal places.
    """

    statements: tuple[Statement, ...]
    numbers: Sequence[int | None]
    steps: int


def account(result: Result, facts: Facts) -> Account:
    """Return what the rules state about a document; a broken equation that was waived states nothing."""
    steps = 10 ** max(_places(report) for report in (facts, *chain(*facts.others.values())))
    # In steps every number is whole, so that nothing is ever rounded.
    numbers = [None if isinstance(one, Reason) else _in_steps(one, steps) for one in facts.numbers]
    found = _positions(result)
    statements = []
    for rule, severity, laid, fails in _stated(result, facts):
        at = found.get((rule, laid.terms)) if fails else None
        elsewhere = _elsewhere(laid.foreign, facts, steps)
        waived = fails and at is None
        if not waived and elsewhere is not None:
            total = _sum(laid.weights, numbers) + elsewhere
            binding = _binds(severity, laid)
            statements.append(Statement(laid.equation, laid.weights, total, at, binding=binding))
    return Account(tuple(statements), numbers, steps)


def _sum(weights: Mapping[int, int], numbers: Sequence[int | None]) -> int:
    return sum([weight * (numbers[cell] or 0) for cell, weight in weights.items()])


def _in_steps(number: int | Decimal, steps: int) -> int:
    return number * steps if isinstance(number, int) else int(Fraction(number) * steps)


def _binds(severity: Severity, laid: _Laid) -> bool:
    # Another report may itself be wrong: it bears witness, whatever the severity of the rule.
    return not laid.foreign and severity == "error" and laid.equation.relation == "="


def _places(facts: Facts) -> int:
    return max((decimal_places(one) for one in facts.numbers if isinstance(one, Decimal)), default=0)


def _positions(result: Result) -> Mapping[tuple[str, frozenset[Term]], int]:
    """Return where the finding of each equation stands; its terms tell an equation from its rule's others."""
    found = enumerate(result.findings)
    return {_key(one.rule, one.equation): at for at, one in found if one.equation}


def _key(rule: str, fact: EquationFact) -> tuple[str, frozenset[Term]]:
    left = [Term(one.coefficient, one.pointer, one.of) for one in fact.left]
    return rule, frozenset([*left, *(Term(-one.coefficient, one.pointer, one.of) for one in fact.right)])


def _stated(result: Result, facts: Facts) -> Iterator[tuple[str, Severity, _Laid, bool]]:
    """Yield the equations that hold or only want a number of this report, and those that fail, marked."""
    alone = not any(facts.others.values())
    for rule, evaluator, equations in _laid_over(facts.edition):
        outcome = result.outcome(rule.id)
        # A rule that was switched off, is retired or does not apply says nothing about the numbers.
        checked = outcome.status in {Status.PASS, Status.FAIL, Status.NOT_CHECKED}
        idle = alone and all(laid.foreign for laid in equations)
        if not checked or idle or obstacle(rule, facts):
            continue
        if outcome.instances.keys() == {Status.PASS}:
            yield from ((rule.id, outcome.severity, laid, False) for laid in equations)
            continue
        for laid, one in zip(equations, evaluator.evaluate(facts, facts.numbers), strict=True):
            if one.status in {Status.PASS, Status.FAIL} or _wants_number(laid.equation, one, facts.edition):
                yield rule.id, outcome.severity, laid, one.status is Status.FAIL


def _wants_number(equation: Equation, evaluation: Evaluation, edition: Edition) -> bool:
    if evaluation.reason not in _ABSENT:
        return False
    # Where amounts state their units a number alone is not the answer.
    return not any(edition.cell_at[term.pointer].unit_pointer for term in equation.terms)


@dataclass(frozen=True, slots=True)
class _Laid:
    """An equation laid over the form.

    Attributes:
        terms: What tells it from the rule's others.
        weights: Of the cells of the report itself, by position in form order.
        foreign: The terms of other reports.
    """

    equation: Equation
    terms: frozenset[Term]
    weights: Mapping[int, int]
    foreign: tuple[Term, ...]


# The equations are laid over the form once, not for every report of a folder.
@lru_cache(maxsize=16)
def _laid_over(edition: Edition) -> Sequence[tuple[Rule, LinearEvaluator, Sequence[_Laid]]]:
    return [
        (rule, LinearEvaluator(rule.test, edition), [_lay(one, edition) for one in rule.test.equations])
        for rule in edition.rules
        if isinstance(rule.test, LinearTest)
    ]


def _lay(equation: Equation, edition: Edition) -> _Laid:
    own = {
        edition.cell_at[term.pointer].index: term.coefficient
        for term in equation.terms
        # An equation on a cell that the form does not have is an error of the rule, found elsewhere.
        if term.of == "document" and term.pointer in edition.cell_at
    }
    foreign = tuple(term for term in equation.terms if term.of != "document")
    return _Laid(equation, frozenset(equation.terms), own, foreign)


def _elsewhere(terms: Sequence[Term], facts: Facts, steps: int) -> int | None:
    """Return what the cells of other reports add to an equation; None where they have no number."""
    total = 0
    for term in terms:
        value = sum_of(facts.others[term.of], term.pointer)
        if isinstance(value, Reason):
            return None
        total += term.coefficient * _in_steps(value, steps)
    return total
