"""The values found for every cell, and what was refused on the way."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from disclosure_spec.reading.notes import note
from disclosure_spec.reading.values import Value, printed, read_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_spec.edition import Row
    from disclosure_spec.place import Note, Place
    from disclosure_spec.reading.labels import Labels


_ALONE: Final = "row.alone"


@dataclass(frozen=True, slots=True)
class Token:
    """The text of a cell; a blank that is not `certain` may be the trace of a merged cell."""

    text: str
    place: Place
    certain: bool = True

    @property
    def blank(self) -> bool:
        """Tell whether nothing is printed."""
        return not printed(self.text)


class Ledger:
    """Collect rows as they are met; what is in it is decided only at the end.

    Attributes:
        notes: Everything refused so far.
    """

    def __init__(self, labels: Labels, others: Sequence[Labels]) -> None:
        self.labels = labels
        self.notes: list[Note] = []
        self._others = others
        self._found: dict[str, list[tuple[Value, Place]]] = {}
        self._blank_rows: list[tuple[Row, Sequence[Token]]] = []

    def place(
        self, row: Row, name: str, values: Sequence[Token], where: Place, unit: str | None = None
    ) -> None:
        """Take the values of one row in their order; a row that is too short or too long is refused whole.

        `unit` is what the column title says, for amounts that state none themselves.
        """
        expected = len(row.cells)
        contents = sum(not token.blank for token in values)
        if not values:
            self.refuse(_ALONE, row, name, where, expected=expected)
        elif len(values) < expected:
            self.refuse("row.short", row, name, where, expected=expected, count=len(values))
        elif any(not token.blank for token in values[expected:]):
            self.refuse("row.surplus", row, name, where, expected=expected, count=contents)
        elif contents and values[expected - 1].blank and not values[expected - 1].certain:
            self.refuse("row.padding", row, name, where)
        else:
            self._take(row, values, unit)

    def place_blank(self, row: Row, values: Sequence[Token]) -> None:
        """Take a row without label and without content, unless a row with content turns up."""
        self._blank_rows.append((row, values))

    def refuse(self, code: str, row: Row, name: str, where: Place, **values: object) -> None:
        """Note that a row of the form was met and not taken."""
        pointers = (cell.pointer for cell in row.cells)
        self.notes.append(note(code, where, pointers, text=_one_line(name), **values))

    def unplaced(self, name: str, where: Place) -> None:
        """Note a row with values that the form does not have."""
        edition = self.labels.edition.name
        text = _one_line(name)
        other = next((one.edition.name for one in self._others if one.row(name)), None)
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
            self.notes.append(note("text.unplaced", where, text=_one_line(text)))

    def settle(self) -> dict[str, tuple[Value, Place]]:
        """Return one value and its place for every cell that has exactly one; conflicts are noted."""
        for row, values in self._blank_rows:
            if not any(cell.pointer in self._found for cell in row.cells):
                self._take(row, values)
        self._blank_rows.clear()
        settled: dict[str, tuple[Value, Place]] = {}
        for pointer, readings in self._found.items():
            first, place = readings[0]
            if all(value == first for value, _ in readings):
                settled[pointer] = first, place
                continue
            shown = "、".join(dict.fromkeys(place.raw or "␣" for _, place in readings))
            self.notes.append(note("cell.conflict", readings[-1][1], (pointer,), text=shown))
        self.notes = [one for one in self.notes if not _came_later(one, settled)]
        return settled

    def _take(self, row: Row, values: Sequence[Token], unit: str | None = None) -> None:
        for cell, token in zip(row.cells, values, strict=False):
            value = read_value(token.text, cell)
            if unit in cell.units and value.unit is None and isinstance(value.value, int | Decimal):
                value = Value(value.value, unit)
            self._found.setdefault(cell.pointer, []).append((value, token.place))


def _came_later(one: Note, settled: Mapping[str, object]) -> bool:
    """Tell whether a label stood alone, as in a heading, and its row was read elsewhere."""
    return one.code == _ALONE and all(pointer in settled for pointer in one.pointers)


def _one_line(text: str) -> str:
    return " ".join(text.split())
