"""The one form in which every format hands over what it holds: rows of cells with spans, and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from disclosure_spec.place import Place


class Kind(Enum):
    """Say what may be relied on in a table."""

    GRID = "grid"
    """Every row and every blank cell is there, as in a web page or a spreadsheet."""

    PADDED = "padded"
    """Rows are there; a blank cell may only stand for a column that a span once covered."""

    STREAM = "stream"
    """One row with all cells in reading order; where the rows began is lost, blanks are as in `PADDED`."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell where it starts: position from 0, spans at least 1."""

    text: str
    row: int
    column: int
    rowspan: int
    colspan: int
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """Physical rows: each holds the cells that start in it, in reading order."""

    rows: tuple[tuple[GridCell, ...], ...]
    kind: Kind = Kind.GRID


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of running text; white space alone stands for a blank cell that lost its table."""

    text: str
    place: Place


Block: TypeAlias = Table | Paragraph


@dataclass(frozen=True, slots=True)
class Content:
    """A file's blocks in reading order, and the titles it carries outside of them."""

    blocks: tuple[Block, ...]
    titles: tuple[str, ...] = ()

    def texts(self) -> tuple[str, ...]:
        """Return the text of every cell and paragraph."""
        found: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                found.append(block.text)
            else:
                found.extend(cell.text for row in block.rows for cell in row)
        return tuple(found)
