"""The tables of a Word document: physical rows, how cells join, which table only lays out the page."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from lxml.etree import iterwalk

from disclosure_spec._values import dataclass
from disclosure_spec.grid import GridCell
from disclosure_spec.limits import MAX_ROWS, MAX_SPAN
from disclosure_spec.marks import is_cell_mark
from disclosure_spec.place import Place
from disclosure_spec.reading.docx_xml import attribute, child, inside, is_placeholder, local_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lxml.etree import _Element

_LONGEST_NUMBER: Final = 9
_MARKS: Final = {"bookmarkStart": "name", "tag": "val"}
_MARKED: Final = tuple(f"{{*}}{name}" for name in _MARKS)


@dataclass(frozen=True, slots=True)
class _Start:
    """A cell of a physical row, with how it joins the one above."""

    element: _Element
    column: int
    span: int
    continues: bool
    merged: bool


def frames(document: _Element) -> frozenset[_Element]:
    """Return the tables that only lay out the page: one within them has more cells than they have."""
    found: set[_Element] = set()
    open_tables: list[list[int]] = []
    for event, element in iterwalk(document, events=("start", "end"), tag=("{*}tc", "{*}tbl")):
        name = local_name(element)
        if name == "tc" and event == "start" and open_tables:
            open_tables[-1][0] += 1
        elif name == "tbl" and event == "start":
            open_tables.append([0, 0])
        elif name == "tbl":
            own, largest = open_tables.pop()
            if largest > own:
                found.add(element)
            if open_tables:
                open_tables[-1][1] = max(open_tables[-1][1], own, largest)
    return frozenset(found)


def physical_rows(
    table: _Element, number: int, text_of: Callable[[_Element], str]
) -> Iterator[tuple[GridCell, ...]]:
    """Yield the cells that start in each row.

    Args:
        table: The element.
        number: Its ordinal in the file.
        text_of: What gives the text of a cell; it is asked once for each cell, in reading order.
    """
    rows: list[dict[int, _Start]] = []
    # One row too many is enough for a refusal.
    for row in islice(rows_of(table), MAX_ROWS + 1):
        rows.append(_starts(row, rows[-1] if rows else {}))
    for at, starts in enumerate(rows):
        made: list[GridCell] = []
        for start in starts.values():
            if start.continues:
                continue
            text = text_of(start.element)
            place = Place(table=number, row=at + 1, column=len(made) + 1, raw=text)
            rowspan = _rowspan(rows, at, start.column)
            made.append(GridCell(text, at, start.column, rowspan, start.span, place, _mark(start.element)))
        yield tuple(made)


def rows_of(table: _Element) -> Iterator[_Element]:
    """Yield the rows that no tracked change deleted."""
    return (row for row in inside(table, "tr") if child(row, "trPr", "del") is None)


def cells_of(row: _Element) -> Iterator[_Element]:
    """Yield the cells that no tracked change deleted."""
    return (cell for cell in inside(row, "tc") if child(cell, "tcPr", "cellDel") is None)


def is_unfilled(cell: _Element) -> bool:
    """Tell a cell that is all of a content control nobody filled in."""
    return is_placeholder(_control(cell))


def _control(cell: _Element) -> _Element | None:
    """Return the content control that is round a cell."""
    holder = cell.getparent()
    return holder.getparent() if holder is not None and local_name(holder) == "sdtContent" else None


def _rowspan(rows: Sequence[Mapping[int, _Start]], at: int, column: int) -> int:
    span = 1
    for row in rows[at + 1 : at + MAX_SPAN]:
        if column not in row or not row[column].continues:
            break
        span += 1
    return span


def _starts(row: _Element, above: Mapping[int, _Start]) -> dict[int, _Start]:
    column = _number(child(row, "trPr", "gridBefore"), 0)
    made: dict[int, _Start] = {}
    last: _Start | None = None
    for cell in cells_of(row):
        properties = child(cell, "tcPr")
        span = max(1, _number(child(properties, "gridSpan"), 1))
        across = child(properties, "hMerge")
        if last and across is not None and attribute(across, "val") != "restart":
            # Old programs leave a cell for every column that the first one goes over.
            last = made[last.column] = _Start(
                last.element, last.column, last.span + span, last.continues, last.merged
            )
        else:
            merge = _merge(properties)
            # After a row was deleted or a table cut in two there may be nothing to continue.
            continues = merge == "continue" and column in above and above[column].merged
            last = made[column] = _Start(cell, column, span, continues, bool(merge))
        column += span
    return made


def _merge(properties: _Element | None) -> str:
    """Return whether a cell begins or continues one over several rows, by itself or by a tracked change."""
    changed = attribute(child(properties, "cellMerge"), "vMerge")
    if changed:
        return "restart" if changed == "rest" else "continue"
    merge = child(properties, "vMerge")
    if merge is None:
        return ""
    # Without a value the element says that the cell goes on.
    return attribute(merge, "val") or "continue"


def _number(element: _Element | None, default: int) -> int:
    value = attribute(element, "val")
    if not (value.isascii() and value.isdigit()):
        return default
    # A longer number is beyond the limit anyway, and int() of a million digits takes its time.
    return min(int(value[:_LONGEST_NUMBER]), MAX_SPAN)


def _mark(cell: _Element) -> str:
    """Return the mark of a cell: a bookmark, or the tag of a content control."""
    for element in cell.iterdescendants(*_MARKED):
        mark = attribute(element, _MARKS[local_name(element)])
        if is_cell_mark(mark):
            return mark
    # A control round the whole cell has its tag outside of it.
    mark = attribute(child(_control(cell), "sdtPr", "tag"), "val")
    return mark if is_cell_mark(mark) else ""
