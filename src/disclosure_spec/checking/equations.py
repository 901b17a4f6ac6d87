"""Linear rules: weighted sums of cells related to zero, in whole numbers and exact decimals."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from disclosure_spec._scalars import write_number
from disclosure_spec.checking.evaluation import PASSED, Evaluation, broken, not_checked
from disclosure_spec.checking.result import EquationFact, EquationTerm, Reason, Status
from disclosure_spec.labelling import short_labels
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from disclosure_spec.checking.facts import Facts
    from disclosure_spec.edition import Cell, Edition
    from disclosure_spec.rules import Equation, LinearTest, Report
    from disclosure_spec.wording import Language

_HOLDS: Final = {"=": operator.eq, "<=": operator.le, ">=": operator.ge}
# How the two sums really stand when the relation does not hold.
_SIGN: Final = {"=": "≠", "<=": ">", ">=": "<"}
# A row of six applicants is shown whole; a column of some twenty outcomes is not.
_LONG: Final = 7
_REST: Final = Wording("其余{count}项（0）", "{count} others (0)")
_WHOSE: Final[Mapping[Report, Wording]] = {
    "document": Wording("", ""),
    "previous": Wording("上年", "last year's "),
    "parts": Wording("所属机关合计", "the bodies' total of "),
}
_NO_REPORT: Final[Mapping[Report, Reason]] = {"previous": Reason.NO_PREVIOUS_REPORT, "parts": Reason.NO_PARTS}


# How the year of a report given for comparison is told from this report's.
_YEARS_LATER: Final[Mapping[Report, int]] = {"previous": -1, "parts": 0}


@dataclass(frozen=True, slots=True)
class _Compiled:
    """An equation laid over the flat vector of cells in form order.

    Attributes:
        cells: The cells of the terms; fewer than terms where the form lacks one.
        coefficients: Of the terms.
        others: The other reports it speaks of.
        has_units: Whether a cell states its unit beside it.
    """

    equation: Equation
    cells: tuple[Cell, ...]
    coefficients: tuple[int, ...]
    others: tuple[Report, ...]
    has_units: bool


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
        # Looked up once: a rule may hold some hundred equations against last year's report.
        missing = {of: _unusable(of, facts) for of in _NO_REPORT}
        for compiled in self._equations:
            reason = next((missing[of] for of in compiled.others if missing[of]), None)
            if len(compiled.cells) < len(compiled.equation.terms):
                yield broken(Reason.NO_SUCH_CELL)
            else:
                yield not_checked(reason) if reason else _evaluate(compiled, facts, vector)


def _compile(equation: Equation, edition: Edition) -> _Compiled:
    terms = equation.terms
    cells = tuple(edition.cell_at[term.pointer] for term in terms if term.pointer in edition.cell_at)
    others = tuple(dict.fromkeys(term.of for term in terms if term.of != "document"))
    coefficients = tuple(term.coefficient for term in terms)
    return _Compiled(equation, cells, coefficients, others, any(cell.unit_pointer for cell in cells))


def _unusable(of: Report, facts: Facts) -> Reason | None:
    others = facts.others.get(of)
    if not others:
        return _NO_REPORT[of]
    year = facts.year()
    right = year is not None and all(one.year() == year + _YEARS_LATER[of] for one in others)
    return None if right else Reason.OTHER_YEAR


def _evaluate(compiled: _Compiled, facts: Facts, vector: Sequence[int | Decimal | Reason]) -> Evaluation:
    values: list[int | Decimal] = []
    for value in _values(compiled, facts, vector):
        # A blank is not a zero: with one operand missing the equation says nothing.
        if isinstance(value, Reason):
            return not_checked(value)
        values.append(value)
    if compiled.has_units and not _in_one_unit(compiled, facts):
        return not_checked(Reason.UNITS_DIFFER)
    if _HOLDS[compiled.equation.relation](sum(map(operator.mul, compiled.coefficients, values)), 0):
        return PASSED
    return _failed(compiled.equation, values, facts)


def _values(
    compiled: _Compiled, facts: Facts, vector: Sequence[int | Decimal | Reason]
) -> Sequence[int | Decimal | Reason]:
    if not compiled.others:
        return [vector[cell.index] for cell in compiled.cells]
    pairs = zip(compiled.equation.terms, compiled.cells, strict=True)
    return [
        vector[cell.index] if term.of == "document" else sum_of(facts.others[term.of], term.pointer)
        for term, cell in pairs
    ]


def sum_of(reports: Sequence[Facts], pointer: str) -> int | Decimal | Reason:
    """Return what a cell comes to in several reports together, or why there is no number."""
    total: int | Decimal = 0
    for report in reports:
        value = report.number(pointer)
        if isinstance(value, Reason):
            return value
        total += value
    return total


def _in_one_unit(compiled: _Compiled, facts: Facts) -> bool:
    units: set[str | None] = set()
    for term, cell in zip(compiled.equation.terms, compiled.cells, strict=True):
        if cell.unit_pointer:
            reports = facts.others.get(term.of, (facts,))
            # Zero needs no unit.
            units |= {_unit(one, cell.unit_pointer) for one in reports if one.number(cell.pointer) != 0}
    return len(units) <= 1 and None not in units


def _unit(facts: Facts, pointer: str) -> str | None:
    unit = facts.text(pointer)
    return None if isinstance(unit, Reason) else unit


def _failed(equation: Equation, values: Sequence[int | Decimal], facts: Facts) -> Evaluation:
    pairs = list(zip(equation.terms, values, strict=True))
    left = tuple(EquationTerm(t.coefficient, t.pointer, v, t.of) for t, v in pairs if t.coefficient > 0)
    right = tuple(EquationTerm(-t.coefficient, t.pointer, v, t.of) for t, v in pairs if t.coefficient < 0)
    found, expected = _sum(left), _sum(right)
    difference = found - expected
    fact = EquationFact(left, equation.relation, right, _text(left, right, equation, facts.edition))
    return Evaluation(
        Status.FAIL,
        # A cell that is compared with itself in another report is one place.
        cells=tuple(facts.cell(one) for one in dict.fromkeys(term.pointer for term in equation.terms)),
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
    labels = short_labels([term.pointer for term in (*left, *right)], edition)
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
    return f"{times}{_WHOSE[term.of].get(language)}{label}{number}"
