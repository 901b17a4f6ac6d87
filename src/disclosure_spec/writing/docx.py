"""A report as a Word document: the page of GB/T 9704, the official tables with their spans, a mark a cell.

The XML is written directly: a library would have to be corrected in every font (`w:eastAsia`), span and
property, and the file must be the same to the byte whenever it is made.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from lxml.etree import Element, tostring

from disclosure_spec._values import dataclass
from disclosure_spec.grid import CellRole, Paragraph, Role
from disclosure_spec.marks import IDENTITY
from disclosure_spec.writing.archive import archive
from disclosure_spec.writing.docx_parts import FOOTERS, STYLES, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from disclosure_spec.grid import Block, Content, GridCell, Table

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

# GB/T 9704-2012: A4, margins 37, 35, 28, 26 mm, 22 lines a page; in twentieths of a point.
_PAGE: Final = {"w": "11906", "h": "16838"}
_MARGINS: Final = {
    "top": "2098", "right": "1474", "bottom": "1984", "left": "1588", "header": "851", "footer": "1400",
    "gutter": "0",
}  # fmt: skip
_TEXT_WIDTH: Final = 11906 - 1588 - 1474
_LINE_PITCH: Final = "579"
_SHADE: Final = "C6D9F1"
# Rows of the long table are as low as their text, so that it stays on a page; others have room.
_LONG_TABLE: Final = 20
_ROW_HEIGHT: Final = "340"
_SIDE: Final = "28"
"""Margin in a cell."""
_CHARACTER: Final = 180
"""Width of a character in a table."""
_LINES: Final = 45
"""Lines of a table that surely have room on a page; 57 have at most."""


def write_docx(content: Content) -> bytes:
    """Return the file; the same content always gives the same bytes."""
    # Word wants a paragraph behind the last table.
    body = _e("body", *_Body().blocks(content.blocks), _paragraph("", STYLES["cell"]), _section())
    document = tostring(_e("document", body), xml_declaration=True, encoding="UTF-8", standalone=True)
    title = next(iter(content.titles), "")
    return archive({**parts(title, IDENTITY, content.form), "word/document.xml": document})


def _e(tag: str, *children: _Element, **attributes: str) -> _Element:
    made = Element(f"{{{W}}}{tag}", nsmap={"w": W, "r": _R})
    for name, value in attributes.items():
        made.set(f"{{{W}}}{name}", value)
    made.extend(children)
    return made


def _section() -> _Element:
    footers = [_e("footerReference", type=kind) for kind in FOOTERS]
    for footer, name in zip(footers, FOOTERS.values(), strict=True):
        footer.set(f"{{{_R}}}id", name)
    return _e(
        "sectPr",
        *footers,
        _e("pgSz", **_PAGE),
        _e("pgMar", **_MARGINS),
        _e("docGrid", type="lines", linePitch=_LINE_PITCH),
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """What a cell has to know of its table."""

    widths: Sequence[int]
    headers: int
    rows: int
    nested: bool

    def is_left(self, cell: GridCell) -> bool:
        """Tell a text that begins at the left: bands, notes, and labels that stand under one another."""
        return cell.role in {CellRole.BAND, CellRole.NOTE} or (self.nested and cell.role is CellRole.LABEL)

    def is_long(self, cell: GridCell) -> bool:
        """Tell a text that may be longer than a page in the width of its cell."""
        width = sum(self.widths[cell.column : cell.column + cell.colspan]) - 2 * int(_SIDE)
        a_line = max(1, width // _CHARACTER)
        lines = sum(len(line) // a_line + 1 for line in cell.text.split("\n"))
        return lines > _LINES


class _Body:
    """Write blocks; bookmarks are numbered through the document."""

    def __init__(self) -> None:
        self._bookmarks = 0

    def blocks(self, blocks: Sequence[Block]) -> Iterator[_Element]:
        for block in blocks:
            if isinstance(block, Paragraph):
                yield _paragraph(block.text, STYLES[block.role or Role.TEXT])
            else:
                yield self._table(block)

    def _table(self, table: Table) -> _Element:
        widths = _scaled(table.widths)
        made = _e("tbl", _table_properties(), _e("tblGrid", *(_e("gridCol", w=str(one)) for one in widths)))
        starts = {(cell.row, cell.column): cell for row in table.rows for cell in row}
        covering = {
            (row, cell.column): cell
            for cell in starts.values()
            for row in range(cell.row, cell.row + cell.rowspan)
        }
        look = _Look(widths, _header_rows(table), len(table.rows), _is_nested(table))
        for number in range(len(table.rows)):
            row = [covering[number, column] for column in range(len(widths)) if (number, column) in covering]
            made.append(self._row(row, number, look))
        return made

    def _row(self, cells: Sequence[GridCell], number: int, look: _Look) -> _Element:
        properties = _e("trPr")
        # Of a row longer than a page that must not be cut, some programs lose the end.
        if not any(look.is_long(cell) for cell in cells if cell.row == number):
            properties.append(_e("cantSplit"))
        if look.rows < _LONG_TABLE:
            properties.append(_e("trHeight", val=_ROW_HEIGHT, hRule="atLeast"))
        if number < look.headers:
            properties.append(_e("tblHeader"))
        return _e("tr", properties, *(self._cell(cell, number, look) for cell in cells))

    def _cell(self, cell: GridCell, number: int, look: _Look) -> _Element:
        width = sum(look.widths[cell.column : cell.column + cell.colspan])
        properties = _e("tcPr", _e("tcW", w=str(width), type="dxa"))
        if cell.colspan > 1:
            properties.append(_e("gridSpan", val=str(cell.colspan)))
        if cell.rowspan > 1:
            properties.append(_e("vMerge", val="restart" if number == cell.row else "continue"))
        if cell.role is CellRole.BAND:
            properties.append(_e("shd", val="clear", color="auto", fill=_SHADE))
        properties.append(_e("vAlign", val="center"))
        # A cell that continues one above is there, and empty.
        lines = cell.text.split("\n") if number == cell.row else [""]
        # Each row kept with the next keeps a table on one page.
        keep = number < look.rows - 1
        style = STYLES["label" if look.is_left(cell) else "cell"]
        paragraphs = [_paragraph(line, style, keep=keep) for line in lines]
        if cell.mark and number == cell.row:
            self._bookmark(paragraphs[0], cell.mark)
        return _e("tc", properties, *paragraphs)

    def _bookmark(self, paragraph: _Element, name: str) -> None:
        # Bookmarks, since content controls do not survive other programs and show prompts of their own.
        self._bookmarks += 1
        number = str(self._bookmarks)
        paragraph.insert(1, _e("bookmarkStart", id=number, name=name))
        paragraph.append(_e("bookmarkEnd", id=number))


def _paragraph(text: str, style: str, *, keep: bool = False) -> _Element:
    properties = _e("pPr", _e("pStyle", val=style))
    if keep:
        properties.append(_e("keepNext"))
    made = _e("p", properties)
    if text:
        made.append(_run(text))
    return made


def _run(text: str) -> _Element:
    run = _e("r", _e("rPr", _e("rFonts", hint="eastAsia")))
    for number, piece in enumerate(text.split("\t")):
        if number:
            run.append(_e("tab"))
        if piece:
            shown = _e("t")
            shown.set(_SPACE, "preserve")
            shown.text = piece
            run.append(shown)
    return run


def _table_properties() -> _Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    line = {"val": "single", "sz": "4", "space": "0", "color": "000000"}
    margins = {"left": _SIDE, "right": _SIDE}
    return _e(
        "tblPr",
        _e("tblW", w=str(_TEXT_WIDTH), type="dxa"),
        _e("jc", val="center"),
        _e("tblBorders", *(_e(side, **line) for side in sides)),
        _e("tblLayout", type="fixed"),
        _e("tblCellMar", *(_e(side, w=width, type="dxa") for side, width in margins.items())),
    )


def _scaled(widths: Sequence[int]) -> list[int]:
    """Return widths that add up to that of the text."""
    edges = [round(_TEXT_WIDTH * sum(widths[:end]) / sum(widths)) for end in range(len(widths) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _header_rows(table: Table) -> int:
    """Return how many rows to repeat on another page: the titles above, where no band begins a block."""
    if any(cell.role is CellRole.BAND for row in table.rows for cell in row):
        return 0
    inputs = [n for n, row in enumerate(table.rows) if any(cell.role is CellRole.INPUT for cell in row)]
    return min(inputs, default=0)


def _is_nested(table: Table) -> bool:
    """Tell whether a table has labels of groups before those of rows."""
    return any(sum(cell.role is CellRole.LABEL for cell in row) > 1 for row in table.rows)
