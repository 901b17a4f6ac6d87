"""What no file can hold: characters that XML, HTML or UTF-8 do not have, named before anything is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec.document import join_pointer
from disclosure_spec.errors import InputError
from disclosure_spec.particulars import OWN_PREFIXES
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition

# XML 1.0, production 2; the last of the control characters is legal there, and lost in web pages.
_NOT_PRINTED: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOT_ENCODED: Final = re.compile("[\ud800-\udfff]")
_REFUSED: Final = Wording(
    "“{label}”（{place}）第{at}个字符是U+{code}，文件中不能保存；请删去或改正后再试。",
    "Character {at} of “{label}” ({place}) is U+{code}, which no file can hold; remove or correct it.",
)


def refuse_unwritable(document: Document, edition: Edition, *, printed: bool) -> None:
    """Refuse a document with text that would be lost or break the file.

    Args:
        document: The document.
        edition: Its edition, for the words of the place.
        printed: Whether it becomes a page or an office file; data escapes more.

    Raises:
        InputError: `write.character`, with the pointer as its place.
    """
    wrong = _NOT_PRINTED if printed else _NOT_ENCODED
    for pointer, text in _texts(document, ""):
        found = wrong.search(text)
        if found:
            values = {"place": pointer, "at": found.start() + 1, "code": f"{ord(found.group()):04X}"}
            label = edition.label(pointer)
            raise InputError("write.character", _REFUSED.fill(label=label, **values), pointer)


def _texts(value: JSONValue, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield every text with its pointer; keys of one's own as they are written, as JSON."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for key, one in value.items():
            inner = pointer + join_pointer([key])
            if key.startswith(OWN_PREFIXES):
                yield inner, key
                yield inner, dumps_json(one, indent=None)
            else:
                yield from _texts(one, inner)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _texts(one, pointer + join_pointer([str(number)]))
