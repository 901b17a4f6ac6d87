"""Labels match by equal letters, or not at all."""

from __future__ import annotations

import pytest

from disclosure_spec.edition import installed
from disclosure_spec.reading.labels import Labels, normalise, numbering

NEW = Labels(installed().edition("2021"))
OLD = Labels(installed().edition("2019"))


def pointer(labels: Labels, text: str) -> str | None:
    """Return the first pointer of the row with this label."""
    named = labels.named(text)
    return named.row.cells[0].pointer.rpartition("/")[0] if named else None


@pytest.mark.parametrize(
    "text",
    [
        "3.危及“三安全一稳定”",
        '3、危及"三安全一稳定"',
        "３．危及‘三安全一稳定’",
        "3. 危及 三安全\n一稳定",
        "危及“三安全一稳定”",
        "３.危及\u200b三安全一稳定",
    ],
)
def test_spellings_of_one_label_are_one(text: str) -> None:
    """Width, spaces, line breaks, quotation marks and the mark after the number do not matter."""
    assert pointer(NEW, text) == "/requests/outcomes/refused/security_or_stability"


@pytest.mark.parametrize(
    "text",
    [
        "（二）部分公开",
        "(二)部分公开（区分处理的，只计这一情形，不计其他情形）",
        "部分公开",
        "（二）部分公开(区分处理的",
    ],
)
def test_a_note_in_brackets_may_be_missing_or_cut(text: str) -> None:
    """A label with, without and with half of its note is the same label."""
    assert pointer(NEW, text) == "/requests/outcomes/partially_granted"


def test_fill_notes_behind_a_label_are_passed_over() -> None:
    """A fill note that a superior office added to a label does not hide the label."""
    assert (
        pointer(NEW, "规章（设区的市、自治州人民政府应提供相关数据）")
        == "/proactive_disclosure/administrative_rules"
    )


@pytest.mark.parametrize("text", ["总计", "其他", "", "规 章制度", "6.总计", "三、其他"])
def test_a_bare_word_that_is_also_a_column_is_no_row(text: str) -> None:
    """Words that head columns too count as rows only with the number the form prints."""
    assert pointer(NEW, text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("（七）总计", "/requests/outcomes/total"), ("3、其他", "/requests/outcomes/other_handling/other")],
)
def test_the_printed_number_tells_a_row_from_a_column(text: str, expected: str) -> None:
    """With its number the same word is a row."""
    assert pointer(NEW, text) == expected


def test_a_row_of_one_edition_is_a_group_in_another() -> None:
    """The same words may be a row with numbers in one edition and only a group in the next."""
    assert pointer(OLD, "（六）其他处理") == "/requests/outcomes/other"
    assert pointer(NEW, "（六）其他处理") is None
    assert len(NEW.group("(六)其他处理")) == 3


@pytest.mark.parametrize("text", ["2.没有现成信息需要另（七 ）总计", "（一）予以公（二）部分公开"])
def test_two_labels_run_together_are_neither(text: str) -> None:
    """The number of another label in the middle shows that there are two, and no telling whose the row is."""
    assert NEW.named(text) is None


def test_labels_broken_over_lines_are_joined() -> None:
    """The last pieces of text together may be the label."""
    named, used = NEW.named_at_end(
        ["规章", "2.申请人逾期未按收费通知要求缴纳费用、", "行政机关不再处理其政府信息公开申请"]
    )

    assert used == 2
    assert named is not None
    assert named.row.cells[0].pointer.startswith("/requests/outcomes/other_handling/fee_overdue")


@pytest.mark.parametrize(
    ("text", "number"),
    [("（一）甲", "(一)"), ("一、甲", "一、"), ("1．甲", "1."), ("十二、甲", "十二、"), ("一般", "")],
)
def test_numbers_before_a_label_are_recognised(text: str, number: str) -> None:
    """A number needs its bracket or mark, so that words beginning with a numeral keep it."""
    assert numbering(text) == number


def test_kangxi_radicals_are_the_characters_they_look_like() -> None:
    """Radicals that PDF software writes for characters are repaired."""
    assert normalise("⾏政许可") == normalise("行政许可")
