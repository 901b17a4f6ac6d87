"""Cells of a sheet of the user's: another fill, a place for comments, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import lxml.etree

from disclosure_spec.reading.xlsx_book import address, attribute, cell_at, children, name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from disclosure_spec.reading.xlsx_book import At
    from disclosure_spec.reporting.workbook.styles import StyleSheet

_ON: Final = frozenset({"1", "true"})
# What may follow the drawing of comments; forms and objects may stand inside of alternatives.
_BEHIND_DRAWING: Final = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "AlternateContent",
        "webPublishItems",
        "tableParts",
        "extLst",
    }
)


class SheetPart:
    """Change a sheet.

    Args:
        root: Of its part.
        space: The namespace of sheets in the file.
    """

    def __init__(self, root: _Element, space: str) -> None:
        self._root = root
        self._space = space
        self._rows: dict[int, _Element] = {}
        self._cells: dict[At, _Element] = {}
        self._data = next(children(root, "sheetData"))
        number = -1
        for row in children(self._data, "row"):
            given = row.get("r", "")
            number = int(given) - 1 if given.isdecimal() else number + 1
            self._rows[number] = row
            column = -1
            for cell in children(row, "c"):
                # Addresses are optional in the format; without one a cell follows the one before.
                at = cell_at(cell.get("r", "")) or (number, column + 1)
                column = at[1]
                self._cells[at] = cell

    def colour(self, styles: StyleSheet, marked: Mapping[At, str]) -> None:
        """Give cells another fill, by what each is told apart by."""
        for at, key in sorted(marked.items()):
            cell = self._cell(at)
            cell.set("s", str(styles.coloured(_number(cell.get("s")), key)))
        formats = list(children(self._root, "conditionalFormatting"))
        if formats and marked:
            self._paint_over(formats[0], styles, marked)

    def draw_comments(self, attribute_name: str, key: str) -> None:
        """Name the part that draws the comments."""
        element = self._root.makeelement(f"{{{self._space}}}legacyDrawing", {attribute_name: key})
        at = next((at for at, one in enumerate(self._root) if name(one) in _BEHIND_DRAWING), len(self._root))
        self._root.insert(at, element)

    def _paint_over(self, first: _Element, styles: StyleSheet, marked: Mapping[At, str]) -> None:
        """Put our fills before the conditional formats of the sheet, which would hide them."""
        by_key: dict[str, list[str]] = {}
        for at, key in sorted(marked.items()):
            by_key.setdefault(key, []).append(address(at))
        # A priority may stand on a sheet once, those of newer programs included.
        for rule in self._root.iter(lxml.etree.Element):
            if name(rule) == "cfRule" and attribute(rule, "priority").isdecimal():
                rule.set("priority", str(int(attribute(rule, "priority")) + len(by_key)))
        for priority, (key, cells) in enumerate(sorted(by_key.items()), 1):
            area = self._made("conditionalFormatting", sqref=" ".join(cells))
            rule = self._made(
                "cfRule",
                type="expression",
                dxfId=str(styles.conditional(key)),
                priority=str(priority),
                stopIfTrue="1",
            )
            formula = self._made("formula")
            formula.text = "TRUE"
            rule.append(formula)
            area.append(rule)
            first.addprevious(area)

    def _made(self, key: str, **attributes: str) -> _Element:
        return self._root.makeelement(f"{{{self._space}}}{key}", attributes)

    def _cell(self, at: At) -> _Element:
        """Return a cell, made where there is none: a blank one of the look of its row or column."""
        if at not in self._cells:
            row = self._row(at[0])
            made = self._made("c", r=address(at), s=str(self._look_of_blank(row, at[1])))
            # In its place: Excel takes a row whose cells are out of order for damaged.
            behind = [one for one in self._cells if one[0] == at[0] and one > at]
            _insert(row, made, self._cells[min(behind)] if behind else None)
            self._cells[at] = made
        return self._cells[at]

    def _row(self, number: int) -> _Element:
        if number not in self._rows:
            made = self._made("row", r=str(number + 1))
            behind = [one for one in self._rows if one > number]
            _insert(self._data, made, self._rows[min(behind)] if behind else None)
            self._rows[number] = made
        return self._rows[number]

    def _look_of_blank(self, row: _Element, column: int) -> int:
        # The look of a row goes before that of a column.
        if row.get("customFormat") in _ON:
            return _number(row.get("s"))
        for one in self._columns():
            if _number(one.get("min")) <= column + 1 <= _number(one.get("max")):
                return _number(one.get("style"))
        return 0

    def _columns(self) -> Iterator[_Element]:
        for columns in children(self._root, "cols"):
            yield from columns


def deselect(root: _Element) -> None:
    """Let a sheet be no longer chosen: of two chosen sheets both would take what is typed."""
    for views in children(root, "sheetViews"):
        for view in views:
            view.attrib.pop("tabSelected", "")


def _insert(parent: _Element, made: _Element, behind: _Element | None) -> None:
    if behind is None:
        parent.append(made)
    else:
        behind.addprevious(made)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
