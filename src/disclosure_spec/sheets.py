"""The sheets of a workbook of ours, and the words by which its writer and its reader know the rows."""

from __future__ import annotations

import re
from typing import Final

COVER: Final = "说明"
"""What the workbook is, title and preface, whose report it is, and a summary of the checks."""

PROSE: Final = "文字"
"""The parts of the report that are not tables."""

CHECKS: Final = "校验"
"""The equations of the edition, evaluated as the cells are filled in."""

RESULTS: Final = "检查结果"
"""What a check found, in a workbook given back; no part of the report."""

HINT: Final = "提示"
"""Before what says how to fill in, which is no part of the report."""

CONTINUED: Final = "接上段"
"""Before the rest of a paragraph that one cell cannot hold or show."""

FRONT: Final = "报告标题和引言"
"""Over the rows of the title and the preface."""

TITLE: Final = "标题"
PREFACE: Final = "引言"
SUMMARY: Final = "校验情况"
"""Over the summary of the checks."""

OPTIONAL: Final = "可不填"
"""Begins what stands beside a row that is there to be used; left blank, the report does not state it."""

_TABLE: Final = "表"
_DIGITS: Final = "零一二三四五六七八九"
_TABLE_SHEET: Final = re.compile(f"{_TABLE}[十一二三四五六七八九]+")


def table_sheet(number: int) -> str:
    """Return the name of the sheet of a table by its number on the form, below a hundred: 表二, 表十一."""
    tens, ones = divmod(number, 10)
    head = f"{_DIGITS[tens] if tens > 1 else ''}十" if tens else ""
    return _TABLE + head + (_DIGITS[ones] if ones or not tens else "")


def is_table_sheet(name: str) -> bool:
    """Tell whether a sheet is named like one of a table."""
    return _TABLE_SHEET.fullmatch(name) is not None
