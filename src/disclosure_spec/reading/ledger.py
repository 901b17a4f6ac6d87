"""The rows that were met, and what was refused on the way; what they say is settled only at the end."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from disclosure_spec.reading.characters import one_line
from disclosure_spec.reading.marking import Marking
from disclosure_spec.reading.notes import note
from disclosure_spec.reading.rows import Met, Token, contents
from disclosure_spec.reading.values import is_value_like
from disclosure_spec.reading.widths import Widths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.edition import Edition, Row
    from disclosure_spec.place import Note, Place
    from disclosure_spec.reading.labels import Labels, Named

ALONE: Final = "row.alone"
"""Code of the note about a label without values, which is void if the row turns up elsewhere."""


class Ledger:
    """Collect rows as they are met.

    Attributes:
        labels: Those of the edition.
        marking: Which cell each mark is the name of.
        notes: Everything refused so far.
        rows: Rows with a value for each cell.
        blank_rows: Rows without label and content, which count if no row with content turns up.
        runs: Rows whose values are run together.
        odd_rows: Rows with too few or too many values.
        empty_rows: Rows whose label has no value behind it.
        refused: Cells whose row was met and not taken, with the tables it was met in.
        table: Ordinal of the table that is being read.
        drawn: Ordinals of the tables whose rows are known.
        widths: How many cells rows are printed with.
    """

    def __init__(self, labels: Labels, others: Sequence[Labels]) -> None:
        self.labels = labels
        self.notes: list[Note] = []
        self.rows: list[Met] = []
        self.blank_rows: list[Met] = []
        self.runs: list[Met] = []
        self.odd_rows: list[Met] = []
        self.empty_rows: list[Met] = []
        self.refused: dict[str, set[int]] = {}
        self.widths = Widths(labels)
        self.marking = _marking_of(labels.edition, tuple(one.edition for one in others))
        self._others = others
        self.table = 0
        self.drawn: set[int] = set()

    def begin(self, *, drawn: bool = False) -> None:
        """Take note that another table begins; one is `drawn` if its rows are known, not its cells alone."""
        self.table += 1
        self.drawn |= {self.table} if drawn else set()

    def place(
        self, named: Named, name: str, values: Sequence[Token], where: Place, unit: str | None = None
    ) -> None:
        """Take the values of one row in their order; one that does not fit is not taken as it stands."""
        row = named.row
        values = self.marking.own(row, values)
        met = Met(named, name, values, where, self.table, unit)
        if not values:
            # Headings and sentences hold labels too, so the row may still be read elsewhere.
            self.empty_rows.append(met)
            self.refuse(ALONE, row, name, where, itself=False, expected=len(row.cells))
        elif any(token.joined for token in values):
            self.runs.append(met)
        elif met.surplus < 0 or contents(values[len(row.cells) :]):
            self._set_aside(met)
        else:
            self.widths.add(met)
            self.rows.append(met)

    def place_blank(self, named: Named, values: Sequence[Token]) -> None:
        """Take a row without label and without content, unless a row with content turns up."""
        self.blank_rows.append(Met(named, "", values, values[0].place, self.table))

    def refuse(
        self, code: str, row: Row, name: str, where: Place, *, itself: bool = True, **values: object
    ) -> None:
        """Note that a row of the form was met and not taken; the row `itself` is then taken nowhere."""
        if itself:
            self.doubt(row)
        pointers = (cell.pointer for cell in row.cells)
        self.notes.append(note(code, where, pointers, text=one_line(name), **values))

    def refuse_met(self, code: str, met: Met, *, itself: bool = True, **values: object) -> None:
        """Note that a row was looked at again and not taken."""
        # By now another table is being read, and a refusal counts for the one the row stands in.
        now, self.table = self.table, met.table
        self.refuse(code, met.named.row, met.name, met.where, itself=itself, **values)
        self.table = now

    def refuse_odd(self, met: Met) -> None:
        """Refuse a row with too few or too many values: a guess would shift all that follow."""
        expected = len(met.named.row.cells)
        short = met.surplus < 0
        code = "row.short" if short else "row.surplus"
        count = len(met.values) if short else contents(met.values)
        self.refuse_met(code, met, itself=_is_row(met), expected=expected, count=count)

    def doubt(self, row: Row) -> None:
        """Take note that a row of the form was perhaps met and is not to be taken from elsewhere."""
        for cell in row.cells:
            self.refused.setdefault(cell.pointer, set()).add(self.table)

    def unplaced(self, name: str, where: Place) -> None:
        """Note a row with values that the form does not have."""
        edition = self.labels.edition.name
        text = one_line(name)
        # Met in practice: table 2 of one edition above table 3 of the other.
        other = next((one.edition.name for one in self._others if one.named(name)), None)
        rows = self.labels.group(name)
        pointers = tuple(cell.pointer for row in rows for cell in row.cells)
        if other is not None:
            values: dict[str, object] = {"text": text, "edition": edition, "other": other}
            self.notes.append(note("row.unplaced_other_edition", where, pointers, **values))
        elif rows:
            self.notes.append(note("row.unplaced_group", where, pointers, text=text, edition=edition))
        else:
            self.notes.append(note("row.unplaced", where, text=text, edition=edition))

    def text(self, text: str, where: Place) -> None:
        """Note a text that is no label, unless it is one."""
        if not self.labels.knows(text):
            self.notes.append(note("text.unplaced", where, text=one_line(text)))

    def _set_aside(self, met: Met) -> None:
        # A title row or a sentence may hold the label of a row; without a number it is not that row.
        if not _is_row(met):
            self.refuse_odd(met)
            return
        self.odd_rows.append(met)
        if met.surplus < 0:
            self.widths.miss(met)


def _is_row(met: Met) -> bool:
    return any(is_value_like(token.text) and not token.blank for token in met.values)


@lru_cache(maxsize=32)
def _marking_of(edition: Edition, others: tuple[Edition, ...]) -> Marking:
    return Marking(edition, others)
