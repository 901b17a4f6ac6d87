"""The sheets of the tables: the official form, filled in, with what may stand in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.document import get_at
from disclosure_spec.grid import CellRole
from disclosure_spec.writing.workbook.looks import height
from disclosure_spec.writing.workbook.plan import TABLE_AT, Spot
from disclosure_spec.writing.workbook.values import as_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Cell, Edition, Section
    from disclosure_spec.grid import GridCell, Table
    from disclosure_spec.writing.workbook.looks import Looks

_LOOKS: Final = {
    CellRole.BAND: "band",
    CellRole.HEADER: "cell",
    CellRole.NOTE: "cell",
    CellRole.LABEL: "row label",
    CellRole.INPUT: "input",
}
_TITLES: Final = frozenset({CellRole.BAND, CellRole.HEADER, CellRole.NOTE})
_TWIPS_A_PIXEL: Final = 15
# On a screen the printed widths are too small to type in; print is fitted to the page anyway.
_UPRIGHT, _ACROSS = 1.25, 1.9
_LOWEST: Final = 24.0
_A4: Final = 9
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@")
_WRONG: Final = "填写有误"
_WHOLE: Final = "此格应填{low}至{high}之间的整数，没有的填0。"
_AMOUNT: Final = "此格应填不小于{low}的数，没有的填0。"
_AMOUNT_UNIT: Final = "请连同单位填写，例如：12.5{unit}；没有的填0。单位可以是：{units}。"


class TableSheet:
    """Write one part that is a table.

    Args:
        sheet: The empty worksheet.
        name: Its name.
        looks: Looks of cells.
        edition: The edition of the form.
    """

    def __init__(self, sheet: Any, name: str, looks: Looks, edition: Edition) -> None:
        self._sheet = sheet
        self._name = name
        self._looks = looks
        self._edition = edition
        self._widths: tuple[int, ...] = ()

    def write(self, section: Section, table: Table, pointers: Mapping[str, str], document: Document) -> None:
        """Write heading and cells.

        Args:
            section: The part of the form.
            table: Its cells as laid out.
            pointers: Where the value of each mark stands.
            document: The report.
        """
        # A wide table is printed across the page.
        across = len(table.widths) > len(table.rows)
        factor = (_ACROSS if across else _UPRIGHT) / _TWIPS_A_PIXEL
        self._widths = tuple(round(one * factor) for one in table.widths)
        for column, width in enumerate(self._widths):
            self._sheet.set_column_pixels(column, column, width)
        self._sheet.set_row(0, 30)
        last = len(self._widths) - 1
        self._sheet.merge_range(0, 0, 0, last, section.heading.zh, self._looks["head"])
        for row, points in enumerate(self._heights(table)):
            self._sheet.set_row(row + TABLE_AT, points)
        cells = [cell for row in table.rows for cell in row]
        for cell in cells:
            self._frame(cell)
            if cell.role is CellRole.INPUT:
                self._fill(cell, pointers[cell.mark], document)
            else:
                self._sheet.write_string(cell.row + TABLE_AT, cell.column, cell.text, self._look(cell))
        self._set_up(cells, across=across)

    def _look(self, cell: GridCell) -> Any:
        return self._looks[_LOOKS[cell.role or CellRole.LABEL]]

    def _frame(self, cell: GridCell) -> None:
        if cell.rowspan > 1 or cell.colspan > 1:
            top = cell.row + TABLE_AT
            bottom, right = top + cell.rowspan - 1, cell.column + cell.colspan - 1
            # Merged first and filled afterwards, because merging writes the first cell too.
            self._sheet.merge_range(top, cell.column, bottom, right, "", self._look(cell))

    def _fill(self, cell: GridCell, pointer: str, document: Document) -> None:
        row, column = cell.row + TABLE_AT, cell.column
        known = self._edition.cell_at[pointer]
        number = as_number(get_at(document, pointer))
        unit = get_at(document, known.unit_pointer) if known.unit_pointer else None
        if number is not None and not isinstance(unit, str):
            self._sheet.write_number(row, column, number, self._look(cell))
        elif cell.text:
            # The look of a typed apostrophe: edited again, the text stays a text.
            quoted = "quoted input" if cell.text.startswith(_STARTS_A_FORMULA) else "input"
            self._sheet.write_string(row, column, cell.text, self._looks[quoted])
        else:
            self._sheet.write_blank(row, column, None, self._look(cell))
        self._guard(row, column, known)

    def _guard(self, row: int, column: int, cell: Cell) -> None:
        """Say what may stand in a cell, while typing and, since pasting goes past that, by its colour."""
        limits: Mapping[str, int] = self._edition.schema["$defs"][cell.type]
        low, high = limits["minimum"], limits["maximum"]
        at = Spot(self._name, row, column).local
        whole = cell.type != "amount"
        if cell.unit_pointer:
            # Number and unit are one text here, which no validation while typing knows.
            hint = _AMOUNT_UNIT.format(unit=cell.units[-1], units="、".join(cell.units))
            self._sheet.data_validation(row, column, row, column, {"validate": "any", "input_message": hint})
            wrong = _wrong_with_unit(at, low, cell)
        else:
            words = (_WHOLE if whole else _AMOUNT).format(low=low, high=high)
            rule = {
                "validate": "integer" if whole else "decimal",
                "criteria": "between",
                "minimum": low,
                "maximum": high,
                "error_title": _WRONG,
                "error_message": words,
            }
            self._sheet.data_validation(row, column, row, column, rule)
            fraction = f",{at}<>INT({at})" if whole else ""
            bad = f"OR({at}<{low},{at}>{high}{fraction})"
            # No comparison outside of the branch for numbers: an error would silence the rule.
            wrong = f"=IF(ISBLANK({at}),FALSE,IF(ISNUMBER({at}),{bad},TRUE))"
        look = {"type": "formula", "criteria": wrong, "format": self._looks["bad"], "stop_if_true": True}
        self._sheet.conditional_format(row, column, row, column, look)

    def _heights(self, table: Table) -> list[float]:
        heights = [_LOWEST] * len(table.rows)
        cells = sorted((one for row in table.rows for one in row), key=lambda one: one.rowspan)
        for cell in (one for one in cells if one.role is not CellRole.INPUT):
            width = sum(self._widths[cell.column : cell.column + cell.colspan])
            rows = range(cell.row, cell.row + cell.rowspan)
            more = height(cell.text, width) - sum(heights[row] for row in rows)
            for row in rows if more > 0 else ():
                heights[row] += more / len(rows)
        return [round(one, 2) for one in heights]

    def _set_up(self, cells: Sequence[GridCell], *, across: bool) -> None:
        inputs = [cell for cell in cells if cell.role is CellRole.INPUT]
        first = min(cell.row for cell in inputs)
        # Titles that come again further down belong to the rows below them only.
        once = max(cell.row for cell in cells if cell.role in _TITLES) < first
        top = first + TABLE_AT if once else TABLE_AT
        self._sheet.freeze_panes(top, 0)
        if once:
            self._sheet.repeat_rows(0, top - 1)
        start = inputs[0]
        self._sheet.set_selection(start.row + TABLE_AT, start.column, start.row + TABLE_AT, start.column)
        self._sheet.set_paper(_A4)
        if across:
            self._sheet.set_landscape()
        self._sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)
        self._sheet.center_horizontally()
        self._sheet.fit_to_pages(1, 1)
        # What users note beside the table is theirs and is not printed.
        bottom = max(cell.row + cell.rowspan for cell in cells) + TABLE_AT - 1
        self._sheet.print_area(0, 0, bottom, len(self._widths) - 1)


def _wrong_with_unit(at: str, low: int, cell: Cell) -> str:
    """Return a formula that is true for a number without unit, and for a text that is no number with one."""
    bare = at
    # The longest first: one unit is the end of the others.
    for unit in sorted(cell.units, key=len, reverse=True):
        bare = f'SUBSTITUTE({bare},"{unit}","")'
    text = f"IF(ISNUMBER(VALUE({bare})),OR(VALUE({bare})<{low},ISNUMBER(VALUE({at}))),TRUE)"
    return f"=IF(ISBLANK({at}),FALSE,IF(ISNUMBER({at}),{at}<>0,{text}))"
