"""Comments on cells: those of the user stay, ours come behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import lxml.etree

from disclosure_spec.reading.xlsx_book import address, cell_at, children
from disclosure_spec.reporting.workbook.texts import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from disclosure_spec.reading.xlsx_book import At

AUTHOR: Final = "disclosure-spec"
_BEGIN, _END = "——检查结果——", "——检查结果完——"
_OURS: Final = re.compile(rf"\s*{_BEGIN}.*?{_END}", re.DOTALL)
"""What an earlier check has written, also where another program has joined it with what a user wrote."""

EMPTY: Final = '<comments xmlns="{space}"><authors/><commentList/></comments>'
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

# Programs before and beside Excel 2007 draw comments in this older vocabulary alone.
EMPTY_DRAWING: Final = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SPACES: Final = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_TYPE: Final = "_x0000_t202"
_SHAPE_TYPE: Final = (
    f'<v:shapetype {_SPACES} id="{_TYPE}" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE: Final = (
    f'<v:shape {_SPACES} id="_x0000_s{{number}}" type="#{_TYPE}" '
    'style="position:absolute;width:320pt;height:{height}pt;z-index:1;visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" '
    'obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_NUMBERED: Final = re.compile(rb"_x0000_s(\d{1,9})")
_FIRST_SHAPE: Final = 1024
_A_LINE: Final = 24
"""Characters of a comment that one of its lines shows, some of them wide."""

_POINTS: Final = 14
_HIGHEST: Final = 30
"""Lines of a comment that are shown at once; its box can be drawn larger."""

_COLUMNS, _ROW_POINTS = 5, 20


def take_back(root: _Element) -> set[At]:
    """Remove from a part of comments what an earlier check has written, and return on which cells it was."""
    found = set()
    for comment in _child(root, "commentList"):
        at = cell_at(comment.get("ref", ""))
        for text in comment.iter(f"{{{lxml.etree.QName(root).namespace}}}t"):
            left = _OURS.sub("", text.text or "")
            if at is not None and left != (text.text or ""):
                text.text = left
                found.add(at)
    return found


def add_comments(root: _Element, texts: Mapping[At, str]) -> list[At]:
    """Add comments to a part of them, and return the cells that had none and need a shape.

    Args:
        root: Of the part.
        texts: What is to be said of each cell.
    """
    space = lxml.etree.QName(root).namespace
    authors, listed = _child(root, "authors"), _child(root, "commentList")
    known = {cell_at(one.get("ref", "")): one for one in listed}
    author = str(_author(authors, space))
    new = []
    for at, text in sorted(texts.items()):
        comment = known.get(at)
        if comment is None:
            comment = lxml.etree.SubElement(
                listed, f"{{{space}}}comment", {"ref": address(at), "authorId": author}
            )
            new.append(at)
        before = any((one.text or "").strip() for one in comment.iter(f"{{{space}}}t"))
        shown = f"{_BEGIN}\n{text}\n{_END}"
        # Behind what the user wrote, which may have runs of its own or be one plain text.
        run = lxml.etree.SubElement(_child(comment, "text"), f"{{{space}}}r")
        lxml.etree.SubElement(run, f"{{{space}}}t", {_SPACE: "preserve"}).text = escaped(
            f"\n\n{shown}" if before else shown
        )
    return new


def _child(parent: _Element, key: str) -> _Element:
    found = next(children(parent, key), None)
    if found is None:
        found = lxml.etree.SubElement(parent, f"{{{lxml.etree.QName(parent).namespace}}}{key}")
    return found


def _author(authors: _Element, space: str | None) -> int:
    names = [one.text for one in authors]
    if AUTHOR not in names:
        lxml.etree.SubElement(authors, f"{{{space}}}author").text = AUTHOR
        names.append(AUTHOR)
    return names.index(AUTHOR)


def with_shapes(drawing: bytes, texts: Mapping[At, str]) -> bytes:
    """Return a drawing with the boxes of comments on cells.

    Args:
        drawing: As it is: older programs write it in markup that is not quite XML, so only its end is found.
        texts: What each box shows.
    """
    number = max((_FIRST_SHAPE, *(int(one) for one in _NUMBERED.findall(drawing))))
    made = "" if f'id="{_TYPE}"'.encode() in drawing else _SHAPE_TYPE
    for shape, ((row, column), text) in enumerate(sorted(texts.items()), number + 1):
        lines = sum(1 + len(line) // _A_LINE for line in text.split("\n"))
        height = _POINTS * min(lines + 1, _HIGHEST)
        # Left column and offset, top row and offset, then right and bottom.
        anchor = (column + 1, 15, max(row - 1, 0), 10, column + 1 + _COLUMNS, 15)
        bottom = max(row - 1, 0) + 2 + height // _ROW_POINTS
        made += _SHAPE.format(
            number=shape,
            height=height,
            anchor=", ".join(map(str, (*anchor, bottom, 4))),
            row=row,
            column=column,
        )
    at = drawing.rfind(b"</")
    if at < 0:
        return with_shapes(EMPTY_DRAWING, texts)
    return drawing[:at] + made.encode() + drawing[at:]
