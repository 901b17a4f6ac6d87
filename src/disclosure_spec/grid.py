"""The one form in which formats and documents meet: rows of cells with spans, and paragraphs."""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeAlias

from disclosure_spec._values import dataclass
from disclosure_spec.place import Note, Place

NOWHERE: Final = Place()
"""The place of what is not in a file yet."""


class Kind(Enum):
    """Say what may be relied on in a table."""

    GRID = "grid"
    """Every row and every blank cell is there, as in a web page or a spreadsheet."""

    PADDED = "padded"
    """Rows are there; a blank cell may only stand for a column that a span once covered."""

    STREAM = "stream"
    """One row with all cells in reading order; where the rows began is lost, blanks are as in `PADDED`."""


class Role(Enum):
    """Say what a paragraph is for; files of ours carry it, in others the text has to tell."""

    TITLE = "title"
    CAPTION = "caption"
    """The name of the form, where the report has no title."""
    PREFACE = "preface"
    HEADING = "heading"
    TEXT = "text"
    PROMPT = "prompt"
    """What to write here; never part of the report."""
    PARTICULARS = "particulars"
    """The heading of the table that says whose report it is."""


class CellRole(Enum):
    """Say what a cell of a table to be written is."""

    BAND = "band"
    HEADER = "header"
    NOTE = "note"
    LABEL = "rowlabel"
    INPUT = "input"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell where it starts: position from 0, spans at least 1.

    Attributes:
        mark: The name by which a file of ours knows the cell; a hint, labels decide.
        role: What it is, in a table to be written.
    """

    text: str
    row: int
    column: int
    rowspan: int
    colspan: int
    place: Place = NOWHERE
    mark: str = ""
    role: CellRole | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Physical rows: each holds the cells that start in it, in reading order.

    Attributes:
        widths: Of the columns in twentieths of a point, in a table to be written.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    kind: Kind = Kind.GRID
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of running text; white space alone stands for a blank cell that lost its table."""

    text: str
    place: Place = NOWHERE
    role: Role | None = None


Block: TypeAlias = Table | Paragraph


@dataclass(frozen=True, slots=True)
class Content:
    """A file's blocks in reading order, and what it carries outside of them.

    Attributes:
        titles: Titles, such as that of a browser's window.
        form: Version and edition the file says it follows, `1.0/2021`; empty if it does not.
        notes: What its reader has to say about it.
    """

    blocks: tuple[Block, ...]
    titles: tuple[str, ...] = ()
    form: str = ""
    notes: tuple[Note, ...] = ()

    def texts(self) -> tuple[str, ...]:
        """Return the text of every cell and paragraph."""
        found: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                found.append(block.text)
            else:
                found.extend(cell.text for row in block.rows for cell in row)
        return tuple(found)
