"""The parts of a workbook while some are changed: all others stay as they are, to the byte."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

import lxml.etree

from disclosure_spec.reading.package import Package, parse
from disclosure_spec.reading.xlsx_book import attribute, children, related, workbook_path
from disclosure_spec.writing.archive import archive

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

_TYPES: Final = "[Content_Types].xml"
_TYPES_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_SPACE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# The two forms of the format differ in the names of their vocabularies alone.
_RELATED_BY_MAIN: Final[Mapping[str, str]] = {
    _MAIN: _RELATED,
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_WORKBOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_EMPTY: Final = {
    _TYPES: f'<Types xmlns="{_TYPES_SPACE}">'
    f'<Default Extension="rels" ContentType="{_RELATIONS_TYPE}"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_WORKBOOK_TYPE}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS_SPACE}"><Relationship Id="rId1" '
    f'Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}">'
    "<bookViews><workbookView/></bookViews><sheets/></workbook>",
}


def empty_workbook() -> bytes:
    """Return a workbook without a sheet, for what there is no report to show with."""
    return archive({name: text.encode() for name, text in _EMPTY.items()})


class Parts:
    """Hold the parts of a workbook, and what is changed of them.

    Attributes:
        workbook: The name of the main part.
        space: The namespace of the vocabulary for sheets in this file.
        related_space: The namespace of ids of related parts, with which their types begin.

    Args:
        data: The file.

    Raises:
        InputError: See `Package`.
    """

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        self._trees: dict[str, _Element] = {}
        self._made: dict[str, bytes] = {}
        self.workbook = workbook_path(self._package)
        self.space = lxml.etree.QName(self.tree(self.workbook)).namespace or _MAIN
        self.related_space = _RELATED_BY_MAIN.get(self.space, _RELATED)

    def tree(self, name: str, empty: str = "<empty/>") -> _Element:
        """Return the root of a part that is to be changed.

        Args:
            name: Of the part.
            empty: What it is made from where there is none.
        """
        if name not in self._trees:
            tree = self._package.xml(name)
            self._trees[name] = parse(empty.encode(), name) if tree is None else tree
        return self._trees[name]

    def data(self, name: str) -> bytes | None:
        """Return the bytes of a part; None if there is none."""
        return self._made.get(name, self._package.part(name))

    def put(self, name: str, data: bytes) -> None:
        """Put a part into the file as these bytes."""
        self._made[name] = data

    def related(self, name: str, kind: str) -> str | None:
        """Return the first part of a kind that a part refers to."""
        return next(iter(related(self._package, name, f"/{kind}").values()), None)

    def targets(self, name: str) -> Mapping[str, str]:
        """Return all parts that a part of the file as given refers to, by id."""
        return related(self._package, name)

    def relate(self, name: str, kind: str, target: str, content_type: str) -> str:
        """Let a part refer to a new one of a kind, and return the id of that."""
        folder, file = posixpath.split(name)
        root = self.tree(
            posixpath.join(folder, "_rels", f"{file}.rels"), f'<Relationships xmlns="{_RELATIONS_SPACE}"/>'
        )
        taken = {attribute(one, "Id") for one in root}
        key = next(one for one in _numbered("rIdCheck", "") if one not in taken)
        attributes = {"Id": key, "Type": f"{self.related_space}/{kind}", "Target": f"/{target}"}
        lxml.etree.SubElement(root, f"{{{_RELATIONS_SPACE}}}Relationship", attributes)
        types = self.tree(_TYPES, f'<Types xmlns="{_TYPES_SPACE}"/>')
        declared = {"PartName": f"/{target}", "ContentType": content_type}
        lxml.etree.SubElement(types, f"{{{_TYPES_SPACE}}}Override", declared)
        return key

    def free(self, stem: str, suffix: str) -> str:
        """Return the name of a part that there is not yet, beside the workbook."""
        folder = posixpath.dirname(self.workbook)
        taken = {one.lower() for one in (*self._package.names, *self._made, *self._trees)}
        names = (posixpath.join(folder, one) for one in _numbered(stem, suffix))
        return next(one for one in names if one.lower() not in taken)

    @property
    def has_macros(self) -> bool:
        """Tell whether Excel opens the file only under the suffix for macros."""
        declared = children(self.tree(_TYPES), "Override")
        return any("macroEnabled" in attribute(one, "ContentType") for one in declared)

    def file(self) -> bytes:
        """Return the whole file, parts in the order in which they came and new ones behind."""
        changed = {name: _serialised(tree) for name, tree in self._trees.items()} | self._made
        names = dict.fromkeys((*self._package.names, *changed))
        return archive({name: changed.get(name) or self._package.part(name) or b"" for name in names})


def _serialised(tree: _Element) -> bytes:
    return lxml.etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _numbered(stem: str, suffix: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{stem}{number}{suffix}"
