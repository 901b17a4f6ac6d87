"""Rows that lost a cell or gained one: what the rest of the table says they should be, and where that fits.

Each column of a table with totals says of every row what it must be, once all other rows are known. Against
that a damaged row can be held, cell by cell.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Final

from disclosure_spec.reading.solving.candidates import is_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_spec.reading.solving.system import Balance, Figures, System

MOST_SHIFTS: Final = 2
"""Cells that may be missing, or be too many."""

_LEAST_WRONG: Final = 3
"""Cells of one row that no slip of the pen gets wrong at once."""

_SEVERAL: Final = 2


def aligned(
    texts: Sequence[str], pointers: tuple[str, ...], figures: Figures, system: System
) -> dict[int, int]:
    """Return which cell each printed value of a damaged row belongs to, for those that have one place only.

    Args:
        texts: What is printed, too few or too many.
        pointers: The cells of the row.
        figures: The cells of other rows.
        system: The equations of the edition.

    Returns:
        The index of the printed value, by the index of the cell.
    """
    needed = _needed(pointers, figures, system)
    numbers = [_number(text) for text in texts]
    if needed is None or not 0 < abs(len(texts) - len(pointers)) <= MOST_SHIFTS:
        return {}
    fitting = [
        pairs
        for pairs in _alignments(len(texts), len(pointers))
        if all(numbers[printed] == needed[cell] for cell, printed in pairs.items())
    ]
    if not fitting:
        return {}
    # A cell that one way of damage would have taken away is nowhere certain.
    sure = [cell for cell in range(len(pointers)) if all(cell in pairs for pairs in fitting)]
    alike = [cell for cell in sure if len({texts[pairs[cell]] for pairs in fitting}) == 1]
    # A blank is not known to be one of the row's own: it may be what was put in.
    return {cell: fitting[0][cell] for cell in alike if texts[fitting[0][cell]]}


def is_shifted(pointers: tuple[str, ...], figures: Figures, system: System) -> bool:
    """Tell whether the cells of a row of the right length are not where they should be.

    The row breaks its own equation, and the rest of the table agrees on a row that adds up and differs in
    several cells: in three or more, or in two so that one cell taken out and one put in is the difference.
    A wrong total differs in one cell; that is how it is printed. Two slips in one row, each in another column
    and neither balancing the other, are rarer than a cell put in.
    """
    own = system.within(pointers)
    if not any(balance.holds(figures) is False for balance in own):
        return False
    needed = _needed(pointers, figures, system)
    if needed is None:
        return _can_be_mended(pointers, figures, own)
    printed = [figures[at] for at in pointers]
    wrong = sum(one != other for one, other in zip(printed, needed, strict=True))
    return wrong >= _LEAST_WRONG or (wrong > 1 and _is_moved(printed, needed))


def _is_moved(printed: Sequence[int | Decimal], needed: Sequence[Decimal]) -> bool:
    """Tell whether two rows are the same but for one cell of each, in different columns."""
    cells = range(len(printed))
    return any(
        [*printed[:out], *printed[out + 1 :]] == [*needed[:into], *needed[into + 1 :]]
        for out in cells
        for into in cells
        if out != into
    )


def _can_be_mended(pointers: tuple[str, ...], figures: Figures, own: Sequence[Balance]) -> bool:
    """Tell whether a row that breaks several equations satisfies all, with one cell less and one cut in two.

    For rows that no other row says anything of.
    """
    if sum(balance.holds(figures) is False for balance in own) < _SEVERAL:
        return False
    texts = [str(figures.get(at, "")) for at in pointers]
    if not all(map(is_digits, texts)):
        return False
    rows = (dict(zip(pointers, map(int, row), strict=True)) for row in _mended(texts))
    return any(all(balance.holds(row) for balance in own) for row in rows)


def _mended(texts: Sequence[str]) -> Iterator[list[str]]:
    """Give the rows with one cell taken out and one cut in two."""
    for out in range(len(texts)):
        left = [*texts[:out], *texts[out + 1 :]]
        for at, text in enumerate(left):
            for cut in range(1, len(text)):
                yield [*left[:at], text[:cut], text[cut:], *left[at + 1 :]]


def _number(text: str) -> int | None:
    """Return the number that a text is; 0 for a blank, None for what may be two cells."""
    return int(text or 0) if not text or (is_digits(text) and str(int(text)) == text) else None


def _alignments(texts: int, cells: int) -> Iterator[Mapping[int, int]]:
    """Give the ways to set printed values to cells in order, when some of either have no counterpart."""
    if texts < cells:
        for kept in combinations(range(cells), texts):
            yield {cell: printed for printed, cell in enumerate(kept)}
    else:
        for kept in combinations(range(texts), cells):
            yield dict(enumerate(kept))


def _needed(pointers: tuple[str, ...], figures: Figures, system: System) -> list[Decimal] | None:
    """Return what the other rows say this row is: every cell, without contradiction, and it adds up."""
    needed: list[Decimal] = []
    for pointer in pointers:
        across = (one for one in system.across(pointers) if any(at == pointer for _, at in one.terms))
        said = {_solve(balance, pointer, figures) for balance in across} - {None}
        number = said.pop() if len(said) == 1 else None
        if number is None or number < 0:
            return None
        needed.append(number)
    row = dict(zip(pointers, needed, strict=True))
    own = system.within(pointers)
    return needed if own and all(balance.holds(row) for balance in own) else None


def _solve(balance: Balance, pointer: str, figures: Figures) -> Decimal | None:
    others = [(weight, at) for weight, at in balance.terms if at != pointer]
    if any(at not in figures for _, at in others):
        return None
    (own,) = (weight for weight, at in balance.terms if at == pointer)
    return -Decimal(sum(weight * figures[at] for weight, at in others)) / own
