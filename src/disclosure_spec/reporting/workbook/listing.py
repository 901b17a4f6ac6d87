"""The first sheet of a workbook that is given back: the verdict, and every finding with its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import lxml.etree

from disclosure_spec._scalars import write_number
from disclosure_spec._values import dataclass
from disclosure_spec.reading.xlsx_book import address
from disclosure_spec.reporting import words
from disclosure_spec.reporting.telling import (
    basis_words,
    cells_to_look_at,
    not_checked,
    not_tried,
    place_words,
    profile_words,
    subject_words,
    told,
    value_words,
    waiver_words,
)
from disclosure_spec.reporting.words import SEVERITIES, VERDICTS
from disclosure_spec.reporting.workbook.styles import FILLS
from disclosure_spec.reporting.workbook.texts import escaped
from disclosure_spec.sheets import RESULTS
from disclosure_spec.wording import Wording
from disclosure_spec.writing.workbook.looks import height
from disclosure_spec.writing.workbook.values import as_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml.etree import _Element

    from disclosure_spec.checking import Result
    from disclosure_spec.document import JSONValue
    from disclosure_spec.reading.xlsx_book import At
    from disclosure_spec.reporting.telling import Told
    from disclosure_spec.reporting.workbook.styles import StyleSheet
    from disclosure_spec.wording import Language

Spot = tuple[str, "At"]
"""The name of a sheet and a cell on it."""

_COLUMNS: Final = (
    (Wording("序号", "number"), 5),
    (Wording("起因序号", "follows from"), 6),
    (words.SEVERITY, 7),
    (words.MESSAGE, 36),
    (Wording("单元格", "cell"), 10),
    (words.PLACE, 18),
    (words.EQUATION, 42),
    (words.EXPECTED, 10),
    (words.FOUND, 10),
    (words.DIFFERENCE, 9),
    (words.SUGGESTION, 40),
    (words.ADVICE, 30),
    (words.BASIS, 26),
    (words.RULE, 20),
    (words.CELLS, 16),
)
PRINTED: Final = "$A:$N"
"""The columns that are printed: links are for the screen."""

_LINK_WIDTH: Final = 16
_MOST_LINKS: Final = 20
_MORE: Final = Wording("另{count}格", "{count} more")
_NONE: Final = Wording("没有发现问题。", "Nothing was found.")
_FILE: Final = Wording(
    "文件：{name}（{format}，SHA-256：{digest}）", "File: {name} ({format}, SHA-256 {digest})"
)
_TOOL: Final = Wording("检查程序：{tool}", "Checked by {tool}")
_COPY: Final = Wording(
    "所涉各格已着色并附批注；数值、公式未作改动。推断的数仅供核对。",
    "The cells concerned are coloured and have comments; no value or formula was changed. "
    "Suggested numbers are to be verified.",
)
SETTLED: Final = Wording("上次有问题，本次没有", "found wrong before, not any more")
_SUGGESTED: Final = Wording("疑有误的格", "a cell probably wrong")
_LEGEND: Final[Mapping[str, Wording]] = {
    "error": SEVERITIES["error"],
    "warning": SEVERITIES["warning"],
    "info": SEVERITIES["info"],
    "suggested": _SUGGESTED,
    "settled": SETTLED,
}
_PIXELS: Final = 7
"""Of a column for each character of its width."""

_MOST_DIGITS: Final = 11
"""Digits of a number that a cell shows in full whatever its format."""


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str = ""
    look: str = "text"
    value: JSONValue = None
    link: Spot | None = None


class Listing:
    """Write the sheet.

    Attributes:
        head: The row of the titles, from 1; known when the sheet is made.

    Args:
        result: What it tells.
        spots: Where the value of each pointer stands in the workbook.
        language: Of its words.
        remark: What else is to be said of the workbook.
    """

    def __init__(
        self, result: Result, spots: Mapping[str, Spot], language: Language, remark: Wording | None = None
    ) -> None:
        self._remark = remark
        self._result = result
        self._spots = spots
        self._language: Language = language
        self._rows: list[list[_Cell]] = []
        self.head = 0

    def sheet(self, space: str, styles: StyleSheet, *, again: bool) -> bytes:
        """Return the part of the sheet.

        Args:
            space: The namespace of sheets in the file.
            styles: Of the workbook.
            again: Whether an earlier check has marked cells of the workbook.
        """
        self._rows = [*self._top(again=again)]
        self.head = len(self._rows)
        self._rows += [*self._findings(), *self._bottom()]
        root = lxml.etree.fromstring(f'<worksheet xmlns="{space}"/>')
        setup = _below(_below(root, "sheetPr"), "pageSetUpPr")
        setup.set("fitToPage", "1")
        view = _below(_below(root, "sheetViews"), "sheetView", workbookViewId="0")
        view.set("tabSelected", "1")
        _below(
            view,
            "pane",
            ySplit=str(self.head),
            topLeftCell=address((self.head, 0)),
            activePane="bottomLeft",
            state="frozen",
        )
        self._columns(root)
        data = _below(root, "sheetData")
        for number, row in enumerate(self._rows):
            self._row(data, number, row, styles)
        self._links(root)
        _below(
            root, "pageMargins", left="0.5", right="0.5", top="0.6", bottom="0.6", header="0.3", footer="0.3"
        )
        _below(root, "pageSetup", paperSize="9", orientation="landscape", fitToHeight="0")
        return lxml.etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _columns(self, root: _Element) -> None:
        widths = [width for _, width in _COLUMNS]
        widths += [_LINK_WIDTH] * (max(map(len, self._rows)) - len(widths))
        columns = _below(root, "cols")
        for number, width in enumerate(widths, 1):
            _below(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")

    def _row(self, data: _Element, number: int, row: Sequence[_Cell], styles: StyleSheet) -> None:
        points = max((self._height(column, cell) for column, cell in enumerate(row)), default=0)
        # Programs do not fit rows with several lines when they open a file made elsewhere.
        line = _below(data, "row", r=str(number + 1), ht=f"{max(points, 18):.1f}", customHeight="1")
        for column, cell in enumerate(row):
            figure = as_number(cell.value)
            # With more digits a cell would show another number than it holds: then it is text.
            fits = figure is not None and len(figure.as_tuple().digits) <= _MOST_DIGITS
            look = styles.look("number" if fits else cell.look)
            made = _below(line, "c", r=address((number, column)), s=str(look))
            if figure is not None and fits:
                _below(made, "v").text = write_number(figure)
            elif cell.text:
                # Inside of the cell, so that the shared texts of the user's stay as they are.
                made.set("t", "inlineStr")
                text = _below(_below(made, "is"), "t")
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                text.text = escaped(cell.text)

    def _height(self, column: int, cell: _Cell) -> float:
        if cell.look in _UNBOXED:
            return height(cell.text, 1_000_000, _UNBOXED[cell.look])
        width = _COLUMNS[column][1] if column < len(_COLUMNS) else _LINK_WIDTH
        return height(cell.text, width * _PIXELS)

    def _links(self, root: _Element) -> None:
        linked = [
            (address((row, column)), cell)
            for row, cells in enumerate(self._rows)
            for column, cell in enumerate(cells)
            if cell.link
        ]
        links = _below(root, "hyperlinks") if linked else None
        for at, cell in linked:
            if links is not None and cell.link:
                _below(links, "hyperlink", ref=at, location=reference(cell.link), display=escaped(cell.text))

    def _say(self, wording: Wording, **values: object) -> str:
        return wording.fill(**values).get(self._language)

    def _top(self, *, again: bool) -> Iterator[list[_Cell]]:
        result = self._result
        yield [_Cell(RESULTS, "title")]
        subject = subject_words(result)
        if subject:
            yield [_Cell(self._say(subject), "line")]
        verdict = self._say(words.VERDICT, verdict=VERDICTS[result.verdict])
        counts = {str(severity): count for severity, count in result.counts.items()}
        said = f" {self._say(words.COUNTS, **counts)}" if result.rules else ""
        yield [_Cell(verdict + said, "verdict")]
        if result.profile:
            yield [_Cell(self._say(profile_words(result.profile)), "line")]
        if result.input:
            given = result.input
            file = self._say(_FILE, name=given.name, format=given.format, digest=given.sha256)
            yield [_Cell(file, "line")]
        yield [_Cell(self._say(_TOOL, tool=result.tool), "line")]
        if result.rules:
            yield [_Cell(self._say(_COPY), "line")]
            if self._remark:
                yield [_Cell(self._say(self._remark), "line")]
            keys = [one for one in FILLS if again or one != "settled"]
            # Under the columns of severity and message, which are the widest of the first.
            yield [_Cell(look="line")] * 2 + [_Cell(self._say(_LEGEND[key]), key) for key in keys]
            yield [_Cell(self._say(title), "head") for title, _ in _COLUMNS]

    def _findings(self) -> Iterator[list[_Cell]]:
        found = list(told(self._result))
        if self._result.rules and not found:
            yield [_Cell(self._say(_NONE), "line")]
        for one in found:
            yield [*self._finding(one)]

    def _finding(self, one: Told) -> Iterator[_Cell]:
        finding = one.finding
        yield self._number(one.number)
        yield self._number(one.cause)
        yield _Cell(self._say(SEVERITIES[finding.severity]), finding.severity)
        yield _Cell(self._say(finding.message), "text" if one.cause is None else "indented")
        looked_at = cells_to_look_at(finding, one.diagnosis)
        pointers = [cell.pointer for cell in (*looked_at, *finding.cells)]
        # One in a column of its own, where everybody sees it; all of them at the end.
        yield next(self._cells(pointers), _Cell())
        places = dict.fromkeys(self._say(place_words(cell)) for cell in looked_at)
        yield _Cell(next((one for one in places if one), ""))
        yield _Cell(self._say(finding.equation.text) if finding.equation else "")
        for value in (finding.expected, finding.found, finding.difference):
            yield _Cell("" if value is None else value_words(value, self._language), value=value)
        yield _Cell(self._say(one.diagnosis.message) if one.diagnosis else "", "suggestion")
        yield _Cell(self._say(finding.advice))
        yield _Cell(self._say(basis_words(finding)))
        yield _Cell(finding.rule)
        yield from self._cells(pointers)

    def _number(self, number: int | None) -> _Cell:
        return _Cell("" if number is None else str(number), value=number)

    def _cells(self, pointers: Iterable[str]) -> Iterator[_Cell]:
        spots = dict.fromkeys(self._spots[one] for one in pointers if one in self._spots)
        shown = list(spots)[:_MOST_LINKS]
        yield from (_Cell(f"{sheet}!{address(at)}", "link", link=(sheet, at)) for sheet, at in shown)
        if len(spots) > len(shown):
            yield _Cell(self._say(_MORE, count=len(spots) - len(shown)))

    def _bottom(self) -> Iterator[list[_Cell]]:
        result = self._result
        if result.waivers:
            yield from self._block(words.WAIVERS, (self._say(waiver_words(one)) for one in result.waivers))
        if result.notes:
            notes = (
                f"[{one.code}] {self._say(one.wording)} {self._say(one.place.wording) if one.place else ''}"
                for one in result.notes
            )
            yield from self._block(words.NOTES, notes)
        comma = "、" if self._language == "zh" else ", "
        colon = "：" if self._language == "zh" else ": "
        for heading, rules in not_checked(result):
            lines = (f"{self._say(reason)}{colon}{comma.join(ids)}" for reason, ids in rules.items())
            yield from self._block(heading, lines)
        if not_tried(result):
            yield []
            yield [_Cell(self._say(words.TRIAL, count=not_tried(result)), "line")]

    def _block(self, heading: Wording, lines: Iterable[str]) -> Iterator[list[_Cell]]:
        yield []
        yield [_Cell(self._say(heading), "verdict")]
        yield from ([_Cell(line.strip(), "line")] for line in lines)


_UNBOXED: Final[Mapping[str, float]] = {"title": 16, "line": 11, "verdict": 11}
"""Looks of texts that run on over the cells beside them, with the size of their letters."""


def reference(spot: Spot) -> str:
    """Return a cell of a sheet as a link writes it."""
    sheet, at = spot
    return f"'{sheet.replace(chr(39), chr(39) * 2)}'!{address(at)}"


def _below(parent: _Element, key: str, **attributes: str) -> _Element:
    space = lxml.etree.QName(parent).namespace
    return lxml.etree.SubElement(parent, f"{{{space}}}{key}", attributes)
