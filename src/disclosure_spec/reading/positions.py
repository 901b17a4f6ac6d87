"""Rows that lost their labels: taken in the official order, if exactly all cells of their group are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_spec.place import How
from disclosure_spec.reading.characters import one_line
from disclosure_spec.reading.labels import Named
from disclosure_spec.reading.notes import note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.edition import Row
    from disclosure_spec.reading.ledger import Ledger
    from disclosure_spec.reading.rows import Token


class Positions:
    """Gather what stands between the label of a group and the next label.

    Args:
        ledger: Where the rows go, or the note that they were refused.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._rows: Sequence[Row] = ()
        self._name: Token | None = None
        self._values: list[Token] = []

    def open(self, rows: Sequence[Row], name: Token, values: Sequence[Token]) -> None:
        """Begin with the values behind the label of a group."""
        self.close(bounded=True)
        self._rows, self._name, self._values = rows, name, list(values)

    def extend(self, values: Sequence[Token]) -> bool:
        """Take values that have no label into the group that is open; tell whether there is one."""
        self._values += values if self._name else ()
        return self._name is not None

    def close(self, *, bounded: bool) -> None:
        """Give the values to the rows of the group, or to none.

        Args:
            bounded: Whether another label of the form follows, so that nothing is missing at the end.
        """
        name, rows, values = self._name, self._rows, self._values
        self._name, self._rows, self._values = None, (), []
        if name is None:
            return
        fits = len(values) == sum(len(row.cells) for row in rows)
        # A blank that may be the trace of a merged cell would shift all that follow it.
        sure = all(token.certain or not token.blank for token in values)
        if not (bounded and fits and sure) or any(token.joined for token in values):
            self._ledger.unplaced(name.text, name.place)
            return
        # Said even where all fits: whoever lost the labels may have lost the order as well.
        pointers = [cell.pointer for row in rows for cell in row.cells]
        self._ledger.notes.append(
            note("row.by_position", name.place, pointers, text=one_line(name.text), count=len(values))
        )
        rest = iter(values)
        for row in rows:
            own = [next(rest) for _ in row.cells]
            self._ledger.place(Named(row, How.BY_POSITION), name.text, own, own[0].place)
