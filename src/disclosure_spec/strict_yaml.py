"""YAML as another spelling of JSON: the same values, with room for comments and readable paragraphs.

Only what JSON can say is read; everything in which readers of YAML differ is refused or quoted.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from disclosure_spec._scalars import decode, quote, write_number
from disclosure_spec.document import Document, JSONValue, as_document, join_pointer
from disclosure_spec.limits import MAX_YAML_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEP: Final = 2
_LONGEST_SIMPLE_KEY: Final = 128

# What some reader of YAML takes for a constant: never written without quotes.
_RESERVED: Final = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})
# A letter first, so that no number, date or mark of YAML can be meant; no colon, no hash.
_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w\-./+%，。、；：？！“”‘’（）《》〈〉【】〔〕…—·％／]| (?! |$))*")
# What a literal block carries unchanged: no tab, nothing that ends a line, no blank that looks like indent.
_PARAGRAPH: Final = re.compile(
    "(?! )[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
)
# Written as themselves some parsers refuse these; U+2028 ends a line for YAML 1.1.
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NOT_IN_COMMENT: Final = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]+"
)


def loads_yaml(data: bytes | str) -> JSONValue:
    """Read one YAML document of JSON values.

    Without quotes only `true`, `false`, `null`, `~`, nothing at all, and numbers as JSON writes them are not
    text: `no`, `010`, `1:30` and `2024-01-01` stay what they look like.

    Raises:
        InputError: `yaml.too_large`, `yaml.empty`, `yaml.too_many_nodes`, `yaml.too_deep`, `yaml.syntax`,
            `yaml.control_character`, `yaml.duplicate_key`, `yaml.key`, `yaml.merge_key`, `yaml.alias`,
            `yaml.anchor`, `yaml.tag`, `yaml.directive`, `yaml.several_documents`, `yaml.number_too_long`,
            `yaml.number_exponent`, `yaml.surrogate` or `encoding.not_utf8`; all but the first two say line
            and column.
    """
    from disclosure_spec import _yaml_reader  # noqa: PLC0415 - writing YAML must not load the YAML library

    return _yaml_reader.load(decode(data, "yaml", MAX_YAML_BYTES))


def loads_document(data: bytes | str) -> Document:
    """Read one YAML document, which must be an object.

    Raises:
        InputError: As for `loads_yaml`, and `document.not_object`.
    """
    return as_document(loads_yaml(data))


def dumps_yaml(value: JSONValue, comments: Mapping[str, str] | None = None) -> str:
    """Write a value as YAML in block style, paragraphs as literal blocks.

    Reading the text gives an equal value; a decimal without decimal places comes back as an integer.

    Args:
        value: What to write.
        comments: By JSON Pointer, what to print behind the value as a comment; line breaks become spaces.

    Raises:
        ValueError: A number is not finite.
    """
    return "\n".join(_Emitter(comments or {}).lines(value)) + "\n"


class _Emitter:
    """Turn a value into lines; a node is a head, on its key's line, and a body of lines below it."""

    def __init__(self, comments: Mapping[str, str]) -> None:
        self._comments = comments

    def lines(self, value: JSONValue) -> list[str]:
        head, body = self._node(value, (), 0)
        first = (head + self._comment(())).strip()
        return [first, *body] if first else body

    def _node(self, value: JSONValue, parts: tuple[str, ...], indent: int) -> tuple[str, list[str]]:
        if isinstance(value, dict) and value:
            return "", self._mapping(value, parts, indent)
        if isinstance(value, list) and value:
            return "", self._sequence(value, parts, indent)
        if isinstance(value, str) and _is_prose(value):
            # Indented even at the root, or a line `---` in the text would end the document.
            pad = " " * (indent or _STEP)
            body = [pad + line if line else "" for line in value.removesuffix("\n").split("\n")]
            # `|-` keeps a text from gaining a line break that it did not have.
            return "|" if value.endswith("\n") else "|-", body
        return _scalar(value), []

    def _mapping(self, value: Document, parts: tuple[str, ...], indent: int) -> list[str]:
        pad = " " * indent
        lines: list[str] = []
        for key, child in value.items():
            head, body = self._node(child, (*parts, key), indent + _STEP)
            lines += [
                pad + _key(key, pad) + (f" {head}" if head else "") + self._comment((*parts, key)),
                *body,
            ]
        return lines

    def _sequence(self, value: list[JSONValue], parts: tuple[str, ...], indent: int) -> list[str]:
        pad = " " * indent
        lines: list[str] = []
        for number, child in enumerate(value):
            head, body = self._node(child, (*parts, str(number)), indent + _STEP)
            comment = self._comment((*parts, str(number)))
            if not head and not comment:
                head, *body = body
                head = head[indent + _STEP :]
            lines += [f"{pad}-" + (f" {head}" if head else "") + comment, *body]
        return lines

    def _comment(self, parts: tuple[str, ...]) -> str:
        comment = self._comments.get(join_pointer(parts)) if self._comments else None
        # A line break in a label would end the comment, and the rest would be read as content.
        return "  # " + _NOT_IN_COMMENT.sub(" ", comment).strip() if comment else ""


def _key(key: str, pad: str) -> str:
    text = _text(key)
    # A parser looks only so far for the colon; a longer key needs its own mark.
    return f"{text}:" if len(text) <= _LONGEST_SIMPLE_KEY else f"? {text}\n{pad}:"


def _scalar(value: JSONValue) -> str:
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return write_number(value)
    return "{}" if isinstance(value, dict) else "[]"


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", quote(text))


def _is_prose(text: str) -> bool:
    """Tell whether the text survives a literal block: whole lines, none with blanks at its ends."""
    lines = text.removesuffix("\n").split("\n")
    return (
        "\n" in text
        and bool(lines[0] and lines[-1])
        and all(_PARAGRAPH.fullmatch(line) and not line.endswith(" ") for line in lines)
    )
