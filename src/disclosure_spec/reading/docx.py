"""Word documents: plain, with bookmarks, content controls or tracked changes, of whatever program."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from disclosure_spec.errors import InputError
from disclosure_spec.grid import Content, Paragraph, Table
from disclosure_spec.limits import MAX_TEXT_CHARACTERS
from disclosure_spec.marks import IDENTITY, STYLES
from disclosure_spec.place import Place
from disclosure_spec.reading.docx_numbers import Numbers
from disclosure_spec.reading.docx_tables import cells_of, frames, is_unfilled, physical_rows, rows_of
from disclosure_spec.reading.docx_text import VisibleText
from disclosure_spec.reading.docx_xml import attribute, child, children, local_name
from disclosure_spec.reading.limiting import within_limits
from disclosure_spec.reading.notes import note
from disclosure_spec.reading.package import Package
from disclosure_spec.reading.values import printed
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from disclosure_spec.grid import Block, Role
    from disclosure_spec.place import Note

_NO_DOCUMENT: Final = Wording(
    "Word文档中没有正文；请用Word或WPS打开后另存为docx再试。",
    "The Word document has no text; open it in Word or WPS, save it as docx and try again.",
)
_USUAL: Final = {
    "officeDocument": "word/document.xml",
    "custom-properties": "docProps/custom.xml",
    "styles": "word/styles.xml",
    "numbering": "word/numbering.xml",
}
"""Where the parts usually are, for files that do not say it."""
_TRACKED: Final = tuple(
    f"{{*}}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
)
_CONTENT: Final = frozenset({"p", "tbl", "sdt", "customXml", "sectPr"})


def read_docx(data: bytes) -> Content:
    """Return the paragraphs and tables of a document.

    Raises:
        InputError: `read.no_content`, see `Package` and `within_limits`.
    """
    package = Package(data)
    main = _target(package, "", "officeDocument")
    document = package.xml(main)
    body = child(document, "body")
    if document is None or body is None:
        raise InputError("read.no_content", _NO_DOCUMENT)
    styles = package.xml(_target(package, main, "styles"))
    numbers = Numbers(package.xml(_target(package, main, "numbering")), styles)
    flow = _Flow(_roles(styles), numbers, frames(body))
    identity = _identity(package.xml(_target(package, "", "custom-properties")))
    return Content(within_limits(flow.blocks(body)), form=identity, notes=tuple(_notes(package, body)))


def _target(package: Package, source: str, kind: str) -> str:
    """Return the name of the part that another is related to: programs choose their names freely."""
    folder, name = posixpath.split(source)
    relations = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    for one in relations if relations is not None else ():
        if attribute(one, "Type").endswith(f"/{kind}") and attribute(one, "TargetMode") != "External":
            path = posixpath.join("/", folder, attribute(one, "Target"))
            return posixpath.normpath(path).lstrip("/")
    return _USUAL[kind]


def _roles(styles: _Element | None) -> Mapping[str, Role]:
    """Return the roles by id of style; other programs change ids and keep names."""
    found = {
        attribute(style, "styleId"): attribute(child(style, "name"), "val")
        for style in (styles if styles is not None else ())
        if local_name(style) == "style"
    }
    roles = {name: role for role, name in STYLES.items()}
    return {style: roles[name] for style, name in found.items() if name in roles}


def _identity(properties: _Element | None) -> str:
    for one in properties if properties is not None else ():
        if attribute(one, "name") == IDENTITY:
            return "".join(map(str, one.itertext())).strip()
    return ""


def _notes(package: Package, body: _Element) -> Iterator[Note]:
    if next(body.iter(*_TRACKED), None) is not None:
        yield note("docx.tracked")
    if next(body.iter("{*}altChunk"), None) is not None:
        yield note("docx.inserted_file")
    if any(posixpath.basename(name) == "vbaProject.bin" for name in package.names):
        yield note("docx.macros")


class _Flow:
    """Walk a document once, in reading order."""

    def __init__(self, roles: Mapping[str, Role], numbers: Numbers, layout: frozenset[_Element]) -> None:
        self._roles = roles
        self._numbers = numbers
        self._layout = layout
        self._tables = 0
        self._carried = ""

    def blocks(self, parent: _Element) -> Iterator[Block]:
        """Give tables and paragraphs as they are met."""
        for element in children(parent):
            name = local_name(element)
            if name == "p":
                yield from self._paragraphs(element)
            elif name == "tbl" and element in self._layout:
                for row in rows_of(element):
                    for cell in cells_of(row):
                        yield from self.blocks(cell)
            elif name == "tbl":
                self._tables += 1
                yield Table(tuple(physical_rows(element, self._tables, self._cell_text)))
            else:
                # Content controls, insertions and the like are walked through.
                yield from self.blocks(element)

    def _paragraphs(self, element: _Element) -> Iterator[Block]:
        role = self._roles.get(attribute(child(element, "pPr", "pStyle"), "val"))
        text, boxes = self._text(element, apart=False)
        for line in text.split("\n"):
            shown = printed(line)
            if shown:
                yield Paragraph(shown, Place(raw=shown), role)
        for box in boxes:
            yield from self.blocks(box)

    def _cell_text(self, cell: _Element) -> str:
        if is_unfilled(cell):
            return ""
        lines = (printed(line) for text in self._lines(cell) for line in text.split("\n"))
        return "\n".join(line for line in lines if line)

    def _lines(self, parent: _Element) -> Iterator[str]:
        """Yield the paragraphs of a cell, with those of text boxes and of small tables inside it."""
        for element in children(parent):
            if local_name(element) == "p":
                text, boxes = self._text(element, apart=True)
                yield text
                for box in boxes:
                    yield from self._lines(box)
            else:
                yield from self._lines(element)

    def _text(self, paragraph: _Element, *, apart: bool) -> tuple[str, list[_Element]]:
        """Return the text of a paragraph and the boxes in it; none while its end is deleted."""
        found = VisibleText(paragraph, apart=apart)
        text = self._carried + self._numbers.before(paragraph) + str(found)
        mark = child(paragraph, "pPr", "rPr")
        gone = any(child(mark, one) is not None for one in ("del", "moveFrom"))
        # Where a tracked change took the end of a paragraph away, it goes on in the next one.
        joined = gone and len(text) <= MAX_TEXT_CHARACTERS and _is_before_another(paragraph)
        self._carried = text if joined else ""
        return "" if self._carried else text, found.boxes


def _is_before_another(paragraph: _Element) -> bool:
    names = map(local_name, paragraph.itersiblings())
    return next((name for name in names if name in _CONTENT), "") == "p"
