"""Whole reports whose tables are drawn as text in the ways that programs draw them."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reading.conftest import Sample

    from disclosure_spec.reading import Reading

Cells = list[list[dict[str, Any]]]


def columns(text: str) -> int:
    """Return the columns a text takes on a screen."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def padded(text: str, width: int) -> str:
    """Return a text filled up with spaces."""
    return text + " " * (width - columns(text))


def broken(text: str, width: int) -> list[str]:
    """Break a text into lines of so many columns."""
    lines = [""]
    for one in text:
        if columns(lines[-1] + one) > width:
            lines.append("")
        lines[-1] += one
    return lines


def matrix(rows: Cells) -> list[list[dict[str, Any]]]:
    """Return for each row and column the cell that is there."""
    wide = max(cell["column"] + cell["colspan"] for row in rows for cell in row)
    cells: list[list[dict[str, Any]]] = [[{} for _ in range(wide)] for _ in rows]
    for cell in (cell for row in rows for cell in row):
        for row in range(cell["row"], cell["row"] + cell["rowspan"]):
            for column in range(cell["column"], cell["column"] + cell["colspan"]):
                cells[row][column] = cell
    return cells


def merged(rows: Cells) -> list[list[str]]:
    """Return rows as a spreadsheet copies them: what a span covers is blank."""
    return [
        [
            cell["shown"] if (cell["row"], cell["column"]) == (row, column) else ""
            for column, cell in enumerate(line)
        ]
        for row, line in enumerate(matrix(rows))
    ]


def from_a_spreadsheet(rows: Cells) -> list[str]:
    """Draw rows with tabs, a blank for each covered cell, long cells with a line break."""
    quoted = [
        [f'"{text[:2]}\n{text[2:]}"' if 3 < len(text) < 7 and not text.isdigit() else text for text in row]
        for row in merged(rows)
    ]
    return ["\t".join(row) for row in quoted]


def from_a_page(rows: Cells) -> list[str]:
    """Draw rows with tabs, each cell once."""
    return ["\t".join(cell["shown"] for cell in row) for row in rows]


def with_commas(rows: Cells) -> list[str]:
    """Draw rows as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(merged(rows))
    return out.getvalue().splitlines()


def in_markdown(rows: Cells) -> list[str]:
    """Draw a Markdown table in which covered cells are blank."""
    lines = ["| " + " | ".join(row) + " |" for row in merged(rows)]
    return [lines[0], "|" + "---|" * len(rows[0] and merged(rows)[0]), *lines[1:]]


def in_full_width(rows: Cells) -> list[str]:
    """Draw rows with full-width pipes."""
    return ["｜".join(cell["shown"] for cell in row) for row in rows]


def in_frames(rows: Cells, *, marks: tuple[str, str, str] = ("+", "-", "|")) -> list[str]:
    """Draw every edge of every cell; cells take as many lines as they need."""
    corner, level, upright = marks
    width = 12
    cells = matrix(rows)
    wide = len(cells[0])
    texts = {
        id(cell): broken(cell["shown"], width * cell["colspan"] + cell["colspan"] - 1)
        for row in rows
        for cell in row
    }
    needed = [max(-(-len(texts[id(cell)]) // cell["rowspan"]) for cell in line) for line in cells]
    lines = [corner + (level * width + corner) * wide]
    for number, line in enumerate(cells):
        for part in range(needed[number]):
            drawn = upright
            column = 0
            while column < wide:
                cell = line[column]
                done = sum(needed[cell["row"] : number]) + part
                pieces = texts[id(cell)]
                text = pieces[done] if done < len(pieces) else ""
                drawn += padded(text, width * cell["colspan"] + cell["colspan"] - 1) + upright
                column += cell["colspan"]
            lines.append(drawn)
        below = cells[number + 1] if number + 1 < len(cells) else None
        rule = corner
        for column, cell in enumerate(line):
            goes_on = below is not None and below[column] is cell
            if goes_on:
                done = sum(needed[cell["row"] : number + 1])
                inside = column + 1 < wide and below is not None and below[column + 1] is cell
                rule += " " * width + (
                    " "
                    if inside
                    else upright
                    if column + 1 < wide
                    and line[column + 1] is not cell
                    and below is not None
                    and cells[number + 1][column + 1] is line[column + 1]
                    else corner
                )
            else:
                rule += level * width + corner
        lines.append(rule)
    return lines


def in_boxes(rows: Cells) -> list[str]:
    """Draw frames with the characters made for it."""
    return in_frames(rows, marks=("┼", "─", "│"))


DRAWINGS = [from_a_spreadsheet, from_a_page, with_commas, in_markdown, in_full_width, in_frames, in_boxes]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_drawn_tables_are_read_cell_by_cell(
    sample: Sample, draw: Callable[[Cells], list[str]], reading_of: Callable[[str], Reading]
) -> None:
    """However a table is drawn, every number is found and none is in a wrong place."""
    reading = reading_of(sample.lines(draw))

    assert not sample.wrong(reading)
    assert not [cell.pointer for cell in sample.edition.cells if cell.pointer in reading.unread]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_blanks_of_drawn_tables_are_blanks_or_refused(
    sample: Sample, draw: Callable[[Cells], list[str]], reading_of: Callable[[str], Reading]
) -> None:
    """Whichever cells are blank, no number moves into their place."""
    for step in (2, 3, 5, 7):
        blanks = {cell.pointer: "" for cell in sample.edition.cells if cell.index % step == 0}
        thinned = type(sample)(sample.edition, dict(blanks))

        assert not thinned.wrong(reading_of(thinned.lines(draw)))
