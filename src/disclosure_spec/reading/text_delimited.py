"""Cells parted by tabs, as copied from a spreadsheet, a document or a page, and files of CSV."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import replace
from disclosure_spec.grid import Kind, Paragraph
from disclosure_spec.limits import MAX_COLUMNS
from disclosure_spec.reading.text_grid import grid
from disclosure_spec.reading.values import is_value_like, printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.grid import Block
    from disclosure_spec.reading.text_grid import Row
    from disclosure_spec.reading.text_lines import Line

_QUOTE_OPENS: Final = re.compile(r'(?:^|\t)"(?:[^"\t]|"")*$')
_QUOTE_CLOSES: Final = re.compile(r'(?:[^"\t]|"")*"(?:\t|$)')
_LINES_OF_CELL: Final = 10
_PART: Final = re.compile(r"\s*[一二三四五六七八九十]{1,3}[、.．]")
_DELIMITERS: Final = (",", ";", "，")
_GROUPED: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_FEWEST_LINES, _FEWEST_CELLS = 3, 3
_ROWS_TO_ONE: Final = 5
"""Rows to one with a number, at most; the widest table has four rows, three of them titles."""
_LONG: Final = 60
"""Characters from which a text that stands alone in its row is no label."""


def is_tabbed(text: str) -> bool:
    """Tell whether a tab stands between two texts, or in a row of blank cells behind one."""
    return "\t" in text.strip(" \t") or text.rstrip(" ").endswith("\t\t")


def with_whole_cells(lines: Sequence[Line]) -> list[Line]:
    """Put the lines of a quoted cell together, as spreadsheets copy a cell with line breaks."""
    whole: list[Line] = []
    at = 0
    while at < len(lines):
        end = _end_of_cell(lines, at)
        text = "\n".join(line.text for line in lines[at:end])
        whole.append(lines[at] if end == at + 1 else replace(lines[at], text=text))
        at = end
    return whole


def _end_of_cell(lines: Sequence[Line], start: int) -> int:
    end = start + 1
    # A row may hold several such cells one behind the other.
    while end - start < MAX_COLUMNS and _QUOTE_OPENS.search(lines[end - 1].text):
        ahead = range(end, min(end + _LINES_OF_CELL, len(lines)))
        closing = next((at for at in ahead if _QUOTE_CLOSES.match(lines[at].text)), None)
        if closing is None:
            break
        end = closing + 1
    # Without a tab it is not a cell, but words in quotation marks.
    return end if any("\t" in line.text for line in lines[start:end]) else start + 1


def read_tabs(lines: Sequence[Line]) -> Iterator[Block]:
    """Give the tables that tabs draw, and the texts that stand alone in their rows."""
    rows = [(line, _cells(line.text, "\t")) for line in lines]
    return _blocks(rows)


def read_csv(lines: Sequence[Line], start: int) -> tuple[list[Block], int]:
    """Return what comma-separated lines hold, and where they end; nothing if they are prose.

    Prose has commas too: lines of a table have the same number of them, and numbers between.
    """
    delimiter = max(_DELIMITERS, key=lines[start].text.count)
    rows: list[Row] = []
    for line in (lines[at] for at in range(start, len(lines))):
        cells = _cells(line.text, delimiter)
        if rows and len(cells) != len(rows[0][1]):
            break
        rows.append((line, cells))
    return list(_blocks(rows)) if _is_table(rows, delimiter) else [], start + len(rows)


def _is_table(rows: Sequence[Row], delimiter: str) -> bool:
    """Tell whether lines parted alike are rows: enough of them, and numbers in enough of those."""
    if len(rows) < _FEWEST_LINES or len(rows[0][1]) < _FEWEST_CELLS:
        return False
    # Where commas stand inside numbers alone, spaces part the cells.
    if not any(delimiter in _GROUPED.sub("", line.text) for line, _ in rows):
        return False
    values = sum(any(cell and is_value_like(cell) for cell in cells) for _, cells in rows)
    return _ROWS_TO_ONE * values >= len(rows)


def _cells(text: str, delimiter: str) -> list[str]:
    if '"' not in text:
        return [printed(piece) for piece in text.split(delimiter)]
    try:
        (cells,) = csv.reader([text.replace("\n", "\v")], delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        # A quotation mark that opens no cell is one of the text.
        cells = text.split(delimiter)
    return [printed(cell.replace("\v", "\n")) for cell in cells]


def _blocks(rows: Sequence[Row]) -> Iterator[Block]:
    table: list[Row] = []
    for at, (line, cells) in enumerate(rows):
        if any(cells) or table:
            if _stands_alone(rows, at):
                yield from _made(table)
                table = []
                yield Paragraph(" ".join(cells[0].split("\n")), line.place())
            else:
                table.append((line, cells))
    yield from _made(table)


def _made(rows: list[Row]) -> Iterator[Block]:
    while rows and not any(rows[-1][1]):
        rows = rows[:-1]
    if len(rows) == 1 and sum(map(bool, rows[0][1])) <= 1:
        line, cells = rows[0]
        yield Paragraph("".join(cells), line.place())
    elif rows:
        # Where no row ends blank and some are shorter, blanks at their ends may have been taken for spaces.
        short = len({len(cells) for _, cells in rows}) > 1 and all(cells[-1] for _, cells in rows)
        yield grid(rows, Kind.GRID if not short or _has_spans(rows) else Kind.PADDED)


def _has_spans(rows: Sequence[Row]) -> bool:
    """Tell whether rows differ as those of a page do, where a spanning cell is copied once."""
    return not any(not cell for _, cells in rows for cell in cells[1:])


def _stands_alone(rows: Sequence[Row], at: int) -> bool:
    """Tell whether a row is a text of its own: long, or the heading of titles that follow it."""
    text = _only_text(rows[at][1])
    if not text:
        return False
    if len(text) > _LONG or "。" in text:
        return True
    ahead = [cells for _, cells in rows[at + 1 : at + 4] if any(cells)]
    if not _PART.match(text):
        return at == 0 and not any(is_value_like(cell) and cell for cell in rows[at][1])
    # A row of the form without a number looks the same, but what follows it is another row.
    if ahead and _only_text(ahead[0]) and not _PART.match(ahead[0][0]):
        ahead = ahead[1:]
    return not ahead or (
        sum(map(bool, ahead[0])) > 1 and not any(is_value_like(one) for one in ahead[0] if one)
    )


def _only_text(cells: Sequence[str]) -> str:
    alone = bool(cells[0]) and not any(cells[1:]) and not is_value_like(cells[0])
    return cells[0] if alone else ""
