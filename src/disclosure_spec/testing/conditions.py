"""The values of a report that is being made, by pointer, and the rules that apply to them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from disclosure_spec.checking.dates import YEAR_POINTER
from disclosure_spec.rules import Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_spec.document import JSONValue
    from disclosure_spec.rules import Condition, Rule

Flat: TypeAlias = "Mapping[str, JSONValue]"
"""The values of a document by pointer."""


def applies(rule: Rule, flat: Flat) -> bool:
    """Tell whether a rule applies to these values; not if that cannot be known."""
    return not rule.applies_when or any(
        all(_holds(condition, flat) for condition in every) for every in rule.applies_when
    )


def number_at(flat: Flat, pointer: str) -> int | Decimal:
    """Return the number at a pointer.

    Raises:
        TypeError: There is none, which no consistent document has.
    """
    value = flat[pointer]
    if isinstance(value, int | Decimal):
        return value
    raise TypeError(pointer)


def year_of(flat: Flat) -> int:
    """Return the year of the report."""
    return int(number_at(flat, YEAR_POINTER))


def is_sum(condition: Condition) -> bool:
    """Tell whether a condition limits a sum of numbers, rather than a text."""
    return condition.minimum is not None or condition.maximum is not None


def terms(condition: Condition) -> list[Term]:
    """Return the sum a condition limits."""
    return [Term(1, pointer) for pointer in condition.pointers]


def _holds(condition: Condition, flat: Flat) -> bool:
    if is_sum(condition):
        total = sum(number_at(flat, pointer) for pointer in condition.pointers if pointer in flat)
        high_enough = condition.minimum is None or total >= condition.minimum
        return high_enough and (condition.maximum is None or total <= condition.maximum)
    text = flat.get(condition.pointers[0])
    if not isinstance(text, str):
        return False
    if condition.pattern is not None:
        return re.fullmatch(condition.pattern, text) is not None
    return text in condition.values
