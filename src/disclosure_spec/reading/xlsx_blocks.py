"""The rows of a sheet as tables and paragraphs, for sheets that nobody made for a program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import replace
from disclosure_spec.grid import GridCell, Paragraph, Table
from disclosure_spec.limits import MAX_SHEET_COLUMNS, MAX_SHEET_ROWS
from disclosure_spec.place import Place
from disclosure_spec.reading.values import is_value_like, printed
from disclosure_spec.reading.xlsx_book import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.grid import Block
    from disclosure_spec.reading.xlsx_book import At, Sheet

Row = list[GridCell]

_HEADING: Final = re.compile(r"\s*[一二三四五六七八九十]+、")
# No label of a form is as long, and none is a sentence.
_LONG: Final = 100
_SENTENCE: Final = 30
_STOP: Final = "。"
_PAIR: Final = 2


class SheetGrid:
    """Look cells of a sheet up by position, merged ones by their first.

    Args:
        sheet: The sheet.
        names: The defined names of the workbook.
    """

    def __init__(self, sheet: Sheet, names: Mapping[tuple[str, At], str]) -> None:
        self._sheet = sheet
        self._names = {at: name for (owner, at), name in names.items() if owner == sheet.name}
        self._spans: dict[At, At] = {}
        self._covered: set[At] = set()
        for first, last in sheet.merges:
            # A title merged over all sixteen thousand columns is no wide table.
            bottom, right = min(last[0], MAX_SHEET_ROWS - 1), min(last[1], MAX_SHEET_COLUMNS - 1)
            self._spans[first] = bottom, right
            area = (
                (row, column) for row in range(first[0], bottom + 1) for column in range(first[1], right + 1)
            )
            self._covered |= set(area) - {first}
        # Blank cells count where a border, or a mark of ours, shows that something is to stand there.
        used = {*sheet.texts, *sheet.outlined, *self._names} - self._covered
        self._used = {at for at in used if at[0] < MAX_SHEET_ROWS and at[1] < MAX_SHEET_COLUMNS}

    def numbers(self) -> list[int]:
        """Return the rows in which something stands or is to stand."""
        return sorted({at[0] for at in self._used})

    def cell(self, row: int, column: int) -> GridCell:
        """Return the cell at a position, also one that is blank; a span is that of the sheet."""
        at = row, column
        text = "" if at in self._covered else self._sheet.texts.get(at, "")
        bottom, right = self._spans.get(at, at)
        place = Place(sheet=self._sheet.name, cell=address(at), raw=text)
        mark = self._names.get(at, "")
        return GridCell(text, row, column, bottom - row + 1, right - column + 1, place, mark)

    def rows(self, numbers: Sequence[int] | None = None) -> list[Row]:
        """Return rows with every cell between the first and the last column in use, blank ones too.

        Args:
            numbers: The rows; all that are in use when None.
        """
        chosen = self.numbers() if numbers is None else numbers
        wanted = set(chosen)
        # A column in which no cell begins is a gap in the layout of the sheet, or inside merged cells.
        columns = sorted({column for row, column in self._used if row in wanted})
        position = {column: number for number, column in enumerate(columns)}
        return [self._row(row, number, columns, position) for number, row in enumerate(chosen)]

    def _row(self, row: int, number: int, columns: Iterable[int], position: Mapping[int, int]) -> Row:
        made: Row = []
        for column in columns:
            if (row, column) not in self._covered:
                cell = self.cell(row, column)
                width = sum(one in position for one in range(column, column + cell.colspan))
                at = position[column]
                text = printed(cell.text)
                made.append(GridCell(text, number, at, cell.rowspan, width, cell.place, cell.mark))
        return made


def foreign_blocks(grid: SheetGrid) -> Iterator[Block]:
    """Give the tables and paragraphs of a sheet in the order of its rows, cut at blank rows and headings."""
    for numbers in _runs(grid):
        rows = grid.rows(numbers)
        if all(_is_text(row) for row in rows):
            for row in rows:
                yield from _paragraphs(row)
        else:
            yield from _mixed(rows)


def _runs(grid: SheetGrid) -> Iterator[list[int]]:
    """Give rows that follow each other without a blank one between them."""
    run: list[int] = []
    for number in grid.numbers():
        # A blank row is how people part what belongs to different tables.
        if run and number > run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _mixed(rows: Sequence[Row]) -> Iterator[Block]:
    table: list[Row] = []
    width = max(sum(cell.colspan for cell in row) for row in rows)
    for row in rows:
        head = _heading(row)
        # A row label may look the same when its cells are blank; in the table it is there as well.
        unsure = head is not None and head.colspan == 1
        ends = unsure or (head is not None and head.colspan >= width) or _is_prose(row)
        if unsure and table:
            table.append(row)
        if ends or (not table and _is_alone(row)):
            yield from _made(table)
            table = []
            yield from _paragraphs(row)
        else:
            table.append(row)
    yield from _made(table)


def _heading(row: Row) -> GridCell | None:
    """Return the cell of a row that may be the heading of a part."""
    shown = [cell for cell in row if cell.text]
    return shown[0] if _is_alone(row) and _HEADING.match(shown[0].text) else None


def _is_alone(row: Row) -> bool:
    shown = [cell.text for cell in row if cell.text]
    return len(shown) == 1 and not is_value_like(shown[0])


def _made(rows: Sequence[Row]) -> Iterator[Table]:
    if rows:
        yield Table(tuple(map(tuple, _spanned(rows))))


def _spanned(rows: Sequence[Row]) -> Sequence[Row]:
    """Give back to labels the cells they were merged with, where a copy has lost all of its merges.

    Left of the first number of a table, and of the first title beside another, stand only labels, and a blank
    beside one was part of it.
    """
    numbers = [cell.column for row in rows for cell in row if cell.text and is_value_like(cell.text)]
    merged = any(cell.rowspan > 1 or cell.colspan > 1 for row in rows for cell in row)
    # A column of nothing but blanks is one of values all the same.
    first = 0 if merged else min([*numbers, *_second_titles(rows)], default=0)
    return [_with_blanks(row, first) for row in rows]


def _second_titles(rows: Sequence[Row]) -> Iterator[int]:
    """Give the columns of the second texts of the rows above the first number."""
    for row in rows:
        shown = [cell for cell in row if cell.text]
        if any(is_value_like(cell.text) for cell in shown):
            return
        yield from (cell.column for cell in shown[1:2])


def _with_blanks(row: Row, first: int) -> Row:
    """Return a row with the blanks left of a column as part of the labels before them."""
    kept: Row = []
    for cell in row:
        if kept and kept[-1].text and not cell.text and cell.column < first:
            kept[-1] = replace(kept[-1], colspan=kept[-1].colspan + 1)
        else:
            kept.append(cell)
    return kept


def _is_text(row: Row) -> bool:
    """Tell a row of running text: one cell, or a heading with its text beside it."""
    shown = [cell.text for cell in row if cell.text]
    # Some keep the headings in one column and the texts in the next.
    beside = len(shown) == _PAIR and bool(_HEADING.match(shown[0]))
    return len(shown) <= 1 or beside or _is_prose(row)


def _is_prose(row: Row) -> bool:
    shown = [cell.text for cell in row if cell.text]
    if not shown or len(shown) > _PAIR:
        return False
    return len(shown[-1]) >= _LONG or (_STOP in shown[-1] and len(shown[-1]) >= _SENTENCE)


def _paragraphs(row: Row) -> Iterator[Paragraph]:
    for cell in row:
        lines = map(printed, cell.text.split("\n"))
        yield from (Paragraph(line, cell.place) for line in lines if line)
