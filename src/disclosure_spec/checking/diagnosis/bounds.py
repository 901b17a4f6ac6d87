"""The numbers that the form allows in a cell."""

from __future__ import annotations

from functools import lru_cache
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
        tests = [rule.test for rule in edition.rules]
        places = max((test.places for test in tests if isinstance(test, CellsTest)), default=0)
        # An amount may be as fine as the rule on amounts lets it be, a count is whole.
        finest = {AMOUNT: max(1, steps // 10**places)}
        # The schema's own limits, so that a suggestion never breaks the structure.
        limits: Mapping[str, Any] = edition.schema["$defs"]
        self._allowed = [
            (
                limits[cell.type]["minimum"] * steps,
                limits[cell.type]["maximum"] * steps,
                finest.get(cell.type, steps),
            )
            for cell in edition.cells
        ]

    def allow(self, cell: int, number: int | Fraction) -> bool:
        """Tell whether a cell, by its position in form order, may hold a number."""
        lowest, highest, finest = self._allowed[cell]
        return bool(lowest <= number <= highest and number % finest == 0)


@lru_cache(maxsize=64)
def bounds_of(edition: Edition, steps: int) -> Bounds:
    """Return the bounds of an edition, made once."""
    return Bounds(edition, steps)
