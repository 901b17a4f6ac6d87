"""Looks added to those that a workbook has: of marked cells all but the fill stays as it was."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

import lxml.etree

from disclosure_spec.reading.xlsx_book import name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

FILLS: Final[Mapping[str, str]] = {
    "error": "FFF4A6A6",
    "warning": "FFFFE699",
    "info": "FFD9D9D9",
    "suggested": "FF9DC3E6",
    "settled": "FFC6E0B4",
}
"""The fill of a marked cell, by what it is told apart by; lighter and darker also in black and white."""

# The order in which a part of styles must hold its groups.
_ORDER: Final = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
# What every part of styles begins with: programs take the first of each for granted.
_GIVEN: Final[Mapping[str, tuple[str, ...]]] = {
    "fonts": ("<font><sz val='11'/><name val='宋体'/></font>",),
    "fills": (
        "<fill><patternFill patternType='none'/></fill>",
        "<fill><patternFill patternType='gray125'/></fill>",
    ),
    "borders": ("<border><left/><right/><top/><bottom/><diagonal/></border>",),
    "cellXfs": ("<xf numFmtId='0' fontId='0' fillId='0' borderId='0'/>",),
}
_FONTS: Final[Mapping[str, str]] = {
    "plain": "<font><sz val='11'/><name val='宋体'/></font>",
    "bold": "<font><b/><sz val='11'/><name val='宋体'/></font>",
    "title": "<font><b/><sz val='16'/><name val='黑体'/></font>",
    "link": "<font><u/><sz val='11'/><color rgb='FF0645AD'/><name val='宋体'/></font>",
    "italic": "<font><i/><sz val='11'/><name val='宋体'/></font>",
}
_BOX: Final = "".join(
    f"<{side} style='thin'><color rgb='FF7F7F7F'/></{side}>" for side in ("left", "right", "top", "bottom")
)
# Of each look of the list: font, fill, whether it has a border, indent.
_LOOKS: Final[Mapping[str, tuple[str, str, bool, int]]] = {
    "title": ("title", "", False, 0),
    "line": ("plain", "", False, 0),
    "verdict": ("bold", "", False, 0),
    "head": ("bold", "FFC6D9F1", True, 0),
    "text": ("plain", "", True, 0),
    "indented": ("plain", "", True, 2),
    "link": ("link", "", True, 0),
    "number": ("plain", "", True, 0),
    "suggestion": ("italic", "", True, 0),
    **{key: ("plain", colour, True, 0) for key, colour in FILLS.items()},
}


class StyleSheet:
    """Add to the styles of a workbook.

    Args:
        root: Of the part of styles.
        space: The namespace of sheets in the file.
    """

    def __init__(self, root: _Element, space: str) -> None:
        self._root = root
        self._space = space
        self._made: dict[tuple[str, object], int] = {}
        for key in _GIVEN:
            if not len(self._group(key)):
                for one in _GIVEN[key]:
                    self._add(key, one)

    def coloured(self, style: int, key: str) -> int:
        """Return the look of a cell with another fill.

        Args:
            style: The look that it has.
            key: One of `FILLS`.
        """
        if (key, style) not in self._made:
            looks = self._group("cellXfs")
            # A look that there is not is drawn as the first.
            look = deepcopy(looks[style if style < len(looks) else 0])
            look.set("fillId", str(self._fill(FILLS[key])))
            look.set("applyFill", "1")
            self._made[key, style] = self._append(looks, look)
        return self._made[key, style]

    def conditional(self, key: str) -> int:
        """Return the look that a conditional format gives, for cells that others may paint over."""
        fill = f"<fill><patternFill patternType='solid'><bgColor rgb='{FILLS[key]}'/></patternFill></fill>"
        return self._once("dxfs", f"<dxf><font><color rgb='FF000000'/></font>{fill}</dxf>")

    def look(self, key: str) -> int:
        """Return a look of the list of findings."""
        font, fill, boxed, indent = _LOOKS[key]
        values: dict[str, Any] = {
            "numFmtId": 0,
            "fontId": self._once("fonts", _FONTS[font]),
            "fillId": self._fill(fill) if fill else 0,
            "borderId": self._once("borders", f"<border>{_BOX}<diagonal/></border>") if boxed else 0,
        }
        attributes = " ".join(f"{one}='{value}'" for one, value in values.items())
        wrap = "1" if boxed else "0"
        # The look of a typed apostrophe: edited again, a text that begins like a formula stays a text.
        quoted = "0" if key == "number" else "1"
        applied = "applyFont='1' applyFill='1' applyBorder='1' applyAlignment='1'"
        return self._once(
            "cellXfs",
            f"<xf {attributes} quotePrefix='{quoted}' {applied}>"
            f"<alignment horizontal='left' vertical='top' wrapText='{wrap}' indent='{indent}'/></xf>",
        )

    def _fill(self, colour: str) -> int:
        pattern = f"<patternFill patternType='solid'><fgColor rgb='{colour}'/></patternFill>"
        return self._once("fills", f"<fill>{pattern}</fill>")

    def _once(self, key: str, markup: str) -> int:
        if (key, markup) not in self._made:
            self._made[key, markup] = self._add(key, markup)
        return self._made[key, markup]

    def _add(self, key: str, markup: str) -> int:
        wrapped = lxml.etree.fromstring(f"<made xmlns='{self._space}'>{markup}</made>")
        return self._append(self._group(key), wrapped[0])

    def _append(self, group: _Element, one: _Element) -> int:
        group.append(one)
        group.set("count", str(len(group)))
        return len(group) - 1

    def _group(self, key: str) -> _Element:
        for one in self._root:
            if name(one) == key:
                return one
        group = self._root.makeelement(f"{{{self._space}}}{key}")
        before = [one for one in self._root if name(one) in _ORDER[: _ORDER.index(key)]]
        self._root.insert(len(before), group)
        return group
