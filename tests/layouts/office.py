"""Word and Excel: tables as agencies draw them, and files of ours after others had them in hand."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import openpyxl
import xlsxwriter  # type: ignore[import-untyped]
from tests.layouts.page import starts

from disclosure_spec.blank import blank
from disclosure_spec.document import with_value
from disclosure_spec.grid import Content, GridCell, Paragraph, Table
from disclosure_spec.marks import marks
from disclosure_spec.writing import write
from disclosure_spec.writing.docx import write_docx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from random import Random

    from openpyxl import Workbook
    from tests.layouts.figures import Figures
    from tests.layouts.page import Block, Page, Rows

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition

_WIDTH: Final = 900
"""Of a column of a table in Word."""


def grid(rows: Rows, names: Mapping[str, str]) -> Table:
    """Return a table with every cell in its column; with the marks of inputs, where there are names."""
    made = tuple(
        tuple(
            GridCell(
                box.text,
                at,
                column,
                min(box.rowspan, len(rows) - at),
                box.colspan,
                mark=names.get(box.pointer, ""),
            )
            for column, box in zip(columns, row, strict=True)
        )
        for at, (columns, row) in enumerate(zip(starts(rows), rows, strict=True))
    )
    width = max(cell.column + cell.colspan for row in made for cell in row)
    return Table(made, widths=(_WIDTH,) * width)


def _blocks(page: Page) -> Iterator[Block]:
    yield from page.front
    for pointer, heading in page.headings.items():
        yield heading
        yield from page.parts[pointer]
    yield from page.back


def word(page: Page, *, marked: bool = False) -> bytes:
    """Return a page as a Word file, with the marks of ours or as anybody's."""
    names = marks(page.edition) if marked else {}
    blocks = [Paragraph(one) if isinstance(one, str) else grid(one, names) for one in _blocks(page)]
    return write_docx(Content(tuple(blocks), (page.window,)))


def marked_word(page: Page) -> bytes:
    """Return a page as a Word file in which cells have the marks of ours."""
    return word(page, marked=True)


def sheet(page: Page) -> bytes:
    """Return a page as one sheet of a workbook, numbers as numbers."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False})
    made = book.add_worksheet("年报")
    look = book.add_format({"border": 1})
    at = 0
    for block in _blocks(page):
        if isinstance(block, str):
            made.write_string(at, 0, block)
            at += 1
            continue
        for row in grid(block, {}).rows:
            for cell in row:
                top, left = at + cell.row, cell.column
                bottom, right = top + cell.rowspan - 1, left + cell.colspan - 1
                if (top, left) != (bottom, right):
                    made.merge_range(top, left, bottom, right, "", look)
                # As typed: digits become a number, all else stays text.
                if cell.text.isascii() and cell.text.isdigit():
                    made.write_number(top, left, int(cell.text), look)
                else:
                    made.write_string(top, left, cell.text, look)
        at += len(block) + 1
    book.close()
    return data.getvalue()


OFFICE: Final[Mapping[str, Callable[[Page], bytes]]] = {
    "Word": word,
    "Word: cells marked as in ours": marked_word,
    "Excel: one sheet": sheet,
}


def as_document(figures: Figures) -> Document:
    """Return the document that holds just these figures."""
    document = blank(figures.edition)
    for pointer, value in figures.truth.items():
        document = with_value(document, pointer, value)
    return document


def untouched(_: Random, __: Workbook) -> None:
    """Save a workbook again."""


def nameless(_: Random, book: Workbook) -> None:
    """Drop the names of cells."""
    for name in list(book.defined_names):
        del book.defined_names[name]


def rows_put_in(rng: Random, book: Workbook) -> None:
    """Put an empty row above every table."""
    for made in book.worksheets:
        count = rng.randint(1, 3)
        merged = list(made.merged_cells.ranges)
        for one in merged:
            made.unmerge_cells(str(one))
        made.insert_rows(1, count)
        # The library leaves merges where they were, other than any program that people use.
        for one in merged:
            one.shift(row_shift=count)
            made.merge_cells(str(one))


def unmerged(_: Random, book: Workbook) -> None:
    """Drop all merges."""
    for made in book.worksheets:
        for one in list(made.merged_cells.ranges):
            made.unmerge_cells(str(one))


def renamed(_: Random, book: Workbook) -> None:
    """Give the sheets of the form other names, not that of the checks."""
    for number, made in enumerate(book.worksheets, start=1):
        if not any(cell.data_type == "f" for row in made.iter_rows() for cell in row):
            made.title = f"Sheet{number}"


TOUCHES: Final[Mapping[str, Callable[[Random, Workbook], None]]] = {
    "ours: workbook saved again": untouched,
    "ours: workbook without names": nameless,
    "ours: workbook with rows put in, names left where they were": rows_put_in,
    "ours: workbook without merges": unmerged,
    "ours: workbook with other sheet names": renamed,
}

OURS: Final = ("html", "fragment", "md", "docx", "xlsx")
"""Formats of ours that print the form."""


def ours(figures: Figures, edition: Edition, format_name: str) -> bytes:
    """Return the figures as a file of ours."""
    return write(as_document(figures), edition, format_name)


def touched(rng: Random, figures: Figures, name: str) -> bytes:
    """Return a workbook of ours as others leave it."""
    book = openpyxl.load_workbook(io.BytesIO(ours(figures, figures.edition, "xlsx")))
    TOUCHES[name](rng, book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
