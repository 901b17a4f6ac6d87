"""A summary as one file of comma-separated values: the first value of each line names its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_spec.reporting.as_csv import BOM, line
from disclosure_spec.reporting.summary.tables import tables, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.reporting.summary.rollup import RollUp
    from disclosure_spec.wording import Language


def render(rollup: RollUp, language: Language) -> Iterator[bytes]:
    """Yield the lines of each table, its titles first; bytes, as line ends are CRLF on every system."""
    yield BOM.encode()
    for table in tables(rollup):
        yield line([table.key, *(one.get(language) for one in table.columns)]).encode()
        yield from (
            line([table.key, *(text_of(one, language) for one in row)]).encode() for row in table.rows
        )
