"""Print reports as pages and texts, in the layouts that are met in use."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.document import MISSING, Document, get_at

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from disclosure_spec.edition import Section

    Row = list[dict[str, Any]]
    Rows = list[Row]


def rows_of(section: Section, document: Document) -> Rows:
    """Return the cells that start in each row of a table, with what is printed in them as `shown`.

    Raises:
        ValueError: The section is no table.
    """
    if section.grid is None:
        raise ValueError(f"no table at {section.pointer}")
    rows: Rows = [[] for _ in range(section.grid["rows"])]
    units = {cell.pointer: cell.unit_pointer for row in section.rows for cell in row.cells}
    for cell in section.grid["cells"]:
        # A unit that is not printed in a label stands behind the number.
        places = [cell["pointer"], units[cell["pointer"]]] if cell["kind"] == "input" else []
        shown = "".join(_shown(document, one) for one in places) if places else cell["text"]["zh"]
        rows[cell["row"]].append({**cell, "shown": shown})
    return [_in_order(row) for row in rows]


def _shown(document: Document, pointer: str | None) -> str:
    value = get_at(document, pointer) if pointer else None
    return "" if value is None or value is MISSING else str(value)


def _in_order(row: Row) -> Row:
    return sorted(row, key=lambda cell: int(cell["column"]))


def page(blocks: Sequence[str | Rows], draw: str, charset: str) -> str:
    """Return lines and tables as a web page."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines += [f"<p>{escape(line)}</p>" for line in block.split("\n")]
        else:
            lines += ["<table>", *PAGES[draw](block), "</table>"]
    head = f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"></head><body>'
    return "\n".join([head, *lines, "</body></html>", ""])


def text(blocks: Sequence[str | Rows], draw: str) -> str:
    """Return lines and tables as a text."""
    lines: list[str] = []
    for block in blocks:
        lines += [block] if isinstance(block, str) else TEXTS[draw](block)
    return "\n".join([*lines, ""])


def _merged(rows: Rows) -> list[str]:
    return [f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows]


def _cell(cell: Mapping[str, Any]) -> str:
    spans = (f' {name}="{cell[name]}"' for name in ("rowspan", "colspan") if cell[name] > 1)
    return f"<td{''.join(spans)}>{cell['shown']}</td>"


def _unmerged(rows: Rows) -> list[str]:
    """Draw titles over several rows as some editors copy them: one row high, with blanks below."""
    copied: Rows = [[] for _ in rows]
    for cell in (one for row in rows for one in row):
        copied[cell["row"]].append({**cell, "rowspan": 1} if cell["kind"] == "header" else cell)
        for below in range(1, cell["rowspan"] if cell["kind"] == "header" else 1):
            copied[cell["row"] + below].append({**cell, "rowspan": 1, "shown": ""})
    return _merged([_in_order(row) for row in copied])


def _wrapped(rows: Rows) -> list[str]:
    """Draw labels broken and spaced out, values as paragraphs."""
    return _merged([[{**cell, "shown": _loose(cell)} for cell in row] for row in rows])


def _loose(cell: Mapping[str, Any]) -> str:
    shown: str = cell["shown"]
    return f"<p> {shown}&nbsp;</p>" if cell["kind"] == "input" else f"{shown[:2]} <br/>{shown[2:]}"


def _piped(rows: Rows) -> list[str]:
    return [f"| {' | '.join(cell['shown'] for cell in row)} |" for row in rows]


def _markdown(rows: Rows) -> list[str]:
    titles, *others = _piped(rows)
    return [titles, "|---|---|", *others, ""]


def _tabbed(rows: Rows) -> list[str]:
    return ["\t".join(cell["shown"] for cell in row) for row in rows]


def _one_a_line(rows: Rows) -> list[str]:
    return [cell["shown"] for row in rows for cell in row]


PAGES: Final[Mapping[str, Callable[[Rows], list[str]]]] = {
    "merged": _merged,
    "unmerged": _unmerged,
    "wrapped": _wrapped,
}
"""How a table is drawn in a page."""

TEXTS: Final[Mapping[str, Callable[[Rows], list[str]]]] = {
    "piped": _piped,
    "markdown": _markdown,
    "tabbed": _tabbed,
    "one_a_line": _one_a_line,
}
"""How a table is drawn in a text."""
