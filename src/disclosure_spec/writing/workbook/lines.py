"""The sheets 说明 and 文字: rows of a label and a text, with what to know beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.document import get_at
from disclosure_spec.particulars import CHOICES, particulars
from disclosure_spec.sheets import CONTINUED
from disclosure_spec.writing.workbook.looks import height
from disclosure_spec.writing.workbook.plan import HINTS, LABELS, VALUES, Kind
from disclosure_spec.writing.workbook.values import as_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.writing.workbook.looks import Looks
    from disclosure_spec.writing.workbook.plan import Line, Plan

COVER_WIDTHS: Final = (150, 430, 330)
PROSE_WIDTHS: Final = (60, 720)
_A4: Final = 9
_ROOM: Final = 150
"""Points of a cell in which a part is to be written."""

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@")
_YEAR_WRONG: Final = "请填{low}至{high}之间的四位年份。"
_CHOICE_WRONG: Final = "请从列表中选择。"
_WRONG: Final = "填写有误"


class LineSheet:
    """Write one of the two sheets.

    Args:
        sheet: The empty worksheet.
        looks: Looks of cells.
        widths: Of the columns, in pixels.
    """

    def __init__(self, sheet: Any, looks: Looks, widths: tuple[int, ...]) -> None:
        self._sheet = sheet
        self._looks = looks
        self._widths = widths
        for column, width in enumerate(widths):
            sheet.set_column_pixels(column, column, width)
        # These two sheets are read as pages, not as tables.
        sheet.hide_gridlines(2)
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.7, right=0.7, top=0.8, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C— &P —")

    def write(self, lines: tuple[Line, ...], values: Mapping[str, Any]) -> None:
        """Write the rows from the top.

        Args:
            lines: The rows.
            values: Numbers among the values, by pointer; all others are texts.
        """
        for row, line in enumerate(lines):
            self._WRITERS[line.kind](self, row, line, values)
        # The cursor waits where there is something to fill in.
        first = next((row for row, line in enumerate(lines) if line.kind in {Kind.FIELD, Kind.TEXT}), 0)
        self._sheet.set_selection(first, VALUES, first, VALUES)

    def _across(self, row: int, text: str, look: str, points: float) -> None:
        self._sheet.set_row(row, points)
        self._sheet.merge_range(row, LABELS, row, len(self._widths) - 1, text, self._looks[look])

    def _name(self, row: int, line: Line, _: Mapping[str, Any]) -> None:
        self._across(row, line.label, "name", 42)

    def _head(self, row: int, line: Line, _: Mapping[str, Any]) -> None:
        self._across(row, line.label, "head", 26)

    def _advice(self, row: int, line: Line, _: Mapping[str, Any]) -> None:
        self._across(row, line.label, "advice", height(line.label, sum(self._widths)))

    def _gap(self, row: int, _line: Line, _: Mapping[str, Any]) -> None:
        self._sheet.set_row(row, 10)

    def _hint(self, row: int, line: Line, _: Mapping[str, Any]) -> None:
        self._sheet.write_string(row, LABELS, line.label, self._looks["more"])
        self._sheet.write_string(row, VALUES, line.text, self._looks["hint"])

    def _text(self, row: int, line: Line, _: Mapping[str, Any]) -> None:
        if line.label:
            self._sheet.write_string(row, LABELS, line.label, self._looks["more"])
        look = "quoted prose" if line.text.startswith(_STARTS_A_FORMULA) else "prose"
        if line.text:
            self._sheet.write_string(row, VALUES, line.text, self._looks[look])
            self._sheet.set_row(row, height(line.text, self._widths[VALUES], 12))
        else:
            # An empty cell of the height of a line would tell people to write a line.
            self._sheet.write_blank(row, VALUES, None, self._looks[look])
            self._sheet.set_row(row, _ROOM)

    def _field(self, row: int, line: Line, values: Mapping[str, Any]) -> None:
        label = "more" if line.label in {"", CONTINUED} else "label"
        if line.label:
            self._sheet.write_string(row, LABELS, line.label, self._looks[label])
        number = as_number(values[line.pointer]) if line.pointer in values else None
        if number is not None:
            self._sheet.write_number(row, VALUES, number, self._looks["number field"])
        elif line.text:
            self._sheet.write_string(row, VALUES, line.text, self._looks["field"])
        else:
            look = "number field" if line.pointer in values else "field"
            self._sheet.write_blank(row, VALUES, None, self._looks[look])
        if line.hint:
            self._sheet.write_string(row, HINTS, line.hint, self._looks["hint"])
        points = max(height(line.text, self._widths[VALUES]), height(line.hint, self._widths[HINTS]))
        self._sheet.set_row(row, max(22, points))

    _WRITERS: Final = {
        Kind.NAME: _name,
        Kind.HEAD: _head,
        Kind.ADVICE: _advice,
        Kind.GAP: _gap,
        Kind.HINT: _hint,
        Kind.TEXT: _text,
        Kind.FIELD: _field,
    }


def guard_particulars(sheet: Any, made: Plan, edition: Edition) -> None:
    """Let the sheet say, while typing, what the particulars may be."""
    for one in particulars(edition):
        spot = made.spots.get(one.pointer)
        if spot is None:
            continue
        if one.schema.get("type") == "integer":
            low, high = one.schema["minimum"], one.schema["maximum"]
            words = _YEAR_WRONG.format(low=low, high=high)
            rule = {"validate": "integer", "criteria": "between", "minimum": low, "maximum": high}
        # A list to choose from, as a kind typed freely would be read as no kind at all.
        elif "enum" in one.schema:
            words = _CHOICE_WRONG
            source = [CHOICES[value].zh if value in CHOICES else str(value) for value in one.schema["enum"]]
            rule = {"validate": "list", "source": source}
        else:
            continue
        rule |= {"error_title": _WRONG, "error_message": words}
        sheet.data_validation(spot.row, spot.column, spot.row, spot.column, rule)


def numbers(edition: Edition, document: Document) -> Mapping[str, Any]:
    """Return the particulars that are numbers, by pointer."""
    return {
        one.pointer: get_at(document, one.pointer)
        for one in particulars(edition)
        if one.schema.get("type") == "integer"
    }
