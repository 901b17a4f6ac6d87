"""All the ways in which digits run together can be cut into the cells of a row."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Final, TypeAlias

from disclosure_spec.limits import MAX_NUMBER_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Candidate: TypeAlias = tuple[str | None, ...]
"""One way to read a row: the text of every cell, None for a cell that left no trace."""

MAX_CANDIDATES: Final = 20_000
"""Ways to read one row that are tried; a row with more of them is refused."""


def candidates(pieces: Sequence[str], width: int, *, blanks: bool = False) -> list[Candidate] | None:
    """Return every way to read some pieces as the cells of a row, in order; None if there are too many.

    A piece of digits may be several cells; a space ends a cell, and no number begins with a nought.

    Args:
        pieces: What is printed for the row, cut at its spaces.
        width: The cells of the row.
        blanks: Whether blank cells may have left no trace.
    """
    if sum(map(len, pieces)) > MAX_NUMBER_DIGITS * width:
        return []
    line = " ".join(pieces)
    counts = range(1, width + 1) if blanks else (width,)
    # Counted before they are made: a hostile line has more ways than memory has room.
    if sum(_ways(line, count) * comb(width, count) for count in counts) > MAX_CANDIDATES:
        return None
    return [one for count in counts for numbers in _cuts(line, count) for one in _spread(numbers, width)]


def is_digits(piece: str) -> bool:
    """Tell whether a piece is made of digits alone, so that it may be more than one number."""
    return piece.isascii() and piece.isdigit()


def _spread(numbers: tuple[str, ...], width: int) -> Iterator[Candidate]:
    """Give the ways to set numbers into a row without changing their order."""
    for places in combinations(range(width), len(numbers)):
        cells = dict(zip(places, numbers, strict=True))
        yield tuple(cells.get(at) for at in range(width))


def _cuts(line: str, count: int) -> Iterator[tuple[str, ...]]:
    if not count:
        yield ()
        return
    for number, rest in _firsts(line):
        # Only where the rest can be cut at all, so that no work is done in vain.
        if _ways(rest, count - 1):
            yield from ((number, *others) for others in _cuts(rest, count - 1))


@lru_cache(maxsize=4096)
def _ways(line: str, count: int) -> int:
    if not line or not count:
        return int(not line and not count)
    return sum(_ways(rest, count - 1) for _, rest in _firsts(line))


def _firsts(line: str) -> Iterator[tuple[str, str]]:
    """Give the numbers a line may begin with, each with the rest of the line."""
    piece, _, others = line.partition(" ")
    if not is_digits(piece):
        yield piece, others
        return
    for size in range(1, min(len(piece), MAX_NUMBER_DIGITS) + 1):
        yield piece[:size], piece[size:] + (" " + others if others and size < len(piece) else others)
        if piece[0] == "0":
            # A nought at the front is a number of its own.
            break
