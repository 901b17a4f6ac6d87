"""What the cells of a workbook hold as text: exact numbers, dates as shown, strings with their escapes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass
from disclosure_spec.limits import MAX_DIGITS, MAX_NUMBER_CHARACTERS, MAX_NUMBER_DIGITS
from disclosure_spec.reading.values import is_value_like

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Escapes may hold what no text may.
_HALVES: Final = re.compile("[\ud800-\udfff]")
_PHONETIC: Final = "rPh"
_RAISED: Final = frozenset({"superscript", "subscript"})
_OFF: Final = frozenset({"0", "false"})
# Numbers of the formats that show a date or time in any language, East Asian ones included.
_DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_PATTERN: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_PERCENT_FORMATS: Final = frozenset({9, 10})
_DATE_LETTERS: Final = re.compile("[ymdhs年月日]", re.IGNORECASE)
_GENERAL: Final = re.compile("general", re.IGNORECASE)
_DAY_ZERO: Final = date(1899, 12, 30)
_DAY_ZERO_1904: Final = date(1904, 1, 1)
_LAST_DAY: Final = 2_958_465
"""The day number of 9999-12-31."""

_MINUTES: Final = 24 * 60

# Excel believes that 1900 was a leap year, so its first sixty days are one off.
_MARCH_1900: Final = 61


@dataclass(frozen=True, slots=True)
class Styles:
    """What the styles of cells say about their content, by index."""

    dates: tuple[bool, ...] = ()
    percents: tuple[bool, ...] = ()
    struck: tuple[bool, ...] = ()
    outlined: tuple[bool, ...] = ()

    def is_date(self, index: str) -> bool:
        """Tell whether numbers of a style are shown as dates."""
        return _flag(self.dates, index)

    def is_percent(self, index: str) -> bool:
        """Tell whether numbers of a style are shown as percentages."""
        return _flag(self.percents, index)

    def is_struck(self, index: str) -> bool:
        """Tell whether cells of a style are struck out."""
        return _flag(self.struck, index)

    def is_outlined(self, index: str) -> bool:
        """Tell whether cells of a style have a border."""
        return _flag(self.outlined, index)


@dataclass(frozen=True, slots=True)
class Dates:
    """Turn day numbers into dates."""

    since_1904: bool = False

    def text(self, value: str) -> str | None:
        """Return the date a number is shown as, YYYY-MM-DD, or the time HH:MM; None where it is neither."""
        number = _decimal(value)
        if number is None or not 0 <= number <= _LAST_DAY:
            return None
        if number < 1:
            hours, minutes = divmod(int(number * _MINUTES), 60)
            return f"{hours:02}:{minutes:02}"
        days = int(number)
        if self.since_1904:
            return (_DAY_ZERO_1904 + timedelta(days)).isoformat() if days + 1462 <= _LAST_DAY else None
        return (_DAY_ZERO + timedelta(days + (days < _MARCH_1900))).isoformat()


def styles(root: _Element | None) -> Styles:
    """Return what a part of styles says."""
    if root is None:
        return Styles()
    codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in _under(root, "numFmts")}
    borders = [any(side.get("style", "none") != "none" for side in one) for one in _under(root, "borders")]
    struck = [_is_on(one, "strike") for one in _under(root, "fonts")]
    formats = _under(root, "cellXfs")
    numbers = [one.get("numFmtId", "0") for one in formats]
    return Styles(
        tuple(_is_date(one, codes) for one in numbers),
        tuple(_is_percent(one, codes) for one in numbers),
        tuple(_flag(tuple(struck), one.get("fontId", "0")) for one in formats),
        tuple(_flag(tuple(borders), one.get("borderId", "0")) for one in formats),
    )


def plain_text(source: _Element | str) -> str:
    """Return a string without markup, readings, escapes and what is struck out, with one kind of line end."""
    text = source if isinstance(source, str) else _joined(list(_runs(source, raised=False)))
    # Line ends and what XML cannot hold are stored as _x000D_ and the like.
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n")
    return _HALVES.sub("", text)


def number_text(value: str) -> str:
    """Return a number as people see it: at most fifteen digits, no exponent, no zeros at its end."""
    number = _decimal(value)
    if number is None or abs(number.adjusted()) >= MAX_NUMBER_DIGITS:
        return value.strip()[:MAX_NUMBER_CHARACTERS]
    if "." in value or "e" in value.lower():
        # What is beyond is noise of binary fractions, as in 0.30000000000000004.
        number = Decimal(f"{number:.{MAX_DIGITS}g}")
    shown = format(number, "f")
    # A spreadsheet shows 3.0 as 3.
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _decimal(value: str) -> Decimal | None:
    try:
        number = Decimal(value.strip()[:MAX_NUMBER_CHARACTERS])
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def percent_text(value: str) -> str:
    """Return a number that is shown as a percentage as it is shown: who typed 3 sees 3%, not 0.03."""
    number = _decimal(value)
    if number is None or abs(number.adjusted()) >= MAX_NUMBER_DIGITS:
        return number_text(value)
    return f"{number_text(str(number.scaleb(2)))}%"


def _joined(runs: list[tuple[str, bool]]) -> str:
    text = "".join(one for one, _ in runs)
    if not is_value_like(text):
        return text
    # The mark of a footnote must not become a digit of the number before it.
    return "".join(f" {one} " if raised else one for one, raised in runs)


def _runs(element: _Element, *, raised: bool) -> Iterator[tuple[str, bool]]:
    """Give the texts in an element and whether each is raised, without readings above Chinese characters."""
    for one in element:
        tag = _name(one)
        if tag == "t":
            yield one.text or "", raised
        elif tag != _PHONETIC:
            properties = next(iter(one), None) if tag == "r" else None
            # Struck-out text is what the author took back.
            if properties is None or not _is_on(properties, "strike"):
                yield from _runs(one, raised=_is_raised(properties))


def _is_raised(properties: _Element | None) -> bool:
    shifts = () if properties is None else properties
    return any(_name(one) == "vertAlign" and one.get("val") in _RAISED for one in shifts)


def _is_on(properties: _Element, key: str) -> bool:
    return any(_name(one) == key and one.get("val") not in _OFF for one in properties)


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _under(root: _Element, key: str) -> list[_Element]:
    return [one for parent in root if _name(parent) == key for one in parent]


def _is_date(number: str, codes: dict[str, str]) -> bool:
    if number not in codes:
        return number.isdecimal() and int(number) in _DATE_FORMATS
    # Letters in quotes and brackets are no part of the pattern: 0"日" is no date.
    bare = _GENERAL.sub("", _NOT_PATTERN.sub("", codes[number]))
    return bool(_DATE_LETTERS.search(bare))


def _is_percent(number: str, codes: dict[str, str]) -> bool:
    if number not in codes:
        return number.isdecimal() and int(number) in _PERCENT_FORMATS
    return "%" in _NOT_PATTERN.sub("", codes[number])


def _flag(flags: tuple[bool, ...], index: str) -> bool:
    # A cell without a style has the first.
    number = int(index) if index.isdecimal() else 0
    return number < len(flags) and flags[number]
