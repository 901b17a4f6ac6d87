"""What the strict readers and writers of JSON and YAML share: bytes to text, numbers, places of errors."""

from __future__ import annotations

import json
from decimal import Decimal

from disclosure_spec._typing import Final
from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_DEPTH, MAX_EXPONENT, MAX_NUMBER_CHARACTERS, MAX_NUMBER_DIGITS
from disclosure_spec.wording import Wording

LONGEST_EXCERPT: Final = 80

SURROGATE: Final = Wording(
    "半个字符（单独的 UTF-16 代理码）；请直接写出该字符，文件存为 UTF-8。",
    "Half a character (a lone UTF-16 surrogate); write the character itself and save the file as UTF-8.",
)
TOO_DEEP: Final = Wording(
    "嵌套超过 {limit} 层；报告不需要这么多层，请检查括号或缩进。",
    "Nested more than {limit} levels deep; a report needs far fewer, check the brackets or the indentation.",
).fill(limit=MAX_DEPTH)
DUPLICATE_KEY: Final = Wording(
    "键“{key}”出现了两次；请删去多余的一个。",
    "The key “{key}” appears twice; delete one of the two.",
)
_TOO_LONG: Final = Wording(
    "数字“{number}”过长；小数点前后最多各 {limit} 位。",
    "The number “{number}” is too long; at most {limit} digits before and after the decimal point.",
)
_EXPONENT: Final = Wording(
    "数字“{number}”的指数超过 {limit}；请直接写出数字，不用科学记数法。",
    "The exponent of “{number}” exceeds {limit}; write the number out, without an exponent.",
)
_TOO_LARGE: Final = Wording(
    "文件有 {size} 字节，超过上限 {limit} 字节；一份报告远小于此，请检查是否选错了文件。",
    "The file has {size} bytes, more than {limit}; a report is far smaller, check that it is the right file.",
)
_NOT_UTF8: Final = Wording(
    "文件不是 UTF-8 编码（第 {number} 个字节有误{guess}）；请另存为 UTF-8 后再试。",
    "The file is not UTF-8 (byte {number} is wrong{guess}); save it as UTF-8 and try again.",
)
_GUESS_UTF16: Final = Wording("，疑为 UTF-16", ", probably UTF-16")
_GUESS_GBK: Final = Wording("，疑为 GBK 或 GB18030", ", probably GBK or GB18030")
_GUESS_NONE: Final = Wording("", "")
_PREFIX: Final = Wording("第 {line} 行第 {column} 列：{text}", "Line {line}, column {column}: {text}")

# `\u5e74` for 年 would double the size of a file and hide its text from people.
_string_encoder: Final = json.JSONEncoder(ensure_ascii=False)


class RefusedNumber(Exception):  # noqa: N818 - never leaves the readers, which turn it into an InputError
    """Say why a number is refused, before its place is known."""

    def __init__(self, name: str, wording: Wording, token: str) -> None:
        super().__init__(name, wording, token)
        self.name = name
        self.wording = wording
        self.token = token


def error_at(code: str, wording: Wording, text: str, offset: int) -> InputError:
    """Return an error whose place and words name the line and column of an offset in the text."""
    line = text.count("\n", 0, offset) + 1
    # On the first line rfind() gives -1, which makes the column right there too.
    column = offset - text.rfind("\n", 0, offset)
    return InputError(code, _PREFIX.fill(line=line, column=column, text=wording), f"{line}:{column}")


def decode(data: bytes | str, kind: str, limit: int) -> str:
    """Return the text of a file, without byte order mark.

    Raises:
        InputError: `<kind>.too_large`, `<kind>.surrogate` or `encoding.not_utf8`.
    """
    try:
        encoded = data.encode("utf-8") if isinstance(data, str) else data
        if len(encoded) > limit:
            raise InputError(f"{kind}.too_large", _TOO_LARGE.fill(size=len(encoded), limit=limit))
        text = data if isinstance(data, str) else _decode_utf8(data)
    except UnicodeEncodeError as error:
        raise error_at(f"{kind}.surrogate", SURROGATE, str(error.object), error.start) from None
    # Programs on Windows put this mark before UTF-8; the JSON decoder would not take it.
    return text.removeprefix("\ufeff")


def read_integer(token: str) -> int:
    """Return an integer written in the grammar of JSON.

    Raises:
        RefusedNumber: It has more than `MAX_NUMBER_DIGITS` digits.
    """
    # Measured as text: int() takes long for long numbers, and refuses 4300 digits with an error of its own.
    if len(token.removeprefix("-")) > MAX_NUMBER_DIGITS:
        raise _too_long(token)
    return int(token)


def read_decimal(token: str) -> Decimal:
    """Return a number with a fraction or an exponent, exactly as written.

    Raises:
        RefusedNumber: Its exponent is out of bounds, or it is too long, also when written without exponent.
    """
    exponent = token.lower().partition("e")[2]
    # Length first: the exponent too may have a million digits.
    if len(token) > MAX_NUMBER_CHARACTERS:
        raise _too_long(token)
    if exponent and abs(int(exponent)) > MAX_EXPONENT:
        raise RefusedNumber("number_exponent", _EXPONENT.fill(number=token, limit=MAX_EXPONENT), token)
    # The constructor is exact; only arithmetic rounds to the context's precision.
    number = Decimal(token)
    # adjusted() is the place of the first digit, so `1e29` counts as the thirty digits it means.
    if number.adjusted() >= MAX_NUMBER_DIGITS or places(number) > MAX_NUMBER_DIGITS:
        raise _too_long(token)
    return number


def write_number(number: int | Decimal) -> str:
    """Return a number in plain digits, with every decimal place it has.

    Raises:
        ValueError: The number is not finite.
    """
    if isinstance(number, int):
        return str(number)
    if not number.is_finite():
        raise ValueError(f"{number} cannot stand in a document")
    # str() would write a hundred as `1E+2` where it was typed so, and nobody fills that in.
    return format(number, "f")


def places(number: Decimal) -> int:
    """Return the number of decimal places of a finite number."""
    return max(0, -int(number.as_tuple().exponent))


def quote(text: str) -> str:
    """Return a JSON string, with every character that JSON allows written as itself."""
    return _string_encoder.encode(text)


def excerpt(text: str) -> str:
    """Return the text, cut where it is too long for a message."""
    return text if len(text) <= LONGEST_EXCERPT else text[: LONGEST_EXCERPT - 1] + "…"


def _too_long(token: str) -> RefusedNumber:
    wording = _TOO_LONG.fill(number=excerpt(token), limit=MAX_NUMBER_DIGITS)
    return RefusedNumber("number_too_long", wording, token)


def _decode_utf8(data: bytes) -> str:
    # UTF-16 without a mark may be valid UTF-8: plain letters, with a NUL beside each.
    if b"\0" in data[:4]:
        raise _not_utf8(data, 0, _GUESS_UTF16)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(data, error.start, _guess_encoding(data)) from None


def _guess_encoding(data: bytes) -> Wording:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _GUESS_UTF16
    try:
        # Almost any bytes decode as GB18030, so this is a guess for the message and no more.
        data.decode("gb18030")
    except UnicodeDecodeError:
        return _GUESS_NONE
    return _GUESS_GBK


def _not_utf8(data: bytes, offset: int, guess: Wording) -> InputError:
    readable = data[:offset].decode("utf-8").removeprefix("\ufeff")
    wording = _NOT_UTF8.fill(number=offset + 1, guess=guess)
    return error_at("encoding.not_utf8", wording, readable, len(readable))
