"""The content decides what a file is."""

from __future__ import annotations

import pytest

from disclosure_spec import limits
from disclosure_spec.errors import InputError
from disclosure_spec.reading import read
from disclosure_spec.reading.sniff import sniff


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'\xef\xbb\xbf \n{"a": 1}', "json"),
        (b'# a comment\nspec_version: "1.0"\n', "yaml"),
        (b"<!DOCTYPE html><html></html>", "html"),
        ("<p style='x'>一</p>".encode(), "html"),
        ("<table border=1><tr><td>一".encode("gb18030"), "html"),
        ("一、总体情况\n二 | 三".encode(), "text"),
        ("第<3>条".encode(), "text"),
        (b"\xef\xbb\xbf%PDF-1.4\n", "pdf"),
        (
            b"From: <Saved>\r\nSubject: =?utf-8?B?5bm0?=\r\n =?utf-8?B?5oql?=\r\nContent-Type: text/html\r\n",
            "mhtml",
        ),
        ("说明\nContent-Type: text/html\n".encode(), "text"),
    ],
)
def test_formats_are_known_by_their_content(data: bytes, kind: str) -> None:
    """A file is taken for what it holds, whatever it is called."""
    assert sniff(data)[0] == kind


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "read.empty"),
        (b"\xef\xbb\xbf\r\n \n", "read.empty"),
        (b"PK\x03\x04....word/document.xml", "package.damaged"),
        (b"PK\x03\x04....xl/workbook.xml", "package.damaged"),
        (b"PK\x03\x04....OFD.xml", "read.unsupported_ofd"),
        (b"PK\x03\x04....other", "read.incomplete"),
        (b"PK\x03\x04....other....PK\x05\x06", "read.unsupported_zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "read.unsupported_ole"),
        (b"%PDF-1.7\n", "read.pdf_incomplete"),
        (b"\x89PNG\r\n\x1a\n", "read.unsupported_image"),
        (b"\xff\xd8\xff\xe0", "read.unsupported_image"),
        (b"BM\x00\x00\x00\x01\x00\x00\x00\x00", "read.unsupported_image"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\n<html>", "mhtml.no_page"),
        (b"x" * (limits.MAX_TEXT_BYTES + 1), "read.too_large"),
        (b"# x\n" + b"[" * limits.MAX_MARKDOWN_BYTES, "read.too_large"),
        (b"<p>" + b"x" * limits.MAX_HTML_BYTES, "read.too_large"),
        (b"x" * (limits.MAX_FILE_BYTES + 1), "read.too_large"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, code: str) -> None:
    """A file that is no text says what it is and how to go on, in both languages."""
    with pytest.raises(InputError) as caught:
        read(data, name="年报.txt")

    assert caught.value.code == code
    assert caught.value.wording.zh
    assert caught.value.wording.en
    assert caught.value.place == "年报.txt"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_data_in_another_encoding_is_still_data(encoding: str) -> None:
    """A JSON document saved as UTF-16 is known as one, so that its encoding is what is complained about."""
    mark = b"" if encoding == "utf-16" else {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding]

    assert sniff(mark + '{"spec_version": "1.0"}'.encode(encoding)) == ("json", "")
