"""Readings held against each other: a cell with two values is nobody's, and casts doubt on other cells."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from disclosure_spec.place import Place
    from disclosure_spec.reading.values import Value

_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class Seen:
    """A value as it was read once.

    Attributes:
        table: Ordinal of the table it was read in.
        row: Pointer of the first cell of its row.
        section: Pointer of the section the row belongs to.
    """

    value: Value
    place: Place
    table: int
    row: str
    section: str


class Doubts:
    """Tell which cells are in doubt.

    Two tables that differ in one row are perhaps those of two reports, and a table that differs from itself
    in several is two in one. Then a cell that was read once may be of the other report. What is one table to
    a human may be drawn in pieces, so the whole section is in doubt.

    Args:
        seen: All readings of each cell.
        refused: Cells whose row was met and not taken, with the tables it was met in.
    """

    def __init__(self, seen: Mapping[str, Sequence[Seen]], refused: Mapping[str, AbstractSet[int]]) -> None:
        self._tables = {
            one.table for at, found in seen.items() for one in found if refused.get(at, set()) - {one.table}
        }
        differing: defaultdict[str, set[str]] = defaultdict(set)
        self._sections: set[str] = set()
        for found in seen.values():
            for one, other in combinations(found, 2):
                if one.value != other.value:
                    # A row twice in one table may be a slip of the author; twice in two tables it is not.
                    differing[one.section].add(one.row)
                    self._sections |= {one.section} if one.table != other.table else set()
        self._sections |= {section for section, rows in differing.items() if len(rows) >= _SEVERAL}

    def about(self, found: Sequence[Seen]) -> str | None:
        """Return the code of the note why a cell is not certain, given its readings; None where it is."""
        first, *others = found
        if any(one.value != first.value for one in others):
            return "cell.conflict"
        unsure = first.table in self._tables or first.section in self._sections
        return "cell.doubtful" if unsure and not others else None
