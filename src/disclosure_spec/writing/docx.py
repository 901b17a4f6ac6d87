"""A report as a Word document: the page of GB/T 9704, the official tables with their spans, a mark a cell.

The XML is written directly: a library would have to be corrected in every font (`w:eastAsia`), span and
property, and the file must be the same to the byte whenever it is made.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from lxml.etree import Element, tostring

from disclosure_spec.grid import CellRole, Paragraph, Role
from disclosure_spec.marks import IDENTITY
from disclosure_spec.writing.archive import archive
from disclosure_spec.writing.docx_parts import STYLES, parts

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
    "top": "2098", "bottom": "1984", "left": "1588", "right": "1474", "header": "851", "footer": "1400",
    "gutter": "0",
}  # fmt: skip
_TEXT_WIDTH: Final = 11906 - 1588 - 1474
_LINE_PITCH: Final = "579"
_SHADE: Final = "C6D9F1"


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
    footer = _e("footerReference", type="default")
    footer.set(f"{{{_R}}}id", "rIdFooter")
    return _e(
        "sectPr",
        footer,
        _e("pgSz", **_PAGE),
        _e("pgMar", **_MARGINS),
        _e("docGrid", type="lines", linePitch=_LINE_PITCH),
    )


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
        headers = _header_rows(table)
        for number in range(len(table.rows)):
            row = [covering[number, column] for column in range(len(widths)) if (number, column) in covering]
            last = number == len(table.rows) - 1
            made.append(self._row(row, number, widths, keep=not last, header=number < headers))
        return made

    def _row(
        self, cells: Sequence[GridCell], number: int, widths: Sequence[int], *, keep: bool, header: bool
    ) -> _Element:
        properties = _e("trPr", _e("cantSplit"))
        if header:
            properties.append(_e("tblHeader"))
        return _e("tr", properties, *(self._cell(cell, number, widths, keep=keep) for cell in cells))

    def _cell(self, cell: GridCell, number: int, widths: Sequence[int], *, keep: bool) -> _Element:
        width = sum(widths[cell.column : cell.column + cell.colspan])
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
        paragraphs = [_paragraph(line, STYLES["cell"], keep=keep) for line in lines]
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
        # Each row kept with the next keeps a table on one page.
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
    margins = {"left": "28", "right": "28"}
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
