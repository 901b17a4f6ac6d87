"""Bytes to text: a byte order mark, then the declared charset, then what decodes without a single error."""

from __future__ import annotations

import codecs
import re
from typing import Final

from disclosure_spec.errors import InputError
from disclosure_spec.wording import Wording

_DECLARED: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]+)", re.IGNORECASE)
_HEAD_BYTES: Final = 4096
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
"""Pages that declare a Chinese charset regularly hold characters of its superset."""

_COMMON: Final = re.compile("[的一是在不有年和公开信息政府本报]")
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_LEAST_COMMON_SHARE: Final = 0.04
"""In any real report these are far more frequent among the Chinese characters; in misread bytes not."""

_UNKNOWN: Final = Wording(
    "无法识别文件的文字编码；请用记事本、WPS 或浏览器打开后另存为 UTF-8 再试。",
    "The character encoding of the file is unknown; open it and save it as UTF-8.",
)


def decode(data: bytes, charset: str = "") -> str:
    """Return the text of a file, without byte order mark.

    Args:
        data: The file.
        charset: What was declared outside of it.

    Raises:
        InputError: `read.encoding`, no known encoding gives a plausible text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = _try(data[len(mark) :], name)
            if text is None:
                raise InputError("read.encoding", _UNKNOWN)
            return text
    for name in (*_known(charset), *_declared(data), "utf-8"):
        text = _try(data, name)
        if text is not None:
            return text
    text = _try(data, "gb18030")
    # Almost any bytes decode as GB18030; only frequent characters show that it is the right one.
    if text is not None and _plausible(text):
        return text
    raise InputError("read.encoding", _UNKNOWN)


def _declared(data: bytes) -> tuple[str, ...]:
    found = _DECLARED.search(data[:_HEAD_BYTES])
    return _known(found.group(1).decode("ascii")) if found else ()


def _known(charset: str) -> tuple[str, ...]:
    name = charset.lower()
    try:
        known = codecs.lookup(_WIDER.get(name, name))
    except LookupError:
        return ()
    # Single-byte charsets decode anything; a page in Chinese never is one.
    return (known.name,) if known.name.startswith(("utf", "gb", "big5", "hz")) else ()


def _try(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    # A NUL is no part of a text: UTF-16 was taken for something else.
    return None if "\0" in text else text


def _plausible(text: str) -> bool:
    chinese = len(_CHINESE.findall(text))
    return chinese > 0 and len(_COMMON.findall(text)) / chinese >= _LEAST_COMMON_SHARE
