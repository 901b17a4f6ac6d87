"""From the bytes of a file to a report taken apart, where the strict reader would find nothing to say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from disclosure_spec._scalars import RefusedNumber, read_decimal
from disclosure_spec.limits import MAX_JSON_BYTES

if TYPE_CHECKING:
    from disclosure_spec.checking.express.shape import Regular
    from disclosure_spec.document import JSONValue

_decode: Final = json.JSONDecoder(parse_float=read_decimal).decode


def decode(data: bytes) -> JSONValue:
    """Return the JSON value of some bytes, or None where anything about them calls for the strict reader.

    What is left to be seen is whether a key is there twice, or a text holds half a character: see `is_sound`.
    """
    if len(data) > MAX_JSON_BYTES:
        return None
    try:
        value: JSONValue = _decode(data.decode("utf-8"))
    except (ValueError, RefusedNumber, RecursionError):
        return None
    return value


def is_sound(data: bytes, regular: Regular) -> bool:
    """Tell whether nothing was lost when these bytes became this report.

    Every key brings a colon, and every text its own. Were a key there twice, there would be more of them than
    the report can account for. An escape may hide a colon of a text, or be half of a pair.
    """
    if _has_code(data):
        return False
    more = data.count(b":") - regular.keys
    # Chinese is written with a colon of its own, so that few texts need to be looked at.
    return more == regular.colons or more == sum(
        [text.count(":") for text in regular.texts.values() if isinstance(text, str)]
    )


def _has_code(data: bytes) -> bool:
    """Tell whether a character is written by its code, as 一 may be."""
    # From one to the next: to look for two bytes at once takes many times as long as for one.
    at = data.find(b"\\")
    while at >= 0:
        if data[at + 1 : at + 2] == b"u":
            return True
        at = data.find(b"\\", at + 2)
    return False
