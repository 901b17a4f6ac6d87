"""What is printed in a cell, as a value: a number only where nothing has to be guessed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass
from disclosure_spec.limits import MAX_NUMBER_DIGITS

if TYPE_CHECKING:
    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Cell

# Editors and copied text leave these in cells that look blank.
_INVISIBLE: Final = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_STRIPPED: Final = f" \t\r\n\f\v\u00a0\u3000\u2002\u2003\u2009\u202f{_INVISIBLE}"
# Digits, points and signs only: NFKC would also make a 2 of the footnote mark ².
_ASCII: Final = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        "，": ",",
        "．": ".",
        "＋": "+",
        "－": "-",
        "−": "-",
    }
)
# Groups of three or none: `1,5` may mean 1.5 or 15, and `007` is no count.
_NUMBER: Final = re.compile(r"([+-]?)(0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.([0-9]+))?")
# The change of a year is also written in words: 增加3, 减少8.
_WORDED: Final = re.compile(r"(增加?|减少?)\s*(?=[0-9])")
_SIGN_OF: Final = {"增": "+", "减": "-"}
_COUNT_UNITS: Final = ("件", "项", "个", "次")
# Longest first: 元 is also the end of the other two.
MONEY_UNITS: Final = ("亿元", "万元", "元")
# A mark is kept as the text it is: “/” may mean none, or that the matter does not arise.
_MARK: Final = re.compile(r"[-－—–―─/／\\*＊.…]{1,6}|[无零]")


@dataclass(frozen=True, slots=True)
class Value:
    """A printed value, and the unit printed with it."""

    value: JSONValue
    unit: str | None = None


def printed(text: str) -> str:
    """Return the text of a cell without what cannot be seen around it; empty for a blank."""
    return text.strip(_STRIPPED)


def read_value(text: str, cell: Cell) -> Value:
    """Read the text of one cell: None for a blank, a number where it is one, else the text as printed."""
    shown = printed(text)
    if not shown:
        # Blank is not zero: a figure that nobody stated stays unstated.
        return Value(None)
    if cell.type == "amount":
        return _amount(shown, cell)
    number = _count(shown.translate(_ASCII), signed=cell.type == "signed_count")
    return Value(shown if number is None else number)


def read_whole(text: str) -> int | None:
    """Return the whole number that a text is, such as a year; None if it is not one."""
    number = _number(printed(text).translate(_ASCII))
    return number if isinstance(number, int) else None


def is_value_like(text: str) -> bool:
    """Tell whether a text can only be a value: blank, a number with sign and unit, a dash or slash."""
    shown = printed(text)
    if not shown or _is_digits(shown) or _MARK.fullmatch(shown):
        return True
    bare = _WORDED.sub("", shown.translate(_ASCII), count=1)
    for unit in ("", *_COUNT_UNITS, *MONEY_UNITS):
        if bare.endswith(unit) and _LOOSE.fullmatch(bare.removesuffix(unit).rstrip(_STRIPPED)):
            return True
    return False


def is_several_values(text: str) -> bool:
    """Tell whether a text is two numbers or more, with their units and nothing else."""
    shown = printed(text)
    if _is_digits(shown):
        return False
    for unit in (*_COUNT_UNITS, *MONEY_UNITS):
        shown = shown.replace(unit, " ")
    pieces = shown.split()
    return len(pieces) > 1 and all(is_value_like(piece) for piece in pieces)


# Looser than `_NUMBER`: a number written badly is still a value and must not be taken for a label.
_LOOSE: Final = re.compile(r"[+-]?[0-9](?:[0-9,.]*[0-9])?%?")


def _amount(shown: str, cell: Cell) -> Value:
    text = shown.translate(_ASCII)
    unit = next((one for one in MONEY_UNITS if text.endswith(one)), None)
    if unit is not None:
        text = text.removesuffix(unit).rstrip(_STRIPPED)
    number = _number(text)
    if unit is not None and cell.unit_pointer and unit in cell.units and (not text or _MARK.fullmatch(text)):
        # The unit was printed beforehand, and no amount was written before it.
        return Value(text or None, unit)
    # Another unit is not converted: whether the number or the unit is the slip cannot be told.
    if number is None or (unit is not None and unit not in {cell.unit, *cell.units}):
        return Value(shown)
    return Value(number, unit if cell.unit_pointer else None)


def _is_digits(text: str) -> bool:
    """Tell a text of digits alone, as nearly all values are, so that nothing else need be asked of it."""
    return text.isdecimal() and text.isascii()


def _count(text: str, *, signed: bool) -> int | Decimal | None:
    if _is_digits(text):
        return _whole(text)
    unit = next((one for one in _COUNT_UNITS if text.endswith(one)), "")
    text = text.removesuffix(unit).rstrip(_STRIPPED)
    worded = _WORDED.match(text) if signed else None
    if worded:
        text = _SIGN_OF[text[0]] + text[worded.end() :]
    number = _number(text)
    # `3.0` is what spreadsheets make of 3; that half a case cannot be counted is for a rule to say.
    return int(number) if number is not None and number == int(number) else number


def _whole(digits: str) -> int | None:
    # `007` is no count, and a number too long is kept as text, see `_number`.
    return int(digits) if len(digits) <= MAX_NUMBER_DIGITS and (digits[0] != "0" or digits == "0") else None


def _number(text: str) -> int | Decimal | None:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    sign, whole, fraction = match.groups()
    digits = whole.replace(",", "")
    # As text it becomes a finding about its cell; as a number no strict reader would take it back.
    if max(len(digits), len(fraction or "")) > MAX_NUMBER_DIGITS:
        return None
    sign = sign.replace("+", "")
    return Decimal(f"{sign}{digits}.{fraction}") if fraction else int(sign + digits)
