"""The tables of a web page: which hold data, which only lay out the page, and what their cells show."""

from __future__ import annotations

import re
import sys
from enum import Enum
from typing import TYPE_CHECKING, Final

import lxml.etree

from disclosure_spec.grid import GridCell
from disclosure_spec.limits import MAX_SPAN
from disclosure_spec.marks import HTML_MARK as MARK
from disclosure_spec.place import Place
from disclosure_spec.reading.html_frame import is_heading
from disclosure_spec.reading.values import printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.html import HtmlElement

# Struck-out text is what the author took back; scripts, frames and buttons were never in the report.
_SKIPPED: Final = frozenset(
    {"script", "style", "noscript", "template", "head", "header", "footer", "nav", "iframe", "object", "svg"}
    | {"button", "select", "option", "del", "s", "strike"}
)
_RAISED: Final = frozenset({"sup", "sub"})
# All other elements end a line; `o:p` is Word's own and stands inside a line.
INLINE: Final = _RAISED | frozenset(
    {"a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "img", "input", "ins", "kbd", "label"}
    | {"mark", "o:p", "q", "s", "small", "span", "strike", "strong", "tt", "u", "wbr"}
)
"""Elements inside a line."""

_SEVERAL: Final = 2
_CELLS: Final = frozenset({"td", "th"})
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# As browsers read it: leading digits count, the rest of `2px` does not.
_SPAN: Final = re.compile(r"\s*\+?0*([0-9]+)")
# Longer ones are beyond the limit anyway, and int() of a million digits takes its time.
_LONGEST_SPAN: Final = 3
_ARTICLE: Final = 1_000
"""Characters of a cell that can only be the text of the page, beside its menu."""

_DEEPEST: Final = 12
"""Tables around a table of data; who nests them deeper has nothing to say in them."""

# What Excel writes beside the text of a cell; some programs write nothing else.
_EXCEL_NUMBER: Final = "x:num"


class TableKind(Enum):
    """Say what a table of a page is for."""

    DATA = "data"
    FRAME = "frame"
    """It lays out the page: what is in it is read as if it were not there."""

    INNER = "inner"
    """It stands in a cell of data, and is part of the text of that cell."""


def table_kinds(root: HtmlElement) -> Mapping[HtmlElement, TableKind]:
    """Return what each table is for: one that has another with more cells in it only lays out the page."""
    found: dict[HtmlElement, TableKind] = {}
    open_tables: list[_Open] = []
    for event, element in lxml.etree.iterwalk(root, events=("start", "end")):
        if element.tag in _CELLS and event == "start" and open_tables:
            open_tables[-1].cells += 1
        elif element.tag == "table" and event == "start":
            open_tables.append(_Open())
        elif element.tag == "table":
            done = open_tables.pop()
            is_deep = len(open_tables) > _DEEPEST
            is_frame = is_deep or done.largest > done.cells or _is_layout(element)
            found[element] = TableKind.FRAME if is_frame else TableKind.DATA
            if not is_frame:
                found.update(dict.fromkeys(element.iterdescendants("table"), TableKind.INNER))
            if open_tables:
                open_tables[-1].holds(done, alone=_is_alone(element))
    return found


class _Open:
    """A table not yet at its end: its own cells, and those of the largest table in it."""

    def __init__(self) -> None:
        self.cells = 0
        self.largest = 0

    def holds(self, inner: _Open, *, alone: bool) -> None:
        """Take note of a table in a cell; in a row of its own it is not beside data."""
        self.largest = sys.maxsize if alone else max(self.largest, inner.cells, inner.largest)


def _is_alone(table: HtmlElement) -> bool:
    row = next(table.iterancestors("tr"), None)
    return row is not None and len(_cells(row)) <= 1


def _is_layout(table: HtmlElement) -> bool:
    rows = rows_of(table)
    # A single column is a frame around text, not data; beside a menu the article is one cell.
    return not any(map(has_cells, rows)) or any(map(_holds_article, rows))


def _holds_article(row: HtmlElement) -> bool:
    texts = ("".join(map(str, cell.itertext())) for cell in _cells(row))
    return next(row.iter("table"), None) is None and any(len(text) > _ARTICLE for text in texts)


def rows_of(table: HtmlElement) -> list[HtmlElement]:
    """Return the visible rows of a table, without those of tables in its cells."""
    return [
        row
        for row in table.iter("tr")
        if next(row.iterancestors("table"), None) is table and not is_skipped(row)
    ]


def parted(rows: Sequence[HtmlElement]) -> Iterator[tuple[str, list[HtmlElement]]]:
    """Cut a sheet that holds a whole report at the headings in it.

    Gives a line of text, or the rows of a table under an empty line. A workbook saved as a page is one table,
    where headings and paragraphs are cells over all columns.
    """
    lines = [_line_of(row) for row in rows]
    if sum(map(is_heading, lines)) < _SEVERAL:
        yield "", list(rows)
        return
    waiting: list[HtmlElement] = []
    below_heading = False
    for row, line in zip(rows, lines, strict=True):
        below_heading = is_heading(line) or (below_heading and bool(line))
        if not below_heading:
            waiting.append(row)
            continue
        if waiting:
            yield "", waiting
            waiting = []
        yield line, [row]
    if waiting:
        yield "", waiting


def _line_of(row: HtmlElement) -> str:
    """Return the text of a row that is one cell over several columns; empty for any other."""
    cells = _cells(row)
    return _cell_text(cells[0]) if len(cells) == 1 and _span(cells[0], "colspan") > 1 else ""


def text_rows(rows: Sequence[HtmlElement], table: int) -> Iterator[tuple[GridCell, ...]]:
    """Give the cells that start in each row.

    Args:
        rows: The rows of one table.
        table: Its ordinal on the page.
    """
    # Columns serve to compare widths only: copies lose rowspans, so values are found by their ordinal.
    covered: dict[int, int] = {}
    for number, row in enumerate(rows):
        made: list[GridCell] = []
        column = 0
        for ordinal, cell in enumerate(_cells(row), start=1):
            while covered.get(column, 0) > number:
                column += 1
            rowspan, colspan = _span(cell, "rowspan"), _span(cell, "colspan")
            covered.update(dict.fromkeys(range(column, column + colspan), number + rowspan))
            text = _cell_text(cell) or printed(cell.get(_EXCEL_NUMBER, ""))
            place = Place(line=cell.sourceline, table=table, row=number + 1, column=ordinal, raw=text)
            made.append(GridCell(text, number, column, rowspan, colspan, place, cell.get(MARK, "")))
            column += colspan
        yield tuple(made)


def has_cells(row: HtmlElement) -> bool:
    """Tell whether a row has several cells, as data have."""
    return len(_cells(row)) > 1


def is_row_alone(row: HtmlElement, kinds: Mapping[HtmlElement, TableKind]) -> bool:
    """Tell a row of data in a table that otherwise lays out the page, or in none: a piece of a page."""
    table = next(row.iterancestors("table"), None)
    kind = TableKind.FRAME if table is None else kinds[table]
    no_table = next(row.iter("table"), None) is None
    return kind is TableKind.FRAME and has_cells(row) and no_table and not _holds_article(row)


def is_skipped(element: HtmlElement) -> bool:
    """Tell what is not seen on the page, or was never part of its text."""
    # For comments and the like lxml has a function in place of the tag.
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return True
    # Of hidden fields and checkboxes nobody sees the value.
    if element.tag == "input" and element.get("type", "text").lower() not in {"text", "number"}:
        return True
    return is_hidden(element)


def is_hidden(element: HtmlElement) -> bool:
    """Tell whether the page itself hides an element."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def one_line(text: str | None) -> str:
    """Return text with white space as a browser shows it."""
    return _SPACE.sub(" ", text or "")


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in _CELLS and not is_skipped(cell)]


def _span(cell: HtmlElement, name: str) -> int:
    found = _SPAN.match(cell.get(name, ""))
    if found is None:
        return 1
    digits = found.group(1)
    return max(1, min(int(digits) if len(digits) <= _LONGEST_SPAN else MAX_SPAN, MAX_SPAN))


def _cell_text(cell: HtmlElement) -> str:
    """Return the visible text of a cell, one line a paragraph; in pages of ours spaces are as written."""
    if cell.get(MARK) is not None and not len(cell):
        return printed(cell.text or "")
    parts: list[str] = []
    walk = lxml.etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if element is cell:
            parts.append(one_line(element.text) if event == "start" else "")
            continue
        parts.append(_boundary(element))
        if event == "end":
            parts.append(one_line(element.tail))
        elif is_skipped(element):
            walk.skip_subtree()
        else:
            parts += [one_line(element.text), element.get("value", "") if element.tag == "input" else ""]
    lines = (printed(line) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _boundary(element: HtmlElement) -> str:
    # A footnote mark must not become a digit of the number it stands at.
    return " " if element.tag in _RAISED else "" if element.tag in INLINE else "\n"
