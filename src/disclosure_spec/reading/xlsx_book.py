"""The parts of a workbook, whatever sizes they claim: cells as text, merges, names, what is hidden."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final, NoReturn

from disclosure_spec._values import dataclass, field
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
from disclosure_spec.reading.xlsx_values import Dates, Styles, number_text, percent_text, plain_text, styles
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element

    from disclosure_spec.reading.package import Package

At = tuple[int, int]
"""Row and column from 0."""

_MOST_TAGS: Final = 5 * MAX_SHEET_CELLS
"""Tags of all sheets: four a cell that holds something, and more for blank ones that only have a look."""

_WORKBOOK: Final = "xl/workbook.xml"
_PROPERTIES: Final = "docProps/custom.xml"
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_NAMED_CELL: Final = re.compile(rf"(?:'((?:[^']|'')+)'|([^'!]+))!{_REFERENCE.pattern}")
_ON: Final = frozenset({"1", "true"})
_TEXTS: Final = frozenset({"str", "e", "b"})
_TRUTHS: Final = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}
_DAMAGED: Final = Wording(
    "文件不是完整的Excel工作簿；请用Excel或WPS打开后另存为xlsx再试。",
    "The file is no complete workbook; open it in Excel or WPS, save it as xlsx and try again.",
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
    "too_many_cells": Wording("各工作表共超过{limit}格", "more than {limit} cells on all sheets"),
    "too_many_tags": Wording("各工作表共超过{limit}个XML标签", "more than {limit} XML tags in the sheets"),
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
        percents: Cells whose number is shown as a percentage.
        formulas: Cells whose value a formula gave.
        unvalued: Cells with a formula of which nobody stored what it comes to.
        hides: Whether a row or column with text is hidden.
    """

    name: str
    visible: bool
    texts: dict[At, str] = field(default_factory=dict)
    outlined: set[At] = field(default_factory=set)
    merges: list[tuple[At, At]] = field(default_factory=list)
    dates: list[At] = field(default_factory=list)
    percents: list[At] = field(default_factory=list)
    formulas: list[At] = field(default_factory=list)
    unvalued: list[At] = field(default_factory=list)
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
        InputError: `xlsx.damaged`, `xlsx.too_many_…`, `xlsx.merged_too_large`,
            `xlsx.too_much_text`, and see `Package`.
    """
    path = workbook_path(package)
    root = package.xml(path)
    if root is None:
        raise InputError("xlsx.damaged", _DAMAGED)
    entries = list(_descend(root, "sheets", "sheet"))
    _limit(len(entries), MAX_SHEETS, "too_many_sheets")
    targets = related(package, path)
    parts = [targets.get(attribute(entry, "id"), "") for entry in entries]
    # Counted before anything is parsed: a tree takes fifty times the memory of its text.
    _limit(sum((package.part(one) or b"").count(b"<") for one in parts), _MOST_TAGS, "too_many_tags")
    reader = _SheetReader(package, path, Dates(_is_1904(root)))
    sheets = []
    for entry, target in zip(entries, parts, strict=True):
        sheet = Sheet(attribute(entry, "name"), attribute(entry, "state") not in {"hidden", "veryHidden"})
        # Chart sheets and dialogs have no cells.
        part = package.xml(target)
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
        self._cells = 0

    def read(self, root: _Element, sheet: Sheet) -> None:
        """Fill a sheet in; whatever lies beyond the limits is refused before anything is expanded."""
        sheet.merges += _merges(root, sheet.name)
        hidden_columns = _hidden_columns(root)
        row = -1
        for line in _descend(root, "sheetData", "row"):
            given = line.get("r", "")
            row = int(given) - 1 if given.isdecimal() else row + 1
            hidden = line.get("hidden") in _ON
            column = -1
            for cell in children(line, "c"):
                # Addresses are optional in the format; without one a cell follows the one before.
                at = cell_at(cell.get("r", "")) or (row, column + 1)
                column = at[1]
                if self._keep(cell, at, sheet):
                    sheet.hides |= hidden or column in hidden_columns

    def _keep(self, cell: _Element, at: At, sheet: Sheet) -> bool:
        """Put a cell where it belongs, and tell whether it has a text."""
        look = cell.get("s", "")
        # What is struck out its author took back.
        text = "" if self._styles.is_struck(look) else self._text(cell, at, sheet)
        if text:
            self._count(text, at, sheet.name)
            sheet.texts[at] = text
        elif at[0] < MAX_SHEET_ROWS and at[1] < MAX_SHEET_COLUMNS and self._styles.is_outlined(look):
            sheet.outlined.add(at)
        return bool(text)

    def _count(self, text: str, at: At, sheet: str) -> None:
        # Only what has a text counts: looks alone may go to the end of a sheet.
        _limit(at[0] + 1, MAX_SHEET_ROWS, "too_many_rows", sheet)
        _limit(at[1] + 1, MAX_SHEET_COLUMNS, "too_many_columns", sheet)
        self._cells += 1
        _limit(self._cells, MAX_SHEET_CELLS, "too_many_cells")
        self._characters += len(text)
        _limit(self._characters, MAX_WORKBOOK_CHARACTERS, "too_much_text")

    def _text(self, cell: _Element, at: At, sheet: Sheet) -> str:
        kind, value, text = cell.get("t", ""), "", ""
        has_formula = False
        for one in cell:
            tag = name(one)
            if tag == "v":
                value = one.text or ""
            elif tag == "is":
                text += plain_text(one)
            has_formula |= tag == "f"
        if has_formula:
            # An empty text is a value; where a formula has none at all, nobody knows what it comes to.
            (sheet.formulas if value or kind == "str" else sheet.unvalued).append(at)
        return text if kind == "inlineStr" else self._value(kind, value, at, cell.get("s", ""), sheet)

    def _value(self, kind: str, value: str, at: At, look: str, sheet: Sheet) -> str:
        # A number that leads to no shared text is kept, to be noticed.
        if kind == "s":
            return self._shared[int(value)] if value.isdecimal() and int(value) < len(self._shared) else value
        if kind == "d":
            sheet.dates.append(at)
            return value.partition("T")[0]
        if kind in _TEXTS:
            return plain_text(_TRUTHS.get(value, value) if kind == "b" else value)
        return self._number(value, at, look, sheet) if value else ""

    def _number(self, value: str, at: At, look: str, sheet: Sheet) -> str:
        # Whether a number is a date only its look says; a count typed as 1-2 has become one.
        shown = self._dates.text(value) if self._styles.is_date(look) else None
        if shown is not None:
            sheet.dates.append(at)
            return shown
        if self._styles.is_percent(look):
            sheet.percents.append(at)
            return percent_text(value)
        return number_text(value)


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
        if attribute(one, "hidden") in _ON and first.isdecimal() and last.isdecimal():
            # Nothing is ever kept beyond, however far it says that it goes.
            hidden |= set(range(int(first) - 1, min(int(last), MAX_SHEET_COLUMNS)))
    return hidden


def workbook_path(package: Package) -> str:
    """Return the name of the main part of a workbook."""
    targets = related(package, "", kind="/officeDocument")
    return next(iter(targets.values()), _WORKBOOK)


def related(package: Package, path: str, kind: str = "") -> Mapping[str, str]:
    """Return the parts that a part refers to, by the id it uses for them."""
    folder, file = posixpath.split(path)
    root = package.xml(posixpath.join(folder, "_rels", f"{file}.rels"))
    return {
        attribute(one, "Id"): posixpath.normpath(
            posixpath.join("/", folder, attribute(one, "Target"))
        ).lstrip("/")
        for one in children(root, "Relationship")
        # What lies outside of the file is never looked for.
        if attribute(one, "Type").endswith(kind) and attribute(one, "TargetMode") != "External"
    }


def _names(root: _Element) -> Mapping[tuple[str, At], str]:
    found: dict[tuple[str, At], str] = {}
    # Users and programs define names of their own, even of many thousands of areas.
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
    return any(attribute(one, "date1904") in _ON for one in children(root, "workbookPr"))


def _limit(count: int, limit: int, what: str, sheet: str = "") -> None:
    if count > limit:
        _refuse(what, limit, sheet)


def _refuse(what: str, limit: int, sheet: str) -> NoReturn:
    wording = _WHAT[what].fill(limit=limit, sheet=sheet)
    raise InputError(f"xlsx.{what}", _BEYOND.fill(what=wording))
