"""JSON as a report needs it: no silent guess on the way in, stable bytes on the way out.

The standard decoder does the work at its full speed; what it lets pass is refused around it. Only when
something is wrong is the text walked a second time, to say where.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from decimal import Decimal

from disclosure_spec._scalars import (
    DUPLICATE_KEY,
    SURROGATE,
    TOO_DEEP,
    RefusedNumber,
    decode,
    error_at,
    excerpt,
    quote,
    read_decimal,
    read_integer,
    write_number,
)
from disclosure_spec._typing import TYPE_CHECKING, Final, NoReturn
from disclosure_spec.document import Document, JSONValue, as_document
from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_DEPTH, MAX_JSON_BYTES
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# JSON's white space only: str.strip() would also drop U+3000 and no-break spaces.
_SPACE: Final = " \t\r\n"
# Every repetition is possessive: a hostile text must cost neither time nor memory.
_STRING: Final = r'"[^"\\]*+(?:\\.?[^"\\]*+)*+"?'
# Strings are an alternative of their own, so that brackets inside them count for nothing.
_STRUCTURE: Final = re.compile(_STRING + r"|[\[{]|[\]}]", re.DOTALL)
# These two are compiled when they are needed: most texts have no fault to find.
_TOKEN: Final = _STRING + r'|[{}\[\],:]|[^\s"{}\[\],:]++'
# Pairs before halves; other escapes are matched too, or `\\ud800` would look like one half.
_ESCAPE: Final = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<lone>\\u[dD][89a-fA-F])|\\."
_SURROGATE_HINT: Final = re.compile(r"\\u[dD][89a-fA-F]")

_EMPTY: Final = Wording("文件是空的。", "The file is empty.")
_TRAILING: Final = Wording(
    "文档结束后还有内容；一个文件只能有一份文档，请删去多余部分。",
    "There is more after the end of the document; a file holds one document, delete the rest.",
)
_NON_FINITE: Final = Wording(
    "“{number}”不是 JSON 的数；没有数值时请写 null。",
    "“{number}” is not a number in JSON; where there is no value write null.",
)


class _DuplicateKeyError(Exception):
    """Say that an object has a key twice, before its place is known."""


def loads_json(data: bytes | str) -> JSONValue:
    """Read one JSON value strictly: UTF-8, no duplicate key, no NaN, decimals exactly as written.

    Raises:
        InputError: `json.too_large`, `json.empty`, `json.too_deep`, `json.syntax`, `json.trailing_data`,
            `json.duplicate_key`, `json.non_finite`, `json.number_too_long`, `json.number_exponent`,
            `json.surrogate` or `encoding.not_utf8`; all but the first two say line and column.
    """
    text = decode(data, "json", MAX_JSON_BYTES)
    # raw_decode(), unlike decode(), does not skip white space before the value.
    start = len(text) - len(text.lstrip(_SPACE))
    if start == len(text):
        raise InputError("json.empty", _EMPTY)
    value, end = _decode_at(text, start)
    if _is_deeper(value, MAX_DEPTH):
        raise _too_deep(text)
    if text[end:].strip(_SPACE):
        rest = text[end:]
        raise error_at("json.trailing_data", _TRAILING, text, end + len(rest) - len(rest.lstrip(_SPACE)))
    # The decoder lets half a pair through, and writing the document would fail much later.
    if _SURROGATE_HINT.search(text):
        _check_surrogates(text)
    return value


def loads_document(data: bytes | str) -> Document:
    """Read one JSON document, which must be an object.

    Raises:
        InputError: As for `loads_json`, and `document.not_object`.
    """
    return as_document(loads_json(data))


def dumps_json(value: JSONValue, indent: int | None = 2) -> str:
    """Write a value as JSON ending in one line break; `indent=None` gives a single line, as for NDJSON.

    The same value always gives the same text: keys in their own order, characters as themselves, decimals in
    plain digits with every place they have. Reading the text gives an equal value; a decimal without
    decimal places comes back as an integer.

    Raises:
        ValueError: A number is not finite.
    """
    return (_compact(value) if indent is None else "".join(_write(value, indent, "\n"))) + "\n"


def _compact(value: JSONValue) -> str:
    # The standard encoder is ten times as fast, but has no decimals; so it writes all around them.
    with suppress(TypeError):
        return _encoder.encode(value)
    if isinstance(value, dict):
        return f"{{{','.join([f'{quote(key)}:{_compact(one)}' for key, one in value.items()])}}}"
    if isinstance(value, list):
        return f"[{','.join([_compact(one) for one in value])}]"
    return _write_scalar(value)


def _decode_at(text: str, start: int) -> tuple[JSONValue, int]:
    try:
        return _decoder.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise _syntax_error(text, error.pos) from None
    except RefusedNumber as refused:
        # The decoder's hooks see the token but not where it stands.
        offset = next(at for at, token in _tokens(text) if token.startswith(refused.token))
        raise error_at(f"json.{refused.name}", refused.wording, text, offset) from None
    except _DuplicateKeyError:
        key, offset = _find_duplicate(text)
        raise error_at("json.duplicate_key", DUPLICATE_KEY.fill(key=excerpt(key)), text, offset) from None
    except RecursionError:
        raise _too_deep(text) from None


def _unique(pairs: list[tuple[str, JSONValue]]) -> Document:
    # The decoder would keep the last of two values in silence; which was meant nobody knows.
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _DuplicateKeyError
    return result


def _refuse_constant(token: str) -> NoReturn:
    # Python reads NaN and Infinity, which JSON does not have; NaN would even pass every `minimum`.
    raise RefusedNumber("non_finite", _NON_FINITE.fill(number=token), token)


_decoder: Final = json.JSONDecoder(
    object_pairs_hook=_unique,
    parse_int=read_integer,
    # Decimals from the text on: 0.1 read as a binary float is already another number.
    parse_float=read_decimal,
    parse_constant=_refuse_constant,
)


def _is_deeper(value: JSONValue, limit: int) -> bool:
    """Tell whether objects and lists are nested deeper than the limit."""
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    # Most values hold nothing, and are not worth a call.
    return limit == 0 or any(_is_deeper(one, limit - 1) for one in inside if isinstance(one, dict | list))


def _too_deep(text: str) -> InputError:
    """Return the error with the place of the first bracket too many."""
    depth = 0
    for match in _STRUCTURE.finditer(text):
        first = text[match.start()]
        if first in "{[":
            depth += 1
            if depth > MAX_DEPTH:
                return error_at("json.too_deep", TOO_DEEP, text, match.start())
        elif first != '"':
            depth -= 1
    raise AssertionError("the decoder met a depth that the text does not have")


def _check_surrogates(text: str) -> None:
    for match in re.finditer(_ESCAPE, text, re.DOTALL):
        if match["lone"]:
            raise error_at("json.surrogate", SURROGATE, text, match.start())


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    return ((match.start(), match.group()) for match in re.finditer(_TOKEN, text, re.DOTALL))


def _find_duplicate(text: str) -> tuple[str, int]:
    """Return the first key that its object already has, and its offset; up to there the text is sound."""
    open_objects: list[set[str] | None] = []
    expects_key = False
    for offset, piece in _tokens(text):
        if piece == "{":
            open_objects.append(set())
        elif piece == "[":
            open_objects.append(None)
        elif piece in "]}":
            open_objects.pop()
        keys = open_objects[-1] if open_objects else None
        if expects_key and keys is not None and piece.startswith('"'):
            # Compared as read: a key may be written with escapes one time and without them the next.
            key = str(json.loads(piece))
            if key in keys:
                return key, offset
            keys.add(key)
        expects_key = piece in "{," and keys is not None
    raise AssertionError("the decoder met a duplicate key that the text does not hold")


def _syntax_error(text: str, offset: int) -> InputError:
    """Say which slip is the likely one, judged by what stands at the offset, not by the decoder's words."""
    before = text[:offset].rstrip(_SPACE)
    # Versions of Python differ in pointing at the comma or the bracket; the comma is the slip.
    if text[offset : offset + 1] in ("]", "}") and before.endswith(","):
        offset = len(before) - 1
    wording = next(wording for slip, wording in _SLIPS if re.compile(slip, re.DOTALL).match(text, offset))
    return error_at("json.syntax", wording, text, offset)


# In order: the first pattern that fits names the slip, so the general ones come last.
_SLIPS: Final = (
    (
        r"\Z",
        Wording(
            "内容在此中断；缺少右括号、引号或值。",
            "The text ends here; a bracket, a quote or a value is missing.",
        ),
    ),
    (
        r",[ \t\r\n]*[\]}]",
        Wording("最后一项之后多了逗号；请删去。", "A comma after the last item; delete it."),
    ),
    (
        r"[，：；“”‘’【】｛｝]",
        Wording(
            "此处是全角标点；请改用半角的逗号、冒号、引号和括号。",
            "Full-width punctuation; use the ASCII comma, colon, quote or bracket.",
        ),
    ),
    (r"'", Wording("此处是单引号；请改用双引号。", "A single quote; use double quotes.")),
    (r"/[/*]|#", Wording("JSON 不能有注释；请删去。", "JSON has no comments; delete this one.")),
    (
        r"[\0-\x1f]",
        Wording(
            r"引号中不能直接换行或有控制字符；换行请写作 \n，制表符写作 \t。",
            r"A line break or control character inside quotes; write \n for a line break, \t for a tab.",
        ),
    ),
    (
        r'\\|(?<=\\)[^"]',
        Wording(
            r"反斜线的写法有误；反斜线本身请写作 \\。",
            r"The backslash is used wrongly; for a backslash itself write \\.",
        ),
    ),
    (
        r"(?<=[0-9])[0-9.eE]|[-+.]",
        Wording(
            "数的写法有误；应如 12、-3、0.5，前面没有加号和多余的零，小数点前后都有数字。",
            "Write numbers like 12, -3 or 0.5: no plus, no leading zero, digits around the point.",
        ),
    ),
    (
        r'"[^"\\]*+(?:\\.[^"\\]*+)*+\Z',
        Wording(
            "引号没有成对；缺少结尾的引号。", "This quote is never closed; the closing quote is missing."
        ),
    ),
    (
        r'["{\[0-9]',
        Wording(
            "此前缺少逗号或冒号，或键没有加双引号。",
            "A comma or colon is missing before this, or a key has no double quotes.",
        ),
    ),
    (
        r"\w",
        Wording(
            "文字请加双引号；不加引号的只能是数字和 true、false、null。",
            "Put text in double quotes; only numbers, true, false and null stand without.",
        ),
    ),
    (r"", Wording("此处不符合 JSON 的写法。", "This is not written as JSON demands.")),
)


def _write(value: JSONValue, indent: int, line_break: str) -> Iterator[str]:
    if isinstance(value, dict) and value:
        items = ((f"{quote(key)}: ", child) for key, child in value.items())
        yield from _write_items("{}", items, indent, line_break)
    elif isinstance(value, list) and value:
        yield from _write_items("[]", (("", child) for child in value), indent, line_break)
    else:
        yield _write_scalar(value)


def _write_items(
    brackets: str, items: Iterable[tuple[str, JSONValue]], indent: int, line_break: str
) -> Iterator[str]:
    inner = line_break + " " * indent
    yield brackets[0]
    separator = inner
    for label, child in items:
        yield separator + label
        yield from _write(child, indent, inner)
        separator = "," + inner
    yield line_break + brackets[1]


def _write_scalar(value: JSONValue) -> str:
    if isinstance(value, str):
        return quote(value)
    # Before the numbers: to Python True is an int.
    if value is None or isinstance(value, bool):
        return _CONSTANTS[value]
    if isinstance(value, int | Decimal):
        return write_number(value)
    return "{}" if isinstance(value, dict) else "[]"


_encoder: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_CONSTANTS: Final = {None: "null", True: "true", False: "false"}
