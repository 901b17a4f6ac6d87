"""The numbers that the form allows in a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from disclosure_spec.checking.cells import AMOUNT
from disclosure_spec.rules import CellsTest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from disclosure_spec.edition import Edition


class Bounds:
    """Tell which numbers the cells of an edition may hold.

    Args:
        edition: The edition.
        steps: How many steps make one; numbers are counted in steps.
    """

    def __init__(self, edition: Edition, steps: int) -> None:
        self._edition = edition
        self._steps = steps
        tests = [rule.test for rule in edition.rules]
        places = max((test.places for test in tests if isinstance(test, CellsTest)), default=0)
        # An amount may be as fine as the rule on amounts lets it be, a count is whole.
        self._amounts = max(1, steps // 10**places)

    def allow(self, cell: int, number: int | Fraction) -> bool:
        """Tell whether a cell, by its position in form order, may hold a number."""
        kind = self._edition.cells[cell].type
        # The schema's own limits, so that a suggestion never breaks the structure.
        limits: Mapping[str, Any] = self._edition.schema["$defs"][kind]
        finest = self._amounts if kind == AMOUNT else self._steps
        within = limits["minimum"] * self._steps <= number <= limits["maximum"] * self._steps
        return within and number % finest == 0
