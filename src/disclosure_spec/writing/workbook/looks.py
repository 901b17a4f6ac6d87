"""How the cells of the workbook look, and how high a row must be for its text."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_SONG: Final = "宋体"
_HEI: Final = "黑体"
_BORDER: Final = {"border": 1}
_MIDDLE: Final = {"valign": "vcenter"}
_CENTRE: Final = {"align": "center", **_MIDDLE}
_TOP: Final = {"valign": "top", "text_wrap": True}
_PALE: Final = {"bg_color": "#FFFDE7", "locked": False}
_GREY: Final = {"font_color": "#7F7F7F"}
_TEXT: Final = {"num_format": "@"}

_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "name": {"font_name": _HEI, "font_size": 18, **_CENTRE},
    "head": {"font_name": _HEI, "font_size": 13, **_MIDDLE},
    "advice": {**_TOP},
    "label": {**_BORDER, **_MIDDLE, "text_wrap": True},
    "field": {**_BORDER, **_PALE, **_MIDDLE, **_TEXT, "text_wrap": True},
    "number field": {**_BORDER, **_PALE, **_MIDDLE, "align": "left"},
    "more": {**_GREY, "font_size": 9, "align": "right", "valign": "top"},
    "hint": {**_GREY, "italic": True, **_MIDDLE, "text_wrap": True},
    "prose": {**_BORDER, **_PALE, **_TOP, "font_size": 12},
    # A text that begins like a formula stays a text when its cell is edited.
    "quoted prose": {**_BORDER, **_PALE, **_TOP, "font_size": 12, "quote_prefix": True},
    "cell": {**_BORDER, **_CENTRE, "text_wrap": True},
    "band": {**_BORDER, **_CENTRE, "text_wrap": True, "bg_color": "#C6D9F1"},
    "row label": {**_BORDER, **_MIDDLE, "text_wrap": True},
    "input": {**_BORDER, **_CENTRE, **_PALE, "shrink": True},
    "quoted input": {**_BORDER, **_CENTRE, **_PALE, "shrink": True, "quote_prefix": True},
    "sum": {**_BORDER, **_MIDDLE, "align": "left"},
    "check": {**_BORDER, **_MIDDLE, "text_wrap": True, "font_size": 10},
    "check middle": {**_BORDER, **_CENTRE, "font_size": 10, "shrink": True},
    "check number": {**_BORDER, **_MIDDLE, "align": "right", "font_size": 10, "shrink": True},
    "check head": {**_BORDER, **_CENTRE, "font_name": _HEI, "bg_color": "#C6D9F1", "text_wrap": True},
    "applies": {
        **_BORDER,
        **_CENTRE,
        "font_size": 10,
        "num_format": '[=1]"适用";[=0]"不适用";"待定"',
        "shrink": True,
    },
    "bad": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "doubtful": {"bg_color": "#FFEB9C", "font_color": "#7F4F00"},
    "good": {"bg_color": "#E2EFDA"},
}
_CONDITIONAL: Final = frozenset({"bad", "doubtful", "good"})

# At 96 dots an inch; a Chinese character is as wide as its font is high, a Latin letter half of that.
_PIXELS_A_POINT: Final = 4 / 3
_LINE: Final = 1.3
_MARGIN: Final = 6
_FIRST_WIDE: Final = "\u2e80"
HIGHEST: Final = 405
"""Points of the highest row, a little below Excel's limit of 409."""


class Looks:
    """Make every look once, when it is asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        # Excel takes some thousands of looks only, and every one made stands in the file.
        if name not in self._made:
            font = {} if name in _CONDITIONAL else {"font_name": _SONG, "font_size": 11}
            self._made[name] = self._book.add_format({**font, **_LOOKS[name]})
        return self._made[name]


def height(text: str, pixels: float, size: float = 11) -> float:
    """Return the points that a text takes in a cell of some width, between one line and the highest row."""
    width = max(pixels - _MARGIN, size)
    lines = sum(max(1, ceil(_breadth(line, size) / width)) for line in text.split("\n"))
    return min(HIGHEST, lines * size * _LINE + _MARGIN)


def _breadth(text: str, size: float) -> float:
    # Wider than the mean, so that a font that is not there and its stand-in both find room.
    return (
        sum(1.02 if one >= _FIRST_WIDE or one in "“”‘’—…·" else 0.58 for one in text) * size * _PIXELS_A_POINT
    )
