"""Numbers that Word puts before paragraphs by itself: they are seen and printed, and stand in no text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass
from disclosure_spec.reading.docx_xml import attribute, child, local_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element

_LEVELS: Final = 9
_LARGEST: Final = 99
_LONGEST: Final = 4
_LONGEST_TEXT: Final = 40
"""Characters around a number; a hostile file may have megabytes, before each of its paragraphs."""
_BASES: Final = 10
"""Styles that one may be based on, in a chain."""

_DIGITS: Final = "〇一二三四五六七八九"
_CIRCLES: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def _counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, f"{_DIGITS[tens]}十")
    return ten + (_DIGITS[ones] if ones or not tens else "")


def _spelled(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _wide(number: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(number))


def _circled(number: int) -> str:
    return _CIRCLES[number - 1] if 0 < number <= len(_CIRCLES) else ""


_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalHalfWidth": str,
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted,
    "ideographDigital": _spelled,
    "japaneseDigitalTenThousand": _spelled,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
}
"""How a number is written; of others, as of bullets, nothing is taken over."""


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


class Numbers:
    """Count the paragraphs of a document as Word does; each must be asked about once, in reading order.

    Args:
        numbering: The part with the definitions, if there is one.
        styles: The part with the styles, which may be numbered too.
    """

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        parts = () if numbering is None else tuple(numbering)
        self._lists = {
            attribute(one, "abstractNumId"): _levels(one) for one in parts if _is(one, "abstractNum")
        }
        self._used = {attribute(one, "numId"): one for one in parts if _is(one, "num")}
        styled = () if styles is None else (one for one in styles if _is(one, "style"))
        self._styles = {attribute(one, "styleId"): one for one in styled} if self._used else {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def before(self, paragraph: _Element) -> str:
        """Return the number that is seen before a paragraph; empty if it has none."""
        if not self._used:
            return ""
        number, depth = self._numbered(child(paragraph, "pPr"))
        used = self._used.get(number)
        name = attribute(child(used, "abstractNumId"), "val")
        levels = self._lists.get(name, {})
        if used is None or depth not in levels:
            return ""
        counts = self._counts.setdefault(name, [None] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            self._restart(used, counts)
        before = counts[depth]
        counts[depth] = levels[depth].start if before is None else before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return _shown(levels, counts, depth)

    def _numbered(self, properties: _Element | None) -> tuple[str, int]:
        """Return the list and level of a paragraph, by itself or by its style."""
        style = attribute(child(properties, "pStyle"), "val")
        found = child(properties, "numPr")
        for _ in range(_BASES):
            if child(found, "numId") is not None or style not in self._styles:
                break
            found = child(self._styles[style], "pPr", "numPr")
            style = attribute(child(self._styles[style], "basedOn"), "val")
        return attribute(child(found, "numId"), "val"), _whole(attribute(child(found, "ilvl"), "val"), 0)

    def _restart(self, used: _Element, counts: list[int | None]) -> None:
        """Begin anew where a list says so: another list may go on with its count."""
        for one in used:
            depth = _whole(attribute(one, "ilvl"), _LEVELS)
            start = child(one, "startOverride")
            if _is(one, "lvlOverride") and start is not None and depth < _LEVELS:
                counts[depth] = _whole(attribute(start, "val"), 1) - 1


def _is(element: _Element, name: str) -> bool:
    return local_name(element) == name


def _levels(definition: _Element) -> Mapping[int, _Level]:
    found: dict[int, _Level] = {}
    for one in definition:
        depth = _whole(attribute(one, "ilvl"), _LEVELS)
        if _is(one, "lvl") and depth < _LEVELS:
            found[depth] = _Level(
                attribute(child(one, "numFmt"), "val"),
                attribute(child(one, "lvlText"), "val")[:_LONGEST_TEXT],
                _whole(attribute(child(one, "start"), "val"), 0),
            )
    return found


def _shown(levels: Mapping[int, _Level], counts: list[int | None], depth: int) -> str:
    written: dict[str, str] = {}
    for at in range(depth + 1):
        level = levels.get(at)
        number = counts[at]
        number = level.start if level and number is None else number
        write = _FORMATS.get(level.format) if level else None
        if write and number is not None and number <= _LARGEST:
            written[str(at + 1)] = write(number)
    fields = re.findall("%([1-9])", levels[depth].text)
    # A number of which a piece is not known is no number.
    if not fields or not all(written.get(one) for one in fields):
        return ""
    return re.sub("%([1-9])", lambda one: written[one[1]], levels[depth].text)


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else default
