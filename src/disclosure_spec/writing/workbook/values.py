"""What Excel can hold: numbers of fifteen digits, cells of some thirty thousand characters."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from disclosure_spec.document import MISSING, get_at, with_value
from disclosure_spec.limits import MAX_DIGITS
from disclosure_spec.particulars import particulars
from disclosure_spec.writing.layout import printed_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_spec.document import Document, JSONValue, Missing
    from disclosure_spec.edition import Edition

LONGEST: Final = 32_000
"""Characters of one cell, a little below Excel's own limit of 32767 halves of UTF-16."""

_BASIC_PLANE: Final = "\uffff"
_SMALLEST: Final = -200
"""The power of ten below which Excel no longer holds a number."""


def as_number(value: JSONValue | Missing) -> Decimal | None:
    """Return a value as a number that Excel gives back digit for digit; None for all else."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    digits = "".join(map(str, number.as_tuple().digits)).strip("0")
    # Written as a number it would come back with its last digits changed.
    if len(digits) > MAX_DIGITS or (number and number.adjusted() < _SMALLEST):
        return None
    return number


def as_excel_sees(document: Document, edition: Edition, pointers: Iterable[str]) -> Document:
    """Return the document with texts in place of what the workbook has to hold as a text.

    Args:
        document: The report.
        edition: Its edition.
        pointers: What stands in a cell of its own.
    """
    counted = {one.pointer for one in particulars(edition) if one.schema.get("type") == "integer"}
    counted |= edition.cell_at.keys()
    for pointer in pointers:
        value = get_at(document, pointer)
        if value is None or value is MISSING or isinstance(value, str):
            continue
        # A code that data give as a number is a text like any other code once it is written down.
        if pointer not in counted or as_number(value) is None:
            document = with_value(document, pointer, printed_text(value))
    return document


def pieces(text: str, longest: int) -> Iterator[str]:
    """Cut a text that is too long for one cell, behind a sentence where there is one."""
    while units(text) > longest:
        # In halves of UTF-16 a text is at most twice as long as in characters.
        end = longest if units(text[:longest]) <= longest else longest // 2
        stop = text.rfind("。", end // 2, end)
        end = stop + 1 if stop > 0 else end
        yield text[:end]
        text = text[end:]
    yield text


def packed(lines: Iterable[str], longest: int) -> Iterator[str]:
    """Join as many lines as one cell holds; a line that no cell holds stays alone."""
    cell: list[str] = []
    size = 0
    for line in lines:
        size += units(line) + 1
        if cell and size > longest:
            yield "\n".join(cell)
            cell, size = [], units(line) + 1
        cell.append(line)
    yield "\n".join(cell)


def units(text: str) -> int:
    """Return the length of a text as Excel counts it, in halves of UTF-16."""
    return len(text) + sum(one > _BASIC_PLANE for one in text)
