"""Rules on single cells: filled in, a number, a count, an amount, a stated unit."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from disclosure_spec._scalars import write_number
from disclosure_spec._typing import TYPE_CHECKING, Any, Final
from disclosure_spec.checking.evaluation import PASSED, Evaluation, Instances, broken, not_checked
from disclosure_spec.checking.result import Reason, Status
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from disclosure_spec.checking.facts import Facts
    from disclosure_spec.edition import Cell, Edition
    from disclosure_spec.rules import CellsTest

AMOUNT = "amount"
"""The cell type that may have decimal places; all others are whole numbers."""


_COUNT: Final = Wording("{low}至{high}之间的整数", "a whole number from {low} to {high}")
_AMOUNT: Final = Wording(
    "{low}至{high}之间、小数不超过{places}位的数",
    "a number from {low} to {high} with at most {places} decimal places",
)


def evaluate_cells(test: CellsTest, facts: Facts) -> Instances:
    """Return the outcome for the cells the test concerns."""
    if test.require not in _EVALUATORS:
        return Instances(0, [broken(Reason.RULE_BROKEN)])
    concerns, evaluate = _EVALUATORS[test.require]
    every = len(concerned(test.require, facts.edition))
    doubtful = [cell for cell in facts.doubtful if concerns(cell)]
    told = Instances.of([evaluate(cell, test, facts) for cell in doubtful])
    return Instances(every - len(doubtful) + told.passed, told.others)


@lru_cache(maxsize=64)
def concerned(require: str, edition: Edition) -> Sequence[Cell]:
    """Return the cells that a requirement concerns."""
    if require not in _EVALUATORS:
        return ()
    concerns, _ = _EVALUATORS[require]
    return tuple(filter(concerns, edition.cells))


def _filled(cell: Cell, _: CellsTest, facts: Facts) -> Evaluation:
    if type(facts.numbers[cell.index]) is int:
        return PASSED
    reason = facts.absence(cell.pointer)
    # Only a blank in the report is the author's; what could not be read is left open.
    if reason is Reason.OPERAND_BLANK:
        return _failed(cell, facts, None)
    return not_checked(reason) if reason else PASSED


def _number(cell: Cell, _: CellsTest, facts: Facts) -> Evaluation:
    value = facts.numbers[cell.index]
    # A mark such as “/”. A list or an object can come from data only, and breaks the structure.
    if value is Reason.OPERAND_NOT_A_NUMBER and isinstance(facts.value(cell.pointer), str):
        return _failed(cell, facts, None)
    return not_checked(value) if isinstance(value, Reason) else PASSED


def _count(cell: Cell, _: CellsTest, facts: Facts) -> Evaluation:
    return _within(cell, facts, 0, _COUNT)


def _amount(cell: Cell, test: CellsTest, facts: Facts) -> Evaluation:
    return _within(cell, facts, test.places, _AMOUNT)


def _within(cell: Cell, facts: Facts, places: int, words: Wording) -> Evaluation:
    value = facts.numbers[cell.index]
    if isinstance(value, Reason):
        return not_checked(value)
    # The schema's own limits, so that rule and schema cannot drift apart.
    limits: Mapping[str, Any] = facts.edition.schema["$defs"][cell.type]
    low, high = limits["minimum"], limits["maximum"]
    if low <= value <= high and decimal_places(value) <= places:
        return PASSED
    return _failed(cell, facts, words.fill(low=low, high=high, places=places))


def _unit(cell: Cell, _: CellsTest, facts: Facts) -> Evaluation:
    value = facts.numbers[cell.index]
    if isinstance(value, Reason):
        return not_checked(value)
    reason = facts.absence(cell.unit_pointer or "")
    if reason is Reason.OPERAND_BLANK:
        # Zero needs no unit: it is the same in 元 and in 万元.
        return _failed(cell, facts, None) if value else PASSED
    return not_checked(reason) if reason else PASSED


def _failed(cell: Cell, facts: Facts, wanted: Wording | None) -> Evaluation:
    fact = facts.cell(cell.pointer)
    shown = write_number(fact.value) if isinstance(fact.value, Decimal) else fact.value
    values = {"cell": cell.label, "value": shown, "range": wanted}
    return Evaluation(
        Status.FAIL,
        cells=(fact,),
        found=fact.value,
        expected=dict(wanted.as_json()) if wanted else None,
        values=values,
    )


def decimal_places(value: int | Decimal) -> int:
    """Count the decimal places that carry a digit; trailing zeros do not."""
    if isinstance(value, int):
        return 0
    # Not normalize(), which rounds to the precision of the context.
    _, digits, exponent = value.as_tuple()
    # 2.50 has one place: a trailing zero is no finer amount.
    zeros = len(digits) - len(bytes(digits).rstrip(b"\0"))
    return max(0, -exponent - zeros) if isinstance(exponent, int) else 0


_Evaluator = tuple["Callable[[Cell], bool]", "Callable[[Cell, CellsTest, Facts], Evaluation]"]
_EVALUATORS: Mapping[str, _Evaluator] = {
    "filled": (lambda _: True, _filled),
    "number": (lambda _: True, _number),
    "count": (lambda cell: cell.type != AMOUNT, _count),
    "amount": (lambda cell: cell.type == AMOUNT, _amount),
    "unit": (lambda cell: cell.unit_pointer is not None, _unit),
}
