"""Excel workbooks: ours by their sheets, others by what their rows look like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec.errors import InputError
from disclosure_spec.grid import Content, GridCell, Paragraph, Role, Table
from disclosure_spec.particulars import HEADING
from disclosure_spec.place import Note, Place
from disclosure_spec.reading.labels import normalise
from disclosure_spec.reading.limiting import within_limits
from disclosure_spec.reading.package import Package
from disclosure_spec.reading.values import printed
from disclosure_spec.reading.xlsx_blocks import SheetGrid, foreign_blocks
from disclosure_spec.reading.xlsx_book import address, read_book
from disclosure_spec.sheets import (
    CHECKS,
    CONTINUED,
    COVER,
    FRONT,
    HINT,
    OPTIONAL,
    PREFACE,
    PROSE,
    SUMMARY,
    TITLE,
    is_table_sheet,
)
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.grid import Block
    from disclosure_spec.reading.xlsx_book import Book, Sheet

_LABELS, _VALUES, _HINTS = range(3)
_MARK: Final = re.compile(r"ds\d\d_t\d+_\d\d_\d\d")
_NO_CONTENT: Final = Wording(
    "工作簿里没有可见的内容。", "There is nothing in the visible sheets of this workbook."
)
_HIDDEN_SHEET: Final = Wording(
    "工作表“{sheet}”是隐藏的，未读。", "Sheet “{sheet}” is hidden; it was not read."
)
_HIDDEN_ROWS: Final = Wording(
    "工作表“{sheet}”有隐藏的行或列，其中的内容也已读取。",
    "Sheet “{sheet}” has hidden rows or columns; what they hold was read too.",
)
_DATE: Final = Wording(
    "工作表“{sheet}”的{cell}格是日期（{text}）；如应为数字，请改单元格格式后重填。",
    "Cell {cell} of sheet “{sheet}” is a date ({text}); for a number change its format and retype it.",
)


def read_xlsx(data: bytes) -> Content:
    """Return the visible tables and paragraphs of a workbook, sheet by sheet.

    Raises:
        InputError: `read.no_content`; see `Package`, `read_book` and `within_limits`.
    """
    book = read_book(Package(data))
    visible = [sheet for sheet in book.sheets if sheet.visible]
    ours = bool(book.form) or any(_MARK.fullmatch(name) for name in book.names.values())
    blocks = within_limits(block for sheet in visible for block in _blocks(sheet, book, ours=ours))
    if not blocks:
        raise InputError("read.no_content", _NO_CONTENT)
    return Content(blocks, form=book.form, notes=tuple(_notes(book, ours=ours)))


def _blocks(sheet: Sheet, book: Book, *, ours: bool) -> Iterator[Block]:
    grid = SheetGrid(sheet, book.names)
    if not ours:
        yield from foreign_blocks(grid)
    elif sheet.name == COVER:
        yield from _cover(grid)
    elif sheet.name == PROSE:
        yield from _prose(grid)
    elif is_table_sheet(sheet.name):
        yield from _table(grid)
    elif sheet.name != CHECKS:
        yield from foreign_blocks(grid)


def _table(grid: SheetGrid) -> Iterator[Block]:
    """Give a sheet of ours: the heading of the part, and the table below it, whatever rows are blank."""
    rows = grid.rows()
    shown = [one for one in rows[0] if one.text] if rows else []
    if len(shown) == 1:
        yield Paragraph(shown[0].text, shown[0].place, Role.HEADING)
        rows = rows[1:]
    if rows:
        yield Table(tuple(tuple(row) for row in rows))


def _prose(grid: SheetGrid) -> Iterator[Block]:
    for label, text in _pairs(grid):
        if label.text == HINT:
            yield Paragraph(printed(text.text), text.place, Role.PROMPT)
            continue
        if label.text:
            yield Paragraph(printed(label.text), label.place, Role.HEADING)
        yield from _lines(text, Role.TEXT)


def _lines(cell: GridCell, role: Role) -> Iterator[Paragraph]:
    lines = (line for line in cell.text.split("\n") if line)
    yield from (Paragraph(line, cell.place, role) for line in lines)


def _cover(grid: SheetGrid) -> Iterator[Block]:
    """Give title, preface and particulars; all else on the sheet explains, or sums up the checks."""
    parts = _parts(grid)
    yield from _front(parts.get(FRONT, []))
    stated = [(label, text) for label, text in parts.get(HEADING.zh, []) if label.text]
    rows = [(label, text) for label, text in stated if not _is_unused(grid, text)]
    if rows:
        yield Paragraph(HEADING.zh, rows[0][0].place, Role.PARTICULARS)
        yield Table(tuple(_renumbered(label, text, row) for row, (label, text) in enumerate(rows)))


def _parts(grid: SheetGrid) -> dict[str, list[tuple[GridCell, GridCell]]]:
    """Return the rows under each of the headings of the sheet."""
    heads = {normalise(one): one for one in (FRONT, HEADING.zh, SUMMARY)}
    parts: dict[str, list[tuple[GridCell, GridCell]]] = {}
    part = ""
    for label, text in _pairs(grid):
        head = "" if text.text else heads.get(normalise(label.text), "")
        part = head or part
        if not head:
            parts.setdefault(part, []).append((label, text))
    return parts


def _front(rows: list[tuple[GridCell, GridCell]]) -> Iterator[Paragraph]:
    field = ""
    for label, text in rows:
        field = label.text or field
        if field == TITLE and text.text:
            yield Paragraph(text.text, text.place, Role.TITLE)
        elif field == PREFACE:
            yield from _lines(text, Role.PREFACE)


def _is_unused(grid: SheetGrid, text: GridCell) -> bool:
    return not text.text and grid.cell(text.row, _HINTS).text.startswith(OPTIONAL)


def _renumbered(label: GridCell, text: GridCell, row: int) -> tuple[GridCell, GridCell]:
    return (
        GridCell(label.text, row, _LABELS, 1, 1, label.place),
        GridCell(text.text, row, _VALUES, 1, 1, text.place, text.mark),
    )


def _pairs(grid: SheetGrid) -> Iterator[tuple[GridCell, GridCell]]:
    """Give the label and the text of every row, with the pieces of one text joined."""
    waiting: tuple[GridCell, GridCell] | None = None
    for row in grid.numbers():
        label, text = grid.cell(row, _LABELS), grid.cell(row, _VALUES)
        if label.text == CONTINUED and waiting:
            whole = waiting[1]
            waiting = (
                waiting[0],
                GridCell(whole.text + text.text, whole.row, whole.column, 1, 1, whole.place, whole.mark),
            )
            continue
        if waiting:
            yield waiting
        waiting = label, text
    if waiting:
        yield waiting


def _notes(book: Book, *, ours: bool) -> Iterator[Note]:
    for sheet in book.sheets:
        if not sheet.visible:
            if sheet.texts:
                yield Note("xlsx.hidden_sheet", _HIDDEN_SHEET.fill(sheet=sheet.name), Place(sheet=sheet.name))
            continue
        if sheet.hides and not (ours and sheet.name == CHECKS):
            yield Note("xlsx.hidden_rows", _HIDDEN_ROWS.fill(sheet=sheet.name), Place(sheet=sheet.name))
        for at in sheet.dates:
            text, cell = sheet.texts[at], address(at)
            wording = _DATE.fill(sheet=sheet.name, cell=cell, text=text)
            yield Note("xlsx.date", wording, Place(sheet=sheet.name, cell=cell, raw=text))
