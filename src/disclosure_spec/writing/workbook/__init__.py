"""A report as an Excel workbook: the official tables, the texts, and the rules as live formulas."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.document import get_at
from disclosure_spec.errors import UsageError
from disclosure_spec.marks import IDENTITY, PREFIX, marks
from disclosure_spec.sheets import CHECKS, COVER, PROSE
from disclosure_spec.wording import Wording
from disclosure_spec.writing.layout import lay_out
from disclosure_spec.writing.workbook.checking import CheckSheet, colour_cells, outcome_names, summarise
from disclosure_spec.writing.workbook.checks import checks
from disclosure_spec.writing.workbook.lines import (
    COVER_WIDTHS,
    PROSE_WIDTHS,
    LineSheet,
    guard_particulars,
    numbers,
)
from disclosure_spec.writing.workbook.looks import Looks
from disclosure_spec.writing.workbook.plan import plan
from disclosure_spec.writing.workbook.tables import TableSheet
from disclosure_spec.writing.workbook.values import as_number

if TYPE_CHECKING:
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.writing.workbook.plan import Plan

__all__ = ["new_workbook", "write_xlsx"]

# A file that says when it was made would never be the same twice.
_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_MISSING: Final = Wording(
    "写Excel文件需要 XlsxWriter；请运行：pip install 'disclosure-spec[office]'",
    "Writing Excel files needs XlsxWriter; run: pip install 'disclosure-spec[office]'",
)
# Text from a report must never become a formula or a link, whatever it begins with.
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(document: Document, edition: Edition) -> bytes:
    """Return a report, draft or blank as a workbook, the same to the byte whenever it is written.

    Args:
        document: The report.
        edition: Its edition.

    Raises:
        UsageError: `extra.office`, the library that writes workbooks is not installed.
    """
    content = lay_out(document, edition)
    made, book = new_workbook()
    book.set_properties({"title": edition.form["title"]["zh"], "created": _EPOCH})
    book.set_custom_property(IDENTITY, content.form)
    # Otherwise a program set to calculate by hand would show old results while cells are filled in.
    book.set_calc_mode("auto")
    _write(book, document, edition, plan(content, edition))
    book.close()
    return made.getvalue()


def new_workbook() -> tuple[io.BytesIO, Any]:
    """Return an empty workbook, and where its bytes will be when it is closed.

    Raises:
        UsageError: `extra.office`, the library that writes workbooks is not installed.
    """
    try:
        import xlsxwriter  # type: ignore[import-untyped] # noqa: PLC0415 - needed by those who write workbooks
    except ImportError:
        raise UsageError("extra.office", _MISSING) from None
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, _OPTIONS)
    book.set_properties({"created": _EPOCH})
    return made, book


def _write(book: Any, document: Document, edition: Edition, where: Plan) -> None:
    looks = Looks(book)
    sheets = {name: book.add_worksheet(name) for name in (COVER, *where.tables, PROSE, CHECKS)}
    equations, left = checks(document, edition, where.spots)
    LineSheet(sheets[COVER], looks, COVER_WIDTHS).write(where.cover, numbers(edition, document))
    guard_particulars(sheets[COVER], where, edition)
    pointers = {mark: pointer for pointer, mark in marks(edition).items()}
    for name, (section, table) in where.tables.items():
        TableSheet(sheets[name], name, looks, edition).write(section, table, pointers, document)
    LineSheet(sheets[PROSE], looks, PROSE_WIDTHS).write(where.prose, {})
    CheckSheet(sheets[CHECKS], looks, equations).write(left)
    outcomes = outcome_names(equations, f"{PREFIX}{edition.name[-2:]}")
    colour_cells(sheets, equations, outcomes, looks)
    summarise(sheets[COVER], looks, equations, where, _filled(document, edition))
    # Names go along when a user moves or inserts rows, so that reader and colours find the cells again.
    for name, spot in {**where.names, **outcomes}.items():
        book.define_name(name, f"={spot.reference}")
    # The file opens on what explains it.
    sheets[COVER].activate()


def _filled(document: Document, edition: Edition) -> int:
    """Count the cells that Excel sees a number in."""
    return sum(
        as_number(get_at(document, cell.pointer)) is not None
        # A number with its unit behind it is a text to Excel.
        and not (cell.unit_pointer and isinstance(get_at(document, cell.unit_pointer), str))
        for cell in edition.cells
    )
