"""Text: what is left of tables when a page is copied or printed, drawn with pipes, tabs, spaces or lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

from tests.layouts.page import Box, starts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.layouts.page import Page, Row, Rows


@dataclass(frozen=True, slots=True)
class Text:
    """How tables are drawn in text.

    Attributes:
        draw: Return the lines of a table.
        blanks: Whether a blank cell can be told from nothing.
        rows: Whether a line is a row, so that a cell more or less is seen.
        places: Whether a number belongs to the title above it, so that none can be missing unseen.
        headings: What stands before a heading.
    gap: What stands between lines, so that they do not run into one.
    """

    draw: Callable[[Rows], list[str]]
    blanks: bool = True
    rows: bool = True
    places: bool = False
    headings: str = ""
    gap: str = ""

    def __call__(self, page: Page) -> bytes:
        """Return a page as a file."""
        lines = [one + self.gap for one in page.front]
        for pointer, heading in page.headings.items():
            lines.append(self.headings + heading + self.gap)
            for block in page.parts[pointer]:
                lines += [block + self.gap] if isinstance(block, str) else self.draw(block)
        return "\n".join([*lines, *(one + self.gap for one in page.back), ""]).encode()


def covered(row: Row) -> int:
    """Return how many columns of a row its spans cover."""
    return sum(box.colspan - 1 for box in row)


def flat(box: Box) -> str:
    """Return the text of a cell on one line."""
    return box.text.replace("\n", " ")


def pipes_between(rows: Rows) -> list[str]:
    """Draw each row on a line, a pipe between cells."""
    return [*(" | ".join(map(flat, row)) for row in rows), ""]


def pipes_behind(rows: Rows) -> list[str]:
    """Draw each row on a line, a pipe behind each cell and each column covered."""
    return [*("".join(f"{flat(box)} | " for box in row) + "|" * covered(row) for row in rows), ""]


def pipes_around(rows: Rows) -> list[str]:
    """Draw each row on a line between pipes."""
    return [*("| " + " | ".join(map(flat, row)) + " |" for row in rows), ""]


def pipe_a_line(rows: Rows) -> list[str]:
    """Draw each cell on a line with a pipe behind it, the columns covered behind the row."""
    lines: list[str] = []
    for row in rows:
        lines += [f"{flat(box)} |".strip() for box in row]
        lines += ["|" * covered(row)] if covered(row) > 1 else []
    return [*lines, ""]


def line_a_cell(rows: Rows) -> list[str]:
    """Draw each cell on a line of its own, a blank as a no-break space."""
    return [box.text or "\u00a0" for row in rows for box in row]


def tabs(rows: Rows) -> list[str]:
    """Draw rows with tabs between the cells."""
    return [*("\t".join(map(flat, row)) for row in rows), ""]


def markdown(rows: Rows) -> list[str]:
    """Draw a Markdown table."""
    # Without as many titles as columns it is no table, and columns beyond them are not shown.
    width = max(map(len, rows))
    first, *rest = pipes_around([[*rows[0], *[Box("", "empty")] * (width - len(rows[0]))], *rows[1:]])
    return ["", first, "|" + "---|" * width, *rest]


def aligned(rows: Rows) -> list[str]:
    """Draw columns one below the other, as programs do that turn printed pages into text."""
    widths: dict[int, int] = {}
    placed = [list(zip(columns, row, strict=True)) for columns, row in zip(starts(rows), rows, strict=True)]
    for row in placed:
        for column, box in row:
            if box.colspan == 1:
                widths[column] = max(widths.get(column, _NARROW), _width(flat(box)))
    lines = []
    for row in placed:
        line = ""
        for column, box in row:
            left = sum(widths.get(one, _NARROW) + 2 for one in range(column))
            room = sum(widths.get(one, _NARROW) + 2 for one in range(column, column + box.colspan)) - 2
            left += max(0, room - _width(flat(box))) // 2
            if box.text:
                line += " " * max(2 if line else 0, left - _width(line)) + flat(box)
        lines.append(line)
    return [*lines, ""]


_NARROW: Final = 4
"""How wide a column is at least."""


def run_together(rows: Rows) -> list[str]:
    """Write one cell right behind the other."""
    return ["".join(flat(box) for row in rows for box in row)]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)


TEXTS: Final[Mapping[str, Text]] = {
    "text: a | b": Text(pipes_between),
    # A column that a span covers leaves a pipe as well as a blank cell does.
    "text: a | b |": Text(pipes_behind, blanks=False),
    "text: | a | b |": Text(pipes_around),
    "text: a cell and a pipe a line": Text(pipe_a_line, blanks=False, rows=False),
    "text: a cell a line": Text(line_a_cell, rows=False),
    "text: tabs": Text(tabs),
    "text: Markdown": Text(markdown, headings="## ", gap="\n"),
    # In columns a blank is seen only in the font in which they were set.
    "text: columns": Text(aligned, blanks=False, places=True),
}

ALL_TOGETHER: Final = "text: run together"
TOGETHER: Final = Text(run_together, blanks=False, rows=False)
