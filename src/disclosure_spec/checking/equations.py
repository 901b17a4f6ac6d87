"""Linear rules: weighted sums of cells related to zero, in whole numbers and exact decimals."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from disclosure_spec._scalars import write_number
from disclosure_spec.checking.evaluation import PASSED, Evaluation, broken, not_checked
from disclosure_spec.checking.result import EquationFact, EquationTerm, Reason, Status
from disclosure_spec.edition import SEPARATOR
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from disclosure_spec.checking.facts import Facts
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Equation, LinearTest
    from disclosure_spec.wording import Language

_HOLDS: Final = {"=": operator.eq, "<=": operator.le, ">=": operator.ge}
# How the two sums really stand when the relation does not hold.
_SIGN: Final = {"=": "≠", "<=": ">", ">=": "<"}
# A row of six applicants is shown whole; a column of some twenty outcomes is not.
_LONG: Final = 7
_REST: Final = Wording("其余{count}项（0）", "{count} others (0)")
_NO_REPORT: Final = {"previous": Reason.NO_PREVIOUS_REPORT, "parts": Reason.NO_PARTS}


@dataclass(frozen=True, slots=True)
class _Compiled:
    """An equation over the flat vector of cells in form order; None where it needs something else."""

    equation: Equation
    indexes: tuple[int, ...]
    obstacle: Evaluation | None


class LinearEvaluator:
    """Evaluate a linear rule; the equations are laid over the vector once per edition."""

    def __init__(self, test: LinearTest, edition: Edition) -> None:
        self._equations = [_compile(equation, edition) for equation in test.equations]

    def evaluate(self, facts: Facts, vector: Sequence[int | Decimal | Reason]) -> Iterator[Evaluation]:
        """Yield the outcome of each equation.

        Args:
            facts: The document.
            vector: Its cells in form order, as from `Facts.number`.
        """
        for compiled in self._equations:
            yield compiled.obstacle or _evaluate(compiled, facts, vector)


def _compile(equation: Equation, edition: Edition) -> _Compiled:
    for term in equation.terms:
        # Known when the rule is compiled: such an equation is never a pass, only not checked.
        if term.of in _NO_REPORT:
            return _Compiled(equation, (), not_checked(_NO_REPORT[term.of]))
        if term.pointer not in edition.cell_at:
            return _Compiled(equation, (), broken(Reason.NO_SUCH_CELL))
    return _Compiled(equation, tuple(edition.cell_at[term.pointer].index for term in equation.terms), None)


def _evaluate(compiled: _Compiled, facts: Facts, vector: Sequence[int | Decimal | Reason]) -> Evaluation:
    equation = compiled.equation
    values: list[int | Decimal] = []
    for index in compiled.indexes:
        value = vector[index]
        # A blank is not a zero: with one operand missing the equation says nothing.
        if isinstance(value, Reason):
            return not_checked(value)
        values.append(value)
    total = sum(term.coefficient * value for term, value in zip(equation.terms, values, strict=True))
    if _HOLDS[equation.relation](total, 0):
        return PASSED
    return _failed(equation, values, facts)


def _failed(equation: Equation, values: Sequence[int | Decimal], facts: Facts) -> Evaluation:
    pairs = list(zip(equation.terms, values, strict=True))
    left = tuple(EquationTerm(t.coefficient, t.pointer, v, t.of) for t, v in pairs if t.coefficient > 0)
    right = tuple(EquationTerm(-t.coefficient, t.pointer, v, t.of) for t, v in pairs if t.coefficient < 0)
    found, expected = _sum(left), _sum(right)
    difference = found - expected
    fact = EquationFact(left, equation.relation, right, _text(left, right, equation, facts.edition))
    return Evaluation(
        Status.FAIL,
        cells=tuple(facts.cell(term.pointer) for term in equation.terms),
        equation=fact,
        expected=expected,
        found=found,
        difference=difference,
        values={
            "where": equation.where,
            "left": write_number(found),
            "right": write_number(expected),
            "difference": write_number(max(difference, -difference)),
            "equation": fact.text,
        },
    )


def _sum(terms: Sequence[EquationTerm]) -> int | Decimal:
    total: int | Decimal = 0
    for term in terms:
        total += term.coefficient * term.value
    return total


def _text(
    left: Sequence[EquationTerm], right: Sequence[EquationTerm], equation: Equation, edition: Edition
) -> Wording:
    labels = _short_labels([*left, *right], edition)
    texts = []
    for language in LANGUAGES:
        sides = [_side(side, labels, language) for side in (left, right)]
        sums = f"{write_number(_sum(left))} {_SIGN[equation.relation]} {write_number(_sum(right))}"
        texts.append(f"{sides[0]} {equation.relation} {sides[1]}{'：' if language == 'zh' else ': '}{sums}")
    return Wording(*texts)


def _side(side: Sequence[EquationTerm], labels: Mapping[str, Wording], language: Language) -> str:
    """Write one side; of a long one only what is not zero, so that the numbers that matter can be seen."""
    shown = side if len(side) <= _LONG else [term for term in side if term.value]
    parts = [_term(term, labels[term.pointer].get(language), language) for term in shown]
    if len(shown) < len(side):
        parts.append(_REST.fill(count=len(side) - len(shown)).get(language))
    return " + ".join(parts) or "0"


def _term(term: EquationTerm, label: str, language: Language) -> str:
    times = "" if term.coefficient == 1 else f"{term.coefficient}×"
    value = write_number(term.value)
    number = f"（{value}）" if language == "zh" else f" ({value})"
    return f"{times}{label}{number}"


def _short_labels(terms: Sequence[EquationTerm], edition: Edition) -> dict[str, Wording]:
    """Return each cell's label without the labels all of them share."""
    paths = {term.pointer: edition.cell_at[term.pointer].label for term in terms}
    short: dict[str, list[str]] = {pointer: [] for pointer in paths}
    for language in LANGUAGES:
        split = {pointer: label.get(language).split(SEPARATOR) for pointer, label in paths.items()}
        shared = set.intersection(*(set(parts) for parts in split.values())) if len(split) > 1 else set()
        for pointer, parts in split.items():
            # Where all labels are shared, the last of them still has to stand for the cell.
            own = [part for part in parts if part not in shared] or parts[-1:]
            short[pointer].append(SEPARATOR.join(own))
    return {pointer: Wording(*texts) for pointer, texts in short.items()}
