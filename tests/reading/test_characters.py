"""Traditional characters and radicals are compared as what they stand for; garbled text is called so."""

from __future__ import annotations

import unicodedata
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_spec.edition import installed
from disclosure_spec.errors import InputError
from disclosure_spec.reading import read
from disclosure_spec.reading.characters import is_garbled, plain, simplified
from disclosure_spec.reading.labels import compact, normalise

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reading.conftest import Sample

    from disclosure_spec.reading import Reading

TRADITIONAL = str.maketrans(
    "动开规财处强业费购类请结续办复诉讼维纠总计", "動開規財處強業費購類請結續辦復訴訟維糾總計"
)
TEXT = "本报告公布政府信息公开情况，所列数据为年度数据。" * 3


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("規範性檔案", "规范性文件"),
        ("處理決定數量", "处理决定数量"),
        ("無正當理由大量反覆申請", "无正当理由大量反复申请"),
        ("政府資訊公開", "政府信息公开"),
        ("行政许可", "行政许可"),
        ("ABC 12", "ABC 12"),
    ],
)
def test_traditional_texts_are_compared_in_simplified_characters(printed: str, meant: str) -> None:
    """Characters and the words that converters change, one for one, so that places stay what they are."""
    assert simplified(printed) == meant
    assert len(simplified(printed)) == len(printed)


def test_labels_of_every_form_stay_as_they_are() -> None:
    """No label of an official form has a character that would be taken for a traditional one."""
    for edition in installed().editions():
        for section in edition.sections:
            texts = [section.title.zh, *(label.text for label in section.headers)]
            texts += [label.text for row in section.rows for label in row.labels]
            assert [simplified(text) for text in texts] == texts


def test_every_traditional_character_is_known() -> None:
    """Also those few that the character set of simplified text can write."""
    table = files("disclosure_spec.reading").joinpath("traditional.txt").read_text(encoding="utf-8")
    pairs = [pair for line in table.splitlines() if not line.startswith("#") for pair in line.split()]

    assert [pair for pair in pairs if simplified(pair[0]) != pair[1]] == []
    assert [pair for pair in pairs if simplified(f"机关{pair[0]}") != f"机关{pair[1]}"] == []


@given(st.text(st.sampled_from("报告，：；（）\u3000\u00a0⾏⻅①Ａ５％…e\u0301\uac00\u11a8ｶﾞ\ufb01")))
def test_the_compatibility_form_is_that_of_unicode(text: str) -> None:
    """Full-width punctuation is dealt with first, and what comes out is the same, radicals apart."""
    assert plain(text).replace("见", "⻅") == unicodedata.normalize("NFKC", text)


def test_radicals_are_characters() -> None:
    """Radicals that PDF software writes, of both blocks, are the characters they look like."""
    assert plain("⾏政⻅⻚") == "行政见页"
    assert normalise("⻅") == compact("⻅") == "见"


def test_a_traditional_report_is_read_as_printed(
    sample: Sample, reading_of: Callable[[str], Reading]
) -> None:
    """Labels in traditional characters are known, how is said, and no text of the report is converted."""
    page = sample.page().translate(TRADITIONAL)
    reading = reading_of(page)

    assert reading.edition is sample.edition
    assert not sample.wrong(reading)
    assert not reading.unread
    assert "開" in str(reading.document["title"])


def test_traditional_characters_are_noted(reading_of: Callable[[str], Reading]) -> None:
    """A file in them says so; a file that quotes one name does not."""
    table = "第二十條\n信息內容 | 本年制發件數 | 本年廢止件數 | 現行有效件數\n規章 | 1 | 2 | 3"
    quoting = "甲" * 200 + "廣\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 1 | 2 | 3"

    assert "characters.traditional" in {one.code for one in reading_of(table).notes}
    assert "characters.traditional" not in {one.code for one in reading_of(quoting).notes}


@pytest.mark.parametrize(
    "text",
    [
        TEXT.encode("utf-8").decode("gb18030", "replace"),
        TEXT.encode("utf-8").decode("latin-1"),
        TEXT.encode("gb18030").decode("latin-1"),
        "锟斤拷锟斤拷锟斤拷",
        "\ufffd\ufffd\ufffd公\ufffd",
    ],
)
def test_garbled_text_is_called_garbled(text: str) -> None:
    """What a wrong encoding leaves is named with the way out, and not as an unknown edition."""
    assert is_garbled(text)
    with pytest.raises(InputError) as caught:
        read(text.encode("utf-8"))
    assert caught.value.code == "read.garbled"


@pytest.mark.parametrize("text", [TEXT, "今日天气晴。", "plain English", "甲乙丙丁", TEXT + "锟斤拷"])
def test_other_text_is_not_garbled(text: str) -> None:
    """Neither a report, nor any other text, nor a report with one lost character."""
    assert not is_garbled(text)


def test_a_lost_character_is_noted(reading_of: Callable[[str], Reading], sample: Sample) -> None:
    """A report that is read in spite of a few lost characters says how many."""
    reading = reading_of(sample.page().replace("第一段。", "第\ufffd段。锟斤拷"))

    assert "characters.garbled" in {one.code for one in reading.notes}
