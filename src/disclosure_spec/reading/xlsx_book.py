"""The parts of a workbook, whatever sizes they claim: cells as text, merges, names, what is hidden."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn

from disclosure_spec.errors import InputError
from disclosure_spec.limits import (
    MAX_MERGED_CELLS,
    MAX_MERGES,
    MAX_NAMES,
    MAX_SHEET_CELLS,
    MAX_SHEET_COLUMNS,
    MAX_SHEET_ROWS,
    MAX_SHEETS,
    MAX_WORKBOOK_CHARACTERS,
)
from disclosure_spec.marks import IDENTITY, PREFIX
from disclosure_spec.reading.xlsx_values import Dates, Styles, number_text, plain_text, styles
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element

    from disclosure_spec.reading.package import Package

At = tuple[int, int]
"""Row and column from 0."""

_WORKBOOK: Final = "xl/workbook.xml"
_PROPERTIES: Final = "docProps/custom.xml"
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_NAMED_CELL: Final = re.compile(rf"(?:'((?:[^']|'')+)'|([^'!]+))!{_REFERENCE.pattern}")
_DAMAGED: Final = Wording(
    "文件不是完整的Excel工作簿；请用Excel或WPS打开后另存为xlsx再试。",
    "The file is no complete workbook; open it in Excel or WPS, save it as xlsx and try again.",
)
_NO_VALUES: Final = Wording(
    "工作表“{sheet}”的{cell}格有公式而没有算出的值，多由程序生成；请用Excel或WPS打开、保存后再试。",
    "Cell {cell} of sheet “{sheet}” has a formula without a value, as programs leave it; "
    "open the file in Excel or WPS, save it and try again.",
)
_BEYOND: Final = Wording(
    "{what}；一份报告远小于此，请检查是否选错了文件，或把报告另存为新工作簿。",
    "There are {what}; a report is far smaller, check the file or save the report as a new workbook.",
)
_WHAT: Final = {
    "too_many_sheets": Wording("工作表超过{limit}个", "more than {limit} sheets"),
    "too_many_names": Wording("名称超过{limit}个", "more than {limit} defined names"),
    "too_many_rows": Wording("工作表“{sheet}”的内容超过{limit}行", "rows beyond {limit} on sheet “{sheet}”"),
    "too_many_columns": Wording(
        "工作表“{sheet}”的内容超过{limit}列", "columns beyond {limit} on sheet “{sheet}”"
    ),
    "too_many_cells": Wording("工作表“{sheet}”超过{limit}格", "more than {limit} cells on sheet “{sheet}”"),
    "too_many_merges": Wording(
        "工作表“{sheet}”的合并单元格超过{limit}处", "more than {limit} merged areas on sheet “{sheet}”"
    ),
    "merged_too_large": Wording(
        "工作表“{sheet}”合并的单元格超过{limit}格", "more than {limit} merged cells on sheet “{sheet}”"
    ),
    "too_much_text": Wording("文字超过{limit}字", "more than {limit} characters"),
}


@dataclass(slots=True)
class Sheet:
    """A worksheet.

    Attributes:
        texts: The text of every cell that has one.
        outlined: Blank cells with a border: the table goes on there.
        merges: First and last cell of each merged area.
        dates: Cells whose number is shown as a date.
        hides: Whether a row or column with text is hidden.
    """

    name: str
    visible: bool
    texts: dict[At, str] = field(default_factory=dict)
    outlined: set[At] = field(default_factory=set)
    merges: list[tuple[At, At]] = field(default_factory=list)
    dates: list[At] = field(default_factory=list)
    hides: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook.

    Attributes:
        names: The defined name of a cell, by sheet, row and column.
        form: The version and edition that a workbook of ours carries.
    """

    sheets: Sequence[Sheet]
    names: Mapping[tuple[str, At], str]
    form: str


def read_book(package: Package) -> Book:
    """Return the sheets of a workbook.

    Raises:
        InputError: `xlsx.damaged`, `xlsx.no_values`, `xlsx.too_many_…`, `xlsx.merged_too_large`,
            `xlsx.too_much_text`, and see `Package`.
    """
    path = _workbook_path(package)
    root = package.xml(path)
    if root is None:
        raise InputError("xlsx.damaged", _DAMAGED)
    entries = list(_descend(root, "sheets", "sheet"))
    _limit(len(entries), MAX_SHEETS, "too_many_sheets")
    targets = _relations(package, path)
    reader = _SheetReader(package, path, Dates(_is_1904(root)))
    sheets = []
    for entry in entries:
        sheet = Sheet(attribute(entry, "name"), attribute(entry, "state") not in {"hidden", "veryHidden"})
        # Chart sheets and dialogs have no cells.
        part = package.xml(targets.get(attribute(entry, "id"), ""))
        if part is not None:
            reader.read(part, sheet)
        sheets.append(sheet)
    return Book(sheets, _names(root), _form(package))


def name(element: _Element) -> str:
    """Return the name without its namespace: the strict and the usual form of the format differ in that."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: _Element, key: str) -> str:
    """Return an attribute by its name without namespace; empty if there is none."""
    return next((str(value) for one, value in element.items() if str(one).rpartition("}")[2] == key), "")


def children(element: _Element | None, key: str) -> Iterator[_Element]:
    """Yield the children of a name."""
    if element is not None:
        yield from (one for one in element if name(one) == key)


def _descend(root: _Element, *keys: str) -> Iterator[_Element]:
    for one in children(root, keys[0]):
        if len(keys) == 1:
            yield one
        else:
            yield from _descend(one, *keys[1:])


def cell_at(reference: str) -> At | None:
    """Return row and column of an address; None if it is none."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def address(at: At) -> str:
    """Return the address of a cell, such as `C7`."""
    letters, column = "", at[1] + 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{at[0] + 1}"


class _SheetReader:
    """Read sheets one after the other, and count their text together."""

    def __init__(self, package: Package, workbook: str, dates: Dates) -> None:
        folder = posixpath.dirname(workbook)
        shared = package.xml(posixpath.join(folder, "sharedStrings.xml"))
        self._shared = [plain_text(one) for one in children(shared, "si")]
        self._styles: Styles = styles(package.xml(posixpath.join(folder, "styles.xml")))
        self._dates = dates
        self._characters = 0

    def read(self, root: _Element, sheet: Sheet) -> None:
        """Fill a sheet in; whatever lies beyond the limits is refused before anything is expanded."""
        sheet.merges += _merges(root, sheet.name)
        hidden_columns = _hidden_columns(root)
        row = -1
        for line in _descend(root, "sheetData", "row"):
            given = attribute(line, "r")
            row = int(given) - 1 if given.isdecimal() else row + 1
            column = -1
            for cell in children(line, "c"):
                at = cell_at(attribute(cell, "r")) or (row, column + 1)
                column = at[1]
                text = self._text(cell, at, sheet)
                if text:
                    self._count(text, at, sheet)
                    sheet.texts[at] = text
                    sheet.hides |= attribute(line, "hidden") in {"1", "true"} or column in hidden_columns
                elif at[0] < MAX_SHEET_ROWS and column < MAX_SHEET_COLUMNS and self._is_outlined(cell):
                    sheet.outlined.add(at)

    def _count(self, text: str, at: At, sheet: Sheet) -> None:
        _limit(at[0] + 1, MAX_SHEET_ROWS, "too_many_rows", sheet.name)
        _limit(at[1] + 1, MAX_SHEET_COLUMNS, "too_many_columns", sheet.name)
        _limit(len(sheet.texts) + 1, MAX_SHEET_CELLS, "too_many_cells", sheet.name)
        self._characters += len(text)
        _limit(self._characters, MAX_WORKBOOK_CHARACTERS, "too_much_text")

    def _is_outlined(self, cell: _Element) -> bool:
        return self._styles.is_outlined(attribute(cell, "s"))

    def _text(self, cell: _Element, at: At, sheet: Sheet) -> str:
        kind = attribute(cell, "t")
        if kind == "inlineStr":
            return "".join(plain_text(one) for one in children(cell, "is"))
        value = next((one.text or "" for one in children(cell, "v")), "")
        if value:
            return self._value(kind, value, cell, at, sheet)
        # An empty text is a value; where a formula has none at all, nobody knows what it comes to.
        if kind != "str" and sheet.visible and next(children(cell, "f"), None) is not None:
            raise InputError("xlsx.no_values", _NO_VALUES.fill(sheet=sheet.name, cell=address(at)))
        return ""

    def _value(self, kind: str, value: str, cell: _Element, at: At, sheet: Sheet) -> str:
        if kind == "s":
            return self._shared[int(value)] if value.isdecimal() and int(value) < len(self._shared) else value
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind in {"str", "e", "d"}:
            return plain_text(value)
        shown = self._dates.text(value) if self._styles.is_date(attribute(cell, "s")) else None
        if shown is not None:
            sheet.dates.append(at)
        return number_text(value) if shown is None else shown


def _merges(root: _Element, sheet: str) -> Iterator[tuple[At, At]]:
    count = cells = 0
    for area in _descend(root, "mergeCells", "mergeCell"):
        first, _, last = attribute(area, "ref").partition(":")
        top, bottom = cell_at(first), cell_at(last)
        if top is None or bottom is None:
            continue
        count += 1
        cells += (bottom[0] - top[0] + 1) * (bottom[1] - top[1] + 1)
        _limit(count, MAX_MERGES, "too_many_merges", sheet)
        _limit(cells, MAX_MERGED_CELLS, "merged_too_large", sheet)
        yield top, bottom


def _hidden_columns(root: _Element) -> set[int]:
    hidden: set[int] = set()
    for one in _descend(root, "cols", "col"):
        first, last = attribute(one, "min"), attribute(one, "max")
        if attribute(one, "hidden") in {"1", "true"} and first.isdecimal() and last.isdecimal():
            # Nothing is ever kept beyond, however far it says that it goes.
            hidden |= set(range(int(first) - 1, min(int(last), MAX_SHEET_COLUMNS)))
    return hidden


def _workbook_path(package: Package) -> str:
    targets = _relations(package, "", kind="/officeDocument")
    return next(iter(targets.values()), _WORKBOOK)


def _relations(package: Package, path: str, kind: str = "") -> Mapping[str, str]:
    """Return the parts that a part refers to, by the id it uses for them."""
    folder, file = posixpath.split(path)
    root = package.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
    return {
        attribute(one, "Id"): posixpath.normpath(
            posixpath.join("/", folder, attribute(one, "Target"))
        ).lstrip("/")
        for one in children(root, "Relationship")
        if attribute(one, "Type").endswith(kind) and attribute(one, "TargetMode") != "External"
    }


def _names(root: _Element) -> Mapping[tuple[str, At], str]:
    found: dict[tuple[str, At], str] = {}
    for number, one in enumerate(_descend(root, "definedNames", "definedName"), start=1):
        _limit(number, MAX_NAMES, "too_many_names")
        cell = _NAMED_CELL.fullmatch((one.text or "").strip())
        if cell and attribute(one, "name").startswith(PREFIX):
            at = cell_at(f"{cell[3]}{cell[4]}")
            if at is not None:
                found[(cell[1] or cell[2]).replace("''", "'"), at] = attribute(one, "name")
    return found


def _form(package: Package) -> str:
    for one in children(package.xml(_PROPERTIES), "property"):
        if attribute(one, "name") == IDENTITY:
            return "".join(map(str, one.itertext())).strip()
    return ""


def _is_1904(root: _Element) -> bool:
    return any(attribute(one, "date1904") in {"1", "true"} for one in children(root, "workbookPr"))


def _limit(count: int, limit: int, what: str, sheet: str = "") -> None:
    if count > limit:
        _refuse(what, limit, sheet)


def _refuse(what: str, limit: int, sheet: str) -> NoReturn:
    wording = _WHAT[what].fill(limit=limit, sheet=sheet)
    raise InputError(f"xlsx.{what}", _BEYOND.fill(what=wording))
