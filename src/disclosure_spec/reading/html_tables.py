"""The tables of a web page: which hold data, which only lay out the page, and what their cells show."""

from __future__ import annotations

import re
import sys
from enum import Enum
from typing import TYPE_CHECKING, Final, cast

import lxml.etree

from disclosure_spec._values import dataclass
from disclosure_spec.grid import GridCell
from disclosure_spec.limits import MAX_SPAN
from disclosure_spec.marks import HTML_MARK as MARK
from disclosure_spec.place import Place
from disclosure_spec.reading.html_frame import is_heading, source_line
from disclosure_spec.reading.values import printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lxml.etree import _Element

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
# The characters of an element are counted by lxml itself, in a third of the time.
_LENGTH: Final = cast("Callable[[_Element], float]", lxml.etree.XPath("string-length()"))
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


@dataclass(frozen=True, slots=True)
class PageRow:
    """A visible row, and the visible cells that start in it."""

    element: _Element
    cells: tuple[_Element, ...]


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of a page, what it is for, and its own rows."""

    kind: TableKind
    rows: tuple[PageRow, ...] = ()


def tables_of(root: _Element) -> Mapping[_Element, PageTable]:
    """Return every table: one that has another with more cells in it only lays out the page."""
    found: dict[_Element, PageTable] = {}
    open_tables: list[_Open] = []
    for event, element in lxml.etree.iterwalk(root, events=("start", "end"), tag=("table", *_CELLS)):
        if element.tag in _CELLS:
            if event == "start" and open_tables:
                open_tables[-1].cells += 1
        elif element.tag == "table" and event == "start":
            open_tables.append(_Open())
        elif element.tag == "table":
            done = open_tables.pop()
            rows = tuple(map(row_of, _rows(element)))
            is_deep = len(open_tables) > _DEEPEST
            is_frame = is_deep or done.largest > done.cells or _is_layout(rows)
            found[element] = PageTable(TableKind.FRAME if is_frame else TableKind.DATA, rows)
            if not is_frame:
                found.update(dict.fromkeys(element.iterdescendants("table"), PageTable(TableKind.INNER)))
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


def _is_alone(table: _Element) -> bool:
    row = next(table.iterancestors("tr"), None)
    return row is not None and len(_cells(row)) <= 1


def _is_layout(rows: Sequence[PageRow]) -> bool:
    # A single column is a frame around text, not data; beside a menu the article is one cell.
    return not any(map(_has_cells, rows)) or any(map(_holds_article, rows))


def _holds_article(row: PageRow) -> bool:
    # All cells together first: there are few rows, and hardly one is as long.
    if _LENGTH(row.element) <= _ARTICLE or next(row.element.iter("table"), None) is not None:
        return False
    return any(_LENGTH(cell) > _ARTICLE for cell in row.cells)


def _rows(table: _Element) -> list[_Element]:
    """Return the visible rows of a table, without those of tables in its cells."""
    return [
        row
        for row in table.iter("tr")
        if next(row.iterancestors("table"), None) is table and not is_skipped(row)
    ]


def row_of(element: _Element) -> PageRow:
    """Return a row with its cells."""
    return PageRow(element, tuple(_cells(element)))


def parted(rows: Sequence[PageRow]) -> Iterator[tuple[str, Sequence[PageRow]]]:
    """Cut a sheet that holds a whole report at the headings in it.

    Gives a line of text, or the rows of a table under an empty line. A workbook saved as a page is one table,
    where headings and paragraphs are cells over all columns.
    """
    lines = [_line_of(row) for row in rows]
    if sum(map(is_heading, lines)) < _SEVERAL:
        yield "", rows
        return
    waiting: list[PageRow] = []
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


def _line_of(row: PageRow) -> str:
    """Return the text of a row that is one cell over several columns; empty for any other."""
    cells = row.cells
    return _cell_text(cells[0]) if len(cells) == 1 and _span(cells[0], "colspan") > 1 else ""


def text_rows(rows: Sequence[PageRow], table: int) -> Iterator[tuple[GridCell, ...]]:
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
        for ordinal, cell in enumerate(row.cells, start=1):
            while covered.get(column, 0) > number:
                column += 1
            rowspan, colspan = _span(cell, "rowspan"), _span(cell, "colspan")
            if rowspan > 1 or colspan > 1:
                covered.update(dict.fromkeys(range(column, column + colspan), number + rowspan))
            text = _cell_text(cell) or printed(cell.get(_EXCEL_NUMBER, ""))
            place = Place(line=source_line(cell), table=table, row=number + 1, column=ordinal, raw=text)
            made.append(GridCell(text, number, column, rowspan, colspan, place, cell.get(MARK, "")))
            column += colspan
        yield tuple(made)


def _has_cells(row: PageRow) -> bool:
    """Tell whether a row has several cells, as data have."""
    return len(row.cells) > 1


def is_row_alone(row: PageRow, tables: Mapping[_Element, PageTable]) -> bool:
    """Tell a row of data in a table that otherwise lays out the page, or in none: a piece of a page."""
    table = next(row.element.iterancestors("table"), None)
    kind = TableKind.FRAME if table is None else tables[table].kind
    no_table = next(row.element.iter("table"), None) is None
    return kind is TableKind.FRAME and _has_cells(row) and no_table and not _holds_article(row)


def is_skipped(element: _Element) -> bool:
    """Tell what is not seen on the page, or was never part of its text."""
    # For comments and the like lxml has a function in place of the tag.
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:  # type: ignore[redundant-expr] # unknown to stubs
        return True
    # Of hidden fields and checkboxes nobody sees the value.
    if element.tag == "input" and element.get("type", "text").lower() not in {"text", "number"}:
        return True
    return is_hidden(element)


def is_hidden(element: _Element) -> bool:
    """Tell whether the page itself hides an element."""
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and bool(_HIDDEN.search(style)))


def one_line(text: str | None) -> str:
    """Return text with white space as a browser shows it."""
    return _SPACE.sub(" ", text or "")


def _cells(row: _Element) -> list[_Element]:
    return [cell for cell in row.iterchildren(*_CELLS) if not is_hidden(cell)]


def _span(cell: _Element, name: str) -> int:
    stated = cell.get(name)
    found = _SPAN.match(stated) if stated is not None else None
    if found is None:
        return 1
    digits = found.group(1)
    return max(1, min(int(digits) if len(digits) <= _LONGEST_SPAN else MAX_SPAN, MAX_SPAN))


def _cell_text(cell: _Element) -> str:
    """Return the visible text of a cell, one line a paragraph; in pages of ours spaces are as written."""
    if not len(cell):
        return printed(cell.text or "") if cell.get(MARK) is not None else printed(one_line(cell.text))
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


def _boundary(element: _Element) -> str:
    # A footnote mark must not become a digit of the number it stands at.
    return " " if element.tag in _RAISED else "" if element.tag in INLINE else "\n"
