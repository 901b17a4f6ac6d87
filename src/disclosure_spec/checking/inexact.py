"""Numbers that no strict reader lets in, and that a check therefore refuses."""

from __future__ import annotations

from decimal import Decimal

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_NUMBER_DIGITS
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from disclosure_spec.document import JSONValue

_LARGEST: Final = 10**MAX_NUMBER_DIGITS


def refuse_inexact(value: JSONValue | float) -> None:
    """Refuse a document, or a value of one, that holds a number which cannot be trusted.

    Raises:
        InputError: `document.float` or `document.number`, for the first of them.
    """
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            # Most values are texts and short numbers, and not worth a call.
            if not isinstance(one, str) and not (type(one) is int and -_LARGEST < one < _LARGEST):
                refuse_inexact(one)
    # json.loads() makes these: 0.1 + 0.2 is not 0.3, and a correct sum would be called wrong.
    elif isinstance(value, float):
        raise InputError(
            "document.float",
            Wording(
                "文档中有二进制浮点数；请用 disclosure_spec.reading.read 读入，或用 parse_float=Decimal。",
                "The document holds a binary float; use disclosure_spec.reading.read or parse_float=Decimal.",
            ),
        )
    elif isinstance(value, int | Decimal) and not _is_sane(value):
        raise InputError(
            "document.number",
            Wording(
                f"文档中有超过{MAX_NUMBER_DIGITS}位或不是有限值的数。",
                f"The document holds a number that is not finite or exceeds {MAX_NUMBER_DIGITS} digits.",
            ),
        )


def _is_sane(value: int | Decimal) -> bool:
    # Asked first, because comparing a decimal NaN with a number raises.
    finite = value.is_finite() if isinstance(value, Decimal) else True
    return finite and -_LARGEST < value < _LARGEST
