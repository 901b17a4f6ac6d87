"""From a document to blocks: the official form as filled, alike for a blank, a draft and a report."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec._scalars import write_number
from disclosure_spec.document import MISSING, get_at
from disclosure_spec.grid import CellRole, Content, GridCell, Paragraph, Role, Table
from disclosure_spec.marks import marks, particular_mark
from disclosure_spec.particulars import CHOICES, HEADING, own_values, particulars
from disclosure_spec.prompts import prompt
from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_spec.document import Document, JSONValue, Missing
    from disclosure_spec.edition import Edition
    from disclosure_spec.grid import Block

_PARTICULARS_WIDTHS: Final = (3200, 6540)
"""Of the label and the value, together as wide as the tables of the form."""


def lay_out(document: Document, edition: Edition, *, with_particulars: bool = True) -> Content:
    """Return the blocks of a report as they are printed, each with its role, cells with their marks.

    Args:
        document: A report, draft or blank of the edition.
        edition: Its edition.
        with_particulars: Whether the table that says whose report it is stands at the end.
    """
    blocks = list(_blocks(document, edition))
    if with_particulars:
        blocks += _particulars(document, edition)
    # The first paragraph is what a window or a tab shows.
    titles = tuple(block.text for block in blocks[:1] if isinstance(block, Paragraph))
    return Content(tuple(blocks), titles, f"{edition.spec_version}/{edition.name}")


def _blocks(document: Document, edition: Edition) -> Iterator[Block]:
    title = list(_lines(get_at(document, "/title"), Role.TITLE))
    # Without a title of its own a report shows that of the form, which no reader takes for one.
    yield from title or [Paragraph(edition.form["title"]["zh"], role=Role.CAPTION)]
    yield from _lines(get_at(document, "/preface"), Role.PREFACE)
    names = marks(edition)
    for section in edition.sections:
        yield Paragraph(section.heading.zh, role=Role.HEADING)
        if section.grid:
            yield _table(section.grid, document, names)
            continue
        lines = list(_lines(get_at(document, section.pointer), Role.TEXT))
        yield from lines or [Paragraph(prompt(section, edition), role=Role.PROMPT)]


def _lines(text: JSONValue | Missing, role: Role) -> Iterator[Paragraph]:
    if isinstance(text, str):
        yield from (Paragraph(line, role=role) for line in text.split("\n") if line)


def _table(grid: Mapping[str, Any], document: Document, names: Mapping[str, str]) -> Table:
    cells = [_cell(one, document, names) for one in grid["cells"]]
    # Rows that cells from above fill have none of their own, and still count.
    rows = {row: tuple(found) for row, found in groupby(cells, lambda cell: cell.row)}
    return Table(tuple(rows.get(number, ()) for number in range(grid["rows"])), widths=tuple(grid["widths"]))


def _cell(cell: Mapping[str, Any], document: Document, names: Mapping[str, str]) -> GridCell:
    pointer = cell.get("pointer", "")
    text = printed_value(document, pointer, cell.get("unit_pointer")) if pointer else cell["text"]["zh"]
    return GridCell(
        text,
        cell["row"],
        cell["column"],
        cell["rowspan"],
        cell["colspan"],
        mark=names.get(pointer, ""),
        role=CellRole(cell["kind"]),
    )


def printed_value(document: Document, pointer: str, unit_pointer: str | None) -> str:
    """Return what stands in a cell of the form: a number or mark with its unit; nothing for a blank."""
    value = get_at(document, pointer)
    unit = get_at(document, unit_pointer) if unit_pointer else None
    return printed_text(value) + (unit if isinstance(unit, str) else "")


def printed_text(value: JSONValue | Missing) -> str:
    """Return a value as it is printed: exact, blank for null."""
    if value is None or value is MISSING:
        return ""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return write_number(value)
    return value if isinstance(value, str) else _as_json(value)


def _as_json(value: JSONValue) -> str:
    return dumps_json(value, indent=None).strip()


def _particulars(document: Document, edition: Edition) -> Iterator[Block]:
    yield Paragraph(HEADING.zh, role=Role.PARTICULARS)
    rows: list[tuple[str, str, str]] = []
    for one in particulars(edition):
        value = get_at(document, one.pointer)
        if value is not MISSING:
            text = CHOICES[value].zh if isinstance(value, str) and value in CHOICES else printed_text(value)
            rows.append((one.label.zh, text, particular_mark(edition, one.pointer)))
    # Keys of one's own have no label: their pointer tells the reader where they go.
    rows.extend((pointer, _as_json(value), "") for pointer, value in own_values(document, edition))
    yield Table(
        tuple(
            (
                GridCell(label, number, 0, 1, 1, role=CellRole.LABEL),
                GridCell(text, number, 1, 1, 1, mark=mark, role=CellRole.INPUT),
            )
            for number, (label, text, mark) in enumerate(rows)
        ),
        widths=_PARTICULARS_WIDTHS,
    )
