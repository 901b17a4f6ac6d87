"""Word documents: plain, with bookmarks, content controls or tracked changes, of whatever program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from disclosure_spec.errors import InputError
from disclosure_spec.grid import Content, GridCell, Paragraph, Table
from disclosure_spec.limits import MAX_SPAN
from disclosure_spec.marks import IDENTITY, PREFIX, STYLES
from disclosure_spec.place import Place
from disclosure_spec.reading.limiting import within_limits
from disclosure_spec.reading.package import Package
from disclosure_spec.reading.values import printed
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from disclosure_spec.grid import Block, Role

_DOCUMENT: Final = "word/document.xml"
_LOOKS: Final = "word/styles.xml"
_PROPERTIES: Final = "docProps/custom.xml"
_NO_DOCUMENT: Final = Wording(
    "Word文档中没有正文；请用Word或WPS打开后另存为docx再试。",
    "The Word document has no text; open it in Word or WPS, save it as docx and try again.",
)
# What was deleted or moved away is no longer in the report; instructions of fields never were.
_GONE: Final = frozenset(
    {"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "tblPr", "sdtPr", "sdtEndPr"}
)
_LONGEST_NUMBER: Final = 9
_TEXTS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes) -> Content:
    """Return the paragraphs and tables of a document.

    Raises:
        InputError: `read.no_content`, see `Package` and `within_limits`.
    """
    package = Package(data)
    document = package.xml(_DOCUMENT)
    body = None if document is None else next((one for one in document if _name(one) == "body"), None)
    if body is None:
        raise InputError("read.no_content", _NO_DOCUMENT)
    flow = _Flow(_roles(package.xml(_LOOKS)))
    return Content(within_limits(flow.blocks(body)), form=_identity(package.xml(_PROPERTIES)))


def _name(element: _Element) -> str:
    """Return the name without its namespace: the strict and the usual form of the format differ in that."""
    return str(element.tag).rpartition("}")[2]


def _attribute(element: _Element | None, name: str) -> str:
    if element is None:
        return ""
    found = (value for key, value in element.items() if str(key).rpartition("}")[2] == name)
    return str(next(found, ""))


def _child(element: _Element | None, *names: str) -> _Element | None:
    for name in names:
        children = () if element is None else (one for one in element if _name(one) == name)
        element = next(iter(children), None)
    return element


def _roles(styles: _Element | None) -> Mapping[str, Role]:
    """Return the roles by id of style; other programs change ids and keep names."""
    found = {
        _attribute(style, "styleId"): _attribute(_child(style, "name"), "val")
        for style in (styles if styles is not None else ())
        if _name(style) == "style"
    }
    roles = {name: role for role, name in STYLES.items()}
    return {style: roles[name] for style, name in found.items() if name in roles}


def _identity(properties: _Element | None) -> str:
    for one in properties if properties is not None else ():
        if _attribute(one, "name") == IDENTITY:
            return "".join(map(str, one.itertext())).strip()
    return ""


@dataclass(frozen=True, slots=True)
class _Start:
    """A cell of a physical row, with how it joins the one above."""

    element: _Element
    column: int
    span: int
    continues: bool


class _Flow:
    """Walk a document once, in reading order."""

    def __init__(self, roles: Mapping[str, Role]) -> None:
        self._roles = roles
        self._tables = 0

    def blocks(self, parent: _Element) -> Iterator[Block]:
        """Give tables and paragraphs as they are met."""
        for element in parent:
            name = _name(element)
            if name == "p":
                yield from self._paragraphs(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name not in _GONE and not _is_placeholder(element):
                # Content controls, insertions and the like are walked through.
                yield from self.blocks(element)

    def _paragraphs(self, element: _Element) -> Iterator[Paragraph]:
        role = self._roles.get(_attribute(_child(element, "pPr", "pStyle"), "val"))
        for line in _text(element).split("\n"):
            shown = printed(line)
            if shown:
                yield Paragraph(shown, Place(raw=shown), role)

    def _table(self, element: _Element) -> Iterator[Block]:
        if any(_name(inner) == "tbl" for inner in element.iterdescendants()):
            # A table around others lays out the page.
            for row in _rows(element):
                for cell in _cells(row):
                    yield from self.blocks(cell)
            return
        self._tables += 1
        yield Table(tuple(_physical(element, self._tables)))


def _physical(table: _Element, number: int) -> Iterator[tuple[GridCell, ...]]:
    rows = [list(_starts(row)) for row in _rows(table)]
    for at, row in enumerate(rows):
        made: list[GridCell] = []
        for start in row:
            if start.continues and at:
                continue
            text = _cell_text(start.element)
            place = Place(table=number, row=at + 1, column=len(made) + 1, raw=text)
            rowspan = _rowspan(rows, at, start.column)
            made.append(GridCell(text, at, start.column, rowspan, start.span, place, _mark(start.element)))
        yield tuple(made)


def _rowspan(rows: list[list[_Start]], at: int, column: int) -> int:
    span = 1
    for row in rows[at + 1 : at + MAX_SPAN]:
        if not any(one.column == column and one.continues for one in row):
            break
        span += 1
    return span


def _starts(row: _Element) -> Iterator[_Start]:
    column = _number(_child(row, "trPr", "gridBefore"), 0)
    for cell in _cells(row):
        properties = _child(cell, "tcPr")
        merge = _child(properties, "vMerge")
        span = max(1, _number(_child(properties, "gridSpan"), 1))
        # Without a value the element says that the cell goes on.
        continues = merge is not None and _attribute(merge, "val") != "restart"
        yield _Start(cell, column, span, continues)
        column += span


def _number(element: _Element | None, default: int) -> int:
    value = _attribute(element, "val")
    if not (value.isascii() and value.isdigit()):
        return default
    # A longer number is beyond the limit anyway, and int() of a million digits takes its time.
    return min(int(value[:_LONGEST_NUMBER]), MAX_SPAN)


def _rows(table: _Element) -> Iterator[_Element]:
    for row in _inside(table, "tr"):
        if _child(row, "trPr", "del") is None:
            yield row


def _cells(row: _Element) -> Iterator[_Element]:
    return _inside(row, "tc")


def _inside(parent: _Element, wanted: str) -> Iterator[_Element]:
    """Yield rows or cells, those in content controls and insertions too."""
    for element in parent:
        name = _name(element)
        if name == wanted:
            yield element
        elif name not in _GONE and name not in {"p", "tbl", "tr", "tc"}:
            yield from _inside(element, wanted)


def _cell_text(cell: _Element) -> str:
    lines = (printed(line) for one in _inside(cell, "p") for line in _text(one).split("\n"))
    return "\n".join(line for line in lines if line)


def _mark(cell: _Element) -> str:
    """Return the mark of a cell: a bookmark, or the tag of a content control."""
    for element in cell.iterdescendants():
        name = _name(element)
        mark = _attribute(element, "name" if name == "bookmarkStart" else "val")
        if name in {"bookmarkStart", "tag"} and mark.startswith(PREFIX):
            return mark
    return ""


def _text(element: _Element) -> str:
    """Return the visible text of a paragraph, exactly as it stands."""
    parts: list[str] = []
    for child in element:
        name = _name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _TEXTS:
            parts.append(_TEXTS[name])
        elif name == "AlternateContent":
            # The same content twice, for new and for old programs.
            parts.append(_text(child[0]) if len(child) else "")
        elif name not in _GONE and not _is_hidden(child) and not _is_placeholder(child):
            parts.append(_text(child))
    return "".join(parts)


def _is_hidden(run: _Element) -> bool:
    vanish = _child(run, "rPr", "vanish")
    return vanish is not None and _attribute(vanish, "val") not in {"0", "false", "off"}


def _is_placeholder(control: _Element) -> bool:
    """Tell a content control that nobody filled in: it shows words of its own."""
    return _child(control, "sdtPr", "showingPlcHdr") is not None
