"""Linear rules: weighted sums of cells related to zero, in whole numbers and exact decimals."""

from __future__ import annotations

import operator
from functools import cached_property
from itertools import repeat
from operator import itemgetter

from disclosure_spec._scalars import write_number
from disclosure_spec._typing import TYPE_CHECKING, Any, Final, TypeAlias
from disclosure_spec._values import dataclass
from disclosure_spec.checking.evaluation import PASSED, Evaluation, broken, not_checked
from disclosure_spec.checking.result import EquationFact, EquationTerm, Reason, Status
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from disclosure_spec.checking.facts import Facts
    from disclosure_spec.edition import Cell, Edition
    from disclosure_spec.rules import Equation, LinearTest, Report, Term

    # Of each cell its number or the reason why there is none.
    _Vector: TypeAlias = Sequence[Any]

_FAILED: Final = Evaluation(Status.FAIL)
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


@dataclass(frozen=True)
class _Compiled:
    """An equation laid over the flat vector of cells in form order.

    Attributes:
        cells: The cells of the terms; fewer than terms where the form lacks one.
        coefficients: Of the terms.
        left: The positions of the terms that stand left of the relation.
        right: Likewise right of it.
        pick: Takes the numbers of these cells out of the vector.
        holds: Whether a sum relates to zero as it should.
        others: The other reports it speaks of.
        has_units: Whether a cell states its unit beside it.
    """

    edition: Edition
    equation: Equation
    cells: tuple[Cell, ...]
    coefficients: tuple[int, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    pick: Callable[[_Vector], _Vector]
    holds: Callable[[int | Decimal, int], bool]
    others: tuple[Report, ...]
    has_units: bool

    @cached_property
    def words(self) -> Sequence[Wording]:
        """Return how each term is written, up to its number."""
        from disclosure_spec.labelling import short_labels  # noqa: PLC0415 - a sum that is right needs none

        labels = short_labels([term.pointer for term in self.equation.terms], self.edition)
        return [
            Wording(
                *(
                    f"{_times(term)}{_WHOSE[term.of].get(one)}{labels[term.pointer].get(one)}"
                    for one in LANGUAGES
                )
            )
            for term in self.equation.terms
        ]


def _times(term: Term) -> str:
    return "" if abs(term.coefficient) == 1 else f"{abs(term.coefficient)}×"


class LinearEvaluator:
    """Evaluate a linear rule; the equations are laid over the vector once per edition."""

    def __init__(self, test: LinearTest, edition: Edition) -> None:
        self._test = test
        self._edition = edition

    @cached_property
    def _equations(self) -> Sequence[_Compiled]:
        return [_compile(equation, self._edition) for equation in self._test.equations]

    @cached_property
    def _needed(self) -> Report | None:
        """Return the report without which none can be evaluated: all speak of it, and of real cells."""
        cells = self._edition.cell_at
        real = all(term[1] in cells for one in self._test.instances for term in one["terms"])
        return self._test.compared if real else None

    def evaluate(self, facts: Facts, vector: _Vector, *, worded: bool = True) -> Iterator[Evaluation]:
        """Yield the outcome of each equation.

        Args:
            facts: The document.
            vector: Its cells in form order, as from `Facts.number`.
            worded: Whether a failure shall say what a finding needs, and not only that it is one.
        """
        # Looked up once: a rule may hold some hundred equations against last year's report.
        missing = {of: _unusable(of, facts) for of in _NO_REPORT}
        reason = missing.get(self._needed) if self._needed else None
        if reason:
            yield from repeat(not_checked(reason), len(self._test.instances))
            return
        for compiled in self._equations:
            if len(compiled.cells) < len(compiled.coefficients):
                yield broken(Reason.NO_SUCH_CELL)
            elif compiled.others and (reason := next(filter(None, map(missing.get, compiled.others)), None)):
                yield not_checked(reason)
            else:
                yield _evaluate(compiled, facts, vector, worded=worded)


def _compile(equation: Equation, edition: Edition) -> _Compiled:
    terms = equation.terms
    cells = tuple(edition.cell_at[term.pointer] for term in terms if term.pointer in edition.cell_at)
    return _Compiled(
        edition,
        equation,
        cells,
        coefficients=tuple(term.coefficient for term in terms),
        left=tuple(at for at, term in enumerate(terms) if term.coefficient > 0),
        right=tuple(at for at, term in enumerate(terms) if term.coefficient < 0),
        pick=_picker([cell.index for cell in cells]),
        holds=_HOLDS[equation.relation],
        others=tuple(dict.fromkeys(term.of for term in terms if term.of != "document")),
        has_units=any(cell.unit_pointer for cell in cells),
    )


def _picker(places: Sequence[int]) -> Callable[[_Vector], _Vector]:
    # itemgetter() gives a single item bare, and takes no less than one.
    return itemgetter(*places) if len(places) > 1 else lambda vector: [vector[at] for at in places]


def _unusable(of: Report, facts: Facts) -> Reason | None:
    others = facts.others.get(of)
    if not others:
        return _NO_REPORT[of]
    year = facts.year()
    right = year is not None and all(one.year() == year + _YEARS_LATER[of] for one in others)
    return None if right else Reason.OTHER_YEAR


def _evaluate(compiled: _Compiled, facts: Facts, vector: _Vector, *, worded: bool) -> Evaluation:
    values = _values(compiled, facts, vector)
    # A blank is not a zero: with one operand missing the equation says nothing.
    if Reason in map(type, values):
        return not_checked(next(value for value in values if isinstance(value, Reason)))
    if compiled.has_units and not _in_one_unit(compiled, facts):
        return not_checked(Reason.UNITS_DIFFER)
    total = sum(map(operator.mul, compiled.coefficients, values))
    if compiled.holds(total, 0):
        return PASSED
    return _failed(compiled, values, facts) if worded else _FAILED


def _values(compiled: _Compiled, facts: Facts, vector: _Vector) -> _Vector:
    if not compiled.others:
        return compiled.pick(vector)
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


def _failed(compiled: _Compiled, values: Sequence[int | Decimal], facts: Facts) -> Evaluation:
    equation = compiled.equation
    terms = [
        EquationTerm(abs(t.coefficient), t.pointer, v, t.of)
        for t, v in zip(equation.terms, values, strict=True)
    ]
    left, right = tuple([terms[at] for at in compiled.left]), tuple([terms[at] for at in compiled.right])
    found, expected = _sum(left), _sum(right)
    difference = found - expected
    sums = f"{write_number(found)} {_SIGN[equation.relation]} {write_number(expected)}"
    fact = EquationFact(left, equation.relation, right, _text(compiled, values, sums))
    return Evaluation(
        Status.FAIL,
        # A cell that is compared with itself in another report is one place.
        cells=tuple([facts.cell(one) for one in dict.fromkeys([term.pointer for term in equation.terms])]),
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
    return sum([term.coefficient * term.value for term in terms])


def _text(compiled: _Compiled, values: Sequence[int | Decimal], sums: str) -> Wording:
    numbers = [write_number(value) for value in values]
    # Of a long side only what is not zero, so that the numbers that matter can be seen.
    shown = [
        side if len(side) <= _LONG else [at for at in side if values[at]]
        for side in (compiled.left, compiled.right)
    ]
    left = _side(shown[0], len(compiled.left) - len(shown[0]), numbers, compiled)
    right = _side(shown[1], len(compiled.right) - len(shown[1]), numbers, compiled)
    relation = compiled.equation.relation
    return Wording(f"{left.zh} {relation} {right.zh}：{sums}", f"{left.en} {relation} {right.en}: {sums}")


def _side(shown: Sequence[int], hidden: int, numbers: Sequence[str], compiled: _Compiled) -> Wording:
    zh = [f"{compiled.words[at].zh}（{numbers[at]}）" for at in shown]
    en = [f"{compiled.words[at].en} ({numbers[at]})" for at in shown]
    if hidden:
        rest = _REST.fill(count=hidden)
        zh.append(rest.zh)
        en.append(rest.en)
    return Wording(" + ".join(zh) or "0", " + ".join(en) or "0")
