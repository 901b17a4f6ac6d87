"""Count what a file makes the readers build, and stop where no report goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.errors import InputError
from disclosure_spec.grid import Kind, Table
from disclosure_spec.limits import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_LINES,
    MAX_ROWS,
    MAX_TABLES,
    MAX_TEXT_CHARACTERS,
)
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_spec.grid import Block

_LINES: Final = Wording("文字超过 {limit} 行", "more than {limit} lines")
_TABLES: Final = Wording("表格超过 {limit} 个", "more than {limit} tables")
_ROWS: Final = Wording("第 {number} 个表超过 {limit} 行", "table {number} has more than {limit} rows")
_COLUMNS: Final = Wording(
    "第 {number} 个表的一行超过 {limit} 格", "a row of table {number} has more than {limit} cells"
)
_CELL: Final = Wording(
    "第 {number} 个表的一格超过 {limit} 字", "a cell of table {number} has more than {limit} characters"
)
_TEXT: Final = Wording("一段文字超过 {limit} 字", "a paragraph has more than {limit} characters")
_BEYOND: Final = Wording(
    "{what}；一份报告远小于此，请检查是否选错了文件。",
    "There is {what}; a report is far smaller, check the file.",
)


def check_lines(text: str) -> None:
    """Refuse a text of more lines than any report has, before they are looked at one by one.

    Raises:
        InputError: `read.too_many_lines`.
    """
    _check(len(text.splitlines()) > MAX_LINES, "too_many_lines", _LINES, MAX_LINES, 0)


def within_limits(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return the blocks as they are.

    Raises:
        InputError: `read.too_many_tables`, `read.too_many_rows`, `read.too_many_columns`,
            `read.cell_too_long` or `read.text_too_long`.
    """
    kept: list[Block] = []
    tables = 0
    # Readers yield block by block, so a refusal stops them before the rest is built.
    for block in blocks:
        kept.append(block)
        if isinstance(block, Table):
            tables += 1
            _check(tables > MAX_TABLES, "too_many_tables", _TABLES, MAX_TABLES, tables)
            _check_table(block, tables)
        else:
            _check(len(block.text) > MAX_TEXT_CHARACTERS, "text_too_long", _TEXT, MAX_TEXT_CHARACTERS, 0)
    return tuple(kept)


def _check_table(table: Table, number: int) -> None:
    cells = max((len(row) for row in table.rows), default=0)
    longest = max((len(cell.text) for row in table.rows for cell in row), default=0)
    _check(len(table.rows) > MAX_ROWS, "too_many_rows", _ROWS, MAX_ROWS, number)
    # A stream is a whole table in one row.
    limit = MAX_COLUMNS * MAX_ROWS if table.kind is Kind.STREAM else MAX_COLUMNS
    _check(cells > limit, "too_many_columns", _COLUMNS, limit, number)
    _check(longest > MAX_CELL_CHARACTERS, "cell_too_long", _CELL, MAX_CELL_CHARACTERS, number)


def _check(beyond: bool, code: str, wording: Wording, limit: int, number: int) -> None:  # noqa: FBT001
    if beyond:
        what = wording.fill(limit=limit, number=number)
        raise InputError(f"read.{code}", _BEYOND.fill(what=what))
