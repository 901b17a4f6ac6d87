"""The equations of an edition as formulas, each with the value it has for the document at hand."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass
from disclosure_spec.checking.conditions import obstacle
from disclosure_spec.checking.facts import Facts
from disclosure_spec.checking.result import Reason
from disclosure_spec.edition import SEPARATOR
from disclosure_spec.labelling import short_labels
from disclosure_spec.limits import MAX_NUMBER_DIGITS
from disclosure_spec.particulars import CHOICES
from disclosure_spec.rules import LinearTest
from disclosure_spec.writing.workbook.patterns import UnknownPatternError, matches
from disclosure_spec.writing.workbook.values import as_excel_sees

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Condition, Equation, Rule, Term
    from disclosure_spec.writing.workbook.plan import Spot

PASSED: Final = "通过"
BROKEN: Final = "不符"
OPEN: Final = "未填"
IDLE: Final = "不适用"
OUTCOMES: Final = (PASSED, BROKEN, OPEN, IDLE)

NONE: Final = "—"
"""Stands in place of a sum of which a number is not there."""

PLACES: Final = 6
"""Decimal places of an amount; sums of binary fractions are rounded to them."""

YES, UNKNOWN, NO = 1, Decimal("0.5"), 0
"""Whether a rule applies, so that AND is the smallest of several and OR the greatest."""

_PRECISION: Final = 4 * MAX_NUMBER_DIGITS
_SYMBOLS: Final[Mapping[str, str]] = {"=": "=", "<=": "≤", ">=": "≥"}

_OTHER_REPORT: Final = "需要上年的报告或所属机关的报告"
_TRIAL: Final = "尚在试行"
_NO_FORMULA: Final = "适用条件不能用表格公式表示"
_NO_CELL: Final = "所涉的格带有单位或不在本工作簿内"
_OTHER_KIND: Final = "不是数字之间的等式"


@dataclass(frozen=True, slots=True)
class Check:
    """One equation: its formulas without the references among them, and their values.

    Attributes:
        condition: A formula that is 1 where the rule applies, 0 where not, 0.5 unknown; empty: always.
        applies: Its value.
        left: The formula of the left side; its value is None where a number is not there.
        operands: The cells of the equation.
        filled: How many of them hold a number.
    """

    rule: Rule
    where: str
    words: str
    relation: str
    condition: str
    applies: Decimal | int
    left: str
    right: str
    operands: tuple[Spot, ...]
    filled: int
    left_value: Decimal | None
    right_value: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Return left minus right, as rounded in the workbook."""
        if self.left_value is None or self.right_value is None:
            return None
        with localcontext(prec=_PRECISION):
            exact = self.left_value - self.right_value
            return exact.quantize(Decimal(1).scaleb(-PLACES), ROUND_HALF_UP)

    @property
    def outcome(self) -> str:
        """Return what the workbook says of the equation."""
        if self.applies == NO:
            return IDLE
        difference = self.difference
        if self.applies != YES or difference is None:
            return OPEN
        holds = {"=": difference == 0, "<=": difference <= 0, ">=": difference >= 0}
        return PASSED if holds[self.relation] else BROKEN


@dataclass(frozen=True, slots=True)
class Left:
    """A rule that the workbook does not check, and why."""

    rule: Rule
    reason: str


def checks(document: Document, edition: Edition, spots: Mapping[str, Spot]) -> tuple[list[Check], list[Left]]:
    """Return the equations that speak of this report alone, and the rules that are left out."""
    # Stored values must be what a program would work out, or results would change on opening the file.
    seen = as_excel_sees(document, edition, spots)
    facts = Facts(seen, edition)
    made: list[Check] = []
    left: list[Left] = []
    # A retired rule has no result for anybody, so that it is not even listed.
    for rule in (one for one in edition.rules if one.status != "retired"):
        reason = _why_left(rule, edition, spots)
        condition = ""
        if not reason:
            try:
                condition = _condition(rule, edition, spots)
            except UnknownPatternError:
                reason = _NO_FORMULA
        if reason or not isinstance(rule.test, LinearTest):
            left.append(Left(rule, reason))
        else:
            applies = condition, _APPLIES[obstacle(rule, facts)]
            made += (_check(rule, one, applies, facts, spots) for one in rule.test.equations)
    return made, left


_APPLIES: Final[Mapping[Reason | None, Decimal | int]] = {
    None: YES,
    Reason.CONDITION_UNKNOWN: UNKNOWN,
    Reason.CONDITION_NOT_MET: NO,
}


def _why_left(rule: Rule, edition: Edition, spots: Mapping[str, Spot]) -> str:
    if not isinstance(rule.test, LinearTest):
        return _OTHER_KIND
    terms = [term for equation in rule.test.equations for term in equation.terms]
    if any(term.of != "document" for term in terms):
        return _OTHER_REPORT
    # Whoever fills a form in should not be stopped by what is only proposed.
    if rule.status == "trial":
        return _TRIAL
    # Of "12.5 and a unit" in one cell a formula makes no number.
    usable = (one.pointer in spots and not edition.cell_at[one.pointer].unit_pointer for one in terms)
    return "" if all(usable) else _NO_CELL


def _check(
    rule: Rule,
    equation: Equation,
    applies: tuple[str, Decimal | int],
    facts: Facts,
    spots: Mapping[str, Spot],
) -> Check:
    # The rules say that a sum is zero; people compare two sides without minus signs.
    plus = [term for term in equation.terms if term.coefficient > 0]
    minus = [term for term in equation.terms if term.coefficient < 0]
    numbers = {term.pointer: facts.number(term.pointer) for term in equation.terms}
    known = {pointer: Decimal(one) for pointer, one in numbers.items() if not isinstance(one, Reason)}
    complete = len(known) == len(numbers)
    return Check(
        rule=rule,
        where=equation.where.zh,
        words=_words(plus, minus, equation, facts.edition),
        relation=equation.relation,
        condition=applies[0],
        applies=applies[1],
        left=_sum(plus, spots),
        right=_sum(minus, spots),
        # Each cell once, as COUNT would count one twice that stands on both sides.
        operands=tuple(spots[pointer] for pointer in numbers),
        filled=len(known),
        left_value=_total(plus, known) if complete else None,
        right_value=_total(minus, known) if complete else None,
    )


def _sum(terms: Sequence[Term], spots: Mapping[str, Spot]) -> str:
    return "+".join(_times(term, spots[term.pointer].reference) for term in terms) or "0"


def _times(term: Term, text: str, sign: str = "*") -> str:
    count = abs(term.coefficient)
    return text if count == 1 else f"{count}{sign}{text}"


def _total(terms: Sequence[Term], known: Mapping[str, Decimal]) -> Decimal:
    with localcontext(prec=_PRECISION):
        return sum((abs(term.coefficient) * known[term.pointer] for term in terms), Decimal(0))


def _words(plus: Sequence[Term], minus: Sequence[Term], equation: Equation, edition: Edition) -> str:
    """Return the equation in the labels of the form, each as short as it can be told from the others."""
    labels = short_labels([term.pointer for term in equation.terms], edition)
    own = {pointer: label.zh.split(SEPARATOR) for pointer, label in labels.items()}
    # The last label alone is clear enough unless two cells of the equation share it.
    often = Counter(path[-1] for path in own.values())
    names = {
        pointer: path[-1] if often[path[-1]] == 1 else SEPARATOR.join(path) for pointer, path in own.items()
    }
    sides = (
        " + ".join(_times(term, names[term.pointer], "×") for term in side) or "0" for side in (plus, minus)
    )
    return f" {_SYMBOLS[equation.relation]} ".join(sides)


def _condition(rule: Rule, edition: Edition, spots: Mapping[str, Spot]) -> str:
    every = (
        f"MIN({','.join(_holds(one, edition, spots) for one in conditions)})"
        for conditions in rule.applies_when
    )
    # Three values, so that OR and AND of what is unknown come out as the checker has them.
    return f"MAX({','.join(every)})" if rule.applies_when else ""


def _holds(condition: Condition, edition: Edition, spots: Mapping[str, Spot]) -> str:
    # Prose may go over several cells, and no formula asks for it.
    if any(pointer in edition.section_at for pointer in condition.pointers):
        raise UnknownPatternError(condition.pointers[0])
    cells = [spots[pointer].reference for pointer in condition.pointers if pointer in spots]
    if len(cells) < len(condition.pointers):
        # The report does not state it, so there is no cell to ask.
        return str(UNKNOWN)
    if condition.minimum is not None or condition.maximum is not None:
        # A sum of which a number is not there is not known, however large the rest is.
        known, test = f"COUNT({','.join(cells)})={len(cells)}", _within(condition, cells)
    else:
        known, test = f"LEN(TRIM({cells[0]}))>0", _is_text(condition, cells[0])
    return f"IF({known},IF({test},{YES},{NO}),{UNKNOWN})"


def _within(condition: Condition, cells: Sequence[str]) -> str:
    total = f"SUM({','.join(cells)})"
    bounds = ((condition.minimum, ">="), (condition.maximum, "<="))
    return f"AND({','.join(f'{total}{sign}{bound}' for bound, sign in bounds if bound is not None)})"


def _is_text(condition: Condition, cell: str) -> str:
    if condition.pattern is not None:
        return matches(condition.pattern, cell)
    return f"OR({','.join(_equals(cell, one) for one in _spelled(condition.values))})"


def _spelled(values: Sequence[str]) -> Iterator[str]:
    """Give a listed value as the form words it, and as data name it."""
    for value in values:
        if value in CHOICES:
            yield CHOICES[value].zh
        yield value


def _equals(cell: str, text: str) -> str:
    # Doubled quotes are how formulas write one.
    quoted = text.replace('"', '""')
    return f'EXACT({cell},"{quoted}")'
