"""What a file is, by its content; its name decides nothing."""

from __future__ import annotations

import re

from disclosure_spec._typing import Final, NoReturn
from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_FILE_BYTES, MAX_HTML_BYTES, MAX_MARKDOWN_BYTES, MAX_TEXT_BYTES
from disclosure_spec.wording import Wording

_LIMITS: Final = {"html": MAX_HTML_BYTES, "markdown": MAX_MARKDOWN_BYTES, "text": MAX_TEXT_BYTES}
_HEAD_CHARACTERS: Final = 20_000
# A report is an object; a text may well begin with a square bracket.
_JSON: Final = re.compile(rb"\s*\{")
# Almost any text is YAML; only the two marks every document must have show that it is meant.
_YAML_KEYS: Final = (b"spec_version", b"form_edition")
_YAML: Final = rb"(?m)^[\"']?(?:%s)[\"']?[ \t]*:" % b"|".join(_YAML_KEYS)
# The head of a mail that is a page: no other file begins with lines like these.
_MHTML: Final = rb"(?i)\s*(?:[A-Za-z-]+:.*\n(?:[ \t]+.*\n)*){0,12}?Content-Type:\s*(?:multipart/|text/html)"
_MHTML_HEAD: Final = 4_000

_SAVE_AS: Final = Wording(
    "请用Word、Excel或WPS打开，文字文件另存为docx，表格文件另存为xlsx，再试一次。",
    "Open it in Word, Excel or WPS, save a text as docx or a workbook as xlsx, and try again.",
)
_CONVERT: Final = Wording(
    "请改用该报告的docx或网页文件；没有的，用WPS等转换为docx或PDF（请核对表格），或把全文复制到文本文件后再试。",
    "Take the report as docx or web page, convert it to docx or PDF (compare tables), or copy out its text.",
)
_UNLOCK: Final = Wording(
    "请输入密码打开，取消密码或权限限制，另存为docx或xlsx后再试。",
    "Open it with its password, remove password or restrictions, save it as docx or xlsx and try again.",
)
_NO_TEXT: Final = Wording(
    "图片中没有可读的文字；请找网页、Word 或文本形式的报告。",
    "There is no text in a picture; find the report as a web page, Word file or text.",
)
_ZIP_START: Final = b"PK\x03\x04"
# Every archive ends with a record of what is in it.
_ZIP_END: Final = b"PK\x05\x06"
# The main part of a Word document has no fixed name; some servers call it document2.xml.
_OFFICE: Final = ((b"word/document", "docx"), (b"xl/workbook.xml", "xlsx"))
_ZIP_KINDS: Final = (
    (b"xl/", "xlsx", Wording("Excel 工作簿（xlsx）", "an Excel workbook (xlsx)"), _SAVE_AS),
    (b"OFD.xml", "ofd", Wording("OFD 版式文件", "an OFD document"), _CONVERT),
)
_OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument"
_END: Final = b"PK\x05\x06"
# Before its first line some servers and mail programs put a few bytes, which viewers pass over.
_PDF: Final = b"%PDF-"
_PDF_HEAD: Final = 1_024
_END_BYTES: Final = 22
# In UTF-16, whose codec takes as long to load as the rest of this module.
_ENCRYPTED: Final = b"".join(bytes([one, 0]) for one in b"EncryptedPackage")
_ZIP: Final = (
    "zip",
    Wording("压缩包（zip）", "a zip archive"),
    Wording("请先解压，再读取其中的报告。", "Unpack it and read the report inside."),
)
_BINARY: Final = (
    (
        b"\xd0\xcf\x11\xe0",
        "ole",
        Wording("旧版 Word/Excel 文件（doc/xls/wps/et）", "an old Word or Excel file"),
        _SAVE_AS,
    ),
    (b"\x89PNG", "image", Wording("图片（PNG）", "a picture (PNG)"), _NO_TEXT),
    (b"\xff\xd8\xff", "image", Wording("图片（JPEG）", "a picture (JPEG)"), _NO_TEXT),
    (b"GIF8", "image", Wording("图片（GIF）", "a picture (GIF)"), _NO_TEXT),
    (b"BM", "image", Wording("图片（BMP）", "a picture (BMP)"), _NO_TEXT),
    (b"II*\0", "image", Wording("图片（TIFF）", "a picture (TIFF)"), _NO_TEXT),
    (b"MM\0*", "image", Wording("图片（TIFF）", "a picture (TIFF)"), _NO_TEXT),
    (b"Rar!", "archive", Wording("压缩包（rar）", "a rar archive"), _ZIP[2]),
    (b"7z\xbc\xaf", "archive", Wording("压缩包（7z）", "a 7z archive"), _ZIP[2]),
    (b"{\\rtf", "rtf", Wording("RTF 文件", "an RTF file"), _SAVE_AS),
)
# Two letters are no signature: a text may begin with BM, but a bitmap has four zero bytes after its size.
_BMP_ZEROS: Final = b"\0\0\0\0"

_INCOMPLETE: Final = Wording(
    "文件不完整，可能没有下载或复制完；请重新取得该文件。",
    "The file is not complete, perhaps it was not copied to its end; get it once more.",
)
_EMPTY: Final = Wording("文件是空的。", "The file is empty.")
_TOO_LARGE: Final = Wording(
    "文件有 {size} 字节，超过上限 {limit} 字节；一份报告远小于此，请检查是否选错了文件。",
    "The file has {size} bytes, more than {limit}; a report is far smaller, check that it is the right file.",
)
_UNSUPPORTED: Final = Wording(
    "这是{what}，目前不能直接读取。{way}", "This is {what}, which cannot be read yet. {way}"
)


def sniff(data: bytes) -> tuple[str, str]:
    """Return the format, and the text for `html`, `markdown` and `text`; other formats are left as they are.

    Raises:
        InputError: `read.empty`, `read.too_large`, `read.encoding`, `read.incomplete`,
            `read.unsupported_<kind>`.
    """
    _limit(data, MAX_FILE_BYTES)
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise InputError("read.empty", _EMPTY)
    kind = _file_format(data)
    if kind:
        return kind, ""
    from disclosure_spec.reading.encoding import decode  # noqa: PLC0415 - a data file is known without these two
    from disclosure_spec.reading.sniff_text import text_format  # noqa: PLC0415 - see above

    text = decode(data)
    start = text[:_HEAD_CHARACTERS]
    kind = _data_format(start.encode())
    if kind:
        # Data in another encoding: the strict reader says so, instead of looking for a form in braces.
        return kind, ""
    kind = text_format(start)
    _limit(data, _LIMITS[kind])
    return kind, text


def _file_format(data: bytes) -> str:
    """Return the format of a file that is not text, or whose reader takes bytes; empty for any other."""
    names = _member_names(data) if data.startswith(_ZIP_START) else b""
    office = next((kind for mark, kind in _OFFICE if mark in names), "")
    if office:
        return office
    if _PDF in data[:_PDF_HEAD]:
        return "pdf"
    _refuse_binary(data)
    start = data.removeprefix(b"\xef\xbb\xbf")
    # JSON needs none of the other patterns, which are compiled when they are asked for.
    if not _JSON.match(start) and re.match(_MHTML, data[:_MHTML_HEAD]):
        return "mhtml"
    # Data stays bytes: its reader takes UTF-8 only, and says at which line that ends.
    return _data_format(start)


def _data_format(start: bytes) -> str:
    if _JSON.match(start):
        return "json"
    head = start[:_HEAD_CHARACTERS]
    # Looked for first, which takes a tenth of the time of asking at the beginning of every line.
    return "yaml" if any(key in head for key in _YAML_KEYS) and re.search(_YAML, head) else ""


def _limit(data: bytes, limit: int) -> None:
    if len(data) > limit:
        raise InputError("read.too_large", _TOO_LARGE.fill(size=len(data), limit=limit))


def _member_names(data: bytes) -> bytes:
    """Return the directory at the end of an archive, where the names of its members stand uncompressed.

    A workbook put into a document has its own names in the middle of the file.
    """
    end = data.rfind(_END)
    if end < 0 or end + _END_BYTES > len(data):
        return data
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    return data[max(0, end - size) : end]


def _refuse_binary(data: bytes) -> None:
    if data.startswith(_ZIP_START):
        if _OPEN_DOCUMENT in data[:_HEAD_CHARACTERS]:
            _refuse("odf", Wording("ODF文件（odt/ods）", "an OpenDocument file (odt or ods)"), _SAVE_AS)
        names = _member_names(data)
        for mark, kind, what, way in _ZIP_KINDS:
            if mark in names:
                _refuse(kind, what, way)
        if _ZIP_END not in data:
            raise InputError("read.incomplete", _INCOMPLETE)
        _refuse(*_ZIP)
    if data.startswith(_BINARY[0][0]) and _ENCRYPTED in data:
        what = Wording("设有密码或权限限制的Office文件", "an office file with a password or restrictions")
        _refuse("encrypted", what, _UNLOCK)
    for magic, kind, what, way in _BINARY:
        if data.startswith(magic) and (magic != b"BM" or data[6:10] == _BMP_ZEROS):
            _refuse(kind, what, way)


def _refuse(kind: str, what: Wording, way: Wording) -> NoReturn:
    raise InputError(f"read.unsupported_{kind}", _UNSUPPORTED.fill(what=what, way=way))
