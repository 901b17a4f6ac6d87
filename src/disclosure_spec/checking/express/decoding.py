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
    the report can account for.
    """
    texts = [text for text in regular.texts.values() if isinstance(text, str)]
    escapes = data.count(b"\\") - sum([text.count("\n") for text in texts])
    # Escapes other than line breaks may hide a colon, or be half of a pair.
    if escapes and b"\\u" in data:
        return False
    return data.count(b":") == regular.keys + sum([text.count(":") for text in texts])
