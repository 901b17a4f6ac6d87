"""A workbook given back: the user's own parts, with cells marked and a first sheet that lists why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import lxml.etree

from disclosure_spec._values import dataclass
from disclosure_spec.marks import RESULTS_MARK
from disclosure_spec.reading.xlsx_book import attribute, children, name
from disclosure_spec.reporting.workbook import comments
from disclosure_spec.reporting.workbook.listing import PRINTED
from disclosure_spec.reporting.workbook.parts import Parts
from disclosure_spec.reporting.workbook.sheet import SheetPart, deselect
from disclosure_spec.reporting.workbook.styles import StyleSheet
from disclosure_spec.sheets import RESULTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from disclosure_spec.reading.xlsx_book import At
    from disclosure_spec.reporting.workbook.listing import Listing, Spot

_SHEET_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_BEFORE_NAMES: Final = frozenset({"sheets", "functionGroups", "externalReferences"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What is put on a cell: the kind of its fill, and the text of a comment."""

    key: str
    text: str


def mark_up(data: bytes, marks: Mapping[Spot, Mark], listing: Listing, settled: str = "") -> Parts:
    """Return the parts of a workbook with marks on cells and a first sheet.

    Args:
        data: The file.
        marks: What is to be put on which cell.
        listing: The first sheet.
        settled: What is said of a cell that an earlier check has marked, and this one does not.

    Raises:
        InputError: A part cannot be changed, see `Package`.
    """
    return _Returned(data, settled).marked(marks, listing)


class _Returned:
    def __init__(self, data: bytes, settled: str) -> None:
        self._settled = Mark("settled", settled)
        self._parts = Parts(data)
        self._root = self._parts.tree(self._parts.workbook)
        self._space = self._parts.space
        self._id = f"{{{self._parts.related_space}}}id"
        (self._sheets,) = children(self._root, "sheets")
        targets = self._parts.targets(self._parts.workbook)
        self._targets = {
            attribute(one, "name"): targets.get(attribute(one, "id"), "") for one in self._sheets
        }
        self._styles = StyleSheet(self._style_part(), self._space)

    def marked(self, marks: Mapping[Spot, Mark], listing: Listing) -> Parts:
        by_sheet: dict[str, dict[At, Mark]] = {}
        for (sheet, at), mark in marks.items():
            by_sheet.setdefault(sheet, {})[at] = mark
        earlier = self._earlier()
        for sheet, target in self._targets.items():
            if self._parts.data(target) is None or sheet == earlier:
                continue
            stale = set() if earlier is None else self._take_back(target)
            self._mark(target, dict.fromkeys(stale, self._settled) | by_sheet.get(sheet, {}))
        made = listing.sheet(self._space, self._styles, again=earlier is not None)
        if earlier is None:
            self._add(made, listing.head)
        else:
            self._parts.put(self._targets[earlier], made)
        self._open_on(earlier)
        return self._parts

    def _style_part(self) -> _Element:
        path = self._parts.related(self._parts.workbook, "styles")
        if path is None:
            path = self._parts.free("styles", ".xml")
            self._parts.relate(self._parts.workbook, "styles", path, f"{_SHEET_TYPES}.styles+xml")
        return self._parts.tree(path, f'<styleSheet xmlns="{self._space}"/>')

    def _mark(self, target: str, marks: Mapping[At, Mark]) -> None:
        # A sheet that nothing changes on is not even written anew.
        if b"tabSelected" in (self._parts.data(target) or b""):
            deselect(self._parts.tree(target))
        if marks:
            sheet = SheetPart(self._parts.tree(target), self._space)
            sheet.colour(self._styles, {at: mark.key for at, mark in marks.items()})
            self._comment(target, sheet, {at: mark.text for at, mark in marks.items()})

    def _take_back(self, target: str) -> set[At]:
        path = self._parts.related(target, "comments")
        return set() if path is None else comments.take_back(self._parts.tree(path))

    def _comment(self, target: str, sheet: SheetPart, texts: Mapping[At, str]) -> None:
        path = self._parts.related(target, "comments")
        if path is None:
            path = self._parts.free("comments", ".xml")
            self._parts.relate(target, "comments", path, f"{_SHEET_TYPES}.comments+xml")
        root = self._parts.tree(path, comments.EMPTY.format(space=self._space))
        new = {at: texts[at] for at in comments.add_comments(root, texts)}
        if not new:
            return
        drawing = self._parts.related(target, "vmlDrawing")
        if drawing is None:
            drawing = self._parts.free("drawings/commentsDrawing", ".vml")
            sheet.draw_comments(self._id, self._parts.relate(target, "vmlDrawing", drawing, _DRAWING_TYPE))
        given = self._parts.data(drawing) or comments.EMPTY_DRAWING
        self._parts.put(drawing, comments.with_shapes(given, new))

    def _earlier(self) -> str | None:
        """Return the sheet that an earlier check put into the workbook."""
        for one in self._names():
            if attribute(one, "name") == RESULTS_MARK:
                sheet = (one.text or "").rpartition("!")[0].strip("'").replace("''", "'")
                return sheet if sheet in self._targets else None
        return None

    def _names(self) -> Iterator[_Element]:
        for names in children(self._root, "definedNames"):
            yield from names

    def _add(self, data: bytes, head: int) -> None:
        path = self._parts.free("worksheets/check", ".xml")
        self._parts.put(path, data)
        key = self._parts.relate(self._parts.workbook, "worksheet", path, f"{_SHEET_TYPES}.worksheet+xml")
        used = [attribute(one, "sheetId") for one in self._sheets]
        number = max((int(one) for one in used if one.isdecimal()), default=0) + 1
        taken = {one.casefold() for one in self._targets}
        title, count = RESULTS, 1
        while title.casefold() in taken:
            count += 1
            title = f"{RESULTS} ({count})"
        entry = {"name": title, "sheetId": str(number), self._id: key}
        self._sheets.insert(0, self._sheets.makeelement(f"{{{self._space}}}sheet", entry))
        # Names of a sheet and the views count sheets from the first.
        for one in self._names():
            if attribute(one, "localSheetId").isdecimal():
                one.set("localSheetId", str(int(attribute(one, "localSheetId")) + 1))
        self._name(title, head)

    def _name(self, title: str, head: int) -> None:
        names = next(children(self._root, "definedNames"), None)
        if names is None:
            names = self._root.makeelement(f"{{{self._space}}}definedNames")
            last = [at for at, one in enumerate(self._root) if name(one) in _BEFORE_NAMES][-1]
            self._root.insert(last + 1, names)
        for attributes, area in (
            ({"name": "_xlnm.Print_Area", "localSheetId": "0"}, PRINTED),
            # A long list is many pages, and each shall say what stands in its columns.
            ({"name": "_xlnm.Print_Titles", "localSheetId": "0"}, f"${head}:${head}"),
            ({"name": RESULTS_MARK}, "$A$1"),
        ):
            made = lxml.etree.SubElement(names, f"{{{self._space}}}definedName", attributes)
            made.text = f"'{title}'!{area}"

    def _open_on(self, earlier: str | None) -> None:
        at = 0 if earlier is None else list(self._targets).index(earlier)
        for views in children(self._root, "bookViews"):
            for view in views:
                view.attrib.pop("firstSheet", "")
                view.set("activeTab", str(at))
