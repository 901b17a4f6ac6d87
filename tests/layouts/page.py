"""A report on its way to a file: tables of boxes between lines of text, and what a reader may find in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Edition, Section


class Nothing(Enum):
    """Stand for the value of a cell that is not printed at all."""

    NOTHING = "nothing"


NOTHING: Final = Nothing.NOTHING


@dataclass(frozen=True, slots=True)
class Gone:
    """Stand for the value of a cell that was dropped: of equal numbers nobody can tell which one it was."""

    value: JSONValue


Truth: TypeAlias = "JSONValue | Nothing | Gone"


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a table; `pointer` is that of an input."""

    text: str
    kind: str
    rowspan: int = 1
    colspan: int = 1
    pointer: str = ""

    @property
    def is_title(self) -> bool:
        """Tell whether the cell stands above the rows."""
        return self.kind in {"band", "header", "note"}

    @property
    def is_label(self) -> bool:
        """Tell whether the cell names a row or several."""
        return self.kind == "rowlabel"


Row: TypeAlias = list[Box]
Rows: TypeAlias = list[Row]
Block: TypeAlias = "Rows | str"


@dataclass
class Page:
    """A report on its way to a file.

    Attributes:
        edition: The edition it is to be read as.
        truth: What is printed in each cell, and in the units of amounts.
        known: What is printed besides tables, by pointer; what is not in it must not be found.
        front: Lines above the first heading.
        headings: Of each section.
        parts: Tables and lines below each heading.
        back: Lines below everything.
        window: Title of a browser's window.
    """

    edition: Edition
    truth: dict[str, Truth]
    known: dict[str, JSONValue]
    front: list[str]
    headings: dict[str, str]
    parts: dict[str, list[Block]]
    back: list[str] = field(default_factory=list)
    window: str = ""

    @property
    def tables(self) -> list[Rows]:
        """Return the tables of the sections that have one on the form."""
        return [one for pointer in self.tabular for one in self.parts[pointer] if not isinstance(one, str)]

    @property
    def tabular(self) -> list[str]:
        """Return the pointers of the sections that have a table on the form."""
        return [one.pointer for one in self.edition.sections if one.rows]

    @property
    def textual(self) -> list[str]:
        """Return the pointers of the sections that are text."""
        return [one.pointer for one in self.edition.sections if not one.rows]

    def change_tables(self, change: Callable[[Rows], list[Block]]) -> None:
        """Put the blocks that a change makes of each table in its place."""
        for pointer in self.tabular:
            made: list[Block] = []
            for block in self.parts[pointer]:
                made += [block] if isinstance(block, str) else change(block)
            # A table all of whose rows were taken out is none.
            self.parts[pointer] = [block for block in made if isinstance(block, str) or any(block)]

    def change_boxes(self, change: Callable[[Box], Box]) -> None:
        """Put the box that a change makes of each in its place."""
        self.change_tables(lambda rows: [[[change(box) for box in row] for row in rows]])

    def data_rows(self) -> Iterator[tuple[Rows, int]]:
        """Give every row that holds inputs, with the table it is in."""
        for rows in self.tables:
            for at, row in enumerate(rows):
                if any(box.pointer for box in row):
                    yield rows, at


def boxes(section: Section, printed: dict[str, str]) -> Rows:
    """Return the rows of a table of the form with its inputs filled in."""
    assert section.grid is not None
    rows: Rows = [[] for _ in range(section.grid["rows"])]
    for cell in sorted(section.grid["cells"], key=lambda one: int(one["column"])):
        pointer = cell.get("pointer", "")
        # A row of another edition's table has no place in this one, and prints what it says all the same.
        text = printed.get(pointer, "0") if pointer else cell["text"]["zh"]
        rows[cell["row"]].append(Box(text, cell["kind"], cell["rowspan"], cell["colspan"], pointer))
    return rows


def starts(rows: Rows) -> list[list[int]]:
    """Return in which column each box begins."""
    taken: set[tuple[int, int]] = set()
    starts: list[list[int]] = []
    for at, row in enumerate(rows):
        column = 0
        starts.append([])
        for box in row:
            while (at, column) in taken:
                column += 1
            starts[-1].append(column)
            taken |= {(at + y, column + x) for y in range(box.rowspan) for x in range(box.colspan)}
            column += box.colspan
    return starts
