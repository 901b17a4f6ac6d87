"""The values found for every cell, and what was refused on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Final

from disclosure_spec.marks import marks
from disclosure_spec.reading.notes import note
from disclosure_spec.reading.values import Value, is_value_like, printed, read_value

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from disclosure_spec.edition import Cell, Edition, Row
    from disclosure_spec.place import Note, Place
    from disclosure_spec.reading.labels import Labels


_ALONE: Final = "row.alone"


@dataclass(frozen=True, slots=True)
class Token:
    """The text of a cell and its mark; a blank not `certain` may be the trace of a merged cell."""

    text: str
    place: Place
    certain: bool = True
    mark: str = ""

    @property
    def blank(self) -> bool:
        """Tell whether nothing is printed."""
        return not printed(self.text)


@dataclass(frozen=True, slots=True)
class _Met:
    """A row of the form as it was met, and in which table."""

    row: Row
    name: str
    values: Sequence[Token]
    where: Place
    table: int
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    value: Value
    place: Place
    table: int
    row: str


class Ledger:
    """Collect rows as they are met; what is in it is decided only at the end.

    Attributes:
        notes: Everything refused so far.
    """

    def __init__(self, labels: Labels, others: Sequence[Labels]) -> None:
        self.labels = labels
        self.notes: list[Note] = []
        self._others = others
        # An edition's own marks last: nobody else's may stand in for them.
        editions = [*(one.edition for one in others), labels.edition]
        self._marked = {mark: found for edition in editions for mark, found in _marked(edition)}
        self._found: dict[str, list[_Found]] = {}
        self._rows: list[_Met] = []
        self._blank_rows: list[_Met] = []
        self._refused: set[str] = set()
        self._surplus: dict[Hashable, Counter[int]] = {}
        self._table = 0

    def begin(self) -> None:
        """Take note that another table begins."""
        self._table += 1

    def place(
        self, row: Row, name: str, values: Sequence[Token], where: Place, unit: str | None = None
    ) -> None:
        """Take the values of one row in their order; a row that is too short or too long is refused whole.

        `unit` is what the column title says, for amounts that state none themselves.
        """
        expected = len(row.cells)
        contents = _contents(values)
        # A title row or a sentence may hold the label of a row; without a number it is not that row.
        itself = any(is_value_like(token.text) and not token.blank for token in values)
        if not values:
            self.refuse(_ALONE, row, name, where, itself=False, expected=expected)
            return
        if len(values) < expected:
            # Which cell was dropped cannot be told, and a guess would shift all that follow it.
            self.refuse("row.short", row, name, where, itself=itself, expected=expected, count=len(values))
            return
        if _contents(values[expected:]):
            self.refuse("row.surplus", row, name, where, itself=itself, expected=expected, count=contents)
            return
        self._surplus.setdefault(self.labels.shape_of(row), Counter())[len(values) - expected] += 1
        if contents and values[expected - 1].blank and not values[expected - 1].certain:
            # Spans leave blanks behind: if this is one, a cell before it was lost, and which cannot be told.
            self.refuse("row.padding", row, name, where)
        else:
            self._rows.append(_Met(row, name, values, where, self._table, unit))

    def carries_marks(self, row: Row, values: Sequence[Token]) -> bool:
        """Tell whether just the cells of a row are there, each with the mark of its place."""
        found = [self._marked.get(token.mark) for token in values]
        return found == [(cell, self.labels.edition) for cell in row.cells]

    def place_blank(self, row: Row, values: Sequence[Token]) -> None:
        """Take a row without label and without content, unless a row with content turns up."""
        self._blank_rows.append(_Met(row, "", values, values[0].place, self._table))

    def refuse(
        self, code: str, row: Row, name: str, where: Place, *, itself: bool = True, **values: object
    ) -> None:
        """Note that a row of the form was met and not taken; the row `itself` is then taken nowhere."""
        if itself:
            self.doubt(row)
        pointers = (cell.pointer for cell in row.cells)
        self.notes.append(note(code, where, pointers, text=_one_line(name), **values))

    def doubt(self, row: Row) -> None:
        """Take note that a row of the form was perhaps met and is not to be taken from elsewhere."""
        self._refused.update(cell.pointer for cell in row.cells)

    def unplaced(self, name: str, where: Place) -> None:
        """Note a row with values that the form does not have."""
        edition = self.labels.edition.name
        text = _one_line(name)
        # Met in practice: table 2 of one edition above table 3 of the other.
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
        self._take_rows()
        doubtful = self._doubtful_tables()
        settled: dict[str, tuple[Value, Place]] = {}
        # Refused in one place and read in another: which of the two was the row nobody can tell.
        for pointer in (one for one in self._found if one not in self._refused):
            readings = self._found[pointer]
            code = _doubt(readings, doubtful)
            # Neither the first value nor the last is taken: at least one of them is wrong.
            if code:
                shown = "、".join(dict.fromkeys(one.place.raw or "␣" for one in readings))
                self.notes.append(note(code, readings[-1].place, (pointer,), text=shown))
            else:
                settled[pointer] = readings[0].value, readings[0].place
        self.notes = [one for one in self.notes if not _came_later(one, settled)]
        return settled

    def _take_rows(self) -> None:
        for met in self._even_rows():
            self._take(met)
        for met in self._blank_rows:
            if not any(cell.pointer in self._found for cell in met.row.cells):
                self._take(met)

    def _even_rows(self) -> list[_Met]:
        """Return the rows with as many cells as two thirds of their shape have, and those without a doubt.

        Blank cells behind the values are what an empty column or a merged cell left in every such row; in one
        row alone they show that a cell was put in before them.
        """
        kept: list[_Met] = []
        for met in self._rows:
            surplus = len(met.values) - len(met.row.cells)
            counts = self._surplus[self.labels.shape_of(met.row)]
            usual = 3 * counts[surplus] > 2 * counts.total()
            full = not met.values[-1].blank
            if full or (usual and (surplus == 0 or counts[surplus] > 1)):
                kept.append(met)
            else:
                self.refuse("row.uneven", met.row, met.name, met.where, count=len(met.values))
        return kept

    def _doubtful_tables(self) -> set[int]:
        """Return the tables that contradict another one, or themselves in several rows, as two in one do.

        Any of them may be that of another report.
        """
        doubtful: set[int] = set()
        twofold: dict[int, set[str]] = {}
        for readings in self._found.values():
            for one, other in combinations(readings, 2):
                if one.value != other.value and one.table != other.table:
                    doubtful |= {one.table, other.table}
                elif one.value != other.value:
                    twofold.setdefault(one.table, set()).add(one.row)
        return doubtful | {table for table, rows in twofold.items() if len(rows) > 1}

    def _take(self, met: _Met) -> None:
        # By ordinal, never by grid column: sites draw the same row with different spans.
        for cell, token in zip(met.row.cells, met.values, strict=False):
            value = read_value(token.text, cell)
            # Where the form prints no unit, as for procurement in 2019, a site may put one into the title.
            if met.unit in cell.units and value.unit is None and isinstance(value.value, int | Decimal):
                value = Value(value.value, met.unit)
            found = _Found(value, token.place, met.table, met.row.cells[0].pointer)
            self._found.setdefault(cell.pointer, []).append(found)
        self._compare_marks(met)

    def _compare_marks(self, met: _Met) -> None:
        """Note once where cells of a row carry the marks of others; values stay where the labels put them."""
        edition = self.labels.edition
        moved: list[tuple[Cell, Cell, Edition, Place]] = []
        for cell, token in zip(met.row.cells, met.values, strict=False):
            # A name nobody knows is somebody's own.
            meant, of = self._marked.get(token.mark, (cell, edition))
            if (meant.pointer, of.name) != (cell.pointer, edition.name):
                moved.append((cell, meant, of, token.place))
        if moved:
            cell, meant, of, place = moved[0]
            code = "mark.moved" if of.name == edition.name else "mark.other_edition"
            pointers = [one.pointer for one, *_ in moved]
            values = {"text": cell.label, "other": meant.label, "edition": of.name, "count": len(moved)}
            self.notes.append(note(code, place, pointers, **values))


def _marked(edition: Edition) -> Iterator[tuple[str, tuple[Cell, Edition]]]:
    return ((mark, (edition.cell_at[pointer], edition)) for pointer, mark in marks(edition).items())


def _contents(values: Sequence[Token]) -> int:
    return sum(not token.blank for token in values)


def _doubt(readings: Sequence[_Found], doubtful: set[int]) -> str | None:
    """Return the code of the note why a cell is not certain."""
    if any(one.value != readings[0].value for one in readings):
        return "cell.conflict"
    return "cell.doubtful" if len(readings) == 1 and readings[0].table in doubtful else None


def _came_later(one: Note, settled: Mapping[str, object]) -> bool:
    """Tell whether a label stood alone, as in a heading, and its row was read elsewhere."""
    return one.code == _ALONE and all(pointer in settled for pointer in one.pointers)


def _one_line(text: str) -> str:
    return " ".join(text.split())
