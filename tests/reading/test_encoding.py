"""Bytes become text by what they are, not by luck."""

from __future__ import annotations

import codecs

import pytest

from disclosure_spec.errors import InputError
from disclosure_spec.reading.encoding import decode

TEXT = "本报告所列数据为全年政府信息公开工作的统计，公布在门户网站。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_common_encodings_need_no_declaration(encoding: str) -> None:
    """A text without declared charset is read in each encoding agencies use."""
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("charset", ["gb2312", "GBK", '"gb2312"'])
def test_declared_gb2312_is_read_as_its_superset(charset: str) -> None:
    """A page declared as gb2312 may hold characters that only gb18030 has."""
    page = f"<meta charset={charset}><p>镕㛃</p>"

    assert decode(page.encode("gb18030")) == page


@pytest.mark.parametrize("charset", ["latin-1", "no-such-charset", "utf-8"])
def test_a_false_declaration_does_no_harm(charset: str) -> None:
    """A declared charset that is unknown, single-byte or plainly wrong is passed over."""
    page = f"<meta charset={charset}>{TEXT}"

    assert decode(page.encode("gb18030")) == page


@pytest.mark.parametrize(
    "data", [b"\x81\x30\x81", b"\xff\xfe\x00", codecs.BOM_UTF8 + b"\xff", bytes(range(128, 256))]
)
def test_bytes_of_no_known_encoding_are_refused(data: bytes) -> None:
    """Bytes that give no plausible text raise one error instead of nonsense."""
    with pytest.raises(InputError) as caught:
        decode(data)

    assert caught.value.code == "read.encoding"


def test_misread_bytes_are_not_taken_for_chinese() -> None:
    """Bytes that happen to decode as rare characters are no report."""
    with pytest.raises(InputError):
        decode("éàüöçñ".encode("latin-1") * 20)
