"""The visible text of a paragraph of a Word document: what a reader of the page sees, nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec.reading.docx_xml import attribute, child, children, is_on, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIGNS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Struck-out text is what the author took back.
_UNSEEN: Final = ("vanish", "strike", "dstrike")
_RAISED: Final = frozenset({"superscript", "subscript"})
_CODE: Final = re.compile("[0-9A-Fa-f]{4}")
# The font of that name holds digits and signs at their usual places in a private area.
_SYMBOL: Final = ("Symbol", range(0xF020, 0xF040), 0xF000)
_NONE: Final = (range(0x20), range(0xD800, 0xE000), range(0xFFFE, 0x10000))
_UNKNOWN: Final = "\ufffd"


class VisibleText:
    """Gather the text of one paragraph.

    Args:
        paragraph: The element.
        apart: Whether raised text is kept apart: a footnote mark must not become a digit of a number.

    Attributes:
        boxes: The text boxes anchored in it, which are read after it.
    """

    def __init__(self, paragraph: _Element, *, apart: bool) -> None:
        self.boxes: list[_Element] = []
        self._apart = apart
        self._parts: list[str] = []
        # Where the instruction of each open field began; None from where its result begins.
        self._fields: list[int | None] = []
        self._walk(paragraph)

    def __str__(self) -> str:
        return "".join(self._parts)

    def _walk(self, parent: _Element) -> None:
        for element in children(parent):
            name = local_name(element)
            if name == "t":
                self._parts.append(element.text or "")
            elif name in _SIGNS:
                self._parts.append(_SIGNS[name])
            elif name == "sym":
                self._parts.append(_symbol(element))
            elif name == "fldChar":
                self._field(attribute(element, "fldCharType"))
            elif name == "txbxContent":
                self.boxes.append(element)
            else:
                self._inner(element, child(element, "rPr"), is_run=name == "r")

    def _inner(self, element: _Element, properties: _Element | None, *, is_run: bool) -> None:
        if is_run and any(is_on(properties, one) for one in _UNSEEN):
            return
        raised = attribute(child(properties, "vertAlign"), "val") in _RAISED
        edge = [" "] if raised and self._apart else []
        self._parts += edge
        self._walk(element)
        self._parts += edge

    def _field(self, kind: str) -> None:
        """Drop what stands between the begin of a field and its result: how it is made, fields within."""
        if kind == "begin":
            self._fields.append(len(self._parts))
        elif self._fields and kind in {"separate", "end"}:
            begun = self._fields.pop()
            # A field that never ends would else take the rest of the text with it.
            if begun is not None:
                del self._parts[begun:]
            if kind == "separate":
                self._fields.append(None)


def _symbol(element: _Element) -> str:
    code = attribute(element, "char")
    if not _CODE.fullmatch(code):
        return _UNKNOWN
    number = int(code, 16)
    font, usual, shift = _SYMBOL
    if attribute(element, "font") == font and number in usual:
        number -= shift
    return _UNKNOWN if any(number in one for one in _NONE) else chr(number)
