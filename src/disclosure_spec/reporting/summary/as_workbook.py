"""A summary as a workbook, a sheet for each of its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.reporting.summary.tables import Share, tables, text_of
from disclosure_spec.reporting.workbook.texts import fitting
from disclosure_spec.writing.workbook import new_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.reporting.summary.rollup import RollUp
    from disclosure_spec.reporting.summary.tables import Table, Value
    from disclosure_spec.wording import Language

_HEAD: Final = {"bold": True, "border": 1, "bg_color": "#C6D9F1", "text_wrap": True, "valign": "top"}
# The look of a typed apostrophe: edited again, a text that begins like a formula stays a text.
_TEXT: Final = {"border": 1, "valign": "top", "text_wrap": True, "quote_prefix": True}
_NUMBER: Final = {"border": 1, "valign": "top"}
_SHARE: Final = {"border": 1, "valign": "top", "num_format": "0.0%"}
_FONT: Final = {"font_name": "宋体", "font_size": 11}
_NARROWEST, _WIDEST = 8, 60
_A4: Final = 9


def render(rollup: RollUp, language: Language) -> Iterator[bytes]:
    """Yield the workbook."""
    yield summary_workbook(rollup, language)


def summary_workbook(rollup: RollUp, language: Language) -> bytes:
    """Return the workbook, the same to the byte whenever it is written.

    Raises:
        UsageError: `extra.office`, the library that writes workbooks is not installed.
    """
    made, book = new_workbook()
    looks = {
        key: book.add_format({**_FONT, **look})
        for key, look in (("head", _HEAD), ("text", _TEXT), ("number", _NUMBER), ("share", _SHARE))
    }
    for table in tables(rollup):
        _write(book.add_worksheet(table.title.get(language)[:31]), table, looks, language)
    book.close()
    return made.getvalue()


def _write(sheet: Any, table: Table, looks: dict[str, Any], language: Language) -> None:
    for column, title in enumerate(table.columns):
        texts = [title.get(language), *(text_of(row[column], language) for row in table.rows)]
        longest = max(sum(1 + (one >= "\u2e80") for one in text) for text in texts)
        sheet.set_column(column, column, min(max(longest + 2, _NARROWEST), _WIDEST))
        sheet.write_string(0, column, title.get(language), looks["head"])
    for number, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            _cell(sheet, number, column, value, looks, language)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _cell(sheet: Any, row: int, column: int, value: Value, looks: dict[str, Any], language: Language) -> None:  # noqa: PLR0913, PLR0917 - a cell, what it holds and how
    if isinstance(value, int):
        sheet.write_number(row, column, value, looks["number"])
    elif isinstance(value, Share):
        sheet.write_number(row, column, value.part / value.whole, looks["share"])
    else:
        sheet.write_string(row, column, fitting(text_of(value, language)), looks["text"])
