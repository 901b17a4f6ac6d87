"""Excel workbooks: ours by their sheets, others by what their rows look like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec.errors import InputError
from disclosure_spec.grid import Content, GridCell, Paragraph, Role, Table
from disclosure_spec.limits import MAX_SHEET_ROWS
from disclosure_spec.marks import RESULTS_MARK
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
_NO_VALUES: Final = Wording(
    "工作表“{sheet}”的{cell}格有公式而没有算出的值，多由程序生成；请用Excel或WPS打开、保存后再试。",
    "Cell {cell} of sheet “{sheet}” has a formula without a value, as programs leave it; "
    "open the file in Excel or WPS, save it and try again.",
)
_HIDDEN_SHEET: Final = Wording(
    "工作表“{sheet}”是隐藏的，未读。", "Sheet “{sheet}” is hidden; it was not read."
)
_HIDDEN_ROWS: Final = Wording(
    "工作表“{sheet}”有隐藏的行或列，其中的内容也已读取。",
    "Sheet “{sheet}” has hidden rows or columns; what they hold was read too.",
)
_DATE: Final = Wording(
    "工作表“{sheet}”的{cell}格是日期或时间（{text}）；如应为数字，请改单元格格式后重填。",
    "Cell {cell} of sheet “{sheet}” is a date or time ({text}); for a number change its format, retype it.",
)
_PERCENT: Final = Wording(
    "工作表“{sheet}”的{cell}格是百分数（{text}）；如应为数字，请改单元格格式后重填。",
    "Cell {cell} of sheet “{sheet}” is a percentage ({text}); for a number change its format and retype it.",
)
_FORMULAS: Final = Wording(
    "工作表“{sheet}”有{count}格是公式（{cell}等），读取的是保存时的结果；由公式求和的总计不能用来核对，请直接填数。",
    "{count} cells of sheet “{sheet}” hold formulas ({cell} is one); read was what they came to when it was "
    "saved. A total that a formula adds up proves nothing, please type the number.",
)
_MACROS: Final = Wording(
    "工作簿带有宏，没有运行；报告不需要宏，请另存为xlsx。",
    "The workbook carries macros, which were not run; a report needs none, save it as xlsx.",
)
_EXTERNAL: Final = Wording(
    "工作簿引用了别的文件或外部数据，没有打开；读取的是保存时的值，请把引用改为数值。",
    "The workbook refers to other files or data, which were not opened; the values are those stored with it, "
    "please type them instead.",
)
_MACRO_PARTS: Final = re.compile(
    r"(?:.*/)?(?:vbaProject\.bin|(?:macrosheets|intlMacrosheets)/.*)", re.IGNORECASE
)
_EXTERNAL_PARTS: Final = re.compile(
    r"(?:.*/)?(?:externalLinks/.*|queryTables/.*|connections\.xml)", re.IGNORECASE
)


def read_xlsx(data: bytes) -> Content:
    """Return the visible tables and paragraphs of a workbook, sheet by sheet.

    Raises:
        InputError: `read.no_content`, `xlsx.no_values`; see `Package`, `read_book` and `within_limits`.
    """
    package = Package(data)
    book = read_book(package)
    # The list that a check put into the workbook is no part of the report.
    listed = {sheet for (sheet, _), mark in book.names.items() if mark == RESULTS_MARK}
    visible = [sheet for sheet in book.sheets if sheet.visible and sheet.name not in listed]
    # Copies lose the property of the file sooner than the names of its cells.
    ours = bool(book.form) or any(_MARK.fullmatch(name) for name in book.names.values())
    for sheet in visible:
        _refuse_unvalued(sheet, ours=ours)
    blocks = within_limits(block for sheet in visible for block in _blocks(sheet, book, ours=ours))
    if not blocks:
        raise InputError("read.no_content", _NO_CONTENT)
    notes = (*_package_notes(package), *_notes(book, ours=ours))
    return Content(blocks, form=book.form, notes=notes)


def _refuse_unvalued(sheet: Sheet, *, ours: bool) -> None:
    """Refuse a formula without a value; those of our own that are not read may well have none."""
    last = MAX_SHEET_ROWS
    if ours and sheet.name == CHECKS:
        last = 0
    elif ours and sheet.name == COVER:
        last = next((row for (row, _), text in sheet.texts.items() if text == SUMMARY), last)
    at = next((at for at in sheet.unvalued if at[0] < last), None)
    if at is not None:
        raise InputError("xlsx.no_values", _NO_VALUES.fill(sheet=sheet.name, cell=address(at)))


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
    # The checks are ours to make: what they came to in the file decides nothing.
    elif sheet.name != CHECKS:
        yield from foreign_blocks(grid)


def _table(grid: SheetGrid) -> Iterator[Block]:
    """Give a sheet of ours: the heading of the part, and the table below it, whatever rows are blank."""
    rows = grid.rows()
    # A user may have deleted the heading; then the table begins at once.
    shown = [one for one in rows[0] if one.text] if rows else []
    if len(shown) == 1:
        yield Paragraph(shown[0].text, shown[0].place, Role.HEADING)
        rows = rows[1:]
    if rows:
        yield Table(tuple(tuple(row) for row in rows))


def _prose(grid: SheetGrid) -> Iterator[Block]:
    for label, text in _pairs(grid):
        if label.text == HINT:
            # The matcher drops it if it is still the prompt, and keeps what a user wrote in its place.
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
        # A heading stands alone in its row: a particular of the same name has a value beside it.
        head = "" if text.text else heads.get(normalise(label.text), "")
        part = head or part
        if not head:
            parts.setdefault(part, []).append((label, text))
    return parts


def _front(rows: list[tuple[GridCell, GridCell]]) -> Iterator[Paragraph]:
    field = ""
    for label, text in rows:
        # Further paragraphs of the preface have no label of their own.
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
        # A long paragraph was cut between two characters, so that nothing goes in between.
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


def _package_notes(package: Package) -> Iterator[Note]:
    """Say what the file carries besides cells; none of it is ever opened."""
    for code, parts, wording in (
        ("xlsx.macros", _MACRO_PARTS, _MACROS),
        ("xlsx.external", _EXTERNAL_PARTS, _EXTERNAL),
    ):
        if any(parts.fullmatch(one) for one in package.names):
            yield Note(code, wording)


def _notes(book: Book, *, ours: bool) -> Iterator[Note]:
    for sheet in book.sheets:
        if sheet.visible:
            yield from _sheet_notes(sheet, ours=ours)
        elif sheet.texts:
            yield Note("xlsx.hidden_sheet", _HIDDEN_SHEET.fill(sheet=sheet.name), Place(sheet=sheet.name))


def _sheet_notes(sheet: Sheet, *, ours: bool) -> Iterator[Note]:
    if ours and sheet.name == CHECKS:
        return
    if sheet.hides:
        yield Note("xlsx.hidden_rows", _HIDDEN_ROWS.fill(sheet=sheet.name), Place(sheet=sheet.name))
    # The cover sums our own checks up, and a date is what some of its rows ask for.
    if ours and sheet.name == COVER:
        return
    if sheet.formulas:
        cell = address(sheet.formulas[0])
        wording = _FORMULAS.fill(sheet=sheet.name, cell=cell, count=len(sheet.formulas))
        yield Note("xlsx.formulas", wording, Place(sheet=sheet.name, cell=cell))
    for code, cells, words in (
        ("xlsx.date", sheet.dates, _DATE),
        ("xlsx.percent", sheet.percents, _PERCENT),
    ):
        for at in cells:
            text, cell = sheet.texts[at], address(at)
            place = Place(sheet=sheet.name, cell=cell, raw=text)
            yield Note(code, words.fill(sheet=sheet.name, cell=cell, text=text), place)
