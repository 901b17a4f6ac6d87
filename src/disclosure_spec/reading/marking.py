"""Marks that files of ours put on cells, held against the labels: labels decide, a disagreement is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_spec.marks import marks
from disclosure_spec.reading.notes import note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.edition import Cell, Edition, Row
    from disclosure_spec.place import Note, Place
    from disclosure_spec.reading.rows import Met, Token


class Marking:
    """Know which cell a mark is the name of.

    Args:
        edition: The edition that is read.
        others: Editions whose marks are known too, to say that a cell comes from their form.
    """

    def __init__(self, edition: Edition, others: Sequence[Edition]) -> None:
        self._edition = edition
        # An edition's own marks last: nobody else's may stand in for them.
        self._meant = {
            mark: (one.cell_at[pointer], one)
            for one in (*others, edition)
            for pointer, mark in marks(one).items()
        }

    def carries(self, row: Row, values: Sequence[Token]) -> bool:
        """Tell whether just the cells of a row are there, each with the mark of its place."""
        found = [self._meant.get(token.mark) for token in values]
        return found == [(cell, self._edition) for cell in row.cells]

    def own(self, row: Row, values: Sequence[Token]) -> Sequence[Token]:
        """Return the values without the blanks before the cell marked as the first of the row."""
        mine = (row.cells[0], self._edition)
        first = next((at for at, token in enumerate(values) if self._meant.get(token.mark) == mine), 0)
        # What a label was merged with once, before somebody took the merging away.
        covered = all(token.blank and not token.mark for token in values[:first])
        return values[first:] if covered else values

    def compare(self, met: Met) -> Note | None:
        """Return a note where cells of a row carry the marks of others; values stay where labels put them."""
        moved: list[tuple[Cell, Cell, Edition, Place]] = []
        for cell, token in zip(met.named.row.cells, met.values, strict=False):
            # A name nobody knows is somebody's own.
            meant, of = self._meant.get(token.mark, (cell, self._edition))
            if (meant.pointer, of.name) != (cell.pointer, self._edition.name):
                moved.append((cell, meant, of, met.place_of(token)))
        if not moved:
            return None
        cell, meant, of, place = moved[0]
        code = "mark.moved" if of.name == self._edition.name else "mark.other_edition"
        pointers = [one.pointer for one, *_ in moved]
        values = {"text": cell.label, "other": meant.label, "edition": of.name, "count": len(moved)}
        return note(code, place, pointers, **values)
