"""The slip of the pen that would lead from the right number to the one that stands there."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from disclosure_spec.checking.cells import AMOUNT
from disclosure_spec.checking.result import Slip

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from disclosure_spec.edition import Cell, Edition

LIKELIEST_FIRST: Final = (
    Slip.NEXT_COLUMN,
    Slip.NEIGHBOURS_SWAPPED,
    Slip.SIGN,
    Slip.UNIT,
    Slip.DIGITS_TRANSPOSED,
    Slip.TOTAL_NOT_UPDATED,
    Slip.DIGIT_DROPPED,
    Slip.DIGIT_ADDED,
    Slip.DIGIT_CHANGED,
)
"""The less a slip would fit by chance, the more it says; a wrong digit fits almost any number."""

_PAIR: Final = 2

_UNITS: Final = (10**4, 10**8)
"""How far 元, 万元 and 亿元 are apart."""


def slip_of(stated: int, right: int, cell: Cell, totals: AbstractSet[int]) -> Slip | None:
    """Name the slip that makes one number of another in a single cell.

    Args:
        stated: The number that stands there, in the smallest step it may have.
        right: The number that would be right, likewise.
        cell: The cell.
        totals: The cells that are sums of others, by position in form order.
    """
    if stated == -right:
        return Slip.SIGN
    if cell.type == AMOUNT and _is_in_other_unit(abs(stated), abs(right)):
        return Slip.UNIT
    if (stated < 0) != (right < 0):
        return Slip.TOTAL_NOT_UPDATED if cell.index in totals else None
    # From here on the digits are compared, which a sign would only disturb.
    written, meant = str(abs(stated)), str(abs(right))
    if _is_transposed(written, meant):
        return Slip.DIGITS_TRANSPOSED
    if cell.index in totals:
        return Slip.TOTAL_NOT_UPDATED
    return next((slip for slip, fits in _DIGITS.items() if fits(written, meant)), None)


class Lines(NamedTuple):
    """The lines of all tables, each as the positions of its cells in form order."""

    rows: tuple[tuple[int, ...], ...]
    columns: tuple[tuple[int, ...], ...]


@lru_cache(maxsize=16)
def lines_of(edition: Edition) -> Lines:
    """Return the rows and columns of an edition."""
    rows: list[tuple[int, ...]] = []
    columns: list[tuple[int, ...]] = []
    for section in edition.sections:
        here = [tuple(cell.index for cell in row.cells) for row in section.rows]
        rows += here
        # A table may be of several blocks, each with columns of its own.
        for width in sorted({len(row) for row in here}):
            columns += zip(*(row for row in here if len(row) == width), strict=True)
    return Lines(tuple(rows), tuple(columns))


def joint_slip(changes: Mapping[int, int], numbers: Sequence[int | None], lines: Lines) -> Slip | None:
    """Name the slip that makes the wrong numbers of several cells at once.

    Args:
        changes: What is added to each cell, by position in form order.
        numbers: The number of each cell, likewise.
        lines: Where the cells stand.
    """
    # One number moved over leaves two cells wrong, the one it came from and the one it went to.
    if len(changes) < _PAIR:
        return None
    for line in (*lines.rows, *lines.columns):
        at = [place for place, cell in enumerate(line) if cell in changes]
        if len(at) < len(changes):
            continue
        cells = line[at[0] : at[-1] + 1]
        stated = [numbers[cell] for cell in cells]
        right = [(numbers[cell] or 0) + changes.get(cell, 0) for cell in cells]
        # All numbers of a stretch moved on by one, and the place they left is empty.
        if line in lines.rows and stated in ([*right[1:], 0], [0, *right[:-1]]):
            return Slip.NEXT_COLUMN
        # Neighbours only: any two numbers could have been exchanged.
        if len(cells) == len(changes) == _PAIR and stated == right[::-1]:
            return Slip.NEIGHBOURS_SWAPPED
    return None


def _is_in_other_unit(stated: int, right: int) -> bool:
    low, high = sorted((stated, right))
    return low > 0 and any(low * factor == high for factor in _UNITS)


def _is_transposed(stated: str, right: str) -> bool:
    apart = [at for at, pair in enumerate(zip(stated, right, strict=False)) if pair[0] != pair[1]]
    if len(stated) != len(right) or len(apart) != _PAIR or apart[1] - apart[0] != 1:
        return False
    first, second = apart
    return (stated[first], stated[second]) == (right[second], right[first])


def _lacks_one(short: str, long: str) -> bool:
    return len(short) + 1 == len(long) and short in {long[:at] + long[at + 1 :] for at in range(len(long))}


def _differs_in_one(stated: str, right: str) -> bool:
    return len(stated) == len(right) and sum(a != b for a, b in zip(stated, right, strict=True)) == 1


_DIGITS: Final[Mapping[Slip, Callable[[str, str], bool]]] = {
    Slip.DIGIT_DROPPED: lambda stated, right: stated != "0" and _lacks_one(stated, right),
    Slip.DIGIT_ADDED: lambda stated, right: right != "0" and _lacks_one(right, stated),
    Slip.DIGIT_CHANGED: lambda stated, right: len(right) > 1 and _differs_in_one(stated, right),
}
