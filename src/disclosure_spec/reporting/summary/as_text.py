"""A summary as lines of text, in columns."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from disclosure_spec.reporting.summary.tables import Share, tables, text_of
from disclosure_spec.reporting.telling import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.reporting.summary.rollup import RollUp
    from disclosure_spec.reporting.summary.tables import Table
    from disclosure_spec.wording import Language

_WIDE: Final = frozenset({"W", "F"})
_GAP: Final = "  "


def render(rollup: RollUp, language: Language) -> Iterator[str]:
    """Yield the tables one after the other."""
    for number, table in enumerate(tables(rollup)):
        yield ("\n" if number else "") + f"{table.title.get(language)}\n"
        yield from _lines(table, language)


def _lines(table: Table, language: Language) -> Iterator[str]:
    heads = [one.get(language) for one in table.columns]
    # What a report says may not drive the reader's terminal; a line break in it is no row of ours.
    rows = [
        heads,
        *([visible(text_of(one, language)).replace("\n", " ") for one in row] for row in table.rows),
    ]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    # Figures stand under one another by their last digits.
    right = [any(isinstance(one, int | Share) for one in column) for column in zip(*table.rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, right, strict=True)
        yield "  " + _GAP.join(_padded(*cell) for cell in cells).rstrip() + "\n"


def _padded(text: str, width: int, right: bool) -> str:  # noqa: FBT001 - zipped from columns
    space = " " * (width - _width(text))
    return space + text if right else text + space


def _width(text: str) -> int:
    """Return the columns of a terminal that a text takes: a Chinese character takes two."""
    return sum(1 + (unicodedata.east_asian_width(one) in _WIDE) for one in text)
